#include "sim/study/draw.hpp"

#include <Random123/philox.h>

#include <numeric>
#include <utility>

namespace walkout {

std::uint64_t draw(std::uint64_t seed, Draw purpose, std::size_t parameter, std::uint64_t number)
{
    constexpr std::uint64_t tag = 0x44455349474eU; // keeps studies apart from the engine's chance
    const std::uint64_t key = seed ^ tag;
    const auto block = r123::Philox4x32()(
        {{static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(parameter),
          static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32)}},
        {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
    return (std::uint64_t{block[1]} << 32) | block[0];
}

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed, Draw purpose,
                                  std::uint64_t number)
{
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = n; i-- > 1;)
        std::swap(order[i], order[draw(seed, purpose, i, number) % (i + 1)]);
    return order;
}

} // namespace walkout
