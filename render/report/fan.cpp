#include "render/report/fan.hpp"

#include "sim/core/measures.hpp"
#include "sim/io/quantity.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

constexpr Hours before_first = 4;
constexpr Hours clock_step = 4;
constexpr double flat = 0.97; ///< of the last count

bool fizzles(std::uint8_t outcome)
{
    switch (static_cast<Outcome>(outcome)) {
    case Outcome::partial:
    case Outcome::failed_petition:
    case Outcome::no_petition:
        return true;
    case Outcome::returned:
    case Outcome::mass_exit:
    case Outcome::standoff:
        break;
    }
    return false;
}

FanGroup group_of(const std::vector<const SignedCurve*>& curves, bool fizzling, std::size_t all)
{
    FanGroup group{.fizzles = fizzling,
                   .runs = curves.size(),
                   .share = static_cast<double>(curves.size()) / static_cast<double>(all)};
    std::size_t samples = curves.front()->names.size();
    for (const SignedCurve* curve : curves)
        samples = std::min(samples, curve->names.size());
    std::vector<double> names(curves.size());
    for (std::size_t t = 0; t < samples; ++t) {
        for (std::size_t k = 0; k < curves.size(); ++k)
            names[k] = curves[k]->names[t];
        std::ranges::sort(names);
        for (std::size_t l = 0; l < FanGroup::levels.size(); ++l)
            group.names[l].push_back(quantile(names, FanGroup::levels[l]));
    }
    return group;
}

/// The last multiple of `clock_step` before a time, or the next after it.
Hours step_before(Hours time, double start_hour)
{
    return clock_step * std::floor((time + start_hour) / clock_step) - start_hour;
}

Hours step_after(Hours time, double start_hour)
{
    return clock_step * std::ceil((time + start_hour) / clock_step) - start_hour;
}

} // namespace

void set_clock(Fan& fan, const std::string& start)
{
    const auto instant = io::read_instant(start);
    if (!instant.value)
        return;
    const std::int64_t local = instant.value->utc + 60 * instant.value->offset_minutes;
    const std::int64_t days = (local - ((local % 86400) + 86400) % 86400) / 86400;
    fan.start_hour = instant.value->local_hour;
    fan.start_weekday = static_cast<int>(((days + 4) % 7 + 7) % 7); // 1970 began on a Thursday
}

Fan fan_of(const std::vector<const SignedCurve*>& curves, const ScenarioBackground& scenario,
           Hours every)
{
    Fan fan{.every = every,
            .runs = curves.size(),
            .record = scenario.record,
            .people = scenario.headcount};
    set_clock(fan, scenario.start);
    std::vector<const SignedCurve*> kinds[2];
    for (const SignedCurve* curve : curves)
        if (!curve->names.empty())
            kinds[fizzles(curve->outcome) ? 1 : 0].push_back(curve);
    for (const std::size_t kind : {0U, 1U})
        if (!kinds[kind].empty())
            fan.groups.push_back(group_of(kinds[kind], kind == 1, curves.size()));
    std::ranges::stable_sort(fan.groups, std::greater<>{}, &FanGroup::runs);
    return fan;
}

std::string_view weekday_of(const Fan& fan, Hours time)
{
    static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed",
                                                          "Thu", "Fri", "Sat"};
    const auto day = static_cast<long>(std::floor((time + fan.start_hour) / 24 + 1e-9));
    return days[static_cast<std::size_t>((day + fan.start_weekday) % 7)];
}

std::string clock_words(const Fan& fan, Hours time)
{
    const long minutes = std::lround(60 * (time + fan.start_hour));
    const Hours whole = static_cast<double>(minutes) / 60 - fan.start_hour;
    return fmt::format("{} {:02}:{:02}", weekday_of(fan, whole), minutes / 60 % 24, minutes % 60);
}

std::pair<Hours, Hours> hours_of_record(const Fan& fan)
{
    if (fan.record.empty())
        return hours_worth_showing({&fan});
    const auto [first, last] = std::ranges::minmax(fan.record, {}, &RecordPoint::time);
    const Hours room = std::max(before_first / 2, 0.06 * (last.time - first.time));
    return {std::max(0.0, step_before(first.time - room, fan.start_hour)),
            std::min(fan.end(), step_after(last.time + room, fan.start_hour))};
}

std::pair<Hours, Hours> hours_worth_showing(const std::vector<const Fan*>& fans)
{
    Hours first = never, last = 0, end = 0;
    double start_hour = 0;
    for (const Fan* fan : fans)
        for (const FanGroup& group : fan->groups) {
            start_hour = fan->start_hour;
            end = std::max(end, fan->end());
            const auto& median = group.names[3];
            if (median.back() < 1)
                continue;
            for (std::size_t t = 0; t < median.size(); ++t) {
                const Hours time = fan->every * static_cast<double>(t);
                if (median[t] >= 1)
                    first = std::min(first, time);
                if (median[t] < flat * median.back())
                    last = std::max(last, time);
            }
        }
    if (first == never)
        return {0, end};
    const Hours from = step_before(first - before_first, start_hour);
    const Hours to = step_after(std::max(last + clock_step, first + 20), start_hour);
    return {std::max(0.0, from), std::min(end, to)};
}

} // namespace walkout::report
