#include "sim/core/run.hpp"
#include "sim/io/flatten.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/trace_file.hpp"
#include "sim/io/variants.hpp"
#include "tests/cli_support.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace walkout {

namespace {

const std::string story = R"(title: A story
start: 2025-03-03T09:00+00:00
horizon: 60h
ensemble: {seed: 5, replicates: 8}
organization: {headcount: 60}
mechanisms: {kind: fitted, cost: {sign: 0.5}}
board:
  directors: {chair: {resolve: 0.4}}
events:
  dismissal: {at: 0h, do: {dismiss: {}}}
  petition: {at: 5h, do: {petition: {broadcast_rate: 0.2/h}}}
  offer: {at: 20h, do: {offer: {quality: 60%}}}
)";

/// A folder with that story and branches of it.
struct Library {
    TemporaryFolder folder;

    Library()
    {
        std::filesystem::create_directory(folder / "sub");
        write_text(folder / "story.yaml", story);
        write_text(folder / "branch.yaml", "base: story.yaml\n"
                                           "branch: {at: 2025-03-03T21:00+00:00, replicate: 3}\n"
                                           "events: {offer: {enabled: false}}\n");
        write_text(folder / "further.yaml", "base: branch.yaml\nmechanisms: {cost: {sign: 0.9}}\n");
        write_text(folder / "second.yaml",
                   "base: branch.yaml\nbranch: {at: 30h, replicate: 1}\nhorizon: 50h\n");
    }
    io::ScenarioFile read(const std::string& name,
                          const std::vector<std::string>& overrides = {}) const
    {
        return io::read_scenario((folder / name).string(), overrides);
    }
};

std::uint64_t fingerprint(const Scenario& scenario)
{
    return run(scenario, {.seed = 7}).fingerprint;
}

} // namespace

TEST_CASE("a file with branch goes on from a run of its base without its changes", "[io][branch]")
{
    const Library library;
    const Scenario s = library.read("branch.yaml").scenario;
    REQUIRE(s.branch);
    CHECK(s.name == "branch");
    CHECK(s.branch->at == 12);
    CHECK(s.branch->replicate == 3);
    CHECK(s.branch->seed == 5); // that of the base
    CHECK_FALSE(s.events[2].enabled);
    CHECK(s.branch->base->events[2].enabled);
    CHECK(s.branch->base->name == "story");
    CHECK_FALSE(s.branch->base->branch);
    CHECK(io::flatten(*s.branch->base) == io::flatten(library.read("story.yaml").scenario));
}

TEST_CASE("a variant of a branch is a branch of the same base", "[io][branch]")
{
    const Library library;
    const Scenario s = library.read("further.yaml").scenario;
    REQUIRE(s.branch);
    CHECK(s.branch->at == 12);
    CHECK(s.mechanisms.cost.sign == 0.9);
    CHECK_FALSE(s.events[2].enabled);
    CHECK(s.branch->base->mechanisms.cost.sign == 0.5);
    CHECK(s.branch->base->events[2].enabled);
}

TEST_CASE("a file with branch whose base is a branch goes on from that", "[io][branch]")
{
    const Library library;
    const Scenario s = library.read("second.yaml").scenario;
    REQUIRE(s.branch);
    CHECK(s.branch->at == 30);
    CHECK(s.branch->replicate == 1);
    CHECK(s.horizon == 50);
    REQUIRE(s.branch->base->branch);
    CHECK(s.branch->base->branch->at == 12);
    CHECK(s.branch->base->branch->replicate == 3);
    CHECK(s.branch->base->horizon == 60);
    CHECK_FALSE(s.branch->base->branch->base->branch);
}

TEST_CASE("the first override of branch leaves what was said before in the past", "[io][branch]")
{
    const Library library;
    const Scenario s = library
                           .read("story.yaml", {"mechanisms.cost.sign=0.6", "branch.at=12h",
                                                "branch.replicate=3", "mechanisms.cost.sign=0.7"})
                           .scenario;
    REQUIRE(s.branch);
    CHECK(s.branch->base->mechanisms.cost.sign == 0.6);
    CHECK(s.mechanisms.cost.sign == 0.7);
    CHECK(s.branch->replicate == 3);
    CHECK_FALSE(s.branch->base->branch);

    const Scenario same =
        library.read("story.yaml", {"branch={at: 12h, replicate: 3}", "events.offer.enabled=false"})
            .scenario;
    CHECK(fingerprint(same) == fingerprint(library.read("branch.yaml").scenario));
}

TEST_CASE("a path into the branch of a file changes it, a whole branch begins another one",
          "[io][branch]")
{
    const Library library;
    const Scenario moved = library.read("branch.yaml", {"branch.at=14h"}).scenario;
    CHECK(moved.branch->at == 14);
    CHECK_FALSE(moved.branch->base->branch);
    const Scenario second =
        library.read("branch.yaml", {"branch={at: 30h, replicate: 1}", "horizon=50h"}).scenario;
    REQUIRE(second.branch->base->branch);
    CHECK(second.branch->base->branch->at == 12);
    CHECK(fingerprint(second) == fingerprint(library.read("second.yaml").scenario));
}

