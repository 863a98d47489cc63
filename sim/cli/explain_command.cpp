#include "sim/cli/commands.hpp"
#include "sim/cli/explain_report.hpp"
#include "sim/cli/files.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/scenario_file.hpp"

#include <fmt/core.h>
#include <stdexcept>

namespace walkout::cli {

int execute(const ExplainOptions& options)
{
    const Scenario scenario =
        io::read_scenario(options.input.scenario, options.input.overrides).scenario;
    const std::uint64_t seed = options.seed.value_or(scenario.ensemble.seed);
    try {
        const Explanation why =
            explain(scenario, seed, options.replicate, options.person, options.act);
        print(options.json ? json_of(scenario, why) : text_of(scenario, why));
    } catch (const std::out_of_range& e) {
        throw io::InputError(fmt::format("walkout: error: --person: {}", e.what()));
    }
    return 0;
}

} // namespace walkout::cli
