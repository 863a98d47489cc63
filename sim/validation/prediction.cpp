#include "sim/validation/prediction.hpp"

#include "sim/core/numeric.hpp"
#include "sim/study/distribution.hpp"
#include "sim/study/linear_algebra.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

constexpr double minus_infinity = -never;

bool counts(const PooledRun& run)
{
    return run.error.empty();
}

void add(OutcomeChances& chances, Outcome outcome, double weight)
{
    chances[static_cast<std::size_t>(outcome)] += weight;
}

/// One run under one discrepancy.
void add_chances(const PooledRun& run, double sd, double exit_limit, double weight,
                 OutcomeChances& chances)
{
    constexpr double half = 0, fifth = -1.3862943611198906; // logits
    if (run.outcome == Outcome::returned)
        return add(chances, Outcome::returned, weight);
    const double exit = normal_share((run.left_logit - exit_limit) / sd);
    add(chances, Outcome::mass_exit, weight * exit);
    const double rest = weight * (1 - exit);
    if (!run.petition)
        return add(chances, Outcome::no_petition, rest);
    const double above_half = normal_share((run.signed_logit - half) / sd);
    const double above_fifth = normal_share((run.signed_logit - fifth) / sd);
    add(chances, Outcome::standoff, rest * above_half);
    add(chances, Outcome::partial, rest * (above_fifth - above_half));
    add(chances, Outcome::failed_petition, rest * (1 - above_fifth));
}

/// Mean over those replicates of a point that did not fail; zero when all have.
template <class Value>
double mean_of_point(const std::vector<double>& logits, std::size_t first, std::size_t replicates,
                     Value value)
{
    double sum = 0, made = 0;
    for (std::size_t k = first; k < first + replicates; ++k)
        if (!std::isnan(logits[k])) {
            sum += value(k);
            ++made;
        }
    return made > 0 ? sum / made : 0;
}

/// Least squares of logits on shifts, both less their means over the point; by shift.
std::vector<double> slopes_within_points(const std::vector<double>& logits, std::size_t replicates,
                                         const std::vector<std::vector<double>>& shifts)
{
    const std::size_t inputs = shifts.empty() ? 0 : shifts.front().size();
    Matrix squares(inputs);
    std::vector<double> products(inputs, 0.0), x(inputs), means(inputs);
    for (std::size_t first = 0; first < logits.size(); first += replicates) {
        const auto mean = [&](auto value) {
            return mean_of_point(logits, first, replicates, value);
        };
        const double middle = mean([&](std::size_t k) { return logits[k]; });
        for (std::size_t i = 0; i < inputs; ++i)
            means[i] = mean([&](std::size_t k) { return shifts[k][i]; });
        for (std::size_t k = first; k < first + replicates && inputs > 0; ++k) {
            if (std::isnan(logits[k]))
                continue;
            for (std::size_t i = 0; i < inputs; ++i) {
                x[i] = shifts[k][i] - means[i];
                products[i] += x[i] * (logits[k] - middle);
                for (std::size_t j = 0; j <= i; ++j)
                    squares(i, j) += x[i] * x[j];
            }
        }
    }
    return inputs > 0 ? solve(cholesky(squares), products) : std::vector<double>{};
}

} // namespace

std::vector<double> discrepancy_nodes(double scale, std::size_t count)
{
    std::vector<double> nodes;
    for (std::size_t s = 0; s < count; ++s) {
        const double u = (static_cast<double>(s) + 0.5) / static_cast<double>(count);
        nodes.push_back(scale * normal_quantile(0.5 + 0.5 * u));
    }
    return nodes;
}

ExactlyCoded without_coding_errors(std::span<const PooledRun> runs, std::uint32_t replicates,
                                   const std::vector<std::vector<double>>& shifts)
{
    ExactlyCoded exact;
    for (const PooledRun& run : runs)
        exact.logits.push_back(counts(run) ? run.logit : std::nan(""));
    const std::vector<double> slopes = slopes_within_points(exact.logits, replicates, shifts);
    for (std::size_t i = 0; i < slopes.size(); ++i) {
        exact.variance += slopes[i] * slopes[i] / 12; // of a uniform error one step wide
        for (std::size_t k = 0; k < runs.size(); ++k)
            exact.logits[k] -= slopes[i] * shifts[k][i];
    }
    return exact;
}

std::vector<double> log_likelihood(const RecordedShare& recorded, const ExactlyCoded& runs,
                                   std::uint32_t replicates, std::span<const double> nodes)
{
    const std::size_t points = runs.logits.size() / replicates;
    std::vector<double> logs(points * nodes.size(), minus_infinity);
    for (std::size_t i = 0; i < points; ++i)
        for (std::size_t s = 0; s < nodes.size(); ++s) {
            const double variance = nodes[s] * nodes[s] + recorded.sd * recorded.sd + runs.variance;
            double sum = 0;
            std::size_t made = 0;
            for (std::size_t r = 0; r < replicates; ++r) {
                const double gap = recorded.logit - runs.logits[i * replicates + r];
                if (std::isnan(gap))
                    continue;
                sum += exp_same_bits(-0.5 * gap * gap / variance);
                ++made;
            }
            if (sum > 0)
                logs[i * nodes.size() + s] =
                    log_same_bits(sum / static_cast<double>(made)) - 0.5 * log_same_bits(variance);
        }
    return logs;
}

