#include "render/report/levers.hpp"

#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace walkout::report {

namespace {

constexpr std::size_t fewest_replicates = 5; ///< to know from them what luck does

/// Points of one block of a design whose rows belong together.
std::uint64_t block_of(const StudyRuns& study)
{
    const std::uint64_t k = study.background.parameters.size();
    return study.design == "saltelli" ? k + 2 : study.design == "morris" ? k + 1 : 1;
}

/// Values of one measure by replicate, for those that both have.
std::pair<std::vector<double>, std::vector<double>> pairs_of(const Member& a, const Member& b)
{
    std::map<std::uint32_t, double> by_replicate;
    for (std::size_t k = 0; k < b.runs(); ++k)
        by_replicate[b.replicates[k]] = b.headline[k];
    std::pair<std::vector<double>, std::vector<double>> pairs;
    for (std::size_t k = 0; k < a.runs(); ++k)
        if (const auto other = by_replicate.find(a.replicates[k]); other != by_replicate.end()) {
            pairs.first.push_back(a.headline[k]);
            pairs.second.push_back(other->second);
        }
    return pairs;
}

/// Remember the widest of the three steps between low, baseline and high.
void set_widest(Lever& lever, const std::vector<std::tuple<LeverEnd, LeverEnd, Estimate>>& steps)
{
    for (const auto& [from, to, change] : steps)
        if (lever.change.runs == 0 || std::abs(change.value) > lever.width() + 1e-12) {
            lever.from = from;
            lever.to = to;
            lever.change = change;
        }
}

void sort_levers(std::vector<Lever>& levers)
{
    std::ranges::stable_sort(levers, std::greater<>{}, &Lever::width);
}

// ---------------------------------------------------------------- one at a time

/// The member of the first scenario in which only this parameter differs, at a value.
const Member* only_differing(const StudyRuns& study, std::size_t parameter, double value)
{
    for (const Member& member : study.members)
        if (member.scenario == 0 && member.values[parameter] == value && member.runs() > 0 &&
            moves_only(study, member, parameter))
            return &member;
    return nullptr;
}

LeverEnd end_of(const StudyRuns& study, std::size_t parameter, double value, const Member& member)
{
    return {value_words(study.background.parameters[parameter], value), estimate_of(study, member)};
}

/// Lowest and highest value against the scenario as it is; nothing when a point has no run.
std::optional<Lever> single_lever(const StudyRuns& study, std::size_t p, const Member& baseline)
{
    const StudyParameter& parameter = study.background.parameters[p];
    const auto levels = levels_of(study, p);
    if (levels.empty())
        return {};
    const Member* low = only_differing(study, p, levels.front());
    const Member* high = only_differing(study, p, levels.back());
    if (low == nullptr || high == nullptr)
        return {};
    Lever lever{.parameter = p, .words = lever_words(parameter)};
    lever.low = end_of(study, p, levels.front(), *low);
    lever.high = end_of(study, p, levels.back(), *high);
    const LeverEnd own = end_of(study, p, parameter.own, baseline);
    if (levels.size() == 1) { // the other end is the scenario
        const bool above = std::isnan(parameter.own) || parameter.own < levels.front();
        (above ? lever.low : lever.high) = own;
        (above ? low : high) = &baseline;
    }
    set_widest(lever, {{lever.low, lever.high, change_between(study, *high, *low)},
                       {own, lever.low, change_between(study, *low, baseline)},
                       {own, lever.high, change_between(study, *high, baseline)}});
    return lever;
}

// ---------------------------------------------------------------- grids and samples

/// The lowest and highest values of a parameter: both ends of a grid, or fifths of a sample.
struct Ends {
    double low_to = 0, high_from = 0;
    std::string low_words = {}, high_words = {};
};

Ends ends_of(const StudyRuns& study, std::size_t p)
{
    const StudyParameter& parameter = study.background.parameters[p];
    const auto levels = levels_of(study, p);
    const auto words = [&](double value) { return value_words(parameter, value); };
    if (!study.sampled() || levels.size() <= fewest_replicates)
        return {levels.front(), levels.back(), words(levels.front()), words(levels.back())};
    const double low = levels[(levels.size() - 1) / 5];
    const double high = levels[levels.size() - 1 - (levels.size() - 1) / 5];
    return {low, high, "\u2264 " + words(roughly(low)), "\u2265 " + words(roughly(high))};
}

std::optional<Lever> averaged_lever(const StudyRuns& study, std::size_t p)
{
    if (levels_of(study, p).size() < 2)
        return {};
    const Ends ends = ends_of(study, p);
    const Grouped low = runs_where(study, [&](const Member& member) {
        return member.scenario == 0 && member.values[p] <= ends.low_to;
    });
    const Grouped high = runs_where(study, [&](const Member& member) {
        return member.scenario == 0 && member.values[p] >= ends.high_from;
    });
    if (low.values.empty() || high.values.empty())
        return {};
    const bool one_point = study.background.parameters.size() == 1 && !study.sampled();
    Lever lever{.parameter = p, .words = lever_words(study.background.parameters[p])};
    lever.low = {ends.low_words, estimate_of(study, low, one_point)};
    lever.high = {ends.high_words, estimate_of(study, high, one_point)};
    lever.from = lever.low;
    lever.to = lever.high;
    lever.change = difference_of(high, low);
    return lever;
}

double distance(double value, double own, double span)
{
    return std::isnan(value) ? 0 : std::abs(value - own) / (span > 0 ? span : 1);
}

} // namespace

