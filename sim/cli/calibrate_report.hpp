#pragma once

#include "sim/calibration/predictive.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace walkout::cli {

/// Everything `walkout calibrate` has to say.
struct CalibrateReport {
    const io::StudyFile* file = nullptr;
    const PriorSpace* space = nullptr;
    std::vector<Target> targets = {};
    Posterior posterior = {};
    Predictive predictive = {};
    std::uint64_t trials = 0;
    std::uint64_t fingerprint = 0; ///< of all points and weights
};

/// The report for people.
std::string text_of(const CalibrateReport& report);

/// The documented object of `--json`, also posterior.json.
std::string json_of(const CalibrateReport& report);

/// One line per draw and one column per parameter, as `design: {table: posterior.csv}` reads it.
std::string draws_csv(const CalibrateReport& report);

/// Medians as a fragment that scenarios can take as `base:`.
std::string fitted_yaml(const CalibrateReport& report);

/// What the record says about one parameter, as a sentence; empty when all is well.
std::string tie_sentence(const CalibrateReport& report, std::size_t parameter);

} // namespace walkout::cli
