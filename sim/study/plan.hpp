#pragma once

#include "sim/study/design.hpp"
#include "sim/study/study.hpp"

#include <optional>
#include <vector>

namespace walkout {

/// One run of a study.
struct PlannedRun {
    std::uint64_t number = 0; ///< unique in the study; runs are made and stored in this order
    std::size_t scenario = 0; ///< row of `Study::scenarios`
    std::uint64_t point = 0;  ///< of the design
    std::uint32_t replicate = 0;
    std::uint64_t seed = 0;
};

/// From a run's number to what it runs, without a list. Replicates are the slow index: every point
/// has its k-th replicate before any has its k + 1-st, so a study that stops early is balanced.
class Plan {
public:
    explicit Plan(const Study& study);

    const Design& design() const { return design_; }
    std::size_t scenarios() const { return scenarios_; }

    /// Scenarios times design points.
    std::uint64_t members() const { return design_.size() * scenarios_; }

    /// Runs in all; with `until` at most so many.
    std::uint64_t most_runs() const { return members() * most_replicates_; }

    PlannedRun run(std::uint64_t number) const;

private:
    Design design_;
    std::size_t scenarios_;
    std::uint32_t most_replicates_;
    std::uint64_t seed_;
    bool common_luck_;
};

/// A share of a study for one of several programs: the points p with p mod `of` = `number` - 1.
struct Shard {
    unsigned number = 1; ///< from 1
    unsigned of = 1;

    bool holds(std::uint64_t point) const { return point % of == number - 1; }
};

/// Hands out the runs of a study, or of a shard of it, in order, round by round.
///
/// With a fixed number of replicates there is one round. With `until` a round gives `least` more
/// replicates to each member (scenario and point) whose interval is still too wide; that is decided
/// between rounds, from the runs in order, so threads, shards and interruptions cannot matter.
class RunSequence {
public:
    RunSequence(const Study& study, const Plan& plan, Shard shard = {});

    /// The next run of this round; nothing when there is none left.
    std::optional<PlannedRun> next();

    /// Tell the measure of `until` of a run, NaN when it failed; in order. Another thread may call
    /// `next` meanwhile.
    void note(const PlannedRun& run, double measure);

    /// Go to the next round, after all runs of the last one have been noted; false: there is none.
    bool advance();

    /// Runs in all; with `until` at most.
    std::uint64_t most_runs() const;

private:
    struct Moments {
        double count = 0, mean = 0, squares = 0; ///< Welford (1962)
    };

    double half_width(const Moments& moments) const;

    const Plan& plan_;
    Shard shard_;
    ReplicateParams replicates_;
    bool proportion_ = false;      ///< the measure is 0 or 1
    std::uint64_t next_ = 0;       ///< number of the run to look at next
    std::uint64_t round_end_ = 0;  ///< and the first beyond the round
    std::uint32_t round_from_ = 0; ///< replicates of this round
    std::vector<bool> settled_;    ///< by turn; empty: none is
    std::vector<Moments> moments_; ///< by turn; empty without `until`
};

} // namespace walkout
