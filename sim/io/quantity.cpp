#include "sim/io/quantity.hpp"

#include "sim/io/problems.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace walkout::io {

namespace {

struct NamedScale {
    std::string_view name;
    double per_hour; ///< how many of them make an hour; dividing by it rounds only once
};

constexpr std::array<NamedScale, 3> short_units{{{"s", 3600}, {"min", 60}, {"h", 1}}};
constexpr double hours_per_day = 24;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

template <class T> Reading<T> refuse(std::string error, std::string help = {})
{
    return {std::nullopt, std::move(error), std::move(help)};
}

/// A user's text inside a message, in quotes and cut when it is long.
std::string quote(std::string_view text)
{
    constexpr std::size_t longest = 40;
    if (text.size() <= longest)
        return "'" + printable(text) + "'";
    return "'" + printable(text.substr(0, longest)) + "...'";
}

/// The length of the decimal number at the front: sign, digits, fraction, exponent. 0: none.
std::size_t number_length(std::string_view text)
{
    std::size_t i = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
    const std::size_t begin = i;
    const auto skip_digits = [&] {
        const std::size_t from = i;
        while (i < text.size() && is_digit(text[i]))
            ++i;
        return i - from;
    };
    std::size_t digits = skip_digits();
    if (i < text.size() && text[i] == '.' && ++i > begin)
        digits += skip_digits();
    if (digits == 0)
        return 0;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        const std::size_t mantissa = i++;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (skip_digits() == 0)
            i = mantissa;
    }
    return i;
}

/// YAML 1.1 would read `012` as 10; whoever wrote it may have meant either.
bool has_leading_zero(std::string_view text)
{
    const std::size_t sign = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
    return text.size() > sign + 1 && text[sign] == '0' && is_digit(text[sign + 1]);
}

struct WithSuffix {
    double number = 0;
    std::string_view suffix;
};

/// @param what, help  what a text without a number at its front is not, and what to write
Reading<WithSuffix> split_suffix(std::string_view text, std::string_view what, std::string help)
{
    const std::size_t length = number_length(text);
    if (length == 0)
        return refuse<WithSuffix>(fmt::format("{} is not {}", quote(text), what), std::move(help));
    const auto number = read_number(text.substr(0, length));
    if (!number.value)
        return refuse<WithSuffix>(number.error, number.help);
    std::string_view suffix = text.substr(length);
    while (suffix.starts_with(' '))
        suffix.remove_prefix(1);
    return {WithSuffix{*number.value, suffix}, {}, {}};
}

/// Two digits at `at`, or -1.
int two_digits(std::string_view text, std::size_t at)
{
    if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1]))
        return -1;
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// Minutes east of UTC of `Z`, `-08:00` or `+0530`.
std::optional<int> read_offset(std::string_view text)
{
    if (text == "Z")
        return 0;
    if (text.size() < 5 || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    const bool colon = text[3] == ':';
    const int hours = two_digits(text, 1), minutes = two_digits(text, colon ? 4 : 3);
    if (text.size() != (colon ? 6U : 5U) || hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
        return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<std::chrono::sys_days> read_date(std::string_view text)
{
    using namespace std::chrono;
    const int century = two_digits(text, 0), years = two_digits(text, 2);
    const int month_number = two_digits(text, 5), day_number = two_digits(text, 8);
    if (century < 0 || years < 0 || month_number < 0 || day_number < 0)
        return std::nullopt;
    const year_month_day date(year(century * 100 + years),
                              month(static_cast<unsigned>(month_number)),
                              day(static_cast<unsigned>(day_number)));
    if (!date.ok())
        return std::nullopt;
    return sys_days(date);
}

/// Whether the text has the form of a date and time to the minute; what follows stands at 16.
bool has_instant_form(std::string_view text)
{
    constexpr std::string_view form = "dddd-dd-ddTdd:dd";
    if (text.size() < form.size())
        return false;
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i])
            return false;
    return true;
}

constexpr std::string_view instant_help = "write a date, a time and its offset from UTC, like "
                                          "2023-11-17T12:00-08:00";

} // namespace

