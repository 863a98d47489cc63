#pragma once

#include "sim/study/plan.hpp"
#include "sim/study/store.hpp"

#include <atomic>
#include <functional>
#include <optional>

namespace walkout {

/// Threads for `jobs`: 0 stands for all cores.
unsigned threads_for(unsigned jobs);

/// Makes a run and tells it as a row, from any thread; what goes wrong is in the row.
using MakeRow = std::function<RunRow(const PlannedRun&)>;

/// Whoever makes the runs of a sweep: threads of this program, or other programs.
class Workers {
public:
    /// The next run to make; nothing when there is none.
    using Take = std::function<std::optional<PlannedRun>()>;
    using Keep = std::function<void(const PlannedRun&, const RunRow&)>;

    virtual ~Workers() = default;

    /// Make all runs that `take` gives, by rising number, and hand each to `keep` in that order.
    /// Either is called by one thread at a time. As many runs are under way as keep the workers
    /// busy, so memory does not grow with the runs.
    ///
    /// @param stop  once it is set, runs under way may be given up
    /// @return whether none was given up
    virtual bool work(const Take& take, const Keep& keep, const std::atomic<bool>& stop) = 0;
};

/// Threads of this program. They give up no run.
class ThreadWorkers final : public Workers {
public:
    /// @param threads  0: all cores
    explicit ThreadWorkers(MakeRow make, unsigned threads = 0);

    bool work(const Take& take, const Keep& keep, const std::atomic<bool>& stop) override;

private:
    MakeRow make_;
    unsigned threads_;
};

} // namespace walkout
