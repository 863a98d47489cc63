#include "tests/support.hpp"

#include <cmath>

using namespace walkout;

namespace {

/// Four people in two departments who differ in all that an audience can ask for.
Scenario mixed()
{
    Scenario s = small_world(4);
    auto& staff = s.organization.staff;
    staff[0].department = staff[1].department = "sales";
    staff[0].level = 4;
    staff[1].level = 2;
    staff[2].level = 1;
    staff[3].level = 0;
    staff[0].tenure = 10;
    staff[2].tenure = 5;
    staff[1].visa = 1;
    staff[3].visa = 1;
    return s;
}

Audience audience(const std::function<void(Audience&)>& ask)
{
    Audience among;
    ask(among);
    return among;
}

/// Who was reached by an event of a mixed world: those whose trust fell.
std::vector<AgentId> reached_by(const Audience& among)
{
    Scenario s = mixed();
    s.events = {happening(1, Breach{.severity = 0.5, .among = among})};
    Play play(s);
    play.go_to(2);
    std::vector<AgentId> who;
    for (AgentId i = 0; i < 4; ++i)
        if (play.trust_of(i) < 0.5F)
            who.push_back(i);
    return who;
}

/// Everybody signs at once when told.
Scenario eager(int headcount)
{
    Scenario s = small_world(headcount);
    set_allegiance(s, 1);
    s.mechanisms.cost.sign = 0.5;
    s.mechanisms.cost.leave = 0.8;
    s.mechanisms.review = {.voice_rate = 50, .exit_rate = 5};
    s.mechanisms.inclination.peer_weight = 0;
    return s;
}

Petition loud(int first_signers = 0)
{
    return {.broadcast_rate = 1e6, .first_signers = first_signers};
}

std::vector<Hours> exits(const Play& play)
{
    std::vector<Hours> times;
    for (const Change& change : play.changes)
        if (change.to == Stance::resigned)
            times.push_back(change.time);
    return times;
}

} // namespace

TEST_CASE("an audience is cut by department, level, tenure and visa, and by all at once",
          "[events]")
{
    using Ids = std::vector<AgentId>;
    CHECK(reached_by({}) == Ids{0, 1, 2, 3});
    CHECK(reached_by(audience([](Audience& a) { a.department = "sales"; })) == Ids{0, 1});
    CHECK(reached_by(audience([](Audience& a) { a.level_min = 1; })) == Ids{0, 1, 2});
    CHECK(reached_by(audience([](Audience& a) { a.level_max = 1; })) == Ids{2, 3});
    CHECK(reached_by(audience([](Audience& a) { a.tenure_min = 5; })) == Ids{0, 2});
    CHECK(reached_by(audience([](Audience& a) { a.tenure_max = 5; })) == Ids{1, 2, 3});
    CHECK(reached_by(audience([](Audience& a) { a.visa = true; })) == Ids{1, 3});
    CHECK(reached_by(audience([](Audience& a) { a.visa = false; })) == Ids{0, 2});
    CHECK(reached_by(audience([](Audience& a) {
              a.department = "sales";
              a.visa = true;
          })) == Ids{1});
    CHECK(reached_by(audience([](Audience& a) { a.reach = 0; })).empty());
}

TEST_CASE("reach thins an audience, independently for each event and nested for one", "[events]")
{
    constexpr int n = 4000;
    const Play play(small_world(n));
    const auto who = [&](double share, const char* event) {
        std::vector<bool> in;
        for (AgentId i = 0; i < n; ++i)
            in.push_back(reached(play.world, play.chance, reaching(share), key_of(event), i));
        return in;
    };
    const auto some = who(0.3, "a"), more = who(0.5, "a"), others = who(0.3, "b");
    double first = 0, both = 0;
    for (std::size_t i = 0; i < n; ++i) {
        first += some[i];
        both += some[i] && others[i];
        CHECK((!some[i] || more[i]));
    }
    CHECK(std::abs(first / n - 0.3) < share_tolerance(0.3, n));
    CHECK(std::abs(both / n - 0.09) < share_tolerance(0.09, n));
}

