#include "sim/study/members.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/sweep.hpp"
#include "tests/study_support.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <random>
#include <set>

namespace walkout {

namespace fs = std::filesystem;

namespace {

std::string study_with(const std::string& design)
{
    return "scenario: letter.yaml\n"
           "parameters:\n"
           "  people.vigil: {values: [0, 20%, 40%]}\n"
           "  letter: {path: events.letter.enabled, values: [true, false]}\n"
           "  opening: {path: events.letter.at, linear: {from: 2h, to: 20h, steps: 4}}\n"
           "replicates: 3\n"
           "design: " +
           design + "\n";
}

/// A table of points where every twentieth fails: the letter comes after the end. `sweep` tries
/// 2000 points before it begins; the wrong ones are among the others.
std::string table_with_failures(std::uint64_t points)
{
    constexpr std::uint64_t most_tried = 2000; // of Members::check_points
    std::set<std::uint64_t> tried;
    for (std::uint64_t i = 0; i < most_tried; ++i)
        tried.insert(i * (points - 1) / (most_tried - 1));
    std::string text = "people.vigil,events.letter.at\n";
    std::uint64_t hidden = 0;
    for (std::uint64_t p = 0; p < points; ++p)
        text += fmt::format("{}%,{}h\n", p % 50,
                            !tried.contains(p) && hidden++ % 10 == 0 ? 40 : 3 + p % 7);
    return text;
}

/// What a shell prints for a command line, with our program first in its path.
Ended in_shell(const std::string& command, const fs::path& folder)
{
    const std::string programs = fs::path(WALKOUT_PROGRAM).parent_path().string();
    Setting setting;
    setting.folder = folder;
    setting.extra["PATH"] = programs + ":/usr/bin:/bin";
    return run_program({"sh", "-c", command}, setting);
}

} // namespace

TEST_CASE("a row of any design, made again alone, is the same row", "[study][determinism]")
{
    const std::string design =
        GENERATE("grid", "one_at_a_time", "{latin_hypercube: {points: 20}}",
                 "{sobol: {points: 16}}", "{saltelli: {points: 8}}", "{morris: {trajectories: 5}}",
                 "{list: [{people.vigil: 3%}, {opening: 5h}, {letter: false}]}");
    INFO(design);
    const bool samples = design.find("hypercube") != std::string::npos ||
                         design.find("sobol") != std::string::npos ||
                         design.find("saltelli") != std::string::npos;
    std::string text = study_with(design);
    if (samples)
        text.replace(text.find("linear: {from: 2h, to: 20h, steps: 4}"), 37, "range: [2h, 20h]");
    if (design.find("list") != std::string::npos)
        text = "scenario: letter.yaml\nreplicates: 3\ndesign: " + design +
               "\nparameters: {people.vigil: {}, letter: {path: events.letter.enabled}, "
               "opening: {path: events.letter.at}}\n";
    if (design.find("hypercube") != std::string::npos)
        text += "common_luck: false\n";
    const StudyFolder study;
    write_text(study.folder / "small.yaml", text);
    const Ended swept = study.sweep({});
    INFO(swept.err);
    REQUIRE(swept.code == 0);

    const Store store = Store::open((study.folder / "results/small/study.sqlite").string());
    const io::StudyFile file = io::read_study((study.folder / "small.yaml").string());
    const Plan plan(file.study);
    const Members members(file, plan);
    const RowMaker make(file, plan, [&](const PlannedRun& run) { return members.make(run); });
    std::uint64_t seen = 0;
    store.for_each([&](const RunRow& row) {
        const RunRow again = make(plan.run(row.number));
        CHECK(again.fingerprint == row.fingerprint);
        CHECK(again.measures == row.measures);
        CHECK(again.curve == row.curve);
        CHECK(again.seed == row.seed);
        ++seen;
    });
    CHECK(seen == plan.most_runs());

    std::mt19937_64 luck(seen);
    const RunRow row = *store.run(luck() % seen);
    const Ended shown =
        in_shell(fmt::format("walkout sweep small.yaml --run {}", row.number), study.folder.path());
    CHECK(shown.code == 0);
    CHECK(shown.out.find("fingerprint " + row.fingerprint) != std::string::npos);
}

TEST_CASE("runs that fail are counted, shown, and fail again by the command in their row",
          "[study][cli][errors]")
{
    const StudyFolder study;
    const std::string name = "it's mine.yaml";
    write_text(study.folder / "points.csv", table_with_failures(4001));
    write_text(study.folder / name, "scenario: letter.yaml\nreplicates: 1\n"
                                    "design: {table: points.csv}\n"
                                    "parameters: {people.vigil: {}, events.letter.at: {}}\n");
    Setting setting;
    setting.folder = study.folder.path();
    const Ended swept = walkout({"sweep", name}, setting);
    INFO(swept.err);
    CHECK(swept.code == 3);
    const Store store = Store::open((study.folder / "results/it's mine/study.sqlite").string());
    CHECK(store.runs() == 4001);
    CHECK(store.failed() == 201);
    CHECK(swept.out.find("201 runs failed and are left out above") != std::string::npos);
    CHECK(swept.out.find("... and 198 more") != std::string::npos);

    std::vector<RunRow> failed;
    store.for_each([&](const RunRow& row) {
        if (!row.error.empty())
            failed.push_back(row);
    });
    std::mt19937 luck(3);
    for (int k = 0; k < 3; ++k) {
        const RunRow& row = failed[luck() % failed.size()];
        const Ended again = in_shell(row.command, study.folder.path());
        CHECK(again.code == 3);
        CHECK(again.out.find("failed: " + row.error) != std::string::npos);
    }
    // The table survives the way through a file, too, and all other rows are whole.
    const Ended exported = walkout({"export-study", "results/it's mine", "--no-netcdf"}, setting);
    CHECK(exported.code == 0);
    CHECK(line_count(read_text(study.folder / "results/it's mine/runs.csv")) == 4002);
}

} // namespace walkout
