#include "sim/core/mechanisms.hpp"
#include "sim/core/twin.hpp"
#include "sim/study/explain.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

using namespace walkout;

namespace {

Event event_of(const std::string& name, Hours at, std::vector<Effect> effects)
{
    Event event;
    event.name = name;
    event.at = at;
    event.effects = std::move(effects);
    return event;
}

/// Five people in a row, sleepless, of average trust and risk, without fallback, so a signature
/// costs 1.04 and inclination is  allegiance + 0.8 (weight of neighbors who signed / all weight).
/// The head, person 0, signs first when allegiance is positive.
Scenario row_of_five(std::array<double, 5> allegiance = {0.7, 0.7, 0.7, 0.7, 0.7})
{
    Scenario s;
    s.horizon = 48;
    for (AgentId i = 0; i < 5; ++i) {
        StaffRow row;
        row.department = "all";
        row.team = "row";
        row.allegiance = allegiance[i];
        row.trust = row.risk = 0.5;
        row.fallback = row.visa = row.bed = row.wake = 0;
        s.organization.staff.push_back(row);
    }
    s.organization.ties.emplace();
    for (AgentId i = 0; i + 1 < 5; ++i) {
        s.organization.ties->push_back({i, i + 1, 1});
        s.organization.ties->push_back({i + 1, i, 1});
    }
    s.mechanisms.inclination.peer_weight = 0.8;
    s.mechanisms.inclination.global_share = 0;
    s.mechanisms.drift.openness = 0;
    s.mechanisms.cost.post = 5; // nobody posts
    s.mechanisms.cost.sign = 1.04;
    s.mechanisms.departure.background_rate = 0;
    s.events = {event_of("weather", 1, {Invest{}}),
                event_of("letter", 2, {Petition{.broadcast_rate = 100, .first_signers = 1}}),
                event_of("too late", 60, {Retaliate{}})};
    return s;
}

/// A generated organization in which people post, sign and leave.
Scenario crisis(int headcount = 120)
{
    Scenario s;
    s.organization.headcount = headcount;
    s.horizon = 96;
    s.people.allegiance_mean = 0.5;
    s.people.fallback_mean = 0.5;
    s.mechanisms.departure.background_rate = 1e-3;
    s.events = {event_of("dismissal", 0, {Dismiss{}}), event_of("breach", 3, {Breach{}}),
                event_of("letter", 10, {Petition{}, Deadline{.in = 30}}),
                event_of("offer", 20, {Offer{.quality = 0.8}}),
                event_of("package", 45, {Package{.open_for = 20}})};
    return s;
}

std::vector<Change> changes_of_run(const Scenario& scenario, std::uint64_t seed,
                                   std::vector<Adjustment> adjustments = {})
{
    std::vector<Change> all;
    run(scenario, {.seed = seed, .adjustments = std::move(adjustments)}, [&](const World& world) {
        all.insert(all.end(), world.changes.begin(), world.changes.end());
    });
    return all;
}

std::vector<Change> of_person(const std::vector<Change>& all, AgentId person)
{
    std::vector<Change> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own),
                 [&](const Change& change) { return change.person == person; });
    return own;
}

/// The first person who took the stance for the cause.
AgentId first_with(const std::vector<Change>& all, Stance stance, Cause cause)
{
    for (const Change& change : all)
        if (change.to == stance && change.cause == cause)
            return change.person;
    FAIL("nobody did");
    return 0;
}

bool same_bits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same_terms(const Change& a, const Change& b)
{
    return same_bits(a.why.allegiance, b.why.allegiance) &&
           same_bits(a.why.distrust, b.why.distrust) && same_bits(a.why.contacts, b.why.contacts) &&
           same_bits(a.why.crowd, b.why.crowd) && same_bits(a.cost.act, b.cost.act) &&
           same_bits(a.cost.exposure, b.cost.exposure) && same_bits(a.cost.naming, b.cost.naming) &&
           same_bits(a.cost.fear, b.cost.fear) && same_bits(a.cost.relief, b.cost.relief);
}

const Remedy& remedy_of(const Explanation& told, RemedyKind kind, const std::string& what = "")
{
    const auto found =
        std::find_if(told.remedies.begin(), told.remedies.end(),
                     [&](const Remedy& r) { return r.kind == kind && r.what == what; });
    REQUIRE(found != told.remedies.end());
    return *found;
}

bool acts_with(const Scenario& scenario, const Explanation& told, double size)
{
    const Question& q = told.question;
    const auto own = of_person(
        changes_of_run(scenario, q.seed, {{.person = q.person, .allegiance = size}}), q.person);
    return find_act(own, q.rung, q.side) != nullptr;
}

