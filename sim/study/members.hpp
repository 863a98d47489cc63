#pragma once

#include "sim/study/dials.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/store.hpp"
#include "sim/study/study_measures.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace walkout {

/// What a planned run stands for: its scenario, with the point's values set, and its result. All
/// functions may be called from many threads.
class Members {
public:
    /// `file` and `plan` must stay.
    Members(const io::StudyFile& file, const Plan& plan);

    /// The scenario of a run. @throws io::InputError when the point's values do not fit together
    Scenario scenario(const PlannedRun& run) const;

    /// The same as texts for `--set`, those of the study file first.
    std::vector<std::string> overrides(const PlannedRun& run) const;

    /// Make the run. @throws io::InputError, or what the engine throws
    RunResult make(const PlannedRun& run) const;

    /// Try points before any is run: all of them when they are few, else some spread over the
    /// design. @throws io::InputError naming the first that does not fit together
    void check_points() const;

private:
    const io::StudyFile& file_;
    const Plan& plan_;
    Dials dials_;
    std::vector<std::shared_ptr<const Organization>> organizations_; ///< by scenario, where all its
                                                                     ///< runs share one
};

/// How a run is made; tests put others in place of `Members::make`.
using RunMaker = std::function<RunResult(const PlannedRun&)>;

/// Makes a run and tells it as a row of the store. Never throws: what goes wrong is in the row.
class RowMaker {
public:
    RowMaker(const io::StudyFile& file, const Plan& plan, RunMaker make);

    RunRow operator()(const PlannedRun& run) const;

    /// The command that makes one run again.
    std::string repeat_command(std::uint64_t number) const;

private:
    const io::StudyFile& file_;
    const Plan& plan_;
    RunMaker make_;
    std::vector<StudyMeasure> measures_;
};

} // namespace walkout
