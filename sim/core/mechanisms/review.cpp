#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ranges>
#include <utility>

namespace walkout {

namespace {

constexpr float restless = std::numeric_limits<float>::infinity();

/// Everybody who is calm looks again when the public count may have moved inclinations this far:
/// whoever has less slack takes reviews instead. Allegiance units.
constexpr double glance = 0.01;

/// What the public count may do until everybody looks.
double headroom(const World& world)
{
    return world.crowd_visibility > 0 ? glance : 0;
}

/// A petition for `side` is open and known to the person.
bool may_sign(const World& world, AgentId person, Pole side)
{
    return side != Pole::none && world.campaign(petition_of(side)).open &&
           world.has_heard(person, petition_of(side));
}

/// An expired ultimatum or a package opens the way out for `side`.
bool may_leave(const World& world, AgentId person, Pole side)
{
    if (side == Pole::none)
        return false;
    const Ultimatum& ultimatum = world.ultimatums[index_of(side)];
    const bool signer =
        world.people[person].stance == Stance::signed_letter && world.people[person].side == side;
    if (ultimatum.expired && (signer || world.has_heard(person, petition_of(side))))
        return true;
    const Campaign& package = world.campaign(Call::package);
    const bool bound = world.people[person].stance == Stance::signed_letter &&
                       world.campaign(petition_of(world.people[person].side)).open &&
                       !ultimatum.expired;
    return package.open && package.pole == side && world.has_heard(person, Call::package) && !bound;
}

bool may_act_for_any(const World& world, AgentId person, Rung rung)
{
    return may_act(world, person, rung, Pole::plus) || may_act(world, person, rung, Pole::minus);
}

/// Do the act if it is open to the side of the inclination and carried by it. @returns whether it
/// was done.
bool act_if_justified(World& world, const Scenario& scenario, const Chance& chance, AgentId person,
                      Rung rung)
{
    if (!may_act_for_any(world, person, rung))
        return false; // the usual case
    const Inclination why = inclination(world, scenario, person, rung);
    if (!may_act(world, person, rung, why.side()))
        return false;
    const Cost price = cost(world, scenario, person, rung, why.side());
    if (!(std::abs(why.total()) > price.total()))
        return false;
    act(world, scenario, chance,
        {.time = world.now,
         .person = person,
         .from = world.people[person].stance,
         .to = static_cast<Stance>(rung),
         .side = why.side(),
         .cause = Cause::review,
         .why = why,
         .cost = price});
    return true;
}

/// One kind of review: what it is called where, how often it comes, what it can lead to.
struct Clock {
    Due due;
    Flag pending;
    Decision decision;
    double ReviewParams::*rate;
    std::span<const Rung> rungs; ///< costliest first
};

constexpr std::array voice_rungs{Rung::sign, Rung::post};
constexpr std::array exit_rungs{Rung::leave};
constexpr Clock voice{Due::voice_review, Flag::voice_pending, Decision::review_voice,
                      &ReviewParams::voice_rate, voice_rungs};
constexpr Clock leaving{Due::exit_review, Flag::exit_pending, Decision::review_exit,
                        &ReviewParams::exit_rate, exit_rungs};

/// A review can lead somewhere.
bool open_to(const World& world, const Clock& clock, AgentId person)
{
    return std::ranges::any_of(clock.rungs,
                               [&](Rung rung) { return may_act_for_any(world, person, rung); });
}

/// The first of the person's reviews of a kind after a moment that finds him or her awake.
Hours next_review(const World& world, const Scenario& scenario, const Chance& chance,
                  const Clock& clock, AgentId person, Hours after)
{
    const double rate = scenario.mechanisms.review.*clock.rate;
    Hours review = chance.next_moment(clock.decision, person, rate, after);
    while (!awake(world, scenario.people, chance, person, review))
        review = chance.next_moment(clock.decision, person, rate, waking(world, person, review));
    return review;
}

bool calm(const Person& person)
{
    return person.around.calm_until < restless;
}

/// Whether a kind of review is open to a person for whom the next one is not on the agenda yet, as
/// far as can be told: of who is calm, a later one may be.
bool waits(const World& world, const Clock& clock, AgentId person)
{
    return (calm(world.people[person]) || !world.has(person, clock.pending)) &&
           open_to(world, clock, person);
}

void plan(World& world, const Scenario& scenario, const Chance& chance, const Clock& clock,
          AgentId person, Hours after)
{
    if (scenario.mechanisms.review.*clock.rate <= 0)
        return;
    world.set(person, clock.pending);
    world.agenda.add(
        {next_review(world, scenario, chance, clock, person, after), person, clock.due});
}

/// A clock has rung. @returns whether the review can still lead somewhere. The same review may have
/// been put on the agenda twice.
bool takes_up(World& world, const Clock& clock, AgentId person)
{
    const Occurrence review{world.now, person, clock.due};
    if (std::exchange(world.reviewed, review) == review)
        return false;
    world.set(person, clock.pending, false);
    return open_to(world, clock, person);
}

/// The costliest act that the inclination carries is done, if any is.
void review(World& world, const Scenario& scenario, const Chance& chance, const Clock& clock,
            AgentId person)
{
    if (!takes_up(world, clock, person))
        return;
    keep_growth(world, scenario.mechanisms.drift);
    for (const Rung rung : clock.rungs)
        if (act_if_justified(world, scenario, chance, person, rung))
            return;
    reconsider(world, scenario, chance, person);
}

template <class People>
void rouse_stirred(World& world, const Scenario& scenario, const Chance& chance,
                   const People& among)
{
    const float level = stirred_below(world);
    for (const AgentId i : among)
        if (world.people[i].around.calm_until < level)
            reconsider(world, scenario, chance, i);
}

} // namespace

float stirred_below(const World& world)
{
    return static_cast<float>(world.stir + headroom(world));
}

bool may_act(const World& world, AgentId person, Rung rung, Pole side)
{
    if (world.settled())
        return false;
    const Stance stance = world.people[person].stance;
    switch (rung) {
    case Rung::post:
        return stance == Stance::working;
    case Rung::sign:
        return stance <= Stance::posted && may_sign(world, person, side);
    case Rung::leave:
        return stance < Stance::resigned && may_leave(world, person, side);
    }
    return false;
}

void plan_reviews(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    for (const Clock& clock : {voice, leaving})
        if (waits(world, clock, person))
            plan(world, scenario, chance, clock, person, world.now);
    world.people[person].around.calm_until = restless;
}

void reconsider(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    double left = never;
    for (const Clock& clock : {voice, leaving}) {
        if (!waits(world, clock, person))
            continue;
        keep_growth(world, scenario.mechanisms.drift);
        const Slack found = slack(world, scenario, person, clock.rungs, headroom(world));
        if (found.until > world.now)
            left = std::min(left, found.left);
        if (found.until < never)
            plan(world, scenario, chance, clock, person, found.until);
    }
    world.people[person].around.calm_until = static_cast<float>(world.stir + left);
}

void review_voice(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    review(world, scenario, chance, voice, person);
}

void review_exit(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    review(world, scenario, chance, leaving, person);
}

void rouse(World& world, const Scenario& scenario, const Chance& chance)
{
    for (AgentId i = 0; i < world.size(); ++i)
        if (calm(world.people[i]))
            reconsider(world, scenario, chance, i);
    world.stir_seen = world.stir;
}

void rouse_contacts(World& world, const Scenario& scenario, const Chance& chance, AgentId actor)
{
    rouse_stirred(world, scenario, chance, world.organization->ties.influenced_by(actor));
}

void rouse_crowd(World& world, const Scenario& scenario, const Chance& chance)
{
    if (world.stir - world.stir_seen < glance || world.settled())
        return;
    rouse_stirred(world, scenario, chance, std::views::iota(AgentId{0}, world.size()));
    world.stir_seen = world.stir;
}

void review_anew(World& world, const Scenario& scenario, const Chance& chance)
{
    world.agenda.remove_if([](const Occurrence& due) {
        return due.kind == Due::voice_review || due.kind == Due::exit_review;
    });
    for (AgentId i = 0; i < world.size(); ++i) {
        world.set(i, Flag::voice_pending, false);
        world.set(i, Flag::exit_pending, false);
        reconsider(world, scenario, chance, i);
    }
}

} // namespace walkout
