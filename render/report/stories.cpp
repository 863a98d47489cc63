#include "render/report/stories.hpp"

#include "render/chart_kit.hpp"
#include "render/report/words.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

constexpr std::size_t most_rows = 20;
constexpr std::size_t most_points = 8; ///< of a design; scenarios and lists are the user's choice

// ---------------------------------------------------------------- numbers of a row

/// One column of all runs of some members.
std::vector<double> column_of(const StudyRuns& study, const std::vector<std::size_t>& members,
                              std::vector<double> Member::*column)
{
    std::vector<double> values;
    for (const std::size_t m : members) {
        const auto& more = study.members[m].*column;
        values.insert(values.end(), more.begin(), more.end());
    }
    return values;
}

std::optional<double> median_of(const std::vector<double>& values)
{
    if (values.empty())
        return {};
    return quantile(values, 0.5);
}

/// Median hours until the return of the runs that end so; infinite when none does.
std::optional<double> hours_back(const StudyRuns& study, const std::vector<std::size_t>& members)
{
    std::vector<double> hours;
    bool kept = false;
    for (const std::size_t m : members) {
        const Member& member = study.members[m];
        kept = kept || !member.back.empty();
        for (std::size_t k = 0; k < member.back.size(); ++k)
            if (static_cast<Outcome>(member.outcomes[k]) == Outcome::returned)
                hours.push_back(member.back[k]);
    }
    if (!kept)
        return {};
    return hours.empty() ? never : quantile(hours, 0.5);
}

void count_outcomes(StoryRow& row, const StudyRuns& study)
{
    for (const std::size_t m : row.members) {
        row.failed += study.members[m].failed;
        row.runs += study.members[m].runs();
        for (const std::uint8_t outcome : study.members[m].outcomes)
            row.outcomes[outcome] += 1;
    }
    for (double& share : row.outcomes)
        share /= std::max(1.0, static_cast<double>(row.runs));
}

Grouped runs_of(const StudyRuns& study, const std::vector<std::size_t>& members)
{
    Grouped runs;
    for (const std::size_t m : members)
        for (std::size_t k = 0; k < study.members[m].runs(); ++k) {
            runs.values.push_back(study.members[m].headline[k]);
            runs.groups.push_back(group_of(study, study.members[m], k));
        }
    return runs;
}

StoryRow row_of(const StudyRuns& study, std::string words, std::vector<std::size_t> members)
{
    StoryRow row{.words = std::move(words), .members = std::move(members)};
    count_outcomes(row, study);
    row.estimate = row.members.size() == 1 ? estimate_of(study, study.members[row.members[0]])
                                           : estimate_of(study, runs_of(study, row.members), false);
    if (const auto peak = column_of(study, row.members, &Member::peak); !peak.empty())
        row.peak = Range80{quantile(peak, 0.5), quantile(peak, 0.1), quantile(peak, 0.9)};
    row.half = median_of(column_of(study, row.members, &Member::half));
    row.gone = median_of(column_of(study, row.members, &Member::gone));
    row.back = hours_back(study, row.members);
    return row;
}

void compare_with_first(Stories& stories, const StudyRuns& study)
{
    for (std::size_t k = 1; k < stories.rows.size(); ++k) {
        StoryRow& row = stories.rows[k];
        const StoryRow& first = stories.rows[0];
        row.change =
            row.members.size() == 1 && first.members.size() == 1
                ? change_between(study, study.members[row.members[0]],
                                 study.members[first.members[0]])
                : difference_of(runs_of(study, row.members), runs_of(study, first.members));
    }
}

// ---------------------------------------------------------------- which rows

std::string start_of(const StudyRuns& study)
{
    return capitalized(start_words(study.background.scenarios[0]));
}

std::vector<std::size_t> members_where(const StudyRuns& study, auto wanted)
{
    std::vector<std::size_t> members;
    for (std::size_t m = 0; m < study.members.size(); ++m)
        if (study.members[m].runs() > 0 && wanted(study.members[m]))
            members.push_back(m);
    return members;
}

std::string point_words(const StudyRuns& study, const Member& member)
{
    std::string words;
    for (std::size_t p = 0; p < member.values.size(); ++p)
        if (!std::isnan(member.values[p])) {
            const StudyParameter& parameter = study.background.parameters[p];
            words += fmt::format("{}{} {}", words.empty() ? "" : ", ", lever_words(parameter),
                                 value_words(parameter, member.values[p]));
        }
    return words.empty() ? start_of(study) : words;
}

Stories scenario_rows(const StudyRuns& study)
{
    Stories stories{.title = counted_words(study.background.scenarios.size(), "scenario")};
    for (std::size_t s = 0; s < study.background.scenarios.size(); ++s) {
        const auto baseline = baseline_of(study, s).member;
        auto members = baseline
                           ? std::vector{*baseline}
                           : members_where(study, [s](const Member& m) { return m.scenario == s; });
        if (!members.empty())
            stories.rows.push_back(row_of(
                study, render::readable(study.background.scenarios[s].name), std::move(members)));
    }
    return stories;
}

