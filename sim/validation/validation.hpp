#pragma once

#include "sim/validation/baselines.hpp"
#include "sim/validation/prediction.hpp"

#include "sim/study/estimate.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

struct ValidationSettings {
    std::uint64_t seed = 1;
    std::uint32_t replicates = 4; ///< runs of a case at a point
    int most_people = 1000;       ///< larger organizations are run with so many
    bool coding_error = true;
    double discrepancy = 1;    ///< scale of the half-normal prior of the model's own error, logits
    std::size_t nodes = 16;    ///< values of that prior
    std::size_t rounds = 4;    ///< points after the first round follow what the records say so far
    double enough_points = 50; ///< effective points below which a fold asks for more
};

/// The model first, then what it has to beat.
inline constexpr std::array<std::string_view, 4> predictor_names{"model", "constant share",
                                                                 "last case", "regression"};
inline constexpr std::array<double, 3> interval_levels{0.8, 0.9, 0.95};
inline constexpr std::size_t scored_level = 1; ///< 90 %: the interval that is scored

/// A predicted share beside the recorded one; logits unless said otherwise.
struct SharePrediction {
    double median = 0;
    std::array<double, interval_levels.size()> low{}, high{};
    std::array<bool, interval_levels.size()> holds{}; ///< the record lies inside
    double interval_score = 0, crps = 0;
    double interval_score_points = 0, crps_points = 0; ///< of shares, in points of 100
};

struct PredictedCase {
    std::optional<SharePrediction> share = {};
    std::optional<OutcomeChances> chances = {};
    std::optional<double> brier = {};
    Outcome likeliest = Outcome::no_petition;
    bool outcome_right = false;
};

/// What a predictor is worth over all cases.
struct PredictorScore {
    std::size_t shares = 0; ///< cases with a recorded share
    double interval_score = 0, crps = 0, interval_score_points = 0, crps_points = 0; ///< means
    std::array<std::size_t, interval_levels.size()> held{};
    std::size_t outcomes = 0; ///< cases with a recorded outcome
    std::size_t outcomes_right = 0;
    double brier = 0; ///< mean
};

/// How a coded number moves the simulated share of its case.
struct CodingEffect {
    std::string path = {};
    double step = 0; ///< of the rubric; of factors the ratio
    bool factor = false;
    double slope = 0;  ///< logits per step
    double error = 0;  ///< its standard error
    double needed = 0; ///< steps that would put the median on the record
};

struct ValidatedCase {
    LibraryCase about = {};
    std::array<PredictedCase, predictor_names.size()> by = {};
    double effective_points = 0;
    bool enough = true;                    ///< points
    std::vector<CodingEffect> coding = {}; ///< those seen to act, fewest steps needed first
    std::size_t failed = 0;                ///< runs
};

/// A shared mechanism before and after all records were seen.
struct FittedMechanism {
    std::string name = {};
    double p05 = 0, median = 0, p95 = 0;
    double shrinkage = 0; ///< 1 - sd after / sd before
};

struct Validation {
    std::vector<ValidatedCase> cases = {}; ///< in the order of the library
    std::array<PredictorScore, predictor_names.size()> scores = {};
    std::vector<FittedMechanism> mechanisms = {};
    double discrepancy_median = 0; ///< of the model's own error, all records seen, logits
    double effective_points = 0;   ///< all records seen
    std::uint64_t points = 0, runs = 0, failed = 0;
    std::string first_error = {};
    std::uint64_t fingerprint = 0; ///< of all simulated shares and outcomes
};

/// The cases of a study of a library.
/// @throws io::InputError when the study cannot be validated
std::vector<LibraryCase> library_of(const io::StudyFile& file, int most_people);

/// Predict each case from the others.
///
/// One pool of runs serves all: N points of the study's design, so many replicates of each case at
/// each, every run with a coding error of its own. The fold without case k weighs points and sizes
/// of the model's own error by how well the other cases agree with their records, those without a
/// count by their outcome; its prediction of k is the mixture of k's runs under these weights.
///
/// @throws what `Journal` throws
Validation validate(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
                    const ValidationSettings& settings, Journal& journal);

/// What the journal of a validation says of itself; see `Store`.
StudyRecord record_of_validation(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
                                 const ValidationSettings& settings, const std::string& version);

} // namespace walkout
