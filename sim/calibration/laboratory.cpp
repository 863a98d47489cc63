#include "sim/calibration/laboratory.hpp"

#include "sim/io/study_calibration.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/workers.hpp"

#include <fmt/core.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

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

Journal::Journal(Store& store, const Laboratory& laboratory, const PriorSpace& space, unsigned jobs,
                 FitProgress& progress)
    : store_(store), laboratory_(laboratory), space_(space), jobs_(threads_for(jobs)),
      progress_(progress)
{
    stored_.emplace(store);
}

std::vector<Observation> Journal::operator()(const std::vector<Trial>& trials)
{
    std::vector<Observation> seen;
    for (const Trial& trial : trials) {
        auto stored = read_again(trial);
        if (!stored)
            break;
        seen.push_back(std::move(*stored));
    }
    const std::size_t first = seen.size();
    seen.resize(trials.size());
    progress_.trials += first;
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, jobs_);
    tbb::parallel_for(first, trials.size(), [&](std::size_t k) {
        if (progress_.stop)
            return;
        seen[k] = laboratory_.observe(trials[k]);
        ++progress_.trials;
    });
    if (progress_.stop)
        throw FitStopped();
    for (std::size_t k = first; k < trials.size(); ++k)
        store_.add(row_of(trials[k], seen[k]));
    store_.commit();
    return seen;
}

std::optional<Observation> Journal::read_again(const Trial& trial)
{
    if (!stored_)
        return std::nullopt;
    if (!stored_->row()) {
        stored_.reset(); // ends its transaction: what follows is written
        return std::nullopt;
    }
    const RunRow& row = *stored_->row();
    if (row.number != trial.number || row.parameters != space_.values(trial.point))
        throw StoreError(fmt::format("trial {} in the store is not the one this program would "
                                     "make; begin again beside it with --new",
                                     row.number));
    Observation seen = row.error.empty() ? row.measures : Observation();
    if (!std::exchange(checked_, true) && laboratory_.observe(trial) != seen)
        throw StoreError(fmt::format("trial {} in the store shows other numbers than this program "
                                     "computes; go on with the program that began it, or begin "
                                     "again beside it with --new",
                                     row.number));
    stored_->advance();
    return seen;
}

RunRow Journal::row_of(const Trial& trial, const Observation& seen) const
{
    RunRow row{.number = trial.number,
               .scenario = "all",
               .point = trial.stage,
               .replicate = static_cast<std::uint32_t>(trial.number),
               .parameters = space_.values(trial.point),
               .measures = seen};
    if (seen.empty()) {
        row.measures.assign(store_.record().measures().size(), own_value);
        row.error = "could not be simulated";
    }
    return row;
}

StudyRecord record_of_fit(const io::StudyFile& file, const std::vector<Target>& targets,
                          const std::string& version)
{
    const Study& study = file.study;
    const CalibrationParams& fit = *study.calibration;
    StudyRecord record;
    record.facts = {{"study", file.text},
                    {"name", study.name},
                    {"title", study.title.empty() ? study.name : study.title},
                    {"version", version},
                    {"seed", std::to_string(study.seed)}};
    record.world = world_of_inputs(file, version);
    const bool abc = fit.method == FitMethod::abc_smc;
    record.world.emplace_back("method",
                              io::fit_method_names()[static_cast<std::size_t>(fit.method)]);
    // How long a fit goes on may change: generations beyond those stored are new ones.
    record.world.emplace_back(
        "fit", abc ? fmt::format("{} particles, keep {}, acceptance {}", fit.particles, fit.keep,
                                 fit.least_acceptance)
                   : fmt::format("{} chains of {}, {} runs", fit.chains, fit.iterations, fit.runs));
    record.columns = parameter_columns(study);
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
