#include "sim/core/twin.hpp"

namespace walkout {

void heed_nobody(Scenario& scenario)
{
    scenario.mechanisms.inclination.peer_weight = 0;
    scenario.mechanisms.information.nudges_per_tie = 0;
    scenario.mechanisms.drift.openness = 0;
}

Scenario no_peers(const Scenario& scenario)
{
    Scenario twin = scenario;
    heed_nobody(twin);
    return twin;
}

} // namespace walkout