/// The reported size turns the answer, half a resolution less does not: checked by plain runs.
void check_boundary(const Scenario& scenario, const Explanation& told)
{
    const Remedy& remedy = remedy_of(told, RemedyKind::allegiance);
    REQUIRE(remedy.works);
    const double less = remedy.size - std::copysign(remedy_resolution / 2, remedy.size);
    CHECK(acts_with(scenario, told, remedy.size) != told.question.did);
    CHECK(acts_with(scenario, told, less) == told.question.did);
    CHECK(std::abs(told.portrait.anchor + remedy.size) <= 1);
}

} // namespace

TEST_CASE("in a row of five each signs because the neighbor before did", "[explain]")
{
    const Scenario scenario = row_of_five();
    const Explanation told = explain(scenario, 1, 0, 2);
    REQUIRE(told.act);
    CHECK(told.act->to == Stance::signed_letter);
    CHECK(told.act->cause == Cause::review);
    CHECK(told.question.rung == Rung::sign);
    CHECK(told.question.side == Pole::plus);
    CHECK(told.act->why.allegiance == Approx(0.7));
    CHECK(told.act->why.contacts == Approx(0.4));
    CHECK(told.act->why.distrust == 0);
    CHECK(told.act->cost.total() == Approx(1.04));
    CHECK(told.influencers == 2);
    CHECK(told.influence == 2);
    REQUIRE(told.contacts.size() == 1);
    CHECK(told.contacts[0].person == 1);
    CHECK(told.contacts[0].weight == 1);
    CHECK(told.contacts[0].side == Pole::plus);
    CHECK(told.contacts[0].stance == Stance::signed_letter);
    CHECK(told.contacts[0].acted < told.at);
    CHECK(told.at == told.act->time);
    CHECK(told.portrait.department == "all");
    CHECK(told.portrait.manager == 0);

    // Kept when 0.7 - d + 0.4 no longer exceeds 1.04.
    const Remedy& less = remedy_of(told, RemedyKind::allegiance);
    CHECK(less.works);
    CHECK(less.monotone);
    CHECK(less.size <= -0.06);
    CHECK(less.size > -0.06 - remedy_resolution);
    check_boundary(scenario, told);
    CHECK(remedy_of(told, RemedyKind::event_off, "letter").works);
    CHECK(remedy_of(told, RemedyKind::no_peers).works);
}

TEST_CASE("an event without effect is told so, and one that never happened is not tried",
          "[explain]")
{
    const Explanation told = explain(row_of_five(), 1, 0, 2);
    const Remedy& weather = remedy_of(told, RemedyKind::event_off, "weather");
    CHECK_FALSE(weather.works);
    CHECK_FALSE(weather.changes_run);
    REQUIRE(weather.instead);
    CHECK(weather.instead->time == told.act->time);
    CHECK(told.remedies.size() == 4); // allegiance, weather, letter, no peers
}

TEST_CASE("a first signer was asked: the terms are told, only the sign of allegiance counted",
          "[explain]")
{
    const Scenario scenario = row_of_five();
    const Explanation told = explain(scenario, 1, 0, 0);
    REQUIRE(told.act);
    CHECK(told.act->cause == Cause::first_signer);
    CHECK(told.act->why.total() < told.act->cost.total());
    CHECK(told.contacts.empty());
    const Remedy& less = remedy_of(told, RemedyKind::allegiance);
    CHECK(less.size <= -0.7 + 1e-6);
    CHECK(less.size > -0.7 - remedy_resolution);
    check_boundary(scenario, told);
    CHECK_FALSE(remedy_of(told, RemedyKind::no_peers).works);
}

TEST_CASE("who never acts learns what it would have taken", "[explain]")
{
    const Scenario scenario = row_of_five({0.7, 0.7, 0.7, 0.7, -0.2});
    const Explanation told = explain(scenario, 1, 0, 4);
    CHECK(told.acts.empty());
    CHECK_FALSE(told.act);
    CHECK_FALSE(told.question.did);
    CHECK(told.question.rung == Rung::sign);
    CHECK(told.question.side == Pole::plus);
    // The one neighbor signed: -0.2 + 0.8 + d > 1.04.
    const Remedy& more = remedy_of(told, RemedyKind::allegiance);
    CHECK(more.size > 0.44);
    CHECK(more.size < 0.44 + remedy_resolution);
    check_boundary(scenario, told);
    CHECK_FALSE(remedy_of(told, RemedyKind::no_peers).works);
    CHECK_FALSE(remedy_of(told, RemedyKind::event_off, "letter").works);

    REQUIRE(told.contacts.size() == 1); // closest after the neighbor signed
    CHECK(told.contacts[0].person == 3);
    const auto closest = std::find_if(told.pressure.begin(), told.pressure.end(),
                                      [&](const Moment& m) { return m.time == told.at; });
    REQUIRE(closest != told.pressure.end());
    CHECK(closest->open);
    CHECK(closest->informed);
    CHECK(closest->why.total() == Approx(0.6));
}

