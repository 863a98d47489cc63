#pragma once

#include "sim/core/scenario.hpp"

namespace walkout {

/// The twin of a scenario in which nobody heeds what others do: no social push
/// (`inclination.peer_weight`), no news along ties (`information.nudges_per_tie`), no drift toward
/// contacts (`drift.openness`), all 0. With the same seed it has the same people, ties and luck, so
/// what differs is due to peers. The board still counts signatures. The twin of a branch has the
/// same past: in it nobody heeds others from the branch on.
Scenario no_peers(const Scenario& scenario);

/// The three changes of the twin, made in a scenario.
void heed_nobody(Scenario& scenario);

} // namespace walkout
