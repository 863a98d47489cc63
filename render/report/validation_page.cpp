#include "render/report/validation_page.hpp"

#include "render/chart_kit.hpp"
#include "render/report/charts.hpp"
#include "render/report/quantity.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace walkout::report {

namespace {

constexpr float shares_width = 900;

std::string number_text(double value)
{
    return fmt::format("{:.4g}", value);
}

std::vector<const ValidationCase*> with_shares(const ValidationData& data)
{
    std::vector<const ValidationCase*> cases;
    for (const ValidationCase& one : data.cases)
        if (one.recorded)
            cases.push_back(&one);
    return cases;
}

// ---------------------------------------------------------------- findings

Statement shares_statement(const ValidationData& data)
{
    const ValidationScore& model = data.scores.front();
    Statement made{.headline =
                       fmt::format("{} of {} recorded shares lie inside their 90 % interval.",
                                   model.inside[1], model.shares)};
    for (const ValidationCase& one : data.cases)
        if (!one.miss.empty())
            made.text +=
                fmt::format("{}{}: {}.", made.text.empty() ? "Missed: " : " ", one.words, one.miss);
    if (made.text.empty())
        made.text = "None is missed; see how wide the intervals are.";
    return made;
}

Statement baselines_statement(const ValidationData& data)
{
    std::vector<std::string> beaten;
    std::string text;
    for (const std::string& finding : data.findings)
        if (finding.starts_with("The model is worse"))
            text += (text.empty() ? "" : " ") + finding;
    const ValidationScore& model = data.scores.front();
    for (std::size_t k = 1; k < data.scores.size(); ++k)
        if (model.interval_score < data.scores[k].interval_score)
            beaten.push_back("'" + in_sentence(data.scores[k].words) + "'");
    Statement made{.text = text.empty() ? "It is better than all three in every score." : text};
    made.headline =
        beaten.empty()
            ? "The model predicts no better than a baseline without one."
            : fmt::format("By interval score of the shares the model beats {}.", listed(beaten));
    return made;
}

Statement outcomes_statement(const ValidationData& data)
{
    const ValidationScore& model = data.scores.front();
    std::vector<std::string> wrong, others;
    for (const ValidationCase& one : data.cases)
        if (!one.outcome.empty() && !one.by.front().outcome_right)
            wrong.push_back(fmt::format("{} ({} instead of {})", one.words,
                                        in_sentence(render::readable(one.by.front().likeliest)),
                                        in_sentence(render::readable(one.outcome))));
    for (std::size_t k = 1; k < data.scores.size(); ++k)
        others.push_back(
            fmt::format("{} {}", in_sentence(data.scores[k].words), data.scores[k].outcomes_right));
    return {.headline = fmt::format("The likeliest outcome is right in {} of {} cases.",
                                    model.outcomes_right, model.outcomes),
            .text = (wrong.empty() ? std::string() : "Wrong: " + listed(wrong) + ". ") +
                    "Baselines: " + listed(others) + "."};
}

// ---------------------------------------------------------------- charts and tables

Chart shares_chart(const ValidationData& data)
{
    const auto cases = with_shares(data);
    Chart chart{.title = "Share of the staff who acted, predicted from the other cases",
                .note = fmt::format("the model's own error of {:.1f} logits is part of the "
                                    "intervals; misses in bold",
                                    data.own_error),
                .picture = validation_chart(cases, shares_width)};
    chart.table.head = {"case",      "predictor", "recorded",  "median",   "low 80 %",
                        "high 80 %", "low 90 %",  "high 90 %", "low 95 %", "high 95 %"};
    for (const ValidationCase* one : cases)
        for (std::size_t k = 0; k < one->by.size(); ++k) {
            const auto& share = one->by[k].share;
            if (!share)
                continue;
            chart.table.rows.push_back({one->words, data.scores[k].words,
                                        number_text(*one->recorded), number_text(share->median)});
            for (std::size_t l = 0; l < share->low.size(); ++l)
                for (const double end : {share->low[l], share->high[l]})
                    chart.table.rows.back().push_back(number_text(end));
        }
    return chart;
}

Chart interval_scores(const ValidationData& data)
{
    Chart chart{.title = "Interval score, logits",
                .note = "mean over the cases, smaller is better",
                .picture = scores_chart(data.scores, page_width - chart_gap - shares_width)};
    chart.table.title = "Scores: means over cases, smaller is better";
    chart.table.head = {"predictor",
                        "interval score (logit)",
                        "CRPS (logit)",
                        "interval score (points)",
                        "CRPS (points)",
                        "inside 80 %",
                        "inside 90 %",
                        "inside 95 %",
                        "of",
                        "Brier score",
                        "outcomes right",
                        "of"};
    for (const ValidationScore& s : data.scores) {
        chart.table.rows.push_back({s.words, number_text(s.interval_score), number_text(s.crps),
                                    number_text(s.interval_score_points),
                                    number_text(s.crps_points)});
        for (const std::size_t count : {s.inside[0], s.inside[1], s.inside[2], s.shares})
            chart.table.rows.back().push_back(std::to_string(count));
        chart.table.rows.back().push_back(number_text(s.brier));
        for (const std::size_t count : {s.outcomes_right, s.outcomes})
            chart.table.rows.back().push_back(std::to_string(count));
    }
    return chart;
}

std::string recorded_words(const ValidationCase& one)
{
    if (!one.recorded)
        return "not counted";
    return quantity("share", *one.recorded) + (one.counted == "departures" ? " left" : " signed");
}

std::string interval_words(const ValidationCase& one)
{
    if (!one.by.front().share)
        return "";
    const ValidatedShare& share = *one.by.front().share;
    return fmt::format("{} ({} to {})", quantity("share", share.median),
                       quantity("share", share.low[1]), quantity("share", share.high[1]));
}

WideTable case_table(const ValidationData& data)
{
    WideTable table{.title = "Case by case",
                    .note = "Median and 90 % interval of the share; chances of the outcomes.",
                    .columns = {{"case", false, false, 26},
                                {"people", true},
                                {"recorded", true},
                                {"predicted", true},
                                {"recorded outcome"},
                                {"likeliest", false, true},
                                {"chances", false, false, 20}}};
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        table.key.push_back({outcome_color(k), render::readable(outcome_names[k])});
    for (const ValidationCase& one : data.cases) {
        const ValidatedPrediction& by = one.by.front();
        const std::string likeliest = by.likeliest.empty() ? "" : render::readable(by.likeliest);
        table.rows.push_back(
            {{one.words},
             {render::grouped(static_cast<long>(one.headcount))},
             {recorded_words(one)},
             {.words = interval_words(one), .strong = !one.miss.empty()},
             {one.outcome.empty() ? "not recorded" : render::readable(one.outcome)},
             {.words = likeliest, .strong = !one.outcome.empty() && !by.outcome_right},
             {likeliest, outcome_bar(by.chances, 250)}});
    }
    return table;
}

Table chances_table(const ValidationData& data)
{
    Table table{.title = "Chances of the outcomes", .head = {"case", "predictor", "recorded"}};
    for (const auto name : outcome_names)
        table.head.emplace_back(name);
    for (const ValidationCase& one : data.cases)
        for (std::size_t k = 0; k < one.by.size(); ++k) {
            table.rows.push_back({one.words, data.scores[k].words, one.outcome});
            for (const double chance : one.by[k].chances)
                table.rows.back().push_back(number_text(chance));
        }
    return table;
}

Table mechanisms_table(const ValidationData& data)
{
    Table table{.title = "Mechanisms after all records were seen",
                .head = {"mechanism", "5 %", "median", "95 %", "narrower than the prior by"}};
    for (const ValidationMechanism& m : data.mechanisms)
        table.rows.push_back({m.words, number_text(m.p05), number_text(m.median),
                              number_text(m.p95), quantity("share", m.shrinkage)});
    return table;
}

Table findings_table(const ValidationData& data)
{
    Table table{.title = "What it comes to", .head = {"finding"}};
    for (const std::string& finding : data.findings)
        table.rows.push_back({finding});
    return table;
}

std::string warning_of(const ValidationData& data)
{
    std::string text;
    if (data.failed > 0)
        text = fmt::format("{} of {} runs failed and are left out. ", data.failed, data.runs);
    for (const std::string& finding : data.findings)
        if (finding.starts_with("Too few points"))
            text += finding;
    return text;
}

} // namespace

