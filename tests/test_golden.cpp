#include "sim/core/run.hpp"
#include "sim/io/scenario_file.hpp"
#include "tests/cli_support.hpp"

#include <catch2/catch.hpp>
#include <fmt/core.h>

using namespace walkout;

namespace {

/// One line per scenario of the gallery: its name and the fingerprint of six replicates, of one
/// where a run takes long.
std::string fingerprints(unsigned jobs)
{
    std::string lines;
    for (const auto& file : gallery()) {
        const Scenario scenario = io::read_scenario(file.string()).scenario;
        const std::uint32_t replicates = scenario.organization.headcount > 5000 ? 1 : 6;
        Progress progress;
        const auto runs = run_all(scenario, scenario.ensemble.seed, replicates, jobs, progress);
        lines += fmt::format("{} {:016x}\n", scenario.name, fingerprint_of(runs));
    }
    return lines;
}

} // namespace

TEST_CASE("every gallery scenario has its golden fingerprint at any number of threads",
          "[golden][determinism]")
{
    INFO("numbers moved on purpose? say why in CHANGELOG.md");
    const std::string found = fingerprints(1);
    check_golden("fingerprints.txt", found);
    CHECK(fingerprints(2) == found);
    CHECK(fingerprints(7) == found);
}
