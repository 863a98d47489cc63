#pragma once

#include "sim/study/plan.hpp"
#include "sim/study/store.hpp"
#include "sim/study/workers.hpp"

#include <atomic>
#include <string>

namespace walkout {

/// Shared with whoever shows progress or wants to stop. Counts what is stored for good.
struct SweepProgress {
    std::atomic<std::uint64_t> stored = 0; ///< those of earlier calls included
    std::atomic<std::uint64_t> failed = 0;
    std::atomic<bool> stop = false; ///< set: no further run is started
};

struct SweepSettings {
    std::uint64_t stop_after = 0; ///< runs of this call; 0: all
    FailurePolicy on_failure = FailurePolicy::finish;
    std::string until_measure = {}; ///< of the study; empty: replicates are fixed
};

/// Bring a sequence to where a store stands: every stored run must be the one that comes next.
/// @throws StoreError when one is missing, or the store has more than the study
void resume(RunSequence& sequence, const Store& store, const std::string& until_measure);

/// Have the runs of a sequence that are left made, and store them, in order. A commit comes at
/// least every 50 ms that runs end in.
/// @return whether nothing is left to do
/// @throws StoreError; what was counted in `progress` is safe then
bool sweep(RunSequence& sequence, Store& store, Workers& workers, const SweepSettings& settings,
           SweepProgress& progress);

} // namespace walkout
