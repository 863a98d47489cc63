#pragma once

#include "sim/core/run.hpp"
#include "sim/core/scenario.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace walkout {

/// Runs to make in the background: some replicates of one scenario, in a row.
struct EnsembleOrder {
    /// The written scenario. Called once, by a worker; what it throws is the error of every run.
    std::function<Scenario()> scenario = {};
    std::uint64_t seed = 1;
    std::uint32_t first = 0; ///< replicate of the first run
    std::uint32_t runs = 1;
    std::shared_ptr<const Organization> organization = {}; ///< of the seed; made when not given
};

/// Which order a free worker takes up first.
enum class Urgency : std::uint8_t { now, soon, idle };

/// A run of an ensemble, with what a summary of its end does not tell.
struct EnsembleMember {
    RunResult result = {};
    /// When more than half of a group had signed for the leader, group by group as it came, rising.
    /// Groups are the departments; the teams where there is one department only.
    std::vector<Hours> majorities = {};
    Hours board_conceded = never; ///< since the start

    /// Groups of which most had signed at a moment.
    int majorities_at(Hours time) const;
};

/// An order that workers are at. Ask it from one thread. To let go of it is to cancel it: no
/// further run is started, and those under way are given up.
///
/// Members depend on the order alone, not on the workers, their number, or when one looks.
class EnsembleJob {
public:
    struct State;

    EnsembleJob() = default;
    explicit EnsembleJob(std::shared_ptr<State> state) : state_(std::move(state)) {}
    ~EnsembleJob() { cancel(); }
    EnsembleJob(EnsembleJob&&) noexcept = default;
    EnsembleJob& operator=(EnsembleJob&& other) noexcept;
    EnsembleJob(const EnsembleJob&) = delete;
    EnsembleJob& operator=(const EnsembleJob&) = delete;

    bool ordered() const { return state_ != nullptr; } ///< else it stands for no order
    std::uint32_t runs() const;                        ///< that were ordered

    /// Runs 0 .. k - 1 are made: the longest such k.
    std::uint32_t made();
    bool finished() { return ordered() && made() == runs(); }

    /// Until it is finished; of a job that stands for no order, not at all.
    /// @param check  called meanwhile; may throw to stop
    void wait(const std::function<void()>& check);

    /// @param run  below `made()`
    const EnsembleMember& member(std::uint32_t run) const;

    /// The first so many results. @param count  at most `made()`
    std::vector<RunResult> results(std::uint32_t count) const;

    /// Wall seconds from the order to the last of its runs; of a job that is not finished, zero.
    double seconds() const;

    void cancel();

private:
    std::shared_ptr<State> state_;
    std::uint32_t made_ = 0;
};

/// Threads that make runs of orders, the most urgent order first, in order of replicates. Ends with
/// its last run given up.
class EnsembleWorkers {
public:
    /// @param threads  0: all cores
    explicit EnsembleWorkers(unsigned threads = 0);
    ~EnsembleWorkers();
    EnsembleWorkers(const EnsembleWorkers&) = delete;
    EnsembleWorkers& operator=(const EnsembleWorkers&) = delete;

    EnsembleJob start(EnsembleOrder order, Urgency urgency = Urgency::now);

    /// Orders that still have runs to start or under way.
    std::size_t open_orders() const;

private:
    struct Queue;
    std::unique_ptr<Queue> queue_;
};

} // namespace walkout
