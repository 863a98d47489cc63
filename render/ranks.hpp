#pragma once

/// How typical a run is: its place among the runs of an ensemble, moment by moment.

#include "sim/study/what_if.hpp"

#include <cstdint>
#include <vector>

namespace walkout::render {

struct Ranks {
    std::uint32_t runs = 0;
    std::vector<Hours> times = {};  ///< rising
    std::vector<double> place = {}; ///< by moment: share of runs below, ties half; 0.5 is typical
    std::vector<std::uint32_t> rank = {}; ///< by moment: 1 has the most; 0: all have the same

    /// The row of the last moment until `time`; 0 before the first.
    std::size_t row(Hours time) const;
};

/// Of one run among those that finished, by names under the letter, or by people gone.
/// @param run  below `futures.count`, one that finished
Ranks ranks_of(const Futures& futures, std::uint32_t run, bool letter, Hours horizon);

} // namespace walkout::render