TEST_CASE("where no petition opens, no allegiance makes anybody sign", "[explain]")
{
    Scenario scenario = row_of_five();
    scenario.events.pop_back();
    scenario.events.pop_back();
    const Explanation told = explain(scenario, 1, 0, 3);
    CHECK_FALSE(told.act);
    const Remedy& none = remedy_of(told, RemedyKind::allegiance);
    CHECK_FALSE(none.works);
    CHECK(none.monotone);
    CHECK_FALSE(none.trials.empty());
    CHECK(none.size == none.trials.back().size);
    CHECK(std::none_of(told.pressure.begin(), told.pressure.end(),
                       [](const Moment& m) { return m.open || m.informed; }));
}

TEST_CASE("somebody who does not exist is refused with the valid ids", "[explain]")
{
    REQUIRE_THROWS_AS(explain(row_of_five(), 1, 0, 5), std::out_of_range);
    REQUIRE_THROWS_WITH(explain(row_of_five(), 1, 0, 5),
                        "there is no person 5: ids go from 0 to 4");
}

TEST_CASE("a background departure has no reason and no remedy", "[explain]")
{
    Scenario scenario = row_of_five();
    scenario.events.clear();
    scenario.mechanisms.departure.background_rate = 0.1;
    const auto all = changes_of_run(scenario, 3);
    const AgentId leaver = first_with(all, Stance::resigned, Cause::background);
    const Explanation told = explain(scenario, 3, 0, leaver);
    REQUIRE(told.act);
    CHECK(told.act->cause == Cause::background);
    CHECK(told.question.side == Pole::none);
    CHECK(told.remedies.empty());
    CHECK_FALSE(told.pressure.empty());

    const Explanation signing = explain(scenario, 3, 0, leaver, Rung::sign); // never did
    CHECK_FALSE(signing.act);
    CHECK_FALSE(signing.question.did);
}

TEST_CASE("terms are those the engine compared, to the bit", "[explain]")
{
    const Scenario scenario = crisis();
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const auto all = changes_of_run(scenario, seed);
        for (const AgentId person : {first_with(all, Stance::posted, Cause::review),
                                     first_with(all, Stance::signed_letter, Cause::review)}) {
            CAPTURE(seed, person);
            const Explanation told = explain(scenario, seed, 0, person);
            const auto recorded = of_person(all, person);
            REQUIRE(told.acts.size() == recorded.size());
            for (std::size_t k = 0; k < recorded.size(); ++k) {
                CHECK(told.acts[k].time == recorded[k].time);
                CHECK(told.acts[k].to == recorded[k].to);
                CHECK(same_terms(told.acts[k], recorded[k]));
                const Inclination& y = told.acts[k].why;
                const Cost& c = told.acts[k].cost;
                CHECK(same_bits(y.allegiance + y.distrust + y.contacts + y.crowd,
                                recorded[k].why.total()));
                CHECK(same_bits(c.act + c.exposure + c.naming + c.fear + c.relief,
                                recorded[k].cost.total()));
                if (recorded[k].cause == Cause::review)
                    CHECK(std::abs(y.total()) > c.total());
            }
        }
    }
}

