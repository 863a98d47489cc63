#include "sim/study/statistics.hpp"

#include "sim/study/estimate.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

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

std::vector<double> quantiles_at(std::vector<double> values, std::span<const double> levels)
{
    assert(!values.empty());
    std::sort(values.begin(), values.end());
    std::vector<double> found;
    for (const double level : levels)
        found.push_back(sorted_quantile(values, level));
    return found;
}

Quantiles quantiles(std::vector<double> values)
{
    if (values.empty())
        return {};
    const auto found = quantiles_at(std::move(values), std::array{0.05, 0.5, 0.95});
    return {.p05 = found[0], .median = found[1], .p95 = found[2]};
}

double effective_size(const std::vector<double>& weights)
{
    double sum = 0, squares = 0;
    for (const double weight : weights) {
        sum += weight;
        squares += weight * weight;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

std::vector<std::size_t> systematic_choice(const std::vector<double>& weights, std::size_t count,
                                           double start)
{
    std::vector<std::size_t> chosen;
    double below = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        below += weights[k];
        while (chosen.size() < count &&
               (static_cast<double>(chosen.size()) + start) / static_cast<double>(count) < below)
            chosen.push_back(k);
    }
    chosen.resize(count, weights.size() - 1); // the weights' sum is off 1 by rounding
    return chosen;
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
