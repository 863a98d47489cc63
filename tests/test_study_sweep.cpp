#include "sim/study/journal.hpp"
#include "sim/study/members.hpp"
#include "sim/study/merge.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/study_csv.hpp"
#include "sim/study/sweep.hpp"
#include "tests/cli_support.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace walkout {

namespace fs = std::filesystem;

namespace {

/// A small study beside the smallest scenario: 12 points, three replicates.
constexpr const char* small = R"(scenario: letter.yaml
parameters:
  people.vigil: {values: [0, 20%, 40%]}
  letter: {path: events.letter.enabled, values: [true, false]}
  allegiance: {path: people.allegiance_mean, linear: {from: 0, to: 0.5, steps: 2}}
replicates: 3
)";

std::string write_study(const fs::path& folder, const std::string& text)
{
    fs::copy_file(checkout() / "scenarios" / "letter.yaml", folder / "letter.yaml",
                  fs::copy_options::overwrite_existing);
    write_text(folder / "study.yaml", text);
    return (folder / "study.yaml").string();
}

/// A study ready to be swept, in a folder of its own.
struct Prepared {
    TemporaryFolder folder;
    io::StudyFile file;
    Plan plan;
    Members members;

    explicit Prepared(const std::string& text)
        : file(io::read_study(write_study(folder.path(), text))), plan(file.study),
          members(file, plan)
    {
    }

    StudyRecord record(Shard shard = {}) const { return record_of(file, plan, shard, "test"); }

    RunMaker maker() const
    {
        return [this](const PlannedRun& run) { return members.make(run); };
    }
};

/// How much of a study is swept, by how many threads.
struct Stretch {
    unsigned jobs = 0;
    std::uint64_t stop_after = 0;
};

/// Sweep into a store, going on with what is there.
bool sweep_into(const Prepared& study, Store& store, const Stretch& stretch, const RunMaker& make,
                Shard shard = {})
{
    const SweepSettings settings{.stop_after = stretch.stop_after,
                                 .on_failure = study.file.study.on_failure,
                                 .until_measure = study.file.study.replicates.measure};
    RunSequence sequence(study.file.study, study.plan, shard);
    resume(sequence, store, settings.until_measure);
    SweepProgress progress;
    ThreadWorkers threads(RowMaker(study.file, study.plan, make), stretch.jobs);
    return sweep(sequence, store, threads, settings, progress);
}

std::string csv_of(const Store& store)
{
    std::string text;
    write_runs_csv(store, [&](std::string_view piece) { text += piece; });
    return text;
}

/// The table of a study swept at once on some threads.
std::string csv_of(const Prepared& study, unsigned jobs, const RunMaker& make)
{
    Store store =
        Store::create((study.folder / fmt::format("{}.sqlite", jobs)).string(), study.record());
    CHECK(sweep_into(study, store, {.jobs = jobs}, make));
    return csv_of(store);
}

