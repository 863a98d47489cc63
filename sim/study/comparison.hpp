#pragma once

#include "sim/study/divergence.hpp"
#include "sim/study/summary.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace walkout {

/// Many runs of one scenario: replicates 0, 1, ... of the seed that all ensembles share.
struct Ensemble {
    std::string name = {}; ///< how tables call it
    Scenario scenario = {};
    std::vector<RunResult> runs = {};
};

/// A person who goes further, or less far, or to the other side, in some runs.
struct Flip {
    AgentId person = 0;
    std::size_t department = 0;   ///< row of `Contrast::department_flips`
    std::size_t runs = 0;         ///< in so many of the pairs the furthest act differs
    FurthestAct first_usual = {}; ///< most frequent furthest act, the milder one at a tie
    FurthestAct second_usual = {};
    FurthestAct first_typical = {}; ///< in the typical run
    FurthestAct second_typical = {};
};

struct DepartmentFlips {
    std::string name = {};
    int headcount = 0;
    double share = 0;        ///< of its people, mean over the pairs
    std::size_t typical = 0; ///< people, in the typical run
};

/// By how much the share of runs with an outcome differs, pair by pair: second minus first.
PairedDifference outcome_difference(const std::vector<RunResult>& first,
                                    const std::vector<RunResult>& second, Outcome outcome);

using OutcomeFlow = std::array<std::array<std::size_t, outcome_names.size()>, outcome_names.size()>;

/// One scenario against the first, run by run with the same luck. "Typical" means the replicate
/// that is typical of the first.
struct Contrast {
    std::size_t pairs = 0;                    ///< in which both runs finished
    Hours ceiling = 0;                        ///< what a time that never came counts as
    std::vector<Comparison> differences = {}; ///< by measure: this minus the first
    OutcomeFlow flow = {};                    ///< [outcome of the first][outcome of this] in runs
    std::array<PairedDifference, outcome_names.size()> outcomes = {}; ///< of the shares, this minus
                                                                      ///< the first

    std::optional<ScriptDifference> script = {}; ///< in the typical run
    bool same_luck = true;   ///< else a branch beside what is none: differences hold luck too
    bool same_people = true; ///< else the two parts below are void: ids mean other people
    std::optional<Divergence> divergence =
        {};                       ///< in the typical run; `first` is the first scenario
    std::vector<Flip> flips = {}; ///< everybody who ever differs, most often first
    std::vector<DepartmentFlips> department_flips = {}; ///< in the order of the organization

    /// People whose furthest act differs: mean over the pairs, and in the typical run.
    double mean_flips() const;
    std::size_t typical_flips() const;
};

/// Everything that `walkout compare` has to say.
struct ScenarioComparison {
    std::uint64_t seed = 0;
    std::vector<Summary> summaries = {};  ///< by ensemble
    std::uint32_t typical = 0;            ///< replicate, of the first ensemble
    std::vector<Contrast> contrasts = {}; ///< of the second, third, ... ensemble
};

/// Compare ensembles with the first. Makes two more runs per ensemble, for the typical one.
/// @param ensembles  at least two, with the same replicates in the same order
ScenarioComparison compare_scenarios(const std::vector<Ensemble>& ensembles, std::uint64_t seed);

/// Whether ids mean the same people in both: same departments, same teams.
bool same_people(const Organization& a, const Organization& b);

/// What a time that never came counts as beside another scenario: the nearer horizon.
Hours common_ceiling(const Scenario& a, const Scenario& b);

} // namespace walkout
