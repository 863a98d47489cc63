#include "sim/analysis/sobol.hpp"

#include "sim/analysis/sobol_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout {

namespace {

/// Sums over rows, weighted; `weights` by row of `rows`.
std::vector<double> weighted_means(const std::vector<SobolRow>& rows,
                                   const std::vector<double>& weights)
{
    std::vector<double> sums(rows.front().terms.size(), 0);
    for (std::size_t j = 0; j < rows.size(); ++j)
        if (weights[j] > 0)
            for (std::size_t t = 0; t < sums.size(); ++t)
                sums[t] += weights[j] * rows[j].terms[t];
    const double count = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& sum : sums)
        sum /= count;
    return sums;
}

/// First-order indices, total indices, their sum, and the share of variance explained.
/// @param luck_scale  from the mean of the rows' luck to the variance of luck
std::vector<double> statistics(const std::vector<SobolRow>& rows, std::size_t parameters,
                               double luck_scale, const std::vector<double>& weights)
{
    const auto means = weighted_means(rows, weights);
    const double n = 2 * static_cast<double>(rows.size());
    const double middle = means[SobolRow::mean];
    const double variance = n / (n - 1) * (means[SobolRow::square] - middle * middle);
    std::vector<double> values;
    double sum = 0;
    for (std::size_t k = 0; k < 2 * parameters; ++k) {
        values.push_back(variance > 0 ? means[SobolRow::indices + k] / variance : std::nan(""));
        sum += k < parameters ? values.back() : 0;
    }
    values.push_back(sum);
    const double luck = means[SobolRow::luck] * luck_scale;
    values.push_back(std::max(0.0, variance) / (std::max(0.0, variance) + luck));
    return values;
}

/// Points A and B of all rows: a sample of the space.
std::vector<std::size_t> sample_points(const std::vector<SobolRow>& rows, std::size_t parameters)
{
    std::vector<std::size_t> points;
    for (const SobolRow& row : rows) {
        points.push_back(row.number * (parameters + 2));
        points.push_back(row.number * (parameters + 2) + 1);
    }
    return points;
}

/// The runs without the replicates that do not count.
std::vector<std::vector<double>> without(std::vector<std::vector<double>> runs,
                                         const std::vector<double>& weights)
{
    for (auto& values : runs)
        for (std::size_t r = 0; r < values.size(); ++r)
            if (weights[r] <= 0)
                values[r] = std::nan("");
    return runs;
}

/// Luck's part in the half-widths, by statistic.
std::vector<double> luck_half_widths(const Response& response,
                                     const std::vector<std::vector<double>>& runs,
                                     std::size_t parameters, double luck_scale)
{
    return jackknife_half_widths(response.replicates(), [&](const std::vector<double>& weights) {
        const auto rows = sobol_rows(without(runs, weights), parameters, false);
        if (rows.size() < 2)
            return std::vector<double>(2 * parameters + 2, std::nan(""));
        return statistics(rows, parameters, luck_scale, std::vector<double>(rows.size(), 1.0));
    });
}

Interval widened(const Interval& interval, double half_width)
{
    if (std::isnan(half_width))
        return interval;
    return {interval.value, interval.value - std::hypot(interval.value - interval.low, half_width),
            interval.value + std::hypot(interval.high - interval.value, half_width)};
}

void add_intervals(SobolAnalysis& analysis, const Response& response,
                   const std::vector<std::vector<double>>& runs, const std::vector<SobolRow>& rows,
                   std::size_t parameters, const BootstrapParams& params)
{
    const double luck = weighted_means(rows, std::vector<double>(rows.size(), 1.0))[SobolRow::luck];
    const double luck_scale = luck > 0 ? analysis.variance.luck / luck : 1.0;
    auto intervals = bootstrap(
        rows.size(),
        [&](const std::vector<double>& weights) {
            return statistics(rows, parameters, luck_scale, weights);
        },
        params);
    const auto of_luck = luck_half_widths(response, runs, parameters, luck_scale);
    if (response.common_luck) // else the rows' own luck is in their spread already
        for (std::size_t s = 0; s < intervals.size(); ++s)
            intervals[s] = widened(intervals[s], of_luck[s]);
    for (std::size_t k = 0; k < parameters; ++k)
        analysis.parameters.push_back({.first = intervals[k],
                                       .total = intervals[parameters + k],
                                       .first_luck = of_luck[k],
                                       .total_luck = of_luck[parameters + k],
                                       .first_bounds = {},
                                       .total_bounds = {}});
    analysis.additive = intervals[2 * parameters];
    analysis.explained = intervals[2 * parameters + 1];
    if (std::isnan(analysis.variance.luck))
        analysis.explained = {std::nan(""), std::nan(""), std::nan("")};
}

} // namespace

SobolAnalysis sobol_indices(const Response& response, std::size_t parameters,
                            const BootstrapParams& params)
{
    SobolAnalysis analysis;
    const bool single = response.replicates() < 2;
    auto runs = without_shared_luck(response);
    analysis.rows = runs.size() / (parameters + 2);
    analysis.rows_made = count_rows_made(response.runs, parameters);
    auto rows = sobol_rows(runs, parameters, single);
    analysis.rows_used = rows.size();
    if (rows.size() < 2)
        return analysis;
    center(runs, rows, parameters);
    rows = sobol_rows(runs, parameters, single);
    analysis.variance = variance_split(response, sample_points(rows, parameters));
    add_intervals(analysis, response, runs, rows, parameters, params);
    const auto bounds = sobol_bounds(runs, parameters, single);
    for (std::size_t k = 0; k < parameters; ++k) {
        SobolIndex& index = analysis.parameters[k];
        const auto with = [&](const Interval& estimate, std::size_t at) {
            const Interval& b = bounds[at];
            return Interval{estimate.value, b.low, b.high};
        };
        index.first_bounds = with(index.first, k);
        index.total_bounds = with(index.total, parameters + k);
    }
    return analysis;
}

} // namespace walkout
