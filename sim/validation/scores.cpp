#include "sim/validation/scores.hpp"

#include "sim/core/numeric.hpp"
#include "sim/study/distribution.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace walkout {

namespace {

// Nobody of two million people is a logit of -15.2.
constexpr double grid_low = -20;
constexpr double grid_step = 0.01;
constexpr std::size_t grid_points = 4001;

double point(std::size_t k)
{
    return grid_low + grid_step * static_cast<double>(k);
}

/// Where a logit lies on the grid, in steps.
double place(double z)
{
    return std::clamp((z - grid_low) / grid_step, 0.0, static_cast<double>(grid_points - 1));
}

/// Weights moved to the two points of the grid around each mean.
std::vector<double> on_grid(const std::vector<Component>& components)
{
    std::vector<double> weights(grid_points, 0);
    for (const Component& component : components) {
        const double at = place(component.mean);
        const auto below =
            std::min(static_cast<std::size_t>(at), grid_points - 2); // the last one has no upper
        const double upper = at - static_cast<double>(below);
        weights[below] += component.weight * (1 - upper);
        weights[below + 1] += component.weight * upper;
    }
    return weights;
}

/// Add the distribution of one group.
void spread(const std::vector<double>& weights, double sd, std::vector<double>& cdf)
{
    constexpr double far = 8; // standard deviations, where nothing is left
    const auto reach = static_cast<std::size_t>(std::ceil(far * sd / grid_step));
    std::vector<double> kernel(2 * reach + 1);
    for (std::size_t k = 0; k < kernel.size(); ++k)
        kernel[k] =
            normal_share((static_cast<double>(k) - static_cast<double>(reach)) * grid_step / sd);
    double all_below = 0; // weight whose whole bell is below the point
    for (std::size_t g = 0; g < grid_points; ++g) {
        if (g > reach)
            all_below += weights[g - reach - 1];
        const std::size_t from = g > reach ? g - reach : 0;
        const std::size_t to = std::min(grid_points - 1, g + reach);
        double sum = all_below;
        for (std::size_t b = from; b <= to; ++b)
            if (weights[b] > 0)
                sum += weights[b] * kernel[reach + g - b];
        cdf[g] += sum;
    }
}

} // namespace

double logit(double share)
{
    return log_same_bits(share / (1 - share));
}

double share_of(double logit)
{
    return 1 / (1 + exp_same_bits(-logit));
}

double logit_of_count(double count, double people)
{
    return log_same_bits((count + 0.5) / (people - count + 0.5));
}

ShareForecast::ShareForecast(std::vector<double> cdf) : cdf_(std::move(cdf)) {}

ShareForecast ShareForecast::mixture(const std::vector<std::vector<Component>>& groups,
                                     const std::vector<double>& sds)
{
    std::vector<double> cdf(grid_points, 0);
    double total = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (const Component& component : groups[g])
            total += component.weight;
        spread(on_grid(groups[g]), std::max(sds[g], grid_step), cdf);
    }
    for (double& value : cdf)
        value /= total;
    return ShareForecast(std::move(cdf));
}

ShareForecast ShareForecast::normal(double mean, double sd)
{
    std::vector<double> cdf;
    for (std::size_t k = 0; k < grid_points; ++k)
        cdf.push_back(normal_share((point(k) - mean) / sd));
    return ShareForecast(std::move(cdf));
}

ShareForecast ShareForecast::student(double location, double scale, double freedom)
{
    const boost::math::students_t law(freedom);
    std::vector<double> cdf;
    for (std::size_t k = 0; k < grid_points; ++k)
        cdf.push_back(boost::math::cdf(law, (point(k) - location) / scale));
    return ShareForecast(std::move(cdf));
}

double ShareForecast::cdf(double z) const
{
    const double at = place(z);
    const auto below = std::min(static_cast<std::size_t>(at), grid_points - 2);
    const double upper = at - static_cast<double>(below);
    return cdf_[below] * (1 - upper) + cdf_[below + 1] * upper;
}

double ShareForecast::quantile(double p) const
{
    const auto above = std::ranges::lower_bound(cdf_, p);
    if (above == cdf_.begin())
        return grid_low;
    if (above == cdf_.end())
        return point(grid_points - 1);
    const auto k = static_cast<std::size_t>(above - cdf_.begin());
    return point(k - 1) + grid_step * (p - cdf_[k - 1]) / (cdf_[k] - cdf_[k - 1]);
}

/// @param width  of a piece of the grid on the scale of the score
template <class Width> double ShareForecast::crps_by(double z, const Width& width) const
{
    const double at = std::clamp(z, grid_low, point(grid_points - 1));
    double sum = 0;
    const auto piece = [&](double from, double to) {
        const double indicator = 0.5 * (from + to) > at ? 1 : 0;
        const double a = cdf(from) - indicator, b = cdf(to) - indicator;
        sum += width(from, to) * (a * a + a * b + b * b) / 3; // exact for a straight line
    };
    for (std::size_t k = 0; k + 1 < grid_points; ++k) {
        const double from = point(k), to = point(k + 1);
        if (from < at && at < to) {
            piece(from, at);
            piece(at, to);
        } else {
            piece(from, to);
        }
    }
    return sum;
}

double ShareForecast::crps(double z) const
{
    return crps_by(z, [](double from, double to) { return to - from; });
}

double ShareForecast::crps_share(double z) const
{
    return crps_by(z, [](double from, double to) { return share_of(to) - share_of(from); });
}

double interval_score(double low, double high, double value, double level)
{
    const double penalty = 2 / (1 - level);
    return (high - low) + penalty * std::max(0.0, low - value) +
           penalty * std::max(0.0, value - high);
}

double brier_score(const OutcomeChances& chances, Outcome happened)
{
    double sum = 0;
    for (std::size_t k = 0; k < chances.size(); ++k) {
        const double hit = k == static_cast<std::size_t>(happened) ? 1 : 0;
        sum += (chances[k] - hit) * (chances[k] - hit);
    }
    return sum;
}

Outcome most_probable(const OutcomeChances& chances)
{
    return static_cast<Outcome>(std::ranges::max_element(chances) - chances.begin());
}

} // namespace walkout
