#include "sim/cli/farm.hpp"

#include "sim/cli/files.hpp"
#include "sim/cli/monitor.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace walkout::cli {

std::vector<RunResult> run_farm(const Scenario& scenario, std::uint64_t seed, std::uint32_t count,
                                unsigned jobs, Hours sample_every, const std::string& label)
{
    const SignalGuard guard;
    Progress progress;
    std::vector<RunResult> results;
    {
        const Monitor monitor(
            label, [&] { return Tally{.done = progress.done, .of = count}; },
            [&] { progress.stop = true; });
        results = run_all(scenario, seed, count, jobs, progress, sample_every);
    }
    guard.check("nothing was written");
    return results;
}

int tell_failures(const std::string& name, const std::vector<RunResult>& runs)
{
    const auto has_failed = [](const RunResult& run) { return !run.error.empty(); };
    const auto first = std::ranges::find_if(runs, has_failed);
    if (first == runs.end())
        return 0;
    say(fmt::format("{}{} of {} runs failed; the first, replicate {}: {}",
                    name.empty() ? "" : name + ": ", std::ranges::count_if(runs, has_failed),
                    runs.size(), first->replicate, first->error));
    return 3;
}

} // namespace walkout::cli
