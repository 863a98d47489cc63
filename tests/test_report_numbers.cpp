#include "sim/io/problems.hpp"
#include "sim/study/estimate.hpp"
#include "tests/report_support.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

using namespace report;

constexpr const char* one_at_a_time = R"(title: What brings them back?
parameters:
  strong: {path: people.allegiance_mean, values: [-0.5, 0.5]}
  idle: {path: people.vigil, values: [0, 40%]}
design: one_at_a_time
replicates: 40
)";

/// Back in 4 of 40 runs at the low value of the first parameter, in 36 of 40 otherwise.
MadeUp strong_lever(const std::vector<double>& values, std::uint32_t replicate)
{
    return {.returned = replicate < (values[0] < -0.4 ? 4U : 36U)};
}

const Lever& lever_named(const ReportData& data, const std::string& words)
{
    return *std::ranges::find(data.levers.levers, words, &Lever::words);
}

std::string all_findings(const ReportData& data)
{
    std::string text;
    for (const Finding& finding : data.findings)
        text += finding.headline + " " + finding.text + "\n";
    return text;
}

} // namespace

TEST_CASE("Levers tell shares of runs, paired differences and their order", "[report]")
{
    const ReportData data = MadeUpStudy(one_at_a_time, strong_lever).data();
    REQUIRE(data.levers.levers.size() == 2);
    const Lever& strong = data.levers.levers[0];
    CHECK(strong.words == "Strong");
    CHECK(strong.low.estimate.value == Approx(0.1));
    CHECK(strong.high.estimate.value == Approx(0.9));
    CHECK(data.levers.baseline.value == Approx(0.9));
    CHECK(strong.change.value == Approx(0.8));
    CHECK(strong.change.low > 0.6);
    CHECK(strong.change.high < 0.95);
    CHECK_FALSE(lever_named(data, "Idle").change.excludes_zero());
}

TEST_CASE("Findings never go beyond the interval", "[report]")
{
    const std::string text = all_findings(MadeUpStudy(one_at_a_time, strong_lever).data());
    CHECK(text.find("Strong decides it.") != std::string::npos);
    CHECK(text.find("10 of 100 runs at -0.5") == std::string::npos); // a true minus
    CHECK(text.find("in 10 of 100 runs at \u22120.5, in 90 at 0.5") != std::string::npos);
    CHECK(text.find("No difference is seen from 1 of 2 parameters.") != std::string::npos);

    const auto by_luck_alone = [](const std::vector<double>& values, std::uint32_t replicate) {
        return MadeUp{.returned = (replicate + (values[0] > 0.4 ? 1U : 0U)) % 2 == 0};
    };
    const std::string luck = all_findings(MadeUpStudy(one_at_a_time, by_luck_alone).data());
    CHECK(luck.find("No parameter makes a difference that is seen.") != std::string::npos);
    CHECK(luck.find("decides") == std::string::npos);
    CHECK(luck.find("second") == std::string::npos);
}

TEST_CASE("Failed runs are counted and bound what they could change", "[report]")
{
    const auto failing = [](const std::vector<double>& values, std::uint32_t replicate) {
        MadeUp made = strong_lever(values, replicate);
        made.fails = replicate % 20 == 7;
        return made;
    };
    const MadeUpStudy study(one_at_a_time, failing);
    const ReportData data = study.data();
    CHECK(data.levers.baseline.runs == 38);
    CHECK(data.levers.baseline.value == Approx(34.0 / 38));
    CHECK(data.notes == "10 of 200 runs (5 %) failed and are left out, at most 5 % of a point. Had "
                        "they ended otherwise, a chance would differ by at most 5 in 100.");
    CHECK(data.stories.rows[0].failed == 2);
}

TEST_CASE("A grid of two is a map whose ring is the scenario", "[report]")
{
    const MadeUpStudy study(R"(title: Map
parameters:
  across: {path: people.allegiance_mean, change: factor, values: [0, 1, 2]}
  up: {path: events.letter.at, change: shift, values: [-1h, 0h]}
design: grid
replicates: 10
)",
                            [](const std::vector<double>& values, std::uint32_t replicate) {
                                return MadeUp{.returned =
                                                  replicate < 3 * values[0] + values[1] + 2};
                            });
    const ReportData data = study.data();
    REQUIRE(data.heat);
    const HeatMap& map = *data.heat;
    CHECK(map.columns == std::vector<std::string>{"\u00d70", "\u00d71", "\u00d72"});
    CHECK(map.rows == std::vector<std::string>{"\u22121 h", "0 h"});
    for (std::size_t row = 0; row < 2; ++row)
        for (std::size_t column = 0; column < 3; ++column) {
            CAPTURE(row, column);
            CHECK(map.at(row, column).value == Approx(0.1 * (1.0 + double(row + 3 * column))));
            CHECK(map.at(row, column).runs == 10);
        }
    REQUIRE(map.baseline);
    CHECK(*map.baseline == 4);
    CHECK(map.exact);
    CHECK(data.stories.rows[0].words.starts_with("The scenario"));
    CHECK(data.stories.rows[0].estimate.value == Approx(map.cells[4].value));
}

