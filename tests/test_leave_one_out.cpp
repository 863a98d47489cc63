#include "sim/study/distribution.hpp"
#include "sim/study/statistics.hpp"
#include "sim/validation/pool.hpp"
#include "sim/validation/validation.hpp"
#include "tests/cli_support.hpp"
#include "tests/study_support.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <csignal>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace walkout {

namespace {

using Json = nlohmann::json;

// ---------------------------------------------------------------- scores

/// CRPS of a normal distribution (Gneiting & Raftery 2007, section 4.2).
double crps_of_normal(double mean, double sd, double z)
{
    const double t = (z - mean) / sd;
    const double density = std::exp(-0.5 * t * t) / std::sqrt(2 * M_PI);
    return sd * (t * (2 * normal_share(t) - 1) + 2 * density - 1 / std::sqrt(M_PI));
}

// ---------------------------------------------------------------- a library made by the model

/// A petition whose outcome turns on the coded allegiance.
std::string story(std::size_t number, double allegiance, double trust, bool recorded = true)
{
    return fmt::format(R"(title: Made up {0}
start: 20{1:02}-03-03T09:00+00:00
horizon: 3d
tick: 1h
{2}
organization: {{headcount: 120}}
people:
  kind: coded
  allegiance_mean: {3}
  trust_mean: {4}
leaders:
  plus: {{role: the leader}}
board:
  directors: {{Owner: {{resolve: 50}}}}
events:
  petition: {{at: 2h, do: {{petition: {{broadcast_rate: {{value: 1/h, kind: coded}}, visibility: {{value: 100%, kind: coded}}}}}}}}
)",
                       number, number + 10,
                       recorded ? fmt::format("record: records/case_{}.csv", number) : "",
                       allegiance, trust);
}

std::string record_of(std::size_t number, int count)
{
    return fmt::format("time,count,low,high,fit\n20{:02}-03-05T09:00+00:00,{},{},{},yes\n",
                       number + 10, count, count, count);
}

constexpr const char* study_text = R"(library: cases
seed: 5
parameters:
  cost: {path: mechanisms.cost.sign, range: [0.4, 1.6]}
  peers: {path: mechanisms.inclination.peer_weight, range: [0, 0.6]}
design: {sobol: {points: 96}}
replicates: 2
)";

/// A folder with a study and its library.
struct LibraryFolder {
    TemporaryFolder folder;

    LibraryFolder()
    {
        std::filesystem::create_directories(folder / "cases/records");
        write_text(folder / "study.yaml", study_text);
    }

    void add(std::size_t number, double allegiance, double trust, int count) const
    {
        const std::string name = fmt::format("case_{}", number);
        write_text(folder / ("cases/" + name + ".yaml"), story(number, allegiance, trust));
        write_text(folder / ("cases/records/" + name + ".csv"), record_of(number, count));
    }

    io::StudyFile read() const { return io::read_study((folder / "study.yaml").string()); }
};

/// What the model itself does at one point of the priors, with a coding error and an error of its
/// own.
int made_count(const LibraryFolder& library, std::size_t number, double allegiance, double trust)
{
    write_text(library.folder / "truth.yaml", story(number, allegiance, trust, false));
    const io::ScenarioVariants truth(
        (library.folder / "truth.yaml").string(),
        {"mechanisms.cost.sign=0.9", "mechanisms.inclination.peer_weight=0.3"});
    const RunResult result =
        run(truth.file().scenario, {.seed = 77, .replicate = static_cast<std::uint32_t>(number)});
    const double wobble = 0.5 * std::sin(2.4 * static_cast<double>(number)); // logits
    const double share = share_of(logit_of_count(result.names_at(48), 120) + wobble);
    return static_cast<int>(std::lround(120 * share));
}