Reading<double> read_number(std::string_view text)
{
    if (text.empty() || number_length(text) != text.size())
        return refuse<double>(quote(text) + " is not a number",
                              text.find_first_of("_,'") != std::string_view::npos
                                  ? "write digits without separators and a point for decimals"
                              : text.starts_with("0x") || text.starts_with("0o")
                                  ? "write it in decimal digits"
                                  : "");
    if (has_leading_zero(text))
        return refuse<double>(quote(text) + " begins with a zero", "write it without");
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    double value = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value))
        return refuse<double>(quote(text) + " is too large or too small for a number");
    return {value == 0 ? 0.0 : value, {}, {}}; // -0 would print and compare oddly
}

Reading<std::int64_t> read_whole(std::string_view text)
{
    const auto number = read_number(text);
    if (!number.value)
        return refuse<std::int64_t>(number.error, number.help);
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    std::int64_t exact = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), exact);
    if (failure == std::errc() && end == digits.data() + digits.size())
        return {exact, {}, {}};
    constexpr double exact_range = 9007199254740992.0; // 2^53: beyond it doubles skip whole numbers
    if (*number.value != std::trunc(*number.value))
        return refuse<std::int64_t>(quote(text) + " is not a whole number");
    if (!(std::abs(*number.value) <= exact_range))
        return refuse<std::int64_t>(quote(text) + " is too large for a whole number");
    return {static_cast<std::int64_t>(*number.value), {}, {}};
}

Reading<double> read_duration(std::string_view text)
{
    const auto parts = split_suffix(text, "a duration", "write it like 4h, 90min, 30s or 2d");
    if (!parts.value)
        return {std::nullopt, parts.error, parts.help};
    const auto [number, suffix] = *parts.value;
    if (suffix == "d")
        return {number * hours_per_day, {}, {}};
    for (const NamedScale& unit : short_units)
        if (suffix == unit.name)
            return {number / unit.per_hour, {}, {}};
    if (suffix.empty())
        return refuse<double>(quote(text) + " has no unit",
                              fmt::format("write {}h, {}min or {}d", text, text, text));
    if (suffix.find_first_of("0123456789") != std::string_view::npos)
        return refuse<double>(quote(text) + " is not one number with one unit",
                              "write it like 1.5h or 90min");
    return refuse<double>(fmt::format("{} has the unknown unit {}", quote(text), quote(suffix)),
                          "durations end in s, min, h or d");
}

Reading<double> read_share(std::string_view text)
{
    const auto parts = split_suffix(text, "a share", "write it like 12% or 0.12");
    if (!parts.value)
        return {std::nullopt, parts.error, parts.help};
    if (parts.value->suffix == "%")
        return {parts.value->number / 100, {}, {}};
    if (parts.value->suffix.empty())
        return {parts.value->number, {}, {}};
    return refuse<double>(quote(text) + " is not a share", "write it like 12% or 0.12");
}

Reading<double> read_rate(std::string_view text)
{
    const auto parts = split_suffix(text, "a rate", "write it like 2.56/h or 0.1/min");
    if (!parts.value)
        return {std::nullopt, parts.error, parts.help};
    const auto [number, suffix] = *parts.value;
    if (suffix.empty())
        return refuse<double>(quote(text) + " has no unit", fmt::format("write {}/h", text));
    if (suffix == "/d")
        return {number / hours_per_day, {}, {}};
    for (const NamedScale& unit : short_units)
        if (suffix.starts_with('/') && suffix.substr(1) == unit.name)
            return {number * unit.per_hour, {}, {}};
    return refuse<double>(fmt::format("{} has the unknown unit {}", quote(text), quote(suffix)),
                          "rates end in /s, /min, /h or /d");
}

Reading<double> read_clock(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        auto number = read_number(text);
        if (!number.value)
            number.help = "write an hour of the day like 23:30 or 23.5";
        return number;
    }
    const std::string padded = colon == 1 ? "0" + std::string(text) : std::string(text);
    const int hours = two_digits(padded, 0), minutes = two_digits(padded, 3);
    if (padded.size() != 5 || padded[2] != ':' || hours < 0 || minutes < 0 || minutes > 59)
        return refuse<double>(quote(text) + " is not an hour of the day",
                              "write it like 23:30 or 23.5");
    return {hours + minutes / 60.0, {}, {}};
}

