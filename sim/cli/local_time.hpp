#pragma once

#include "sim/core/scenario.hpp"

#include <string>

namespace walkout::cli {

/// `Mon 05:48`: a moment of the run on the scenario's own clock; a dash for `never`.
std::string clock_text(const Scenario& scenario, Hours time);

/// `2023-11-20T05:48-08:00` for files.
std::string iso_text(const Scenario& scenario, Hours time);

/// `105.3 h`; `never` beyond the horizon.
std::string hours_text(Hours hours);

} // namespace walkout::cli
