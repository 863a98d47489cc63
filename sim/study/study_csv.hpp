#pragma once

#include "sim/study/store.hpp"

#include <functional>
#include <string_view>

namespace walkout {

/// Takes a piece of a text that is too long to hold.
using TextSink = std::function<void(std::string_view)>;

/// One line per run, by number: run, scenario, point, replicate, seed, the parameters, the
/// measures, outcome, fingerprint, error, command. An empty field: as the scenario has it, or not
/// known because the run failed; `Inf`: not within the horizon.
void write_runs_csv(const Store& store, const TextSink& sink);

/// One line per run and sample: run, scenario, point, replicate, time (hours), signed, posted,
/// gone.
void write_curves_csv(const Store& store, const TextSink& sink);

} // namespace walkout
