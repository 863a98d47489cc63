#include "sim/calibration/posterior.hpp"

#include "sim/study/linear_algebra.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout {

namespace {

constexpr std::size_t slices = 20;
constexpr double well_above = 0.5; ///< shrinkage
constexpr double partly_above = 0.25;
const double uniform_sd = 1 / std::sqrt(12.0);

double mean_of_values(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values)
{
    const double mean = mean_of_values(values);
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return squares / static_cast<double>(values.size() - 1);
}

std::vector<std::vector<double>> split(const std::vector<std::vector<double>>& chains)
{
    std::vector<std::vector<double>> halves;
    for (const auto& chain : chains) {
        const auto half = static_cast<std::ptrdiff_t>(chain.size() / 2);
        halves.emplace_back(chain.begin(), chain.begin() + half);
        halves.emplace_back(chain.end() - half, chain.end());
    }
    return halves;
}

/// Mean variance within chains, and the variance that all together suggest.
struct Spreads {
    double within = 0;
    double all = 0;
};

Spreads spreads_of(const std::vector<std::vector<double>>& chains)
{
    std::vector<double> means;
    Spreads spreads;
    for (const auto& chain : chains) {
        means.push_back(mean_of_values(chain));
        spreads.within += variance_of(chain) / static_cast<double>(chains.size());
    }
    const double n = static_cast<double>(chains.front().size());
    spreads.all = (n - 1) / n * spreads.within + variance_of(means);
    return spreads;
}

/// Mean over the chains of the autocovariance at a lag.
double autocovariance(const std::vector<std::vector<double>>& chains, std::size_t lag)
{
    double sum = 0;
    for (const auto& chain : chains) {
        const double mean = mean_of_values(chain);
        double products = 0;
        for (std::size_t t = lag; t < chain.size(); ++t)
            products += (chain[t] - mean) * (chain[t - lag] - mean);
        sum += products / static_cast<double>(chain.size()) / static_cast<double>(chains.size());
    }
    return sum;
}

/// Value at each level of weighted values.
std::vector<double> weighted_quantiles(const std::vector<double>& values,
                                       const std::vector<double>& weights)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t k) { return values[k]; });
    std::vector<double> found;
    std::size_t at = 0;
    double below = weights[order[0]];
    for (const double level : posterior_levels) {
        while (below < level && at + 1 < order.size())
            below += weights[order[++at]];
        found.push_back(values[order[at]]);
    }
    return found;
}

/// Equally weighted points, in shuffled order so that any first few of them are a sample too.
std::vector<Point> resample(const std::vector<Point>& points, const std::vector<double>& weights,
                            std::uint32_t count, std::uint64_t seed)
{
    const auto chosen = systematic_choice(weights, count, unit(draw(seed, Draw::resampling, 0, 0)));
    std::vector<Point> mixed;
    for (const std::size_t k : shuffled(chosen.size(), seed, Draw::resampling, 1))
        mixed.push_back(points[chosen[k]]);
    return mixed;
}

Identified verdict(double shrinkage)
{
    return shrinkage >= well_above     ? Identified::well
           : shrinkage >= partly_above ? Identified::partly
                                       : Identified::poorly;
}

std::vector<double> column(const std::vector<std::vector<double>>& rows, std::size_t k)
{
    std::vector<double> values;
    for (const auto& row : rows)
        values.push_back(row[k]);
    return values;
}

