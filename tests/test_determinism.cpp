#include "tests/support.hpp"

#include <numeric>

using namespace walkout;

namespace {

void require_equal(const RunResult& a, const RunResult& b)
{
    REQUIRE(a.error == "");
    REQUIRE(a.replicate == b.replicate);
    REQUIRE(a.fingerprint == b.fingerprint);
    REQUIRE(a.outcome == b.outcome);
    REQUIRE(a.signings == b.signings);
    REQUIRE(a.director_conceded == b.director_conceded);
    REQUIRE(a.samples.size() == b.samples.size());
    for (std::size_t k = 0; k < a.samples.size(); ++k) {
        REQUIRE(a.samples[k].time == b.samples[k].time);
        REQUIRE(a.samples[k].stances == b.samples[k].stances);
        REQUIRE(a.samples[k].names == b.samples[k].names);
    }
    for (const MeasureInfo& info : measure_infos()) {
        CAPTURE(info.name);
        REQUIRE(a.measures.*info.value == b.measures.*info.value);
    }
}

} // namespace

TEST_CASE("runs are equal element by element at 1, 2 and 7 jobs", "[determinism]")
{
    const Scenario s = turmoil(120);
    Progress one, more;
    const auto alone = run_all(s, 5, 16, 1, one);
    const unsigned jobs = GENERATE(2U, 7U);
    const auto together = run_all(s, 5, 16, jobs, more);
    CHECK(more.done == 16);
    REQUIRE(together.size() == 16);
    for (std::size_t k = 0; k < 16; ++k)
        require_equal(alone[k], together[k]);
    CHECK(fingerprint_of(alone) == fingerprint_of(together));
}

TEST_CASE("a replicate alone equals the same replicate of a batch", "[determinism]")
{
    const Scenario s = turmoil(120);
    Progress progress;
    const auto batch = run_all(s, 8, 6, 2, progress);
    for (std::uint32_t k = 0; k < 6; ++k)
        require_equal(batch[k], run(s, {.seed = 8, .replicate = k}));
    CHECK(batch[0].fingerprint != batch[1].fingerprint);
    CHECK(batch[0].fingerprint != run(s, {.seed = 9}).fingerprint);
}

TEST_CASE("the fingerprint of a batch depends on the order of its runs", "[determinism]")
{
    Progress progress;
    auto results = run_all(turmoil(60), 8, 3, 1, progress);
    const auto before = fingerprint_of(results);
    std::swap(results[0], results[2]);
    CHECK(fingerprint_of(results) != before);
}

TEST_CASE("after a stop no further run is started", "[determinism]")
{
    Progress progress;
    progress.stop = true;
    for (const RunResult& result : run_all(turmoil(30), 1, 3, 2, progress))
        CHECK(result.error == "stopped");
}

TEST_CASE("a run that throws leaves an error and the other runs alone", "[determinism][errors]")
{
    Scenario s = turmoil(30);
    s.events.push_back(happening(1, Invest{.stance = 0}));
    int made = 0;
    s.events.back().when =
        Condition{.text = "by a test", .make = [&made]() -> std::function<bool(const Outlook&)> {
                      if (++made == 2)
                          throw std::runtime_error("no such luck");
                      return [](const Outlook&) { return false; };
                  }};
    Progress progress;
    const auto results = run_all(s, 1, 3, 1, progress);
    int failed = 0;
    for (const RunResult& result : results)
        failed += result.error == "no such luck";
    CHECK(failed == 1);
    CHECK(progress.done == 3);
}

TEST_CASE("watching everything changes nothing", "[determinism]")
{
    const Scenario s = turmoil(100);
    const auto unwatched = run(s, {.seed = 3});
    double seen = 0;
    int visits = 0;
    const Scenario worked_in = ready_to_run(s);
    const auto watched = run(s, {.seed = 3}, [&](const World& world) {
        ++visits;
        for (AgentId i = 0; i < world.size(); ++i) {
            for (const Rung rung : {Rung::post, Rung::sign, Rung::leave})
                seen += inclination(world, worked_in, i, rung).total() +
                        cost(world, worked_in, i, rung, Pole::plus).total();
            seen += awake(world, worked_in.people, Chance(3), i, world.now);
        }
        seen += board_pressure(world, worked_in.board, Pole::plus) + outlook(world).left;
    });
    CHECK(seen != 0);
    CHECK(visits == 1201); // hour 0 and each tick
    require_equal(unwatched, watched);
}