TEST_CASE("dismissal and reinstatement take and give the office of one side", "[events]")
{
    Scenario s = small_world(2);
    set_allegiance(s, 0.8);
    s.organization.staff[1].allegiance = -0.8;
    s.mechanisms.office.loss = 0.25;
    s.events = {happening(1, Dismiss{}), happening(2, Dismiss{.pole = Pole::minus}),
                happening(3, Reinstate{})};
    Play play(s);
    const auto follows = [&](AgentId i) {
        return inclination(play.world, play.scenario, i, Rung::sign).allegiance;
    };
    CHECK(follows(0) == Approx(0.8));
    play.go_to(1.5);
    CHECK(follows(0) == Approx(0.6));
    CHECK(follows(1) == Approx(-0.8));
    play.go_to(2.5);
    CHECK(follows(1) == Approx(-0.6));
    play.go_to(3.5);
    CHECK(follows(0) == Approx(0.8));
    CHECK(follows(1) == Approx(-0.6));
}

TEST_CASE("a breach takes trust, less with a reason, and reassurance gives some back", "[events]")
{
    Scenario s = small_world(1);
    s.events = {
        happening(1, Breach{.severity = 0.4}), happening(2, Breach{.severity = 0.4, .reason = 0.5}),
        happening(3, Breach{.severity = 0.4, .reason = 1}), happening(4, Reassure{.gain = 0.25})};
    Play play(s);
    play.go_to(1.5);
    CHECK(play.trust_of(0) == Approx(0.3));
    play.go_to(2.5);
    CHECK(play.trust_of(0) == Approx(0.24));
    play.go_to(3.5);
    CHECK(play.trust_of(0) == Approx(0.24));
    play.go_to(4.5);
    CHECK(play.trust_of(0) == Approx(0.43));
}

TEST_CASE("persuasion reaches its audience and evidence speaks against the leader", "[events]")
{
    Scenario s = mixed();
    set_allegiance(s, 0.5);
    const auto sales = audience([](Audience& a) { a.department = "sales"; });
    s.events = {happening(1, Persuade{.strength = 0.2, .among = sales}),
                happening(2, Evidence{.strength = 0.5})};
    Play play(s);
    play.go_to(1.5);
    CHECK(play.allegiance_of(0) == Approx(0.6));
    CHECK(play.allegiance_of(2) == Approx(0.5));
    play.go_to(2.5);
    CHECK(play.allegiance_of(0) == Approx(-0.2));
    CHECK(play.allegiance_of(2) == Approx(-0.25));
}

TEST_CASE("an offer lifts the fallback of those it takes, never lowers it", "[events]")
{
    Scenario s = mixed(); // persons 1 and 3 need a visa
    s.organization.staff[0].fallback = 0.9;
    s.events = {happening(1, Offer{.quality = 0.6}),
                happening(2, Offer{.quality = 0.4, .visa_ok = true}),
                happening(3, Offer{.quality = 0.7, .visa_ok = true, .third_party = false})};
    Play play(s);
    const auto fallbacks = [&] {
        return std::vector<float>{play.fallback_of(0), play.fallback_of(1), play.fallback_of(2),
                                  play.fallback_of(3)};
    };
    play.go_to(1.5);
    CHECK(fallbacks() == std::vector<float>{0.9F, 0, 0.6F, 0});
    CHECK(play.world.public_offer == Approx(0.6));
    play.go_to(2.5);
    CHECK(fallbacks() == std::vector<float>{0.9F, 0.4F, 0.6F, 0.4F});
    CHECK(play.world.public_offer == Approx(0.6));
    play.go_to(3.5);
    CHECK(fallbacks() == std::vector<float>{0.9F, 0.7F, 0.7F, 0.7F});
    CHECK(play.world.public_offer == Approx(0.6));
}

