#pragma once

#include "sim/validation/pool.hpp"
#include "sim/validation/scores.hpp"

#include <optional>
#include <span>
#include <vector>

namespace walkout {

/// Standard deviations of the model's own error, on the logit scale: equally likely values of a
/// half-normal prior.
std::vector<double> discrepancy_nodes(double scale, std::size_t count);

/// One number of the runs of a case as if everything had been coded exactly.
struct ExactlyCoded {
    std::vector<double> logits = {}; ///< by run; NaN: it failed
    double variance = 0;             ///< of a logit, by coding errors
};

/// Takes what the coding errors did out of the runs of a case, so that a likelihood can take all of
/// them into account at once instead of the few that were drawn: regression on the errors between
/// the runs of a point, which differ in nothing else but luck. Holds as far as a logit follows
/// errors of half a step in a straight line. Source: regression adjustment (Beaumont, Zhang &
/// Balding 2002) Genetics 162:2025.
/// @param runs    replicates of a point side by side
/// @param logit   which number of a run
/// @param shifts  by run: coding errors in steps, uniform within [-0.5, 0.5]
ExactlyCoded without_coding_errors(std::span<const PooledRun> runs, double PooledRun::*logit,
                                   std::uint32_t replicates,
                                   const std::vector<std::vector<double>>& shifts);

/// Log likelihood of a recorded share by point and discrepancy, [point * nodes + node]: averaged
/// over the replicates of the point, and so over luck, and over all coding errors.
std::vector<double> log_likelihood(const RecordedShare& recorded, const ExactlyCoded& runs,
                                   std::uint32_t replicates, std::span<const double> nodes);

/// The same of a recorded outcome: all that a case without a count has to say.
/// @param runs             of the case: they say whether the leader returned
/// @param mass_exit_share  share of staff gone from which an outcome is a mass exit
std::vector<double> log_likelihood(Outcome recorded, std::span<const PooledRun> runs,
                                   const ExactlyCoded& names, const ExactlyCoded& left,
                                   double mass_exit_share, std::uint32_t replicates,
                                   std::span<const double> nodes);

/// How far points and discrepancies agree with some records.
struct FoldWeights {
    std::vector<double> weights = {}; ///< [point * nodes + node], sum 1
    double effective_points = 0;      ///< Kish: how many points of equal weight they are worth

    double of_point(std::size_t point, std::size_t nodes) const;
    std::vector<double> of_points(std::size_t nodes) const; ///< all of them
};

/// Weights from the likelihoods of all cases but one.
/// @param prior  log weight of each point before any record: of the prior over how points were
/// drawn
FoldWeights weights_without(const std::vector<std::vector<double>>& likelihoods,
                            std::optional<std::size_t> left_out, const std::vector<double>& prior,
                            std::size_t nodes);

/// The largest power of some weights, at most 1, at which they are worth so many points.
/// @param logs  log weights of points
std::vector<double> tempered(const std::vector<double>& logs, double effective_points);

/// Runs with their weights, [run * nodes + node]; runs that failed weigh nothing.
struct WeightedRuns {
    std::span<const PooledRun> runs = {};
    std::vector<double> weights = {};
    std::span<const double> nodes = {};
};

/// All runs of a case: each replicate has its share of the point's weight.
WeightedRuns weighted(std::span<const PooledRun> runs, std::uint32_t replicates,
                      const FoldWeights& weights, std::span<const double> nodes);

/// What is expected of a recorded count: a run, the model's own error, and the counting error.
ShareForecast forecast(const WeightedRuns& runs, double counting_sd);

/// Chances of the outcomes. The model's own error moves the shares on which the classes rest; a
/// return stays one.
OutcomeChances outcome_chances(const WeightedRuns& runs, double mass_exit_share);

} // namespace walkout
