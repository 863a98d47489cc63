#include "tests/study_support.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

namespace walkout {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

Json json_of(const Ended& ended)
{
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    return Json::parse(ended.out);
}

/// Sweep with --json.
Json sweep_json(const StudyFolder& study, std::vector<std::string> options = {})
{
    options.push_back("--json");
    return json_of(study.sweep(options));
}

} // namespace

TEST_CASE("sweep stores a study and says how it ends", "[study][cli]")
{
    const StudyFolder study;
    const Ended ended = study.sweep({});
    CHECK(ended.code == 0);
    CHECK(ended.out.starts_with("small\ngrid, 6 points of 2 parameters; 18 runs\n"));
    CHECK(ended.out.find("Point by point") != std::string::npos);
    CHECK(ended.out.find("fingerprint ") != std::string::npos);
    CHECK(ended.out.find('\x1b') == std::string::npos);
    CHECK(ended.err == "walkout: 18 runs are stored in results/small/study.sqlite\n"
                       "walkout: wrote results/small/report.html\n");
    CHECK(study.folder.files() ==
          std::vector<std::string>{"letter.yaml", "results/small/report.html",
                                   "results/small/study.sqlite", "small.yaml"});
    const Json json = sweep_json(study);
    CHECK(json.at("stored") == 18);
    CHECK(json.at("complete") == true);
    CHECK(json.at("points") == 6);
    const auto rows = fields_of(study.runs_csv());
    REQUIRE(rows.size() == 19);
    CHECK(rows[0][0] == "run");
    CHECK(rows[0][5] == "people.vigil");
}

TEST_CASE("a dry run prints the plan and makes nothing", "[study][cli]")
{
    const StudyFolder study;
    const Ended ended = study.sweep({"--dry-run"});
    CHECK(ended.code == 0);
    std::string text;
    std::istringstream lines(ended.out);
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("  time") && !line.starts_with("  memory") &&
            !line.starts_with("  disk"))
            text += line + "\n";
    check_golden("cli/sweep_plan.txt", text);
    CHECK(line_count(ended.out) == line_count(text) + 3);
    CHECK(study.folder.files() == std::vector<std::string>{"letter.yaml", "small.yaml"});
}

TEST_CASE("a very large study is planned at once and not begun without yes", "[study][cli]")
{
    const StudyFolder study;
    write_text(study.folder / "small.yaml",
               "scenario: letter.yaml\nparameters: {people.vigil: {range: [0, 50%]}}\n"
               "design: {latin_hypercube: {points: 10000000}}\nreplicates: 1\n");
    CHECK(study.sweep({"--dry-run"}).out.find("10,000,000") != std::string::npos);
    const Ended refused = study.sweep({});
    CHECK(refused.code == 4);
    CHECK(refused.err.find("--yes begins") != std::string::npos);
    CHECK_FALSE(fs::exists(study.folder / "results"));
    CHECK(study.sweep({"--yes", "--stop-after", "10"}).code == 0);
}

/// Kilobytes that a sweep has in memory at most. GNU time stands between, because what a child has
/// of its parent before it begins counts, too. The smaller of two calls: a busy machine only adds.
double peak_memory_of(const StudyFolder& study)
{
    Setting setting;
    setting.folder = study.folder.path();
    double least = 1e9;
    for (int k = 0; k < 2; ++k) {
        const Ended ended =
            run_program({"time", "--format=%M", "--output=peak", WALKOUT_PROGRAM, "sweep",
                         "small.yaml", "--jobs", "2", "--no-page", "--new"},
                        setting);
        INFO(ended.err);
        REQUIRE(ended.code == 0);
        least = std::min(least, std::stod(read_text(study.folder / "peak")));
    }
    return least;
}

TEST_CASE("memory does not grow with the runs", "[study][cli]")
{
    const StudyFolder small(170), large(8000); // times six points
    const double before = peak_memory_of(small), after = peak_memory_of(large);
    CHECK(before > 1000);
    INFO(before << " kB for 1,020 runs, " << after << " for 48,000");
    CHECK(after < 1.1 * before);
}

TEST_CASE("any run, made again by its number, gives its fingerprint", "[study][cli]")
{
    const StudyFolder study;
    sweep_json(study);
    const auto rows = fields_of(study.runs_csv());
    const auto column = std::ranges::find(rows[0], "fingerprint") - rows[0].begin();
    for (std::size_t k = 1; k < rows.size(); k += 3) {
        const Json again = sweep_json(study, {"--run", rows[k][0]});
        CHECK(again.at("fingerprint") == rows[k][static_cast<std::size_t>(column)]);
        CHECK(std::to_string(again.at("point").get<int>()) == rows[k][2]);
    }
    const Ended text = study.sweep({"--run", "3"});
    CHECK(text.out.find("walkout explain letter.yaml --seed 1 --replicate 0 --set ") !=
          std::string::npos);
    const Ended none = study.sweep({"--run", "18"});
    CHECK(none.code == 2);
    CHECK(none.err.find("there is no run 18: they go from 0 to 17") != std::string::npos);
}

// ---------------------------------------------------------------- interruptions