TEST_CASE("the end of a package restores the next best fallback and closes the door", "[events]")
{
    Scenario s = eager(300);
    s.mechanisms.review.exit_rate = 0.1;
    s.organization.staff[0].fallback = 0.8;
    s.events = {happening(1, Offer{.quality = 0.3}),
                happening(2, Package{.quality = 0.7, .open_for = 5, .broadcast_rate = 100}),
                happening(4, Offer{.quality = 0.5})};
    Play play(s);
    play.go_to(6);
    CHECK(play.fallback_of(0) == 0.8F);
    CHECK(play.fallback_of(1) == 0.7F);
    CHECK(play.world.public_offer == 0.5); // a package is nobody's credible threat
    play.go_to(40);
    CHECK(play.fallback_of(0) == 0.8F);
    CHECK(play.fallback_of(1) == 0.5F);
    const auto left = exits(play);
    REQUIRE(left.size() > 50);
    REQUIRE(left.size() < 300);
    CHECK(left.front() > 2);
    CHECK(left.back() < 7);
}

TEST_CASE("a package opens the door to its audience and its side alone", "[events]")
{
    Scenario s = eager(100);
    for (std::size_t i = 0; i < 100; ++i) {
        s.organization.staff[i].level = static_cast<double>(i % 2);
        s.organization.staff[i].allegiance = i % 4 < 2 ? 1 : -1;
    }
    const Pole side = GENERATE(Pole::plus, Pole::minus);
    s.events = {happening(1, Package{.pole = side,
                                     .quality = 0.2,
                                     .broadcast_rate = 100,
                                     .among = audience([](Audience& a) { a.level_min = 1; })})};
    Play play(s);
    play.go_to(20);
    for (AgentId i = 0; i < 100; ++i) {
        const bool wants = (i % 4 < 2) == (side == Pole::plus);
        CHECK((play.world.people[i].stance == Stance::resigned) == (i % 2 == 1 && wants));
        CHECK(play.fallback_of(i) == (i % 2 == 1 ? 0.2F : 0));
    }
}

TEST_CASE("a second package is considered by those who knew the first", "[events]")
{
    Scenario s = eager(200);
    s.mechanisms.review.exit_rate = 0.5;
    s.mechanisms.cost.leave = 1.1; // the first is not good enough
    s.events = {happening(1, Package{.quality = 0, .open_for = 2, .broadcast_rate = 100}),
                happening(10, Package{.quality = 1, .broadcast_rate = 100})};
    Play play(s);
    play.go_to(48);
    CHECK(play.count(Stance::resigned) == 200);
}

TEST_CASE("a petition opens with the heads most inclined to it", "[events]")
{
    Scenario s = small_world(8);
    appoint_heads(s, 6);
    const std::array<double, 8> allegiances = {0.1, 0.9, -0.5, 0.3, 0.7, 0, 1, 1};
    for (std::size_t i = 0; i < 8; ++i)
        s.organization.staff[i].allegiance = allegiances[i];
    s.events = {happening(1, Petition{.broadcast_rate = 0, .visibility = 0.7, .first_signers = 3})};
    Play play(s);
    play.go_to(0.9);
    CHECK(play.world.crowd_visibility == 0);
    play.go_to(2);
    std::vector<AgentId> who;
    for (const Change& change : play.changes) {
        CHECK(change.cause == Cause::first_signer);
        CHECK(change.time == 1);
        CHECK(change.side == Pole::plus);
        who.push_back(change.person);
    }
    CHECK(who == std::vector<AgentId>{6, 1, 4}); // 7 is nobody's head, 6 leads the rest
    CHECK(play.world.crowd_visibility == 0.7);
    CHECK(play.world.campaign(Call::petition_plus).opened == 1);
    CHECK(play.world.campaign(Call::petition_plus).open);
    CHECK_FALSE(play.world.campaign(Call::petition_minus).open);
}

