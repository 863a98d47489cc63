#pragma once

#include "sim/io/variant_file.hpp"
#include "sim/study/ensemble_job.hpp"
#include "sim/study/lever.hpp"
#include "sim/study/lever_screen.hpp"
#include "sim/study/summary.hpp"

#include <array>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace walkout {

/// An event that can be switched off, and moved in time; or one of a branch's past, which stays.
struct EventSwitch {
    std::string name = {};
    std::string headline = {};
    bool added = false;                 ///< a branch has it, the base it goes on from does not
    Hours happened = never;             ///< in the past of a branch; then there are no rows
    std::size_t enabled = 0;            ///< row of the switch in `Levers`
    std::optional<std::size_t> at = {}; ///< row of its time; none for one that waits for something
};

/// How often the leader comes back along the stretch of one lever, all others as they stand.
struct Scent {
    static constexpr std::size_t points = 11;
    std::array<double, points> share; ///< of runs; NaN where not known yet
    Scent() { share.fill(std::numeric_limits<double>::quiet_NaN()); }
    bool complete() const;
};

/// So many runs of an ensemble as are to be looked at.
struct Futures {
    std::shared_ptr<EnsembleJob> job = {};
    std::uint32_t count = 0;

    const EnsembleMember& operator[](std::uint32_t k) const { return job->member(k); }
    std::vector<RunResult> results() const
    {
        return job ? job->results(count) : std::vector<RunResult>{};
    }
    bool operator==(const Futures&) const = default;
};

/// A scenario in the hands of somebody who asks "what if": values of levers with undo, and the
/// ensembles that follow from them, made in the background.
///
/// All ensembles share their seed and replicates, so differences are paired; what they contain
/// depends on the values alone. Everything here is asked from one thread.
class WhatIf {
public:
    /// Runs of an ensemble, whatever the scenario's own number: few runs tell nothing of chances.
    static constexpr std::uint32_t ensemble_size = 200;

    using Values = std::map<std::size_t, double>; ///< by row of `levers()`, only what is changed

    /// Begins with the ensemble of the scenario as it is.
    /// @param organization  of the seed, when it is known already
    /// @param threads  0: all cores
    WhatIf(std::shared_ptr<const io::ScenarioVariants> variants, std::uint64_t seed,
           std::shared_ptr<const Organization> organization = {}, unsigned threads = 0);

    // ---- levers
    const Levers& levers() const { return levers_; }
    const std::vector<EventSwitch>& events() const { return events_; }
    /// When an event is to happen: at the moment of a branch at the earliest.
    Hours time_of(const EventSwitch& event) const;
    /// The scenario's branch; none: whole runs are asked about.
    const std::optional<Branch>& branch() const { return variants_->file().scenario.branch; }
    /// Rows of the levers in use: those that matter most, and what was added.
    const std::vector<std::size_t>& in_use() const { return in_use_; }
    void use(std::size_t row);
    void put_away(std::size_t row); ///< and back to the baseline
    /// How far the search for the levers that matter has come, [0, 1].
    double screened() const;

    const Values& values() const { return values_; }
    double value(std::size_t row) const;
    bool changed(std::size_t row) const { return values_.contains(row); }
    void set(std::size_t row, double value); ///< clamped to its stretch
    void reset(std::size_t row);
    void reset();  ///< everything, back to the scenario as it is
    void commit(); ///< what was set since the last time is one step of undo
    void undo();
    void redo();
    bool can_undo() const { return step_ > 0; }
    bool can_redo() const { return step_ + 1 < steps_.size(); }

    // ---- work
    /// While a handle is held the machine belongs to what follows it.
    void hold(bool held) { held_ = held; }
    /// Take what is ready, and start what is wanted. @return whether there is something new to see
    bool poll();
    /// Whether runs are under way or wanted.
    bool busy() const;

    // ---- answers
    std::uint64_t seed() const { return seed_; }
    std::uint32_t runs() const { return ensemble_size; } ///< of a whole ensemble
    const Futures& baseline() const { return baseline_; }
    const Futures& now() const { return now_; }
    /// Whether `now()` is of other values than the present ones.
    bool behind() const { return dirty_ || next_.job != nullptr; }
    /// Complete or not, of the present values or, until those are known, of earlier ones.
    const Scent& scent(std::size_t row) const;
    bool scent_is_current(std::size_t row) const;
    /// The present minus the baseline, measure by measure, over the runs that both have.
    std::vector<Comparison> differences() const;

    // ---- to keep
    Scenario scenario() const; ///< with the present values and all texts; @throws io::InputError
    Scenario baseline_scenario() const;
    const io::ScenarioVariants& variants() const { return *variants_; }
    /// Only what differs from the scenario, as `--set` would have it.
    std::vector<io::PathValue> changes() const;

private:
    using Clock = std::chrono::steady_clock;
    using ScentKey = std::pair<std::size_t, Values>; ///< the lever, and all others
    struct ScentRun {
        ScentKey key;
        std::size_t point = 0;
        EnsembleJob job;
    };
    struct ScreenRun {
        std::size_t run = 0;
        EnsembleJob job;
    };

    void list_events();
    EnsembleJob start(const Values& values, std::uint32_t first, std::uint32_t runs,
                      Urgency urgency);
    void start_next();
    bool advance(Futures& futures, Clock::time_point ordered) const;
    bool work_in_idle_time();
    bool screen();
    bool make_scents();
    std::optional<std::pair<ScentKey, std::size_t>> missing_scent() const;
    ScentKey key_of(std::size_t row) const;
    void values_changed();

    std::shared_ptr<const io::ScenarioVariants> variants_;
    std::map<std::string, Hours> happened_; ///< events of the past, by name
    Levers levers_;
    std::uint64_t seed_;
    std::shared_ptr<const Organization> organization_;
    std::uint32_t scent_runs_each_ = 0;
    const Clock::time_point begun_ = Clock::now();
    Clock::time_point ordered_ = begun_; ///< the present values
    std::vector<EventSwitch> events_;
    std::vector<std::size_t> in_use_;

    Values values_;
    std::vector<Values> steps_{Values{}};
    std::size_t step_ = 0;
    bool held_ = false;
    bool dirty_ = false; ///< the values are others than those of `now_` and `next_`

    LeverScreen screen_;
    std::size_t screen_begun_ = 0, screen_done_ = 0;
    std::map<ScentKey, Scent> scents_;
    std::map<std::size_t, ScentKey> scent_shown_; ///< by row: the last complete one

    EnsembleWorkers workers_; ///< before the jobs: they are let go of first
    Futures baseline_, now_, next_;
    std::vector<ScreenRun> screen_runs_;
    std::vector<ScentRun> scent_runs_;
};

} // namespace walkout
