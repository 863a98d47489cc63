#include "render/report/study_page.hpp"

#include "render/chart_kit.hpp"
#include "render/report/charts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>

namespace walkout::report {

namespace {

constexpr float tornado_share = 500, surface_share = 420, fan_share = 380;
constexpr float widest_triangle = 480;
constexpr Hours waits_table_hours = 12;

std::string number(double value)
{
    return std::isinf(value) ? "never" : fmt::format("{:.6g}", value);
}

std::vector<std::string> numbers(const Estimate& estimate)
{
    return {number(estimate.value), number(estimate.low), number(estimate.high),
            std::to_string(estimate.runs)};
}

std::vector<std::string> joined(std::vector<std::string> first,
                                const std::vector<std::string>& more)
{
    first.insert(first.end(), more.begin(), more.end());
    return first;
}

const std::vector<std::string>& estimate_head()
{
    static const std::vector<std::string> head{"value", "low (95 %)", "high (95 %)", "runs"};
    return head;
}

// ---------------------------------------------------------------- charts

Chart levers_chart(const ReportData& data, const MeasureWords& words, float width)
{
    Chart chart{.title =
                    words.title() + (data.levers.about.empty() ? "" : ", " + data.levers.about),
                .note = "bars end at the mean of the runs there; lines are 95 % intervals",
                .picture = tornado_chart(data.levers, words, width)};
    chart.table.head = joined({"parameter", "at"}, estimate_head());
    for (const Lever& lever : data.levers.levers)
        for (const LeverEnd* end : {&lever.low, &lever.high})
            chart.table.rows.push_back(joined({lever.words, end->words}, numbers(end->estimate)));
    chart.table.rows.push_back(
        joined({data.levers.baseline_words, ""}, numbers(data.levers.baseline)));
    return chart;
}

Chart totals_chart(const ReportData& data, const MeasureWords& words, float width)
{
    const bool morris = data.totals.kind == "Morris";
    Chart chart{.title = words.column() + (morris ? ": mean elementary effects (Morris)"
                                                  : ": total effects (Sobol)"),
                .note = morris ? "how far the measure moves when a parameter moves across its range"
                               : "share of the variance that a parameter has a part in; lines are "
                                 "95 % intervals",
                .picture = total_effects_chart(data.totals, width)};
    chart.table.head = joined({"parameter"}, {"value", "low (95 %)", "high (95 %)"});
    for (const TotalEffect& total : data.totals.effects)
        chart.table.rows.push_back({total.words, number(total.effect.value),
                                    number(total.effect.low), number(total.effect.high)});
    return chart;
}

Chart surface_chart(const ReportData& data, const MeasureWords& words, float width)
{
    const HeatMap& map = *data.heat;
    std::string note = "each cell: " + words.column() +
                       (words.in_percent() ? ", in 100 runs" : ", mean of its runs");
    if (data.measure.outcome < 0 && words.in_percent())
        note = "each cell: " + words.column() + ", mean in %";
    if (map.binned)
        note += "; rows and columns are ranges, named by their middles";
    Chart chart{.title = map.across_words + " against " + map.up_words +
                         (map.averaged_over > 0 ? ", averaged over the others" : ""),
                .note = std::move(note),
                .picture = heat_chart(map, words, width)};
    chart.table.head = joined({map.across_words, map.up_words}, estimate_head());
    for (std::size_t row = 0; row < map.rows.size(); ++row)
        for (std::size_t column = 0; column < map.columns.size(); ++column)
            chart.table.rows.push_back(
                joined({map.columns[column], map.rows[row]}, numbers(map.at(row, column))));
    return chart;
}

Chart steps_chart(const ReportData& data, const MeasureWords& words, float width)
{
    const Response& response = *data.response;
    Chart chart{.title = words.title() + " by " + response.words,
                .note = response.others_fixed
                            ? "lines are 95 % intervals; the ring is " + start_words(data.scenario)
                            : "averaged over the other parameters; lines are 95 % intervals",
                .picture = response_chart(response, words, width)};
    if (response.others_fixed && !response.baseline)
        chart.note = "lines are 95 % intervals";
    chart.table.head = joined({response.words}, estimate_head());
    for (const LeverEnd& step : response.steps)
        chart.table.rows.push_back(joined({step.words}, numbers(step.estimate)));
    return chart;
}

Chart signatures_chart(const ReportData& data, float width)
{
    const Fan& fan = data.fan;
    Chart chart{.title = "Signatures, " + data.fan_words,
                .note = fan.record.empty()
                            ? "median, 50, 80 and 95 % of runs"
                            : "median, 50, 80 and 95 % of runs; circles are the record",
                .picture = fan_chart(fan, width)};
    chart.table.head = {"runs",   "hour", "2.5 %", "10 %",  "25 %",
                        "median", "75 %", "90 %",  "97.5 %"};
    const auto [from, to] = hours_worth_showing({&fan});
    for (const FanGroup& group : fan.groups)
        for (std::size_t t = 0; t < group.names[0].size(); ++t) {
            const Hours time = fan.every * static_cast<double>(t);
            if (time < from || time > to)
                continue;
            std::vector<std::string> row{
                fmt::format("{} {}", group.runs, group.fizzles ? "fizzle" : "carry on"),
                number(time)};
            for (const auto& level : group.names)
                row.push_back(number(level[t]));
            chart.table.rows.push_back(std::move(row));
        }
    return chart;
}

Chart waiting_chart(const ReportData& data, float width)
{
    const Waits& waits = data.waits;
    const WaitLine& first = waits.lines[0];
    const bool board = data.measure.name == "hours_to_concession";
    Chart chart{
        .title = board ? "Share of boards that still hold"
                       : render::readable(data.measure.name) + ": share of runs that still wait",
        .note =
            fmt::format("{}: half by {}, {:.0f} % at the end of {:.0f} h", first.words,
                        waits.never(first.half()) ? "never" : fmt::format("{:.0f} h", first.half()),
                        100 * waits.waiting(first, waits.horizon), waits.horizon),
        .picture = waits_chart(waits, width)};
    chart.table.head = {"row", "runs", "hour", "share that waits"};
    for (const WaitLine& line : waits.lines)
        for (Hours hour = 0; hour <= waits.horizon; hour += waits_table_hours)
            chart.table.rows.push_back({line.words, std::to_string(line.hours.size()), number(hour),
                                        number(waits.waiting(line, hour))});
    return chart;
}

Chart mixes_chart(const ReportData& data, const Triangle& triangle, const MeasureWords& words,
                  float width)
{
    std::string note = words.column() + (words.in_percent() ? ", %" : "") + ", mean of " +
                       render::grouped(static_cast<long>(triangle.mixes[0].estimate.runs)) +
                       " runs at each mix; a corner is one weight alone";
    if (triangle.baseline)
        note += "; ringed: as coded";
    Chart chart{.title = triangle.words.empty() ? words.title() : triangle.words,
                .note = std::move(note),
                .picture = triangle_chart(triangle, triangle_range(data.triangles), words, width)};
    chart.table.head = joined({triangle.corners.begin(), triangle.corners.end()}, estimate_head());
    for (const Mix& mix : triangle.mixes) {
        std::vector<std::string> cells;
        for (const double weight : mix.weights)
            cells.push_back(number(weight));
        chart.table.rows.push_back(joined(std::move(cells), numbers(mix.estimate)));
    }
    return chart;
}

std::vector<Chart> mixes_charts(const ReportData& data, const MeasureWords& words)
{
    const auto count = static_cast<float>(data.triangles.size());
    const float room = (page_width - chart_gap * (count - 1)) / count;
    std::vector<Chart> charts;
    for (const Triangle& triangle : data.triangles)
        charts.push_back(
            mixes_chart(data, triangle, words, std::floor(std::min(room, widest_triangle))));
    return charts;
}

std::vector<Chart> charts_of(const ReportData& data, const MeasureWords& words)
{
    if (!data.triangles.empty())
        return mixes_charts(data, words);
    const bool levers = !data.levers.levers.empty(), surface = data.heat || data.response;
    const bool waits = !data.waits.lines.empty();
    const bool fan = waits || !data.fan.groups.empty();
    const int count = int(levers) + int(surface) + int(fan);
    const float shares =
        (levers ? tornado_share : 0) + (surface ? surface_share : 0) + (fan ? fan_share : 0);
    const float room = page_width - chart_gap * static_cast<float>(count - 1);
    const auto width = [&](float share) {
        return std::floor(std::min(room * share / shares, share * 1.5F));
    };
    std::vector<Chart> charts;
    if (levers)
        charts.push_back(data.totals.effects.empty()
                             ? levers_chart(data, words, width(tornado_share))
                             : totals_chart(data, words, width(tornado_share)));
    if (data.heat)
        charts.push_back(surface_chart(data, words, width(surface_share)));
    else if (data.response)
        charts.push_back(steps_chart(data, words, width(surface_share)));
    if (fan)
        charts.push_back(waits ? waiting_chart(data, width(fan_share))
                               : signatures_chart(data, width(fan_share)));
    return charts;
}

// ---------------------------------------------------------------- the table

/// Where differences begin and end, zero included.
std::pair<double, double> extent_of(const Stories& stories)
{
    std::pair<double, double> extent{0, 0};
    for (const StoryRow& row : stories.rows)
        if (row.change) {
            extent.first = std::min(extent.first, row.change->low);
            extent.second = std::max(extent.second, row.change->high);
        }
    return extent;
}

std::string hours_words(const std::optional<double>& hours)
{
    return !hours ? "" : std::isinf(*hours) ? "\u2013" : fmt::format("{:.1f}", *hours);
}

std::string count_words(double people)
{
    return render::grouped(std::lround(people));
}

std::string outcomes_words(const StoryRow& row, const ScenarioBackground& scenario)
{
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < row.outcomes.size(); ++k)
        if (row.outcomes[k] > 0)
            parts.push_back(
                fmt::format("{} {:.0f} %", outcome_word(k, scenario), 100 * row.outcomes[k]));
    return listed(parts);
}

/// One column of the table: its head, and what stands in a row.
struct StoryColumn {
    Column column;
    std::function<Cell(const StoryRow&)> cell;
};

class StoryTable {
public:
    StoryTable(const ReportData& data, const MeasureWords& words)
        : stories_(data.stories), scenario_(data.scenario), words_(words),
          same_runs_(data.fewest_runs == data.most_runs), runs_(data.most_runs)
    {
        for (const StoryRow& row : stories_.rows)
            if (!row.fan.groups.empty())
                fans_.push_back(&row.fan);
        hours_ = hours_worth_showing(fans_);
        extent_ = extent_of(stories_);
        choose_columns();
    }

