#include "sim/analysis/morris.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace walkout {

namespace {

/// One step of a trajectory.
struct Step {
    double effect = 0;
    double noise = 0; ///< variance of `effect` from luck; NaN: one replicate
};

using Trajectory = std::vector<Step>; ///< by parameter

/// The values tried of each parameter, rising.
std::vector<std::vector<double>> values_tried(const std::vector<std::vector<double>>& points)
{
    std::vector<std::vector<double>> tried;
    for (const auto& point : points) {
        tried.resize(std::max(tried.size(), point.size()));
        for (std::size_t k = 0; k < point.size(); ++k)
            tried[k].push_back(point[k]);
    }
    for (auto& values : tried) {
        std::ranges::sort(values);
        values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    return tried;
}

/// Place of a value among those tried: 0 the least, 1 the largest.
double place(const std::vector<double>& tried, double value)
{
    const auto at = std::ranges::lower_bound(tried, value) - tried.begin();
    return tried.size() < 2 ? 0.0 : static_cast<double>(at) / static_cast<double>(tried.size() - 1);
}

/// Mean difference of two points over the replicates that both have, and the variance of that.
std::optional<Step> paired(const std::vector<double>& before, const std::vector<double>& after)
{
    double sum = 0, squares = 0, count = 0;
    for (std::size_t r = 0; r < std::min(before.size(), after.size()); ++r) {
        const double difference = after[r] - before[r];
        if (std::isnan(difference))
            continue;
        sum += difference;
        squares += difference * difference;
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    const double spread = std::max(0.0, squares - sum * sum / count);
    return Step{sum / count, count > 1 ? spread / (count - 1) / count : std::nan("")};
}

std::optional<Trajectory> trajectory(const Response& response,
                                     const std::vector<std::vector<double>>& points,
                                     const std::vector<std::vector<double>>& tried,
                                     std::size_t first)
{
    Trajectory steps(tried.size());
    for (std::size_t p = first; p < first + tried.size(); ++p) {
        const auto difference = paired(response.runs[p], response.runs[p + 1]);
        if (!difference)
            return std::nullopt;
        for (std::size_t k = 0; k < tried.size(); ++k) {
            const double way = place(tried[k], points[p + 1][k]) - place(tried[k], points[p][k]);
            if (way != 0)
                steps[k] = {difference->effect / way, difference->noise / (way * way)};
        }
    }
    return steps;
}

/// mu, mu*, sigma and sigma / mu* by parameter.
std::vector<double> statistics(const std::vector<Trajectory>& trajectories, std::size_t parameters,
                               const std::vector<double>& weights)
{
    std::vector<double> values;
    for (std::size_t k = 0; k < parameters; ++k) {
        double sum = 0, sizes = 0, squares = 0, noise = 0, count = 0;
        for (std::size_t t = 0; t < trajectories.size(); ++t) {
            const Step& step = trajectories[t][k];
            sum += weights[t] * step.effect;
            sizes += weights[t] * std::abs(step.effect);
            squares += weights[t] * step.effect * step.effect;
            noise += std::isnan(step.noise) ? 0 : weights[t] * step.noise;
            count += weights[t];
        }
        const double variance = (squares - sum * sum / count) / std::max(1.0, count - 1);
        const double sigma = std::sqrt(std::max(0.0, variance - noise / count));
        values.insert(values.end(), {sum / count, sizes / count, sigma,
                                     sizes > 0 ? sigma / (sizes / count) : std::nan("")});
    }
    return values;
}

/// Mean size of effects that are nothing but luck: that of a normal deviate.
double size_of_luck(const std::vector<Trajectory>& trajectories, std::size_t k)
{
    double sum = 0;
    for (const Trajectory& steps : trajectories)
        sum += std::sqrt(steps[k].noise);
    return std::sqrt(2 / std::numbers::pi) * sum / static_cast<double>(trajectories.size());
}

MorrisClass classify(const MorrisEffect& effect, const Interval& ratio, double largest)
{
    constexpr double negligible_share = 0.05;
    constexpr double linear_ratio = 0.5;
    if (effect.mu_star.high <= negligible_share * largest || effect.mu_star.high <= effect.noise ||
        effect.mu_star.value <= 0)
        return MorrisClass::negligible;
    if (ratio.high < linear_ratio)
        return MorrisClass::linear;
    return ratio.low > linear_ratio ? MorrisClass::nonlinear : MorrisClass::undecided;
}

} // namespace

std::string_view name_of(MorrisClass word)
{
    static constexpr std::array<std::string_view, 4> names = {
        "negligible", "linear", "nonlinear or interacting", "undecided"};
    return names[static_cast<std::size_t>(word)];
}

MorrisAnalysis morris_effects(const Response& response,
                              const std::vector<std::vector<double>>& points,
                              const BootstrapParams& params)
{
    const auto tried = values_tried(points);
    const std::size_t parameters = tried.size();
    MorrisAnalysis analysis{.trajectories = points.size() / (parameters + 1)};
    std::vector<Trajectory> trajectories;
    for (std::size_t t = 0; t < analysis.trajectories; ++t)
        if (auto steps = trajectory(response, points, tried, t * (parameters + 1)))
            trajectories.push_back(*std::move(steps));
    analysis.trajectories_used = trajectories.size();
    if (trajectories.size() < 2)
        return analysis;
    const auto intervals = bootstrap(
        trajectories.size(),
        [&](const std::vector<double>& weights) {
            return statistics(trajectories, parameters, weights);
        },
        params);
    double largest = 0;
    for (std::size_t k = 0; k < parameters; ++k)
        largest = std::max(largest, intervals[4 * k + 1].value);
    for (std::size_t k = 0; k < parameters; ++k) {
        MorrisEffect effect{.mu = intervals[4 * k],
                            .mu_star = intervals[4 * k + 1],
                            .sigma = intervals[4 * k + 2],
                            .noise = size_of_luck(trajectories, k)};
        effect.word = classify(effect, intervals[4 * k + 3], largest);
        analysis.parameters.push_back(effect);
    }
    return analysis;
}

} // namespace walkout
