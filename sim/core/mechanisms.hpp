#pragma once

/// Table of contents of the model: every causal rule, one function each, with its equation, units
/// and source. The schedule that calls them is `step.cpp`; the text around them is `sim/MODEL.md`.

#include "sim/core/chance.hpp"
#include "sim/core/scenario.hpp"
#include "sim/core/world.hpp"

namespace walkout {

// ---------------------------------------------------------------- who could act
// (mechanisms/sleep.cpp)

/// Whether a person is awake. The night runs from `bed` for `sleep` hours; a share `vigil` of
/// people stays up through it, drawn per person and night.
/// @param time  hours; may lie ahead: the answer holds until the next vigil is called
/// Chance: Decision::stay_up, index = number of the night.
/// Source: replies are slower at night and at weekends (Kooti et al. 2015); "more were signing as
/// they woke up" (record).
bool awake(const World& world, const PeopleParams& people, const Chance& chance, AgentId person,
           Hours time);

/// The end of the night in which `time` falls for this person, hours.
Hours waking(const World& world, AgentId person, Hours time);

/// The share of people who stay up through the coming night changes at once: those who are thereby
/// up again take their reviews from now.
void keep_vigil(World& world, const Scenario& scenario, const Chance& chance, double share);

// ---------------------------------------------------------------- who knows
// (mechanisms/information.cpp)

/// The news of a campaign reaches people by broadcast as a Poisson process of rate
/// `broadcast_rate` (per hour): person i hears when the hazard since the start passes an
/// exponential draw of mean 1. Asleep or not: a message waits.
/// Chance: Decision::hear_broadcast, index = opening of the campaign.
void broadcast(World& world, const Chance& chance, Call call, double rate);

/// Signing or leaving relays the news along ties. Nudges of actor j to contact i are a Poisson
/// process of rate  w_ji rho_n / tau_n exp(-(t - t_j) / tau_n)  per hour: with probability
/// 1 - exp(-rho_n w) at least one lands, the first after  -tau_n ln(1 - E / (rho_n w))  hours
/// (E its hazard, below rho_n w). Self-exciting relay (Hawkes 1971), exact in time. The hazards of
/// an actor's ties are laid end to end and walked through from nudge to nudge, by gaps that are
/// exponential with mean 1; so most ties need no draw of their own.
/// Whoever signs and later leaves tells once: the nudges of both acts would be the same draws.
/// Chance: Decision::nudge, agent = actor, index = opening of the campaign.
/// Source: decay of petition outreach within hours (Yasseri et al. 2017).
void relay(World& world, const InformationParams& params, const Chance& chance, AgentId actor,
           Call call);

/// All news that is still on its way sets out anew from now: broadcasts, and of nudges what is left
/// of their intensity since the contact acted. A Poisson process has no memory, so this is the law
/// of what comes for whoever has seen it until now. No news may be on the agenda.
void spread_anew(World& world, const InformationParams& params, const Chance& chance);

/// A campaign's news has arrived: the person may act on it from the next review on.
void hear(World& world, const Scenario& scenario, const Chance& chance, AgentId person, Call call);

// ---------------------------------------------------------------- what they want
// (mechanisms/inclination.cpp)

/// Inclination for an act m (allegiance units):
///   y = a_eff + w_b (1 - 2 T) + w_s ((1 - phi) X_m / W + phi V Xbar_m)
/// X_m, W: signed and total weight of contacts who acted, acts milder than m counting omega_v;
/// Xbar_m the same over all people; V visibility of the count. The sign is the side.
/// Source: Granovetter (1978) AJS 83:1420; Kuran (1991) World Politics 44:7; Centola & Macy (2007).
Inclination inclination(const World& world, const Scenario& scenario, AgentId person, Rung rung);

/// Cost of an act (allegiance units):  C = kappa_m F n_m (1/2 + r) (1 - gamma O), n_m the risk
/// factor of names, returned term by term; `total()` is what the engine compares with |y|. Source:
/// exit, voice and loyalty (Hirschman 1970).
Cost cost(const World& world, const Scenario& scenario, AgentId person, Rung rung, Pole side);

/// How much more inclined a person must become before an act could be done.
struct Slack {
    double left = 0;     ///< allegiance units
    Hours until = never; ///< when allegiance could have drifted so far that less is left
};

/// The slack before any of these acts could be done; infinite if none is open to the person. Holds
/// until then, or an event, news for the person, or acts of others that use it up: see `stir_of`.
/// @param least  slack that is asked for: with less the answer is `until` now
Slack slack(const World& world, const Scenario& scenario, AgentId person,
            std::span<const Rung> rungs, double least);

/// The most that one act can do to somebody's slack, in allegiance units.
struct Stir {
    double contacts = 0; ///< of the contacts, per share of their ties that the actor holds
    double crowd = 0;    ///< of everybody, through the public count
};

/// @param counts  how far the count of acts moves: 1, or 2 when somebody changes sides
Stir stir_of(const World& world, const MechanismParams& params, double counts);

// ---------------------------------------------------------------- how minds drift
// (mechanisms/allegiance.cpp)

/// Where allegiance is heading:  (1 - chi) a0 + chi X_sign / W.
double drift_target(const World& world, const MechanismParams& params, AgentId person);

/// Present allegiance a in [-1, 1]. It relaxes with memory tau_a to
///   (1 - chi) a0 + chi X_sign / W,
/// solved exactly: a = target + residual exp(-(t - epoch) / tau_a).
/// Source: Friedkin & Johnsen (1990).
double allegiance(const World& world, const MechanismParams& params, AgentId person);

/// An event persuades:  a += s (direction - a), the same for the anchor a0.
void persuade(World& world, const MechanismParams& params, AgentId person, double direction,
              double strength);

/// An act changes the target of all contacts; allegiance itself does not jump: what the target
/// gains the residual loses. `target_step` is what all contacts of the actor share, `move_target`
/// is done for each.
///
/// @param pull   change of what the actor counts for contacts, in acts for plus, [-2, 2]
/// @param share  of the ties into the contact that the actor holds, [0, 1]
float target_step(const World& world, const DriftParams& params, double pull);
inline void move_target(Surroundings& around, float step, float share)
{
    around.residual -= step * share;
}

/// exp((now - epoch) / tau_a): what a residual noted now must be multiplied with.
double drift_growth(const World& world, const DriftParams& params);

/// Keep the growth of this moment in the world: whatever happens now asks for it several times.
void keep_growth(World& world, const DriftParams& params);

/// Refer all residuals to the present moment, before their growth factor could overflow.
void restart_drift(World& world, const DriftParams& params);

// ---------------------------------------------------------------- acts (mechanisms/review.cpp,
// act.cpp)

/// A person takes up the question of posting and signing (Poisson, rate mu_s per awake hour) and
/// does the costliest act below the own inclination: sign if a petition of that side is open and
/// known, else post. The moments of a person's reviews are drawn once and for all; those in sleep,
/// and those that could lead nowhere, are left out.
/// Chance: Decision::review_voice, index = number of the piece of time.
/// Source: threshold at a review rather than a logistic hazard, so that a petition can fail.
void review_voice(World& world, const Scenario& scenario, const Chance& chance, AgentId person);

/// The same for leaving (rate mu_x) while a package window or an expired ultimatum opens the door
/// to the person's side.
void review_exit(World& world, const Scenario& scenario, const Chance& chance, AgentId person);

/// Start the clock of the next review of either kind, if one could lead to an act and none runs.
void plan_reviews(World& world, const Scenario& scenario, const Chance& chance, AgentId person);

/// The same, but whoever has slack takes no reviews and is calm until roused.
void reconsider(World& world, const Scenario& scenario, const Chance& chance, AgentId person);

/// Whoever is calm looks again: call after an event that moves inclinations or costs.
void rouse(World& world, const Scenario& scenario, const Chance& chance);

/// After an act those look again whose slack it may have used up, who are calm until less than
/// `stirred_below`: the contacts at once, all others when the public count has moved enough.
float stirred_below(const World& world);
void rouse_contacts(World& world, const Scenario& scenario, const Chance& chance, AgentId actor);
void rouse_crowd(World& world, const Scenario& scenario, const Chance& chance);

/// The next review of everybody is looked for anew from now: after a change of the rates, of who is
/// awake, or of the luck.
void review_anew(World& world, const Scenario& scenario, const Chance& chance);

/// Whether an act for `side` is open to the person now, justified or not.
bool may_act(const World& world, AgentId person, Rung rung, Pole side);

/// Take a new stance: record the change, update the sums of all contacts (cost: the number of
/// ties), their drift, the counts, and relay the news.
void act(World& world, const Scenario& scenario, const Chance& chance, const Change& change);

// ---------------------------------------------------------------- people who leave anyway
// (mechanisms/departure.cpp)

/// Everybody leaves at a small rate q0 per hour, crisis or not, but not while they have signed a
/// live petition (loyalty while voice may work: Hirschman 1970).
/// Chance: Decision::background_departure.
void plan_departure(World& world, const DepartureParams& params, const Chance& chance,
                    AgentId person);
void depart(World& world, const Scenario& scenario, const Chance& chance, AgentId person);

// ---------------------------------------------------------------- the board (mechanisms/board.cpp)

/// Pressure on the board for a side, before that of the other is taken off, in units of the
/// credible loss of all staff:
///   c = c0 + (1 - c0) O_pub;  Pi = s c + x + psi_I I + psi_C m / B
/// s share signed, x share gone, O_pub best public offer, I investors' stance (for plus), m
/// directors who have given way.
/// Source: threats move by their credibility (Schelling 1960).
double board_pressure(const World& world, const BoardParams& params, Pole side);

/// Add up the pressure endured (pressure-hours) since the last call. Call before anything that
/// moves the pressure.
void endure(World& world, const BoardParams& params, Hours until);

/// Resolve that is left:  R 2^(-A / H), A pressure-hours endured. A board nobody presses never
/// tires.
double resolve_left(const World& world, const BoardParams& params, const Director& director,
                    Pole side);

/// A director reviews (Poisson, rate mu_B m(t), m = 1 + k_D exp(-(T_D - t) / tau_D) before a
/// deadline) and gives way to the side whose net pressure exceeds the resolve left; irreversible.
/// Chance: Decision::director_review (thinned).
/// Source: deadline effect (Roth, Murnighan & Schoumaker 1988).
void review_director(World& world, const Scenario& scenario, const Chance& chance,
                     std::uint32_t director);
void plan_director_review(World& world, const BoardParams& params, const Chance& chance,
                          std::uint32_t director);

/// Director gives way to a side.
void give_way(World& world, const Scenario& scenario, const Chance& chance, std::uint32_t director,
              Pole side);

/// When the quorum has given way to a side, the board concedes and a settlement follows.
void count_votes(World& world, const Scenario& scenario, const Chance& chance, Pole side);

// ---------------------------------------------------------------- settlement
// (mechanisms/settlement.cpp)

/// A settlement follows the concession after an exponential time of mean `lag`.
/// Chance: Decision::settlement_lag.
void plan_settlement(World& world, const SettlementParams& params, const Chance& chance);

/// The side that won is reinstated, its petition closes, its signers return to work; those who
/// resigned and still side with it come back at `comeback_rate` per hour.
/// Chance: Decision::comeback.
void settle(World& world, const Scenario& scenario, const Chance& chance);
void plan_comeback(World& world, const SettlementParams& params, const Chance& chance,
                   AgentId person);
void come_back(World& world, const Scenario& scenario, const Chance& chance, AgentId person);

// ---------------------------------------------------------------- events (mechanisms/events.cpp)

/// What a scripted event does, effect by effect. `event` is its row in the scenario.
void apply_event(World& world, const Scenario& scenario, const Chance& chance, std::size_t event);

/// An ultimatum has run out; a hard one opens the door to its side.
void expire(World& world, const Scenario& scenario, const Chance& chance, Pole side);

/// A package window closes; its offer lapses.
void end_package(World& world, const Chance& chance);

/// Everybody's fallback: the best of the own one and the offers in force that reach the person.
void weigh_offers(World& world, const Chance& chance);

// ---------------------------------------------------------------- what is noted
// (mechanisms/notes.cpp)

/// As the petition for the leader opens first: the share of staff ready to sign without any peer,
/// that is with Granovetter's threshold <= 0.
void note_opening(World& world, const Scenario& scenario);

/// When the threat is put to the test, by the concession or by an ultimatum that runs out: who has
/// left, and the share of signers who would not leave.
void note_test_of_threat(World& world, const Scenario& scenario);

/// Whom an effect reaches. Chance: Decision::reach, index = key of the event.
bool reached(const World& world, const Chance& chance, const Audience& among, std::uint32_t key,
             AgentId person);

// ---------------------------------------------------------------- before hour 0
// (mechanisms/group_size.cpp, leader.cpp, ready_to_run.cpp)

/// What a scenario says as runs take it: what is settled before hour 0 is worked into its
/// parameters, the size of the group and then the leaders' profiles; its past likewise.
Scenario ready_to_run(const Scenario& scenario);

/// The larger the group, the more it costs to speak up for it. Equation and source stand in
/// group_size.cpp.
void work_in_group_size(Scenario& scenario);

/// Each trait of a leader moves its parameters, monotonically, inside bounds, by its deviation from
/// the reference profile. A leader at the reference leaves everything as it is. Equations and
/// sources stand in leader.cpp.
void work_in_profiles(Scenario& scenario);

/// The traits that act per side while the run goes on: influence over authority, empowering others.
Leadership leadership(const Scenario& scenario, Pole pole);

} // namespace walkout
