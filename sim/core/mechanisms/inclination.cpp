#include "sim/core/mechanisms.hpp"

namespace walkout {

namespace {

/// Weight of an act that led to `stance` for somebody who considers `rung`: costlier acts and the
/// same one count fully, milder ones `milder_weight`.
double counts(Stance stance, Rung rung, double milder_weight)
{
    return static_cast<int>(stance) >= static_cast<int>(rung) ? 1 : milder_weight;
}

/// Push of the contacts in [-1, 1]: X_m / W.
double contacts_push(const Surroundings& around, Rung rung, double milder_weight)
{
    const double acted = counts(Stance::posted, rung, milder_weight) * around.posted +
                         counts(Stance::signed_letter, rung, milder_weight) * around.signed_letter +
                         around.resigned;
    return acted * static_cast<double>(around.inverse_weight);
}

/// Push of the public count in [-1, 1]: Xbar_m.
double crowd_push(const World& world, Rung rung, double milder_weight)
{
    double acted = 0;
    for (const Stance stance : {Stance::posted, Stance::signed_letter, Stance::resigned}) {
        const auto& sides = world.count[static_cast<std::size_t>(stance)];
        acted += counts(stance, rung, milder_weight) *
                 (sides[index_of(Pole::plus)] - sides[index_of(Pole::minus)]);
    }
    return acted / world.size();
}

/// Office carries part of a leader's following (French & Raven 1959): who has lost it keeps
/// 1 - loss of the allegiance to him or her.
double after_office(const World& world, double allegiance)
{
    const std::size_t side = index_of(allegiance > 0 ? Pole::plus : Pole::minus);
    return world.in_office[side] ? allegiance
                                 : allegiance * (1 - world.leadership[side].office_loss);
}

} // namespace

Inclination inclination(const World& world, const Scenario& scenario, AgentId person, Rung rung)
{
    const InclinationParams& p = scenario.mechanisms.inclination;
    const double own = allegiance(world, scenario.mechanisms, person);
    const double contacts = contacts_push(world.people[person].around, rung, p.milder_weight);
    const double crowd = world.crowd_visibility > 0
                             ? world.crowd_visibility * crowd_push(world, rung, p.milder_weight)
                             : 0;
    return {.allegiance = after_office(world, own),
            .distrust =
                p.distrust_weight * (1 - 2 * static_cast<double>(world.people[person].trust)),
            .contacts = p.peer_weight * (1 - p.global_share) * contacts,
            .crowd = p.peer_weight * p.global_share * crowd};
}

Cost cost(const World& world, const Scenario& scenario, AgentId person, Rung rung, Pole side)
{
    const CostParams& p = scenario.mechanisms.cost;
    const double act = rung == Rung::post ? p.post : rung == Rung::sign ? p.sign : p.leave;
    const double names = rung == Rung::sign ? world.campaign(petition_of(side)).risk_factor : 1;
    const double exposed = 0.5 + static_cast<double>(world.people[person].risk);

    Cost c{.act = act};
    c.exposure = act * (exposed - 1);
    c.naming = (c.act + c.exposure) * (names - 1);
    c.fear = (c.act + c.exposure + c.naming) * (world.fear - 1);
    c.relief = -(c.act + c.exposure + c.naming + c.fear) * p.relief *
               static_cast<double>(world.people[person].fallback);
    return c;
}

} // namespace walkout
