#include "sim/study/measure_text.hpp"

#include <cmath>
#include <fmt/core.h>

namespace walkout {

std::string percent(double share)
{
    const double value = 100 * share;
    return value > 0 && value < 0.95 ? fmt::format("{:.1f} %", value)
                                     : fmt::format("{:.0f} %", value);
}

std::string value_text(std::string_view unit, double value)
{
    if (!(value < never))
        return "never";
    if (unit == "share")
        return percent(value);
    return unit == "hours" ? fmt::format("{:.1f} h", value) : fmt::format("{:.0f}", value);
}

std::string with_sign(double value, int digits)
{
    const bool nothing = std::abs(value) < 0.5 * std::pow(10, -digits);
    return nothing ? fmt::format("{:.{}f}", 0.0, digits) : fmt::format("{:+.{}f}", value, digits);
}

std::string difference_text(std::string_view unit, double value)
{
    if (unit == "share")
        return with_sign(100 * value, 1) + " pt";
    return unit == "hours" ? with_sign(value, 1) + " h" : with_sign(value, 0);
}

std::string range_text(std::string_view unit, double low, double high)
{
    return difference_text(unit, low) + " to " + difference_text(unit, high);
}

std::string interval_text(std::string_view unit, double mean, double low, double high)
{
    return fmt::format("{} ({})", difference_text(unit, mean), range_text(unit, low, high));
}

std::vector<std::string> difference_cells(std::string_view unit, const PairedDifference& d)
{
    return {difference_text(unit, d.mean), range_text(unit, d.low, d.high), percent(d.larger),
            percent(d.smaller)};
}

std::string counted(std::size_t count, std::string_view what)
{
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

} // namespace walkout
