#pragma once

#include "sim/analysis/resample.hpp"
#include "sim/analysis/response.hpp"

#include <vector>

namespace walkout {

/// Sobol indices of one parameter: shares of the variance of the mean over luck.
struct SobolIndex {
    Interval first;        ///< alone
    Interval total;        ///< alone and together with others
    double first_luck = 0; ///< half-width that luck adds to the interval; NaN: not known
    double total_luck = 0;
    Interval first_bounds; ///< whatever the failed runs would have given; see `sobol_indices`
    Interval total_bounds;
};

struct SobolAnalysis {
    std::size_t rows = 0;      ///< base points of the design
    std::size_t rows_made = 0; ///< of which all points were run
    std::size_t rows_used = 0; ///< of which each point has runs that did not fail
    std::vector<SobolIndex> parameters = {};
    VarianceSplit variance;
    Interval explained; ///< share of the variance of single runs that parameters explain
    Interval additive;  ///< sum of the first-order indices
};

/// Sobol indices from a Saltelli design: per base point the rows A, B and A with parameter i from
/// B.
///
/// First order as Saltelli et al. 2010 (Comput. Phys. Commun. 181:259, table 2 b), total as Jansen
/// 1999 (table 2 f), both of the mean over luck: products are taken between different replicates
/// only, so run-to-run noise neither raises nor lowers an index, however few the replicates. With
/// one replicate these are OpenTURNS' MauntzKucherenko and Jansen estimators, and luck counts as
/// interaction.
///
/// Intervals: bootstrap over base points; where all points share luck, widened by what these
/// replicates' luck may have done (jackknife over replicates, added in squares).
///
/// Failed runs: a point is lost when too few of its runs are left to tell luck from parameters
/// (two, or one of one), and its base point with it, so that A and B stay one sample. Bounds:
/// interval arithmetic with failed runs anywhere in the range of values seen; clipped to [0, 1].
SobolAnalysis sobol_indices(const Response& response, std::size_t parameters,
                            const BootstrapParams& params);

} // namespace walkout