/// The baseline, then each lever's end that is farthest from it.
Stories lever_rows(const StudyRuns& study, const Levers& levers)
{
    Stories stories{.title = "Each parameter's farthest end"};
    const Baseline baseline = baseline_of(study, 0);
    if (baseline.member)
        stories.rows.push_back(row_of(study, start_of(study), {*baseline.member}));
    for (const Lever& lever : levers.levers) {
        const auto levels = levels_of(study, lever.parameter);
        if (levels.empty() || stories.rows.size() >= most_points)
            continue;
        const double base = levers.baseline.value;
        const bool low =
            std::abs(lever.low.estimate.value - base) > std::abs(lever.high.estimate.value - base);
        const double value = low ? levels.front() : levels.back();
        const auto members = members_where(study, [&](const Member& member) {
            return member.scenario == 0 && member.values[lever.parameter] == value &&
                   moves_only(study, member, lever.parameter);
        });
        if (!members.empty() && members[0] != baseline.member)
            stories.rows.push_back(
                row_of(study, lever.words + " " + (low ? lever.low : lever.high).words, members));
    }
    return stories;
}

/// All runs, then the ends of the strongest levers.
Stories sample_rows(const StudyRuns& study, const Levers& levers)
{
    Stories stories{.title = "All runs, and the ends of the strongest parameters"};
    stories.rows.push_back(
        row_of(study, "All runs", members_where(study, [](const Member&) { return true; })));
    for (const Lever& lever : levers.levers) {
        if (stories.rows.size() + 2 > most_points)
            break;
        const auto levels = levels_of(study, lever.parameter);
        const std::size_t fifth = levels.size() > 5 ? (levels.size() - 1) / 5 : 0;
        const double low = levels[fifth], high = levels[levels.size() - 1 - fifth];
        const std::size_t p = lever.parameter;
        stories.rows.push_back(
            row_of(study, lever.words + " " + lever.low.words,
                   members_where(study, [&](const Member& m) { return m.values[p] <= low; })));
        stories.rows.push_back(
            row_of(study, lever.words + " " + lever.high.words,
                   members_where(study, [&](const Member& m) { return m.values[p] >= high; })));
    }
    return stories;
}

/// Points as they are; of many the baseline, the highest and the lowest.
Stories point_rows(const StudyRuns& study)
{
    const auto all = members_where(study, [](const Member&) { return true; });
    const Baseline baseline = baseline_of(study, 0);
    std::vector<std::size_t> chosen = all;
    Stories stories{.title = all.size() == 1 ? "The runs" : "All points"};
    const bool own = study.design == "list" || study.design == "table";
    if (all.size() > (own ? most_rows : most_points)) {
        stories.title = "The highest and the lowest points";
        std::ranges::stable_sort(chosen, std::greater<>{}, [&](std::size_t m) {
            return estimate_of(study, study.members[m]).value;
        });
        chosen.erase(chosen.begin() + 3, chosen.end() - 3);
        if (baseline.member)
            std::erase(chosen, *baseline.member);
    }
    if (baseline.member) {
        std::erase(chosen, *baseline.member);
        chosen.insert(chosen.begin(), *baseline.member);
    }
    for (const std::size_t m : chosen) {
        const bool start = baseline.exact && m == *baseline.member;
        stories.rows.push_back(
            row_of(study, start ? start_of(study) : point_words(study, study.members[m]), {m}));
    }
    return stories;
}

} // namespace

Stories stories_of(const StudyRuns& study, const Levers& levers)
{
    Stories stories = study.background.scenarios.size() > 1 ? scenario_rows(study)
                      : study.sampled()                     ? sample_rows(study, levers)
                      : study.design == "one_at_a_time"     ? lever_rows(study, levers)
                                                            : point_rows(study);
    if (stories.rows.size() > most_rows) {
        stories.left_out = stories.rows.size() - most_rows;
        stories.rows.resize(most_rows);
    }
    compare_with_first(stories, study);
    return stories;
}

void add_fans(Stories& stories, const StudyRuns& study, const std::vector<SignedCurve>& curves)
{
    for (StoryRow& row : stories.rows) {
        std::vector<const SignedCurve*> own;
        for (const SignedCurve& curve : curves)
            if (std::ranges::find(row.members, curve.member) != row.members.end())
                own.push_back(&curve);
        if (own.empty())
            continue;
        const std::size_t scenario = study.members[row.members[0]].scenario;
        row.fan = fan_of(own, study.background.scenarios[scenario], study.curve_every);
    }
}

} // namespace walkout::report