/// Twelve crises that differ in allegiance and trust.
LibraryFolder& made_by_the_model()
{
    static LibraryFolder library;
    static const bool made = [] {
        for (std::size_t k = 0; k < 12; ++k) {
            const double allegiance = -0.5 + 0.1 * static_cast<double>((5 * k) % 12);
            const double trust = k % 2 == 0 ? 0.3 : 0.6;
            const int count = made_count(library, k, allegiance, trust);
            library.add(k, allegiance, trust, count);
        }
        return true;
    }();
    static_cast<void>(made);
    return library;
}

Validation validated(const io::StudyFile& file, ValidationSettings settings)
{
    settings.replicates = file.study.replicates.least;
    settings.seed = file.study.seed;
    Progress progress;
    Journal nowhere(nullptr, 0, progress);
    return validate(file, library_of(file, settings.most_people), settings, nowhere);
}

} // namespace

TEST_CASE("what coding errors did is taken out of the runs of a case", "[validation]")
{
    // logit = level of the point + 2 x - y, with one run that failed
    std::vector<PooledRun> runs;
    std::vector<std::vector<double>> shifts;
    std::vector<double> exact;
    for (int k = 0; k < 80; ++k) {
        const double x = (k * 37 % 80) / 80.0 - 0.5, y = (k * 53 % 80) / 80.0 - 0.5;
        exact.push_back(0.1 * (k / 4));
        runs.push_back({.logit = exact.back() + 2 * x - y});
        shifts.push_back({x, y});
    }
    runs[6].error = "failed";
    const ExactlyCoded coded = without_coding_errors(runs, &PooledRun::logit, 4, shifts);
    CHECK(coded.variance == Approx((4.0 + 1.0) / 12));
    for (std::size_t k = 0; k < runs.size(); ++k)
        if (k == 6)
            CHECK(std::isnan(coded.logits[k]));
        else
            CHECK(coded.logits[k] == Approx(exact[k]).margin(1e-9));
}

TEST_CASE("a likelihood takes all coding errors into account at once", "[validation]")
{
    const ExactlyCoded coded{.logits = std::vector<double>(4, 0.0), .variance = 0.36};
    const RecordedShare recorded{.logit = 0.5, .sd = 0.1};
    const std::vector<double> discrepancy{0.3};
    const double variance = 0.36 + 0.09 + 0.01; // of coding, discrepancy and counting
    CHECK(log_likelihood(recorded, coded, 4, discrepancy)[0] ==
          Approx(-0.5 * 0.25 / variance - 0.5 * std::log(variance)));
    CHECK(without_coding_errors(std::vector<PooledRun>(4), &PooledRun::logit, 4, {}).variance == 0);
}

TEST_CASE("the CRPS of a forecast is that of its closed form", "[validate]")
{
    const ShareForecast forecast = ShareForecast::normal(-1, 0.7);
    for (const double z : {-4.0, -1.0, -0.3, 2.0})
        CHECK(forecast.crps(z) == Approx(crps_of_normal(-1, 0.7, z)).margin(1e-4));
    CHECK(forecast.quantile(0.5) == Approx(-1).margin(1e-6));
    CHECK(forecast.quantile(0.95) == Approx(-1 + 0.7 * 1.6448536).margin(1e-4));
}

TEST_CASE("a CRPS in shares is the one of a certain share at its distance", "[validate]")
{
    const ShareForecast sure = ShareForecast::normal(logit(0.3), 0.011);
    CHECK(sure.crps_share(logit(0.8)) == Approx(0.5).margin(0.005));
}

TEST_CASE("a mixture is as likely below a point as its parts together", "[validate]")
{
    const ShareForecast both = ShareForecast::mixture({{{-2, 1}, {0.5, 2}}, {{1, 1}}}, {0.4, 1.5});
    for (const double z : {-3.0, -1.7, 0.0, 0.777, 4.0}) {
        const double expected = (normal_share((z + 2) / 0.4) + 2 * normal_share((z - 0.5) / 0.4) +
                                 normal_share((z - 1) / 1.5)) /
                                4;
        CHECK(both.cdf(z) == Approx(expected).margin(1e-4));
    }
}

