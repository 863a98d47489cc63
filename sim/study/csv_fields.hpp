#pragma once

#include <string>
#include <string_view>

namespace walkout {

/// A number as a field of a table, in the shortest text that reads back to the same bits; `Inf` as
/// pandas and R read it; empty for NaN.
std::string csv_number(double value);

/// A text as a field: RFC 4180, in quotes where it must be.
std::string csv_text(std::string_view text);

} // namespace walkout
