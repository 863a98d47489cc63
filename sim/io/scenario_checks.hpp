#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/parameter_reader.hpp"

namespace walkout::io {

/// What no single key can know: whether the parts of a scenario fit together.
void check_scenario(const Scenario& scenario, const Places& places, Problems& problems);

/// Refuse what would take more memory or time than the program undertakes.
/// @throws LimitError with an estimate
void check_limits(const Scenario& scenario, const Places& places);

} // namespace walkout::io
