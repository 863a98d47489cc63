#include "tests/support.hpp"

#include <cmath>
#include <map>
#include <set>

using namespace walkout;

namespace {

Scenario led()
{
    Scenario s;
    s.people.allegiance_mean = 0.1;
    s.people.allegiance_spread = 0.4;
    s.investors.stance = 0.3;
    const auto by = [](Pole pole, Event event) {
        event.by = pole;
        return event;
    };
    s.events = {
        by(Pole::minus, happening(2, Dismiss{}, Breach{.severity = 0.3})),
        by(Pole::minus, happening(9, Breach{.severity = 0.2, .reason = 0.5})),
        by(Pole::plus, happening(30, Petition{.broadcast_rate = 0.5, .first_signers = 12})),
        by(Pole::plus, happening(40, Broadcast{.rate = 2})),
        happening(50, Evidence{.strength = 0.2}),
        happening(60, Invest{.stance = 0.4}),
        happening(70, Petition{.pole = Pole::minus, .broadcast_rate = 0.25, .first_signers = 8}),
        by(Pole::minus, happening(80, Broadcast{.pole = Pole::minus, .rate = 1})),
    };
    return s;
}

/// Every number a profile might move.
std::map<std::string, double> numbers(const Scenario& s)
{
    std::map<std::string, double> all;
    const auto& m = s.mechanisms;
    all["allegiance_mean"] = s.people.allegiance_mean;
    all["allegiance_spread"] = s.people.allegiance_spread;
    all["team_correlation"] = s.people.team_correlation;
    all["trust_mean"] = s.people.trust_mean;
    all["fallback_mean"] = s.people.fallback_mean;
    all["vigil"] = s.people.vigil;
    all["distrust_weight"] = m.inclination.distrust_weight;
    all["peer_weight"] = m.inclination.peer_weight;
    all["global_share"] = m.inclination.global_share;
    all["milder_weight"] = m.inclination.milder_weight;
    all["cost.post"] = m.cost.post;
    all["cost.sign"] = m.cost.sign;
    all["cost.leave"] = m.cost.leave;
    all["cost.relief"] = m.cost.relief;
    all["voice_rate"] = m.review.voice_rate;
    all["exit_rate"] = m.review.exit_rate;
    all["nudges"] = m.information.nudges_per_tie;
    all["nudge_memory"] = m.information.nudge_memory;
    all["openness"] = m.drift.openness;
    all["memory"] = m.drift.memory;
    all["loss"] = m.office.loss;
    all["background"] = m.departure.background_rate;
    all["lag"] = m.settlement.lag;
    all["comeback"] = m.settlement.comeback_rate;
    all["investors"] = s.investors.stance;
    all["review_rate"] = s.board.review_rate;
    all["stamina"] = s.board.stamina;
    for (const Pole pole : {Pole::minus, Pole::plus}) {
        const std::string side = pole == Pole::plus ? "plus" : "minus";
        all["office_loss." + side] = leadership(s, pole).office_loss;
        all["relay." + side] = leadership(s, pole).relay;
    }
    for (std::size_t e = 0; e < s.events.size(); ++e) {
        const std::string name = "event " + std::to_string(e);
        all[name + ".at"] = s.events[e].at;
        for (const Effect& effect : s.events[e].effects) {
            if (const auto* x = std::get_if<Breach>(&effect))
                all[name + ".severity"] = x->severity;
            if (const auto* x = std::get_if<Evidence>(&effect))
                all[name + ".strength"] = x->strength;
            if (const auto* x = std::get_if<Broadcast>(&effect))
                all[name + ".rate"] = x->rate;
            if (const auto* x = std::get_if<Invest>(&effect))
                all[name + ".stance"] = x->stance;
            if (const auto* x = std::get_if<Petition>(&effect)) {
                all[name + ".broadcast"] = x->broadcast_rate;
                all[name + ".first"] = x->first_signers;
            }
        }
    }
    return all;
}

struct Move {
    double low, high; ///< the number at trait 0 and at trait 1, reference 0.5
};

/// Checks one trait of one leader: exactly the named numbers move, to the given values, and
/// monotonically in between.
void check_trait(Pole pole, double LeaderProfile::*trait, const std::map<std::string, Move>& moves)
{
    Scenario s = led();
    const auto base = numbers(ready_to_run(s));
    std::map<std::string, double> previous;
    for (int step = 0; step <= 10; ++step) {
        const double x = step / 10.0;
        s.leaders[index_of(pole)].profile.*trait = x;
        const auto now = numbers(ready_to_run(s));
        for (const auto& [name, value] : now) {
            CAPTURE(name, x);
            const auto move = moves.find(name);
            if (move == moves.end()) {
                CHECK(value == base.at(name));
                continue;
            }
            const auto [low, high] = move->second;
            if (step == 0)
                CHECK(value == Approx(low).margin(1e-12));
            else
                CHECK((low < high ? value >= previous.at(name) : value <= previous.at(name)));
            if (step == 5)
                CHECK(value == Approx(base.at(name)));
            if (step == 10)
                CHECK(value == Approx(high).margin(1e-12));
        }
        previous = now;
    }
}

} // namespace

