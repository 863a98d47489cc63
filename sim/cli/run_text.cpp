#include "sim/cli/local_time.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/terminal.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr std::size_t chart_columns = 64;
constexpr int chart_rows = 13; // quarters fall on rows

std::string percent(double share)
{
    const double value = 100 * share;
    return value > 0 && value < 0.95 ? fmt::format("{:.1f} %", value)
                                     : fmt::format("{:.0f} %", value);
}

/// A number of a measure as a person would write it.
std::string value_text(const MeasureInfo& info, double value)
{
    if (!(value < never))
        return "never";
    if (info.unit == "share")
        return percent(value);
    return info.unit == "hours" ? fmt::format("{:.1f} h", value) : fmt::format("{:.0f}", value);
}

/// A number with its sign, and none where it rounds to nothing.
std::string with_sign(double value, int digits)
{
    const bool nothing = std::abs(value) < 0.5 * std::pow(10, -digits);
    return nothing ? fmt::format("{:.{}f}", 0.0, digits) : fmt::format("{:+.{}f}", value, digits);
}

/// The same for a difference, with its sign; shares in points.
std::string difference_text(const MeasureInfo& info, double value)
{
    if (info.unit == "share")
        return with_sign(100 * value, 1) + " pt";
    return info.unit == "hours" ? with_sign(value, 1) + " h" : with_sign(value, 0);
}

std::string counted(std::size_t count, std::string_view what)
{
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Mean and 95 % interval in one cell.
std::string interval_text(const MeasureInfo& info, const PairedDifference& d)
{
    return fmt::format("{} ({} to {})", difference_text(info, d.mean), difference_text(info, d.low),
                       difference_text(info, d.high));
}

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

/// The hours worth looking at: around the growth of the median curve and the recorded points.
std::pair<Hours, Hours> window(const Scenario& s, const Summary& summary)
{
    Hours first = s.horizon, last = 0;
    for (const RecordRow& row : summary.record) {
        first = std::min(first, row.point.time);
        last = std::max(last, row.point.time);
    }
    const double most = summary.fan.empty() ? 0 : summary.fan.back().names.median;
    for (const FanPoint& point : summary.fan) {
        if (point.names.median <= 0)
            continue;
        first = std::min(first, point.time - 1);
        if (point.names.median < 0.99 * most)
            last = std::max(last, point.time + 1);
    }
    const Hours margin = 0.08 * std::max(1.0, last - first);
    return first < last
               ? std::pair(std::max(0.0, first - margin), std::min(s.horizon, last + margin))
               : std::pair(0.0, s.horizon);
}

/// Median names at a moment, between the samples around it.
double between_samples(const std::vector<FanPoint>& fan, Hours time, double Quantiles::*which)
{
    const auto after = std::find_if(fan.begin(), fan.end(),
                                    [&](const FanPoint& point) { return point.time >= time; });
    if (after == fan.end())
        return fan.back().names.*which;
    if (after == fan.begin())
        return after->names.*which;
    const FanPoint& before = *(after - 1);
    const double part = (time - before.time) / (after->time - before.time);
    return before.names.*which + part * (after->names.*which - before.names.*which);
}

std::string chart(const RunReport& report, const Style& style)
{
    const Scenario& s = report.file.scenario;
    const Summary& summary = report.summary;
    if (summary.fan.empty() || summary.fan.back().names.p95 <= 0)
        return heading(style, "Signatures") + "  nobody signed\n";
    const auto [first, last] = window(s, summary);
    const double people = s.organization.headcount;
    const auto row_of = [&](double names) { return (chart_rows - 1) * (1 - names / people); };
    const auto time_of = [&, first = first, last = last](std::size_t c) {
        return first + (last - first) * static_cast<double>(c) / (chart_columns - 1);
    };

    Canvas canvas(chart_columns, chart_rows);
    double before = std::round(row_of(between_samples(summary.fan, first, &Quantiles::median)));
    for (std::size_t c = 0; c < chart_columns; ++c) {
        const auto column = static_cast<double>(c);
        const double low = between_samples(summary.fan, time_of(c), &Quantiles::p05);
        const double high = between_samples(summary.fan, time_of(c), &Quantiles::p95);
        for (double row = std::round(row_of(high)); row <= std::round(row_of(low)) && high > 0;
             ++row)
            canvas.put(column, row, "░");
        const double middle =
            std::round(row_of(between_samples(summary.fan, time_of(c), &Quantiles::median)));
        for (double row = before - 1; row > middle; --row)
            canvas.put(column, row, "┃"); // a steep rise stays one line
        canvas.put(column, middle, "━");
        before = middle;
    }
    for (const RecordRow& row : summary.record)
        if (row.point.fit && row.point.counted == Counted::signatures)
            canvas.put((row.point.time - first) / (last - first) * (chart_columns - 1),
                       row_of(row.point.count), "◆");

    std::string text = heading(style, has_record(summary, Counted::signatures)
                                          ? "Signatures: ━ median, ░ 90 % of runs, ◆ recorded"
                                          : "Signatures: ━ median, ░ 90 % of runs");
    for (int r = 0; r < chart_rows; ++r) {
        const bool label = r % 3 == 0;
        const double value = people * (1 - static_cast<double>(r) / (chart_rows - 1));
        text += fmt::format("  {:>7} {}{}\n",
                            label ? fmt::format("{:.{}f}", value, people < 40 ? 2 : 0) : "",
                            label ? "┤" : "│", canvas.row(r));
    }
    std::string ticks;
    for (std::size_t c = 0; c < chart_columns; ++c)
        ticks += c % 16 == 0 ? "┬" : "─";
    text += "          └" + ticks + "\n          ";
    for (std::size_t c = 0; c < chart_columns; c += 16)
        text += padded(" " + clock_text(s, time_of(c)), 16);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
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
        rows.push_back({std::string(infos[k].name), value_text(infos[k], q.median),
                        value_text(infos[k], q.p05) + " - " + value_text(infos[k], q.p95)});
        for (const auto* other : {&report.twin, &report.against})
            if (*other)
                rows.back().push_back(value_text(infos[k], (*other)->summary.measures[k].median));
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
        rows.push_back(
            {std::string(infos[k].name), difference_text(infos[k], d.mean),
             difference_text(infos[k], d.low) + " to " + difference_text(infos[k], d.high),
             percent(d.larger), percent(d.smaller)});
        if (!other.without_peers.empty())
            rows.back().push_back(interval_text(infos[k], other.without_peers[k].difference));
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
