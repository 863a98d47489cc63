#include "sim/study/workers.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <thread>

namespace walkout {

unsigned threads_for(unsigned jobs)
{
    return jobs > 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

ThreadWorkers::ThreadWorkers(MakeRow make, unsigned threads)
    : make_(std::move(make)), threads_(threads_for(threads))
{
}

bool ThreadWorkers::work(const Take& take, const Keep& keep, const std::atomic<bool>&)
{
    struct MadeRun {
        PlannedRun run;
        RunRow row;
    };
    constexpr std::size_t per_thread = 16; // so that a slow run does not hold up the others
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads_);
    const auto hand_out = [&](tbb::flow_control& flow) -> PlannedRun {
        const auto run = take();
        if (!run)
            flow.stop();
        return run.value_or(PlannedRun{});
    };
    const auto make = [&](const PlannedRun& run) -> MadeRun { return {run, make_(run)}; };
    const auto store = [&](const MadeRun& made) { keep(made.run, made.row); };
    using tbb::filter_mode;
    tbb::parallel_pipeline(
        per_thread * threads_,
        tbb::make_filter<void, PlannedRun>(filter_mode::serial_in_order, hand_out) &
            tbb::make_filter<PlannedRun, MadeRun>(filter_mode::parallel, make) &
            tbb::make_filter<MadeRun, void>(filter_mode::serial_in_order, store));
    return true;
}

} // namespace walkout
