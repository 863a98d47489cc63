#pragma once

#include "sim/core/run.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// What a run looked like over time: people at the sample times 0, d, 2 d, ... of the study.
struct Curve {
    static constexpr std::array<std::string_view, 3> names{"signed", "posted", "gone"};
    static constexpr std::array<std::string_view, 3> meanings{
        "names under the petition for the leader so far",
        "people who have spoken up in public and neither signed nor left",
        "people who are gone",
    };

    std::array<std::vector<std::int32_t>, 3> counts; ///< by name, then by time

    bool operator==(const Curve&) const = default;
};

Curve curve_of(const RunResult& run);

/// A curve in some hundred bytes. Series after series, the differences from one sample to the next
/// (the first from 0) as zigzag numbers in base 128, least first (the variable-length integers of
/// Protocol Buffers); a 0 is followed by how many more zeros follow. The number of samples comes
/// first.
std::string encode(const Curve& curve);

/// @throws std::invalid_argument when the bytes are no curve
Curve decode(std::string_view bytes);

} // namespace walkout
