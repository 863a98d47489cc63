#pragma once

#include "sim/study/comparison.hpp"

#include <string>
#include <vector>

namespace walkout::cli {

/// Everything `walkout compare` has to say.
struct CompareReport {
    std::vector<std::string> files = {};  ///< as the user named them
    std::vector<Ensemble> ensembles = {}; ///< in the same order; names are unique
    std::vector<std::string> overrides = {};
    std::uint32_t replicates = 0;
    ScenarioComparison comparison = {};
};

/// The report for people.
std::string text_of(const CompareReport& report);

/// The documented object of `--json`, also compare.json.
std::string json_of(const CompareReport& report);

/// One row per scenario but the first and measure.
std::string differences_csv(const CompareReport& report);

/// One row per scenario but the first and person whose furthest act ever differs.
std::string flips_csv(const CompareReport& report);

/// `working`, `posted`, `signed`, `left`; of the other side `signed_minus`.
std::string name_of(const FurthestAct& act);

} // namespace walkout::cli
