#pragma once

#include "render/report/study_runs.hpp"
#include "sim/study/estimate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// One end of a lever, or a step between.
struct LeverEnd {
    std::string words = {}; ///< `80 %`, `lowest fifth`
    Estimate estimate = {};
};

/// What a parameter does to the measure.
struct Lever {
    std::size_t parameter = 0;
    std::string words = {};
    LeverEnd low = {}, high = {};
    LeverEnd from = {}, to = {}; ///< the two of low, high and baseline that lie farthest apart
    Estimate change = {};        ///< `to` minus `from`
    double width() const { return std::abs(change.value); }
};

/// All levers of a study, strongest first, and where they start from.
struct Levers {
    std::string about = {}; ///< `one parameter at a time`, `averaged over the other parameters`
    Estimate baseline = {};
    std::string baseline_words = {}; ///< `history`
    std::vector<Lever> levers = {};
};

/// The member a study's scenario starts from: its own values, or the nearest the design has.
struct Baseline {
    std::optional<std::size_t> member = {}; ///< none in designs that are spread over the space
    bool exact = false;                     ///< it is the scenario as it stands
};

Baseline baseline_of(const StudyRuns& study, std::size_t scenario);

/// Effects of the parameters in the first scenario. None for lists of points, whose parameters do
/// not vary apart from each other, and for studies of one point.
///
/// One at a time: lowest and highest value against the scenario as it is. Grids: mean of all runs
/// at the lowest and highest value. Samples: mean of the runs with the lowest and the highest fifth
/// of the values.
Levers levers_of(const StudyRuns& study);

/// Sum of what a parameter does, alone and with others, as `walkout sensitivity` found it.
struct TotalEffect {
    std::string words = {};
    Estimate effect = {};
};

struct TotalEffects {
    std::string kind = {}; ///< `Sobol`, `Morris`
    std::vector<TotalEffect> effects = {};
};

/// Of the measure, from sensitivity.json beside the store; empty when it has none.
/// @throws io::InputError when the file is damaged
TotalEffects read_total_effects(const StudyRuns& study);

/// The distinct values of a parameter in the design, rising; NaN (as it is) is left out.
std::vector<double> levels_of(const StudyRuns& study, std::size_t parameter);

/// Whether all other parameters are as the scenario has them.
bool moves_only(const StudyRuns& study, const Member& member, std::size_t parameter);

/// What the errors of a study's runs share, for one run: the point of samples (whole blocks of
/// Saltelli's and Morris's), the luck of a replicate elsewhere.
std::uint64_t group_of(const StudyRuns& study, const Member& member, std::size_t run);

/// The runs of the members for which `wanted` holds.
template <class Wanted> Grouped runs_where(const StudyRuns& study, Wanted wanted)
{
    Grouped runs;
    for (const Member& member : study.members)
        if (wanted(member))
            for (std::size_t k = 0; k < member.runs(); ++k) {
                runs.values.push_back(member.headline[k]);
                runs.groups.push_back(group_of(study, member, k));
            }
    return runs;
}

/// Mean of some runs; those of a single point are independent.
Estimate estimate_of(const StudyRuns& study, const Grouped& runs, bool one_point);
Estimate estimate_of(const StudyRuns& study, const Member& member);

/// Mean of a minus mean of b, run by run where they share their luck.
Estimate change_between(const StudyRuns& study, const Member& a, const Member& b);

} // namespace walkout::report
