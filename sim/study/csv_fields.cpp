#include "sim/study/csv_fields.hpp"

#include <fmt/format.h>

#include <cmath>

namespace walkout {

std::string csv_number(double value)
{
    if (std::isnan(value))
        return "";
    if (std::isinf(value))
        return value > 0 ? "Inf" : "-Inf";
    return fmt::format("{}", value);
}

std::string csv_text(std::string_view text)
{
    if (text.find_first_of(",\"\n\r") == std::string_view::npos)
        return std::string(text);
    std::string field = "\"";
    for (const char c : text)
        field += c == '"' ? "\"\"" : std::string(1, c);
    return field + '"';
}

} // namespace walkout
