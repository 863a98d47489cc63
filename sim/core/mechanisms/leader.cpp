#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>

namespace walkout {

namespace {

/// Doubles `doublings` times over the whole scale: for 2, halves or doubles around 0.5.
double doubling(double doublings, double deviation)
{
    return pow_same_bits(2, doublings * deviation);
}

/// A share `size` over the whole scale, 1 at an average leader, against the reference. Sizes
/// near 2 would make nothing of a leader at the end of the scale, or divide by it.
double share_moved(double size, double trait, double reference)
{
    constexpr double least = 0.05;
    const auto level = [&](double x) { return std::max(least, 1 - size / 2 + size * x); };
    return level(trait) / level(reference);
}

/// Effective communication: reach of the own side's messages (size assumed).
void communicate(Effect& effect, Pole side, double factor)
{
    if (auto* petition = std::get_if<Petition>(&effect); petition && petition->pole == side)
        petition->broadcast_rate *= factor;
    if (auto* more = std::get_if<Broadcast>(&effect); more && more->pole == side)
        more->rate *= factor;
}

/// Empowering others: more people start the petition (trust and initiative, Lee et al. 2018).
void empower(Effect& effect, Pole side, double factor)
{
    if (auto* petition = std::get_if<Petition>(&effect); petition && petition->pole == side)
        petition->first_signers = static_cast<int>(petition->first_signers * factor + 0.5);
}

/// Resilient reputation: investors stand by a leader of good name (Coombs & Holladay 2006).
double shielded(double stance, double size, const LeaderParams& leader)
{
    const double factor = share_moved(size, leader.profile.reputation, leader.reference.reputation);
    return std::clamp(stance * factor, -1.0, 1.0);
}

/// Transparent trust: accusations find less credence (Norman et al. 2010), and an act of the
/// authority without a reason breaks more trust.
/// @param deviation  of the trait, times its size
void show_openly(Event& event, double deviation)
{
    for (Effect& effect : event.effects) {
        if (auto* evidence = std::get_if<Evidence>(&effect))
            evidence->strength = std::clamp(evidence->strength * (1 - deviation), 0.0, 1.0);
        auto* breach = std::get_if<Breach>(&effect);
        if (breach && event.by == Pole::minus && breach->reason <= 0)
            breach->severity = std::clamp(breach->severity * (1 + deviation), 0.0, 1.0);
    }
}

/// The first dismissal of a leader: the own moves are counted from there.
Hours dismissal_of(const Scenario& scenario, Pole pole)
{
    Hours first = never;
    for (const Event& event : scenario.events)
        for (const Effect& effect : event.effects)
            if (const auto* dismiss = std::get_if<Dismiss>(&effect);
                dismiss && dismiss->pole == pole && event.enabled && !event.when)
                first = std::min(first, event.at);
    return first == never ? 0 : first;
}

/// Commitment over agility shortens the way to the own side's moves, intuition starts them earlier
/// (sizes assumed); never before the dismissal they answer.
Hours moved(Hours at, Hours from, double speed, Hours lead)
{
    if (at <= from || (speed == 1 && lead == 0))
        return at;
    return std::max(from, from + (at - from) / speed - lead);
}

/// @param spread  of allegiance as written, so that the order of the leaders plays no part
void work_in(Scenario& s, Pole pole, double spread)
{
    const LeaderParams& leader = s.leaders[index_of(pole)];
    const LeaderProfile& x = leader.profile;
    const LeaderProfile& ref = leader.reference;
    MechanismParams& m = s.mechanisms;
    const LeadershipParams& size = m.leadership;

    // Vision: a shared mission raises allegiance to its bearer (Judge & Piccolo 2004).
    const double vision = sign_of(pole) * size.vision * spread * (x.vision - ref.vision);
    s.people.allegiance_mean = std::clamp(s.people.allegiance_mean + vision, -1.0, 1.0);
    // Ego draws boundaries between those inside and outside (Olivier et al., Hult): camps spread.
    s.people.allegiance_spread *= share_moved(size.ego, x.ego, ref.ego);
    // Eco leadership is safety for divergence: voice costs less (Detert & Burris 2007).
    const double eco = share_moved(-size.eco, x.eco, ref.eco);
    m.cost.post *= eco;
    m.cost.sign *= eco;

    const double speed = doubling(size.commitment, x.commitment - ref.commitment);
    if (pole == Pole::plus) {
        m.settlement.lag /= speed;
        s.investors.stance = shielded(s.investors.stance, size.reputation, leader);
    }
    const Hours from = dismissal_of(s, pole);
    for (Event& event : s.events) {
        if (event.by == pole && !event.when)
            event.at = moved(event.at, from, speed, size.intuition * (x.intuition - ref.intuition));
        if (pole == Pole::plus)
            show_openly(event, size.transparency * (x.transparency - ref.transparency));
        for (Effect& effect : event.effects) {
            communicate(effect, pole,
                        doubling(size.communication, x.communication - ref.communication));
            empower(effect, pole, doubling(size.empowering, x.empowering - ref.empowering));
            if (auto* invest = std::get_if<Invest>(&effect); invest && pole == Pole::plus)
                invest->stance = shielded(invest->stance, size.reputation, leader);
        }
    }
}

} // namespace

void work_in_profiles(Scenario& scenario)
{
    const double spread = scenario.people.allegiance_spread;
    work_in(scenario, Pole::plus, spread);
    work_in(scenario, Pole::minus, spread);
}

Leadership leadership(const Scenario& scenario, Pole pole)
{
    const LeaderParams& leader = scenario.leaders[index_of(pole)];
    // Influence over authority: referent power outlives the office (Podsakoff & Schriesheim 1985).
    const double influence = leader.profile.influence - leader.reference.influence;
    const LeadershipParams& size = scenario.mechanisms.leadership;
    const double loss = scenario.mechanisms.office.loss;
    return {.office_loss =
                std::clamp(loss - size.influence * influence, 0.0, std::max(loss, size.influence)),
            .relay =
                doubling(size.empowering, leader.profile.empowering - leader.reference.empowering)};
}

} // namespace walkout
