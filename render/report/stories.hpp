#pragma once

#include "render/report/fan.hpp"
#include "render/report/levers.hpp"
#include "sim/core/measures.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// Median of the runs with the range of 80 % of them; infinite: did not happen.
struct Range80 {
    double median = 0, low = 0, high = 0;
};

/// One row of the table: runs that belong together.
struct StoryRow {
    std::string words = {};
    std::vector<std::size_t> members = {};
    std::size_t runs = 0, failed = 0;
    std::array<double, outcome_names.size()> outcomes = {}; ///< shares
    Estimate estimate = {};                                 ///< of the measure
    std::optional<Range80> peak = {};                       ///< signatures
    std::optional<double> half = {}, gone = {};             ///< medians
    std::optional<double> back = {}; ///< median of the runs that end so; infinite when none does
    Fan fan = {};
    std::optional<Estimate> change = {}; ///< against the first row
};

struct Stories {
    std::string title = {};
    std::vector<StoryRow> rows = {};
    std::size_t left_out = 0; ///< more than fit
};

/// The rows most worth seeing: the scenarios when there are several; else the baseline and the ends
/// of its strongest levers; all points of a list; best and worst of a grid.
Stories stories_of(const StudyRuns& study, const Levers& levers);

/// Put the fans into the rows.
void add_fans(Stories& stories, const StudyRuns& study, const std::vector<SignedCurve>& curves);

} // namespace walkout::report
