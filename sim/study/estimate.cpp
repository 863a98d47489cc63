#include "sim/study/estimate.hpp"

#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace walkout {

namespace {

double plain_mean(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// What each group adds to the error of a mean.
void add_influence(std::map<std::uint64_t, double>& sums, const Grouped& sample, double sign)
{
    const double mean = plain_mean(sample.values), weight = sign / double(sample.values.size());
    for (std::size_t k = 0; k < sample.values.size(); ++k)
        sums[sample.groups[k]] += weight * (sample.values[k] - mean);
}

double half_width(const std::map<std::uint64_t, double>& influence)
{
    const auto groups = static_cast<double>(influence.size());
    double sum = 0;
    for (const auto& [group, part] : influence)
        sum += part * part;
    return z95 * std::sqrt(sum * groups / (groups - 1));
}

bool one_group(const Grouped& sample)
{
    return std::set(sample.groups.begin(), sample.groups.end()).size() < 2;
}

Estimate around(double value, double half, std::size_t runs)
{
    return {value, value - half, value + half, runs};
}

} // namespace

Estimate mean_of(const std::vector<double>& values, bool binary)
{
    if (values.empty())
        return {};
    const double mean = plain_mean(values);
    if (binary) {
        const auto hits = static_cast<std::size_t>(std::ranges::count(values, 1.0));
        const Proportion share = proportion(hits, values.size());
        return {mean, share.low, share.high, values.size()};
    }
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const auto n = static_cast<double>(values.size());
    return around(mean, n > 1 ? z95 * std::sqrt(squares / (n - 1) / n) : 0, values.size());
}

Estimate mean_of(const Grouped& sample)
{
    if (sample.values.empty() || one_group(sample))
        return mean_of(sample.values, false);
    std::map<std::uint64_t, double> influence;
    add_influence(influence, sample, 1);
    return around(plain_mean(sample.values), half_width(influence), sample.values.size());
}

Estimate difference_of(const Grouped& a, const Grouped& b)
{
    if (a.values.empty() || b.values.empty())
        return {};
    std::map<std::uint64_t, double> influence;
    add_influence(influence, a, 1);
    add_influence(influence, b, -1);
    const double half = influence.size() > 1 ? half_width(influence) : 0;
    return around(plain_mean(a.values) - plain_mean(b.values), half,
                  a.values.size() + b.values.size());
}

Estimate paired_mean_difference(const std::vector<double>& a, const std::vector<double>& b,
                                bool binary)
{
    std::vector<double> differences;
    for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k)
        differences.push_back(a[k] - b[k]);
    if (!binary || differences.empty())
        return mean_of(differences, false);
    const double up = 0.5 + static_cast<double>(std::ranges::count(differences, 1.0));
    const double down = 0.5 + static_cast<double>(std::ranges::count(differences, -1.0));
    const double n = static_cast<double>(differences.size()) + 2;
    const double middle = (up - down) / n;
    const double half = z95 * std::sqrt(up + down - (up - down) * (up - down) / n) / n;
    return {plain_mean(differences), std::max(-1.0, middle - half), std::min(1.0, middle + half),
            differences.size()};
}

} // namespace walkout
