#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/output_folder.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/core/branch.hpp"
#include "sim/core/trace.hpp"
#include "sim/core/twin.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/trace_file.hpp"

#include <filesystem>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

std::vector<RunResult> run_other(const RunReport& report, const Scenario& other, unsigned jobs,
                                 const std::string& label)
{
    return run_farm(other, report.seed, report.replicates, jobs, 1, label);
}

Counterpart counterpart(const RunReport& report, const Scenario& other, const std::string& name,
                        const std::vector<RunResult>& runs)
{
    return {.name = name,
            .summary = summarize(other, report.seed, runs),
            .differences = compare(report.runs, runs, report.file.scenario.horizon)};
}

/// The scenario to compare with: the one asked for, else the one this is a variant of. Of a branch
/// it is the branch in which nothing changes: only that has the same past and the same luck.
std::optional<Scenario> other_of(const RunOptions& options, const Scenario& scenario)
{
    if (!options.against.empty())
        return io::read_scenario(options.against).scenario;
    if (scenario.branch)
        return unchanged(*scenario.branch);
    if (scenario.bases.empty())
        return std::nullopt;
    const std::filesystem::path here(options.input.scenario == "-" ? "" : options.input.scenario);
    return io::read_scenario((here.parent_path() / scenario.bases.front()).string()).scenario;
}

RunReport make_report(const RunOptions& options)
{
    RunReport report;
    report.file = io::read_scenario(options.input.scenario, options.input.overrides);
    const Scenario& scenario = report.file.scenario;
    const std::optional<Scenario> against = other_of(options, scenario);

    report.seed = options.seed.value_or(scenario.ensemble.seed);
    report.replicates =
        options.replicates.value_or(static_cast<std::uint32_t>(scenario.ensemble.replicates));
    if (!options.typical && options.changes_of >= report.replicates)
        throw io::InputError(fmt::format(
            "walkout: error: --changes-of: there is no replicate {}: they go from 0 to {}",
            options.changes_of, report.replicates - 1));
    report.runs = run_other(report, scenario, options.jobs, scenario.name);
    report.summary = summarize(scenario, report.seed, report.runs);
    std::vector<RunResult> twins;
    if (options.twin) {
        twins = run_other(report, no_peers(scenario), options.jobs, "no peers");
        report.twin = counterpart(report, no_peers(scenario), "no peers", twins);
    }
    if (against)
        report.against = counterpart(report, *against, against->name,
                                     run_other(report, *against, options.jobs, against->name));
    if (against && options.twin)
        report.against->without_peers =
            compare(twins, run_other(report, no_peers(*against), options.jobs, "no peers"),
                    scenario.horizon);
    return report;
}

/// The command that makes the same again, from what was decided rather than what was typed.
std::string command_of(const RunOptions& options, const RunReport& report)
{
    std::string command = fmt::format("walkout run {} --seed {} --replicates {}",
                                      options.input.scenario, report.seed, report.replicates);
    for (const std::string& text : options.input.overrides)
        command += fmt::format(" --set '{}'", text);
    return command;
}

/// The history of one replicate as a file. Runs it again.
std::string trace_of(const RunReport& report, std::uint32_t replicate)
{
    Trace trace = trace_run(report.file.scenario, {.seed = report.seed, .replicate = replicate});
    trace.version = version;
    return io::trace_bytes(trace);
}

void write_results(const RunOptions& options, const RunReport& report, OutputFolder& folder)
{
    const std::uint32_t shown = options.typical ? report.summary.typical : options.changes_of;
    folder.write("counts.csv", counts_csv(report));
    folder.write("changes.csv", changes_csv(report.file.scenario, report.seed, shown));
    folder.write("summary.json", json_of(report));
    folder.write("provenance.json", provenance_json(report, command_of(options, report)));
    if (options.trace)
        folder.write("run.trace", trace_of(report, shown));
}

} // namespace

int execute(const RunOptions& options)
{
    const SignalGuard guard;
    const RunReport report = make_report(options);
    OutputFolder folder(options.out, report.file.scenario.name, guard);
    write_results(options, report, folder);
    print(options.json ? json_of(report) : text_of(report));
    folder.say_written();
    if (options.trace)
        say(fmt::format("play it with: walkout play {}", (folder.path() / "run.trace").string()));
    return tell_failures("", report.runs);
}

} // namespace walkout::cli
