#pragma once

#include "sim/core/chance.hpp"
#include "sim/core/scenario.hpp"
#include "sim/core/world.hpp"

namespace walkout {

/// Advance the world by one tick: everything due before its end happens, in the order of time.
///
/// Every occurrence has an exact moment and reads the state of that moment. The tick is only the
/// stride of observation and of looking at conditions; it moves no other result.
void step(World& world, const Scenario& scenario, const Chance& chance);

/// What a condition may look at, now.
Outlook outlook(const World& world);

} // namespace walkout
