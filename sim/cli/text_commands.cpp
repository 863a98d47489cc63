#include "sim/cli/commands.hpp"
#include "sim/cli/files.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/study_file.hpp"

#include <filesystem>

namespace walkout::cli {

namespace {

/// A file named by a scenario, as a scenario in the current folder would name it; unchanged where
/// that is impossible because the scenario lies outside of the current folder.
std::string seen_from_here(const std::string& scenario, const std::string& name)
{
    const std::filesystem::path folder = std::filesystem::path(scenario).parent_path();
    const bool outside =
        folder.is_absolute() || folder.lexically_normal().string().starts_with("..");
    return name.empty() || outside ? name : (folder / name).lexically_normal().string();
}

} // namespace

int execute(const ResolveOptions& options)
{
    io::ScenarioFile file = io::read_scenario(options.input.scenario, options.input.overrides);
    Scenario& scenario = file.scenario;
    for (std::string* name : {&scenario.record_file, &scenario.organization.staff_file,
                              &scenario.organization.ties_file})
        *name = seen_from_here(options.input.scenario, *name);
    print(io::resolve(file));
    return 0;
}

int execute(const SchemaOptions& options)
{
    print(options.study ? io::study_json_schema() : io::json_schema());
    return 0;
}

int execute(const ReferenceOptions&)
{
    print(io::parameter_table_markdown());
    return 0;
}

} // namespace walkout::cli
