#include "render/report/posterior_words.hpp"

#include "render/chart_kit.hpp"
#include "render/report/quantity.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

double to_three_figures(double value)
{
    if (value == 0 || !std::isfinite(value))
        return value;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
    return std::round(value / unit) * unit;
}

/// Between two words of numbers.
std::string between(const std::string& low, const std::string& high)
{
    return low + " \u2013 " + high;
}

} // namespace

std::string value_of(const PosteriorData& data, const FittedParameter& parameter, double value)
{
    if (parameter.moment)
        return clock_words(data.scenarios.at(0).fan, value);
    const bool clock = parameter.parameter.unit == io::Unit::clock;
    return value_words(parameter.parameter, clock ? value : to_three_figures(value));
}

std::string range_of(const PosteriorData& data, const FittedParameter& parameter,
                     const Levels& levels)
{
    return between(value_of(data, parameter, levels[p05]), value_of(data, parameter, levels[p95]));
}

std::string learned_words(const FittedParameter& parameter)
{
    return fmt::format("{:.0f} %", 100 * std::max(0.0, parameter.shrinkage));
}

std::string words_of(const PosteriorData& data, const RecordedNumber& number)
{
    const FittedScenario& scenario = data.scenarios.at(number.scenario);
    const std::string prefix = data.scenarios.size() > 1 ? scenario.words + ": " : "";
    std::string name = render::readable(number.name);
    if (!prefix.empty())
        name = in_sentence(name);
    const bool of_a_time = number.counted || number.time > 0;
    return prefix + name + (of_a_time ? ", " + clock_words(scenario.fan, number.time) : "");
}

std::string recorded_words(const RecordedNumber& number)
{
    const std::string value = quantity(number.unit, number.value);
    return number.high > number.low
               ? fmt::format("{} ({}\u2013{})", value, quantity(number.unit, number.low),
                             quantity(number.unit, number.high))
               : value;
}

std::string runs_words(const RecordedNumber& number, Level low, Level high)
{
    return between(quantity(number.unit, number.runs[low]),
                   quantity(number.unit, number.runs[high]));
}

std::string inside_words(const RecordedNumber& number)
{
    return number.inside_80 ? "80 %" : number.inside_95 ? "95 %" : "no";
}

} // namespace walkout::report
