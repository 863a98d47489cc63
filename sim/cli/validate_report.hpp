#pragma once

#include "sim/io/study_file.hpp"
#include "sim/validation/validation.hpp"

#include <string>
#include <vector>

namespace walkout::cli {

/// Everything `walkout validate` has to say.
struct ValidateReport {
    io::StudyFile file = {};
    ValidationSettings settings = {};
    std::vector<LibraryCase> cases = {};
    Validation validation = {};
};

/// The report for people.
std::string text_of(const ValidateReport& report);

/// The documented object of `--json`, also validation.json.
std::string json_of(const ValidateReport& report);

/// One row per case and predictor.
std::string predictions_csv(const ValidateReport& report);

/// One row per case: record, inputs of the regression, effective points.
std::string cases_csv(const ValidateReport& report);

/// Sentences that the numbers bear, the verdict first.
std::vector<std::string> findings_of(const ValidateReport& report);

/// What stands behind a miss, or why nothing does.
std::string reason_of(const ValidatedCase& missed);

} // namespace walkout::cli
