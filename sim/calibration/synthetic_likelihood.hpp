#pragma once

#include "sim/calibration/trial.hpp"
#include "sim/study/study.hpp"

#include <functional>
#include <vector>

namespace walkout {

/// One walk through the parameters, warm-up left out.
struct Chain {
    std::vector<Point> points = {};
    std::vector<double> log_likelihoods = {};
    double acceptance = 0; ///< share of proposals taken after the warm-up
};

/// Where the fit stands, for whoever shows it.
struct ChainStatus {
    std::uint32_t iteration = 0;
    double acceptance = 0; ///< so far, over all chains
};

/// Logarithm of a normal density of the record, with the mean and covariance of some simulations
/// and the reading errors (Wood 2010). Correlations are shrunk toward 0 by D / (D + m) for D
/// targets and m simulations (after Nott et al. 2018), so that few simulations do.
/// @return minus infinity when fewer than two simulations worked
double synthetic_log_likelihood(const std::vector<Observation>& simulations,
                                const Recorded& recorded);

/// Markov chains on the synthetic likelihood (Price et al. 2018): random-walk Metropolis whose
/// steps learn the covariance of all chains (Haario et al. 2001) and their size (toward an
/// acceptance of 0.2) during the first half of the iterations, and stay as they are after it. Each
/// chain begins at the likeliest of 25 points of the prior.
///
/// Chains walk in step, so all simulations of an iteration can be made at once.
/// @throws std::invalid_argument when no chain finds a point that can be simulated
std::vector<Chain>
fit_synthetic_likelihood(const PriorSpace& space, const Recorded& recorded,
                         const CalibrationParams& settings, std::uint64_t seed,
                         const Simulate& simulate,
                         const std::function<void(const ChainStatus&)>& tell = {});

} // namespace walkout
