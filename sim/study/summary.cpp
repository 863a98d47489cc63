#include "sim/study/summary.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

std::vector<RunResult> finished(const std::vector<RunResult>& runs)
{
    std::vector<RunResult> good;
    for (const RunResult& run : runs)
        if (run.error.empty())
            good.push_back(run);
    return good;
}

template <class Number> std::vector<double> over(const std::vector<RunResult>& runs, Number number)
{
    std::vector<double> values;
    values.reserve(runs.size());
    for (const RunResult& run : runs)
        values.push_back(static_cast<double>(number(run)));
    return values;
}

std::vector<Proportion> outcomes_of(const std::vector<RunResult>& runs)
{
    std::vector<std::size_t> count(outcome_names.size());
    for (const RunResult& run : runs)
        ++count[static_cast<std::size_t>(run.outcome)];
    std::vector<Proportion> shares;
    for (const std::size_t hits : count)
        shares.push_back(proportion(hits, runs.size()));
    return shares;
}

/// Quarter hours, or longer steps where that would be more than a thousand points.
std::vector<FanPoint> fan_of(const Scenario& scenario, const std::vector<RunResult>& runs)
{
    const Hours stride = std::max(0.25, scenario.horizon / 1000);
    std::vector<FanPoint> fan;
    for (Hours time = 0; !runs.empty() && time <= scenario.horizon;
         time = stride * static_cast<double>(fan.size()))
        fan.push_back({.time = time, .names = quantiles(over(runs, [&](const RunResult& run) {
                                         return run.names_at(time);
                                     }))});
    return fan;
}

std::vector<DirectorSummary> directors_of(const Scenario& scenario,
                                          const std::vector<RunResult>& runs)
{
    std::vector<DirectorSummary> rows;
    for (std::size_t d = 0; d < scenario.board.directors.size(); ++d) {
        const auto hours =
            over(runs, [&](const RunResult& run) { return run.director_conceded[d]; });
        const auto gave_way =
            std::count_if(hours.begin(), hours.end(), [](double h) { return h < never; });
        rows.push_back({.name = scenario.board.directors[d].name,
                        .gave_way = proportion(static_cast<std::size_t>(gave_way), hours.size()),
                        .hours = quantiles(hours)});
    }
    return rows;
}

/// The run nearest to the middle of all: distance of its signature curve from the median curve
/// (share of staff, mean over time) and of its hour of return from the median one (share of the
/// horizon).
std::uint32_t typical_of(const std::vector<RunResult>& runs, const std::vector<FanPoint>& fan,
                         const Scenario& scenario)
{
    const auto hours = over(runs, [&](const RunResult& run) {
        return std::min(run.measures.hours_to_return, scenario.horizon);
    });
    const double middle = hours.empty() ? 0 : quantile(hours, 0.5);
    double least = never;
    std::uint32_t best = 0;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        double distance = std::abs(hours[r] - middle) / scenario.horizon;
        for (std::size_t k = 0; k < fan.size(); ++k)
            distance += std::abs(runs[r].names_at(fan[k].time) - fan[k].names.median) /
                        static_cast<double>(fan.size()) / scenario.organization.headcount;
        if (distance < least) {
            least = distance;
            best = runs[r].replicate;
        }
    }
    return best;
}

std::vector<DepartmentSummary> departments_of(const std::vector<RunResult>& runs)
{
    std::vector<DepartmentSummary> rows;
    for (std::size_t d = 0; !runs.empty() && d < runs.front().departments.size(); ++d) {
        const DepartmentCount& first = runs.front().departments[d];
        rows.push_back({.name = first.name,
                        .headcount = first.headcount,
                        .signed_share = quantiles(over(runs, [&](const RunResult& run) {
                            return static_cast<double>(run.departments[d].names) /
                                   run.departments[d].headcount;
                        }))});
    }
    return rows;
}

bool names_departments(const Scenario& scenario)
{
    return !scenario.organization.departments.empty() || !scenario.organization.staff.empty();
}

} // namespace

Summary summarize(const Scenario& scenario, std::uint64_t seed, const std::vector<RunResult>& all)
{
    const std::vector<RunResult> runs = finished(all);
    Summary s{.seed = seed, .runs = runs.size(), .failed = all.size() - runs.size()};
    s.outcomes = outcomes_of(runs);
    for (const MeasureInfo& info : measure_infos())
        s.measures.push_back(
            quantiles(over(runs, [&](const RunResult& run) { return run.measures.*info.value; })));
    for (const RecordPoint& point : scenario.record)
        s.record.push_back(
            {.point = point, .model = quantiles(over(runs, [&](const RunResult& run) {
                                 return run.counted_at(point.counted, point.time);
                             }))});
    s.fan = fan_of(scenario, runs);
    s.directors = directors_of(scenario, runs);
    s.typical = typical_of(runs, s.fan, scenario);
    s.departments_of_typical_run = !names_departments(scenario);
    const auto typical = std::find_if(
        runs.begin(), runs.end(), [&](const RunResult& run) { return run.replicate == s.typical; });
    if (!s.departments_of_typical_run)
        s.departments = departments_of(runs);
    else if (typical != runs.end())
        s.departments = departments_of({*typical});
    s.fingerprint = fingerprint_of(all);
    return s;
}

std::vector<Comparison> compare(const std::vector<RunResult>& first,
                                const std::vector<RunResult>& second, Hours horizon)
{
    std::vector<RunResult> a, b;
    for (std::size_t k = 0; k < std::min(first.size(), second.size()); ++k)
        if (first[k].error.empty() && second[k].error.empty()) {
            a.push_back(first[k]);
            b.push_back(second[k]);
        }
    std::vector<Comparison> rows;
    for (const MeasureInfo& info : measure_infos()) {
        const auto value = [&](const RunResult& run) { return run.measures.*info.value; };
        const auto x = over(a, value);
        const auto y = over(b, value);
        rows.push_back(
            {.measure = std::string(info.name),
             .first = quantiles(x),
             .second = quantiles(y),
             .difference = paired_difference(x, y, info.unit == "hours" ? horizon : never)});
    }
    return rows;
}

} // namespace walkout
