#include "sim/core/mechanisms.hpp"

#include <cmath>

namespace walkout {

namespace {

Hours next_ring(World& world, const Chance& chance, Decision decision, AgentId person, double rate,
                Hours from)
{
    return from + chance.waiting(decision, person, world.people[person].drawn++) / rate;
}

bool may_sign_any(const World& world, AgentId person)
{
    return may_sign(world, person, Pole::plus) || may_sign(world, person, Pole::minus);
}

/// A review can lead somewhere: to a post, or to a signature under a petition the person knows.
bool voice_open(const World& world, AgentId person)
{
    if (world.settled())
        return false;
    const Stance stance = world.people[person].stance;
    return stance == Stance::working || (stance == Stance::posted && may_sign_any(world, person));
}

bool exit_open(const World& world, AgentId person)
{
    return world.people[person].stance < Stance::resigned &&
           (may_leave(world, person, Pole::plus) || may_leave(world, person, Pole::minus));
}

/// Do the act if the inclination carries it. @returns whether it was done.
bool act_if_justified(World& world, const Scenario& scenario, const Chance& chance, AgentId person,
                      Rung rung, const Inclination& why)
{
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

bool sign_if_justified(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const Inclination why = inclination(world, scenario, person, Rung::sign);
    return may_sign(world, person, why.side()) &&
           act_if_justified(world, scenario, chance, person, Rung::sign, why);
}

/// A sleeper's review is put off to after waking; waiting has no memory, so this is the law of
/// reviews that go on at random while awake.
bool put_off(World& world, const Scenario& scenario, const Chance& chance, AgentId person, Due kind,
             Decision decision, double rate)
{
    if (awake(world, scenario.people, chance, person, world.now))
        return false;
    const Hours from = std::max(world.now, waking(world, person, world.now));
    world.agenda.add({next_ring(world, chance, decision, person, rate, from), person, kind});
    return true;
}

} // namespace

bool may_sign(const World& world, AgentId person, Pole side)
{
    return side != Pole::none && world.campaign(petition_of(side)).open &&
           world.has_heard(person, petition_of(side));
}

bool may_leave(const World& world, AgentId person, Pole side)
{
    if (side == Pole::none || world.settled())
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

void plan_voice_review(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const double rate = scenario.mechanisms.review.voice_rate;
    if (rate <= 0 || world.has(person, Flag::voice_pending) || !voice_open(world, person))
        return;
    world.set(person, Flag::voice_pending);
    world.agenda.add({next_ring(world, chance, Decision::review_voice, person, rate, world.now),
                      person, Due::voice_review});
}

void plan_exit_review(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const double rate = scenario.mechanisms.review.exit_rate;
    if (rate <= 0 || world.has(person, Flag::exit_pending) || !exit_open(world, person))
        return;
    world.set(person, Flag::exit_pending);
    world.agenda.add({next_ring(world, chance, Decision::review_exit, person, rate, world.now),
                      person, Due::exit_review});
}

void review_voice(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const double rate = scenario.mechanisms.review.voice_rate;
    if (voice_open(world, person) &&
        put_off(world, scenario, chance, person, Due::voice_review, Decision::review_voice, rate))
        return;
    world.set(person, Flag::voice_pending, false);
    if (!voice_open(world, person))
        return;
    const bool signs =
        may_sign_any(world, person) && sign_if_justified(world, scenario, chance, person);
    if (!signs && world.people[person].stance == Stance::working)
        act_if_justified(world, scenario, chance, person, Rung::post,
                         inclination(world, scenario, person, Rung::post));
    plan_voice_review(world, scenario, chance, person);
}

void review_exit(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const double rate = scenario.mechanisms.review.exit_rate;
    if (exit_open(world, person) &&
        put_off(world, scenario, chance, person, Due::exit_review, Decision::review_exit, rate))
        return;
    world.set(person, Flag::exit_pending, false);
    if (!exit_open(world, person))
        return;
    const Inclination to_leave = inclination(world, scenario, person, Rung::leave);
    if (may_leave(world, person, to_leave.side()))
        act_if_justified(world, scenario, chance, person, Rung::leave, to_leave);
    plan_exit_review(world, scenario, chance, person);
}

} // namespace walkout
