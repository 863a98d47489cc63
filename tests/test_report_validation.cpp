#include "render/report/validation_page.hpp"
#include "tests/cli_support.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace walkout {

namespace {

using namespace report;

ValidatedPrediction predicted(double median, double low, double high, bool right)
{
    ValidatedPrediction made{.likeliest = "partial", .outcome_right = right};
    made.share = ValidatedShare{
        .median = median, .low = {low, low, low}, .high = {high, high, high}, .inside = true};
    made.chances[3] = 1;
    return made;
}

ValidationScore scored(const std::string& words, double interval_score)
{
    return {.words = words,
            .interval_score = interval_score,
            .shares = 2,
            .outcomes = 2,
            .outcomes_right = 1,
            .inside = {1, 1, 2}};
}

/// Two cases with a count and one without, of which the model misses the second.
ValidationData made_up()
{
    ValidationData data{.title = "Made up?",
                        .points = 2048,
                        .runs = 100,
                        .replicates = 4,
                        .own_error = 1.1,
                        .findings = {"The model is worse than the baseline 'regression' in: X.",
                                     "Too few points weigh anything without: B (7)."}};
    data.scores = {scored("Model", 5), scored("Constant share", 7), scored("Last case", 9),
                   scored("Regression", 4)};
    const auto all = [](const ValidatedPrediction& by) {
        return std::vector<ValidatedPrediction>(4, by);
    };
    data.cases = {{.words = "A",
                   .headcount = 100,
                   .recorded = 0.3,
                   .outcome = "partial",
                   .by = all(predicted(0.25, 0.1, 0.5, true))},
                  {.words = "B <b>",
                   .headcount = 50,
                   .recorded = 0.9,
                   .outcome = "returned",
                   .miss = "more people acted than predicted",
                   .by = all(predicted(0.25, 0.1, 0.5, false))},
                  {.words = "C", .headcount = 10, .by = all({})}};
    return data;
}

} // namespace

TEST_CASE("The page of a validation tells what is missed and which baseline is better",
          "[report][validate]")
{
    const Page page = validation_page(made_up());
    REQUIRE(page.statements.size() == 3);
    CHECK(page.statements[0].headline == "1 of 2 recorded shares lie inside their 90 % interval.");
    CHECK(page.statements[0].text == "Missed: B <b>: more people acted than predicted.");
    CHECK(page.statements[1].headline ==
          "By interval score of the shares the model beats 'constant share' and 'last case'.");
    CHECK(page.statements[1].text.find("worse than the baseline 'regression'") !=
          std::string::npos);
    CHECK(page.statements[2].text.find("B <b> (partial instead of returned)") != std::string::npos);
    CHECK(page.warning.find("Too few points") != std::string::npos);
}

TEST_CASE("The page of a validation has a row for every case and escapes their names",
          "[report][validate]")
{
    const Page page = validation_page(made_up());
    CHECK(page.table.rows.size() == 3);
    CHECK(page.table.rows[2][2].words == "not counted");
    REQUIRE(page.charts.size() == 2);
    CHECK(page.charts[0].table.rows.size() == 8); // two counts, four predictors
    CHECK(page.charts[1].table.rows.size() == 4);
    const std::string text = html(page);
    CHECK(text.find("B <b>") == std::string::npos);
    CHECK(text.find("B &lt;b&gt;") != std::string::npos);
    CHECK(html(validation_page(made_up())) == text);
}

TEST_CASE("A validation that does not beat any baseline says so in its headline",
          "[report][validate]")
{
    ValidationData data = made_up();
    data.scores.front().interval_score = 10;
    CHECK(validation_page(data).statements[1].headline ==
          "The model predicts no better than a baseline without one.");
}

} // namespace walkout
