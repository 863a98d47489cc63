#pragma once

#include "sim/core/scenario.hpp"

#include <string>
#include <utility>
#include <vector>

namespace walkout::io {

/// Everything of a scenario that a run reads, as path and value, in the order of the grammar.
/// Captions, sources and the record are left out; tables of people and ties are told by a hash.
std::vector<std::pair<std::string, std::string>> flatten(const Scenario& scenario);

} // namespace walkout::io