TEST_CASE("contacts are those who had acted, and their weights make the push", "[explain]")
{
    const Scenario scenario = crisis();
    const auto all = changes_of_run(scenario, 1);
    const Organization org = make_organization(scenario.organization, Chance(1));
    int explained = 0;
    for (const Change& signature : all) {
        if (signature.to != Stance::signed_letter || signature.cause != Cause::review ||
            ++explained % 20 != 1)
            continue;
        const Explanation told = explain(scenario, 1, 0, signature.person, Rung::sign);
        REQUIRE(told.act);
        std::vector<Change> last(org.size());
        for (const Change& change : all) {
            if (change.person == told.act->person && change.to == told.act->to)
                break;
            last[change.person] = change;
        }
        double push = 0;
        std::size_t acted = 0, influencers = 0;
        double weight_in = 0;
        for (AgentId i = 0; i < org.size(); ++i) {
            const auto row = org.ties.influenced_by(i);
            const auto found = std::find(row.begin(), row.end(), signature.person);
            if (found == row.end())
                continue;
            ++influencers;
            const double weight =
                org.ties.weights_of(i)[static_cast<std::size_t>(found - row.begin())] * Ties::unit;
            weight_in += weight;
            if (last[i].to == Stance::working)
                continue;
            ++acted;
            const auto told_of =
                std::find_if(told.contacts.begin(), told.contacts.end(),
                             [&](const Contact& contact) { return contact.person == i; });
            REQUIRE(told_of != told.contacts.end());
            CHECK(told_of->weight == weight);
            CHECK(told_of->stance == last[i].to);
            CHECK(told_of->side == last[i].side);
            CHECK(told_of->acted == last[i].time);
            const double counts =
                last[i].to == Stance::posted ? scenario.mechanisms.inclination.milder_weight : 1;
            push += counts * sign_of(last[i].side) * weight;
        }
        CHECK(told.contacts.size() == acted);
        CHECK(told.influencers == influencers);
        CHECK(told.influence == weight_in);
        CHECK(
            std::is_sorted(told.contacts.begin(), told.contacts.end(),
                           [](const Contact& a, const Contact& b) { return a.weight > b.weight; }));
        const InclinationParams& p = scenario.mechanisms.inclination;
        CHECK(told.act->why.contacts ==
              Approx(p.peer_weight * (1 - p.global_share) * push / weight_in));
    }
    CHECK(explained >= 20);
}

TEST_CASE("remedies hold when they are run", "[explain]")
{
    const Scenario scenario = crisis();
    const auto all = changes_of_run(scenario, 2);
    const AgentId leaver = first_with(all, Stance::resigned, Cause::review);
    const AgentId signer = first_with(all, Stance::signed_letter, Cause::review);
    for (const AgentId person : {leaver, signer}) {
        CAPTURE(person);
        const Explanation told = explain(scenario, 2, 0, person);
        check_boundary(scenario, told);
        for (const Remedy& remedy : told.remedies) {
            if (remedy.kind == RemedyKind::allegiance)
                continue;
            CAPTURE(remedy.what);
            Scenario changed = remedy.kind == RemedyKind::no_peers ? no_peers(scenario) : scenario;
            for (Event& event : changed.events)
                event.enabled = event.name != remedy.what;
            const auto own = of_person(changes_of_run(changed, 2), person);
            CHECK(remedy.works ==
                  (find_act(own, told.question.rung, told.question.side) == nullptr));
        }
    }
}

TEST_CASE("trials rise in size and show whether larger changes keep working", "[explain]")
{
    const auto all = changes_of_run(crisis(), 2);
    const AgentId signer = first_with(all, Stance::signed_letter, Cause::review);
    const Remedy remedy = remedy_of(explain(crisis(), 2, 0, signer), RemedyKind::allegiance);
    REQUIRE(remedy.trials.size() > 5);
    bool worked = false, monotone = true;
    for (std::size_t k = 0; k < remedy.trials.size(); ++k) {
        if (k > 0)
            CHECK(std::abs(remedy.trials[k].size) > std::abs(remedy.trials[k - 1].size));
        monotone = monotone && (remedy.trials[k].works || !worked);
        worked = worked || remedy.trials[k].works;
    }
    CHECK(remedy.monotone == monotone);
}

TEST_CASE("pressure is told hour by hour, and tick by tick around the act", "[explain]")
{
    const Explanation told = explain(row_of_five(), 1, 0, 2);
    REQUIRE(told.pressure.size() > 48);
    CHECK(told.pressure.front().time == 0);
    std::size_t near = 0;
    for (std::size_t k = 1; k < told.pressure.size(); ++k) {
        CHECK(told.pressure[k].time > told.pressure[k - 1].time);
        CHECK(told.pressure[k].time - told.pressure[k - 1].time < 1 + 1e-6);
        near += std::abs(told.pressure[k].time - told.at) <= 1;
    }
    CHECK(near >= 19); // of two hours with ticks of 0.1
    CHECK(told.pressure.back().stance == Stance::signed_letter);
    CHECK_FALSE(told.pressure.back().open);
}

TEST_CASE("the twin without peers differs in three parameters only", "[explain]")
{
    const Scenario scenario = crisis();
    const Scenario twin = no_peers(scenario);
    CHECK(twin.mechanisms.inclination.peer_weight == 0);
    CHECK(twin.mechanisms.information.nudges_per_tie == 0);
    CHECK(twin.mechanisms.drift.openness == 0);
    CHECK(twin.mechanisms.inclination.distrust_weight ==
          scenario.mechanisms.inclination.distrust_weight);
    for (const Change& change : changes_of_run(twin, 1)) {
        CHECK(change.why.contacts == 0);
        CHECK(change.why.crowd == 0);
    }
}
