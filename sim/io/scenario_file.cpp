#include "sim/io/scenario_file.hpp"

#include "sim/io/parameter_reader.hpp"
#include "sim/io/record_file.hpp"
#include "sim/io/scenario_checks.hpp"
#include "sim/io/scenario_tree.hpp"
#include "sim/io/source_file.hpp"
#include "sim/io/staff_file.hpp"
#include "sim/io/ties_file.hpp"

#include <fmt/core.h>

#include <filesystem>

namespace walkout::io {

namespace fs = std::filesystem;

namespace {

constexpr int table_rank = 1000; ///< mistakes in tables come after those in scenario files

/// Load a table that the scenario names; nothing when it names none, or none can be read.
SourcePtr load_table(const std::string& name, const std::string& key, const std::string& folder,
                     const Places& places, Problems& problems, std::vector<std::string>& inputs)
{
    if (name.empty())
        return nullptr;
    const std::string path = join_path(folder, name);
    const Loaded loaded = load_file(path, {path, folder, "", table_rank, ""}, largest_table);
    if (!loaded.source)
        problems.add(places.of(key), loaded.error, loaded.help);
    else
        inputs.push_back(path);
    return loaded.source;
}

void read_tables(Scenario& scenario, const std::string& folder, const Places& places,
                 Problems& problems, std::vector<std::string>& inputs)
{
    OrganizationParams& organization = scenario.organization;
    const auto load = [&](const std::string& name, const std::string& key) {
        return load_table(name, key, folder, places, problems, inputs);
    };
    if (const SourcePtr staff = load(organization.staff_file, "organization.staff"))
        organization.staff = read_staff(staff, organization.departments, problems);
    settle_headcount(organization, places, problems);
    if (const SourcePtr ties = load(organization.ties_file, "organization.ties"))
        organization.ties = read_ties(ties, organization, problems);
    if (const SourcePtr record = load(scenario.record_file, "record"))
        scenario.record = read_record(record, scenario, problems);
}

ScenarioFile read_source(const SourcePtr& source, const std::vector<std::string>& overrides)
{
    Problems problems;
    const ScenarioTree tree = load_tree(source, overrides, problems);
    if (!tree.root)
        problems.raise(); // no tree to read from: nothing more to say
    ScenarioFile file;
    Scenario& scenario = file.scenario;
    ParameterReader reader(*tree.root, problems);
    describe(reader, scenario);
    reader.finish();
    scenario.name = source->name == "<stdin>" ? "stdin" : fs::path(source->name).stem().string();
    scenario.bases = tree.bases;
    file.inputs = tree.inputs;
    read_tables(scenario, source->folder, reader.places(), problems, file.inputs);
    check_scenario(scenario, reader.places(), problems);
    problems.raise();
    if (!reader.limit().empty())
        throw LimitError(reader.limit());
    check_limits(scenario, reader.places());
    file.origins = reader.origins();
    file.places = std::make_shared<const Places>(reader.places());
    return file;
}

[[noreturn]] void refuse_file(const Loaded& loaded)
{
    throw InputError("walkout: error: " + loaded.error +
                     (loaded.help.empty() ? "" : "; " + loaded.help));
}

} // namespace

ScenarioFile read_scenario(const std::string& path, const std::vector<std::string>& overrides)
{
    Source about;
    about.name = path == "-" ? "<stdin>" : path;
    about.folder = path == "-" ? "" : fs::path(path).parent_path().string();
    const Loaded loaded = path == "-" ? load_standard_input(about, largest_scenario)
                                      : load_file(path, about, largest_scenario);
    if (!loaded.source)
        refuse_file(loaded);
    return read_source(loaded.source, overrides);
}

ScenarioFile parse_scenario(const std::string& yaml, const std::string& name,
                            const std::string& folder, const std::vector<std::string>& overrides)
{
    if (yaml.size() > largest_scenario)
        throw LimitError(fmt::format("walkout: error: '{}' is larger than {} MiB", printable(name),
                                     largest_scenario >> 20));
    const std::string error = encoding_error(yaml);
    if (!error.empty())
        throw InputError("walkout: error: '" + printable(name) + "' " + error);
    return read_source(std::make_shared<const Source>(Source{name, folder, "", 0, yaml}),
                       overrides);
}

} // namespace walkout::io
