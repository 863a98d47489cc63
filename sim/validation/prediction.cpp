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

double& of(OutcomeChances& chances, Outcome outcome)
{
    return chances[static_cast<std::size_t>(outcome)];
}

/// What the class of a run's outcome rests on, with errors: all but a return can be otherwise.
struct Ending {
    bool returned = false;
    bool petition = false;                  ///< the story is about signatures, not about leaving
    double signed_logit = 0, signed_sd = 1; ///< share under the petition
    double left_logit = 0, left_sd = 1;     ///< share gone
};

/// A run under one discrepancy.
Ending ending_of(const PooledRun& run, double sd)
{
    return {.returned = run.outcome == Outcome::returned,
            .petition = run.petition,
            .signed_logit = run.signed_logit,
            .signed_sd = sd,
            .left_logit = run.left_logit,
            .left_sd = sd};
}

/// The share gone from which an outcome is a mass exit, as a logit.
double limit_of(double mass_exit_share)
{
    return logit(std::clamp(mass_exit_share, 1e-9, 1 - 1e-9));
}

OutcomeChances chances_of(const Ending& end, double exit_limit)
{
    constexpr double half = 0, fifth = -1.3862943611198906; // logits
    OutcomeChances chances{};
    if (end.returned) {
        of(chances, Outcome::returned) = 1;
        return chances;
    }
    const double exit = normal_share((end.left_logit - exit_limit) / end.left_sd);
    of(chances, Outcome::mass_exit) = exit;
    if (!end.petition) {
        of(chances, Outcome::no_petition) = 1 - exit;
        return chances;
    }
    const double above_half = normal_share((end.signed_logit - half) / end.signed_sd);
    const double above_fifth = normal_share((end.signed_logit - fifth) / end.signed_sd);
    of(chances, Outcome::standoff) = (1 - exit) * above_half;
    of(chances, Outcome::partial) = (1 - exit) * (above_fifth - above_half);
    of(chances, Outcome::failed_petition) = (1 - exit) * (1 - above_fifth);
    return chances;
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

ExactlyCoded without_coding_errors(std::span<const PooledRun> runs, double PooledRun::*logit,
                                   std::uint32_t replicates,
                                   const std::vector<std::vector<double>>& shifts)
{
    ExactlyCoded exact;
    for (const PooledRun& run : runs)
        exact.logits.push_back(counts(run) ? run.*logit : std::nan(""));
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

std::vector<double> log_likelihood(Outcome recorded, std::span<const PooledRun> runs,
                                   const ExactlyCoded& names, const ExactlyCoded& left,
                                   double mass_exit_share, std::uint32_t replicates,
                                   std::span<const double> nodes)
{
    const double exit_limit = limit_of(mass_exit_share);
    std::vector<double> logs(runs.size() / replicates * nodes.size(), minus_infinity);
    for (std::size_t k = 0; k < logs.size(); ++k) {
        const double node = nodes[k % nodes.size()];
        const auto sd = [&](const ExactlyCoded& logits) {
            return std::sqrt(node * node + logits.variance);
        };
        const double chance = mean_of_point(
            left.logits, k / nodes.size() * replicates, replicates, [&](std::size_t run) {
                Ending end = ending_of(runs[run], node);
                end.signed_logit = names.logits[run];
                end.signed_sd = sd(names);
                end.left_logit = left.logits[run];
                end.left_sd = sd(left);
                OutcomeChances chances = chances_of(end, exit_limit);
                return of(chances, recorded);
            });
        if (chance > 0)
            logs[k] = log_same_bits(chance);
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
    const double exit_limit = limit_of(mass_exit_share);
    OutcomeChances chances{};
    double total = 0;
    for (std::size_t k = 0; k < runs.runs.size(); ++k)
        for (std::size_t s = 0; s < nodes; ++s)
            if (const double weight = runs.weights[k * nodes + s]; weight > 0) {
                const OutcomeChances of_run =
                    chances_of(ending_of(runs.runs[k], runs.nodes[s]), exit_limit);
                for (std::size_t class_ = 0; class_ < chances.size(); ++class_)
                    chances[class_] += weight * of_run[class_];
                total += weight;
            }
    for (double& chance : chances)
        chance /= total > 0 ? total : 1;
    return chances;
}

} // namespace walkout
