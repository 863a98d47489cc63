#include "sim/study/comparison.hpp"

#include "sim/core/branch.hpp"

#include <algorithm>
#include <map>

namespace walkout {

namespace {

/// Pairs of runs that both finished.
struct Pairs {
    std::vector<const RunResult*> first, second;

    Pairs(const std::vector<RunResult>& a, const std::vector<RunResult>& b)
    {
        for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k)
            if (a[k].error.empty() && b[k].error.empty()) {
                first.push_back(&a[k]);
                second.push_back(&b[k]);
            }
    }
    std::size_t size() const { return first.size(); }
};

OutcomeFlow flow_of(const Pairs& pairs)
{
    OutcomeFlow flow{};
    for (std::size_t k = 0; k < pairs.size(); ++k)
        ++flow[static_cast<std::size_t>(pairs.first[k]->outcome)]
              [static_cast<std::size_t>(pairs.second[k]->outcome)];
    return flow;
}

/// How far one person went in all runs.
class FurthestActs {
public:
    void add(FurthestAct act) { ++count_[{static_cast<int>(act.stance), sign_of(act.side)}]; }
    FurthestAct usual() const
    {
        const auto most =
            std::ranges::max_element(count_, {}, [](const auto& entry) { return entry.second; });
        return {static_cast<Stance>(most->first.first), static_cast<Pole>(most->first.second)};
    }

private:
    std::map<std::pair<int, int>, std::size_t> count_;
};

std::size_t department_of(const Organization& org, AgentId person)
{
    return org.teams[org.team[person]].department;
}

/// The furthest act of a person in one replicate; working when that run failed.
FurthestAct act_in(const std::vector<const RunResult*>& runs, std::uint32_t replicate,
                   AgentId person)
{
    const auto run = std::ranges::find(runs, replicate, &RunResult::replicate);
    return run == runs.end() ? FurthestAct{} : (*run)->furthest_acts[person];
}

Flip flip_of(const Pairs& pairs, std::uint32_t typical, AgentId person)
{
    Flip flip{.person = person};
    FurthestActs first, second;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
        const FurthestAct a = pairs.first[k]->furthest_acts[person];
        const FurthestAct b = pairs.second[k]->furthest_acts[person];
        flip.runs += a != b;
        first.add(a);
        second.add(b);
    }
    flip.first_usual = first.usual();
    flip.second_usual = second.usual();
    flip.first_typical = act_in(pairs.first, typical, person);
    flip.second_typical = act_in(pairs.second, typical, person);
    return flip;
}

void tell_flips(Contrast& contrast, const Pairs& pairs, const Organization& org,
                std::uint32_t typical)
{
    for (const Department& department : org.departments)
        contrast.department_flips.push_back(
            {.name = department.name, .headcount = static_cast<int>(department.size)});
    if (pairs.size() == 0)
        return;
    for (AgentId person = 0; person < org.size(); ++person) {
        Flip flip = flip_of(pairs, typical, person);
        if (flip.runs == 0)
            continue;
        flip.department = department_of(org, person);
        DepartmentFlips& department = contrast.department_flips[flip.department];
        department.share += static_cast<double>(flip.runs) / static_cast<double>(pairs.size()) /
                            department.headcount;
        department.typical += flip.first_typical != flip.second_typical;
        contrast.flips.push_back(flip);
    }
    std::ranges::stable_sort(contrast.flips, std::ranges::greater{}, &Flip::runs);
}

Contrast contrast_of(const Ensemble& first, const Trace& first_trace, const Ensemble& second,
                     std::uint64_t seed)
{
    const std::uint32_t typical = first_trace.replicate;
    const Trace trace = trace_run(second.scenario, {.seed = seed, .replicate = typical});
    const Pairs pairs(first.runs, second.runs);
    Contrast contrast{.pairs = pairs.size(),
                      .ceiling = common_ceiling(first.scenario, second.scenario)};
    contrast.differences = compare(second.runs, first.runs, contrast.ceiling);
    contrast.flow = flow_of(pairs);
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        contrast.outcomes[k] = outcome_difference(first.runs, second.runs, static_cast<Outcome>(k));
    contrast.script = first_script_difference(first_trace, trace);
    contrast.same_luck = share_luck(first.scenario, second.scenario);
    contrast.same_people = same_people(*first_trace.organization, *trace.organization);
    if (contrast.same_people) {
        contrast.divergence = first_divergence(first_trace, trace);
        tell_flips(contrast, pairs, *trace.organization, typical);
    }
    return contrast;
}

} // namespace

PairedDifference outcome_difference(const std::vector<RunResult>& first,
                                    const std::vector<RunResult>& second, Outcome outcome)
{
    const Pairs pairs(first, second);
    std::vector<double> in_first, in_second;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
        in_first.push_back(pairs.first[k]->outcome == outcome ? 1 : 0);
        in_second.push_back(pairs.second[k]->outcome == outcome ? 1 : 0);
    }
    return paired_difference(in_second, in_first, 1);
}

double Contrast::mean_flips() const
{
    double sum = 0;
    for (const Flip& flip : flips)
        sum += static_cast<double>(flip.runs);
    return pairs > 0 ? sum / static_cast<double>(pairs) : 0;
}

std::size_t Contrast::typical_flips() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        flips, [](const Flip& flip) { return flip.first_typical != flip.second_typical; }));
}

bool same_people(const Organization& a, const Organization& b)
{
    const auto same_department = [](const Department& x, const Department& y) {
        return x.name == y.name && x.size == y.size;
    };
    return a.team == b.team && std::ranges::equal(a.departments, b.departments, same_department);
}

Hours common_ceiling(const Scenario& a, const Scenario& b)
{
    return std::min(a.horizon, b.horizon);
}

ScenarioComparison compare_scenarios(const std::vector<Ensemble>& ensembles, std::uint64_t seed)
{
    ScenarioComparison all{.seed = seed};
    for (const Ensemble& ensemble : ensembles)
        all.summaries.push_back(summarize(ensemble.scenario, seed, ensemble.runs));
    all.typical = all.summaries.front().typical;
    const Ensemble& first = ensembles.front();
    const Trace trace = trace_run(first.scenario, {.seed = seed, .replicate = all.typical});
    for (std::size_t k = 1; k < ensembles.size(); ++k)
        all.contrasts.push_back(contrast_of(first, trace, ensembles[k], seed));
    return all;
}

} // namespace walkout
