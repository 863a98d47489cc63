#include "render/report/quantity.hpp"

#include "render/chart_kit.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace walkout::report {

namespace {

double scale_of(const std::string& unit)
{
    return unit == "share" ? 100 : 1;
}

std::string suffix_of(const std::string& unit)
{
    return unit == "share" ? " pt" : unit == "hours" ? " h" : "";
}

int digits_of(const std::string& unit, const Estimate& change)
{
    return render::digits_of_change(scale_of(unit) * change.low, scale_of(unit) * change.high);
}

} // namespace

std::string quantity(const std::string& unit, double value)
{
    if (std::isinf(value))
        return "never";
    if (unit == "share")
        return fmt::format("{:.{}f} %", 100 * value, value > 0 && value < 0.0095 ? 1 : 0);
    return unit == "hours" ? fmt::format("{:.1f} h", value) : render::grouped(std::lround(value));
}

std::string change_of(const std::string& unit, const Estimate& change)
{
    return render::signed_number(scale_of(unit) * change.value, digits_of(unit, change)) +
           suffix_of(unit);
}

std::string range_of_change(const std::string& unit, const Estimate& change)
{
    const int digits = digits_of(unit, change);
    return render::signed_number(scale_of(unit) * change.low, digits) + " to " +
           render::signed_number(scale_of(unit) * change.high, digits);
}

std::string tick_of(const std::string& unit, double value)
{
    const double shown = scale_of(unit) * value;
    return (shown < 0 ? std::string(render::minus) : "") + fmt::format("{:.4g}", std::abs(shown));
}

Estimate estimate_in(const nlohmann::ordered_json& json)
{
    return {json.at("mean"), json.at("low"), json.at("high"), 0};
}

} // namespace walkout::report
