#pragma once

#include "sim/core/scenario.hpp"
#include "sim/study/summary.hpp"

#include <string>
#include <vector>

namespace walkout::cli {

/// Signatures over time of one scenario, and how a chart draws them.
struct ChartCurve {
    const Summary& summary;
    std::string median;    ///< mark of the median
    std::string rise;      ///< the same where it is steep
    std::string band = {}; ///< mark of 90 % of runs; empty: not drawn
};

/// Whether anybody signed in more than one run of twenty.
bool has_signatures(const Summary& summary);

/// The curves in characters, later ones on top, around the hours of their growth; with the recorded
/// points of the first that the model was fitted to.
/// @param scenario  of the first curve: headcount and clock
std::string curve_chart(const Scenario& scenario, const std::vector<ChartCurve>& curves);

} // namespace walkout::cli