    WideTable table() const
    {
        WideTable table{.title = stories_.title, .note = note(), .key = key()};
        for (const StoryColumn& column : columns_)
            table.columns.push_back(column.column);
        for (const StoryRow& row : stories_.rows) {
            table.rows.emplace_back();
            for (const StoryColumn& column : columns_)
                table.rows.back().push_back(column.cell(row));
        }
        return table;
    }

private:
    template <class Has> bool any(Has has) const { return std::ranges::any_of(stories_.rows, has); }

    void add(Column column, std::function<Cell(const StoryRow&)> cell)
    {
        columns_.push_back({std::move(column), std::move(cell)});
    }

    void choose_columns()
    {
        add({"", false, false, 17}, [](const StoryRow& row) { return Cell{row.words}; });
        add({same_runs_ ? fmt::format("outcome of {} runs", render::grouped(long(runs_)))
                        : "outcome of the runs",
             false, false, 21},
            [this](const StoryRow& row) {
                return Cell{outcomes_words(row, scenario_), outcome_bar(row.outcomes, 270)};
            });
        if (!same_runs_)
            add({"runs", true}, [](const StoryRow& row) {
                return Cell{render::grouped(static_cast<long>(row.runs))};
            });
        add({words_.column(), true}, [this](const StoryRow& row) {
            return Cell{words_.number(row.estimate.value), {}, true};
        });
        choose_measures();
        if (!fans_.empty())
            add({"signatures", false, true, 13}, [this](const StoryRow& row) {
                return row.fan.groups.empty() ? Cell{}
                                              : Cell{"signatures", small_fan(row.fan, hours_, 172)};
            });
        if (stories_.rows.size() > 1)
            add({"against " + stories_.rows[0].words, false, false, 11},
                [this](const StoryRow& row) { return change_cell(row); });
    }

