#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

namespace walkout {

double drift_target(const World& world, const MechanismParams& params, AgentId person)
{
    const Surroundings& around = world.people[person].around;
    const double acted =
        params.inclination.milder_weight * around.posted + around.signed_letter + around.resigned;
    const double chi = params.drift.openness;
    return (1 - chi) * static_cast<double>(world.people[person].anchor) +
           chi * acted * static_cast<double>(around.inverse_weight);
}

double drift_growth(const World& world, const DriftParams& params)
{
    return world.growth_at == world.now
               ? world.growth
               : exp_same_bits((world.now - world.drift_epoch) / params.memory);
}

void keep_growth(World& world, const DriftParams& params)
{
    world.growth = drift_growth(world, params);
    world.growth_at = world.now;
}

double allegiance(const World& world, const MechanismParams& params, AgentId person)
{
    const double residual = static_cast<double>(world.people[person].around.residual);
    return drift_target(world, params, person) + residual / drift_growth(world, params.drift);
}

void persuade(World& world, const MechanismParams& params, AgentId person, double direction,
              double strength)
{
    const double before = allegiance(world, params, person);
    const double after = before + strength * (direction - before);
    float& anchor = world.people[person].anchor;
    anchor += static_cast<float>(strength * (direction - static_cast<double>(anchor)));
    world.people[person].around.residual = static_cast<float>(
        (after - drift_target(world, params, person)) * drift_growth(world, params.drift));
}

float target_step(const World& world, const DriftParams& params, double pull)
{
    return static_cast<float>(params.openness * pull * drift_growth(world, params));
}

void restart_drift(World& world, const DriftParams& params)
{
    const auto shrink = static_cast<float>(1 / drift_growth(world, params));
    for (Person& person : world.people)
        person.around.residual *= shrink;
    world.drift_epoch = world.now;
    world.growth_at = -1;
}

} // namespace walkout
