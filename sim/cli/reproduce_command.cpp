#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/io/problems.hpp"

#include <filesystem>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace walkout::cli {

namespace {

/// What provenance.json says was run.
struct Provenance {
    std::string version;
    std::string scenario; ///< resolved YAML
    std::string folder;   ///< of the files the scenario names
    std::uint64_t seed = 0;
    std::uint32_t replicates = 0;
    std::string fingerprint;
    std::vector<std::string> fingerprints;
};

Provenance read_provenance(const std::filesystem::path& path)
{
    try {
        const auto json = nlohmann::json::parse(read_file(path));
        const std::vector<std::string> inputs = json.at("inputs");
        return {.version = json.at("version"),
                .scenario = json.at("scenario"),
                .folder = inputs.empty()
                              ? "."
                              : std::filesystem::path(inputs.front()).parent_path().string(),
                .seed = json.at("seed"),
                .replicates = json.at("replicates"),
                .fingerprint = json.at("fingerprint"),
                .fingerprints = json.at("fingerprints")};
    } catch (const nlohmann::json::exception& e) {
        throw io::InputError(
            fmt::format("{}: error: not a provenance file: {}\n   help: give the folder that "
                        "'walkout run' wrote",
                        path.string(), e.what()));
    }
}

/// Which replicates differ, as far as a person wants to know.
std::string differing(const Provenance& before, const std::vector<RunResult>& runs)
{
    std::string list;
    std::size_t count = 0;
    for (std::size_t k = 0; k < runs.size(); ++k)
        if (k >= before.fingerprints.size() || before.fingerprints[k] != hex(runs[k].fingerprint))
            if (++count <= 5)
                list += fmt::format("{}{}", list.empty() ? "" : ", ", k);
    return fmt::format("{} of {} runs differ (replicates {}{})", count, runs.size(), list,
                       count > 5 ? ", ..." : "");
}

} // namespace

int execute(const ReproduceOptions& options)
{
    const std::filesystem::path path = std::filesystem::path(options.folder) / "provenance.json";
    const Provenance before = read_provenance(path);
    const Scenario scenario =
        io::parse_scenario(before.scenario, path.string(), before.folder).scenario;
    const auto runs =
        run_farm(scenario, before.seed, before.replicates, options.jobs, 1, "reproducing");
    const std::string now = hex(fingerprint_of(runs));
    if (now == before.fingerprint) {
        print(fmt::format("same: {} runs, fingerprint {}\n", runs.size(), now));
        return 0;
    }
    print(fmt::format("different: fingerprint {} now, {} then\n  {}\n", now, before.fingerprint,
                      differing(before, runs)));
    if (before.version != version)
        print(fmt::format("  made by walkout {}, this is {}\n", before.version, version));
    return 1;
}

} // namespace walkout::cli
