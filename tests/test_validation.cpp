#include "sim/core/twin.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/study/members.hpp"
#include "sim/study/summary.hpp"
#include "tests/cli_support.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace walkout;

namespace {

constexpr std::uint32_t replicates = 500;

Scenario seed_case(const std::string& variant = "")
{
    const auto file = checkout() / "scenarios" / ("openai_2023" + variant + ".yaml");
    return io::read_scenario(file.string()).scenario;
}

std::vector<RunResult> runs_of(const Scenario& scenario)
{
    Progress progress;
    return run_all(scenario, 2023, replicates, 0, progress);
}

double median_names(const std::vector<RunResult>& runs, Hours time)
{
    std::vector<double> names;
    for (const RunResult& run : runs)
        names.push_back(run.names_at(time));
    return quantile(names, 0.5);
}

Comparison difference(const std::vector<RunResult>& a, const std::vector<RunResult>& b,
                      const std::string& measure)
{
    for (const Comparison& row : compare(a, b, 240))
        if (row.measure == measure)
            return row;
    FAIL("no measure " << measure);
    return {};
}

double share_of(const std::vector<RunResult>& runs, Outcome outcome)
{
    return static_cast<double>(std::ranges::count(runs, outcome, &RunResult::outcome)) /
           static_cast<double>(runs.size());
}

} // namespace

TEST_CASE("the seed case passes the recorded counts", "[validation]")
{
    const auto runs = runs_of(seed_case());
    const auto within = [&](Hours time, double low, double high) {
        const double names = median_names(runs, time);
        INFO("hour " << time << ": " << names << " names");
        CHECK(names >= low);
        CHECK(names <= high);
    };
    within(65.806, 505, 550); // Monday 05:48
    within(68.2, 635, 665);   // 08:12
    within(69.65, 690, 705);  // 09:39
    within(74.167, 730, 746); // 14:10
    within(96, 740, 750);     // Tuesday noon
    const auto median = [&](double Measures::*measure, double p) {
        std::vector<double> values;
        for (const RunResult& run : runs)
            values.push_back(run.measures.*measure);
        return quantile(values, p);
    };
    CHECK(median(&Measures::signed_in_two_hours, 0.5) >= 450);
    CHECK(median(&Measures::left_before_deadline_share, 0.5) <= 0.01);
    CHECK(share_of(runs, Outcome::returned) > 0.5);
    CHECK(median(&Measures::hours_to_return, 0.05) < 106);
    CHECK(median(&Measures::hours_to_return, 0.95) > 106);
}

namespace {

/// The published draws of the fit of the seed case, as a study in a folder.
struct PublishedFit {
    TemporaryFolder folder;
    io::StudyFile file;
    Plan plan;
    Members members;

    PublishedFit() : file(read()), plan(file.study), members(file, plan) {}

    io::StudyFile read() const
    {
        const auto from = checkout() / "results" / "calibration";
        std::filesystem::copy_file(from / "posterior.csv", folder / "posterior.csv");
        const auto fit = io::read_study(
            (checkout() / "scenarios" / "studies" / "openai_2023_fit.yaml").string());
        const auto scenario =
            std::filesystem::relative(checkout() / "scenarios" / "openai_2023.yaml", folder.path());
        std::string text = "scenario: " + scenario.string() + "\nparameters:\n";
        for (const StudyParameter& parameter : fit.study.parameters)
            text += "  " + parameter.name + ": {path: " + parameter.paths.front() + "}\n";
        write_text(folder / "draws.yaml", text + "design: {table: posterior.csv}\nreplicates: 1\n");
        return io::read_study((folder / "draws.yaml").string());
    }

    /// A run of each draw, each with luck of its own.
    std::vector<RunResult> runs() const
    {
        std::vector<RunResult> runs;
        for (std::uint64_t k = 0; k < plan.members(); ++k) {
            PlannedRun run = plan.run(k);
            run.replicate = static_cast<std::uint32_t>(run.point);
            runs.push_back(members.make(run));
        }
        return runs;
    }
};

} // namespace

TEST_CASE("runs of the posterior hold the recorded counts of the seed case",
          "[validation][calibration]")
{
    const PublishedFit fit;
    const auto runs = fit.runs();
    CHECK(runs.size() >= 500);
    int points = 0, in_80 = 0, in_95 = 0;
    for (const RecordPoint& point : seed_case().record) {
        if (!point.fit)
            continue;
        std::vector<double> names;
        for (const RunResult& run : runs)
            names.push_back(run.names_at(point.time));
        const auto inside = [&](double tail) {
            return quantile(names, tail) <= point.count && point.count <= quantile(names, 1 - tail);
        };
        ++points;
        in_80 += inside(0.1);
        in_95 += inside(0.025);
    }
    CHECK(points == 5);
    CHECK(in_80 >= 4);
    CHECK(in_95 == 5);
}

TEST_CASE("the seed case carries the medians of its published fit", "[validation][calibration]")
{
    const auto posterior =
        nlohmann::json::parse(read_text(checkout() / "results" / "calibration" / "posterior.json"));
    const io::ScenarioVariants seed((checkout() / "scenarios" / "openai_2023.yaml").string());
    CHECK(posterior["parameters"].size() >= 6);
    for (const auto& parameter : posterior["parameters"])
        for (const auto& path : parameter["paths"]) {
            const io::Setting& setting = seed.settings()[*seed.find(path.get<std::string>())];
            INFO(setting.path);
            const double median = parameter["posterior"][4];
            CHECK(setting.value == Approx(median).epsilon(0.01));
            const auto& origins = seed.file().origins;
            const auto origin = std::ranges::find(origins, setting.path, &io::Origin::path);
            REQUIRE(origin != origins.end());
            CHECK(origin->kind == "fitted");
            CHECK(origin->source.find("results/calibration") != std::string::npos);
        }
}

TEST_CASE("without the outside offer the board concedes later and more runs end in a mass exit",
          "[validation][crn]")
{
    const auto base = runs_of(seed_case()), variant = runs_of(seed_case("_no_offer"));
    CHECK(difference(variant, base, "hours_to_concession").difference.low > 0);
    CHECK(difference(variant, base, "peak_signed_share").difference.high <= 0);
    CHECK(share_of(variant, Outcome::mass_exit) > share_of(base, Outcome::mass_exit));
}

TEST_CASE("with reasons given on day one clearly fewer sign, with peers and without",
          "[validation][crn]")
{
    const Scenario base = seed_case(), variant = seed_case("_reasons_given");
    CHECK(difference(runs_of(variant), runs_of(base), "peak_signed_share").difference.high < -0.1);
    CHECK(difference(runs_of(no_peers(variant)), runs_of(no_peers(base)), "peak_signed_share")
              .difference.high < -0.1);
}

TEST_CASE("without a letter nobody can sign", "[validation]")
{
    for (const RunResult& run : runs_of(seed_case("_no_letter")))
        REQUIRE(run.signings.empty());
}

TEST_CASE("half the tick moves no measure of the seed case", "[validation][determinism]")
{
    Scenario fine = seed_case();
    fine.tick /= 2;
    CHECK(fingerprint_of(runs_of(fine)) == fingerprint_of(runs_of(seed_case())));
}
