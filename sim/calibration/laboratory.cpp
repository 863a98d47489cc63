#include "sim/calibration/laboratory.hpp"

#include "sim/io/study_calibration.hpp"
#include "sim/study/provenance.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace walkout {

Laboratory::Laboratory(const io::StudyFile& file, const PriorSpace& space,
                       const std::vector<Target>& targets)
    : file_(file), space_(space), targets_(targets), dials_(file)
{
    for (std::size_t s = 0; s < file.scenarios.size(); ++s) {
        organizations_.push_back(dials_.common_organization(s));
        Hours needed = 0;
        for (const Target& target : targets)
            if (target.scenario == s)
                needed = std::max(needed, target.measure ? never : target.time + target.precision);
        needed_.push_back(needed);
    }
}

Scenario Laboratory::scenario(std::size_t which, const std::vector<double>& values) const
{
    Scenario scenario = dials_.scenario(which, values);
    scenario.horizon = std::min(scenario.horizon, std::max(needed_[which], scenario.tick));
    return scenario;
}

Observation Laboratory::observe(const Trial& trial) const
{
    const std::vector<double> values = space_.values(trial.point);
    const std::uint64_t seed = file_.study.seed;
    Observation seen(targets_.size());
    try {
        for (std::size_t s = 0; s < file_.scenarios.size(); ++s) {
            const RunResult result = run(
                scenario(s, values),
                {.seed = seed,
                 .replicate = static_cast<std::uint32_t>(draw(seed, Draw::luck, s, trial.number)),
                 .sample_every = 0,
                 .organization = organizations_[s]});
            for (std::size_t t = 0; t < targets_.size(); ++t)
                if (targets_[t].scenario == s) {
                    const double error =
                        2 * unit(draw(seed, Draw::clock_error, t, trial.number)) - 1;
                    seen[t] = observed(targets_[t], result, error * targets_[t].precision);
                }
        }
    } catch (const std::exception&) {
        return {}; // values that do not fit together are as unlikely as those that never fit
    }
    return seen;
}

// ---------------------------------------------------------------- journal

std::vector<Observation> observe(const Laboratory& laboratory, const PriorSpace& space,
                                 Journal& journal, const std::vector<Trial>& trials)
{
    std::vector<RunRow> asked;
    for (const Trial& trial : trials)
        asked.push_back({.number = trial.number,
                         .scenario = "all",
                         .point = trial.stage,
                         .replicate = static_cast<std::uint32_t>(trial.number),
                         .parameters = space.values(trial.point)});
    const auto first = trials.empty() ? 0 : trials.front().number;
    const auto rows = journal(std::move(asked), [&](RunRow& row) {
        row.measures = laboratory.observe(trials[row.number - first]);
        if (!row.measures.empty())
            return;
        row.measures.assign(laboratory.targets(), std::nan(""));
        row.error = "could not be simulated";
    });
    std::vector<Observation> seen;
    for (const RunRow& row : rows)
        seen.push_back(row.error.empty() ? row.measures : Observation());
    return seen;
}

StudyRecord record_of_fit(const io::StudyFile& file, const std::vector<Target>& targets,
                          const std::string& version)
{
    const Study& study = file.study;
    const CalibrationParams& fit = *study.calibration;
    StudyRecord record = record_of_study(file, version);
    const bool abc = fit.method == FitMethod::abc_smc;
    record.world.emplace_back("method",
                              io::fit_method_names()[static_cast<std::size_t>(fit.method)]);
    // How long a fit goes on may change: generations beyond those stored are new ones.
    record.world.emplace_back(
        "fit", abc ? fmt::format("{} particles, keep {}, acceptance {}", fit.particles, fit.keep,
                                 fit.least_acceptance)
                   : fmt::format("{} chains of {}, {} runs", fit.chains, fit.iterations, fit.runs));
    for (const Target& target : targets) {
        const std::string name =
            fmt::format("{}: {}", study.scenarios[target.scenario].name, target.name);
        record.world.emplace_back(
            "target " + name,
            fmt::format("{} +- {}, clock +- {} h", target.value, target.sd, target.precision));
        record.columns.push_back(
            {name, target.unit, "what a trial shows of the record", true, false});
    }
    return record;
}

} // namespace walkout
