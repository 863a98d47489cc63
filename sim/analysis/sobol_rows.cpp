#include "sim/analysis/sobol_rows.hpp"

#include "sim/analysis/response.hpp"

#include <boost/numeric/interval.hpp>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

/// Run by run, where both are there.
std::vector<double> difference(const std::vector<double>& a, const std::vector<double>& b)
{
    std::vector<double> values;
    for (std::size_t r = 0; r < std::min(a.size(), b.size()); ++r)
        values.push_back(a[r] - b[r]);
    return values;
}

/// Variance from run to run: all products less those between different runs.
double spread(const std::vector<double>& values)
{
    return cross_mean(values, values, true) - cross_mean(values, values, false);
}

SobolRow row_of(const Runs& runs, std::size_t number, std::size_t parameters, bool single)
{
    const std::size_t first = number * (parameters + 2);
    const auto& a = runs[first];
    const auto& b = runs[first + 1];
    SobolRow row{.number = number};
    row.terms = {(mean_of_runs(a) + mean_of_runs(b)) / 2,
                 (cross_mean(a, a, single) + cross_mean(b, b, single)) / 2,
                 single ? 0.0 : (spread(a) + spread(b)) / 2};
    std::vector<double> totals;
    for (std::size_t k = 0; k < parameters; ++k) {
        const auto step = difference(runs[first + 2 + k], a);
        row.terms.push_back(cross_mean(b, step, single));
        totals.push_back(cross_mean(step, step, single) / 2);
    }
    row.terms.insert(row.terms.end(), totals.begin(), totals.end());
    return row;
}

} // namespace

std::size_t count_rows_made(const Runs& runs, std::size_t parameters)
{
    std::size_t made = 0;
    for (std::size_t first = 0; first + parameters + 2 <= runs.size(); first += parameters + 2)
        made += std::none_of(runs.begin() + static_cast<std::ptrdiff_t>(first),
                             runs.begin() + static_cast<std::ptrdiff_t>(first + parameters + 2),
                             [](const auto& values) { return values.empty(); });
    return made;
}

std::vector<SobolRow> sobol_rows(const Runs& runs, std::size_t parameters, bool single)
{
    std::vector<SobolRow> rows;
    for (std::size_t j = 0; j < runs.size() / (parameters + 2); ++j) {
        SobolRow row = row_of(runs, j, parameters, single);
        if (std::none_of(row.terms.begin(), row.terms.end(),
                         [](double term) { return std::isnan(term); }))
            rows.push_back(std::move(row));
    }
    return rows;
}

void center(Runs& runs, const std::vector<SobolRow>& rows, std::size_t parameters)
{
    double middle = 0;
    for (const SobolRow& row : rows) {
        const std::size_t first = row.number * (parameters + 2);
        middle += (mean_of_runs(runs[first]) + mean_of_runs(runs[first + 1])) / 2;
    }
    middle /= static_cast<double>(rows.size());
    for (auto& values : runs)
        for (double& value : values)
            value -= middle;
}

// ---------------------------------------------------------------- failed runs

namespace {

using Range = boost::numeric::interval<double>;
using Ranges = std::vector<Range>;

Range mean_of(const Ranges& values)
{
    Range sum = 0.0;
    for (const Range& value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

Ranges difference(const Ranges& a, const Ranges& b)
{
    Ranges values;
    for (std::size_t r = 0; r < std::min(a.size(), b.size()); ++r)
        values.push_back(a[r] - b[r]);
    return values;
}

/// As `cross_mean`, over all replicates.
Range cross(const Ranges& a, const Ranges& b, bool single)
{
    if (single)
        return a[0] * b[0];
    Range sum = 0.0;
    double pairs = 0;
    for (std::size_t r = 0; r < a.size(); ++r) {
        Range others = 0.0;
        for (std::size_t s = 0; s < b.size(); ++s)
            if (s != r) {
                others += b[s];
                ++pairs;
            }
        sum += a[r] * others;
    }
    return sum / pairs;
}

Range cross_with_itself(const Ranges& a, bool single)
{
    return single ? square(a[0]) : cross(a, a, single);
}

Ranges ranges_of(const std::vector<double>& values, const Range& all)
{
    Ranges ranges;
    for (const double value : values)
        ranges.push_back(std::isnan(value) ? all : Range(value));
    return ranges;
}

Range range_of(const Runs& runs)
{
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& values : runs)
        for (const double value : values)
            if (!std::isnan(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
    return {low, high};
}

/// The terms of one base point, and whether all its points were run often enough.
bool add_row(std::vector<Range>& sums, const Runs& runs, std::size_t first, std::size_t parameters,
             bool single, const Range& all)
{
    std::vector<Ranges> points;
    for (std::size_t p = first; p < first + parameters + 2; ++p)
        points.push_back(ranges_of(runs[p], all));
    const std::size_t least = single ? 1 : 2;
    if (std::ranges::any_of(points, [&](const Ranges& values) { return values.size() < least; }))
        return false;
    const Ranges &a = points[0], &b = points[1];
    sums[SobolRow::mean] += (mean_of(a) + mean_of(b)) / 2.0;
    sums[SobolRow::square] += (cross_with_itself(a, single) + cross_with_itself(b, single)) / 2.0;
    for (std::size_t k = 0; k < parameters; ++k) {
        const Ranges step = difference(points[2 + k], a);
        sums[SobolRow::indices + k] += cross(b, step, single);
        sums[SobolRow::indices + parameters + k] += cross_with_itself(step, single) / 2.0;
    }
    return true;
}

} // namespace

std::vector<Interval> sobol_bounds(const Runs& runs, std::size_t parameters, bool single)
{
    std::vector<Range> sums(SobolRow::indices + 2 * parameters, Range(0.0));
    const Range all = range_of(runs);
    double rows = 0;
    for (std::size_t first = 0; first + parameters + 2 <= runs.size(); first += parameters + 2)
        rows += add_row(sums, runs, first, parameters, single, all);
    const double n = 2 * rows;
    const Range variance =
        (sums[SobolRow::square] / rows - square(sums[SobolRow::mean] / rows)) * (n / (n - 1));
    std::vector<Interval> bounds;
    for (std::size_t k = 0; k < 2 * parameters; ++k) {
        Range index(0.0, 1.0);
        if (variance.lower() > 0)
            index = sums[SobolRow::indices + k] / rows / variance;
        bounds.push_back({std::nan(""), std::clamp(index.lower(), 0.0, 1.0),
                          std::clamp(index.upper(), 0.0, 1.0)});
    }
    return bounds;
}

} // namespace walkout