    void choose_measures()
    {
        if (any([](const StoryRow& row) { return row.peak.has_value(); }))
            add({"peak signatures", true}, [](const StoryRow& row) {
                return Cell{!row.peak
                                ? ""
                                : fmt::format("{} ({}\u2013{})", count_words(row.peak->median),
                                              count_words(row.peak->low),
                                              count_words(row.peak->high))};
            });
        if (any([](const StoryRow& row) { return row.half.has_value(); }))
            add({"hours to half", true},
                [](const StoryRow& row) { return Cell{hours_words(row.half)}; });
        if (any([](const StoryRow& row) { return row.gone.has_value(); }))
            add({"gone", true},
                [](const StoryRow& row) { return Cell{row.gone ? count_words(*row.gone) : ""}; });
        if (any([](const StoryRow& row) { return row.back.has_value(); }))
            add({"hours until back", true},
                [](const StoryRow& row) { return Cell{hours_words(row.back)}; });
    }

    Cell change_cell(const StoryRow& row) const
    {
        const Estimate none{};
        const std::string text = row.change ? words_.change(row.change->value) : "0";
        return {text + (row.change ? ", " + words_.interval(*row.change, true) : ""),
                change_bar(row.change.value_or(none), extent_, text, 150)};
    }

    std::vector<KeyEntry> key() const
    {
        std::vector<KeyEntry> key;
        for (std::size_t k = 0; k < outcome_names.size(); ++k)
            if (any([k](const StoryRow& row) { return row.outcomes[k] > 0; }))
                key.push_back({outcome_color(k), outcome_word(k, scenario_)});
        return key;
    }

