#include "sim/study/sweep.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

namespace walkout {

namespace {

using Clock = std::chrono::steady_clock;

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

/// One round. @return whether it came to its end
bool sweep_round(RunSequence& sequence, Writer& writer, Workers& workers, std::uint64_t& left,
                 const std::atomic<bool>& stop)
{
    bool ended = false;
    const auto take = [&]() -> std::optional<PlannedRun> {
        const auto run = sequence.next();
        ended = !run;
        if (!run || stop || left == 0)
            return std::nullopt;
        --left;
        return run;
    };
    const auto keep = [&](const PlannedRun& run, const RunRow& row) { writer.write(run, row); };
    return workers.work(take, keep, stop) && ended;
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

bool sweep(RunSequence& sequence, Store& store, Workers& workers, const SweepSettings& settings,
           SweepProgress& progress)
{
    Writer writer(sequence, store, settings, progress);
    std::uint64_t left =
        settings.stop_after > 0 ? settings.stop_after : std::numeric_limits<std::uint64_t>::max();
    bool more = true;
    while (more && sweep_round(sequence, writer, workers, left, progress.stop)) {
        writer.commit(); // the round's runs decide about the next
        more = sequence.advance();
    }
    writer.commit();
    return !more;
}

} // namespace walkout