/// Everything that follows from weighted points; sample sizes are the caller's.
void describe(Posterior& posterior, const PriorSpace& space)
{
    std::vector<std::vector<double>> ranks;
    for (const Point& point : posterior.points)
        ranks.push_back(space.ranks(point));
    const Matrix matrix = covariance(ranks, posterior.weights);
    const std::size_t n = space.size();
    posterior.parameters.resize(n);
    posterior.correlations.assign(n, std::vector<double>(n, 1.0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (i != j && matrix(i, i) > 0 && matrix(j, j) > 0)
                posterior.correlations[i][j] =
                    matrix(i, j) / std::sqrt(matrix(i, i) * matrix(j, j));
    for (std::size_t i = 0; i < n; ++i) {
        ParameterPosterior& p = posterior.parameters[i];
        const std::vector<double> own = column(ranks, i);
        for (const double rank : weighted_quantiles(own, posterior.weights))
            p.quantiles.push_back(space.value_at(i, rank));
        for (const double level : posterior_levels)
            p.prior.push_back(space.value_at(i, level));
        p.shrinkage = 1 - std::sqrt(matrix(i, i)) / uniform_sd;
        p.identified = verdict(p.shrinkage);
        p.partner = i;
        for (std::size_t j = 0; j < n; ++j)
            if (j != i && std::abs(posterior.correlations[i][j]) > std::abs(p.correlation)) {
                p.partner = j;
                p.correlation = posterior.correlations[i][j];
            }
        p.density.assign(slices, 0.0);
        for (std::size_t k = 0; k < own.size(); ++k)
            p.density[std::min(slices - 1, static_cast<std::size_t>(own[k] * slices))] +=
                posterior.weights[k];
    }
}

} // namespace

const std::vector<std::string>& identified_names()
{
    static const std::vector<std::string> names{"identified", "partly identified",
                                                "not identified"};
    return names;
}

double split_r_hat(const std::vector<std::vector<double>>& chains)
{
    if (chains.empty() || chains.front().size() < 4)
        return std::nan("");
    const Spreads spreads = spreads_of(split(chains));
    return spreads.within > 0 ? std::sqrt(spreads.all / spreads.within) : 1;
}

double effective_size_of_chains(const std::vector<std::vector<double>>& all)
{
    if (all.empty() || all.front().size() < 4)
        return 0;
    const auto chains = split(all);
    const std::size_t n = chains.front().size();
    const double draws = static_cast<double>(n * chains.size());
    const Spreads spreads = spreads_of(chains);
    if (!(spreads.all > 0))
        return 1; // the chains never moved
    const auto correlation = [&](std::size_t lag) {
        return 1 - (spreads.within - autocovariance(chains, lag)) / spreads.all;
    };
    double sum = 0, last = 2;
    for (std::size_t lag = 0; lag + 1 < n; lag += 2) {
        const double pair = correlation(lag) + correlation(lag + 1);
        if (pair <= 0)
            break;
        last = std::min(last, pair);
        sum += last;
    }
    return std::min(draws, draws / std::max(2 * sum - 1, 1 / std::log10(draws)));
}

Posterior posterior_of(const AbcPosterior& fit, const PriorSpace& space, std::uint32_t draws,
                       std::uint64_t seed)
{
    Posterior posterior;
    posterior.points = fit.points;
    posterior.weights = fit.weights;
    posterior.generations = fit.generations;
    posterior.draws = resample(posterior.points, posterior.weights, draws, seed);
    describe(posterior, space);
    for (ParameterPosterior& p : posterior.parameters) {
        p.effective = effective_size(posterior.weights);
        p.r_hat = std::nan("");
    }
    return posterior;
}

Posterior posterior_of(const std::vector<Chain>& chains, const PriorSpace& space,
                       std::uint32_t draws, std::uint64_t seed)
{
    Posterior posterior;
    for (const Chain& chain : chains) {
        posterior.points.insert(posterior.points.end(), chain.points.begin(), chain.points.end());
        posterior.acceptances.push_back(chain.acceptance);
    }
    posterior.weights = equal_weights(posterior.points.size());
    posterior.draws = resample(posterior.points, posterior.weights, draws, seed);
    describe(posterior, space);
    for (std::size_t k = 0; k < space.size(); ++k) {
        std::vector<std::vector<double>> walks;
        for (const Chain& chain : chains)
            walks.push_back(column(chain.points, k));
        posterior.parameters[k].r_hat = split_r_hat(walks);
        posterior.parameters[k].effective = effective_size_of_chains(walks);
    }
    return posterior;
}

} // namespace walkout
