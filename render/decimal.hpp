#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace walkout::render {

/// Append a number rounded to 1/`per_unit`, as short as possible and never as "-0", whatever the
/// locale: 12, 30.5, 4.25.
inline void append_decimal(std::string& out, double value, double per_unit = 100)
{
    const double rounded = std::round(value * per_unit) / per_unit + 0.0;
    std::array<char, 64> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), rounded,
                                   std::chars_format::fixed);
    out.append(digits.data(), end.ptr);
}

} // namespace walkout::render
