#include "sim/calibration/laboratory.hpp"
#include "sim/cli/calibrate_report.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/monitor.hpp"
#include "sim/cli/output_folder.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/cli/version.hpp"
#include "sim/core/fingerprint.hpp"
#include "sim/study/provenance.hpp"

#include <filesystem>
#include <fmt/core.h>
#include <mutex>

namespace walkout::cli {

namespace {

namespace fs = std::filesystem;

/// Where a fit stands, told by one thread and shown by another.
class Standing {
public:
    void tell(std::string text, std::uint64_t done, std::uint64_t of)
    {
        const std::scoped_lock lock(mutex_);
        tally_ = {.done = done, .of = of, .what = "", .note = std::move(text)};
    }

    Tally tally() const
    {
        const std::scoped_lock lock(mutex_);
        return tally_;
    }

private:
    mutable std::mutex mutex_;
    Tally tally_{.of = 1, .what = ""};
};

/// Everything that follows from a study that calibrates.
struct Fit {
    explicit Fit(const std::string& path) : file(io::read_study(path)), space(file.study.parameters)
    {
        if (!file.study.calibration)
            throw io::InputError(fmt::format("walkout: error: '{}' does not say how to fit\n"
                                             "   help: add 'calibrate: {{method: abc_smc}}', or "
                                             "run it with './walkout sweep'",
                                             path));
        targets = targets_of(file);
        for (const Target& target : targets) {
            recorded.values.push_back(target.value);
            recorded.sds.push_back(target.sd);
        }
    }

    io::StudyFile file;
    PriorSpace space;
    std::vector<Target> targets;
    Recorded recorded;
};

Posterior abc(const Fit& fit, const Simulate& simulate, Standing& standing)
{
    const Study& study = fit.file.study;
    const CalibrationParams& settings = *study.calibration;
    const auto tell = [&](const AbcStatus& status) {
        const double share = status.trials > 0 ? static_cast<double>(status.accepted) /
                                                     static_cast<double>(status.trials)
                                               : 0;
        standing.tell(
            status.generation == 0
                ? std::string("prior")
                : fmt::format("generation {} of at most {}, tolerance {:.2f}, acceptance {:.1f} %",
                              status.generation, settings.generations, status.tolerance,
                              100 * share),
            status.accepted, settings.particles);
    };
    return posterior_of(fit_abc_smc(fit.space, fit.recorded, settings, study.seed, simulate, tell),
                        fit.space, settings.draws, study.seed);
}

Posterior chains(const Fit& fit, const Simulate& simulate, Standing& standing)
{
    const Study& study = fit.file.study;
    const CalibrationParams& settings = *study.calibration;
    const auto tell = [&](const ChainStatus& status) {
        standing.tell(fmt::format("iterations of {} chains, acceptance {:.1f} %", settings.chains,
                                  100 * status.acceptance),
                      status.iteration, settings.iterations);
    };
    return posterior_of(
        fit_synthetic_likelihood(fit.space, fit.recorded, settings, study.seed, simulate, tell),
        fit.space, settings.draws, study.seed);
}

/// Put the trials down in order when a signal comes; what was stored stays.
Posterior fit_parameters(const Fit& fit, const CalibrateOptions& options, const std::string& path,
                         Progress& progress, const SignalGuard& guard)
{
    Store store = store_at(path, record_of_fit(fit.file, fit.targets, version));
    const Laboratory laboratory(fit.file, fit.space, fit.targets);
    Journal journal(&store, options.jobs, progress);
    const Simulate simulate = [&](const std::vector<Trial>& trials) {
        return observe(laboratory, fit.space, journal, trials);
    };
    Standing standing;
    try {
        const Monitor monitor(
            fit.file.study.name, [&] { return standing.tally(); }, [&] { progress.stop = true; });
        const bool particles = fit.file.study.calibration->method == FitMethod::abc_smc;
        return particles ? abc(fit, simulate, standing) : chains(fit, simulate, standing);
    } catch (const Stopped&) {
        guard.check(fmt::format("{} trials are stored in {}; the same command goes on",
                                store.runs(), path));
        throw;
    } catch (const std::invalid_argument& error) {
        throw io::InputError(fmt::format("walkout: error: '{}': {}\n   help: try one of its points "
                                         "with './walkout run' and '--set'",
                                         fit.file.path, error.what()));
    }
}

Predictive run_draws(const Fit& fit, const Posterior& posterior, const CalibrateOptions& options,
                     const std::string& path, Progress& progress, const SignalGuard& guard)
{
    const io::StudyFile drawn = drawn_study(fit.file, fit.space, posterior.draws);
    const std::string draft = path + ".part"; // so that an old one stays until this is whole
    fs::remove(draft);
    Predictive predictive;
    try {
        Store store = Store::create(draft, record_of(drawn, Plan(drawn.study), {}, version));
        predictive = predict(drawn, fit.targets, options.jobs, progress.stop,
                             [&](const RunRow& row) { store.add(row); });
        store.commit();
    } catch (const Stopped&) {
        guard.check("the fit is done and stored; the same command goes on");
        throw;
    }
    fs::rename(draft, path);
    return predictive;
}

std::uint64_t fingerprint_of(const Posterior& posterior)
{
    Fingerprint hash;
    for (std::size_t k = 0; k < posterior.points.size(); ++k) {
        for (const double z : posterior.points[k])
            hash.add(z);
        hash.add(posterior.weights[k]);
    }
    return hash.value();
}

} // namespace

int execute(const CalibrateOptions& options)
{
    const SignalGuard guard;
    const Fit fit(options.study);
    OutputFolder folder(results_folder(options.out, fit.file.study.name, options.start_over),
                        guard);
    Progress progress;
    CalibrateReport report{.file = &fit.file, .space = &fit.space, .targets = fit.targets};
    report.posterior =
        fit_parameters(fit, options, (folder.path() / "fit.sqlite").string(), progress, guard);
    report.trials = progress.done;
    report.fingerprint = fingerprint_of(report.posterior);
    report.predictive = run_draws(fit, report.posterior, options,
                                  (folder.path() / "study.sqlite").string(), progress, guard);
    folder.write("posterior.json", json_of(report));
    folder.write("posterior.csv", draws_csv(report));
    folder.write("fitted.yaml", fitted_yaml(report));
    print(options.json ? json_of(report) : text_of(report));
    folder.say_written();
    if (options.netcdf)
        write_netcdf(folder.path() / "study.sqlite", folder.path() / "posterior.nc");
    if (options.page)
        write_page(folder.path());
    return report.predictive.failed > 0 ? 3 : 0;
}

} // namespace walkout::cli
