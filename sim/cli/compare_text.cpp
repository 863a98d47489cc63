#include "sim/cli/compare_report.hpp"
#include "sim/cli/curve_chart.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/names.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/study/measure_text.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <iterator>

namespace walkout::cli {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t most_people = 12;
constexpr std::size_t most_departments = 8;

/// Marks of the medians, first scenario first; more scenarios than that begin anew.
constexpr std::array<std::pair<const char*, const char*>, 4> marks = {
    {{"━", "┃"}, {"o", "o"}, {"x", "x"}, {"+", "+"}}};

const std::pair<const char*, const char*>& mark_of(std::size_t k)
{
    return marks[k % marks.size()];
}

std::string opening(const CompareReport& report, const Style& style)
{
    const Ensemble& first = report.ensembles.front();
    const bool same_luck = std::ranges::all_of(report.comparison.contrasts, &Contrast::same_luck);
    std::string text = style.bold(same_luck ? "Run by run with the same luck, against " + first.name
                                            : "Run by run, against " + first.name) +
                       "\n";
    for (std::size_t k = 0; k < report.ensembles.size(); ++k)
        text += fmt::format("  {} {}: {}\n", mark_of(k).first, report.ensembles[k].name,
                            report.ensembles[k].scenario.title);
    text += style.dim(fmt::format("{} each, seed {}", counted(report.replicates, "run"),
                                  report.comparison.seed)) +
            "\n";
    for (std::size_t k = 0; k < report.comparison.contrasts.size(); ++k)
        if (!report.comparison.contrasts[k].same_luck)
            text += style.warn(
                wrapped(fmt::format("{} and {} do not go on from the same moment of the same run: "
                                    "differences hold chance too. './walkout run' sets a branch "
                                    "beside the one in which nothing changes.",
                                    report.ensembles[k + 1].name, first.name),
                        text_width, 0));
    for (std::size_t k = 0; k < report.ensembles.size(); ++k)
        if (const std::size_t failed = report.comparison.summaries[k].failed; failed > 0)
            text += style.warn(fmt::format("{} of {} failed; their pairs are left out below",
                                           counted(failed, "run"), report.ensembles[k].name)) +
                    "\n";
    return text;
}

std::string outcomes(const CompareReport& report, const Style& style)
{
    Rows rows = {{"outcome"}};
    for (const Ensemble& ensemble : report.ensembles)
        rows[0].push_back(ensemble.name);
    for (std::size_t k = 0; k < outcome_names.size(); ++k) {
        std::vector<std::string> row = {std::string(outcome_names[k])};
        bool seen = false;
        for (const Summary& summary : report.comparison.summaries) {
            const Proportion& p = summary.outcomes[k];
            row.push_back(
                fmt::format("{} ({}-{})", percent(p.share), percent(p.low), percent(p.high)));
            seen = seen || p.share > 0;
        }
        if (seen)
            rows.push_back(row);
    }
    return heading(style, "How it ends: share of runs (95 % interval)") + table(rows, style);
}

std::string chart(const CompareReport& report, const Style& style)
{
    std::vector<ChartCurve> curves;
    std::string key;
    bool any = false;
    for (std::size_t k = 0; k < report.ensembles.size(); ++k) {
        const auto& [median, rise] = mark_of(k);
        curves.push_back({report.comparison.summaries[k], median, rise, k == 0 ? "░" : ""});
        key += fmt::format("{}{} {}", k == 0 ? "" : ", ", median, report.ensembles[k].name);
        any = any || has_signatures(report.comparison.summaries[k]);
    }
    if (!any)
        return heading(style, "Signatures") + "  nobody signed\n";
    return heading(style, "Signatures, medians: " + key) +
           curve_chart(report.ensembles.front().scenario, curves) +
           style.dim("  ░ 90 % of runs of the first\n");
}

std::string differences(const CompareReport& report, std::size_t k, const Style& style)
{
    const Contrast& contrast = report.comparison.contrasts[k];
    Rows rows = {{"measure", report.ensembles.front().name, report.ensembles[k + 1].name,
                  "mean difference", "95 % interval", "larger in", "smaller in"}};
    const auto infos = measure_infos();
    for (std::size_t m = 0; m < infos.size(); ++m) {
        const Comparison& c = contrast.differences[m];
        rows.push_back({c.measure, value_text(infos[m].unit, c.second.median),
                        value_text(infos[m].unit, c.first.median)});
        std::ranges::copy(difference_cells(infos[m].unit, c.difference),
                          std::back_inserter(rows.back()));
    }
    return heading(style, fmt::format("{} minus {}: medians, and differences over {}",
                                      report.ensembles[k + 1].name, report.ensembles.front().name,
                                      counted(contrast.pairs, "pair"))) +
           table(rows, style) +
           style.dim(fmt::format("  In differences a time that never came counts as {} h.\n",
                                 contrast.ceiling));
}

std::string flow(const Contrast& contrast, const std::string& first, const std::string& second,
                 const Style& style)
{
    std::string text = heading(style, fmt::format("Of the runs that end so in {}, how they end in "
                                                  "{}",
                                                  first, second));
    for (std::size_t from = 0; from < outcome_names.size(); ++from) {
        std::string ends;
        std::size_t sum = 0;
        for (std::size_t to = 0; to < outcome_names.size(); ++to) {
            const std::size_t runs = contrast.flow[from][to];
            sum += runs;
            if (runs > 0)
                ends += fmt::format("{}{} {}", ends.empty() ? "" : ", ", runs, outcome_names[to]);
        }
        if (sum > 0)
            text += fmt::format("  {} {}: {}\n", padded(outcome_names[from], 16),
                                padded(std::to_string(sum), 5, true), ends);
    }
    return text;
}

/// `signs Mon 05:12`, for a person who does something from the moment on.
std::string act_text(const Scenario& s, const std::optional<Change>& act, bool same_time)
{
    if (!act)
        return "does nothing more";
    std::string what = act->to == Stance::posted          ? "speaks up"
                       : act->to == Stance::signed_letter ? "signs"
                       : act->to == Stance::resigned      ? "leaves"
                                                          : "comes back";
    if (act->side == Pole::minus && act->to == Stance::signed_letter)
        what += " for the authority";
    return same_time ? what : fmt::format("{} on {}", what, clock_text(s, act->time));
}

/// What happens at a moment in one run: at once, later, or not at all.
std::string hour_text(const Scenario& s, Hours hour, Hours moment)
{
    return hour == moment ? "then" : hour < never ? "on " + clock_text(s, hour) : "not at all";
}

std::string parting(const Scenario& s, const Divergence& d, const std::string& first,
                    const std::string& second)
{
    const std::string when = clock_text(s, d.time);
    if (d.kind == Divergence::Kind::person)
        return fmt::format("What people do parts on {}: person {} ({}) {} in {}; in {} the same "
                           "person {}.",
                           when, d.person, d.department,
                           act_text(s, d.first, d.first_hour == d.time), first, second,
                           act_text(s, d.second, d.second_hour == d.time));
    return fmt::format(
        "What people do parts on {}: {} {} in {}, {} in {}.", when,
        d.kind == Divergence::Kind::director ? d.director + " gives way" : "it is settled",
        hour_text(s, d.first_hour, d.time), first, hour_text(s, d.second_hour, d.time), second);
}

std::string divergence(const CompareReport& report, std::size_t k, const Style& style)
{
    const Contrast& c = report.comparison.contrasts[k];
    const Scenario& s = report.ensembles.front().scenario;
    const std::string &first = report.ensembles.front().name,
                      &second = report.ensembles[k + 1].name;
    std::string text =
        heading(style, fmt::format("First divergence in the typical run (replicate {} of both)",
                                   report.comparison.typical));
    if (c.script)
        text += wrapped(fmt::format("The script parts on {}: \"{}\" happens {} in {}, {} in {}.",
                                    clock_text(s, c.script->time), c.script->headline,
                                    hour_text(s, c.script->first, c.script->time), first,
                                    hour_text(s, c.script->second, c.script->time), second),
                        text_width - 2, 2);
    if (c.divergence)
        text += wrapped(parting(s, *c.divergence, first, second), text_width - 2, 2);
    else if (c.same_people)
        text += "  People and board do the same in both.\n";
    return text;
}

std::string usual_text(const FurthestAct& first, const FurthestAct& second)
{
    return first == second ? name_of(first) + " in most runs of both"
                           : name_of(first) + " -> " + name_of(second);
}

std::string people(const Contrast& contrast, const Style& style)
{
    Rows rows = {{"person", "department", "differs in", "usually", "typical run"}};
    for (std::size_t i = 0; i < std::min(most_people, contrast.flips.size()); ++i) {
        const Flip& flip = contrast.flips[i];
        rows.push_back({std::to_string(flip.person),
                        contrast.department_flips[flip.department].name,
                        fmt::format("{} of {}", flip.runs, contrast.pairs),
                        usual_text(flip.first_usual, flip.second_usual),
                        name_of(flip.first_typical) + " -> " + name_of(flip.second_typical)});
    }
    return table(rows, style);
}

std::string departments(const Contrast& contrast, const Style& style)
{
    std::vector<DepartmentFlips> sorted = contrast.department_flips;
    std::ranges::stable_sort(sorted, std::ranges::greater{}, &DepartmentFlips::share);
    Rows rows = {{"department", "people", "differ, mean", "typical run"}};
    for (std::size_t i = 0; i < std::min(most_departments, sorted.size()); ++i)
        rows.push_back({sorted[i].name, std::to_string(sorted[i].headcount),
                        percent(sorted[i].share), std::to_string(sorted[i].typical)});
    return table(rows, style);
}

std::string flips(const CompareReport& report, std::size_t k, const Style& style)
{
    const Contrast& c = report.comparison.contrasts[k];
    const std::string title = heading(style, "Who acts otherwise: how far each person goes");
    if (!c.same_people)
        return title + "  The people are not the same in both: nobody can be followed.\n";
    if (c.flips.empty())
        return title + "  nobody\n";
    return title +
           fmt::format("  {:.0f} people in the mean, {} in the typical run, {} in at least one\n",
                       c.mean_flips(), c.typical_flips(), c.flips.size()) +
           "\n" + departments(c, style) + "\n" + people(c, style);
}

} // namespace

std::string text_of(const CompareReport& report)
{
    const Style style;
    std::string text = opening(report, style) + outcomes(report, style) + chart(report, style);
    for (std::size_t k = 0; k < report.comparison.contrasts.size(); ++k)
        text += differences(report, k, style) +
                flow(report.comparison.contrasts[k], report.ensembles.front().name,
                     report.ensembles[k + 1].name, style) +
                divergence(report, k, style) + flips(report, k, style);
    return text;
}

} // namespace walkout::cli