bool looks_like_date(std::string_view text)
{
    return text.size() >= 8 && two_digits(text, 0) >= 0 && two_digits(text, 2) >= 0 &&
           (text[4] == '-' || is_digit(text[4])) && text.find('-') != std::string_view::npos;
}

Reading<Instant> read_instant(std::string_view text)
{
    using namespace std::chrono;
    if (!has_instant_form(text))
        return refuse<Instant>(quote(text) + " is not a time", std::string(instant_help));
    const bool has_seconds = text.size() > 16 && text[16] == ':';
    const std::string_view zone =
        text.substr(std::min<std::size_t>(text.size(), has_seconds ? 19 : 16));
    const int hour = two_digits(text, 11), minute = two_digits(text, 14);
    const int second = has_seconds ? two_digits(text, 17) : 0;
    const auto date = read_date(text);
    if (!date || hour > 23 || minute > 59 || second < 0 || second > 59)
        return refuse<Instant>(quote(text) + " is not in the calendar or on the clock");
    if (zone.empty())
        return refuse<Instant>(
            quote(text) + " has no offset from UTC",
            fmt::format("write {0}-08:00 for Pacific winter time, {0}Z for UTC", text));
    const auto offset = read_offset(zone);
    if (!offset)
        return refuse<Instant>(quote(text) + " has no valid offset from UTC",
                               std::string(instant_help));
    const std::int64_t local =
        sys_seconds(*date).time_since_epoch().count() + hour * 3600LL + minute * 60LL + second;
    return {
        Instant{local - *offset * 60LL, *offset, hour + minute / 60.0 + second / 3600.0}, {}, {}};
}

Reading<double> read_quantity(std::string_view text, Unit unit)
{
    switch (unit) {
    case Unit::share:
        return read_share(text);
    case Unit::rate:
        return read_rate(text);
    case Unit::duration:
        return read_duration(text);
    case Unit::clock:
        return read_clock(text);
    case Unit::none:
    case Unit::allegiance:
    case Unit::people:
    case Unit::years:
        break;
    }
    return read_number(text);
}

std::string format_number(double value)
{
    std::array<char, 400> buffer{};
    const bool short_as_fixed = value == 0 || (std::abs(value) >= 1e-6 && std::abs(value) < 1e15);
    const auto [end, failure] =
        short_as_fixed ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::fixed)
                       : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), failure == std::errc() ? end : buffer.data()};
}

std::string format_quantity(double value, Unit unit)
{
    const std::string number = format_number(value);
    if (unit == Unit::rate)
        return number + "/h";
    if (unit != Unit::duration)
        return number;
    const double minutes = std::round(value * 60);
    if (std::abs(value) < 1 && minutes != 0 && minutes / 60 == value)
        return format_number(minutes) + "min";
    return number + "h";
}

std::string format_instant(const Instant& instant)
{
    using namespace std::chrono;
    const sys_seconds local{seconds(instant.utc + instant.offset_minutes * 60LL)};
    const sys_days day = floor<days>(local);
    const year_month_day date(day);
    const hh_mm_ss clock(local - day);
    const int offset = std::abs(instant.offset_minutes);
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    clock.hours().count(), clock.minutes().count());
    if (clock.seconds().count() != 0)
        text += fmt::format(":{:02}", clock.seconds().count());
    return text + fmt::format("{}{:02}:{:02}", instant.offset_minutes < 0 ? '-' : '+', offset / 60,
                              offset % 60);
}

std::string_view name_of(Unit unit)
{
    switch (unit) {
    case Unit::none:
        return "";
    case Unit::allegiance:
        return "allegiance";
    case Unit::people:
        return "people";
    case Unit::years:
        return "years";
    case Unit::share:
        return "share";
    case Unit::rate:
        return "per hour";
    case Unit::duration:
        return "duration";
    case Unit::clock:
        return "hour of the day";
    }
    return "";
}

} // namespace walkout::io
