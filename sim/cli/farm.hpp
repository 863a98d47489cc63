#pragma once

#include "sim/core/run.hpp"
#include "sim/program/signals.hpp"

#include <string>
#include <vector>

namespace walkout::cli {

using program::Interrupted;
using program::SignalGuard;

/// Runs of one scenario on all cores, with a progress bar on a terminal's standard error.
///
/// @param label  what the bar calls the work
/// @param jobs   threads; 0: all cores
/// @throws Interrupted
std::vector<RunResult> run_farm(const Scenario& scenario, std::uint64_t seed, std::uint32_t count,
                                unsigned jobs, Hours sample_every, const std::string& label);

/// Say on standard error how many runs failed, and why the first did.
/// @param name  of the scenario; empty: there is only one
/// @return the exit code: 3 when some failed, else 0
int tell_failures(const std::string& name, const std::vector<RunResult>& runs);

} // namespace walkout::cli
