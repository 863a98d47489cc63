#include "sim/cli/local_time.hpp"

#include <chrono>
#include <cmath>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

struct LocalTime {
    std::chrono::year_month_day date;
    unsigned weekday = 0; ///< 0 Sunday
    long hour = 0, minute = 0;
};

LocalTime local_time(const Scenario& scenario, Hours time)
{
    namespace ch = std::chrono;
    const auto seconds =
        scenario.start_utc + scenario.utc_offset_minutes * 60 + std::llround(time * 3600);
    const ch::sys_seconds at{ch::seconds(seconds)};
    const auto day = ch::floor<ch::days>(at);
    const auto minutes = ch::floor<ch::minutes>(at - day).count();
    return {ch::year_month_day(day), ch::weekday(day).c_encoding(), minutes / 60, minutes % 60};
}

} // namespace

std::string clock_text(const Scenario& scenario, Hours time)
{
    static constexpr const char* names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    if (!(time < never))
        return "—";
    const LocalTime t = local_time(scenario, time);
    return scenario.horizon > 24 * 7 * 3
               ? fmt::format("{:02}-{:02} {:02}:{:02}", static_cast<unsigned>(t.date.month()),
                             static_cast<unsigned>(t.date.day()), t.hour, t.minute)
               : fmt::format("{} {:02}:{:02}", names[t.weekday], t.hour, t.minute);
}

std::string iso_text(const Scenario& scenario, Hours time)
{
    const LocalTime t = local_time(scenario, time);
    const int offset = std::abs(scenario.utc_offset_minutes);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}{}{:02}:{:02}",
                       static_cast<int>(t.date.year()), static_cast<unsigned>(t.date.month()),
                       static_cast<unsigned>(t.date.day()), t.hour, t.minute,
                       scenario.utc_offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string hours_text(Hours hours)
{
    return hours < never ? fmt::format("{:.1f}\u00a0h", hours) : "never";
}

} // namespace walkout::cli
