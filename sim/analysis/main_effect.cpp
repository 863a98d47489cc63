#include "sim/analysis/main_effect.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace walkout {

namespace {

struct ValueOrder { // NaN, as the scenario has it, before all numbers
    bool operator()(double a, double b) const { return std::isnan(a) ? !std::isnan(b) : a < b; }
};

/// The points at each value of a parameter.
using Levels = std::map<double, std::vector<std::size_t>, ValueOrder>;

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

/// Whether a point differs from the first one in no other parameter.
bool stands_alone(const std::vector<std::vector<double>>& points, std::size_t p, std::size_t k)
{
    for (std::size_t other = 0; other < points[p].size(); ++other)
        if (other != k && !same(points[p][other], points[0][other]))
            return false;
    return true;
}

Levels levels_of(const Response& response, const std::vector<std::vector<double>>& points,
                 std::size_t k, bool one_at_a_time)
{
    Levels levels;
    for (std::size_t p = 0; p < points.size(); ++p) {
        const auto& runs = response.runs[p];
        const bool has_runs =
            std::ranges::any_of(runs, [](double value) { return !std::isnan(value); });
        if (has_runs && (!one_at_a_time || stands_alone(points, p, k)))
            levels[points[p][k]].push_back(p);
    }
    return levels;
}

double mean_of_point(const std::vector<double>& runs, const std::vector<double>& weights)
{
    double sum = 0, count = 0;
    for (std::size_t r = 0; r < runs.size(); ++r)
        if (!std::isnan(runs[r])) {
            sum += weights[r] * runs[r];
            count += weights[r];
        }
    return sum / count;
}

/// Mean over the points of a level; those without a run in this sample are left out.
double mean_of_level(const std::vector<std::vector<double>>& runs,
                     const std::vector<std::size_t>& points, const std::vector<double>& weights)
{
    double sum = 0, count = 0;
    for (const std::size_t p : points)
        if (const double value = mean_of_point(runs[p], weights); !std::isnan(value)) {
            sum += value;
            ++count;
        }
    return sum / count;
}

std::vector<double> level_means(const std::vector<std::vector<double>>& runs, const Levels& levels,
                                const std::vector<double>& weights)
{
    std::vector<double> values;
    for (const auto& [value, points] : levels)
        values.push_back(mean_of_level(runs, points, weights));
    return values;
}

Interval interval(double value, double half_width)
{
    return {value, value - half_width, value + half_width};
}

MainEffect effect_of(const Response& response, const Levels& levels)
{
    const std::size_t replicates = response.replicates();
    const auto means = level_means(response.runs, levels, std::vector<double>(replicates, 1.0));
    if (means.empty())
        return {};
    const auto [low, high] = std::ranges::minmax_element(means);
    const auto bottom = low - means.begin(), top = high - means.begin();
    const auto half_widths =
        jackknife_half_widths(replicates, [&](const std::vector<double>& weights) {
            auto values = level_means(response.runs, levels, weights);
            values.push_back(values[static_cast<std::size_t>(top)] -
                             values[static_cast<std::size_t>(bottom)]);
            return values;
        });
    MainEffect effect{.range = interval(*high - *low, half_widths.back())};
    std::size_t at = 0;
    for (const auto& [value, points] : levels) {
        effect.levels.push_back({value, interval(means[at], half_widths[at]), points.size()});
        ++at;
    }
    return effect;
}

} // namespace

std::vector<MainEffect> main_effects(const Response& response,
                                     const std::vector<std::vector<double>>& points,
                                     bool one_at_a_time)
{
    std::vector<MainEffect> effects;
    std::size_t parameters = 0;
    for (const auto& point : points)
        parameters = std::max(parameters, point.size());
    std::vector<std::vector<double>> made = points; // a point without runs has no values
    for (auto& point : made)
        point.resize(parameters, std::nan(""));
    for (std::size_t k = 0; k < parameters; ++k)
        effects.push_back(effect_of(response, levels_of(response, made, k, one_at_a_time)));
    return effects;
}

} // namespace walkout
