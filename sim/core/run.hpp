#pragma once

#include "sim/core/measures.hpp"
#include "sim/core/scenario.hpp"
#include "sim/core/world.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace walkout {

/// Counts at one moment.
struct Sample {
    Hours time = 0;
    std::array<std::int32_t, stance_count> stances{}; ///< people by stance
    std::int32_t names = 0;                           ///< under the petition for the leader, so far
};

/// Signatures for the leader in one department.
struct DepartmentCount {
    std::string name;
    int headcount = 0;
    int names = 0;
};

/// The costliest act of a person in a run: posted, signed or left; working: none.
struct FurthestAct {
    Stance stance = Stance::working;
    Pole side = Pole::none; ///< for which it was done

    bool operator==(const FurthestAct&) const = default;
};

/// What a run leaves behind when nobody asked for its trace.
struct RunResult {
    std::uint32_t replicate = 0;
    std::uint64_t fingerprint = 0;
    Outcome outcome = Outcome::no_petition;
    Measures measures = {};
    std::vector<Hours> signings = {};          ///< moment of each signature for the leader, rising
    std::vector<Hours> departures = {};        ///< moment of each resignation for a side, rising
    std::vector<Sample> samples = {};          ///< every `sample_every` hours
    std::vector<Hours> director_conceded = {}; ///< per director, `never` if held
    std::vector<DepartmentCount> departments = {}; ///< in the order of the organization
    std::vector<FurthestAct> furthest_acts = {};   ///< by person
    std::string error = {};                        ///< not empty: the run failed, the rest is void

    /// Names under the petition at a moment.
    int names_at(Hours time) const;

    /// People who have resigned for a side until a moment, whether or not they came back.
    int departures_at(Hours time) const;

    /// The one of the two that a record counts.
    int counted_at(Counted what, Hours time) const
    {
        return what == Counted::signatures ? names_at(time) : departures_at(time);
    }
};

struct RunPlan {
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    Hours sample_every = 1;
    std::vector<Adjustment> adjustments = {};
    std::shared_ptr<const Organization> organization = {}; ///< of the seed; made when not given
};

/// Sees the world after each step and at hour 0; must not keep references. Watching cannot change a
/// run.
using Watcher = std::function<void(const World&)>;

/// One run. `scenario` is the written one; `ready_to_run` is called here.
RunResult run(const Scenario& scenario, const RunPlan& plan, const Watcher& watch = {});

/// The same for a scenario that `ready_to_run` returned: spares a copy when there are many runs.
RunResult run_prepared(const Scenario& scenario, const RunPlan& plan, const Watcher& watch = {});

/// When the events of a branch's base happened in the past that they share, by row; `never`: they
/// are to come, or will not.
std::vector<Hours> happened_before(const Branch& branch);

/// Shared with whoever shows progress or wants to stop.
struct Progress {
    std::atomic<std::size_t> done = 0;
    std::atomic<bool> stop = false; ///< set: no further run is started
};

/// Replicates 0 .. count - 1 on `jobs` threads (0: all cores). Element k answers replicate k
/// whatever the number of threads. A run that throws yields a result with `error`; the others still
/// finish. After a stop the runs not made carry the error "stopped".
std::vector<RunResult> run_all(const Scenario& scenario, std::uint64_t seed, std::uint32_t count,
                               unsigned jobs, Progress& progress, Hours sample_every = 1);

/// One number for many runs: the hash of their fingerprints in order.
std::uint64_t fingerprint_of(const std::vector<RunResult>& results);

} // namespace walkout
