#include "render/report/posterior_page.hpp"

#include "render/chart_kit.hpp"
#include "render/report/charts.hpp"
#include "render/report/posterior_words.hpp"
#include "render/report/quantity.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

constexpr float left_width = 640, right_width = page_width - chart_gap - left_width;
constexpr std::array level_words{"2.5 %", "5 %",  "10 %", "25 %",  "median",
                                 "75 %",  "90 %", "95 %", "97.5 %"};

std::string number_text(double value)
{
    return std::isnan(value) ? "" : std::isinf(value) ? "never" : fmt::format("{:.6g}", value);
}

std::string yes_or_no(bool value)
{
    return value ? "yes" : "no";
}

void add_levels(std::vector<std::string>& row, const Levels& levels)
{
    for (const double value : levels)
        row.push_back(number_text(value));
}

void add_level_words(std::vector<std::string>& head, const std::string& prefix)
{
    for (const char* words : level_words)
        head.push_back(prefix + words);
}

// ---------------------------------------------------------------- the record among the runs

std::string outcomes_of(const FittedScenario& scenario)
{
    std::vector<std::string> parts;
    for (const auto& [outcome, share] : scenario.outcomes)
        parts.push_back(fmt::format("{:.0f} % {}", 100 * share, in_sentence(outcome)));
    return listed(parts);
}

Table fan_table(const FittedScenario& scenario)
{
    const Fan& fan = scenario.fan;
    Table table{.title = render::readable(scenario.counted) + " over time, " + scenario.words,
                .head = {"hour"}};
    for (const double level : FanGroup::levels)
        table.head.push_back(level == 0.5 ? "median" : fmt::format("{:.3g} %", 100 * level));
    const auto [from, to] = hours_of_record(fan);
    for (const FanGroup& group : fan.groups)
        for (std::size_t t = 0; t < group.names[0].size(); ++t) {
            const Hours time = fan.every * static_cast<double>(t);
            const bool new_hour = std::floor(time) != std::floor(time - fan.every);
            if (time < from || time > to || !new_hour)
                continue;
            table.rows.push_back({number_text(time)});
            for (const auto& names : group.names)
                table.rows.back().push_back(number_text(names[t]));
        }
    return table;
}

Chart fan_of(const FittedScenario& scenario, const PosteriorData& data, float width)
{
    const std::string counted = render::readable(scenario.counted);
    return {.title = data.scenarios.size() > 1 ? scenario.words + ": " + in_sentence(counted)
                                               : counted + " against the record",
            .note = fmt::format("bands of 50, 80 and 95 % of {} runs, one per draw; they end {}",
                                render::grouped(static_cast<long>(scenario.fan.runs)),
                                outcomes_of(scenario)),
            .picture = fitted_fan_chart(scenario.fan, width),
            .table = fan_table(scenario)};
}

Table recorded_table(const PosteriorData& data)
{
    Table table{.title = "Recorded numbers against the runs",
                .head = {"scenario", "number", "unit", "hour", "recorded", "low", "high", "fitted",
                         "inside 80 %", "inside 95 %"}};
    add_level_words(table.head, "runs ");
    for (const RecordedNumber& number : data.record) {
        table.rows.push_back({data.scenarios.at(number.scenario).words, number.name, number.unit,
                              number.counted ? number_text(number.time) : "",
                              number_text(number.value), number_text(number.low),
                              number_text(number.high), yes_or_no(number.fit),
                              yes_or_no(number.inside_80), yes_or_no(number.inside_95)});
        add_levels(table.rows.back(), number.runs);
    }
    return table;
}

Chart recorded_of(const PosteriorData& data, float width)
{
    std::string note = "bands of 50, 80 and 95 % of runs; red: outside 95 %";
    const std::size_t most = width > right_width ? 3 * recorded_rows : recorded_rows;
    if (data.record.size() > most)
        note += fmt::format("; {} of {}", most, data.record.size());
    return {.title = "Where each recorded number lies",
            .note = std::move(note),
            .picture = recorded_chart(data, width, most),
            .table = recorded_table(data)};
}

