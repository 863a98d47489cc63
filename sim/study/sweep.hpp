#pragma once

#include "sim/study/members.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/store.hpp"

#include <atomic>
#include <functional>

namespace walkout {

/// Shared with whoever shows progress or wants to stop. Counts what is stored for good.
struct SweepProgress {
    std::atomic<std::uint64_t> stored = 0; ///< those of earlier calls included
    std::atomic<std::uint64_t> failed = 0;
    std::atomic<bool> stop = false; ///< set: no further run is started
};

struct SweepSettings {
    unsigned jobs = 0;            ///< threads; 0: all cores
    std::uint64_t stop_after = 0; ///< runs of this call; 0: all
    FailurePolicy on_failure = FailurePolicy::finish;
    std::string until_measure = {}; ///< of the study; empty: replicates are fixed
};

/// Bring a sequence to where a store stands: every stored run must be the one that comes next.
/// @throws StoreError when one is missing, or the store has more than the study
void resume(RunSequence& sequence, const Store& store, const std::string& until_measure);

/// Make the runs of a sequence that are left and store them, in order.
///
/// Runs are made on many threads and stored by whichever is free, one at a time; as many are under
/// way as keep the threads busy, so memory does not grow with the study. A commit comes at least
/// every 50 ms that runs end in. After a stop, those under way are still stored.
/// @return whether nothing is left to do
/// @throws StoreError; what was counted in `progress` is safe then
bool sweep(RunSequence& sequence, Store& store,
           const std::function<RunRow(const PlannedRun&)>& make, const SweepSettings& settings,
           SweepProgress& progress);

} // namespace walkout
