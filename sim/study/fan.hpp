#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace walkout {

/// A stretch that a further run falls into with about the stated chance.
struct Band {
    double low = 0, high = 0;
};

/// The middle `share` of one number over some runs, by order statistics at (n + 1) p: the fewer the
/// runs, the wider, up to all of them. Infinities count as very large.
/// @param share  in (0, 1); `rising` must be sorted and not empty
Band band_of(const std::vector<double>& rising, double share);

/// Two sorts of runs, told apart by one number: the runs below, and those at or above.
struct Split {
    double at = 0;         ///< the middle of the gap
    std::size_t below = 0; ///< runs
    std::size_t above = 0;
};

/// Where a number over runs falls in two: when its largest gap is at least `gap` wide and leaves at
/// least a twentieth of the runs on either side. A single band over both would show a middle that
/// never happens.
std::optional<Split> split_of(std::vector<double> values, double gap);

} // namespace walkout