TEST_CASE("Student's t has its own tails", "[validate]")
{
    const ShareForecast t = ShareForecast::student(0, 1, 7);
    CHECK(t.quantile(0.95) == Approx(1.894579).margin(1e-3));
    CHECK(t.quantile(0.975) == Approx(2.364624).margin(1e-3));
}

TEST_CASE("an interval is scored by its width and by how far it misses", "[validate]")
{
    CHECK(interval_score(1, 3, 2, 0.9) == Approx(2));
    CHECK(interval_score(1, 3, 0.5, 0.9) == Approx(2 + 20 * 0.5));
    CHECK(interval_score(1, 3, 3.1, 0.8) == Approx(2 + 10 * 0.1));
}

TEST_CASE("chances of outcomes are scored by squares", "[validate]")
{
    OutcomeChances chances{};
    chances[static_cast<std::size_t>(Outcome::returned)] = 0.7;
    chances[static_cast<std::size_t>(Outcome::partial)] = 0.3;
    CHECK(brier_score(chances, Outcome::returned) == Approx(0.18));
    CHECK(brier_score(chances, Outcome::mass_exit) == Approx(1 + 0.49 + 0.09));
    CHECK(most_probable(chances) == Outcome::returned);
}

TEST_CASE("a ridge regression finds a straight line and knows its error", "[validate]")
{
    std::vector<Features> rows;
    std::vector<double> answers;
    for (int k = 0; k < 12; ++k) {
        Features row{};
        row[0] = 0.1 * k;
        row[3] = (k * 7) % 5;
        rows.push_back(row);
        answers.push_back(2 - 3 * row[0] + 0.5 * row[3]);
    }
    const Ridge fit = fit_ridge(rows, answers);
    Features at{};
    at[0] = 0.55;
    at[3] = 2;
    CHECK(fit.penalty == 0.1);
    CHECK(fit.at(at) == Approx(2 - 3 * 0.55 + 1).margin(0.05));
    CHECK(fit.error < 0.1);
}

TEST_CASE("coded numbers move by at most half a step of the rubric", "[validate]")
{
    const auto variants = std::make_shared<const io::ScenarioVariants>(
        (checkout() / "scenarios/uber_2017.yaml").string());
    const auto inputs = coded_inputs(*variants);
    const auto named = [&](const std::string& path) {
        const auto found = std::ranges::find(inputs, path, &CodedInput::path);
        REQUIRE(found != inputs.end());
        return *found;
    };
    CHECK(named("people.allegiance_mean").shifted(0.5) == Approx(0.15));
    CHECK(named("people.trust_mean").shifted(-0.5) == Approx(0.3));
    CHECK(named("events.petition.do.petition.broadcast_rate").shifted(0.5) ==
          Approx(0.2 * std::exp(0.98)));
    CHECK(named("events.petition.do.petition.first_signers").shifted(-0.5) == 1); // it is whole
    CHECK(named("investors.stance").shifted(-0.5) == -1); // the end of its range
    for (const CodedInput& input : inputs)
        CHECK(input.shifted(0) == Approx(input.value));
    CHECK(std::ranges::none_of(
        inputs, [](const CodedInput& i) { return i.path.starts_with("mechanisms."); }));
}

TEST_CASE("points that no record contradicts weigh alike", "[validate]")
{
    const FoldWeights none = weights_without({}, std::nullopt, std::vector<double>(10, 0), 2);
    CHECK(none.effective_points == Approx(10));
    const std::vector<double> alike(20, 0);
    // Twenty points of which two agree with the only record.
    std::vector<double> likelihood(20, -never);
    likelihood[3] = likelihood[11] = -2;
    CHECK(weights_without({likelihood}, std::nullopt, alike, 1).effective_points == Approx(2));
    CHECK(weights_without({likelihood}, 0, alike, 1).effective_points == Approx(20));
}