TEST_CASE("a resolved branch writes its past out and is the same scenario", "[io][branch]")
{
    const Library library;
    for (const char* name : {"branch.yaml", "further.yaml", "second.yaml"}) {
        INFO(name);
        const io::ScenarioFile file = library.read(name);
        const std::string text = io::resolve(file);
        const io::ScenarioFile again =
            io::parse_scenario(text, name, library.folder.path().string());
        CHECK(io::resolve(again) == text);
        CHECK(io::flatten(again.scenario) == io::flatten(file.scenario));
        CHECK(fingerprint(again.scenario) == fingerprint(file.scenario));
    }
    const std::string text = io::resolve(library.read("branch.yaml"));
    CHECK(text.find("  base:\n    title: A story\n") != std::string::npos);
}

TEST_CASE("a change of the base changes what a branch says a run reads", "[io][branch]")
{
    const Library library;
    const auto before = io::flatten(library.read("branch.yaml").scenario);
    std::string changed = story;
    changed.replace(changed.find("at: 5h"), 6, "at: 6h");
    write_text(library.folder / "story.yaml", changed);
    write_text(library.folder / "branch.yaml",
               "base: story.yaml\n"
               "branch: {at: 12h, replicate: 3}\n"
               "events: {offer: {enabled: false}, petition: {at: 5h}}\n");
    CHECK(io::flatten(library.read("branch.yaml").scenario) != before);
}

TEST_CASE("variants of a branch are branches, and their moment can be set", "[io][branch]")
{
    const Library library;
    const io::ScenarioVariants variants((library.folder / "branch.yaml").string());
    const auto at = variants.find("branch.at"), cost = variants.find("mechanisms.cost.sign");
    REQUIRE(at);
    REQUIRE(cost);
    REQUIRE(variants.find("branch.replicate"));
    const std::vector<io::Assignment> changes{{*at, 14}, {*cost, 0.9}};
    CHECK(fingerprint(variants.with(changes)) ==
          fingerprint(
              library.read("branch.yaml", {"branch.at=14h", "mechanisms.cost.sign=0.9"}).scenario));
    const std::vector<io::Assignment> late{{*at, 70}};
    CHECK_THROWS_WITH(variants.with(late), Catch::Contains("not between the start"));
    CHECK_FALSE(io::ScenarioVariants((library.folder / "story.yaml").string()).find("branch.at"));
}

TEST_CASE("tables of a base in another folder are found by a branch of it", "[io][branch]")
{
    const Library library;
    write_text(library.folder / "sub/people.csv", "id,trust\na,0.1\nb,0.9\nc,0.4\n");
    write_text(library.folder / "sub/staffed.yaml", "start: 2025-03-03T09:00+00:00\n"
                                                    "horizon: 60h\n"
                                                    "organization: {staff: people.csv}\n");
    write_text(library.folder / "staffed_branch.yaml",
               "base: sub/staffed.yaml\nbranch: {at: 12h}\n");
    const io::ScenarioFile file = library.read("staffed_branch.yaml");
    CHECK(file.scenario.organization.staff.size() == 3);
    CHECK(file.scenario.branch->base->organization.staff.size() == 3);
    const io::ScenarioFile again =
        io::parse_scenario(io::resolve(file), "again.yaml", library.folder.path().string());
    CHECK(fingerprint(again.scenario) == fingerprint(file.scenario));
}

// ---------------------------------------------------------------- commands

TEST_CASE("a branch is run, checked, compared, explained and reproduced like any scenario",
          "[cli][branch]")
{
    const Library library;
    const Setting here{.folder = library.folder.path()};
    const Ended ran = walkout({"run", "branch.yaml", "--trace", "--out", "out"}, here);
    CHECK(ran.code == 0);
    CHECK(ran.out.find("nothing changed") != std::string::npos);
    const Trace trace = io::read_trace((library.folder / "out/run.trace").string());
    CHECK(std::ranges::none_of(trace.events,
                               [](const TraceEvent& event) { return event.name == "offer"; }));
    CHECK(walkout({"reproduce", "out"}, here).code == 0);
    CHECK(walkout({"check", "branch.yaml", "--organization"}, here).code == 0);
    const Ended told = walkout({"explain", "branch.yaml", "--person", "7"}, here);
    CHECK(told.code == 0);
    const Ended compared = walkout(
        {"compare", "branch.yaml", "further.yaml", "--replicates", "6", "--out", "both"}, here);
    CHECK(compared.code == 0);
}

TEST_CASE("a study varies a branch and its moment", "[cli][branch]")
{
    const Library library;
    write_text(library.folder / "study.yaml",
               "scenario: branch.yaml\n"
               "seed: 3\n"
               "parameters:\n"
               "  cost: {path: mechanisms.cost.sign, values: [0.4, 0.8]}\n"
               "  moment: {path: branch.at, values: [6h, 24h]}\n"
               "design: grid\n"
               "replicates: 3\n");
    const Ended swept = walkout({"sweep", "study.yaml", "--yes", "--no-page", "--out", "out"},
                                {.folder = library.folder.path()});
    INFO(swept.err);
    CHECK(swept.code == 0);
}

} // namespace walkout
