#include "sim/core/mechanisms.hpp"

namespace walkout {

namespace {

using Sum = std::int32_t Surroundings::*;

/// What a stance says to contacts: the sum of `Surroundings` it belongs to, or none.
Sum sum_of(Stance stance)
{
    switch (stance) {
    case Stance::posted:
        return &Surroundings::posted;
    case Stance::signed_letter:
        return &Surroundings::signed_letter;
    case Stance::resigned:
        return &Surroundings::resigned;
    case Stance::working:
    case Stance::returned:
        break;
    }
    return nullptr;
}

/// What a stance counts for the drift of contacts.
double pull_of(Stance stance, double milder_weight)
{
    switch (stance) {
    case Stance::posted:
        return milder_weight;
    case Stance::signed_letter:
    case Stance::resigned:
        return 1;
    case Stance::working:
    case Stance::returned:
        break;
    }
    return 0;
}

/// Move the actor from one sum of all contacts to another, and their targets with it; count what
/// that can have done to those who are calm. @returns whether some contact must look again.
bool tell_contacts(World& world, const MechanismParams& params, AgentId actor, Stance from,
                   Pole from_side, Stance to, Pole to_side)
{
    const Sum left = from_side == Pole::none ? nullptr : sum_of(from);
    const Sum joined = to_side == Pole::none ? nullptr : sum_of(to);
    if (left == nullptr && joined == nullptr)
        return false;
    const double milder = params.inclination.milder_weight;
    const float step = target_step(world, params.drift,
                                   sign_of(to_side) * pull_of(to, milder) -
                                       sign_of(from_side) * pull_of(from, milder));
    const bool turns = from_side != Pole::none && to_side != Pole::none && from_side != to_side;
    const Stir stir = stir_of(world, params, turns ? 2 : 1);
    const auto used = static_cast<float>(stir.contacts);
    world.stir += stir.crowd;
    const float level = stirred_below(world);
    bool stirred = false;
    const auto contacts = world.organization->ties.influenced_by(actor);
    const auto weights = world.organization->ties.weights_of(actor);
    for (std::size_t k = 0; k < contacts.size(); ++k) {
        Surroundings& around = world.people[contacts[k]].around;
        const std::int32_t weight = weights[k];
        if (left != nullptr)
            around.*left -= sign_of(from_side) * weight;
        if (joined != nullptr)
            around.*joined += sign_of(to_side) * weight;
        const float share = static_cast<float>(weight) * around.inverse_weight;
        move_target(around, step, share);
        around.calm_until -= used * share;
        stirred |= around.calm_until < level;
    }
    return stirred;
}

/// Whether people in this stance weigh on the board.
bool presses(Stance stance)
{
    return stance == Stance::signed_letter || stance == Stance::resigned;
}

void recount(World& world, Stance stance, Pole side, int by)
{
    const auto row = static_cast<std::size_t>(stance);
    world.stances[row] += by;
    if (side != Pole::none)
        world.count[row][index_of(side)] += by;
}

} // namespace

void act(World& world, const Scenario& scenario, const Chance& chance, const Change& change)
{
    if (presses(change.from) || presses(change.to))
        endure(world, scenario.board, world.now);
    const AgentId i = change.person;
    const Pole old_side = world.people[i].side;
    recount(world, change.from, old_side, -1);
    recount(world, change.to, change.side, +1);
    world.people[i].stance = change.to;
    world.people[i].side = change.side;
    world.changes.push_back(change);
    if (change.to == Stance::signed_letter)
        ++world.names[index_of(change.side)];
    if (tell_contacts(world, scenario.mechanisms, i, change.from, old_side, change.to, change.side))
        rouse_contacts(world, scenario, chance, i);
    rouse_crowd(world, scenario, chance);

    if (presses(change.to) && change.side != Pole::none) {
        relay(world, scenario.mechanisms.information, chance, i, petition_of(change.side));
        if (change.to == Stance::resigned)
            relay(world, scenario.mechanisms.information, chance, i, Call::package);
    }
    reconsider(world, scenario, chance, i);
}

} // namespace walkout
