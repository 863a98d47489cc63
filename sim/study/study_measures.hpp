#pragma once

#include "sim/core/run.hpp"
#include "sim/study/study.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout {

/// One number that a study keeps of each run: a measure, or whether the run ended in an outcome.
struct StudyMeasure {
    std::string name;
    std::string unit; ///< share, hours, people; empty for an outcome: 0 or 1
    std::string meaning;
    double Measures::*value = nullptr;
    std::optional<Outcome> outcome = {};

    double of(const RunResult& run) const;
};

/// What the study keeps, in the order of its file.
std::vector<StudyMeasure> measures_of(const Study& study);

} // namespace walkout
