#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/monitor.hpp"
#include "sim/cli/output_folder.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/cli/validate_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/study/provenance.hpp"

#include <fmt/core.h>

namespace walkout::cli {

namespace {

ValidateReport read_report(const ValidateOptions& options)
{
    ValidateReport report{.file = io::read_study(options.study)};
    Study& study = report.file.study;
    study.seed = options.seed.value_or(study.seed);
    study.design.points = options.points.value_or(study.design.points);
    report.settings.seed = study.seed;
    report.settings.replicates = options.replicates.value_or(study.replicates.least);
    report.settings.most_people = static_cast<int>(options.people);
    report.settings.coding_error = options.coding_error;
    report.cases = library_of(report.file, report.settings.most_people);
    return report;
}

void make(ValidateReport& report, const ValidateOptions& options, const std::string& path,
          const SignalGuard& guard)
{
    const std::uint64_t all =
        report.file.study.design.points * report.cases.size() * report.settings.replicates;
    Store store =
        store_at(path, record_of_validation(report.file, report.cases, report.settings, version));
    Progress progress;
    Journal journal(&store, options.jobs, progress);
    try {
        const Monitor monitor(
            "validate", [&] { return Tally{.done = progress.done, .of = all}; },
            [&] { progress.stop = true; });
        report.validation = validate(report.file, report.cases, report.settings, journal);
    } catch (const Stopped&) {
        guard.check(
            fmt::format("{} runs are stored in {}; the same command goes on", store.runs(), path));
        throw;
    }
}

int exit_code(const Validation& validation)
{
    if (validation.failed == 0)
        return 0;
    say(fmt::format("{} of {} runs failed; the first: {}", validation.failed, validation.runs,
                    validation.first_error));
    return 3;
}

} // namespace

int execute(const ValidateOptions& options)
{
    const SignalGuard guard;
    ValidateReport report = read_report(options);
    OutputFolder folder(results_folder(options.out, "validation", options.start_over), guard);
    make(report, options, (folder.path() / "validation.sqlite").string(), guard);
    folder.write("validation.json", json_of(report));
    folder.write("predictions.csv", predictions_csv(report));
    folder.write("cases.csv", cases_csv(report));
    print(options.json ? json_of(report) : text_of(report));
    folder.say_written();
    write_page(folder.path());
    return exit_code(report.validation);
}

} // namespace walkout::cli
