#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace walkout {

/// An estimate with its 95 % interval.
struct Interval {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// How intervals are made.
struct BootstrapParams {
    std::size_t samples = 1000;
    std::uint64_t seed = 1;
};

/// Statistics of rows that count so often each; by statistic.
using WeightedStatistics = std::function<std::vector<double>(const std::vector<double>& weights)>;

/// Estimates with percentile intervals from resampled rows (Efron & Tibshirani 1993, chapter 13).
/// The same rows and seed give the same intervals. Statistics that are NaN in a sample are left out
/// of it; with fewer than two rows intervals are NaN.
std::vector<Interval> bootstrap(std::size_t rows, const WeightedStatistics& statistics,
                                const BootstrapParams& params);

/// Half-width of 95 % intervals due to luck: the delete-a-group jackknife over replicates, in at
/// most ten groups (Tukey 1958; Student's t for so few); by statistic. For means it is the usual
/// interval. NaN with fewer than two
/// replicates.
/// @param statistics  of the replicates that count; weights are 0 or 1
std::vector<double> jackknife_half_widths(std::size_t replicates,
                                          const WeightedStatistics& statistics);

} // namespace walkout
