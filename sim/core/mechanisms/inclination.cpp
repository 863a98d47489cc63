#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>
#include <array>

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

/// In how many hours allegiance to a side first reaches `needed` if its target is `target` from now
/// on, with a = target + (now - target) exp(-t / memory); never if it does not.
Hours drifts_to(double needed, double now, double target, double memory)
{
    if (now >= needed)
        return 0;
    if (target <= needed)
        return never;
    return memory * log_same_bits((target - now) / (target - needed));
}

/// Inclination with allegiance `own`, after loss of office.
Inclination inclined(const World& world, const InclinationParams& p, AgentId person, Rung rung,
                     double own)
{
    const double contacts = contacts_push(world.people[person].around, rung, p.milder_weight);
    const double crowd = world.crowd_visibility > 0
                             ? world.crowd_visibility * crowd_push(world, rung, p.milder_weight)
                             : 0;
    return {.allegiance = own,
            .distrust =
                p.distrust_weight * (1 - 2 * static_cast<double>(world.people[person].trust)),
            .contacts = p.peer_weight * (1 - p.global_share) * contacts,
            .crowd = p.peer_weight * p.global_share * crowd};
}

/// What an act would need of allegiance to its side, after loss of office.
struct NeededFor {
    double allegiance = never;
    Pole side = Pole::plus;
};

/// Of the acts that are open to a person; the rest of the list needs more than anybody has.
std::array<NeededFor, 4> acts_open_to(const World& world, const Scenario& scenario, AgentId person,
                                      std::span<const Rung> rungs)
{
    constexpr double rounding = 0.001; // far above what sums in floats can be off by
    std::array<NeededFor, 4> acts;
    std::size_t count = 0;
    for (const Rung rung : rungs) {
        const std::array open{may_act(world, person, rung, Pole::minus),
                              may_act(world, person, rung, Pole::plus)};
        if (!open[0] && !open[1])
            continue;
        const double push =
            inclined(world, scenario.mechanisms.inclination, person, rung, 0).total();
        for (const Pole side : {Pole::minus, Pole::plus})
            if (open[index_of(side)])
                acts[count++] = {cost(world, scenario, person, rung, side).total() -
                                     sign_of(side) * push - rounding,
                                 side};
    }
    return acts;
}

} // namespace

Inclination inclination(const World& world, const Scenario& scenario, AgentId person, Rung rung)
{
    return inclined(world, scenario.mechanisms.inclination, person, rung,
                    after_office(world, allegiance(world, scenario.mechanisms, person)));
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

Slack slack(const World& world, const Scenario& scenario, AgentId person,
            std::span<const Rung> rungs, double least)
{
    const MechanismParams& params = scenario.mechanisms;
    const auto acts = acts_open_to(world, scenario, person, rungs);
    const double own = allegiance(world, params, person);
    const double target = drift_target(world, params, person);
    const double now = after_office(world, own), later = after_office(world, target);
    double at_once = never, ever = never;
    for (const auto& [needed, side] : acts) {
        const int sign = sign_of(side);
        at_once = std::min(at_once, needed - sign * now);
        ever = std::min(ever, needed - std::max(sign * now, sign * later));
    }
    if (ever > least)
        return {.left = ever};
    if (at_once <= least)
        return {.left = at_once, .until = world.now};
    Slack slack{.left = 0.5 * (at_once + least)}; // some for others, some for the drift
    for (const auto& [needed, side] : acts) {
        const double reached = before_office(world, needed - slack.left, side);
        const Hours drift =
            drifts_to(reached, sign_of(side) * own, sign_of(side) * target, params.drift.memory);
        slack.until = std::min(slack.until, world.now + drift);
    }
    return slack;
}

Stir stir_of(const World& world, const MechanismParams& params, double counts)
{
    const InclinationParams& p = params.inclination;
    return {.contacts = counts * (p.peer_weight * (1 - p.global_share) + params.drift.openness),
            .crowd =
                counts * p.peer_weight * p.global_share * world.crowd_visibility / world.size()};
}

} // namespace walkout