TEST_CASE("a closed petition stops signing, hearing and broadcasting", "[events]")
{
    Scenario s = eager(400);
    s.events = {happening(1, Petition{.broadcast_rate = 0.2, .first_signers = 0}),
                happening(4, Close{}), happening(5, Broadcast{.rate = 100})};
    Play play(s);
    play.go_to(20);
    CHECK(play.count(Stance::signed_letter) > 100);
    CHECK(play.count(Stance::signed_letter) < 300);
    for (const Change& change : play.changes)
        CHECK(change.time < 4);
}

TEST_CASE("a petition that opens again is taken up by those who knew and had posted", "[events]")
{
    Scenario s = eager(100);
    s.mechanisms.cost.post = 0.1;
    s.mechanisms.review.voice_rate = 1;
    s.mechanisms.cost.sign = 1.5; // too much at first
    s.events = {
        happening(1, loud()), happening(20, Close{}),
        happening(21, Persuade{.strength = 0.1}, Breach{.severity = 1}),
        happening(22, Petition{.broadcast_rate = 1e6, .risk_factor = 0.2, .first_signers = 0})};
    Play play(s);
    play.go_to(19);
    REQUIRE(play.count(Stance::posted) == 100);
    play.go_to(48);
    CHECK(play.count(Stance::signed_letter) == 100);
}

TEST_CASE("signers are free to take a package once their petition is closed", "[events]")
{
    Scenario s = eager(200);
    s.events = {happening(1, loud()), happening(20, Close{}),
                happening(21, Package{.quality = 0, .broadcast_rate = 100})};
    Play play(s);
    play.go_to(20.9);
    REQUIRE(play.count(Stance::signed_letter) == 200);
    play.go_to(48);
    CHECK(play.count(Stance::resigned) == 200);
}

TEST_CASE("closing ends a package of that side, not of the other", "[events]")
{
    const Pole closed = GENERATE(Pole::plus, Pole::minus);
    Scenario s = eager(300);
    s.mechanisms.review.exit_rate = 0.1;
    s.events = {happening(1, Package{.quality = 0.4, .broadcast_rate = 100}),
                happening(4, Close{.pole = closed})};
    Play play(s);
    play.go_to(40);
    const bool shut = closed == Pole::plus;
    CHECK(play.world.campaign(Call::package).open == !shut);
    CHECK(play.fallback_of(0) == (shut ? 0 : 0.4F));
    const auto left = exits(play);
    REQUIRE(left.size() > 30);
    CHECK((left.back() < 4) == shut);
}

TEST_CASE("a hard deadline opens the door to its side, a soft one does not", "[events]")
{
    const bool hard = GENERATE(true, false);
    Scenario s = eager(200);
    s.organization.staff[7].allegiance = -1;
    s.events = {happening(1, loud()), happening(2, Deadline{.in = 10, .hard = hard})};
    Play play(s);
    play.go_to(11.9);
    CHECK(exits(play).empty());
    play.go_to(40);
    CHECK(exits(play).size() == (hard ? 199 : 0));
    CHECK(play.world.ultimatums[1].expired == hard);
}

TEST_CASE("a later deadline moves an earlier one, either way", "[events]")
{
    const double in = GENERATE(25.0, 2.0);
    Scenario s = eager(200);
    s.events = {happening(1, loud()), happening(2, Deadline{.in = 10}),
                happening(5, Deadline{.in = in})};
    Play play(s);
    play.go_to(48);
    const auto left = exits(play);
    REQUIRE(left.size() == 200);
    CHECK(left.front() >= 5 + in);
    CHECK(left.front() < 5 + in + 1);
}

TEST_CASE("a settlement before the deadline keeps the door shut", "[events]")
{
    Scenario s = eager(200);
    s.board.directors = {{.name = "only", .resolve = 99}};
    s.mechanisms.settlement.lag = 0.5;
    s.events = {happening(1, loud()), happening(2, Deadline{.in = 20}),
                happening(5, Concede{.director = "only"})};
    Play play(s);
    play.go_to(48);
    CHECK(play.world.board.settled < 22);
    CHECK(exits(play).empty());
    CHECK(play.count(Stance::returned) == 200);
}

