#include "render/report/waits.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::report {

namespace {

constexpr std::size_t most_lines = 5;

} // namespace

double WaitLine::half() const
{
    return hours[(hours.size() - 1) / 2];
}

double Waits::waiting(const WaitLine& line, Hours hour) const
{
    const Hours before_end = std::nextafter(horizon, 0.0);
    const auto later =
        line.hours.end() - std::ranges::upper_bound(line.hours, std::min(hour, before_end));
    return static_cast<double>(later) / static_cast<double>(line.hours.size());
}

Waits waits_of(const StudyRuns& study, const Stories& stories)
{
    Waits waits;
    if (study.measure.unit != "hours")
        return waits;
    for (const StoryRow& row : stories.rows) {
        WaitLine line{.words = row.words};
        for (const std::size_t m : row.members) {
            const Member& member = study.members[m];
            waits.horizon =
                std::max(waits.horizon, study.background.scenarios[member.scenario].horizon);
            line.hours.insert(line.hours.end(), member.headline.begin(), member.headline.end());
        }
        std::ranges::sort(line.hours);
        if (!line.hours.empty() && waits.lines.size() < most_lines)
            waits.lines.push_back(std::move(line));
    }
    return waits;
}

} // namespace walkout::report