TEST_CASE("points bent to a density have that density", "[validate]")
{
    // All weight in the second eighth of the first number, none known of the second.
    std::vector<std::vector<double>> seen;
    for (int k = 0; k < 8; ++k)
        seen.push_back({0.13 + 0.01 * k, 0.0625 + 0.125 * k});
    const ProposalDensity density(seen, std::vector<double>(8, 1));
    double mean_of_inverse = 0;
    int inside = 0;
    constexpr int n = 64;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
            const auto u = density.bent({(i + 0.5) / n, (j + 0.5) / n});
            inside += u[0] >= 0.125 && u[0] < 0.25 ? 1 : 0;
            mean_of_inverse += 1 / density.at(u) / (n * n); // the volume of the cube
        }
    CHECK(inside / double(n * n) == Approx(0.8 + 0.2 / 8).margin(0.02));
    CHECK(mean_of_inverse == Approx(1).margin(0.1));
}

TEST_CASE("tempered weights are worth what was asked for, or are left alone", "[validate]")
{
    std::vector<double> logs(100);
    for (std::size_t k = 0; k < logs.size(); ++k)
        logs[k] = -static_cast<double>(k);
    double sum = 0, squares = 0;
    for (const double weight : tempered(logs, 40)) {
        sum += weight;
        squares += weight * weight;
    }
    CHECK(sum * sum / squares == Approx(40).margin(0.01));
    const auto alone = tempered(std::vector<double>{0, -1}, 1);
    CHECK(alone[1] == Approx(std::exp(-1)));
}

TEST_CASE("an outcome is as likely as the shares on which its class rests", "[validate]")
{
    // One point with two runs: one far from a mass exit, one at the limit; no coding error.
    const double limit = logit(0.2);
    const ExactlyCoded left{.logits = {limit - 3, limit}, .variance = 0};
    const ExactlyCoded names{.logits = {logit(0.01), logit(0.01)}, .variance = 0};
    std::vector<PooledRun> runs(2, PooledRun{.outcome = Outcome::no_petition, .petition = false});
    const std::vector<double> nodes{1, 0.5};
    const auto chance = [&](Outcome recorded, std::size_t node, std::span<const PooledRun> of) {
        return std::exp(log_likelihood(recorded, of, names, left, 0.2, 2, nodes)[node]);
    };
    CHECK(chance(Outcome::mass_exit, 0, runs) == Approx(0.5 * (normal_share(-3) + 0.5)));
    CHECK(chance(Outcome::mass_exit, 1, runs) == Approx(0.5 * (normal_share(-6) + 0.5)));
    CHECK(chance(Outcome::no_petition, 0, runs) == Approx(0.5 * (normal_share(3) + 0.5)));
    CHECK(chance(Outcome::returned, 0, runs) == 0);
    runs[1].outcome = Outcome::returned;
    CHECK(chance(Outcome::returned, 0, runs) == Approx(0.5));
    // A coding error makes a class less certain.
    const ExactlyCoded unsure{.logits = left.logits, .variance = 3};
    CHECK(std::exp(log_likelihood(Outcome::mass_exit, std::vector<PooledRun>(2), names, unsure, 0.2,
                                  2, nodes)[0]) == Approx(0.5 * (normal_share(-1.5) + 0.5)));
}

TEST_CASE("the class of an outcome rests on the share when history counted it", "[validate]")
{
    LibraryFolder library;
    for (std::size_t k = 0; k < 4; ++k)
        library.add(k, 0.3, 0.3, 20); // counted at hour 48 of 72
    write_text(library.folder / "cases/records/case_0.csv",
               "time,count,low,high,fit\n2010-03-03T13:00+00:00,20,20,20,yes\n"); // at hour 4
    write_text(library.folder / "cases/case_4.yaml",
               story(4, 0.3, 0.3, false) + "outcome: standoff\n");
    const io::StudyFile file = library.read();
    const auto cases = library_of(file, 1000);
    const LibraryRuns runs(file, cases, file.study.seed, 1, false);
    const auto made = [&](std::size_t library_case) {
        return runs.make({.library_case = library_case});
    };
    CHECK(made(0).signed_logit == made(0).logit);
    CHECK(made(0).signed_logit < made(1).signed_logit); // two hours after the opening
    CHECK(made(1).signed_logit == made(1).logit);
    CHECK(made(4).signed_logit >= made(1).signed_logit); // not counted: the most
    CHECK(made(0).left_logit == made(1).left_logit);     // nobody counted who left
}

