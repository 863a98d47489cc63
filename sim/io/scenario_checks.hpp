#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/parameter_reader.hpp"

namespace walkout::io {

/// With departments or a table of people the headcount follows from them.
void settle_headcount(OrganizationParams& organization, const Places& places, Problems& problems);

/// What no single key can know: whether the parts of a scenario fit together.
void check_scenario(const Scenario& scenario, const Places& places, Problems& problems);

/// Whether a scenario that is a branch can go on from its past; `branch->base` must be there.
void check_branch(const Scenario& scenario, const Places& places, Problems& problems);

/// Whether `settle_headcount`, `check_scenario` or `check_limits` reads the number or switch at a
/// path: then a value in its range may still be wrong beside others.
bool is_checked_with_others(std::string_view path);

/// Refuse what would take more memory or time than the program undertakes.
/// @throws LimitError with an estimate
void check_limits(const Scenario& scenario, const Places& places);

} // namespace walkout::io