TEST_CASE("A sample has no baseline, and its levers are ends of the range", "[report]")
{
    const MadeUpStudy study(R"(title: Sample
parameters:
  strong: {path: people.allegiance_mean, range: [0, 1]}
  idle: {path: people.vigil, range: [0, 40%]}
design: {latin_hypercube: {points: 200}}
replicates: 2
)",
                            [](const std::vector<double>& values, std::uint32_t) {
                                return MadeUp{.returned = values[0] > 0.5};
                            });
    const ReportData data = study.data();
    CHECK(data.levers.levers[0].words == "Strong");
    CHECK(data.levers.levers[0].low.estimate.value == 0);
    CHECK(data.levers.levers[0].high.estimate.value == 1);
    CHECK(data.levers.baseline.value == Approx(0.5).margin(0.01));
    CHECK_FALSE(baseline_of(study.runs(), 0).member);
    REQUIRE(data.heat);
    CHECK_FALSE(data.heat->baseline);
    CHECK(data.heat->binned);
    CHECK(data.fan_words == "400 runs over all points");
}

TEST_CASE("Times that never came and curves that fizzle are told apart", "[report]")
{
    const MadeUpStudy study("title: One point\nreplicates: 20\ndesign: {list: [{}]}\n",
                            [](const std::vector<double>&, std::uint32_t replicate) {
                                const bool back = replicate < 8;
                                return MadeUp{.returned = back,
                                              .half = back ? 3 : never,
                                              .names = back ? std::vector{0, 2, 5, 5}
                                                            : std::vector{0, 0, 1, 1}};
                            });
    const ReportData data = study.data();
    CHECK(data.levers.levers.empty());
    CHECK_FALSE(data.heat);
    CHECK_FALSE(data.response);
    REQUIRE(data.stories.rows.size() == 1);
    CHECK(std::isinf(*data.stories.rows[0].half));
    REQUIRE(data.fan.groups.size() == 2);
    CHECK(data.fan.groups[0].fizzles);
    CHECK(data.fan.groups[0].share == Approx(0.6));
    CHECK(data.fan.groups[1].names[3] == std::vector<double>{0, 2, 5, 5});
    CHECK(data.findings[0].headline.find("in 40 of 100 runs") != std::string::npos);
}

TEST_CASE("A measure in hours tells how many runs still wait", "[report]")
{
    const MadeUpStudy study("title: Waiting\nreplicates: 20\ndesign: {list: [{}]}\n",
                            [](const std::vector<double>&, std::uint32_t replicate) {
                                return MadeUp{.half = replicate < 15 ? 1.0 + replicate : never};
                            });
    const ReportData data = report_data({study.runs("hours_to_half")});
    REQUIRE(data.waits.lines.size() == 1);
    const WaitLine& line = data.waits.lines[0];
    CHECK(line.half() == 10);
    CHECK(data.waits.waiting(line, 0) == 1);
    CHECK(data.waits.waiting(line, 1) == Approx(0.95));
    CHECK(data.waits.waiting(line, 9.5) == Approx(0.55));
    CHECK(data.waits.waiting(line, data.waits.horizon) == Approx(0.25)); // five never
    CHECK(study.data().waits.lines.empty());                             // of an outcome
}

TEST_CASE("Three weights that sum to 1 make a triangle", "[report]")
{
    constexpr const char* mixes = R"(title: Mixes
parameters:
  top: {path: people.vigil}
  left: {path: people.visa_share}
  right: {path: people.trust_mean}
set: {people.vigil: 0.3333, people.visa_share: 0.3333, people.trust_mean: 0.3333}
replicates: 20
design: {list: [{top: 1, left: 0, right: 0}, {top: 0, left: 1, right: 0}, {top: 0, left: 0, right: 1},
                {top: 0.3333, left: 0.3333, right: 0.3333}, {top: 0.75, left: 0.25, right: 0}]}
)";
    const auto favors_top = [](const std::vector<double>& values, std::uint32_t replicate) {
        return MadeUp{.returned = replicate < 20 * values[0]};
    };
    const ReportData data = MadeUpStudy(mixes, favors_top).data();
    REQUIRE(data.triangles.size() == 1);
    const Triangle& triangle = data.triangles[0];
    CHECK(triangle.corners == std::array<std::string, 3>{"Top", "Left", "Right"});
    REQUIRE(triangle.mixes.size() == 5);
    CHECK(triangle.mix_words(triangle.highest()) == "top alone");
    CHECK(triangle.mixes[triangle.highest()].estimate.value == 1);
    CHECK(triangle.mixes[triangle.lowest()].estimate.value == 0);
    CHECK(triangle.mix_words(4) == "top 75 %, left 25 %");
    REQUIRE(triangle.baseline == 3);
    CHECK(triangle.mix_words(3) == "an even mix");
    CHECK(data.findings[0].headline.find("top alone") != std::string::npos);

    const auto nothing = [](const std::vector<double>&, std::uint32_t replicate) {
        return MadeUp{.returned = replicate % 2 == 0};
    };
    CHECK(all_findings(MadeUpStudy(mixes, nothing).data()).find("makes no difference") !=
          std::string::npos);
    std::string other(mixes);
    other.replace(other.find("left: 0.25"), 10, "left: 0.5 ");
    CHECK(MadeUpStudy(other, favors_top).data().triangles.empty());
}

