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

std::shared_ptr<const ScenarioFile> read_past(const ScenarioTree& tree, const Source& source,
                                              const Places& places);

/// @param source  of the nearest file
/// @param problems  of loading the tree
ScenarioFile read_tree(const ScenarioTree& tree, const Source& source, Problems problems)
{
    ScenarioFile file;
    Scenario& scenario = file.scenario;
    ParameterReader reader(*tree.root, problems);
    describe(reader, scenario);
    reader.finish();
    scenario.name = source.name == "<stdin>" ? "stdin" : fs::path(source.name).stem().string();
    scenario.bases = tree.bases;
    file.inputs = tree.inputs;
    read_tables(scenario, source.folder, reader.places(), problems, file.inputs);
    check_scenario(scenario, reader.places(), problems);
    problems.raise();
    if (!reader.limit().empty())
        throw LimitError(reader.limit());
    check_limits(scenario, reader.places());
    file.origins = reader.origins();
    file.places = std::make_shared<const Places>(reader.places());
    if (scenario.branch) {
        file.past = read_past(tree, source, *file.places);
        scenario.branch->base = std::make_shared<const Scenario>(file.past->scenario);
        if (!file.places->has("branch.seed"))
            scenario.branch->seed = file.past->scenario.ensemble.seed;
        check_branch(scenario, *file.places, problems);
        problems.raise();
    }
    return file;
}

/// The scenario that a branch goes on from. Its own mistakes are told after those of the branch,
/// because most stand in both.
std::shared_ptr<const ScenarioFile> read_past(const ScenarioTree& tree, const Source& source,
                                              const Places& places)
{
    Problems problems;
    if (!places.has("branch.at"))
        problems.add(places.of("branch"), "branch has no 'at'",
                     "say from which moment on, like 'branch: {at: 38h}'");
    if (!tree.past)
        problems.add(places.of("branch"), "a branch needs a 'base', whose run is its past",
                     "name the scenario that it goes on from, like 'base: other.yaml'");
    else if (!tree.past->root->find("start"))
        problems.add(places.of("branch"), "the base of a branch must be a whole scenario",
                     "this one has no 'start': it is a fragment for others to share");
    problems.raise();
    Source base = source; // names of files are relative to the branch
    base.name = tree.past->root->place.source->name;
    return std::make_shared<const ScenarioFile>(read_tree(*tree.past, base, problems));
}

ScenarioFile read_source(const SourcePtr& source, const std::vector<std::string>& overrides)
{
    Problems problems;
    const ScenarioTree tree = load_tree(source, overrides, problems);
    if (!tree.root)
        problems.raise(); // no tree to read from: nothing more to say
    return read_tree(tree, *source, problems);
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
