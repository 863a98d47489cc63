/// Levers of a scenario, the ensembles that follow them, and what is kept of them.

#include "sim/io/draft.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/study/comparison.hpp"
#include "sim/study/fan.hpp"
#include "sim/study/lever_screen.hpp"
#include "sim/study/what_if.hpp"
#include "tests/cli_support.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

namespace walkout {

namespace {

using Variants = std::shared_ptr<const io::ScenarioVariants>;

std::string file(const std::string& name)
{
    return (checkout() / "scenarios" / (name + ".yaml")).string();
}

Variants startup()
{
    static const Variants variants =
        std::make_shared<const io::ScenarioVariants>(file("startup_50"));
    return variants;
}

template <class Done> void wait(WhatIf& desk, Done done)
{
    const auto begin = std::chrono::steady_clock::now();
    while (!done()) {
        REQUIRE(std::chrono::steady_clock::now() - begin < std::chrono::minutes(2));
        desk.poll();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

bool complete(const WhatIf& desk)
{
    return !desk.behind() && desk.now().count == desk.runs() &&
           desk.baseline().count == desk.runs();
}

std::size_t row(const WhatIf& desk, const std::string& path)
{
    const auto found = desk.levers().find(path);
    REQUIRE(found);
    return *found;
}

} // namespace

// ---------------------------------------------------------------- levers

TEST_CASE("every lever can be anywhere on its stretch, its own value included", "[what_if]")
{
    for (const char* name : {"openai_2023", "coinbase_2020", "market_basket_2014", "letter"}) {
        const io::ScenarioVariants variants(file(name));
        const Levers levers(variants);
        for (const std::size_t row : levers.candidates()) {
            const Lever& lever = levers[row];
            INFO(name << " " << lever.path);
            CHECK(lever.low < lever.high);
            CHECK(lever.low <= lever.baseline);
            CHECK(lever.baseline <= lever.high);
            CHECK(lever.snapped(lever.baseline) == lever.baseline);
            for (const double share : {0.0, 0.31, 0.77, 1.0}) {
                const double value = lever.snapped(lever.low + share * (lever.high - lever.low));
                CHECK(value >= lever.low);
                CHECK(value <= lever.high);
                CHECK_NOTHROW(variants.with(levers.assignments({{row, value}})));
                if (!lever.factor)
                    CHECK(lever.read(lever.text(value)) == value);
            }
        }
    }
}

TEST_CASE("a pointer finds round numbers, and the baseline from nearby", "[what_if]")
{
    const io::ScenarioVariants variants(file("openai_2023"));
    const Levers levers(variants);
    const Lever& trust = levers[*levers.find("people.trust_mean")];
    CHECK(trust.snapped(0.33333) == 0.33);
    CHECK(trust.snapped(0.5061) == trust.baseline);
    CHECK(trust.snapped(-5) == trust.low);
    CHECK(trust.read("35%") == 0.35);
    CHECK_FALSE(trust.read("170%"));
    CHECK_FALSE(trust.read("much"));
}

TEST_CASE("levers that move several settings multiply what the scenario has", "[what_if]")
{
    const io::ScenarioVariants variants(file("openai_2023"));
    const Levers levers(variants);
    const auto all = levers.find("board.directors.*.resolve");
    const auto one = levers.find("board.directors.Director A.resolve");
    REQUIRE(all);
    REQUIRE(one);
    const Scenario s = variants.with(levers.assignments({{*all, 2.0}, {*one, 0.25}}));
    CHECK(s.board.directors[0].resolve == 0.25); // the single one wins
    CHECK(s.board.directors[1].resolve == 2);
    CHECK(s.board.directors[3].resolve == 0.9);
}

TEST_CASE("what only tells or measures is no candidate", "[what_if]")
{
    const io::ScenarioVariants variants(file("openai_2023"));
    const Levers levers(variants);
    for (const std::size_t row : levers.candidates()) {
        const std::string& path = levers[row].path;
        INFO(path);
        CHECK_FALSE(path.ends_with(".precision"));
        CHECK_FALSE(path.ends_with(".enabled"));
        CHECK(path != "horizon");
        CHECK(path != "events.hearts.at"); // a caption
        CHECK(path != "board.directors.Director A.resolve");
    }
    CHECK(levers.find("events.hearts.at")); // but it can be asked for
    CHECK_FALSE(levers.find("ensemble.seed"));
}

TEST_CASE("the screen finds the one lever that matters", "[what_if]")
{
    const io::ScenarioVariants variants(file("openai_2023"));
    const Levers levers(variants);
    const std::vector<std::size_t> candidates = levers.candidates();
    LeverScreen screen(levers, candidates, 1, 5);
    const std::size_t decisive = candidates[7];
    for (std::size_t run = 0; run < screen.runs(); ++run) {
        const auto values = screen.values(run);
        CHECK(values.size() == candidates.size());
        RunResult result;
        result.measures.peak_signed_share = values.at(decisive) > levers[decisive].baseline;
        screen.tell(run, result);
    }
    const auto effects = screen.effects();
    CHECK(std::ranges::max_element(effects) - effects.begin() == 7);
    CHECK(screen.largest(1) == std::vector{decisive});
    CHECK(screen.largest(3).size() == 3);
    CHECK(std::ranges::is_sorted(screen.largest(9)));
}

// ---------------------------------------------------------------- bands

TEST_CASE("a band holds a further value as often as it says", "[what_if]")
{
    // Ranks of independent draws are uniform: of n runs, between the order statistics of ranks r
    // and s lie (s - r) / (n + 1) of all further ones.
    std::vector<double> rising;
    for (int k = 1; k <= 199; ++k)
        rising.push_back(k);
    CHECK(band_of(rising, 0.8).low == Approx(20));
    CHECK(band_of(rising, 0.8).high == Approx(180));
    CHECK(band_of(rising, 0.5).low == Approx(50));
    const std::vector<double> few{1, 2, 5, 9};
    CHECK(band_of(few, 0.95).low == 1); // all there are
    CHECK(band_of(few, 0.95).high == 9);
    CHECK(band_of({3, never, never, never}, 0.5).high == never);
}

TEST_CASE("outcomes split where the widest gap leaves enough runs on either side", "[what_if]")
{
    std::vector<double> counts;
    for (int k = 0; k < 60; ++k)
        counts.push_back(100 + k);
    for (int k = 0; k < 140; ++k)
        counts.push_back(600 + k);
    const auto split = split_of(counts, 190);
    REQUIRE(split);
    CHECK(split->below == 60);
    CHECK(split->above == 140);
    CHECK(split->at == Approx(379.5));
    CHECK_FALSE(split_of(counts, 450));      // the gap is 441
    CHECK_FALSE(split_of({1, 2, 3, 4}, 10)); // one sort
    std::vector<double> outliers(197, 700);
    outliers.insert(outliers.end(), {1, 2, 3});
    CHECK_FALSE(split_of(outliers, 190)); // three runs are no sort of their own
    CHECK_FALSE(split_of({}, 10));
}

// ---------------------------------------------------------------- ensembles

TEST_CASE("a lever moved away and back gives the very ensemble of before", "[what_if]")
{
    WhatIf desk(startup(), 7, nullptr, 2);
    wait(desk, [&] { return complete(desk); });
    const auto before = fingerprint_of(desk.now().results());
    const std::size_t trust = row(desk, "people.trust_mean");
    desk.set(trust, 0.9);
    CHECK(desk.behind());
    wait(desk, [&] { return complete(desk); });
    CHECK(fingerprint_of(desk.now().results()) != before);
    desk.set(trust, desk.levers()[trust].baseline);
    wait(desk, [&] { return complete(desk); });
    CHECK(desk.values().empty());
    CHECK(fingerprint_of(desk.now().results()) == before);
    CHECK(desk.now() == desk.baseline());
}

TEST_CASE("ensembles have 200 runs, however few the scenario asks for", "[what_if]")
{
    WhatIf desk(std::make_shared<const io::ScenarioVariants>(
                    file("startup_50"), std::vector<std::string>{"ensemble.replicates=3"}),
                7, nullptr, 2);
    CHECK(desk.runs() == 200);
    wait(desk, [&] { return complete(desk); });
    CHECK(desk.baseline().results().size() == 200);
}

TEST_CASE("the ensemble of the last values comes, however quickly they changed", "[what_if]")
{
    WhatIf desk(startup(), 7, nullptr, 2);
    const std::size_t trust = row(desk, "people.trust_mean");
    for (int k = 0; k <= 60; ++k) {
        desk.set(trust, k / 100.0);
        desk.poll();
    }
    wait(desk, [&] { return complete(desk); });
    Progress progress;
    const auto& variants = *startup();
    const Scenario last = variants.with(desk.levers().assignments({{trust, 0.6}}));
    CHECK(fingerprint_of(desk.now().results()) ==
          fingerprint_of(run_all(last, 7, desk.runs(), 1, progress, 0)));
}

TEST_CASE("an effect in a list has levers, and is saved with its list", "[what_if]")
{
    const TemporaryFolder folder;
    const std::string base = (folder / "two.yaml").string();
    io::write_whole(base, R"(title: Two offers
start: 2024-03-04T09:00Z
horizon: 24h
organization: {headcount: 20}
events:
  two:
    at: 2h
    do:
      - offer: {quality: 30%, among: {level_min: 2}}
      - offer: {quality: 60%, third_party: true}
      - close: {}
)");
    const auto variants = std::make_shared<const io::ScenarioVariants>(base);
    WhatIf desk(variants, 1, nullptr, 1);
    const std::size_t quality = row(desk, "events.two.do.1.offer.quality");
    desk.set(quality, 0.9);
    CHECK(desk.value(quality) == 0.9);
    const auto changes = io::with_whole_lists(desk.changes(), desk.scenario());
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].first == "events.two.do");
    io::write_whole(folder / "saved.yaml", io::variant_yaml("two.yaml", "", "", changes));
    const Scenario saved = io::read_scenario((folder / "saved.yaml").string()).scenario;
    const auto& effects = saved.events.at(0).effects;
    REQUIRE(effects.size() == 3);
    CHECK(std::get<Offer>(effects[0]).quality == 0.3);
    CHECK(std::get<Offer>(effects[0]).among.level_min == 2);
    CHECK(std::get<Offer>(effects[1]).quality == 0.9);
    CHECK(std::get<Offer>(effects[1]).third_party);
    CHECK(std::holds_alternative<Close>(effects[2]));
    const std::string again = io::once_more(saved, saved.events.at(0), 5, "Again: two offers");
    const Scenario twice =
        io::read_scenario((folder / "saved.yaml").string(), {"events.more=" + again}).scenario;
    REQUIRE(twice.events.size() == 2);
    CHECK(twice.events[1].effects.size() == 3);
}

TEST_CASE("each commit is a step of undo, and a reset is one too", "[what_if]")
{
    WhatIf desk(startup(), 7, nullptr, 1);
    const std::size_t trust = row(desk, "people.trust_mean");
    const std::size_t sign = row(desk, "mechanisms.cost.sign");
    CHECK_FALSE(desk.can_undo());
    desk.set(trust, 0.3);
    desk.set(trust, 0.2);
    desk.commit();
    desk.set(sign, 0.5);
    desk.commit();
    desk.reset();
    desk.commit();
    CHECK(desk.values().empty());
    desk.undo();
    CHECK(desk.value(sign) == 0.5);
    desk.undo();
    CHECK_FALSE(desk.changed(sign));
    CHECK(desk.value(trust) == 0.2);
    desk.undo();
    CHECK(desk.values().empty());
    CHECK_FALSE(desk.can_undo());
    desk.redo();
    CHECK(desk.value(trust) == 0.2);
    desk.set(sign, 0.7); // another way than before
    desk.commit();
    CHECK_FALSE(desk.can_redo());
}

TEST_CASE("idle time finds levers and draws their scents; a held handle has the machine alone",
          "[what_if]")
{
    WhatIf desk(startup(), 7, nullptr, 2);
    desk.hold(true);
    wait(desk, [&] { return complete(desk); });
    desk.poll();
    CHECK(desk.screened() == 0);
    desk.hold(false);
    wait(desk, [&] { return !desk.busy(); });
    CHECK(desk.screened() == 1);
    CHECK(desk.in_use().size() == 9);
    for (const std::size_t row : desk.in_use()) {
        CHECK(desk.scent(row).complete());
        CHECK(desk.scent_is_current(row));
    }
    // A scent is what the ensemble itself says at that place.
    const std::size_t first = desk.in_use()[0];
    const Scent scent = desk.scent(first);
    desk.set(first, desk.levers()[first].high);
    wait(desk, [&] { return complete(desk); });
    const auto results = desk.now().results();
    const auto returned = std::count_if(results.begin(), results.begin() + 40, [](const auto& r) {
        return r.outcome == Outcome::returned;
    });
    CHECK(scent.share[Scent::points - 1] == Approx(static_cast<double>(returned) / 40));
    CHECK(desk.scent_is_current(first)); // the others changed, not it
    CHECK_FALSE(desk.scent_is_current(desk.in_use()[1]));
}

// ---------------------------------------------------------------- what is kept

TEST_CASE("differences are those of compare, digit for digit", "[what_if]")
{
    const TemporaryFolder folder;
    WhatIf desk(startup(), 7, nullptr, 2);
    desk.set(row(desk, "people.trust_mean"), 0.75);
    desk.set(desk.events().front().enabled, 0);
    wait(desk, [&] { return complete(desk); });
    io::write_whole(folder / "other.yaml",
                    io::resolve({.scenario = desk.scenario(), .origins = {}, .inputs = {}}));
    const Ended ended =
        walkout({"compare", file("startup_50"), (folder / "other.yaml").string(), "--replicates",
                 "200", "--seed", "7", "--json", "--out", (folder / "out").string()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    const auto json = nlohmann::json::parse(ended.out);
    const auto& told = json.at("contrasts").at(0).at("differences");
    for (const Comparison& own : desk.differences()) {
        INFO(own.measure);
        const auto& same = told.at(own.measure);
        CHECK(same.at("mean").get<double>() == own.difference.mean);
        CHECK(same.at("low").get<double>() == own.difference.low);
        CHECK(same.at("high").get<double>() == own.difference.high);
    }
}

TEST_CASE("a saved variant says only what changed, and runs to the same fingerprint", "[what_if]")
{
    const TemporaryFolder folder;
    std::filesystem::copy_file(file("startup_50"), folder / "startup_50.yaml");
    const auto variants =
        std::make_shared<const io::ScenarioVariants>((folder / "startup_50.yaml").string());
    WhatIf desk(variants, variants->file().scenario.ensemble.seed, nullptr, 2);
    desk.set(row(desk, "people.trust_mean"), 0.735);
    desk.set(desk.events().front().enabled, 0);
    const auto at = desk.events().back().at;
    if (at)
        desk.set(*at, desk.levers()[*at].baseline + 2.3);
    wait(desk, [&] { return complete(desk); });
    const std::string yaml = io::variant_yaml("startup_50.yaml", "A variant",
                                              "Two \"changes\": one title", desk.changes());
    io::write_whole(folder / "variant.yaml", yaml);
    INFO(yaml);
    CHECK(std::ranges::count(yaml, '\n') < 20);
    const Ended ended = walkout(
        {"run", (folder / "variant.yaml").string(), "--json", "--out", (folder / "out").string()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    const auto expected = fingerprint_of(desk.now().results());
    std::ostringstream hex;
    hex << std::hex << std::setw(16) << std::setfill('0') << expected;
    CHECK(ended.out.find(hex.str()) != std::string::npos);
}

} // namespace walkout