TEST_CASE("a copied world continues as the original does", "[determinism]")
{
    const double at = GENERATE(0.0, 5.0, 14.1, 40.0, 80.0);
    Play play(turmoil(100), 6);
    play.go_to(at);
    World copy = play.world;
    Play resumed = play;
    resumed.changes.clear();
    play.changes.clear();
    play.go_to(120);
    std::vector<Change> again;
    while (copy.now < 120 - 1e-9) { // the original has gone on meanwhile
        step(copy, play.scenario, play.chance);
        again.insert(again.end(), copy.changes.begin(), copy.changes.end());
    }
    resumed.go_to(120);
    CAPTURE(at);
    CHECK(difference(play.changes, again) == "");
    CHECK(difference(play.changes, resumed.changes) == "");
    CHECK(copy.board.endured == play.world.board.endured);
}

TEST_CASE("variants that differ by one event are identical before it", "[determinism][crn]")
{
    const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 6)));
    const Scenario base = turmoil(150);
    Scenario variant = base;
    const Hours hour = 12.34;
    variant.events.insert(variant.events.begin(),
                          happening(hour, Persuade{.direction = Pole::plus, .strength = 0.5}));
    const auto a = history(base, seed), b = history(variant, seed);
    const auto before = [&](const std::vector<Change>& all) {
        std::vector<Change> early;
        for (const Change& change : all)
            if (change.time < hour)
                early.push_back(change);
        return early;
    };
    REQUIRE(before(a).size() > 10);
    CHECK(difference(before(a), before(b)) == "");
    CHECK(difference(a, b) != "");
}

TEST_CASE("an event that is switched off is as if it were not there", "[determinism]")
{
    const Scenario base = turmoil(100);
    Scenario off = base;
    off.events.push_back(happening(7, Persuade{.strength = 1}));
    off.events.back().enabled = false;
    CHECK(difference(history(base), history(off)) == "");
}

TEST_CASE("the tick changes nothing in a scenario without conditions", "[determinism][property]")
{
    const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 9)));
    Scenario s = turmoil(120);
    s.tick = 0.1;
    const auto base = history(s, seed);
    const auto fingerprint = run(s, {.seed = seed}).fingerprint;
    for (const double tick : {0.05, 0.25, 1.0, 0.3}) {
        s.tick = tick;
        CAPTURE(seed, tick);
        CHECK(difference(base, history(s, seed)) == "");
        CHECK(run(s, {.seed = seed}).fingerprint == fingerprint);
    }
}

TEST_CASE("the tick changes nothing in the reference case", "[determinism]")
{
    Scenario s = crisis();
    const auto base = run(s, {.seed = 2}).fingerprint;
    for (const double tick : {0.05, 0.25}) {
        s.tick = tick;
        CHECK(run(s, {.seed = 2}).fingerprint == base);
    }
}

TEST_CASE("events on any grid of hours fall into their place for any tick", "[determinism]")
{
    // 57.1, 14.1 and the like lie on the edge of a bucket, where rounding decides
    Scenario s = small_world(1);
    s.mechanisms.review.voice_rate = 0;
    s.horizon = 100;
    for (int k = 1; k < 990; ++k)
        s.events.push_back(happening(k / 10.0, Invest{.stance = 0.1}));
    for (const double tick : {0.05, 0.1, 0.25, 0.3}) {
        s.tick = tick;
        Play play(s);
        play.go_to(s.horizon);
        int late = 0;
        for (std::size_t e = 0; e < s.events.size(); ++e)
            late += play.world.fired[e] != s.events[e].at;
        CAPTURE(tick);
        CHECK(late == 0);
    }
}
