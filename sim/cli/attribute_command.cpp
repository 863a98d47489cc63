#include "sim/cli/attribute_report.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/monitor.hpp"
#include "sim/cli/output_folder.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/study_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

/// A study brings its scenarios, its factors and its replicates.
AttributeReport study_report(const AttributeOptions& options, const io::StudyFile& file,
                             std::size_t scenario)
{
    const Study& study = file.study;
    return {.file = options.study,
            .study = true,
            .title = study.title.empty() ? study.name : study.title,
            .name = study.scenarios[scenario].name,
            .summary = study.summary,
            .variants = file.scenarios[scenario],
            .overrides = study.scenarios[scenario].overrides,
            .seed = options.seed.value_or(study.seed),
            .replicates = options.replicates.value_or(study.replicates.least),
            .factors = factors_of(file, scenario)};
}

AttributeReport read_study_report(const AttributeOptions& options)
{
    const io::StudyFile file = io::read_study(options.study);
    AttributeReport report = study_report(options, file, 0);
    for (std::size_t s = 1; s < file.scenarios.size(); ++s)
        report.others.push_back(study_report(options, file, s));
    return report;
}

AttributeReport read_scenario_report(const AttributeOptions& options)
{
    const Input& input = options.input;
    if (input.scenario == "-" && !options.factors.own.empty())
        throw io::InputError("walkout: error: --factor reads the scenario a second time, which "
                             "standard input does not allow\n   help: write it to a file");
    FactorChoice choice = options.factors;
    if (choice.causes.empty() && choice.events.empty() && choice.own.empty())
        choice.causes = {"all"};
    auto variants = std::make_shared<const io::ScenarioVariants>(input.scenario, input.overrides);
    const Scenario& scenario = variants->file().scenario;
    return {.file = input.scenario,
            .title = scenario.title.empty() ? scenario.name : scenario.title,
            .name = scenario.name,
            .variants = variants,
            .overrides = input.overrides,
            .seed = options.seed.value_or(scenario.ensemble.seed),
            .replicates = options.replicates.value_or(
                static_cast<std::uint32_t>(scenario.ensemble.replicates)),
            .factors = choose_factors(*variants, choice, input.scenario, input.overrides)};
}

void check_factors(const AttributeReport& report)
{
    constexpr std::size_t most = 63;
    std::string left_out;
    for (const LeftOut& left : report.factors.left_out)
        left_out += fmt::format("\n   note: {}: {}", left.name, left.why);
    const std::size_t count = report.factors.factors.size();
    if (count == 0)
        throw io::InputError(fmt::format("walkout: error: {} has none of the factors asked for{}",
                                         report.file, left_out));
    if (count > most)
        throw io::InputError(
            fmt::format("walkout: error: {} factors are too many: {} at most", count, most));
    for (const AttributeReport& other : report.others)
        check_factors(other);
}

void run_game(AttributeReport& report, const AttributeOptions& options)
{
    const std::vector<Factor>& factors = report.factors.factors;
    const ScenarioGame game(*report.variants, factors, report.seed);
    game.check();
    const AttributionSettings settings{.seed = report.seed,
                                       .replicates = report.replicates,
                                       .jobs = options.jobs,
                                       .pairs = options.orders / 2};
    const std::uint64_t most =
        runs_per_replicate_at_most(factors.size(), settings) * report.replicates;
    const SignalGuard guard;
    Progress progress;
    {
        const Monitor monitor(
            report.others.empty() ? "attribute" : report.name,
            [&] {
                return Tally{.done = progress.done,
                             .of = most,
                             .at_most = factors.size() > settings.exact_to};
            },
            [&] { progress.stop = true; });
        report.attribution = attribute(game, factors.size(), settings, progress);
    }
    guard.check("nothing was written");
    for (AttributeReport& other : report.others)
        run_game(other, options);
}

int exit_code(const AttributeReport& report)
{
    const Attribution& a = report.attribution;
    int code = 0;
    for (const AttributeReport& other : report.others)
        code = std::max(code, exit_code(other));
    if (a.failed == 0)
        return code;
    say(fmt::format("{} of {} replicates failed; the first: {}", a.failed, report.replicates,
                    a.first_error));
    return 3;
}

} // namespace

int execute(const AttributeOptions& options)
{
    const SignalGuard guard;
    if (options.input.scenario.empty() == options.study.empty())
        throw io::InputError("walkout: error: name a scenario, or a study of factors with --study\n"
                             "   help: see 'walkout attribute --help'");
    AttributeReport report =
        options.study.empty() ? read_scenario_report(options) : read_study_report(options);
    check_factors(report);
    run_game(report, options);
    const std::string usual = std::filesystem::path(report.file).stem().string();
    OutputFolder folder(
        options.out, options.study.empty() ? report.variants->file().scenario.name : usual, guard);
    folder.write("attribution.json", json_of(report));
    folder.write("attribution.csv", attribution_csv(report));
    if (report.attribution.exact)
        folder.write("combinations.csv", combinations_csv(report));
    print(options.json ? json_of(report) : text_of(report));
    folder.say_written();
    if (report.attribution.replicates > 0)
        write_page(folder.path());
    return exit_code(report);
}

} // namespace walkout::cli
