#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

namespace walkout {

namespace {

/// Index of the draws of one opening of a campaign.
std::uint32_t opening_of(const World& world, Call call)
{
    return static_cast<std::uint32_t>(call) + 4 * world.campaign(call).openings;
}

/// News carries the person and the campaign in one number.
std::uint32_t addressed(AgentId person, Call call)
{
    return person * 4 + static_cast<std::uint32_t>(call);
}

bool can_hear(const World& world, AgentId person, Call call)
{
    if (world.has_heard(person, call) || world.people[person].stance >= Stance::resigned)
        return false;
    return call != Call::package || world.has(person, Flag::offered_package);
}

/// Put on the agenda which contacts an actor nudges from now on, and when.
/// @param since  hours that have passed since the actor told them; the nudges until now are over
void nudge_contacts(World& world, const InformationParams& params, const Chance& chance,
                    AgentId actor, Call call, Hours since)
{
    const double relay =
        call == Call::package ? 1 : world.leadership[call == Call::petition_plus].relay;
    const double left = since > 0 ? exp_same_bits(-since / params.nudge_memory) : 1;
    const double nudges = params.nudges_per_tie * relay * left * Ties::unit; // per step of weight
    if (nudges <= 0)
        return;
    const auto contacts = world.organization->ties.influenced_by(actor);
    const auto weights = world.organization->ties.weights_of(actor);
    Rng rng = chance.at(Decision::nudge, actor, opening_of(world, call));
    double ahead = exponential(rng); // hazard left until the next nudge
    for (std::size_t k = 0; k < contacts.size(); ++k) {
        const double expected = nudges * weights[k];
        if (ahead >= expected) {
            ahead -= expected;
            continue;
        }
        if (can_hear(world, contacts[k], call)) {
            const Hours delay = -params.nudge_memory * log_same_bits(1 - ahead / expected);
            world.agenda.add({world.now + delay, addressed(contacts[k], call), Due::nudge});
        }
        ahead = exponential(rng); // later nudges along this tie tell nothing new
    }
}

} // namespace

void broadcast(World& world, const Chance& chance, Call call, double rate)
{
    Campaign& campaign = world.campaign(call);
    campaign.broadcast_heard += campaign.broadcast_rate * (world.now - campaign.broadcast_since);
    campaign.broadcast_since = world.now;
    campaign.broadcast_rate = campaign.open ? rate : 0;
    const auto number = static_cast<std::uint32_t>(call);
    world.agenda.remove_if(
        [&](const Occurrence& due) { return due.kind == Due::broadcast && due.who % 4 == number; });
    if (campaign.broadcast_rate <= 0)
        return;
    for (AgentId i = 0; i < world.size(); ++i) {
        if (!can_hear(world, i, call))
            continue;
        const double hazard = chance.waiting(Decision::hear_broadcast, i, opening_of(world, call)) -
                              campaign.broadcast_heard;
        world.agenda.add(
            {world.now + std::max(0.0, hazard) / rate, addressed(i, call), Due::broadcast});
    }
}

void relay(World& world, const InformationParams& params, const Chance& chance, AgentId actor,
           Call call)
{
    Campaign& campaign = world.campaign(call);
    if (!campaign.open || world.has(actor, told(call)))
        return;
    world.set(actor, told(call));
    campaign.tellings.push_back({world.now, actor});
    nudge_contacts(world, params, chance, actor, call, 0);
}

void spread_anew(World& world, const InformationParams& params, const Chance& chance)
{
    for (const Call call : {Call::petition_minus, Call::petition_plus, Call::package}) {
        Campaign& campaign = world.campaign(call);
        if (!campaign.open)
            continue;
        campaign.broadcast_heard = 0; // whoever has not heard yet has no part of the wait behind
        campaign.broadcast_since = world.now;
        broadcast(world, chance, call, campaign.broadcast_rate);
        for (const Telling& telling : campaign.tellings)
            nudge_contacts(world, params, chance, telling.actor, call, world.now - telling.at);
    }
}

void hear(World& world, const Scenario& scenario, const Chance& chance, AgentId person, Call call)
{
    if (!world.campaign(call).open || !can_hear(world, person, call))
        return;
    world.set_heard(person, call, true);
    plan_reviews(world, scenario, chance, person);
}

} // namespace walkout
