#pragma once

#include "sim/calibration/targets.hpp"
#include "sim/calibration/trial.hpp"
#include "sim/study/dials.hpp"
#include "sim/study/store.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace walkout {

/// Simulates the scenarios of a study at points of its priors. Luck and errors of clocks are keyed
/// by the trial's number.
class Laboratory {
public:
    /// `file`, `space` and `targets` must stay.
    Laboratory(const io::StudyFile& file, const PriorSpace& space,
               const std::vector<Target>& targets);

    /// One run of each scenario, read at the targets; empty when a run fails. From any thread.
    Observation observe(const Trial& trial) const;

private:
    Scenario scenario(std::size_t which, const std::vector<double>& values) const;

    const io::StudyFile& file_;
    const PriorSpace& space_;
    const std::vector<Target>& targets_;
    Dials dials_;
    std::vector<std::shared_ptr<const Organization>> organizations_; ///< by scenario
    std::vector<Hours> needed_; ///< by scenario: how long a run must last for its targets
};

/// Shared with whoever shows progress or wants to stop.
struct FitProgress {
    std::atomic<std::uint64_t> trials = 0; ///< simulated or read again
    std::atomic<bool> stop = false;
};

/// Writes down what trials show, one row each, so that a fit that was killed finds its way again:
/// it asks for the same trials in the same order, and those that are in the store are read.
class Journal {
public:
    /// @param jobs  threads; 0: all cores
    /// `store`, `laboratory` and `space` must stay.
    Journal(Store& store, const Laboratory& laboratory, const PriorSpace& space, unsigned jobs,
            FitProgress& progress);

    /// For `Simulate`. What it returns from is stored for good.
    /// @throws FitStopped; StoreError, also when a stored trial is another than the one asked for
    std::vector<Observation> operator()(const std::vector<Trial>& trials);

private:
    std::optional<Observation> read_again(const Trial& trial);
    RunRow row_of(const Trial& trial, const Observation& seen) const;

    Store& store_;
    const Laboratory& laboratory_;
    const PriorSpace& space_;
    unsigned jobs_;
    FitProgress& progress_;
    std::optional<Store::Cursor> stored_; ///< where reading stands; nothing: all was read
    bool checked_ = false; ///< that this program makes the first stored trial as it was made
};

/// What the journal of a fit says of itself; see `Store`.
StudyRecord record_of_fit(const io::StudyFile& file, const std::vector<Target>& targets,
                          const std::string& version);

} // namespace walkout
