#include "sim/core/mechanisms.hpp"

namespace walkout {

void plan_departure(World& world, const DepartureParams& params, const Chance& chance,
                    AgentId person)
{
    if (params.background_rate <= 0)
        return;
    const Hours at = chance.next_moment(Decision::background_departure, person,
                                        params.background_rate, world.now);
    world.agenda.add({at, person, Due::departure});
}

void depart(World& world, const Scenario& scenario, const Chance& chance, AgentId person)
{
    const Stance stance = world.people[person].stance;
    if (stance == Stance::resigned)
        return world.set(person, Flag::settled_elsewhere);
    const bool waits_for_voice = stance == Stance::signed_letter &&
                                 world.campaign(petition_of(world.people[person].side)).open;
    if (waits_for_voice)
        return plan_departure(world, scenario.mechanisms.departure, chance, person);
    // Nobody reads a message into it: side none, so contacts are not pushed.
    act(world, scenario, chance,
        {.time = world.now,
         .person = person,
         .from = stance,
         .to = Stance::resigned,
         .side = Pole::none,
         .cause = Cause::background});
}

} // namespace walkout