TEST_CASE("crises that the model made lie in their intervals, and no baseline does better",
          "[validate]")
{
    const Validation v = validated(made_by_the_model().read(), {});
    const PredictorScore& model = v.scores[0];
    REQUIRE(model.shares == 12);
    CHECK(v.failed == 0);
    CHECK(model.held[0] >= 7); // of 12 at 80 %: fewer have a chance of 0.4 %
    CHECK(model.held[2] >= 10);
    for (std::size_t k = 1; k < predictor_names.size(); ++k) {
        INFO(predictor_names[k]);
        CHECK(model.interval_score < v.scores[k].interval_score);
        CHECK(model.crps < v.scores[k].crps);
    }
}

TEST_CASE("a library in which all shares are the same belongs to the constant share", "[validate]")
{
    LibraryFolder library;
    for (std::size_t k = 0; k < 6; ++k)
        library.add(k, -0.6 + 0.2 * static_cast<double>(k), k % 2 == 0 ? 0.2 : 0.8,
                    30 + static_cast<int>(k % 3));
    const auto ended =
        walkout::walkout({"validate", "study.yaml", "--points", "32", "--out", "out"},
                         {.folder = library.folder.path()});
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.out.find("The model is worse than the baseline 'constant share' in:") !=
          std::string::npos);
}

TEST_CASE("a validation is the same on one, two and seven threads", "[validate][determinism]")
{
    const LibraryFolder& library = made_by_the_model();
    std::vector<std::string> texts;
    for (const char* jobs : {"1", "2", "7"}) {
        const auto ended = walkout::walkout({"validate", "study.yaml", "--points", "16", "--jobs",
                                             jobs, "--json", "--out", std::string("out_") + jobs},
                                            {.folder = library.folder.path()});
        REQUIRE(ended.code == 0);
        texts.push_back(ended.out);
        texts.push_back(
            read_text(library.folder / (std::string("out_") + jobs) / "predictions.csv"));
    }
    CHECK(texts[2] == texts[0]);
    CHECK(texts[4] == texts[0]);
    CHECK(texts[3] == texts[1]);
    CHECK(texts[5] == texts[1]);
}

