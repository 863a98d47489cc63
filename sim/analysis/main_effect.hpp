#pragma once

#include "sim/analysis/resample.hpp"
#include "sim/analysis/response.hpp"

#include <vector>

namespace walkout {

/// Mean of a measure over all points at one value of a parameter.
struct LevelMean {
    double value = 0; ///< of the parameter; NaN: as the scenario has it
    Interval mean;    ///< over luck; no interval with fewer than two replicates
    std::size_t points = 0;
};

/// What one parameter does on average over the others.
struct MainEffect {
    std::vector<LevelMean> levels = {}; ///< by rising value
    Interval range;                     ///< largest less smallest mean, levels as in all runs
};

/// Main effects of designs with single values, by parameter: for a grid the means over all points
/// at each value; for one_at_a_time the points at which the others are as the scenario has them.
/// Intervals are due to luck only, by replicates; a range that luck explains has 0 in its interval.
/// @param points  values by point and parameter
std::vector<MainEffect> main_effects(const Response& response,
                                     const std::vector<std::vector<double>>& points,
                                     bool one_at_a_time);

} // namespace walkout
