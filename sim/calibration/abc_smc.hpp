#pragma once

#include "sim/calibration/trial.hpp"
#include "sim/study/study.hpp"

#include <functional>
#include <vector>

namespace walkout {

/// What became of one generation of particles.
struct Generation {
    double tolerance = 0; ///< largest distance that was accepted; infinite for the prior
    std::uint64_t trials = 0;
    double acceptance = 0; ///< particles / trials
    double effective = 0;  ///< sample size of its weights
};

struct AbcPosterior {
    std::vector<Point> points = {};
    std::vector<double> weights = {}; ///< sum to 1
    std::vector<Generation> generations = {};
};

/// Where the fit stands, for whoever shows it.
struct AbcStatus {
    std::uint32_t generation = 0;
    std::size_t accepted = 0;
    std::uint64_t trials = 0; ///< of this generation
    double tolerance = 0;
};

/// Approximate Bayesian computation by sequential Monte Carlo.
///
/// Generations of weighted particles (Toni et al. 2009) move by a normal kernel of twice their
/// covariance (Beaumont et al. 2009). The tolerance is a quantile of the last distances; the
/// distance is Euclidean, each target scaled by its median absolute deviation over all trials of
/// the last generation (Prangle 2017). Each simulated number gets a draw of the reading error, so
/// with a shrinking tolerance the error model is exact (Wilkinson 2013).
///
/// Trials of a generation are taken in the order of their numbers until enough are accepted: the
/// answer does not depend on threads.
/// @throws std::invalid_argument when no trial of the prior can be simulated; what `simulate`
/// throws
AbcPosterior fit_abc_smc(const PriorSpace& space, const Recorded& recorded,
                         const CalibrationParams& settings, std::uint64_t seed,
                         const Simulate& simulate,
                         const std::function<void(const AbcStatus&)>& tell = {});

} // namespace walkout
