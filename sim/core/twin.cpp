#include "sim/core/twin.hpp"

namespace walkout {

Scenario no_peers(const Scenario& scenario)
{
    Scenario twin = scenario;
    twin.mechanisms.inclination.peer_weight = 0;
    twin.mechanisms.information.nudges_per_tie = 0;
    twin.mechanisms.drift.openness = 0;
    return twin;
}

} // namespace walkout
