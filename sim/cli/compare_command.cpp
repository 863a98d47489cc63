#include "sim/cli/commands.hpp"
#include "sim/cli/compare_report.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/output_folder.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/scenario_file.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

/// The stem of the file, with a number behind it where another scenario has the same.
std::string unique_name(const std::string& stem, const std::vector<Ensemble>& others)
{
    const auto taken = [&](const std::string& name) {
        return std::ranges::find(others, name, &Ensemble::name) != others.end();
    };
    std::string name = stem;
    for (int number = 2; taken(name); ++number)
        name = fmt::format("{}_{}", stem, number);
    return name;
}

/// Everything is read before the first run.
CompareReport read_all(const CompareOptions& options)
{
    if (std::ranges::count(options.scenarios, "-") > 1)
        throw io::InputError("walkout: error: standard input can be one scenario only\n"
                             "   help: write the others to files");
    CompareReport report{.files = options.scenarios, .overrides = options.overrides};
    for (const std::string& file : options.scenarios) {
        Ensemble ensemble{.scenario = io::read_scenario(file, options.overrides).scenario};
        ensemble.name = unique_name(ensemble.scenario.name, report.ensembles);
        report.ensembles.push_back(std::move(ensemble));
    }
    return report;
}

CompareReport make_report(const CompareOptions& options)
{
    CompareReport report = read_all(options);
    const EnsembleParams& usual = report.ensembles.front().scenario.ensemble;
    const std::uint64_t seed = options.seed.value_or(usual.seed);
    report.replicates = options.replicates.value_or(static_cast<std::uint32_t>(usual.replicates));
    for (Ensemble& ensemble : report.ensembles)
        ensemble.runs =
            run_farm(ensemble.scenario, seed, report.replicates, options.jobs, 0, ensemble.name);
    report.comparison = compare_scenarios(report.ensembles, seed);
    return report;
}

std::string folder_name(const CompareReport& report)
{
    std::string name;
    for (const Ensemble& ensemble : report.ensembles)
        name += (name.empty() ? "" : "_vs_") + ensemble.name;
    return name;
}

int exit_code(const CompareReport& report)
{
    int code = 0;
    for (const Ensemble& ensemble : report.ensembles)
        code = std::max(code, tell_failures(ensemble.name, ensemble.runs));
    return code;
}

} // namespace

int execute(const CompareOptions& options)
{
    const SignalGuard guard;
    const CompareReport report = make_report(options);
    OutputFolder folder(options.out, folder_name(report), guard);
    folder.write("compare.json", json_of(report));
    folder.write("differences.csv", differences_csv(report));
    folder.write("flips.csv", flips_csv(report));
    print(options.json ? json_of(report) : text_of(report));
    folder.say_written();
    if (report.comparison.contrasts.front().pairs > 0)
        write_page(folder.path());
    return exit_code(report);
}

} // namespace walkout::cli
