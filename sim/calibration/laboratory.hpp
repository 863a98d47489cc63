#pragma once

#include "sim/calibration/targets.hpp"
#include "sim/calibration/trial.hpp"
#include "sim/study/dials.hpp"
#include "sim/study/journal.hpp"

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

    std::size_t targets() const { return targets_.size(); }

private:
    Scenario scenario(std::size_t which, const std::vector<double>& values) const;

    const io::StudyFile& file_;
    const PriorSpace& space_;
    const std::vector<Target>& targets_;
    Dials dials_;
    std::vector<std::shared_ptr<const Organization>> organizations_; ///< by scenario
    std::vector<Hours> needed_; ///< by scenario: how long a run must last for its targets
};

/// What trials show, for `Simulate`: made by the laboratory, or read again from the journal.
/// @param trials  numbers rise one by one
/// @throws what `Journal` throws
std::vector<Observation> observe(const Laboratory& laboratory, const PriorSpace& space,
                                 Journal& journal, const std::vector<Trial>& trials);

/// What the journal of a fit says of itself; see `Store`.
StudyRecord record_of_fit(const io::StudyFile& file, const std::vector<Target>& targets,
                          const std::string& version);

} // namespace walkout
