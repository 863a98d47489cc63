#pragma once

/// Branches: runs that share their past with another run to the bit and go on from one of its
/// moments with another scenario and other luck (`Scenario::branch`).

#include "sim/core/chance.hpp"
#include "sim/core/scenario.hpp"
#include "sim/core/world.hpp"

#include <functional>
#include <memory>
#include <span>

namespace walkout {

/// The organization of a scenario's runs: that of the seed, or of the run a branch begins with.
std::shared_ptr<const Organization> organization_of(const Scenario& scenario, std::uint64_t seed);

/// The scenario that holds at a moment of a run of `scenario`: one of its pasts, or itself.
const Scenario& in_force(const Scenario& scenario, const World& world);

/// The scenario in force at hour 0.
const Scenario& root_of(const Scenario& scenario);

/// A scenario changed in itself and in all its pasts: what if it had been so from hour 0 on.
Scenario changed_throughout(Scenario scenario, const std::function<void(Scenario&)>& change);

/// The branch in which nothing changes: the same past, the same luck, the base's parameters.
Scenario unchanged(const Branch& branch);

/// The number of the tick at whose end the past of a branch ends.
Tick last_tick(const Branch& branch);

/// What an event that has happened was: a branch cannot change those of its past.
///
/// @param happened  `World::fired` of the event
const Event& as_it_happened(const Scenario& scenario, std::size_t event, Hours happened);

/// Luck of what follows: no draw of the past is drawn again. The same for all scenarios that go on
/// from the same moment of the same run.
///
/// @param seed, replicate  of the run that goes on
Chance luck_after(const Branch& branch, std::uint64_t seed, std::uint32_t replicate);

/// Whether runs of two scenarios with the same seed and replicate have the same luck throughout.
bool share_luck(const Scenario& a, const Scenario& b);

/// Luck at a moment of a run of `scenario`: that of the past it is in, or its own.
Chance luck_in_force(const Scenario& scenario, const World& world, std::uint64_t seed,
                     std::uint32_t replicate);

/// The moment at which the past ends and the rest of `scenario.branch` begins.
///
/// What people and directors are moves by what the changed parameters would have made of them at
/// hour 0; all other parameters hold from now on. Events of the past stay as they happened, those
/// to come are put on the agenda as `scenario` says; one that should have happened already happens
/// now. Whatever is waited for at random is waited for anew, which is exact because waiting has no
/// memory; a settlement too, although it is agreed: nobody knows its hour. Deadlines and the ends
/// of packages stay. What was drawn for good keeps the luck of the past: who stays up tonight, whom
/// an offer in force reaches.
///
/// @param scenario  a branch, as `ready_to_run` returned it
/// @param root  chance of the very first past, from which people were drawn
/// @param past  chance until now
/// @param future  chance from now on
void turn_off(World& world, const Scenario& scenario, const Chance& root, const Chance& past,
              const Chance& future, std::span<const Adjustment> adjustments);

} // namespace walkout
