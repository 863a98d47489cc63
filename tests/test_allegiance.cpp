#include "tests/support.hpp"

#include <cmath>

using namespace walkout;

namespace {

/// Five people, all tied with different weights; three post or sign at times of their own.
Scenario drifting(double memory)
{
    Scenario s = small_world(5);
    s.horizon = 60;
    const std::array<double, 5> anchors = {0.9, 0.2, -0.7, 0.8, 0};
    for (std::size_t i = 0; i < 5; ++i)
        s.organization.staff[i].allegiance = anchors[i];
    for (AgentId i = 0; i < 5; ++i)
        for (AgentId j = 0; j < 5; ++j)
            if (i != j)
                s.organization.ties->push_back({i, j, 0.5 + i + 0.25 * j});
    s.mechanisms.cost = {.post = 0.3, .sign = 0.6, .leave = 50, .relief = 0};
    s.mechanisms.inclination.peer_weight = 0;
    s.mechanisms.review.voice_rate = 0.2;
    s.mechanisms.drift = {.openness = 0.4, .memory = memory};
    s.events = {happening(10.25, Petition{.broadcast_rate = 1, .first_signers = 0}),
                happening(20.5, Persuade{.direction = Pole::minus, .strength = 0.3}),
                happening(31.1, Persuade{.direction = Pole::plus, .strength = 0.1})};
    return s;
}

} // namespace

TEST_CASE("drift in closed form equals a fine Euler integration", "[analytic][allegiance]")
{
    const double memory = GENERATE(0.6, 6.0, 48.0); // the first rebases its residuals twice
    const Scenario s = drifting(memory);
    Play play(s, 3);
    play.go_to(s.horizon);
    REQUIRE(play.changes.size() >= 3);
    const std::vector<Change> changes = play.changes;

    Play again(s, 3);
    const Ties& ties = again.world.organization->ties;
    std::array<double, 5> a{}, anchor{}, pull{}, weight{};
    for (AgentId i = 0; i < 5; ++i) {
        a[i] = anchor[i] = again.allegiance_of(i);
        for (std::size_t k = 0; k < ties.influenced_by(i).size(); ++k)
            weight[ties.influenced_by(i)[k]] += ties.weights_of(i)[k];
    }
    const auto says = [](Stance stance, Pole side) {
        return sign_of(side) * (stance == Stance::posted          ? 0.3
                                : stance == Stance::signed_letter ? 1
                                                                  : 0);
    };
    constexpr double dt = 1e-3;
    std::size_t next = 0;
    std::array<Pole, 5> side{};
    bool first_talk = false, second_talk = false;
    const auto talk = [&](double direction, double strength) {
        for (AgentId i = 0; i < 5; ++i) {
            a[i] += strength * (direction - a[i]);
            anchor[i] += strength * (direction - anchor[i]);
        }
    };
    for (int k = 0; k < 60000; ++k) {
        const double t = k * dt;
        for (; next < changes.size() && changes[next].time <= t; ++next) {
            const Change& c = changes[next];
            const double more = says(c.to, c.side) - says(c.from, side[c.person]);
            side[c.person] = c.side;
            for (std::size_t j = 0; j < ties.influenced_by(c.person).size(); ++j)
                pull[ties.influenced_by(c.person)[j]] += more * ties.weights_of(c.person)[j];
        }
        if (t >= 20.5 && !std::exchange(first_talk, true))
            talk(-1, 0.3);
        if (t >= 31.1 && !std::exchange(second_talk, true))
            talk(1, 0.1);
        for (AgentId i = 0; i < 5; ++i)
            a[i] += dt / memory * (0.6 * anchor[i] + 0.4 * pull[i] / weight[i] - a[i]);
        if (k % 1000 != 999)
            continue;
        again.go_to((k + 1) * dt);
        for (AgentId i = 0; i < 5; ++i) {
            CAPTURE(memory, t, i);
            REQUIRE(again.allegiance_of(i) == Approx(a[i]).margin(2e-3));
        }
    }
}

TEST_CASE("with open minds off allegiance stays at its anchor", "[allegiance]")
{
    Scenario s = drifting(6);
    s.mechanisms.drift.openness = 0;
    s.events.resize(1);
    Play play(s);
    play.go_to(s.horizon);
    REQUIRE_FALSE(play.changes.empty());
    CHECK(play.allegiance_of(0) == Approx(0.9).margin(1e-6));
    CHECK(play.allegiance_of(2) == Approx(-0.7).margin(1e-6));
}

