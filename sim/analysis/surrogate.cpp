#include "sim/analysis/surrogate.hpp"

#include "sim/analysis/chaos.hpp"
#include "sim/analysis/sobol.hpp"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_01.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout {

namespace {

constexpr std::size_t least_points = 20;
constexpr std::size_t most_kriging_points = 150; // its time grows with the cube
constexpr double good_q2 = 0.95;                 // of what luck leaves: no other surface is tried

/// What a surface is fitted to.
struct Sites {
    Table inputs = {}; ///< quantiles, or the single values themselves
    std::vector<SingleValues> single = {};
    std::vector<double> outputs = {}; ///< mean over luck, by point
    double noise = 0; ///< variance of what luck leaves in them, as a share of the surface's
};

/// The different values of a parameter, rising.
std::vector<double> different(const Table& points, std::size_t k)
{
    std::vector<double> values;
    for (const auto& point : points)
        values.push_back(point[k]);
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

/// Replace a continuous parameter's values by its quantiles: the middle of their ranks.
void use_quantiles(Table& points, std::size_t k, const std::vector<double>& values)
{
    for (auto& point : points) {
        const auto rank = std::ranges::lower_bound(values, point[k]) - values.begin();
        point[k] = (static_cast<double>(rank) + 0.5) / static_cast<double>(values.size());
    }
}

Sites sites_of(const Response& response, const Table& points,
               const std::vector<std::size_t>& members)
{
    const auto runs = without_shared_luck(response);
    Sites sites;
    for (const std::size_t p : members) {
        sites.inputs.push_back(points[p]);
        sites.outputs.push_back(mean_of_runs(runs[p]));
    }
    if (sites.inputs.empty())
        return sites;
    for (std::size_t k = 0; k < sites.inputs.front().size(); ++k) {
        constexpr std::size_t most_single = 10; // more are as good as continuous
        auto values = different(sites.inputs, k);
        const bool is_single = values.size() <= most_single;
        if (!is_single)
            use_quantiles(sites.inputs, k, values);
        sites.single.push_back(is_single ? values : SingleValues{});
    }
    return sites;
}

using Predict = std::function<std::vector<double>(const Sites& known, const Table& where)>;

std::vector<double> by_chaos(const Sites& known, const Table& where)
{
    return predict_chaos(known.inputs, known.single, known.outputs, where);
}

std::vector<double> by_kriging(const Sites& known, const Table& where)
{
    return predict_kriging(known.inputs, known.outputs, known.noise, where);
}

/// The values that surfaces without them predict, by point. Points go to the folds in turn, which
/// suits designs that fill the space evenly from the front.
std::vector<double> cross_predictions(const Sites& sites, const Predict& predict)
{
    constexpr std::size_t folds = 5;
    std::vector<double> predictions(sites.outputs.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        Sites known{.single = sites.single, .noise = sites.noise};
        Table where;
        for (std::size_t j = 0; j < sites.outputs.size(); ++j) {
            if (j % folds == fold) {
                where.push_back(sites.inputs[j]);
                continue;
            }
            known.inputs.push_back(sites.inputs[j]);
            known.outputs.push_back(sites.outputs[j]);
        }
        const auto values = predict(known, where);
        for (std::size_t j = fold, at = 0; j < predictions.size(); j += folds)
            predictions[j] = values[at++];
    }
    return predictions;
}

Interval q2_of(const Sites& sites, const std::vector<double>& predictions,
               const BootstrapParams& params)
{
    const auto statistic = [&](const std::vector<double>& weights) {
        double sum = 0, count = 0, errors = 0, spread = 0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            sum += weights[j] * sites.outputs[j];
            count += weights[j];
        }
        for (std::size_t j = 0; j < weights.size(); ++j) {
            errors += weights[j] * std::pow(sites.outputs[j] - predictions[j], 2);
            spread += weights[j] * std::pow(sites.outputs[j] - sum / count, 2);
        }
        return std::vector{spread > 0 ? 1 - errors / spread : std::nan("")};
    };
    return bootstrap(sites.outputs.size(), statistic, params).front();
}

/// First-order indices, then total ones, from coefficients of orthonormal polynomials (Sudret
/// 2008, Reliab. Eng. Syst. Saf. 93:964).
std::vector<double> indices_of(const Chaos& chaos, const std::vector<double>& coefficients)
{
    const std::size_t parameters = chaos.degrees.front().size();
    std::vector<double> values(2 * parameters, 0);
    double variance = 0;
    for (std::size_t t = 0; t < coefficients.size(); ++t) {
        const auto& degrees = chaos.degrees[t];
        const auto involved = std::ranges::count_if(degrees, [](auto d) { return d > 0; });
        const double part = involved > 0 ? coefficients[t] * coefficients[t] : 0;
        variance += part;
        for (std::size_t k = 0; k < parameters; ++k) {
            values[k] += involved == 1 && degrees[k] > 0 ? part : 0;
            values[parameters + k] += degrees[k] > 0 ? part : 0;
        }
    }
    for (double& value : values)
        value = variance > 0 ? value / variance : std::nan("");
    return values;
}

void add_chaos_indices(SurrogateAnalysis& analysis, const Sites& sites, BootstrapParams params)
{
    constexpr std::size_t most_refits = 200; // each solves a system of all terms
    params.samples = std::min(params.samples, most_refits);
    const Chaos chaos = fit_chaos(sites.inputs, sites.single, sites.outputs);
    analysis.terms = chaos.coefficients.size();
    const std::size_t parameters = sites.single.size();
    const auto intervals = bootstrap(
        sites.outputs.size(),
        [&](const std::vector<double>& weights) {
            const auto coefficients = refit(chaos.terms, sites.outputs, weights);
            return coefficients.empty() ? std::vector<double>(2 * parameters, std::nan(""))
                                        : indices_of(chaos, coefficients);
        },
        params);
    for (std::size_t k = 0; k < parameters; ++k)
        analysis.parameters.push_back({intervals[k], intervals[parameters + k]});
}

/// Rows A, B and A with parameter i from B, drawn at random where the surface is known.
Table saltelli_sample(const Sites& sites, std::size_t rows, std::uint64_t seed)
{
    boost::random::mt19937_64 rng(seed);
    boost::random::uniform_01<double> uniform;
    const auto draw = [&] {
        std::vector<double> point;
        for (const SingleValues& values : sites.single) {
            const double u = uniform(rng);
            const double place = u * static_cast<double>(values.size());
            point.push_back(values.empty() ? u : values[static_cast<std::size_t>(place)]);
        }
        return point;
    };
    Table table;
    for (std::size_t j = 0; j < rows; ++j) {
        const auto a = draw(), b = draw();
        table.insert(table.end(), {a, b});
        for (std::size_t k = 0; k < a.size(); ++k) {
            table.push_back(a);
            table.back()[k] = b[k];
        }
    }
    return table;
}

void add_kriging_indices(SurrogateAnalysis& analysis, const Sites& sites,
                         const BootstrapParams& params)
{
    constexpr std::size_t rows = 2048;
    const auto values = by_kriging(sites, saltelli_sample(sites, rows, params.seed));
    Response surface;
    for (const double value : values)
        surface.runs.push_back({value});
    const SobolAnalysis sobol = sobol_indices(surface, sites.single.size(), params);
    for (const SobolIndex& index : sobol.parameters)
        analysis.parameters.push_back({index.first, index.total});
}

/// Share of the variance of the points' means that is not luck.
double limit_of(const Response& response, const std::vector<std::size_t>& members)
{
    const VarianceSplit split = variance_split(response, members);
    if (std::isnan(split.luck))
        return split.luck;
    double runs = 0;
    for (const std::size_t p : members)
        runs += static_cast<double>(std::ranges::count_if(
            response.runs[p], [](double value) { return !std::isnan(value); }));
    const double noise = (split.luck - split.shared) * static_cast<double>(members.size()) / runs;
    return split.parameters / (split.parameters + noise);
}

} // namespace

