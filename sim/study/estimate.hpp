#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace walkout {

/// A number known from runs, with its 95 % interval.
struct Estimate {
    double value = 0;
    double low = 0;
    double high = 0;
    std::size_t runs = 0;

    bool excludes_zero() const { return low > 0 || high < 0; }
};

/// Values with something that those of a group share, such as the luck of a replicate.
struct Grouped {
    std::vector<double> values = {};
    std::vector<std::uint64_t> groups = {}; ///< one per value
};

/// Mean of independent values; of zeros and ones (`binary`) the share with the interval of Wilson
/// (1927). All zero for no values.
Estimate mean_of(const std::vector<double>& values, bool binary);

/// Mean of values that are alike within groups: the interval comes from the spread between groups
/// (Liang & Zeger 1986). One group: as if all were independent.
Estimate mean_of(const Grouped& sample);

/// Mean of a minus mean of b, likewise; a group that is in both counts once, so pairs are paired.
Estimate difference_of(const Grouped& a, const Grouped& b);

/// Mean of a[k] - b[k]. Of zeros and ones with the interval of Agresti & Min (2005), which is right
/// too when no pair differs.
Estimate paired_mean_difference(const std::vector<double>& a, const std::vector<double>& b,
                                bool binary);

} // namespace walkout
