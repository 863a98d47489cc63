#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

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
    if (!world.ultimatums[0].expired && !world.ultimatums[1].expired &&
        !world.campaign(Call::package).open)
        return false; // nobody may leave: the usual case
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

/// One kind of review: what it is called where, how often it comes, whether it could lead anywhere.
struct Clock {
    Due due;
    Flag pending;
    Decision decision;
    double ReviewParams::*rate;
    bool (*open)(const World&, AgentId);
};

constexpr Clock voice{Due::voice_review, Flag::voice_pending, Decision::review_voice,
                      &ReviewParams::voice_rate, voice_open};
constexpr Clock leaving{Due::exit_review, Flag::exit_pending, Decision::review_exit,
                        &ReviewParams::exit_rate, exit_open};

void set_clock(World& world, const Scenario& scenario, const Chance& chance, const Clock& clock,
               AgentId person, Hours from)
{
    const double rate = scenario.mechanisms.review.*clock.rate;
    const double wait = chance.waiting(clock.decision, person, world.people[person].drawn++);
    world.agenda.add({from + wait / rate, person, clock.due});
}

void plan(World& world, const Scenario& scenario, const Chance& chance, const Clock& clock,
          AgentId person, Hours from)
{
    if (scenario.mechanisms.review.*clock.rate <= 0 || world.has(person, clock.pending) ||
        !clock.open(world, person))
        return;
    world.set(person, clock.pending);
    set_clock(world, scenario, chance, clock, person, from);
}

/// Who could not sign waits from the moment on at which that may change without an event.
void rest(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const Hours from = soonest_signature(world, scenario, person);
    world.set(person, Flag::resting, from > world.now);
    plan(world, scenario, chance, voice, person, from);
}

/// The clock has rung. @returns whether the person takes up the question now.
///
/// A sleeper's review is put off to after waking; waiting has no memory, so this is the law of
/// reviews that go on at random while awake.
bool takes_up(World& world, const Scenario& scenario, const Chance& chance, const Clock& clock,
              AgentId person)
{
    const bool open = clock.open(world, person);
    if (open && !awake(world, scenario.people, chance, person, world.now)) {
        const Hours up = std::max(world.now, waking(world, person, world.now));
        set_clock(world, scenario, chance, clock, person, up);
        return false;
    }
    world.set(person, clock.pending, false);
    return open;
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
    plan(world, scenario, chance, voice, person, world.now);
}

void plan_exit_review(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    plan(world, scenario, chance, leaving, person, world.now);
}

void review_voice(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    world.set(person, Flag::resting, false);
    if (!takes_up(world, scenario, chance, voice, person))
        return;
    keep_growth(world, scenario.mechanisms.drift);
    if (may_sign_any(world, person) && sign_if_justified(world, scenario, chance, person))
        return;
    if (world.people[person].stance == Stance::posted)
        return rest(world, scenario, chance, person);
    act_if_justified(world, scenario, chance, person, Rung::post,
                     inclination(world, scenario, person, Rung::post));
    plan_voice_review(world, scenario, chance, person);
}

void rouse(World& world, const Scenario& scenario, const Chance& chance)
{
    const auto rests = [](const Person& person) {
        return (person.flags & static_cast<std::uint16_t>(Flag::resting)) != 0;
    };
    if (std::none_of(world.people.begin(), world.people.end(), rests))
        return;
    world.agenda.remove_if([&](const Occurrence& due) {
        return due.kind == Due::voice_review && world.has(due.who, Flag::resting);
    });
    for (AgentId i = 0; i < world.size(); ++i) {
        if (!world.has(i, Flag::resting))
            continue;
        world.set(i, Flag::voice_pending, false);
        rest(world, scenario, chance, i);
    }
}

void review_anew(World& world, const Scenario& scenario, const Chance& chance)
{
    for (AgentId i = 0; i < world.size(); ++i) {
        world.set(i, Flag::voice_pending, false);
        world.set(i, Flag::exit_pending, false);
        if (world.has(i, Flag::resting))
            rest(world, scenario, chance, i);
        else
            plan_voice_review(world, scenario, chance, i);
        plan_exit_review(world, scenario, chance, i);
    }
}

void review_exit(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    if (!takes_up(world, scenario, chance, leaving, person))
        return;
    keep_growth(world, scenario.mechanisms.drift);
    const Inclination to_leave = inclination(world, scenario, person, Rung::leave);
    if (may_leave(world, person, to_leave.side()))
        act_if_justified(world, scenario, chance, person, Rung::leave, to_leave);
    plan_exit_review(world, scenario, chance, person);
}

} // namespace walkout
