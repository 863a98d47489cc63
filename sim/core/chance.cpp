#include "sim/core/chance.hpp"

namespace walkout {

namespace {

// Any constant will do; it keeps the key schedule apart from the draws of replicate 0.
constexpr std::uint32_t key_tag = 0x57414c4bU;

} // namespace

static_assert(static_cast<std::uint32_t>(Decision::reach) < 32,
              "decisions must fit below block_step");

Chance::Chance(std::uint64_t seed, std::uint32_t replicate)
{
    const Rng::Key seed_key = {
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
    const auto mixed = r123::Philox4x32()({{replicate, key_tag, 0, 0}}, seed_key);
    key_ = {{mixed[0], mixed[1]}};
}

std::uint32_t key_of(std::string_view name)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

} // namespace walkout
