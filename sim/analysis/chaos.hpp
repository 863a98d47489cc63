#pragma once

/// The only door to OpenTURNS.

#include <cstddef>
#include <vector>

namespace walkout {

/// Values by point and parameter.
using Table = std::vector<std::vector<double>>;

/// Sparse polynomial chaos of one response.
struct Chaos {
    Table terms = {}; ///< values of the chosen orthonormal polynomials, by point and term
    std::vector<std::vector<std::size_t>> degrees = {}; ///< by term and parameter
    std::vector<double> coefficients = {};              ///< by term
};

/// Where the single values of a parameter lie, rising; empty: anywhere in [0, 1], equally likely.
using SingleValues = std::vector<double>;

/// Choose terms by least angle regression and fit them.
/// @param inputs  by point; a parameter lies in [0, 1] or has single values
Chaos fit_chaos(const Table& inputs, const std::vector<SingleValues>& single,
                const std::vector<double>& outputs);

/// Fit on some points, predict others.
std::vector<double> predict_chaos(const Table& inputs, const std::vector<SingleValues>& single,
                                  const std::vector<double>& outputs, const Table& where);

/// Coefficients of the terms by weighted least squares; empty when the weights leave too few
/// points.
std::vector<double> refit(const Table& terms, const std::vector<double>& outputs,
                          const std::vector<double>& weights);

/// Fit a kriging surface (Matern 5/2, constant trend) on some points, predict others.
/// @param noise  variance of the outputs' luck, as a share of the surface's
std::vector<double> predict_kriging(const Table& inputs, const std::vector<double>& outputs,
                                    double noise, const Table& where);

} // namespace walkout
