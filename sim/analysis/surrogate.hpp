#pragma once

#include "sim/analysis/resample.hpp"
#include "sim/analysis/response.hpp"

#include <string>
#include <vector>

namespace walkout {

/// Sobol indices of a surface: shares of the surface's variance.
struct SurrogateIndex {
    Interval first;
    Interval total;
};

/// A surface through the means of the points.
struct SurrogateAnalysis {
    std::string kind = {};  ///< `polynomial_chaos` or `kriging`; empty: too few points
    std::size_t points = 0; ///< used: those with a run that did not fail
    std::size_t terms = 0;  ///< of the polynomial; 0: kriging
    Interval q2;            ///< share of the variance of means at left-out points that it predicts
    double q2_limit = 1;    ///< what luck leaves to predict; NaN: one replicate
    std::vector<SurrogateIndex> parameters = {}; ///< empty where `q2` is too poor
};

/// Below this no indices are told: the surface misses too much.
inline constexpr double least_q2 = 0.5;

/// Fit a surface and take Sobol indices from it, through OpenTURNS.
///
/// Polynomial chaos on the quantiles of the parameters (by rank; switches and other single values
/// as they are), sparse by least angle regression with the corrected leave-one-out error (Blatman &
/// Sudret 2011, J. Comput. Phys. 230:2345); and, where that leaves much and there are at most 150
/// points, kriging (Matern 5/2 with
/// luck as nugget). The one with the larger Q2 of 5-fold cross-validation is told. Intervals of Q2:
/// bootstrap over points; of indices: bootstrap of points with the chosen terms refitted (chaos),
/// or the estimators' own on the surface (kriging). They do not hold what the surface misses: 1 -
/// Q2.
///
/// @param points  values by point and parameter
/// @param sample  the points to use, spread over the space; those without runs are left out
SurrogateAnalysis fit_surrogate(const Response& response,
                                const std::vector<std::vector<double>>& points,
                                const std::vector<std::size_t>& sample,
                                const BootstrapParams& params);

} // namespace walkout