/// One scenario stands beside its record; several stand in rows above theirs.
void add_record(std::vector<Chart>& charts, const PosteriorData& data)
{
    const std::size_t count = data.scenarios.size(), columns = count > 4 ? 3 : 2;
    if (count == 1) {
        charts.push_back(fan_of(data.scenarios[0], data, left_width));
        charts.push_back(recorded_of(data, right_width));
        return;
    }
    const auto across = static_cast<float>(columns);
    const float width = std::floor((page_width - chart_gap * (across - 1)) / across);
    for (std::size_t s = 0; s < count; ++s) {
        charts.push_back(fan_of(data.scenarios[s], data, width));
        charts.back().new_row = s > 0 && s % columns == 0;
    }
    charts.push_back(recorded_of(data, page_width));
    charts.back().new_row = true;
}

// ---------------------------------------------------------------- the parameters

Table parameters_numbers(const PosteriorData& data)
{
    Table table{.title = "Parameters", .head = {"parameter", "paths", "unit"}};
    add_level_words(table.head, "prior ");
    add_level_words(table.head, "posterior ");
    for (const char* words :
         {"shrinkage", "verdict", "most correlated with", "correlation", "effective size", "R-hat"})
        table.head.emplace_back(words);
    for (const FittedParameter& fitted : data.parameters) {
        const StudyParameter& parameter = fitted.parameter;
        table.rows.push_back(
            {parameter.name, listed(parameter.paths), std::string(io::name_of(parameter.unit))});
        add_levels(table.rows.back(), fitted.prior);
        add_levels(table.rows.back(), fitted.posterior);
        for (const std::string& words :
             {number_text(fitted.shrinkage), fitted.verdict,
              data.parameters.at(fitted.partner).parameter.name, number_text(fitted.correlation),
              number_text(fitted.effective), number_text(fitted.r_hat)})
            table.rows.back().push_back(words);
    }
    return table;
}

Chart marginals_of(const PosteriorData& data, float width)
{
    return {
        .title = "What the record tells about each parameter",
        .note =
            "posterior beside the flat prior (gray), by mass of the prior; median and 90 %; ticks "
            "at 5, 50 and 95 % of the prior",
        .picture = marginals_chart(data, width),
        .table = parameters_numbers(data),
        .new_row = true};
}

Chart pairs_of(const PosteriorData& data, float width)
{
    Chart chart{.title = "Which parameters are tied",
                .note = fmt::format("{} of {} draws as ranks within the priors; correlations of "
                                    "ranks, strong from 0.6",
                                    (data.draws - 1) / pairs_step(data) + 1, data.draws),
                .picture = pairs_chart(data, width),
                .table = {.title = "Correlations of ranks", .head = {"parameter"}}};
    for (std::size_t k = 0; k < data.parameters.size(); ++k) {
        chart.table.head.push_back(data.parameters[k].parameter.name);
        chart.table.rows.push_back({data.parameters[k].parameter.name});
        for (const double correlation : data.correlations[k])
            chart.table.rows.back().push_back(number_text(correlation));
    }
    return chart;
}

std::string meaning_of(const FittedParameter& parameter)
{
    return parameter.moment ? "When it happens." : parameter.parameter.meaning;
}

WideTable parameters_of(const PosteriorData& data)
{
    WideTable table{.title = "Parameters",
                    .note = "Learned: how much narrower the posterior is than the prior, in ranks "
                            "of the prior. Identified from 50 %, partly from 25 %.",
                    .columns = {{"", false, false, 12},
                                {"verdict"},
                                {"", false, true, 27},
                                {"prior, 90 %", true, true},
                                {"median", true},
                                {"posterior, 90 %", true},
                                {"learned", true},
                                {"independent draws", true, true}}};
    if (!data.particles)
        table.columns.push_back({"R-hat", true});
    for (const FittedParameter& fitted : data.parameters) {
        const auto value = [&](double v) { return value_of(data, fitted, v); };
        table.rows.push_back({{fitted.words},
                              {fitted.verdict},
                              {meaning_of(fitted)},
                              {range_of(data, fitted, fitted.prior)},
                              {value(fitted.posterior[median]), {}, true},
                              {range_of(data, fitted, fitted.posterior)},
                              {learned_words(fitted)},
                              {fmt::format("{:.0f}", fitted.effective)}});
        if (!data.particles)
            table.rows.back().push_back(
                {std::isnan(fitted.r_hat) ? "\u2013" : fmt::format("{:.3f}", fitted.r_hat)});
    }
    return table;
}

