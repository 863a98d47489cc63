#pragma once

/// What OpenTURNS says of a sample, for comparison.

#include <vector>

namespace walkout {

/// First-order indices by its MauntzKucherenko estimator and total ones by Jansen's, in units of
/// the variance of the sample's rows A.
struct OpenTurnsIndices {
    std::vector<double> first, total;
};

/// @param rows  outputs by base point: A, B, then A with parameter i from B
OpenTurnsIndices openturns_indices(const std::vector<std::vector<double>>& rows);

} // namespace walkout
