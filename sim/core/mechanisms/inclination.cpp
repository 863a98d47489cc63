#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>

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

/// Allegiance to a side before loss of office, given what is left of it: the inverse of
/// `after_office`. Out of reach (infinite) where nothing is left.
double before_office(const World& world, double left, Pole side)
{
    const std::size_t leader = index_of(side);
    const std::size_t to = left > 0 ? leader : 1 - leader;
    if (left == 0 || world.in_office[to])
        return left;
    return left / (1 - world.leadership[to].office_loss);
}

/// When allegiance to a side first reaches `needed` if its target is `target` from now on, with
/// a = target + (now - target) exp(-t / memory); never if it does not.
Hours drifts_to(double needed, double now, double target, double memory)
{
    if (now >= needed)
        return 0;
    if (target <= needed)
        return never;
    return memory * log_same_bits((target - now) / (target - needed));
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

Hours soonest_signature(const World& world, const Scenario& scenario, AgentId person)
{
    constexpr double rounding = 0.01; // far above what sums in floats can be off by
    const InclinationParams& p = scenario.mechanisms.inclination;
    const DriftParams& drift = scenario.mechanisms.drift;
    const Person& who = world.people[person];
    const double contacts = who.around.inverse_weight > 0 ? 1 : 0; // the most there can be
    const double push =
        p.peer_weight * ((1 - p.global_share) * contacts + p.global_share * world.crowd_visibility);
    const double distrust = p.distrust_weight * (1 - 2 * static_cast<double>(who.trust));
    const double own = allegiance(world, scenario.mechanisms, person);

    Hours soonest = never;
    for (const Pole side : {Pole::minus, Pole::plus}) {
        if (!world.campaign(petition_of(side)).open)
            continue;
        const int sign = sign_of(side);
        const double price = cost(world, scenario, person, Rung::sign, side).total();
        const double needed = before_office(world, price - push - sign * distrust - rounding, side);
        const double target = (1 - drift.openness) * sign * static_cast<double>(who.anchor) +
                              drift.openness * contacts;
        soonest =
            std::min(soonest, world.now + drifts_to(needed, sign * own, target, drift.memory));
    }
    return soonest;
}

} // namespace walkout
