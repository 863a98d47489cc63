#include "sim/study/fan.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

constexpr double least_side = 0.05; ///< of the runs, on each side of a split

/// The order statistic of rank r, counted from 1, between its neighbors where r is broken.
double at_rank(const std::vector<double>& rising, double rank)
{
    const auto n = static_cast<double>(rising.size());
    const double inside = std::clamp(rank, 1.0, n) - 1;
    const auto below = static_cast<std::size_t>(inside);
    const std::size_t above = std::min(below + 1, rising.size() - 1);
    const double part = inside - std::floor(inside);
    if (part <= 0 || rising[below] == rising[above])
        return rising[below]; // also: no arithmetic on two infinities
    return rising[below] + part * (rising[above] - rising[below]);
}

} // namespace

Band band_of(const std::vector<double>& rising, double share)
{
    const double tail = (1 - share) / 2;
    const auto ranks = static_cast<double>(rising.size() + 1);
    return {at_rank(rising, ranks * tail), at_rank(rising, ranks * (1 - tail))};
}

std::optional<Split> split_of(std::vector<double> values, double gap)
{
    std::ranges::sort(values);
    const auto least = static_cast<std::size_t>(
        std::max(1.0, std::ceil(least_side * static_cast<double>(values.size()))));
    // The widest gap of all, wherever it is: outliers are no second sort.
    std::size_t widest = 0;
    double width = 0;
    for (std::size_t k = 1; k < values.size(); ++k)
        if (values[k] - values[k - 1] > width) {
            width = values[k] - values[k - 1];
            widest = k;
        }
    if (width < gap || widest < least || values.size() - widest < least)
        return std::nullopt;
    return Split{(values[widest - 1] + values[widest]) / 2, widest, values.size() - widest};
}

} // namespace walkout