    std::string note() const
    {
        std::string text = "Medians";
        if (any([](const StoryRow& row) { return row.peak.has_value(); }))
            text += ", ranges are 80 % of runs";
        if (any([](const StoryRow& row) { return row.back.has_value(); }))
            text += "; hours until back of the runs that end so";
        if (any([](const StoryRow& row) { return row.half && std::isinf(*row.half); }))
            text += "; \u2013: more than half never get there";
        if (stories_.left_out > 0)
            text += fmt::format("; {} more rows are left out", stories_.left_out);
        return text + ".";
    }

    const Stories& stories_;
    const ScenarioBackground& scenario_;
    const MeasureWords& words_;
    bool same_runs_;
    std::size_t runs_;
    std::vector<const Fan*> fans_;
    std::pair<Hours, Hours> hours_;
    std::pair<double, double> extent_;
    std::vector<StoryColumn> columns_;
};

/// The table's numbers, outcomes and intervals included.
Table stories_table(const ReportData& data, const MeasureWords& words)
{
    Table table{.title = data.stories.title, .head = {"row"}};
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        table.head.emplace_back(outcome_names[k]);
    table.head = joined(std::move(table.head), estimate_head());
    table.head =
        joined(std::move(table.head), {"failed", "difference", "low (95 %)", "high (95 %)"});
    for (const StoryRow& row : data.stories.rows) {
        std::vector<std::string> cells{row.words};
        for (const double share : row.outcomes)
            cells.push_back(number(share));
        cells = joined(std::move(cells), numbers(row.estimate));
        cells.push_back(std::to_string(row.failed));
        for (const double value :
             row.change ? std::vector{row.change->value, row.change->low, row.change->high}
                        : std::vector<double>{})
            cells.push_back(number(value));
        cells.resize(table.head.size());
        table.rows.push_back(std::move(cells));
    }
    table.title += " (" + words.column() + ")";
    return table;
}

render::Color tone_color(Finding::Tone tone)
{
    const render::Palette& c = render::palette(render::Theme::light);
    return tone == Finding::Tone::strongest ? c.signed_letter
           : tone == Finding::Tone::second  ? c.back
                                            : c.board;
}

} // namespace

Page study_page(const ReportData& data)
{
    const MeasureWords words(data.measure, data.scenario);
    Page page{.title = data.title,
              .line = data.line,
              .summary = data.summary,
              .warning = data.notes,
              .charts = charts_of(data, words),
              .table = StoryTable(data, words).table(),
              .tables = {stories_table(data, words)},
              .command = data.command,
              .provenance = data.provenance,
              .csv_name = "report.csv"};
    for (const Finding& finding : data.findings)
        page.statements.push_back({finding.headline, finding.text, tone_color(finding.tone)});
    return page;
}

} // namespace walkout::report
