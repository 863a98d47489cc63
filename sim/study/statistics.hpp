#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace walkout {

/// Two-sided 95 % of the normal distribution.
inline constexpr double z95 = 1.959963984540054;

/// Order statistics of one number over the runs. Infinite where that many runs never got there.
struct Quantiles {
    double p05 = 0;
    double median = 0;
    double p95 = 0;
};

/// Share of runs with its 95 % interval (Wilson 1927: right for shares near 0 and 1 too).
struct Proportion {
    double share = 0;
    double low = 0;
    double high = 1;
};

/// Mean of paired differences with its 95 % interval, and how often each side is larger.
struct PairedDifference {
    double mean = 0;
    double low = 0;
    double high = 0;
    double larger = 0;  ///< share of pairs in which the first is larger
    double smaller = 0; ///< and in which it is smaller
};

/// Quantile by linear interpolation between order statistics; infinities count as very large.
/// @param p  in [0, 1]; `values` must not be empty
double quantile(std::vector<double> values, double p);

/// The same at several levels, for one sort.
std::vector<double> quantiles_at(std::vector<double> values, std::span<const double> levels);

/// 5 %, 50 % and 95 % quantiles; zero for no values.
Quantiles quantiles(std::vector<double> values);

/// Number of equally weighted draws that weighted ones are worth (Kish 1965); zero for no weight.
double effective_size(const std::vector<double>& weights);

/// Places chosen in proportion to weights that sum to 1, rising, each maybe more than once:
/// systematic resampling (Kitagawa 1996).
/// @param start  in [0, 1), uniform
std::vector<std::size_t> systematic_choice(const std::vector<double>& weights, std::size_t count,
                                           double start);

Proportion proportion(std::size_t hits, std::size_t trials);

/// Pairs (a[k], b[k]) of one number under two scenarios with the same luck; a minus b. Infinite
/// values count as `ceiling`: a time that never came is at least the horizon.
PairedDifference paired_difference(const std::vector<double>& a, const std::vector<double>& b,
                                   double ceiling);

} // namespace walkout