TEST_CASE("persuasion moves allegiance and anchor by the same share of the way", "[allegiance]")
{
    Scenario s = small_world(3);
    const std::array<double, 3> before = {0.5, -0.5, 1};
    for (std::size_t i = 0; i < 3; ++i)
        s.organization.staff[i].allegiance = before[i];
    s.mechanisms.drift.openness = 0.3;
    s.events = {happening(1, Persuade{.direction = Pole::plus, .strength = 0.25})};
    Play play(s);
    play.go_to(0.9);
    std::array<double, 3> was{};
    for (AgentId i = 0; i < 3; ++i)
        was[i] = play.allegiance_of(i);
    play.go_to(1.1);
    for (AgentId i = 0; i < 3; ++i) {
        CHECK(static_cast<double>(play.world.people[i].anchor) ==
              Approx(before[i] + 0.25 * (1 - before[i])));
        CHECK(play.allegiance_of(i) == Approx(was[i] + 0.25 * (1 - was[i])).margin(3e-3));
    }
}

TEST_CASE("rebasing residuals moves nobody", "[allegiance]")
{
    Play play(turmoil(60));
    play.go_to(30);
    World rebased = play.world;
    restart_drift(rebased, play.scenario.mechanisms.drift);
    CHECK(rebased.drift_epoch == rebased.now);
    for (AgentId i = 0; i < 60; ++i)
        CHECK(allegiance(rebased, play.scenario.mechanisms, i) ==
              Approx(play.allegiance_of(i)).margin(1e-6));
}

TEST_CASE("inclination and cost are the sums of the model's terms", "[allegiance]")
{
    Scenario s = small_world(4);
    const std::array<double, 4> allegiances = {1, -1, 0.5, 0.4};
    for (std::size_t i = 0; i < 4; ++i)
        s.organization.staff[i].allegiance = allegiances[i];
    s.organization.staff[3].trust = 0.25;
    s.organization.staff[3].risk = 0.75;
    s.organization.staff[3].fallback = 0.5;
    s.organization.ties = {{{0, 3, 2}, {1, 3, 1}, {2, 3, 1}}};
    s.mechanisms.cost = {.post = 0.4, .sign = 0.8, .leave = 3, .relief = 0.5};
    s.mechanisms.inclination = {
        .distrust_weight = 0.6, .peer_weight = 0.8, .global_share = 0.25, .milder_weight = 0.3};
    s.mechanisms.office.loss = 0.1;
    s.events = {happening(0, Dismiss{}),
                happening(1, Petition{.broadcast_rate = 1e6,
                                      .visibility = 0.5,
                                      .risk_factor = 0.7,
                                      .first_signers = 0}),
                happening(30, Retaliate{.factor = 0.5})};
    s.mechanisms.review.voice_rate = 0; // acts are made by hand
    Play play(s);
    play.go_to(2);
    const auto acted = [&](AgentId who, Stance to, Pole side) {
        act(play.world, play.scenario, play.chance,
            {.time = play.world.now,
             .person = who,
             .from = Stance::working,
             .to = to,
             .side = side});
    };
    acted(0, Stance::signed_letter, Pole::plus);
    acted(1, Stance::posted, Pole::minus);
    const auto sign = inclination(play.world, play.scenario, 3, Rung::sign);
    CHECK(sign.allegiance == Approx(0.4 * 0.9));
    CHECK(sign.distrust == Approx(0.6 * 0.5));
    CHECK(sign.contacts == Approx(0.8 * 0.75 * (2 - 0.3) / 4));
    CHECK(sign.crowd == Approx(0.8 * 0.25 * 0.5 * (1 - 0.3) / 4));
    CHECK(sign.without_peers() == Approx(0.66));
    CHECK(sign.side() == Pole::plus);
    const auto post = inclination(play.world, play.scenario, 3, Rung::post);
    CHECK(post.contacts == Approx(0.8 * 0.75 * (2 - 1) / 4));
    const auto leave = inclination(play.world, play.scenario, 3, Rung::leave);
    CHECK(leave.contacts == Approx(0.8 * 0.75 * (0.3 * 2 - 0.3) / 4));
    CHECK(inclination(play.world, play.scenario, 1, Rung::sign).allegiance == -1); // in office

    CHECK(cost(play.world, s, 3, Rung::sign, Pole::plus).total() ==
          Approx(0.8 * 0.7 * 1.25 * 0.75));
    CHECK(cost(play.world, s, 3, Rung::sign, Pole::minus).total() == Approx(0.8 * 1.25 * 0.75));
    CHECK(cost(play.world, s, 3, Rung::post, Pole::plus).total() == Approx(0.4 * 1.25 * 0.75));
    CHECK(cost(play.world, s, 3, Rung::leave, Pole::plus).total() == Approx(3 * 1.25 * 0.75));
    play.go_to(31);
    CHECK(cost(play.world, s, 3, Rung::sign, Pole::plus).total() ==
          Approx(1.5 * 0.8 * 0.7 * 1.25 * 0.75));
}