SurrogateAnalysis fit_surrogate(const Response& response, const Table& points,
                                const std::vector<std::size_t>& sample,
                                const BootstrapParams& params)
{
    SurrogateAnalysis analysis;
    std::vector<std::size_t> members;
    for (const std::size_t p : sample)
        if (!std::isnan(mean_of_runs(response.runs[p])))
            members.push_back(p);
    Sites sites = sites_of(response, points, members);
    analysis.points = sites.outputs.size();
    if (analysis.points < least_points)
        return analysis;
    analysis.q2_limit = limit_of(response, members);
    if (analysis.q2_limit > 0)
        sites.noise = 1 / analysis.q2_limit - 1;
    analysis.kind = "polynomial_chaos";
    analysis.q2 = q2_of(sites, cross_predictions(sites, by_chaos), params);
    const double limit = std::isnan(analysis.q2_limit) ? 1.0 : analysis.q2_limit;
    if (analysis.points <= most_kriging_points && !(analysis.q2.value >= good_q2 * limit)) {
        const Interval q2 = q2_of(sites, cross_predictions(sites, by_kriging), params);
        if (q2.value > analysis.q2.value) {
            analysis.kind = "kriging";
            analysis.q2 = q2;
        }
    }
    if (!(analysis.q2.value >= least_q2))
        return analysis;
    if (analysis.kind == "kriging")
        add_kriging_indices(analysis, sites, params);
    else
        add_chaos_indices(analysis, sites, params);
    return analysis;
}

} // namespace walkout