/// Every twentieth run fails.
RunMaker failing(const Prepared& study)
{
    return [&study](const PlannedRun& run) {
        if (run.number % 20 == 7)
            throw std::runtime_error("no luck, \"this\" time");
        return study.members.make(run);
    };
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

// ---------------------------------------------------------------- runs

TEST_CASE("a run of a study is the run of its overrides", "[study][determinism]")
{
    const Prepared study(small);
    for (const std::uint64_t number : {0U, 5U, 17U, 35U}) {
        const PlannedRun run = study.plan.run(number);
        const Scenario scenario =
            io::read_scenario(study.file.study.scenarios[0].file, study.members.overrides(run))
                .scenario;
        const RunResult alone =
            walkout::run(scenario, {.seed = run.seed, .replicate = run.replicate});
        CHECK(study.members.make(run).fingerprint == alone.fingerprint);
    }
}

TEST_CASE("a study gives the same table on 1, 2 and 7 threads and as 7 merged shards",
          "[study][determinism]")
{
    const std::string replicates =
        GENERATE("replicates: 3\n",
                 "replicates: {until: {measure: peak_signed_share, half_width: 20%}, at_least: 3, "
                 "at_most: 12}\n");
    std::string text = small;
    text.replace(text.find("replicates:"), std::string::npos, replicates);
    const Prepared study(text);
    const std::string alone = csv_of(study, 1, study.maker());
    CHECK(line_count(alone) > 36);
    CHECK(csv_of(study, 2, study.maker()) == alone);
    CHECK(csv_of(study, 7, study.maker()) == alone);

    std::vector<std::string> paths;
    for (unsigned k = 1; k <= 7; ++k) {
        paths.push_back((study.folder / fmt::format("shard-{}", k)).string());
        Store store = Store::create(paths.back(), study.record({k, 7}));
        CHECK(sweep_into(study, store, {.jobs = 2}, study.maker(), {k, 7}));
    }
    const std::string merged = (study.folder / "merged").string();
    Progress progress;
    merge(study.file.study, study.plan, paths, merged, study.record(), progress);
    CHECK(csv_of(Store::open(merged)) == alone);
}

TEST_CASE("a merge finds gaps, overlaps and foreign runs", "[study][errors]")
{
    const Prepared study(small);
    std::vector<std::string> paths;
    for (unsigned k = 1; k <= 2; ++k) {
        paths.push_back((study.folder / fmt::format("shard-{}", k)).string());
        Store store = Store::create(paths.back(), study.record({k, 2}));
        sweep_into(study, store, {.jobs = 1, .stop_after = k == 2 ? 5U : 0U}, study.maker(),
                   {k, 2});
    }
    const std::string target = (study.folder / "merged").string();
    Progress stopped;
    stopped.stop = true;
    CHECK_THROWS_AS(merge(study.file.study, study.plan, paths, target, study.record(), stopped),
                    Stopped);
    CHECK_FALSE(fs::exists(target));
    const auto merge_all = [&] {
        Progress progress;
        return merge(study.file.study, study.plan, paths, target, study.record(), progress);
    };
    CHECK_THROWS_WITH(merge_all(),
                      Catch::Contains("is missing in") && Catch::Contains("--shard 2/2"));
    CHECK_FALSE(fs::exists(target));
    {
        Store store = Store::open(paths[1]);
        sweep_into(study, store, {.jobs = 1}, study.maker(), {2, 2});
    }
    CHECK(merge_all() == 36);
    fs::remove(target);
    std::swap(paths[0], paths[1]);
    CHECK_THROWS_AS(merge_all(), StoreError);
    paths[0] = paths[1];
    CHECK_THROWS_AS(merge_all(), StoreError);
    CHECK_FALSE(fs::exists(target));
}

// ---------------------------------------------------------------- failures

TEST_CASE("failed runs are rows with their message and the command that repeats them", "[study]")
{
    const Prepared study(small);
    const std::string table = csv_of(study, 2, failing(study));
    const auto lines = lines_of(table);
    REQUIRE(lines.size() == 37);
    const std::string& failed = lines[8];
    CHECK(failed.starts_with("7,letter,"));
    CHECK(failed.ends_with(
        fmt::format(",\"no luck, \"\"this\"\" time\",walkout sweep {} --run 7", study.file.path)));
    CHECK(failed.find(",,,") != std::string::npos); // no measures
    CHECK(csv_of(study, 7, failing(study)) == table);
    const Store store = Store::open((study.folder / "2.sqlite").string());
    CHECK(store.failed() == 2);
    CHECK(store.runs() == 36);
    std::uint64_t ended = 0;
    for (const auto& [name, count] : store.outcomes())
        ended += count;
    CHECK(ended == 34);
}

TEST_CASE("the policy stop makes no further run after a failed one", "[study]")
{
    const Prepared study(std::string(small) + "on_failure: stop\n");
    Store store = Store::create((study.folder / "s").string(), study.record());
    CHECK_FALSE(sweep_into(study, store, {.jobs = 1}, failing(study)));
    CHECK(store.failed() == 1);
    CHECK(store.runs() < 36);
    CHECK_FALSE(sweep_into(study, store, {.jobs = 1}, failing(study))); // the next one, 27
    CHECK(sweep_into(study, store, {.jobs = 1}, failing(study)));
    CHECK(store.runs() == 36);
    CHECK(store.failed() == 2);
}

// ---------------------------------------------------------------- the store

TEST_CASE("a row comes back from the store as it went in", "[study]")
{
    const TemporaryFolder folder;
    StudyRecord record;
    record.columns = {{"a \"b\"", "share", "odd name", false, false},
                      {"switch", "", "", false, true},
                      {"m", "hours", "", true, false}};
    record.world = {{"seed", "1"}, {"people.vigil", "0.05"}};
    Store store = Store::create((folder / "s").string(), record);
    const RunRow row{.number = 3,
                     .scenario = "x",
                     .point = 2,
                     .replicate = 1,
                     .seed = 999'999'999'999'999'999,
                     .parameters = {0.1 + 0.2, 1},
                     .measures = {never},
                     .outcome = "returned",
                     .fingerprint = "ffffffffffffffff",
                     .curve = std::string("\0\1\2", 3)};
    store.add(row);
    const RunRow failed{.number = 4,
                        .scenario = "x",
                        .parameters = {own_value, own_value},
                        .measures = {own_value},
                        .error = "e",
                        .command = "c"};
    store.add(failed);
    store.commit();
    const RunRow back = *Store::open((folder / "s").string()).run(3);
    CHECK(back.scenario == row.scenario);
    CHECK(back.point == 2);
    CHECK(back.replicate == 1);
    CHECK(back.seed == row.seed);
    CHECK(back.parameters == row.parameters);
    CHECK(back.measures == row.measures);
    CHECK(back.outcome == row.outcome);
    CHECK(back.fingerprint == row.fingerprint);
    CHECK(back.curve == row.curve);
    CHECK(back.error.empty());
    const RunRow none = *store.run(4);
    CHECK(std::isnan(none.parameters[0]));
    CHECK(std::isnan(none.parameters[1]));
    CHECK(std::isnan(none.measures[0]));
    CHECK(none.error == "e");
    CHECK_FALSE(store.run(5));
    CHECK(store.record().columns[0].name == "a \"b\"");
    CHECK(store.record().world == record.world);
}

TEST_CASE("a run is stored once", "[study][errors]")
{
    const TemporaryFolder folder;
    StudyRecord record;
    Store store = Store::create((folder / "s").string(), record);
    store.add({.number = 1, .scenario = "x"});
    store.commit();
    Store other = Store::open((folder / "s").string());
    CHECK_THROWS_WITH(other.add({.number = 1, .scenario = "x"}),
                      Catch::Contains("being written by another program"));
}

TEST_CASE("what is no store is refused", "[study][errors]")
{
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(Store::open((folder / "none").string()), Catch::Contains("no file"));
    write_text(folder / "text", std::string(5000, 'x'));
    CHECK_THROWS_WITH(Store::open((folder / "text").string()), Catch::Contains("is no store"));
    CHECK_FALSE(Store::is_begun((folder / "none").string()));
    write_text(folder / "empty", "");
    CHECK_FALSE(Store::is_begun((folder / "empty").string()));
}

TEST_CASE("a store with a gap is not gone on with", "[study][errors]")
{
    const Prepared study(small);
    Store store = Store::create((study.folder / "s").string(), study.record());
    const RowMaker make(study.file, study.plan, study.maker());
    store.add(make(study.plan.run(0)));
    store.add(make(study.plan.run(2)));
    store.commit();
    CHECK_THROWS_WITH(sweep_into(study, store, {.jobs = 1}, study.maker()),
                      Catch::Contains("run 1 is missing"));
}

TEST_CASE("differences between worlds are told by what was and is", "[study]")
{
    const Prepared study(small);
    const StudyRecord before = study.record();
    CHECK(differences(before, study.record()).empty());
    std::string text = small;
    text.replace(text.find("40%"), 3, "50%");
    const Prepared other(text + "set: {people.trust_mean: 45%, horizon: 30h}\nseed: 2\n");
    const auto lines = differences(before, other.record());
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == "seed was 1, is 2");
    CHECK(lines[1].starts_with("parameter people.vigil was value of people.vigil: levels 0, 0.2, "
                               "0.4 in"));
    CHECK(lines[2] == "scenario letter: horizon was 32h, is 30h");
    CHECK(lines[3] == "scenario letter: people.trust_mean was 0.4, is 0.45");
    // More replicates, another caption or title: the same world.
    std::string longer = small;
    longer.replace(longer.find("replicates: 3"), 13, "replicates: 9");
    CHECK(differences(before, Prepared(longer + "title: Else\n").record()).empty());
}

} // namespace walkout
