#pragma once

#include "render/report/stories.hpp"
#include "render/report/surface.hpp"
#include "render/report/triangle.hpp"
#include "render/report/waits.hpp"
#include "render/report/words.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// One sentence that the numbers support.
struct Finding {
    enum class Tone : std::uint8_t { strongest, second, other };

    std::string headline = {};
    std::string text = {};
    Tone tone = Tone::other;
};

/// Everything the page of one or more studies of one subject says, as plain data.
struct ReportData {
    std::string title = {};
    std::string line = {};    ///< scenario, designs, runs, time
    std::string summary = {}; ///< of the first study; may be empty
    std::string notes = {};   ///< failed and missing runs; may be empty
    std::vector<Finding> findings = {};
    Levers levers = {};
    TotalEffects totals = {}; ///< not empty: shown instead of the levers
    std::optional<HeatMap> heat = {};
    std::optional<Response> response = {}; ///< where there is no heat map
    std::vector<Triangle> triangles = {};  ///< by scenario
    Fan fan = {};
    std::string fan_words = {}; ///< `200 runs of history`
    Stories stories = {};
    Waits waits = {};                           ///< of a measure in hours
    std::size_t fewest_runs = 0, most_runs = 0; ///< of a row
    ScenarioBackground scenario = {};           ///< the first one
    Measure measure = {};
    std::string command = {};
    std::string provenance = {}; ///< fingerprint, version, seed
};

/// The page of studies: levers, map, fan and table come from the first study that has them.
/// @throws io::InputError when the studies do not fit together, std::logic_error when a number that
/// stands in two places is not the same
ReportData report_data(const std::vector<StudyRuns>& studies);

/// The findings that the numbers support, at most three, strongest first.
std::vector<Finding> findings_of(const ReportData& data);

/// Numbers that appear twice must be equal: the baseline of levers, map, response and table; the
/// ends of levers and the rows of the table with the same settings; the same point in two studies.
/// @throws std::logic_error naming both
void check_consistency(const ReportData& data, const std::vector<StudyRuns>& studies);

} // namespace walkout::report
