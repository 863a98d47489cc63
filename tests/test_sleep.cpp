#include "tests/support.hpp"

#include <cmath>

using namespace walkout;

namespace {

/// Whether the clock on the wall says night for somebody who never stays up.
bool night(const World& world, AgentId person, Hours time)
{
    const double since_bed = time + world.noon_shift - bed_of(world, person);
    return since_bed - 24 * std::floor(since_bed / 24) < sleep_of(world, person);
}

Scenario sleepers(double vigil, double start_hour)
{
    Scenario s = small_world(300);
    s.start_hour = start_hour;
    s.horizon = 100;
    s.people.vigil = vigil;
    set_allegiance(s, 1);
    s.mechanisms.review = {.voice_rate = 0.05, .exit_rate = 0.05};
    s.mechanisms.cost = {.post = 0.1, .sign = 0.2, .leave = 0.3, .relief = 0};
    s.events = {happening(1, Petition{.broadcast_rate = 1, .first_signers = 0}),
                happening(50, Close{}), happening(52, Package{.quality = 0})};
    return s;
}

} // namespace

TEST_CASE("nobody reviews asleep when nobody stays up", "[sleep][property]")
{
    const double start_hour = GENERATE(0.0, 3.5, 9.0, 12.0, 18.0, 23.9);
    const Scenario s = sleepers(0, start_hour);
    Play play(s, 2);
    play.go_to(s.horizon);
    REQUIRE(play.changes.size() > 300);
    for (const Change& change : play.changes) {
        CAPTURE(start_hour, change.time, change.person);
        REQUIRE_FALSE(night(play.world, change.person, change.time));
    }
}

TEST_CASE("awake is what the clock on the wall says when nobody stays up", "[sleep]")
{
    const double start_hour = GENERATE(0.0, 6.0, 12.0, 20.0);
    const Play play(sleepers(0, start_hour));
    for (AgentId i = 0; i < 50; ++i)
        for (double t = 0.013; t < 80; t += 0.37) {
            CAPTURE(start_hour, i, t);
            const bool sleeps = night(play.world, i, t);
            REQUIRE(awake(play.world, play.scenario.people, play.chance, i, t) != sleeps);
            if (sleeps) {
                const Hours end = waking(play.world, i, t);
                REQUIRE(end > t);
                REQUIRE(end - t <= sleep_of(play.world, i) + 1e-9);
                REQUIRE(awake(play.world, play.scenario.people, play.chance, i, end + 1e-6));
            }
        }
}

TEST_CASE("when all stay up the night has no effect, from the first hour on", "[sleep]")
{
    const double start_hour = GENERATE(0.0, 3.0, 12.0, 22.0);
    Scenario s = sleepers(1, start_hour);
    const auto nights = history(s);
    s.people.wake_mean = s.people.bed_mean - 24; // nights without length
    s.people.wake_spread = s.people.bed_spread = 0;
    CAPTURE(start_hour);
    REQUIRE(nights.size() > 300);
    CHECK(difference(nights, history(s)) == "");
}

TEST_CASE("the vigil is the share of sleepers who are up, night by night anew", "[sleep]")
{
    Scenario s = small_world(4000);
    s.people.vigil = 0.3;
    s.people.bed_spread = s.people.wake_spread = 0;
    const Play play(s);
    std::vector<std::vector<bool>> up(2);
    for (int k = 0; k < 2; ++k)
        for (AgentId i = 0; i < 4000; ++i)
            up[static_cast<std::size_t>(k)].push_back(
                awake(play.world, play.scenario.people, play.chance, i, 15 + 24 * k));
    double first = 0, both = 0;
    for (std::size_t i = 0; i < 4000; ++i) {
        first += up[0][i];
        both += up[0][i] && up[1][i];
    }
    CHECK(std::abs(first / 4000 - 0.3) < share_tolerance(0.3, 4000));
    CHECK(std::abs(both / 4000 - 0.09) < share_tolerance(0.09, 4000));
}

TEST_CASE("who reviews while awake waits on average as if nights did not count",
          "[sleep][analytic]")
{
    // Waiting has no memory: in awake time the reviews are Poisson.
    constexpr int n = 3000;
    Scenario s = small_world(n);
    s.horizon = 100;
    s.people.vigil = 0;
    s.people.bed_spread = s.people.wake_spread = 0;
    set_allegiance(s, 1);
    s.mechanisms.review.voice_rate = 0.05;
    s.mechanisms.cost.post = 0.1;
    const auto awake_hours = [](double t) { // nights from 11.5 to 19.4 after each noon
        const double nights = std::floor(t / 24);
        return nights * 16.1 + std::min(t - 24 * nights, 11.5) +
               std::max(0.0, t - 24 * nights - 19.4);
    };
    std::vector<double> times;
    for (const Change& change : history(s))
        times.push_back(change.time);
    times.resize(n, never);
    CHECK(distance(
              times, [&](double t) { return 1 - std::exp(-0.05 * awake_hours(t)); }, s.horizon) <
          distance_limit(n));
}

TEST_CASE("an event can wake a share of sleepers, for that night only", "[sleep]")
{
    Scenario s = small_world(3000);
    s.horizon = 60;
    s.people.vigil = 0;
    s.people.bed_spread = s.people.wake_spread = 0;
    const double at = GENERATE(6.0, 14.0); // before the night and in its midst
    s.events = {happening(at, Vigil{.share = 0.6})};
    Play play(s);
    play.go_to(at + 1);
    const auto up = [&](double t) {
        double count = 0;
        for (AgentId i = 0; i < 3000; ++i)
            count += awake(play.world, play.scenario.people, play.chance, i, t);
        return count / 3000;
    };
    CHECK(std::abs(up(16) - 0.6) < share_tolerance(0.6, 3000));
    CHECK(up(16 + 24) == 0);
}

TEST_CASE("who is woken in the night reviews at once, not in the morning", "[sleep]")
{
    Scenario s = small_world(500);
    s.people.vigil = 0;
    s.people.bed_spread = s.people.wake_spread = 0;
    set_allegiance(s, 1);
    s.mechanisms.cost.sign = 0.1;
    s.mechanisms.review.voice_rate = 20;
    s.events = {happening(13, Petition{.broadcast_rate = 1e6, .first_signers = 0}),
                happening(14, Vigil{.share = 1})};
    Play play(s);
    play.go_to(13.9);
    CHECK(play.count(Stance::signed_letter) == 0);
    play.go_to(15);
    CHECK(play.count(Stance::signed_letter) == 500);
}

TEST_CASE("a department hours ahead sleeps hours earlier", "[sleep][crn]")
{
    Scenario s;
    s.organization.headcount = 10;
    s.organization.departments = {{.name = "far", .headcount = 10}};
    const Play near(s);
    s.organization.departments[0].time_zone = 3;
    const Play far(s);
    for (AgentId i = 0; i < 10; ++i) {
        const double earlier = bed_of(near.world, i) - bed_of(far.world, i);
        CHECK(earlier == Approx(3).margin(1.5 / 60)); // kept to the minute
        CHECK(near.world.people[i].sleep == far.world.people[i].sleep);
    }
}