TEST_CASE("a study that stops goes on with the same command", "[study][cli]")
{
    const StudyFolder study(50), whole(50);
    CHECK(sweep_json(whole).at("stored") == 300);
    const Ended first = study.sweep({"--stop-after", "70"});
    CHECK(first.code == 0);
    CHECK(first.err.find("70 runs are stored") != std::string::npos);
    CHECK(first.err.find("the same command goes on") != std::string::npos);
    const auto rows = fields_of(study.runs_csv());
    CHECK(rows.size() == 71);
    CHECK(rows.back()[3] == "11"); // replicates: each point has 11 or 12
    CHECK(sweep_json(study).at("stored") == 300);
    CHECK(study.runs_csv() == whole.runs_csv());
    study.write(60);
    CHECK(sweep_json(study).at("stored") == 360); // more replicates go on, too
}

TEST_CASE("Ctrl-C and SIGTERM leave a study that goes on", "[study][cli][errors]")
{
    const int number = GENERATE(SIGINT, SIGTERM);
    const StudyFolder study(30'000);
    Setting setting;
    bool sent = false;
    setting.meanwhile = [&](pid_t child, const std::string&) {
        if (!sent && fs::exists(study.folder / "results/small/study.sqlite"))
            sent = ::kill(child, number) == 0;
    };
    const Ended ended = study.sweep({"--jobs", "1"}, setting);
    CHECK(sent);
    CHECK(ended.code == 128 + number);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("runs are stored in results/small/study.sqlite; the same command goes "
                         "on") != std::string::npos);
    const std::size_t before = line_count(study.runs_csv());
    CHECK(study.sweep({"--stop-after", "100"}).code == 0);
    CHECK(line_count(study.runs_csv()) == before + 100);
}

