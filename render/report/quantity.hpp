#pragma once

#include "sim/study/estimate.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace walkout::report {

/// Words for numbers whose unit is a word in a file: `share` (shown in points of 100), `hours`, or
/// anything else (plain numbers).

/// `97 %`, `99.4 h`, `491`, `never`
std::string quantity(const std::string& unit, double value);

/// `+35.9 pt`, `−36.6 h`. The last figure means something: one decimal where the interval is
/// narrower than six, else none.
std::string change_of(const std::string& unit, const Estimate& change);

/// `+35.4 to +36.3`, with as many figures.
std::string range_of_change(const std::string& unit, const Estimate& change);

/// `−36.6`, a tick of an axis.
std::string tick_of(const std::string& unit, double value);

/// `{mean, low, high}` as reports have it.
/// @throws nlohmann::json::exception
Estimate estimate_in(const nlohmann::ordered_json& json);

} // namespace walkout::report
