#include "render/report/compare_page.hpp"

#include "render/chart_kit.hpp"
#include "render/report/charts.hpp"
#include "render/report/quantity.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace walkout::report {

namespace {

constexpr float curves_width = 560, outcomes_width = 300, departments_width = 436;

std::string number_text(double value)
{
    return std::isinf(value) ? "never" : fmt::format("{:.6g}", value);
}

const std::string& words_of(const CompareData& data, const ComparedContrast& contrast)
{
    return data.scenarios[contrast.scenario].words;
}

/// Said of the second of many: which contrast is meant.
std::string prefix_of(const CompareData& data, const ComparedContrast& contrast)
{
    return data.contrasts.size() > 1 ? words_of(data, contrast) + ": " : "";
}

// ---------------------------------------------------------------- statements

std::string outcome_in(std::size_t outcome)
{
    return in_sentence(render::readable(outcome_names[outcome]));
}

Statement outcomes_statement(const CompareData& data, const ComparedContrast& contrast)
{
    std::size_t changed = 0;
    std::vector<std::string> parts;
    for (const OutcomeChange& change : contrast.flow) {
        if (change.from != change.to)
            changed += change.runs;
        parts.push_back(change.from == change.to
                            ? fmt::format("{} stay {}", change.runs, outcome_in(change.from))
                            : fmt::format("{} go from {} to {}", change.runs,
                                          outcome_in(change.from), outcome_in(change.to)));
    }
    return {fmt::format("{}{} of {} pairs of runs end otherwise.", prefix_of(data, contrast),
                        changed, contrast.pairs),
            capitalized(listed(parts)) + "."};
}

Statement divergence_statement(const CompareData& data, const ComparedContrast& contrast)
{
    return {prefix_of(data, contrast) + "Where the stories part.", contrast.divergence};
}

Statement flips_statement(const CompareData& data, const ComparedContrast& contrast)
{
    if (!contrast.same_people)
        return {prefix_of(data, contrast) + "Nobody can be followed.",
                "The scenarios have other people."};
    if (contrast.departments.empty() || contrast.flips <= 0)
        return {prefix_of(data, contrast) + "Nobody goes further or less far.", ""};
    return {fmt::format("{}{:.0f} people act otherwise, in the mean of the pairs.",
                        prefix_of(data, contrast), contrast.flips),
            fmt::format("Most in {}: {:.0f} % of its people.", contrast.departments[0].words,
                        100 * contrast.departments[0].share)};
}

// ---------------------------------------------------------------- charts

Chart curves(const CompareData& data)
{
    std::vector<const Fan*> fans;
    for (const ComparedScenario& scenario : data.scenarios)
        if (!scenario.fan.groups.empty())
            fans.push_back(&scenario.fan);
    Chart chart{.title = "Signatures", .note = "medians, and bands of 90 % of runs"};
    if (fans.empty())
        return chart;
    chart.picture = curves_chart(fans, curves_width);
    chart.table.head = {"scenario", "hour", "5 %", "median", "95 %"};
    const auto [from, to] = hours_worth_showing(fans);
    for (const ComparedScenario& scenario : data.scenarios)
        for (const FanGroup& group : scenario.fan.groups)
            for (std::size_t t = 0; t < group.names[3].size(); ++t)
                if (const Hours time = scenario.fan.every * static_cast<double>(t);
                    time >= from && time <= to && time == std::floor(time))
                    chart.table.rows.push_back(
                        {scenario.words, number_text(time), number_text(group.names[2][t]),
                         number_text(group.names[3][t]), number_text(group.names[4][t])});
    return chart;
}

Chart outcomes(const CompareData& data)
{
    Chart chart{.title = "How it ends",
                .note = "share of the runs of each scenario",
                .picture = outcomes_chart(data.scenarios, outcomes_width)};
    chart.table.head = {"scenario"};
    for (const auto name : outcome_names)
        chart.table.head.emplace_back(name);
    for (const ComparedScenario& scenario : data.scenarios) {
        chart.table.rows.push_back({scenario.words});
        for (const double share : scenario.outcomes)
            chart.table.rows.back().push_back(number_text(share));
    }
    return chart;
}

Chart departments(const ComparedContrast& contrast, const std::string& words)
{
    Chart chart{.title = "Who acts otherwise, " + words,
                .note = "share of a department, mean over the pairs",
                .picture = departments_chart(contrast.departments, departments_width)};
    if (contrast.departments.size() > departments_shown)
        chart.note +=
            fmt::format("; the first {} of {}", departments_shown, contrast.departments.size());
    chart.table.head = {"department", "people", "share"};
    for (const DepartmentFlip& department : contrast.departments)
        chart.table.rows.push_back({department.words, std::to_string(department.headcount),
                                    number_text(department.share)});
    return chart;
}

// ---------------------------------------------------------------- differences

/// A number of two scenarios and by how much it differs.
struct Difference {
    std::string words = {};
    std::string unit = {};
    double first = 0, second = 0; ///< shares of runs, or medians
    Estimate change = {};
};

/// Shares of the outcomes that are seen in either, then the measures.
std::vector<Difference> differences_of(const CompareData& data, const ComparedContrast& contrast)
{
    const ComparedScenario &first = data.scenarios[0], &second = data.scenarios[contrast.scenario];
    std::vector<Difference> all;
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        if (first.outcomes[k] > 0 || second.outcomes[k] > 0)
            all.push_back({"Runs that end in: " + outcome_in(k), "share", first.outcomes[k],
                           second.outcomes[k], contrast.outcomes[k]});
    for (std::size_t m = 0; m < data.measures.size(); ++m)
        all.push_back({data.measures[m].words, data.measures[m].unit, first.medians[m],
                       second.medians[m], contrast.differences[m]});
    return all;
}

/// Where the bars of measures of one unit begin and end, so that their lengths compare.
std::map<std::string, std::pair<double, double>> extents_of(const CompareData& data)
{
    std::map<std::string, std::pair<double, double>> extents;
    for (const ComparedContrast& contrast : data.contrasts)
        for (const Difference& row : differences_of(data, contrast)) {
            auto& [low, high] = extents[row.unit];
            low = std::min(low, row.change.low);
            high = std::max(high, row.change.high);
        }
    return extents;
}

std::string median_text(const std::string& unit, double value)
{
    return std::isinf(value) ? "never" : quantity(unit, value);
}

/// What the runs of a pair share besides their number.
std::string words_of_luck(const CompareData& data)
{
    const bool all = std::ranges::all_of(data.contrasts, &ComparedContrast::same_luck);
    return all ? " with the same luck" : "; branches of a run have luck of their own";
}

WideTable differences(const CompareData& data)
{
    WideTable table{.title = fmt::format("Differences, run by run{}", words_of_luck(data)),
                    .note = fmt::format("Shares of runs, medians; mean differences with 95 % "
                                        "intervals. A time that never came counts as {}.",
                                        quantity("hours", data.contrasts[0].ceiling)),
                    .columns = {{"", false, false, 30},
                                {data.scenarios[0].words, true},
                                {"the other", true},
                                {"95 % interval of the difference", true, true},
                                {"difference", false, false, 22}}};
    if (data.contrasts.size() == 1)
        table.columns[2].words = data.scenarios[1].words;
    const auto extents = extents_of(data);
    for (const ComparedContrast& contrast : data.contrasts)
        for (const Difference& row : differences_of(data, contrast)) {
            const std::string text = change_of(row.unit, row.change);
            table.rows.push_back({{prefix_of(data, contrast) + row.words},
                                  {median_text(row.unit, row.first)},
                                  {median_text(row.unit, row.second)},
                                  {range_of_change(row.unit, row.change)},
                                  {text, change_bar(row.change, extents.at(row.unit), text, 280)}});
        }
    return table;
}

Table differences_table(const CompareData& data)
{
    Table table{
        .title = "Differences",
        .head = {"scenario", "measure", "unit", "mean difference", "low (95 %)", "high (95 %)"}};
    for (const ComparedContrast& contrast : data.contrasts)
        for (const Difference& row : differences_of(data, contrast))
            table.rows.push_back({words_of(data, contrast), row.words, row.unit,
                                  number_text(row.change.value), number_text(row.change.low),
                                  number_text(row.change.high)});
    return table;
}

Table flow_table(const CompareData& data)
{
    Table table{
        .title = "Flow of outcomes",
        .head = {"scenario", data.scenarios[0].words + " ends in", "this ends in", "pairs"}};
    for (const ComparedContrast& contrast : data.contrasts)
        for (const OutcomeChange& change : contrast.flow)
            table.rows.push_back({words_of(data, contrast), std::string(outcome_names[change.from]),
                                  std::string(outcome_names[change.to]),
                                  std::to_string(change.runs)});
    return table;
}

// ---------------------------------------------------------------- the page

std::string title_of(const CompareData& data)
{
    std::vector<std::string> others;
    for (std::size_t k = 1; k < data.scenarios.size(); ++k)
        others.push_back(data.scenarios[k].words);
    return data.scenarios[0].words + " against " + listed(others);
}

std::string warning_of(const CompareData& data)
{
    std::vector<std::string> failed;
    for (const ComparedScenario& scenario : data.scenarios)
        if (scenario.failed > 0)
            failed.push_back(fmt::format("{} of {}", scenario.failed, scenario.words));
    return failed.empty() ? "" : "Runs failed and are left out: " + listed(failed) + ".";
}

std::string provenance_of(const CompareData& data)
{
    std::string prints;
    for (const ComparedScenario& scenario : data.scenarios)
        prints += (prints.empty() ? "" : ", ") + scenario.fingerprint;
    return fmt::format("fingerprints {}, version {}, seed {}", prints, data.version, data.seed);
}

} // namespace

Page compare_page(const CompareData& data)
{
    const ComparedContrast& first = data.contrasts.at(0);
    Page page{.title = title_of(data),
              .line = fmt::format(
                  "{}, {} runs of each{}.", counted_words(data.scenarios.size(), "scenario"),
                  render::grouped(static_cast<long>(data.replicates)), words_of_luck(data)),
              .warning = warning_of(data),
              .statements = {outcomes_statement(data, first), divergence_statement(data, first),
                             flips_statement(data, first)},
              .charts = {curves(data), outcomes(data)},
              .table = differences(data),
              .tables = {differences_table(data), flow_table(data)},
              .command = data.command,
              .provenance = provenance_of(data),
              .csv_name = "compare_page.csv"};
    for (std::size_t k = 0; k < page.statements.size(); ++k)
        page.statements[k].color = compared_color(k);
    if (!first.departments.empty())
        page.charts.push_back(departments(first, words_of(data, first)));
    return page;
}

} // namespace walkout::report