TEST_CASE("a study killed twenty times loses nothing and makes nothing twice",
          "[study][cli][errors]")
{
    const StudyFolder study(5000), whole(5000);
    std::mt19937 luck(7);
    std::size_t kept = 0, kills = 0;
    for (int k = 0; k < 20; ++k) {
        const auto delay = std::chrono::milliseconds(luck() % 120);
        const auto begin = std::chrono::steady_clock::now();
        Setting setting;
        bool sent = false;
        setting.meanwhile = [&](pid_t child, const std::string&) {
            if (!sent && std::chrono::steady_clock::now() - begin > delay)
                sent = ::kill(child, SIGKILL) == 0;
        };
        const Ended ended = study.sweep({}, setting);
        kills += ended.code == 128 + SIGKILL;
        if (!fs::exists(study.folder / "results/small/study.sqlite") || kills == 1)
            continue;
        // A look in between: what was there stays, in order and without a gap.
        Setting here;
        here.folder = study.folder.path();
        if (walkout({"export-study", "results/small", "--no-netcdf"}, here).code != 0)
            continue; // killed before the store was begun
        const auto rows = fields_of(read_text(study.folder / "results/small/runs.csv"));
        CHECK(rows.size() >= kept);
        kept = rows.size();
        for (std::size_t r = 1; r < rows.size(); ++r)
            if (rows[r][0] != std::to_string(r - 1))
                FAIL("run " << rows[r][0] << " stands at " << r - 1);
    }
    CHECK(kills >= 15);
    CHECK(study.sweep({}).code == 0);
    CHECK(whole.sweep({}).code == 0);
    const std::string csv = study.runs_csv();
    CHECK(line_count(csv) == 30'001);
    CHECK((csv == whole.runs_csv())); // in brackets: a difference would print both
}

TEST_CASE("a full disk ends with 5, and the study goes on when there is space",
          "[study][cli][errors]")
{
    const StudyFolder study(4000), whole(4000);
    const NearlyFullDisk disk(study);
    if (!disk.mounted())
        return;
    const Ended full = study.sweep({"--out", "disk/small"});
    CHECK(full.code == 5);
    CHECK(full.err.find("no space left for 'disk/small/study.sqlite'; free some, and the same "
                        "command goes on") != std::string::npos);
    CHECK(line_count(full.err) == 1);
    disk.make_space();
    CHECK(study.sweep({"--out", "disk/small"}).code == 0);
    CHECK(whole.sweep({}).code == 0);
    CHECK((study.runs_csv("disk/small") == whole.runs_csv()));
}

TEST_CASE("a store that may not grow ends with 5, and goes on later", "[study][cli][errors]")
{
    const StudyFolder study(2000), whole(2000);
    Setting setting;
    setting.largest_file = 300 << 10;
    const Ended stopped = study.sweep({}, setting);
    CHECK(stopped.code == 5);
    CHECK(line_count(stopped.err) == 1);
    CHECK(study.sweep({}).code == 0);
    CHECK(whole.sweep({}).code == 0);
    CHECK((study.runs_csv() == whole.runs_csv()));
}

// ---------------------------------------------------------------- another world

TEST_CASE("a changed world is refused with what changed, and begun anew beside it",
          "[study][cli][errors]")
{
    const StudyFolder study;
    sweep_json(study, {"--stop-after", "5"});
    std::string scenario = read_text(study.folder / "letter.yaml");
    scenario.replace(scenario.find("allegiance_mean: 0.2"), 20, "allegiance_mean: 0.3");
    write_text(study.folder / "letter.yaml", scenario);
    const Ended refused = study.sweep({});
    CHECK(refused.code == 2);
    CHECK(refused.out.empty());
    check_golden("cli/sweep_changed_world.txt", refused.err);
    CHECK(line_count(study.runs_csv()) == 6);
    const Ended anew = study.sweep({"--new"});
    CHECK(anew.code == 0);
    CHECK(anew.err.find("results/small-2/study.sqlite") != std::string::npos);
    CHECK(line_count(study.runs_csv()) == 6);
    CHECK(line_count(study.runs_csv("results/small-2")) == 19);
    study.write(2);
    CHECK(study.sweep({"--out", "results/small-2"}).code == 5); // fewer runs than are stored
}

TEST_CASE("a program that computes other numbers does not go on", "[study][cli][errors]")
{
    const StudyFolder study;
    sweep_json(study, {"--stop-after", "5"});
    if (run_program({"sqlite3", (study.folder / "results/small/study.sqlite").string(),
                     "UPDATE runs SET fingerprint = '00000000000000aa' WHERE run = 0"})
            .code != 0) {
        WARN("skipped: no sqlite3 here");
        return;
    }
    const Ended refused = study.sweep({});
    CHECK(refused.code == 2);
    CHECK(refused.err.find("run 0 had fingerprint 00000000000000aa, has ") != std::string::npos);
}

// ---------------------------------------------------------------- shards

TEST_CASE("shards merge to what one program alone would have stored", "[study][cli]")
{
    const StudyFolder study(20), whole(20);
    CHECK(whole.sweep({}).code == 0);
    const Ended early = study.sweep({"--merge"});
    CHECK(early.code == 2);
    CHECK(early.err.find("make the shards first") != std::string::npos);
    for (const char* shard : {"1/3", "3/3"})
        CHECK(study.sweep({"--shard", shard}).code == 0);
    const Ended gap = study.sweep({"--merge"});
    CHECK(gap.code == 2);
    CHECK(gap.err.find("shard 2 of 3 is missing") != std::string::npos);
    CHECK(study.sweep({"--shard", "2/3", "--stop-after", "3"}).code == 0);
    CHECK(study.sweep({"--merge"}).code == 5);
    CHECK(study.sweep({"--shard", "2/3"}).code == 0);
    const Ended merged = study.sweep({"--merge"});
    CHECK(merged.code == 0);
    CHECK(merged.err.find("3 shards merged: no gap, no overlap") != std::string::npos);
    fs::copy_file(study.folder / "results/small/study-1-of-3.sqlite",
                  study.folder / "results/small/study-1-of-4.sqlite");
    fs::rename(study.folder / "results/small/study.sqlite", study.folder / "kept.sqlite");
    const Ended mixed = study.sweep({"--merge"});
    CHECK(mixed.code == 2);
    CHECK(mixed.err.find("holds shards of 3 and of 4") != std::string::npos);
    fs::remove(study.folder / "results/small/study-1-of-4.sqlite");
    fs::rename(study.folder / "kept.sqlite", study.folder / "results/small/study.sqlite");
    CHECK(study.runs_csv() == whole.runs_csv());
    CHECK(study.sweep({"--merge"}).code == 2);
    for (const char* wrong : {"0/3", "4/3", "3", "a/b", "1/", "/2", "-1/3"})
        CHECK(study.sweep({"--shard", wrong}).code == 2);
}

// ---------------------------------------------------------------- export

TEST_CASE("export writes tables that agree with the store", "[study][cli]")
{
    const StudyFolder study;
    sweep_json(study);
    Setting setting;
    setting.folder = study.folder.path();
    const Ended ended = walkout(
        {"export-study", "results/small", "--curves", "--no-netcdf", "--out", "t"}, setting);
    CHECK(ended.code == 0);
    CHECK(ended.err == "walkout: wrote runs.csv, curves.csv to t/\n");
    const auto curves = fields_of(read_text(study.folder / "t/curves.csv"));
    CHECK(curves[0] == std::vector<std::string>{"run", "scenario", "point", "replicate", "time",
                                                "signed", "posted", "gone"});
    CHECK(curves.size() == 1 + 18 * 33); // hours 0 to 32
    CHECK(walkout({"export-study", "nowhere"}, setting).code == 5);
    const fs::path sibling = fs::path(WALKOUT_PROGRAM).parent_path() / "walkout-netcdf";
    if (!fs::exists(sibling)) {
        WARN("skipped: built without NetCDF");
        return;
    }
    CHECK(walkout({"export-study", "results/small"}, setting).code == 0);
    CHECK(read_text(study.folder / "results/small/study.nc").starts_with("\x89HDF"));
    CHECK(study.folder.files() ==
          std::vector<std::string>{"letter.yaml", "results/small/report.html",
                                   "results/small/runs.csv", "results/small/study.nc",
                                   "results/small/study.sqlite", "small.yaml", "t/curves.csv",
                                   "t/runs.csv"});
}

} // namespace walkout
