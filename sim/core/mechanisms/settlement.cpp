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

void plan_settlement(World& world, const SettlementParams& params, const Chance& chance)
{
    const double lag = params.lag * chance.waiting(Decision::settlement_lag, 0);
    world.agenda.add({world.now + lag, 0, Due::settlement});
}

void plan_comeback(World& world, const SettlementParams& params, const Chance& chance,
                   AgentId person)
{
    if (params.comeback_rate <= 0)
        return;
    const double wait = chance.waiting(Decision::comeback, person) / params.comeback_rate;
    world.agenda.add({world.now + wait, person, Due::comeback});
}

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
        } else if (world.people[i].stance == Stance::resigned) {
            plan_comeback(world, scenario.mechanisms.settlement, chance, i);
        }
    }
}

void come_back(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    if (world.people[person].stance != Stance::resigned)
        return;
    if (sides_with(world, scenario.mechanisms, person, world.board.conceded_to))
        return_to_work(world, scenario, chance, person, Cause::comeback);
    else
        world.set(person, Flag::stays_away);
}

} // namespace walkout
