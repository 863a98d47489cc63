#include "render/report/words.hpp"

#include "render/chart_kit.hpp"
#include "sim/core/measures.hpp"

#include <array>
#include <cctype>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

using render::minus;

std::string role_of(const ScenarioBackground& scenario)
{
    return scenario.leader.empty() ? "the leader" : scenario.leader;
}

std::string last_word(const std::string& words)
{
    const std::size_t blank = words.rfind(' ');
    return blank == std::string::npos ? words : words.substr(blank + 1);
}

/// What happens in a run that ends so.
std::string event_of(std::size_t outcome, const ScenarioBackground& scenario)
{
    switch (static_cast<Outcome>(outcome)) {
    case Outcome::returned:
        return role_of(scenario) + (scenario.in_office ? " is back" : " prevails");
    case Outcome::mass_exit:
        return "there is a mass exit";
    case Outcome::standoff:
        return "the board holds out";
    case Outcome::partial:
        return "the letter stalls";
    case Outcome::failed_petition:
        return "the letter fizzles";
    case Outcome::no_petition:
        break;
    }
    return "there is no letter";
}

/// `−` for a minus, and no `-0`.
std::string signed_text(std::string digits)
{
    if (digits.find_first_of("123456789") == std::string::npos && digits[0] == '-')
        return digits.substr(1);
    return digits[0] == '-' ? std::string(minus) + digits.substr(1) : digits;
}

/// At most four figures, without trailing zeros.
std::string short_number(double value)
{
    return signed_text(fmt::format("{:.4g}", value));
}

} // namespace

std::string capitalized(std::string text)
{
    if (!text.empty())
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

std::string in_sentence(std::string text)
{
    if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0)
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

std::string start_words(const ScenarioBackground& scenario)
{
    return scenario.record.empty() ? "the scenario" : "history";
}

std::string outcome_word(std::size_t outcome, const ScenarioBackground& scenario)
{
    if (static_cast<Outcome>(outcome) == Outcome::returned)
        return last_word(role_of(scenario)) + (scenario.in_office ? " back" : " prevails");
    static constexpr std::array words{
        "", "mass exit", "board holds out", "letter stalls", "letter fizzles", "no letter"};
    return words[outcome];
}

MeasureWords::MeasureWords(const Measure& measure, const ScenarioBackground& scenario)
    : unit_(measure.unit), chance_(measure.chance()),
      percent_(measure.chance() || measure.unit == "share")
{
    if (chance_) {
        const auto outcome = static_cast<std::size_t>(measure.outcome);
        event_ = event_of(outcome, scenario);
        title_ = "Chance " + event_;
        column_ = outcome_word(outcome, scenario);
        return;
    }
    name_ = render::readable(measure.name);
    title_ = name_ + (unit_ == "hours" ? ", mean in hours" : ", mean");
    column_ = name_;
}

std::string MeasureWords::bare(double value) const
{
    if (percent_)
        return signed_text(fmt::format("{:.0f}", 100 * value));
    return signed_text(fmt::format("{:.{}f}", value, unit_ == "hours" ? 1 : 0));
}

std::string MeasureWords::number(double value) const
{
    return bare(value) + (percent_ ? " %" : unit_ == "hours" ? " h" : "");
}

std::string MeasureWords::change(double difference) const
{
    const std::string text = bare(difference);
    const bool positive = difference > 0 && text.find_first_of("123456789") != std::string::npos;
    return (positive ? "+" : "") + text + (unit_ == "hours" && !percent_ ? " h" : "");
}

std::string MeasureWords::sentence(double value) const
{
    if (chance_)
        return fmt::format("{} in {} of 100 runs", event_, bare(value));
    return fmt::format("the mean of {} is {}", in_sentence(name_), number(value));
}

std::string MeasureWords::interval(const Estimate& estimate, bool difference) const
{
    const auto text = [&](double value) { return difference ? change(value) : bare(value); };
    return fmt::format("95 % interval {} to {}", text(estimate.low), text(estimate.high));
}

std::string value_words(const StudyParameter& parameter, double value)
{
    if (std::isnan(value))
        return "as it is";
    if (parameter.flag)
        return value != 0 ? "on" : "off";
    if (parameter.change == ChangeKind::factor)
        return "\u00d7" + short_number(value);
    const std::string sign = parameter.change == ChangeKind::shift && value > 0 ? "+" : "";
    switch (parameter.unit) {
    case io::Unit::share:
        return sign + short_number(100 * value) + " %";
    case io::Unit::rate:
        return sign + short_number(value) + "/h";
    case io::Unit::duration:
        return sign + short_number(value) + " h";
    case io::Unit::clock: {
        if (parameter.change == ChangeKind::shift)
            return sign + short_number(value) + " h";
        const long minutes = std::lround(value * 60);
        return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
    }
    case io::Unit::none:
    case io::Unit::allegiance:
    case io::Unit::people:
    case io::Unit::years:
        break;
    }
    return sign + short_number(value);
}

double roughly(double value)
{
    if (value == 0 || !std::isfinite(value))
        return value;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 1);
    return std::round(value / unit) * unit;
}

std::string lever_words(const StudyParameter& parameter)
{
    const std::size_t dot = parameter.name.rfind('.');
    return render::readable(dot == std::string::npos ? parameter.name
                                                     : parameter.name.substr(dot + 1));
}

std::string counted_words(std::size_t number, const std::string& what)
{
    static constexpr std::array names{"No",    "One",   "Two",  "Three", "Four",   "Five",  "Six",
                                      "Seven", "Eight", "Nine", "Ten",   "Eleven", "Twelve"};
    const std::string count = number < names.size() ? names[number] : std::to_string(number);
    return count + " " + what + (number == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t k = 0; k < words.size(); ++k)
        text += (k == 0 ? "" : k + 1 == words.size() ? " and " : ", ") + words[k];
    return text;
}

} // namespace walkout::report
