#pragma once

#include "sim/analysis/sensitivity.hpp"

#include <string>
#include <vector>

namespace walkout::cli {

/// What an analysis found, with its study.
struct SensitivityReport {
    StudySample sample = {}; ///< without its responses
    SensitivityParams params = {};
    std::string kind = {};
    std::vector<MeasureSensitivity> measures = {};
    bool detailed = false; ///< the user named the measures: show each in full
};

/// Name of a measure; with its scenario where the study has several.
std::string title_of(const SensitivityReport& report, const MeasureSensitivity& measure);

/// Sentences about the study's runs: what is missing, what failed.
std::vector<std::string> study_findings(const SensitivityReport& report);

/// Sentences about one measure; each holds for the whole of the intervals it rests on.
std::vector<std::string> findings(const SensitivityReport& report,
                                  const MeasureSensitivity& measure);

/// Why a surface gives no indices.
std::string refusal_of(const SurrogateAnalysis& analysis);

/// A number in a unit of measures (share, hours, people; empty: of an outcome).
std::string amount(const std::string& unit, double value);

/// The same for a difference: shares in points.
std::string difference_amount(const std::string& unit, double value);

/// `42 %`; `-` for what is not known.
std::string percent_text(double share);

std::string text_of(const SensitivityReport& report);
std::string json_of(const SensitivityReport& report);

} // namespace walkout::cli
