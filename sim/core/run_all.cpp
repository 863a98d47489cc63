#include "sim/core/branch.hpp"
#include "sim/core/mechanisms.hpp"
#include "sim/core/run.hpp"

#include <algorithm>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <thread>

namespace walkout {

namespace {

RunResult run_guarded(const Scenario& scenario, const RunPlan& plan, Progress& progress)
{
    if (progress.stop)
        return {.replicate = plan.replicate, .error = "stopped"};
    try {
        return run_prepared(scenario, plan);
    } catch (const std::exception& e) {
        return {.replicate = plan.replicate, .error = e.what()};
    }
}

} // namespace

std::vector<RunResult> run_all(const Scenario& scenario, std::uint64_t seed, std::uint32_t count,
                               unsigned jobs, Progress& progress, Hours sample_every)
{
    const unsigned threads = jobs > 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    const auto organization = organization_of(scenario, seed);
    const Scenario prepared = ready_to_run(scenario);
    std::vector<RunResult> results(count);
    tbb::parallel_for(std::uint32_t{0}, count, [&](std::uint32_t k) {
        const RunPlan plan{.seed = seed,
                           .replicate = k,
                           .sample_every = sample_every,
                           .organization = organization};
        results[k] = run_guarded(prepared, plan, progress);
        ++progress.done;
    });
    return results;
}

} // namespace walkout
