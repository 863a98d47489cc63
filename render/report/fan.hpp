#pragma once

#include "render/report/study_runs.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace walkout::report {

/// Quantiles of signatures over time for the runs of one kind.
struct FanGroup {
    static constexpr std::array<double, 7> levels{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

    bool fizzles = false; ///< runs in which fewer than half sign and the leader is not back
    std::size_t runs = 0;
    double share = 0;                              ///< of the runs of the fan
    std::array<std::vector<double>, 7> names = {}; ///< by level, then time
};

/// Signatures over time.
struct Fan {
    Hours every = 1;
    std::size_t runs = 0;
    std::vector<FanGroup> groups = {}; ///< the larger one first
    std::vector<RecordPoint> record = {};
    int people = 0;
    double start_hour = 0; ///< hour of the local day at time 0
    int start_weekday = 0; ///< 0: Sunday

    Hours end() const
    {
        return groups.empty() ? 0 : every * static_cast<double>(groups[0].names[0].size() - 1);
    }
};

/// Fan of some curves of one scenario. When some runs fizzle and others do not, they are told
/// apart, because no run looks like the middle of both.
Fan fan_of(const std::vector<const SignedCurve*>& curves, const ScenarioBackground& scenario,
           Hours every);

/// Let a fan begin at an instant (ISO 8601, in its local time).
void set_clock(Fan& fan, const std::string& start);

/// `Mon 05:48` of a fan's clock.
std::string clock_words(const Fan& fan, Hours time);

/// `Mon`
std::string_view weekday_of(const Fan& fan, Hours time);

/// The hours in which the record counts, with some room, at whole multiples of four hours of the
/// clock; those worth showing where nothing is counted.
std::pair<Hours, Hours> hours_of_record(const Fan& fan);

/// The hours worth showing: from some hours before the first signature until the curves are flat,
/// at whole multiples of four hours of the clock.
std::pair<Hours, Hours> hours_worth_showing(const std::vector<const Fan*>& fans);

} // namespace walkout::report
