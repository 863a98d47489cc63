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

/// Add `times` the weight of each tie to one sum of all contacts.
void add_to(World& world, AgentId person, Sum sum, int times)
{
    if (sum == nullptr || times == 0)
        return;
    const auto contacts = world.organization->ties.influenced_by(person);
    const auto weights = world.organization->ties.weights_of(person);
    for (std::size_t k = 0; k < contacts.size(); ++k)
        world.people[contacts[k]].around.*sum += times * weights[k];
}

void tell_contacts(World& world, const MechanismParams& params, AgentId person, Stance from,
                   Pole from_side, Stance to, Pole to_side)
{
    add_to(world, person, sum_of(from), -sign_of(from_side));
    add_to(world, person, sum_of(to), sign_of(to_side));
    const double milder = params.inclination.milder_weight;
    const double pull =
        sign_of(to_side) * pull_of(to, milder) - sign_of(from_side) * pull_of(from, milder);
    move_targets(world, params.drift, person, pull);
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
    tell_contacts(world, scenario.mechanisms, i, change.from, old_side, change.to, change.side);

    if (!presses(change.to))
        return;
    if (change.side != Pole::none) {
        relay(world, scenario.mechanisms.information, chance, i, petition_of(change.side));
        if (change.to == Stance::resigned)
            relay(world, scenario.mechanisms.information, chance, i, Call::package);
    }
    plan_exit_review(world, scenario, chance, i);
}

} // namespace walkout
