#include "sim/core/mechanisms.hpp"

namespace walkout {

namespace {

bool would_sign_alone(const World& world, const Scenario& scenario, AgentId person)
{
    return inclination(world, scenario, person, Rung::sign).without_peers() >
           cost(world, scenario, person, Rung::sign, Pole::plus).total();
}

bool would_leave(const World& world, const Scenario& scenario, AgentId person)
{
    return inclination(world, scenario, person, Rung::leave).total() >
           cost(world, scenario, person, Rung::leave, Pole::plus).total();
}

} // namespace

void note_opening(World& world, const Scenario& scenario)
{
    if (world.notes.opened < never)
        return;
    world.notes.opened = world.now;
    double ready = 0;
    for (AgentId i = 0; i < world.size(); ++i)
        ready += would_sign_alone(world, scenario, i);
    world.notes.instigator_share = ready / world.size();
}

void note_test_of_threat(World& world, const Scenario& scenario)
{
    if (world.notes.tested < never)
        return;
    world.notes.tested = world.now;
    keep_growth(world, scenario.mechanisms.drift);
    world.notes.left_share = world.share_left();
    double signers = 0, bluffers = 0;
    for (AgentId i = 0; i < world.size(); ++i) {
        if (world.people[i].stance != Stance::signed_letter || world.people[i].side != Pole::plus)
            continue;
        ++signers;
        bluffers += !would_leave(world, scenario, i);
    }
    world.notes.bluff_share = signers > 0 ? bluffers / signers : 0;
}

} // namespace walkout
