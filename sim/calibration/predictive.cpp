#include "sim/calibration/predictive.hpp"

#include "sim/study/journal.hpp"
#include "sim/study/members.hpp"
#include "sim/study/statistics.hpp"
#include "sim/study/workers.hpp"

#include <fmt/core.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>

namespace walkout {

namespace {

constexpr std::size_t curve_points = 480;

std::vector<double> levels_of(std::vector<double> values)
{
    if (values.empty())
        return std::vector<double>(posterior_levels.size(), 0.0);
    return quantiles_at(std::move(values), posterior_levels);
}

template <class Read> std::vector<double> over(const std::vector<RunResult>& runs, Read read)
{
    std::vector<double> values;
    for (const RunResult& run : runs)
        values.push_back(static_cast<double>(read(run)));
    return values;
}

std::vector<PredictedNumber> numbers_of(const Scenario& scenario, std::size_t s,
                                        const std::vector<Target>& targets,
                                        const std::vector<RunResult>& runs)
{
    std::vector<PredictedNumber> numbers;
    for (const RecordPoint& point : scenario.record)
        numbers.push_back(
            {.scenario = s,
             .name = point.counted == Counted::signatures ? "signatures" : "departures",
             .unit = "people",
             .time = point.time,
             .value = static_cast<double>(point.count),
             .low = static_cast<double>(point.low),
             .high = static_cast<double>(point.high),
             .fit = point.fit,
             .quantiles = levels_of(over(runs, [&](const RunResult& run) {
                 return run.counted_at(point.counted, point.time);
             }))});
    for (const Target& target : targets)
        if (target.scenario == s && target.measure)
            numbers.push_back({.scenario = s,
                               .name = target.name,
                               .unit = target.unit,
                               .value = target.value,
                               .low = target.value - target.sd,
                               .high = target.value + target.sd,
                               .fit = true,
                               .quantiles = levels_of(over(runs, [&](const RunResult& run) {
                                   return observed(target, run);
                               }))});
    return numbers;
}

PredictedCurve curve_of(const Scenario& scenario, std::size_t s, const std::vector<RunResult>& runs)
{
    PredictedCurve curve{.scenario = s};
    if (!scenario.record.empty())
        curve.counted = scenario.record.back().counted;
    for (std::size_t k = 0; k <= curve_points; ++k) {
        const Hours time = scenario.horizon * static_cast<double>(k) / curve_points;
        curve.times.push_back(time);
        curve.quantiles.push_back(levels_of(
            over(runs, [&](const RunResult& run) { return run.counted_at(curve.counted, time); })));
    }
    return curve;
}

std::map<std::string, double> outcomes_of(const std::vector<RunResult>& runs)
{
    std::map<std::string, double> shares;
    for (const RunResult& run : runs)
        shares[std::string(outcome_names[static_cast<std::size_t>(run.outcome)])] +=
            1 / static_cast<double>(runs.size());
    return shares;
}

} // namespace

io::StudyFile drawn_study(const io::StudyFile& file, const PriorSpace& space,
                          const std::vector<Point>& draws)
{
    io::StudyFile drawn = file;
    Study& study = drawn.study;
    study.calibration.reset();
    for (StudyParameter& parameter : study.parameters)
        parameter.spread = Spread::rows;
    study.design = {.kind = DesignKind::table};
    for (const Point& point : draws)
        study.design.rows.push_back(space.values(point));
    study.measures.clear();
    for (const MeasureInfo& info : measure_infos())
        study.measures.emplace_back(info.name);
    return drawn;
}

Predictive predict(const io::StudyFile& drawn, const std::vector<Target>& targets, unsigned jobs,
                   std::atomic<bool>& stop, const std::function<void(const RunRow&)>& keep)
{
    const Plan plan(drawn.study);
    const Members members(drawn, plan);
    const std::size_t scenarios = drawn.scenarios.size(), draws = drawn.study.design.rows.size();
    std::vector<std::vector<RunResult>> runs(scenarios, std::vector<RunResult>(draws));
    const RowMaker row_of(drawn, plan, [&](const PlannedRun& run) {
        PlannedRun lucky = run;
        lucky.replicate = static_cast<std::uint32_t>(run.point);
        return runs[run.scenario][run.point] = members.make(lucky);
    });
    std::vector<RunRow> rows(scenarios * draws);
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    threads_for(jobs));
    tbb::parallel_for(std::size_t{0}, rows.size(), [&](std::size_t number) {
        if (!stop)
            rows[number] = row_of(plan.run(number));
    });
    if (stop)
        throw Stopped();
    Predictive predictive;
    for (const RunRow& row : rows) {
        predictive.failed += !row.error.empty();
        keep(row);
    }
    for (std::size_t s = 0; s < scenarios; ++s) {
        // A failed run has left its place as it was: without samples.
        std::erase_if(runs[s], [](const RunResult& run) { return run.samples.empty(); });
        const Scenario& scenario = drawn.scenarios[s]->file().scenario;
        for (PredictedNumber& number : numbers_of(scenario, s, targets, runs[s]))
            predictive.numbers.push_back(std::move(number));
        predictive.curves.push_back(curve_of(scenario, s, runs[s]));
        predictive.outcomes.push_back(outcomes_of(runs[s]));
    }
    return predictive;
}

} // namespace walkout
