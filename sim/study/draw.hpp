#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace walkout {

/// What a draw of a study is for. Append only: the number is part of every draw.
enum class Draw : std::uint32_t {
    slice,
    within_slice,
    shift,
    start,
    direction,
    order,
    attribution,
    prior,
    ancestor,
    perturbation,
    proposal,
    acceptance,
    luck,
    clock_error,
    reading_error,
    resampling,
    coding, ///< errors of who coded a crisis
};

/// Chance of studies, apart from the engine's: Philox4x32 on (purpose, parameter, number), keyed by
/// the seed; 64 random bits.
std::uint64_t draw(std::uint64_t seed, Draw purpose, std::size_t parameter, std::uint64_t number);

/// The upper 52 bits as a number in the open interval (0, 1).
inline double unit(std::uint64_t bits)
{
    return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// The numbers 0 .. n - 1 in random order (Fisher & Yates); `number` counts the orders of a
/// purpose.
std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed, Draw purpose,
                                  std::uint64_t number);

} // namespace walkout
