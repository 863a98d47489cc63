#pragma once

#include "sim/cli/json.hpp"
#include "sim/study/estimate.hpp"
#include "sim/study/summary.hpp"

#include <vector>

namespace walkout::cli {

/// Parts of documented objects that several commands share.

/// {median,p05,p95}
Json quantiles(const Quantiles& q);

/// An entry that ends in the quantiles of one number.
Json with(Json entry, const Quantiles& q);

/// {mean,low,high}
Json estimate(const Estimate& e);

/// Shares by name of the outcome; the same with intervals.
Json outcomes(const Summary& summary);
Json outcome_intervals(const Summary& summary);

/// {median,p05,p95,unit} by name of the measure.
Json measures(const Summary& summary);

/// [{time,local_time,recorded,low,high,median,p05,p95,fit}]
Json record(const Scenario& scenario, const Summary& summary);

/// [{time,median,p05,p95}] of the signatures.
Json fan(const Summary& summary);

/// {mean,low,high,larger,smaller} by name of the measure.
Json difference_json(const PairedDifference& difference);
Json differences(const std::vector<Comparison>& rows);

} // namespace walkout::cli
