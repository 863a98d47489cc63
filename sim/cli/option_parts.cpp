#include "sim/cli/option_parts.hpp"

#include <fmt/core.h>

namespace walkout::cli {

std::string whole_number(const std::string& text)
{
    const bool digits = !text.empty() && text.size() < 20 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "" : fmt::format("'{}' is not a whole number from 0", text);
}

void add_set(CLI::App& command, std::vector<std::string>& overrides)
{
    command
        .add_option("--set", overrides, "Override a value, e.g. people.vigil=30%; may be repeated")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
}

CLI::Option& add_input(CLI::App& command, Input& input)
{
    CLI::Option* scenario = command.add_option("scenario", input.scenario,
                                               "Scenario file (YAML); - reads standard input");
    scenario->required();
    add_set(command, input.overrides);
    return *scenario;
}

void add_seed(CLI::App& command, std::optional<std::uint64_t>& seed)
{
    command.add_option("--seed", seed, "Seed of all chance (default: the scenario's)")
        ->type_name("N")
        ->check(whole_number);
}

void add_replicates(CLI::App& command, std::optional<std::uint32_t>& replicates)
{
    command
        .add_option("--replicates", replicates,
                    "Number of runs (default: the scenario's), 1 to 1000000")
        ->type_name("R")
        ->check(whole_number)
        ->check(CLI::Range(1U, 1000000U));
}

void add_jobs(CLI::App& command, unsigned& jobs)
{
    command.add_option("--jobs", jobs, "Threads (default: all cores)")
        ->type_name("N")
        ->check(whole_number);
}

void add_new(CLI::App& command, bool& start_over)
{
    command.add_flag("--new", start_over, "Begin again in a folder of the next free name");
}

void add_json(CLI::App& command, bool& json)
{
    command.add_flag("--json", json, "Print one JSON object instead of text");
}

} // namespace walkout::cli
