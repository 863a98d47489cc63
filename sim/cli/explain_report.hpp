#pragma once

#include "sim/core/scenario.hpp"
#include "sim/study/explain.hpp"

#include <string>

namespace walkout::cli {

/// Why a person acted, for people.
std::string text_of(const Scenario& scenario, const Explanation& explanation);

/// The same as one JSON object.
std::string json_of(const Scenario& scenario, const Explanation& explanation);

} // namespace walkout::cli