TEST_CASE("a settlement reinstates, closes, quiets investors and brings signers back", "[events]")
{
    Scenario s = eager(400);
    for (std::size_t i = 0; i < 100; ++i)
        s.organization.staff[i].allegiance = 0;
    s.investors.stance = 0.7;
    s.board.directors = {{.name = "only", .resolve = 99}};
    s.mechanisms.settlement = {.lag = 1e-6, .comeback_rate = 0.2};
    s.mechanisms.review.exit_rate = 0.2;
    s.events = {happening(0, Dismiss{}), happening(1, loud()), happening(2, Deadline{.in = 3}),
                happening(9, Concede{.director = "only"})};
    Play play(s);
    play.go_to(8.9);
    const auto gone = play.count(Stance::resigned), named = play.count(Stance::signed_letter);
    REQUIRE(gone + named == 300);
    REQUIRE(gone > 50);
    play.go_to(9.1);
    CHECK(play.count(Stance::signed_letter) == 0);
    CHECK(play.world.in_office[1]);
    CHECK(play.world.investors == 0);
    CHECK_FALSE(play.world.campaign(Call::petition_plus).open);
    play.go_to(48);
    std::vector<double> waits;
    for (const Change& change : play.changes)
        if (change.cause == Cause::comeback)
            waits.push_back(change.time - play.world.board.settled);
    waits.resize(static_cast<std::size_t>(gone), never);
    CHECK(distance(
              waits, [](double t) { return 1 - std::exp(-0.2 * t); }, 35) <
          distance_limit(waits.size()));
}

TEST_CASE("the investors' stance is what the last event says", "[events]")
{
    Scenario s = small_world(1);
    s.investors.stance = 0.1;
    s.events = {happening(1, Invest{.stance = -0.4})};
    Play play(s);
    CHECK(play.world.investors == 0.1);
    play.go_to(2);
    CHECK(play.world.investors == -0.4);
}

TEST_CASE("a board decides only once it is convened", "[events][board]")
{
    Scenario s = small_world(1);
    s.investors.stance = 1;
    s.board.in_session = false;
    s.board.review_rate = 50;
    s.board.directors = {{.name = "only", .resolve = 0.1}};
    s.events = {happening(10, Convene{})};
    Play play(s);
    play.go_to(9.9);
    CHECK(play.world.board.conceded == never);
    CHECK(play.world.board.endured[1] == 0);
    play.go_to(20);
    CHECK(play.world.board.conceded > 10);
    CHECK(play.world.board.conceded < 12);
}

TEST_CASE("a named director concedes at the hour and to the side of the event", "[events][board]")
{
    Scenario s = small_world(1);
    s.board.directors = {{.name = "a", .resolve = 99}, {.name = "b", .resolve = 99}};
    s.board.quorum = 1;
    s.events = {happening(3, Concede{.director = "b", .pole = Pole::minus}),
                happening(4, Concede{.director = "b"}), happening(5, Concede{.director = "a"})};
    Play play(s);
    play.go_to(6);
    CHECK(play.world.board.directors[1].conceded == 3);
    CHECK(play.world.board.directors[1].vote == Pole::minus); // irreversible
    CHECK(play.world.board.directors[0].conceded == 5);
    CHECK(play.world.board.conceded_to == Pole::minus);
    CHECK(play.world.board.conceded == 3);
}

TEST_CASE("a new authority starts from the trust of the event or from what there is", "[events]")
{
    Scenario s = small_world(3);
    s.organization.staff[0].trust = 0.1;
    s.events = {happening(1, Appoint{}), happening(2, Appoint{.trust = 0.75})};
    Play play(s);
    play.go_to(1.5);
    CHECK(play.trust_of(0) == 0.1F);
    play.go_to(2.5);
    for (AgentId i = 0; i < 3; ++i)
        CHECK(play.trust_of(i) == 0.75F);
}

