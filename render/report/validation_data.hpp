#pragma once

#include "sim/core/measures.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// A predicted share; its intervals hold 80, 90 and 95 %.
struct ValidatedShare {
    double median = 0;
    std::array<double, 3> low{}, high{};
    bool inside = false; ///< the record lies inside 90 %
};

/// What one predictor says of a case.
struct ValidatedPrediction {
    std::optional<ValidatedShare> share = {};
    std::array<double, outcome_names.size()> chances{};
    std::string likeliest = {};
    bool outcome_right = false;
};

struct ValidationCase {
    std::string words = {};
    std::size_t headcount = 0;
    std::optional<double> recorded = {}; ///< share
    std::string counted = {};            ///< signatures or departures
    std::string outcome = {};            ///< empty: not recorded
    double effective_points = 0;
    std::string miss = {};                    ///< empty: inside
    std::vector<ValidatedPrediction> by = {}; ///< as `predictors`
};

struct ValidationScore {
    std::string words = {};
    double interval_score = 0, crps = 0, interval_score_points = 0, crps_points = 0, brier = 0;
    std::size_t shares = 0, outcomes = 0, outcomes_right = 0;
    std::array<std::size_t, 3> inside{}; ///< 80, 90 and 95 %
};

/// A mechanism after all records were seen.
struct ValidationMechanism {
    std::string words = {};
    double p05 = 0, median = 0, p95 = 0, shrinkage = 0;
};

/// validation.json, as far as a page shows it.
struct ValidationData {
    std::string title = {}, command = {}, version = {}, fingerprint = {};
    std::uint64_t seed = 0, points = 0, runs = 0, failed = 0;
    std::size_t replicates = 0;
    bool coding_error = true;
    double own_error = 0; ///< of the model, logits
    std::vector<std::string> findings = {};
    std::vector<ValidationScore> scores = {}; ///< the model first
    std::vector<ValidationCase> cases = {};
    std::vector<ValidationMechanism> mechanisms = {};
};

/// Read what `walkout validate` wrote.
/// @throws io::InputError when the file is damaged
ValidationData read_validation(const std::string& path);

} // namespace walkout::report