TEST_CASE("a leader at the reference profile leaves everything as it is", "[leader]")
{
    const double level = GENERATE(0.0, 0.3, 1.0);
    const LeaderProfile same{level, level, level, level, level, level, level, level, level, level};
    Scenario s = led();
    const auto base = numbers(s);
    for (LeaderParams& leader : s.leaders)
        leader.profile = leader.reference = same;
    for (const auto& [name, value] : numbers(ready_to_run(s))) {
        CAPTURE(name, level);
        CHECK(value == base.at(name)); // to the bit
    }

    Scenario t = turmoil(60);
    const auto before = history(t, 2);
    for (LeaderParams& leader : t.leaders)
        leader.profile = leader.reference = same;
    CHECK(difference(before, history(t, 2)) == "");
}

TEST_CASE("communication moves the reach of the own side's messages", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::communication,
                {{"event 2.broadcast", {0.25, 1}}, {"event 3.rate", {1, 4}}});
    check_trait(Pole::minus, &LeaderProfile::communication,
                {{"event 6.broadcast", {0.125, 0.5}}, {"event 7.rate", {0.5, 2}}});
}

TEST_CASE("influence moves what is lost with the office, within 0 and a half", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::influence, {{"office_loss.plus", {0.35, 0}}});
    check_trait(Pole::minus, &LeaderProfile::influence, {{"office_loss.minus", {0.35, 0}}});
    Scenario s = led();
    s.mechanisms.office.loss = 0.4;
    s.leaders[1].profile.influence = 0;
    CHECK(leadership(s, Pole::plus).office_loss == 0.5);
}

TEST_CASE("vision moves mean allegiance towards its bearer by 0.88 spreads", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::vision,
                {{"allegiance_mean", {0.1 - 0.88 * 0.4, 0.1 + 0.88 * 0.4}}});
    check_trait(Pole::minus, &LeaderProfile::vision,
                {{"allegiance_mean", {0.1 + 0.88 * 0.4, 0.1 - 0.88 * 0.4}}});
    Scenario s = led();
    s.people.allegiance_mean = 0.9;
    s.leaders[1].profile.vision = 1;
    CHECK(ready_to_run(s).people.allegiance_mean == 1); // cut at the bound
}

TEST_CASE("empowering moves relay and first signers of the own side", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::empowering,
                {{"relay.plus", {0.5, 2}}, {"event 2.first", {6, 24}}});
    check_trait(Pole::minus, &LeaderProfile::empowering,
                {{"relay.minus", {0.5, 2}}, {"event 6.first", {4, 16}}});
}

TEST_CASE("transparency moves the credence of accusations and of unexplained breaches", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::transparency,
                {{"event 4.strength", {0.3, 0.1}}, {"event 0.severity", {0.15, 0.45}}});
    check_trait(Pole::minus, &LeaderProfile::transparency, {});
}

TEST_CASE("commitment moves the delay of own moves and the lag of a settlement", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::commitment,
                {{"event 2.at", {2 + 28 * 2, 2 + 14}},
                 {"event 3.at", {2 + 38 * 2, 2 + 19}},
                 {"lag", {12, 3}}});
}

TEST_CASE("reputation moves what investors make of the leader", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::reputation,
                {{"investors", {0.15, 0.45}}, {"event 5.stance", {0.2, 0.6}}});
    check_trait(Pole::minus, &LeaderProfile::reputation, {});
    Scenario s = led();
    s.investors.stance = 0.9;
    s.leaders[1].profile.reputation = 1;
    CHECK(ready_to_run(s).investors.stance == 1);
}

