#include "sim/study/sweep.hpp"

#include <fmt/core.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <thread>

namespace walkout {

namespace {

using Clock = std::chrono::steady_clock;
using MakeRow = std::function<RunRow(const PlannedRun&)>;

/// Stores runs in order and tells the progress of what is safe.
class Writer {
public:
    Writer(RunSequence& sequence, Store& store, const SweepSettings& settings,
           SweepProgress& progress)
        : sequence_(sequence), store_(store), settings_(settings), progress_(progress)
    {
        const auto measures = store.record().measures();
        const auto found = std::ranges::find(measures, settings.until_measure, &StoreColumn::name);
        if (found != measures.end())
            until_ = static_cast<std::size_t>(found - measures.begin());
    }

    void write(const PlannedRun& run, const RunRow& row)
    {
        store_.add(row);
        if (until_)
            sequence_.note(run, row.measures[*until_]);
        ++added_;
        if (!row.error.empty()) {
            ++failed_;
            if (settings_.on_failure == FailurePolicy::stop)
                progress_.stop = true;
        }
        if (Clock::now() - committed_ >= std::chrono::milliseconds(50))
            commit();
    }

    void commit()
    {
        store_.commit();
        progress_.stored += added_;
        progress_.failed += failed_;
        added_ = failed_ = 0;
        committed_ = Clock::now();
    }

private:
    RunSequence& sequence_;
    Store& store_;
    const SweepSettings& settings_;
    SweepProgress& progress_;
    std::optional<std::size_t> until_; ///< row of the measure that decides about replicates
    std::uint64_t added_ = 0, failed_ = 0;
    Clock::time_point committed_ = Clock::now();
};

struct MadeRun {
    PlannedRun run;
    RunRow row;
};

/// One round. @return whether it came to its end
bool sweep_round(RunSequence& sequence, Writer& writer,
                 const std::function<RunRow(const PlannedRun&)>& make, std::size_t tokens,
                 std::uint64_t& left, const std::atomic<bool>& stop)
{
    bool ended = false;
    const auto hand_out = [&](tbb::flow_control& flow) -> PlannedRun {
        const auto run = sequence.next();
        ended = !run;
        if (run && !stop && left > 0) {
            --left;
            return *run;
        }
        flow.stop();
        return {};
    };
    tbb::parallel_pipeline(
        tokens, tbb::make_filter<void, PlannedRun>(tbb::filter_mode::serial_in_order, hand_out) &
                    tbb::make_filter<PlannedRun, MadeRun>(tbb::filter_mode::parallel,
                                                          [&](const PlannedRun& run) -> MadeRun {
                                                              return {run, make(run)};
                                                          }) &
                    tbb::make_filter<MadeRun, void>(
                        tbb::filter_mode::serial_in_order,
                        [&](const MadeRun& made) { writer.write(made.run, made.row); }));
    return ended;
}

} // namespace

void resume(RunSequence& sequence, const Store& store, const std::string& until_measure)
{
    store.for_each_measure(until_measure, [&](std::uint64_t number, double measure) {
        auto run = sequence.next();
        while (!run && sequence.advance())
            run = sequence.next();
        if (!run)
            throw StoreError("the store holds more runs than the study has");
        if (run->number != number)
            throw StoreError(
                fmt::format("run {} is missing in the store, which goes on with {}: it was not "
                            "written by this program alone",
                            run->number, number));
        sequence.note(*run, measure);
    });
}

bool sweep(RunSequence& sequence, Store& store,
           const std::function<RunRow(const PlannedRun&)>& make, const SweepSettings& settings,
           SweepProgress& progress)
{
    constexpr std::size_t per_thread = 16; // so that a slow run does not hold up the others
    const unsigned threads =
        settings.jobs > 0 ? settings.jobs : std::max(1U, std::thread::hardware_concurrency());
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    Writer writer(sequence, store, settings, progress);
    std::uint64_t left =
        settings.stop_after > 0 ? settings.stop_after : std::numeric_limits<std::uint64_t>::max();
    bool more = true;
    while (more && sweep_round(sequence, writer, make, per_thread * threads, left, progress.stop)) {
        writer.commit(); // the round's runs decide about the next
        more = sequence.advance();
    }
    writer.commit();
    return !more;
}

} // namespace walkout
