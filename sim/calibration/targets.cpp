#include "sim/calibration/targets.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

const double uniform_sd = 1 / std::sqrt(12.0); ///< of a uniform distribution of width 1

Target target_of(const RecordPoint& point, std::size_t scenario)
{
    const bool names = point.counted == Counted::signatures;
    // A single reading stands for itself and the rounding of half a person to either side.
    const double width = std::max(1, point.high - point.low);
    return {.scenario = scenario,
            .name = fmt::format("{} at {:.2f} h", names ? "signatures" : "departures", point.time),
            .unit = "people",
            .value = point.high > point.low ? 0.5 * (point.low + point.high) : point.count,
            .sd = width * uniform_sd,
            .time = point.time,
            .precision = point.precision,
            .counted = point.counted};
}

Target target_of(const MeasureTarget& target, Hours horizon)
{
    const auto infos = measure_infos();
    const auto info = std::ranges::find(infos, target.measure, &MeasureInfo::name);
    return {.scenario = target.scenario,
            .name = target.measure,
            .unit = std::string(info->unit),
            .value = target.value,
            .sd = target.sd,
            .measure = info->value,
            .ceiling = info->unit == "hours" ? horizon : never};
}

} // namespace

std::vector<Target> targets_of(const io::StudyFile& file)
{
    std::vector<Target> targets;
    for (std::size_t s = 0; s < file.scenarios.size(); ++s) {
        const Scenario& scenario = file.scenarios[s]->file().scenario;
        for (const RecordPoint& point : scenario.record)
            if (point.fit && point.time <= scenario.horizon)
                targets.push_back(target_of(point, s));
        for (const MeasureTarget& target : file.study.calibration->targets)
            if (target.scenario == s)
                targets.push_back(target_of(target, scenario.horizon));
    }
    return targets;
}

double observed(const Target& target, const RunResult& run, Hours delay)
{
    if (target.measure)
        return std::min(run.measures.*target.measure, target.ceiling);
    return run.counted_at(target.counted, target.time + delay);
}

} // namespace walkout