TEST_CASE("ego moves the spread of allegiance", "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::ego, {{"allegiance_spread", {0.3, 0.5}}});
}

TEST_CASE("eco moves the costs of posting and signing, not of leaving", "[leader]")
{
    const CostParams cost = led().mechanisms.cost;
    check_trait(Pole::plus, &LeaderProfile::eco,
                {{"cost.post", {cost.post * 1.25, cost.post * 0.75}},
                 {"cost.sign", {cost.sign * 1.25, cost.sign * 0.75}}});
}

TEST_CASE("intuition moves the lead of own moves by six hours, never before the dismissal",
          "[leader]")
{
    check_trait(Pole::plus, &LeaderProfile::intuition,
                {{"event 2.at", {36, 24}}, {"event 3.at", {46, 34}}});
    Scenario s = led();
    s.events[2].at = 5;
    s.leaders[1].profile.intuition = 1;
    CHECK(ready_to_run(s).events[2].at == 2);
}

TEST_CASE("a size of 0 leaves everything as it is, whoever leads", "[leader]")
{
    Scenario s = led();
    s.mechanisms.leadership = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    const auto base = numbers(s);
    const double level = GENERATE(0.0, 1.0);
    for (LeaderParams& leader : s.leaders)
        leader.profile = {level, level, level, level, level, level, level, level, level, level};
    for (const auto& [name, value] : numbers(ready_to_run(s))) {
        CAPTURE(name, level);
        CHECK(value == Approx(base.at(name)));
    }
}

TEST_CASE("sizes scale what traits move", "[leader]")
{
    Scenario s = led();
    const auto base = numbers(s);
    LeadershipParams& size = s.mechanisms.leadership;
    s.leaders[1].profile = {0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75};
    size = {4, 0.2, 1, 4, 0.4, 0, 0.4, 0.4, 0.4, 20};
    const auto now = numbers(ready_to_run(s));
    CHECK(now.at("event 2.broadcast") == Approx(2 * base.at("event 2.broadcast")));
    CHECK(now.at("office_loss.plus") == Approx(base.at("office_loss.plus") - 0.05));
    CHECK(now.at("allegiance_mean") == Approx(0.1 + 0.25 * 0.4));
    CHECK(now.at("relay.plus") == Approx(2));
    CHECK(now.at("event 4.strength") == Approx(0.9 * base.at("event 4.strength")));
    CHECK(now.at("lag") == Approx(base.at("lag")));
    CHECK(now.at("event 2.at") == Approx(base.at("event 2.at") - 5));
    CHECK(now.at("investors") == Approx(1.1 * base.at("investors")));
    CHECK(now.at("allegiance_spread") == Approx(1.1 * base.at("allegiance_spread")));
    CHECK(now.at("cost.sign") == Approx(0.9 * base.at("cost.sign")));
}

TEST_CASE("the largest sizes keep every number finite and in its range", "[leader]")
{
    Scenario s = led();
    s.mechanisms.leadership = {10, 1, 10, 10, 10, 10, 10, 10, 10, 1000};
    const double level = GENERATE(0.0, 1.0);
    for (LeaderParams& leader : s.leaders) {
        leader.profile = {level, level, level, level, level, level, level, level, level, level};
        leader.reference = {1 - level, 1 - level, 1 - level, 1 - level, 1 - level,
                            1 - level, 1 - level, 1 - level, 1 - level, 1 - level};
    }
    for (const auto& [name, value] : numbers(ready_to_run(s))) {
        CAPTURE(name, level);
        CHECK(std::isfinite(value));
        CHECK((value >= 0 || name == "allegiance_mean"));
    }
}

TEST_CASE("moves that wait for a condition and moves of others keep their times", "[leader]")
{
    Scenario s = led();
    s.events[2].when = condition([](const Outlook&) { return true; });
    s.leaders[1].profile.commitment = 1;
    s.leaders[1].profile.intuition = 1;
    const Scenario moved = ready_to_run(s);
    CHECK(moved.events[2].at == 30);
    CHECK(moved.events[5].at == 60);
    CHECK(moved.events[3].at < 40);
}
