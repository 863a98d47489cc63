#include "sim/cli/curve_chart.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/study/measure_text.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <iterator>

namespace walkout::cli {

namespace {

std::string opening(const RunReport& report, const Style& style)
{
    const Scenario& s = report.file.scenario;
    std::string text = style.bold(s.title.empty() ? s.name : s.title) + "\n";
    text += wrapped(s.summary, text_width, 0);
    text +=
        style.dim(fmt::format("{} people, {}, {} h from {}; {}, seed {}", s.organization.headcount,
                              counted(s.board.directors.size(), "director"), s.horizon,
                              iso_text(s, 0), counted(report.summary.runs, "run"), report.seed)) +
        "\n";
    if (report.summary.failed > 0)
        text += style.warn(
                    fmt::format("{} runs failed and are left out below", report.summary.failed)) +
                "\n";
    return text;
}

std::string outcomes(const RunReport& report, const Style& style)
{
    std::string text = heading(style, "How it ends: share of runs (95 % interval)");
    for (std::size_t k = 0; k < outcome_names.size(); ++k) {
        const Proportion& p = report.summary.outcomes[k];
        if (p.share > 0)
            text += fmt::format("  {} {} {} ({}-{})\n", padded(outcome_names[k], 16),
                                style.accent(bar(p.share, 30)), padded(percent(p.share), 6, true),
                                percent(p.low), percent(p.high));
    }
    return text;
}

bool has_record(const Summary& summary, Counted counted)
{
    return std::ranges::any_of(summary.record,
                               [&](const RecordRow& row) { return row.point.counted == counted; });
}

std::string chart(const RunReport& report, const Style& style)
{
    const Summary& summary = report.summary;
    if (!has_signatures(summary))
        return heading(style, "Signatures") + "  nobody signed\n";
    return heading(style, has_record(summary, Counted::signatures)
                              ? "Signatures: ━ median, ░ 90 % of runs, ◆ recorded"
                              : "Signatures: ━ median, ░ 90 % of runs") +
           curve_chart(report.file.scenario, {{summary, "━", "┃", "░"}});
}

std::string record(const RunReport& report, Counted counted, const Style& style)
{
    if (!has_record(report.summary, counted))
        return "";
    std::vector<std::vector<std::string>> rows = {
        {"time", "recorded", "range", "model", "90 % of runs", "fit"}};
    bool other = false;
    for (const RecordRow& row : report.summary.record) {
        if (row.point.counted != counted)
            continue;
        other = other || !row.point.fit;
        const bool inside = row.point.high >= row.model.p05 && row.point.low <= row.model.p95;
        rows.push_back({clock_text(report.file.scenario, row.point.time),
                        std::to_string(row.point.count),
                        fmt::format("{}-{}", row.point.low, row.point.high),
                        fmt::format("{:.0f}", row.model.median),
                        fmt::format("{:.0f}-{:.0f}", row.model.p05, row.model.p95),
                        !row.point.fit ? "not fitted"
                        : inside       ? "inside"
                                       : "outside"});
    }
    const std::string why = other ? "  Not fitted: reports of unknown hour, or that contradict "
                                    "others; the record's notes say "
                                    "which.\n"
                                  : "";
    return heading(style, counted == Counted::signatures ? "Recorded against model: signatures"
                                                         : "Recorded against model: people gone") +
           table(rows, style) + style.dim(why);
}

std::string measures(const RunReport& report, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {{"measure", "median", "90 % of runs"}};
    if (report.twin)
        rows[0].push_back("no peers");
    if (report.against)
        rows[0].push_back(report.against->name);
    const auto infos = measure_infos();
    for (std::size_t k = 0; k < infos.size(); ++k) {
        const Quantiles& q = report.summary.measures[k];
        rows.push_back(
            {std::string(infos[k].name), value_text(infos[k].unit, q.median),
             value_text(infos[k].unit, q.p05) + " - " + value_text(infos[k].unit, q.p95)});
        for (const auto* other : {&report.twin, &report.against})
            if (*other)
                rows.back().push_back(
                    value_text(infos[k].unit, (*other)->summary.measures[k].median));
    }
    return heading(style, "Measures") + table(rows, style);
}

/// Paired by seed: this scenario against another, and the same against its own twin without peers.
std::string differences(const RunReport& report, const Counterpart& other, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {{"this minus " + other.name, "mean difference",
                                                   "95 % interval", "larger in", "smaller in"}};
    if (!other.without_peers.empty())
        rows[0].push_back("without peers");
    const auto infos = measure_infos();
    for (std::size_t k = 0; k < infos.size(); ++k) {
        const PairedDifference& d = other.differences[k].difference;
        if (d.larger <= 0 && d.smaller <= 0)
            continue;
        rows.push_back({std::string(infos[k].name)});
        std::ranges::copy(difference_cells(infos[k].unit, d), std::back_inserter(rows.back()));
        if (!other.without_peers.empty()) {
            const PairedDifference& alone = other.without_peers[k].difference;
            rows.back().push_back(interval_text(infos[k].unit, alone.mean, alone.low, alone.high));
        }
    }
    for (std::size_t k = 0; k < outcome_names.size(); ++k) {
        const double difference =
            report.summary.outcomes[k].share - other.summary.outcomes[k].share;
        if (difference != 0)
            rows.push_back({fmt::format("share that ends in {}", outcome_names[k]),
                            with_sign(100 * difference, 1) + " pt", "", "", ""});
    }
    const std::string title = "Against " + other.name + ": run by run with the same luck";
    if (rows.size() == 1)
        return heading(style, title) + "  no difference in any run\n";
    const std::string note = fmt::format(
        "  A time that never came counts as the horizon of {} h.\n", report.file.scenario.horizon);
    return heading(style, title) + table(rows, style) + style.dim(note);
}

std::string directors(const RunReport& report, const Style& style)
{
    if (report.summary.directors.empty())
        return "";
    const Scenario& s = report.file.scenario;
    std::vector<std::vector<std::string>> rows = {
        {"director", "gave way in", "median", "hours", "90 % of runs"}};
    for (const DirectorSummary& d : report.summary.directors)
        rows.push_back({d.name, percent(d.gave_way.share), clock_text(s, d.hours.median),
                        hours_text(d.hours.median),
                        hours_text(d.hours.p05) + " - " + hours_text(d.hours.p95)});
    return heading(style, "The board: when each director gave way") + table(rows, style);
}

std::string departments(const RunReport& report, const Style& style)
{
    constexpr std::size_t most = 12;
    auto rows = report.summary.departments;
    const bool typical = report.summary.departments_of_typical_run;
    std::sort(rows.begin(), rows.end(), [](const DepartmentSummary& a, const DepartmentSummary& b) {
        return a.signed_share.median < b.signed_share.median;
    });
    std::string text = heading(
        style, typical ? fmt::format("Who signed, by department (typical run {}; departments "
                                     "are generated, lowest share first)",
                                     report.summary.typical)
                       : "Who signed, by department: median share (90 % of runs)");
    const std::size_t shown = std::min(most, rows.size());
    std::size_t width = 16;
    for (std::size_t k = 0; k < shown; ++k)
        width = std::max(width, rows[k].name.size());
    for (std::size_t k = 0; k < shown; ++k) {
        const Quantiles& q = rows[k].signed_share;
        text += fmt::format(
            "  {} {} {} of {}{}\n", padded(rows[k].name, width), style.accent(bar(q.median, 20)),
            padded(percent(q.median), 6, true), rows[k].headcount,
            typical ? "" : fmt::format("  ({}-{})", percent(q.p05), percent(q.p95)));
    }
    if (rows.size() > shown)
        text +=
            style.dim(fmt::format("  ... and {} departments above", rows.size() - shown)) + "\n";
    return text;
}

/// What the number of peers' influence can and cannot show belongs beside every answer.
std::string caution(const RunReport& report, const Style& style)
{
    return report.twin && !report.file.scenario.record.empty()
               ? "\n" + style.dim(wrapped("The curve alone does not show that people convinced "
                                          "each other: read every "
                                          "answer beside its twin without peers.",
                                          text_width, 0))
               : "";
}

} // namespace

std::string hex(std::uint64_t fingerprint)
{
    return fmt::format("{:016x}", fingerprint);
}

std::string text_of(const RunReport& report)
{
    const Style style;
    std::string text = opening(report, style) + outcomes(report, style) + chart(report, style) +
                       record(report, Counted::signatures, style) +
                       record(report, Counted::departures, style) + measures(report, style) +
                       directors(report, style) + departments(report, style);
    if (report.twin)
        text += differences(report, *report.twin, style);
    if (report.against)
        text += differences(report, *report.against, style);
    return text + caution(report, style) + "\n" +
           style.dim("fingerprint " + hex(report.summary.fingerprint)) + "\n";
}

} // namespace walkout::cli