TEST_CASE("Another measure can be the subject of the page", "[report]")
{
    const MadeUpStudy study(
        one_at_a_time, [](const std::vector<double>& values, std::uint32_t replicate) {
            return MadeUp{.peak = 0.5 + 0.2 * values[0], .half = replicate % 2 == 0 ? 4 : never};
        });
    const StudyRuns peak = study.runs("peak_signed_share");
    CHECK(report_data({peak}).levers.levers[0].change.value == Approx(0.2));
    const StudyRuns half = study.runs("hours_to_half");
    const double horizon = half.background.scenarios[0].horizon;
    CHECK(report_data({half}).levers.baseline.value == Approx((4 + horizon) / 2));
    CHECK_THROWS_WITH(study.runs("peak_signed"), Catch::Contains("kept no measure 'peak_signed'") &&
                                                     Catch::Contains("peak_signed_share"));
}

TEST_CASE("Total effects beside the store take the place of the levers", "[report]")
{
    const MadeUpStudy study(one_at_a_time, strong_lever);
    write_text(study.folder() + "/sensitivity.json",
               R"({"measures": [{"measure": "returned", "kind": "sobol", "parameters": [
                   {"name": "idle", "total": {"value": 0.1, "low": 0, "high": 0.2}},
                   {"name": "strong", "total": {"value": 0.8, "low": 0.7, "high": 0.9}}]}]})");
    const TotalEffects totals = study.data().totals;
    CHECK(totals.kind == "Sobol");
    REQUIRE(totals.effects.size() == 2);
    CHECK(totals.effects[0].words == "Strong");
    CHECK(totals.effects[0].effect.low == 0.7);
    CHECK(report_data({study.runs("peak_signed_share")}).totals.effects.empty());

    write_text(study.folder() + "/sensitivity.json", "{");
    CHECK_THROWS_WITH(study.data(), Catch::Contains("damaged"));
}

TEST_CASE("Two studies that contradict each other make no page", "[report]")
{
    const MadeUpStudy first(one_at_a_time, strong_lever);
    const MadeUpStudy same("title: The same\nreplicates: 40\ndesign: {list: [{}]}\n",
                           [](const std::vector<double>&, std::uint32_t replicate) {
                               return MadeUp{.returned = replicate < 36};
                           });
    const MadeUpStudy other("title: Another\nreplicates: 40\ndesign: {list: [{}]}\n",
                            [](const std::vector<double>&, std::uint32_t replicate) {
                                return MadeUp{.returned = replicate < 30};
                            });
    CHECK(report_data({first.runs(), same.runs()}).levers.levers.size() == 2);
    CHECK_THROWS_WITH(report_data({first.runs(), other.runs()}),
                      Catch::Contains("the same settings") &&
                          Catch::Contains("as many replicates"));
}

TEST_CASE("Intervals of means count what runs share", "[report][estimate]")
{
    const std::vector<double> a{1, 1, 0, 1, 0, 1}, b{0, 1, 0, 0, 0, 1};
    const Estimate pairs = paired_mean_difference(a, b, false);
    const Grouped first{a, {0, 1, 2, 3, 4, 5}}, second{b, {0, 1, 2, 3, 4, 5}};
    const Estimate grouped = difference_of(first, second);
    CHECK(grouped.value == Approx(pairs.value));
    CHECK(grouped.high == Approx(pairs.high));

    // ten copies of each value tell no more than one
    Grouped copies;
    for (std::uint64_t k = 0; k < 60; ++k) {
        copies.values.push_back(a[k / 10]);
        copies.groups.push_back(k / 10);
    }
    CHECK(mean_of(copies).high == Approx(mean_of(first).high));

    const Estimate alike = paired_mean_difference(a, a, true);
    CHECK(alike.value == 0);
    CHECK(alike.low < 0); // six pairs without a difference do not prove that there is none
    CHECK_FALSE(alike.excludes_zero());
}

} // namespace walkout