Table density_table(const PosteriorData& data)
{
    Table table{.title = "Share of draws by prior mass", .head = {"prior mass"}};
    const std::size_t slices = data.parameters[0].density.size();
    for (const FittedParameter& fitted : data.parameters)
        table.head.push_back(fitted.parameter.name);
    for (std::size_t k = 0; k < slices; ++k) {
        table.rows.push_back(
            {fmt::format("{:.0f} \u2013 {:.0f} %", 100.0 * double(k) / double(slices),
                         100.0 * double(k + 1) / double(slices))});
        for (const FittedParameter& fitted : data.parameters)
            table.rows.back().push_back(number_text(fitted.density[k]));
    }
    return table;
}

// ---------------------------------------------------------------- the fit

Table generations_table(const PosteriorData& data)
{
    Table table{.title = "Generations (a tolerance is in spreads of the trials before it)",
                .head = {"generation", "tolerance", "trials", "acceptance", "effective size"}};
    for (std::size_t g = 0; g < data.generations.size(); ++g) {
        const FitGeneration& generation = data.generations[g];
        table.rows.push_back(
            {g == 0 ? "prior" : std::to_string(g),
             std::isinf(generation.tolerance) ? "" : number_text(generation.tolerance),
             std::to_string(generation.trials), number_text(generation.acceptance),
             number_text(generation.effective)});
    }
    return table;
}

Table chains_table(const PosteriorData& data)
{
    Table table{.title = "Chains", .head = {"chain", "proposals taken"}};
    for (std::size_t k = 0; k < data.acceptances.size(); ++k)
        table.rows.push_back({std::to_string(k + 1), number_text(data.acceptances[k])});
    return table;
}

Table outcomes_table(const PosteriorData& data)
{
    Table table{.title = "How the runs of the draws end", .head = {"scenario", "outcome", "share"}};
    for (const FittedScenario& scenario : data.scenarios)
        for (const auto& [outcome, share] : scenario.outcomes)
            table.rows.push_back({scenario.words, outcome, number_text(share)});
    return table;
}

std::string line_of(const PosteriorData& data)
{
    const auto fitted = static_cast<std::size_t>(std::ranges::count_if(
        data.record, [](const RecordedNumber& number) { return number.fit; }));
    const std::string what =
        data.summary.empty()
            ? fmt::format("{} fitted to {}.", counted_words(data.parameters.size(), "parameter"),
                          in_sentence(counted_words(fitted, "recorded number")))
            : data.summary;
    return fmt::format("{} {}, {} trials, {} draws.", what,
                       data.particles ? "ABC-SMC" : "MCMC on the synthetic likelihood",
                       render::grouped(static_cast<long>(data.trials)),
                       render::grouped(static_cast<long>(data.draws)));
}

} // namespace

Page posterior_page(const PosteriorData& data)
{
    Page page{.title = data.title,
              .line = line_of(data),
              .warning = posterior_warning(data),
              .statements = posterior_findings(data),
              .table = parameters_of(data),
              .tables = {density_table(data),
                         data.particles ? generations_table(data) : chains_table(data),
                         outcomes_table(data)},
              .command = data.command,
              .provenance = fmt::format("fingerprint {}, version {}, seed {}", data.fingerprint,
                                        data.version, data.seed),
              .csv_name = "posterior_page.csv"};
    add_record(page.charts, data);
    const bool pairs = data.parameters.size() > 1;
    page.charts.push_back(marginals_of(data, pairs ? left_width : page_width));
    if (pairs)
        page.charts.push_back(pairs_of(data, right_width));
    return page;
}

} // namespace walkout::report
