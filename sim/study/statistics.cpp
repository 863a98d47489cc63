#include "sim/study/statistics.hpp"

#include "sim/study/estimate.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace walkout {

namespace {

double sorted_quantile(const std::vector<double>& sorted, double p)
{
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = place - static_cast<double>(below);
    if (part <= 0 || sorted[below] == sorted[above])
        return sorted[below]; // also: no arithmetic on two infinities
    return sorted[below] + part * (sorted[above] - sorted[below]);
}

} // namespace

double quantile(std::vector<double> values, double p)
{
    assert(!values.empty());
    std::sort(values.begin(), values.end());
    return sorted_quantile(values, p);
}

Quantiles quantiles(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    return {.p05 = sorted_quantile(values, 0.05),
            .median = sorted_quantile(values, 0.5),
            .p95 = sorted_quantile(values, 0.95)};
}

Proportion proportion(std::size_t hits, std::size_t trials)
{
    if (trials == 0)
        return {};
    const double n = static_cast<double>(trials);
    const double share = static_cast<double>(hits) / n;
    const double scale = 1 + z95 * z95 / n;
    const double middle = (share + z95 * z95 / (2 * n)) / scale;
    const double reach = z95 / scale * std::sqrt(share * (1 - share) / n + z95 * z95 / (4 * n * n));
    return {.share = share,
            .low = std::clamp(middle - reach, 0.0, share),
            .high = std::clamp(middle + reach, share, 1.0)};
}

PairedDifference paired_difference(const std::vector<double>& a, const std::vector<double>& b,
                                   double ceiling)
{
    const std::size_t n = std::min(a.size(), b.size());
    if (n == 0)
        return {};
    std::vector<double> differences;
    double larger = 0, smaller = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const double difference = std::min(a[k], ceiling) - std::min(b[k], ceiling);
        differences.push_back(difference);
        larger += difference > 0;
        smaller += difference < 0;
    }
    const Estimate mean = mean_of(differences, false);
    return {.mean = mean.value,
            .low = mean.low,
            .high = mean.high,
            .larger = larger / static_cast<double>(n),
            .smaller = smaller / static_cast<double>(n)};
}

} // namespace walkout
