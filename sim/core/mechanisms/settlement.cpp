#include "sim/core/mechanisms.hpp"

namespace walkout {

namespace {

bool sides_with(const World& world, const MechanismParams& params, AgentId person, Pole side)
{
    return sign_of(side) * allegiance(world, params, person) > 0;
}

void return_to_work(World& world, const Scenario& scenario, const Chance& chance, AgentId person,
                    Cause cause)
{
    act(world, scenario, chance,
        {.time = world.now,
         .person = person,
         .from = world.people[person].stance,
         .to = Stance::returned,
         .side = world.people[person].side,
         .cause = cause});
}

} // namespace

void settle(World& world, const Scenario& scenario, const Chance& chance)
{
    const Pole side = world.board.conceded_to;
    endure(world, scenario.board, world.now);
    keep_growth(world, scenario.mechanisms.drift);
    world.board.settled = world.now;
    world.in_office[index_of(side)] = true;
    world.investors = 0;
    world.ultimatums[index_of(side)] = {};
    world.campaign(petition_of(side)).open = false;
    broadcast(world, chance, petition_of(side), 0);

    for (AgentId i = 0; i < world.size(); ++i) {
        if (world.people[i].side != side)
            continue;
        if (world.people[i].stance == Stance::signed_letter) {
            return_to_work(world, scenario, chance, i, Cause::settlement);
        } else if (world.people[i].stance == Stance::resigned &&
                   scenario.mechanisms.settlement.comeback_rate > 0) {
            const double wait = chance.waiting(Decision::comeback, i) /
                                scenario.mechanisms.settlement.comeback_rate;
            world.agenda.add({world.now + wait, i, Due::comeback});
        }
    }
}

void come_back(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    if (world.people[person].stance == Stance::resigned &&
        sides_with(world, scenario.mechanisms, person, world.board.conceded_to))
        return_to_work(world, scenario, chance, person, Cause::comeback);
}

} // namespace walkout