Page validation_page(const ValidationData& data)
{
    const render::Palette& c = render::palette(render::Theme::light);
    Page page{
        .title = data.title,
        .line = fmt::format(
            "{}, each predicted by mechanisms that were weighed by the records of the others. "
            "{} points of the priors, {}, {} runs{}.",
            counted_words(data.cases.size(), "recorded case"),
            render::grouped(static_cast<long>(data.points)),
            in_sentence(counted_words(data.replicates, "replicate")),
            render::grouped(static_cast<long>(data.runs)),
            data.coding_error ? ", each with a coding error of its own" : ""),
        .warning = warning_of(data),
        .statements = {shares_statement(data), baselines_statement(data), outcomes_statement(data)},
        .charts = {shares_chart(data), interval_scores(data)},
        .table = case_table(data),
        .tables = {findings_table(data), chances_table(data), mechanisms_table(data)},
        .command = data.command,
        .provenance = fmt::format("fingerprint {}, version {}, seed {}", data.fingerprint,
                                  data.version, data.seed),
        .csv_name = "validation_page.csv"};
    const std::array colors{c.signed_letter, c.board, c.back};
    for (std::size_t k = 0; k < page.statements.size(); ++k)
        page.statements[k].color = colors[k];
    return page;
}

} // namespace walkout::report
