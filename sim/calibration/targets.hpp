#pragma once

#include "sim/core/run.hpp"
#include "sim/io/study_file.hpp"

#include <string>
#include <vector>

namespace walkout {

/// One recorded number that a fit wants met.
struct Target {
    std::size_t scenario = 0; ///< row of the study's scenarios
    std::string name = {};    ///< "signatures at 65.81 h"
    std::string unit = {};    ///< people, hours, share
    double value = 0;         ///< as recorded; of a range its middle
    double sd = 0;            ///< reading error of `value`
    Hours time = 0;           ///< of a count
    Hours precision = 0;      ///< of `time`, +-
    Counted counted = Counted::signatures;
    double Measures::*measure = nullptr; ///< not null: a measure of the run, not a count
    double ceiling = never;              ///< what a time that never came counts as
};

/// What a study is fitted to: the counts of the records whose `fit` is yes, then its own targets.
///
/// A count known only as a range low .. high is taken as its middle with the standard deviation of
/// a uniform distribution; one read exactly has half a person's rounding error.
std::vector<Target> targets_of(const io::StudyFile& file);

/// What a run shows of a target, read at a moment that is off by `delay` hours.
double observed(const Target& target, const RunResult& run, Hours delay = 0);

} // namespace walkout
