#pragma once

#include "sim/analysis/resample.hpp"

#include <cstddef>
#include <vector>

namespace walkout {

/// What one base point of a Saltelli design says: terms whose means make the indices.
struct SobolRow {
    enum Term : std::size_t {
        mean,    ///< of A and B
        square,  ///< half of A A + B B
        luck,    ///< mean variance from run to run of A and B; 0 for one replicate
        indices, ///< from here on: first-order terms, then total ones, by parameter
    };

    std::size_t number = 0;
    std::vector<double> terms = {};
};

/// Runs by point and replicate.
using Runs = std::vector<std::vector<double>>;

/// How many base points have a run of each of their points, failed ones included.
std::size_t count_rows_made(const Runs& runs, std::size_t parameters);

/// The base points of which no point is lost; see `sobol_indices`.
/// @param single  there is one replicate only
std::vector<SobolRow> sobol_rows(const Runs& runs, std::size_t parameters, bool single);

/// Take the mean of all A and B of these rows off all runs: products of small numbers are exact.
void center(Runs& runs, const std::vector<SobolRow>& rows, std::size_t parameters);

/// Least and largest indices, first-order then total, whatever failed runs (NaN) would have given
/// within the range of the others; clipped to [0, 1]. `value` is not used.
std::vector<Interval> sobol_bounds(const Runs& runs, std::size_t parameters, bool single);

} // namespace walkout