bool moves_only(const StudyRuns& study, const Member& member, std::size_t parameter)
{
    for (std::size_t q = 0; q < member.values.size(); ++q)
        if (q != parameter && !std::isnan(member.values[q]) &&
            member.values[q] != study.background.parameters[q].own)
            return false;
    return true;
}

std::uint64_t group_of(const StudyRuns& study, const Member& member, std::size_t run)
{
    if (study.sampled())
        return member.point / block_of(study);
    if (study.background.common_luck && member.runs() >= fewest_replicates)
        return member.replicates[run];
    return member.point;
}

Estimate estimate_of(const StudyRuns& study, const Grouped& runs, bool one_point)
{
    if (one_point)
        return mean_of(runs.values, study.measure.chance());
    Estimate estimate = mean_of(runs);
    if (study.measure.chance()) {
        estimate.low = std::max(0.0, estimate.low);
        estimate.high = std::min(1.0, estimate.high);
    }
    return estimate;
}

Estimate estimate_of(const StudyRuns& study, const Member& member)
{
    return mean_of(member.headline, study.measure.chance());
}

Estimate change_between(const StudyRuns& study, const Member& a, const Member& b)
{
    if (!study.background.common_luck) {
        const auto apart = [](const Member& member, std::uint64_t from) {
            Grouped runs{member.headline, {}};
            for (std::size_t k = 0; k < member.runs(); ++k)
                runs.groups.push_back(from + k);
            return runs;
        };
        return difference_of(apart(a, 0), apart(b, a.runs()));
    }
    const auto [first, second] = pairs_of(a, b);
    return paired_mean_difference(first, second, study.measure.chance());
}

std::vector<double> levels_of(const StudyRuns& study, std::size_t parameter)
{
    std::set<double> levels;
    for (const Member& member : study.members)
        if (!std::isnan(member.values[parameter]))
            levels.insert(member.values[parameter]);
    return {levels.begin(), levels.end()};
}

Baseline baseline_of(const StudyRuns& study, std::size_t scenario)
{
    const auto& parameters = study.background.parameters;
    std::vector<double> spans(parameters.size());
    for (std::size_t p = 0; p < parameters.size(); ++p)
        if (const auto levels = levels_of(study, p); !levels.empty())
            spans[p] = levels.back() - levels.front();
    Baseline best;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t m = 0; m < study.members.size() && !study.sampled(); ++m) {
        const Member& member = study.members[m];
        if (member.scenario != scenario || member.runs() == 0)
            continue;
        double far = 0;
        bool unknown = false; // where the scenario stands: its values differ among the paths
        for (std::size_t p = 0; p < parameters.size(); ++p) {
            unknown = unknown || (std::isnan(parameters[p].own) && !std::isnan(member.values[p]));
            far += distance(member.values[p], parameters[p].own, spans[p]);
        }
        if (!unknown && far < least - 1e-12) {
            least = far;
            best = {m, far < 1e-9};
        }
    }
    return best;
}

Levers levers_of(const StudyRuns& study)
{
    Levers all;
    const std::size_t parameters = study.background.parameters.size();
    const bool alone = parameters == 1;
    const Baseline base = baseline_of(study, 0);
    if (study.design == "one_at_a_time" && base.member) {
        const Member& baseline = study.members[*base.member];
        all.about = "one parameter at a time";
        all.baseline = estimate_of(study, baseline);
        all.baseline_words = start_words(study.background.scenarios[0]);
        for (std::size_t p = 0; p < parameters; ++p)
            if (auto lever = single_lever(study, p, baseline))
                all.levers.push_back(std::move(*lever));
    } else if (study.design == "grid" || study.sampled() || alone) {
        all.about = alone             ? ""
                    : parameters == 2 ? "averaged over the other parameter"
                                      : "averaged over the other parameters";
        const Grouped every =
            runs_where(study, [](const Member& member) { return member.scenario == 0; });
        all.baseline = estimate_of(study, every, study.points == 1);
        all.baseline_words = "all runs";
        for (std::size_t p = 0; p < parameters; ++p)
            if (auto lever = averaged_lever(study, p))
                all.levers.push_back(std::move(*lever));
    }
    sort_levers(all.levers);
    return all;
}

} // namespace walkout::report
