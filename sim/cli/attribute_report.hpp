#pragma once

#include "sim/io/variants.hpp"
#include "sim/study/attribution.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::cli {

/// Everything `walkout attribute` has to say.
struct AttributeReport {
    std::string file = {};    ///< scenario or study, as the user named it
    bool study = false;       ///< the file is a study
    std::string title = {};   ///< of that file
    std::string name = {};    ///< of the scenario
    std::string summary = {}; ///< of a study
    std::shared_ptr<const io::ScenarioVariants> variants = {};
    std::vector<std::string> overrides = {};
    std::uint64_t seed = 0;
    std::uint32_t replicates = 0;
    Factors factors = {};
    Attribution attribution = {};
    std::vector<AttributeReport> others = {}; ///< the further scenarios of a study
};

/// The report for people.
std::string text_of(const AttributeReport& report);

/// The documented object of `--json`, also attribution.json.
std::string json_of(const AttributeReport& report);

/// One row per measure and factor.
std::string attribution_csv(const AttributeReport& report);

/// One row per scenario and combination of factors, with the means; empty where orders are sampled.
std::string combinations_csv(const AttributeReport& report);

/// `cause`, `event` or `own`.
const char* name_of(Factor::Kind kind);

} // namespace walkout::cli