double FoldWeights::of_point(std::size_t point, std::size_t nodes) const
{
    double sum = 0;
    for (std::size_t s = 0; s < nodes; ++s)
        sum += weights[point * nodes + s];
    return sum;
}

std::vector<double> FoldWeights::of_points(std::size_t nodes) const
{
    std::vector<double> sums;
    for (std::size_t i = 0; i * nodes < weights.size(); ++i)
        sums.push_back(of_point(i, nodes));
    return sums;
}

FoldWeights weights_without(const std::vector<std::vector<double>>& likelihoods,
                            std::optional<std::size_t> left_out, const std::vector<double>& prior,
                            std::size_t nodes)
{
    std::vector<double> logs;
    for (const double log : prior)
        logs.insert(logs.end(), nodes, log);
    for (std::size_t j = 0; j < likelihoods.size(); ++j)
        for (std::size_t k = 0; k < logs.size() && j != left_out; ++k)
            logs[k] += likelihoods[j][k];
    const double largest = *std::ranges::max_element(logs);
    FoldWeights fold;
    double total = 0;
    for (const double log : logs) {
        fold.weights.push_back(largest > minus_infinity ? exp_same_bits(log - largest) : 1);
        total += fold.weights.back();
    }
    for (double& weight : fold.weights)
        weight /= total;
    fold.effective_points = effective_size(fold.of_points(nodes));
    return fold;
}

std::vector<double> tempered(const std::vector<double>& logs, double effective_points)
{
    constexpr int halvings = 30;
    const double largest = *std::ranges::max_element(logs);
    const auto at = [&](double power) {
        std::vector<double> weights;
        for (const double log : logs)
            weights.push_back(log > minus_infinity ? exp_same_bits(power * (log - largest)) : 0);
        return weights;
    };
    if (!(largest > minus_infinity))
        return std::vector<double>(logs.size(), 1);
    if (effective_size(at(1)) >= effective_points)
        return at(1);
    double low = 0, high = 1;
    for (int k = 0; k < halvings; ++k) {
        const double middle = 0.5 * (low + high);
        (effective_size(at(middle)) >= effective_points ? low : high) = middle;
    }
    return at(low);
}

std::vector<std::uint64_t> resampled_points(const FoldWeights& weights, std::size_t nodes,
                                            std::size_t count, double start)
{
    const auto chosen = systematic_choice(weights.of_points(nodes), count, start);
    return {chosen.begin(), chosen.end()};
}

WeightedRuns weighted(std::span<const PooledRun> runs, std::uint32_t replicates,
                      const FoldWeights& weights, std::span<const double> nodes)
{
    WeightedRuns all{runs, std::vector<double>(runs.size() * nodes.size(), 0), nodes};
    for (std::size_t i = 0; i * replicates < runs.size(); ++i) {
        const auto of_point = runs.subspan(i * replicates, replicates);
        const auto made = static_cast<double>(std::ranges::count_if(of_point, counts));
        for (std::size_t r = 0; r < replicates; ++r)
            for (std::size_t s = 0; s < nodes.size() && counts(of_point[r]); ++s)
                all.weights[(i * replicates + r) * nodes.size() + s] =
                    weights.weights[i * nodes.size() + s] / made;
    }
    return all;
}

WeightedRuns weighted(std::span<const PooledRun> runs, std::span<const std::uint64_t> points,
                      const FoldWeights& weights, std::span<const double> nodes)
{
    WeightedRuns all{runs, std::vector<double>(runs.size() * nodes.size(), 0), nodes};
    for (std::size_t k = 0; k < runs.size(); ++k) {
        const double of_point = weights.of_point(points[k], nodes.size());
        for (std::size_t s = 0; s < nodes.size() && counts(runs[k]) && of_point > 0; ++s)
            all.weights[k * nodes.size() + s] =
                weights.weights[points[k] * nodes.size() + s] / of_point;
    }
    return all;
}

ShareForecast forecast(const WeightedRuns& runs, double counting_sd)
{
    const std::size_t nodes = runs.nodes.size();
    std::vector<std::vector<Component>> groups(nodes);
    std::vector<double> sds;
    for (std::size_t s = 0; s < nodes; ++s) {
        sds.push_back(std::sqrt(runs.nodes[s] * runs.nodes[s] + counting_sd * counting_sd));
        for (std::size_t k = 0; k < runs.runs.size(); ++k)
            if (const double weight = runs.weights[k * nodes + s]; weight > 0)
                groups[s].push_back({runs.runs[k].logit, weight});
    }
    return ShareForecast::mixture(groups, sds);
}

OutcomeChances outcome_chances(const WeightedRuns& runs, double mass_exit_share)
{
    const std::size_t nodes = runs.nodes.size();
    const double exit_limit = logit(std::clamp(mass_exit_share, 1e-9, 1 - 1e-9));
    OutcomeChances chances{};
    double total = 0;
    for (std::size_t k = 0; k < runs.runs.size(); ++k)
        for (std::size_t s = 0; s < nodes; ++s)
            if (const double weight = runs.weights[k * nodes + s]; weight > 0) {
                add_chances(runs.runs[k], runs.nodes[s], exit_limit, weight, chances);
                total += weight;
            }
    for (double& chance : chances)
        chance /= total > 0 ? total : 1;
    return chances;
}

} // namespace walkout
