#pragma once

#include "sim/core/measures.hpp"
#include "sim/study/statistics.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// `83 %`, and `0.3 %` where it is little.
std::string percent(double share);

/// A number in a unit of measures (share, hours, people) as a person would write it.
std::string value_text(std::string_view unit, double value);

/// A number with its sign, and none where it rounds to nothing.
std::string with_sign(double value, int digits);

/// The same for a difference in a unit, with its sign; shares in points.
std::string difference_text(std::string_view unit, double value);

/// `+21.4 pt to +21.9 pt`.
std::string range_text(std::string_view unit, double low, double high);

/// `+21.6 pt (+21.4 pt to +21.9 pt)`.
std::string interval_text(std::string_view unit, double mean, double low, double high);

/// Cells of a table: mean, interval, and in how many pairs the first is larger and smaller.
std::vector<std::string> difference_cells(std::string_view unit, const PairedDifference& d);

/// `3 runs`.
std::string counted(std::size_t count, std::string_view what);

} // namespace walkout