TEST_CASE("retaliation makes every act dearer, each time anew", "[events]")
{
    Scenario s = small_world(1);
    s.events = {happening(1, Retaliate{.factor = 0.5}), happening(2, Retaliate{.factor = 1})};
    Play play(s);
    const double before = cost(play.world, play.scenario, 0, Rung::post, Pole::plus).total();
    play.go_to(3);
    for (const Rung rung : {Rung::post, Rung::sign, Rung::leave})
        CHECK(cost(play.world, play.scenario, 0, rung, Pole::plus).fear > 0);
    CHECK(cost(play.world, play.scenario, 0, Rung::post, Pole::plus).total() == Approx(3 * before));
}

TEST_CASE("effects of one event happen in order and events of one hour in file order", "[events]")
{
    Scenario s = small_world(1);
    s.events = {happening(1, Appoint{.trust = 1}, Breach{.severity = 0.5}),
                happening(1, Reassure{.gain = 0.5}), happening(1, Breach{.severity = 0.1})};
    Play play(s);
    play.go_to(1.1);
    CHECK(play.trust_of(0) == Approx(0.675));
}

TEST_CASE("events of the hour of a deadline come before it", "[events]")
{
    Scenario s = eager(50);
    s.events = {happening(1, loud()), happening(2, Deadline{.in = 10}),
                happening(12, Deadline{.in = 30})}; // moved at the last moment
    Play play(s);
    play.go_to(12.1);
    int considering = 0;
    for (AgentId i = 0; i < 50; ++i)
        considering += play.world.has(i, Flag::exit_pending);
    CHECK(considering == 0);
    play.go_to(30);
    CHECK(exits(play).empty());
}

TEST_CASE("a condition fires once, at the first tick at which it holds, after its delay",
          "[events]")
{
    Scenario s = eager(100);
    s.mechanisms.review.voice_rate = 0.5;
    s.events = {happening(1, loud()), happening(0, Invest{.stance = 0.5})};
    s.events[1].when = condition([](const Outlook& o) { return o.signed_count >= 50; });
    s.events[1].after = 3;
    Play play(s);
    play.go_to(40);
    REQUIRE(play.changes.size() >= 50);
    const Hours fired = play.world.fired[1];
    CHECK(fired >= play.changes[49].time + 3);
    CHECK(fired <= play.changes[49].time + 3 + s.tick + 1e-9);
    CHECK(play.world.investors == 0.5);
}

TEST_CASE("news of a closed petition does not reach people once another one opens", "[events]")
{
    Scenario s = eager(400);
    s.mechanisms.information = {.nudges_per_tie = 5, .nudge_memory = 50};
    s.events = {happening(1, Petition{.broadcast_rate = 0, .first_signers = 5}),
                happening(1.01, Close{}),
                happening(1.02, Petition{.broadcast_rate = 0, .first_signers = 0})};
    Play play(s);
    play.go_to(40);
    for (const Change& change : play.changes)
        if (change.to == Stance::signed_letter)
            CHECK(change.time < 1.02);
}

TEST_CASE("a second package is open to its own audience only", "[events]")
{
    Scenario s = eager(60);
    for (std::size_t i = 0; i < 60; ++i)
        s.organization.staff[i].department = i < 30 ? "a" : "b";
    s.mechanisms.cost.leave = 0.01;
    s.events = {
        happening(1, Package{.open_for = 0.01, .broadcast_rate = 0, .among = {.department = "a"}}),
        happening(2, Package{.broadcast_rate = 1e6, .among = {.department = "b"}})};
    Play play(s);
    play.go_to(s.horizon);
    CHECK(play.count(Stance::resigned) > 0);
    for (const Change& change : play.changes)
        if (change.to == Stance::resigned && change.cause == Cause::review)
            CHECK(play.world.organization->department_of(change.person).name == "b");
}