TEST_CASE("a validation that is killed goes on to the same numbers", "[validate][crash]")
{
    const auto& folder = made_by_the_model().folder;
    const auto validate = [&](const std::string& out, const Setting& setting) {
        return walkout::walkout({"validate", "study.yaml", "--out", out}, setting);
    };
    const Setting here{.folder = folder.path()};
    REQUIRE(validate("whole", here).code == 0);
    int killed = 0;
    for (int k = 0; k < 3; ++k)
        killed += validate("killed",
                           killed_as_it_grows(here, folder / "killed/validation.sqlite", 10'000))
                      .code == 128 + SIGKILL;
    CHECK(killed > 0);
    const Ended ended = validate("killed", here);
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    for (const char* name : {"validation.json", "predictions.csv", "cases.csv"})
        CHECK(read_text(folder / "killed" / name) == read_text(folder / "whole" / name));
}

TEST_CASE("a validation of another library does not go on with the runs of this one",
          "[validate][errors]")
{
    LibraryFolder library;
    for (std::size_t k = 0; k < 5; ++k)
        library.add(k, 0.125 * static_cast<double>(k), 0.5, 20 + 9 * static_cast<int>(k));
    const Setting here{.folder = library.folder.path()};
    const std::vector<std::string> words{"validate", "study.yaml", "--points",
                                         "16",       "--out",      "out"};
    REQUIRE(walkout::walkout(words, here).code == 0);
    library.add(3, 0.9, 0.5, 47);
    const Ended refused = walkout::walkout(words, here);
    CHECK(refused.code == 2);
    INFO(refused.err);
    CHECK(refused.err.find("case_3: people.allegiance_mean was 0.375, is 0.9") !=
          std::string::npos);
    auto anew = words;
    anew.emplace_back("--new");
    CHECK(walkout::walkout(anew, here).code == 0);
    CHECK(std::filesystem::exists(library.folder / "out-2/validation.json"));
}

TEST_CASE("the library that comes with the program has eleven cases, nine with a count",
          "[validate]")
{
    const auto file = io::read_study((checkout() / "scenarios/studies/library.yaml").string());
    const auto cases = library_of(file, 1000);
    CHECK(cases.size() == 11);
    CHECK(std::ranges::count_if(cases,
                                [](const LibraryCase& c) { return c.recorded.has_value(); }) == 9);
    for (const LibraryCase& one : cases) {
        INFO(one.name);
        CHECK(one.outcome);
        CHECK(one.inputs.size() >= 5);
        CHECK(one.people <= 1000);
        CHECK(one.headcount_setting.has_value() == (one.headcount > 1000));
        CHECK(one.group_size_setting.has_value() == (one.headcount > 1000));
    }
    // Its last sound count, not the highest or the first.
    const auto seed_case = std::ranges::find(cases, "openai_2023", &LibraryCase::name);
    CHECK(seed_case->recorded->count == 746);
    CHECK(seed_case->petition);
}

TEST_CASE("a case dropped into the folder takes part, a variant and a made-up story do not",
          "[validate]")
{
    LibraryFolder library;
    for (std::size_t k = 0; k < 4; ++k)
        library.add(k, 0.1 * static_cast<double>(k), 0.5, 20 + 9 * static_cast<int>(k));
    CHECK(library.read().study.scenarios.size() == 4);
    write_text(library.folder / "cases/mine.yaml",
               story(9, 0.2, 0.4, false) + "outcome: failed_petition\n");
    write_text(library.folder / "cases/variant.yaml", "base: case_1.yaml\nhorizon: 2d\n");
    write_text(library.folder / "cases/made_up.yaml", story(8, 0.2, 0.4, false));
    const auto ended =
        walkout::walkout({"validate", "study.yaml", "--points", "16", "--json", "--out", "out"},
                         {.folder = library.folder.path()});
    REQUIRE(ended.code == 0);
    const Json all = Json::parse(ended.out);
    REQUIRE(all["cases"].size() == 5);
    const Json& mine = all["cases"][4];
    CHECK(mine["name"] == "mine");
    CHECK(mine["recorded"].is_null());
    CHECK(mine["by"]["model"]["share"].is_null());
    double sum = 0;
    for (const auto& [name, chance] : mine["by"]["model"]["chances"].items())
        sum += chance.get<double>();
    CHECK(sum == Approx(1).margin(1e-4));
    CHECK(mine["by"]["model"]["brier"].is_number());
}

TEST_CASE("a library too small to leave one out is refused", "[validate]")
{
    LibraryFolder library;
    for (std::size_t k = 0; k < 3; ++k)
        library.add(k, 0.1, 0.5, 40);
    const auto ended =
        walkout::walkout({"validate", "study.yaml"}, {.folder = library.folder.path()});
    CHECK(ended.code == 2);
    CHECK(ended.err.find("3 of its cases have a recorded share; at least 4 are needed") !=
          std::string::npos);
}

TEST_CASE("few effective points are told, with what helps", "[validate]")
{
    const auto ended =
        walkout::walkout({"validate", "study.yaml", "--points", "16", "--out", "few"},
                         {.folder = made_by_the_model().folder.path()});
    CHECK(ended.out.find("ask for more with --points") != std::string::npos);
}

TEST_CASE("without coding errors the intervals of the library are not wider", "[validate]")
{
    const io::StudyFile file = made_by_the_model().read();
    const auto width = [&](bool coding_error) {
        double sum = 0;
        for (const ValidatedCase& one : validated(file, {.coding_error = coding_error}).cases)
            sum += one.by[0].share->high[scored_level] - one.by[0].share->low[scored_level];
        return sum;
    };
    CHECK(width(false) < width(true));
}

} // namespace walkout
