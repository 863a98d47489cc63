#pragma once

#include "sim/calibration/abc_smc.hpp"
#include "sim/calibration/synthetic_likelihood.hpp"

#include <array>
#include <string>
#include <vector>

namespace walkout {

/// Potential scale reduction of chains of one number, each split in two (Gelman et al. 2013): near
/// 1 when all tell the same. NaN below four draws per chain.
double split_r_hat(const std::vector<std::vector<double>>& chains);

/// Number of independent draws that chains of one number are worth, by Geyer's initial monotone
/// sequence of autocorrelations pooled over the chains (Vehtari et al. 2021).
double effective_size_of_chains(const std::vector<std::vector<double>>& chains);

/// What the record taught about one parameter.
enum class Identified : std::uint8_t { well, partly, poorly };

/// Words for the three, in their order.
const std::vector<std::string>& identified_names();

struct ParameterPosterior {
    std::vector<double> quantiles = {}; ///< values at `posterior_levels`
    std::vector<double> prior = {};     ///< the prior's at the same levels
    double shrinkage =
        0; ///< 1 - sd / sd of the prior, of ranks within the prior: 0 nothing learned
    Identified identified = Identified::poorly;
    std::size_t partner = 0; ///< parameter it is most correlated with; itself: there is no other
    double correlation = 0;  ///< with the partner
    double effective = 0;    ///< sample size
    double r_hat = 0;        ///< of chains; NaN for particles
    std::vector<double> density = {}; ///< share of draws in 20 equal slices of the prior's mass
};

inline constexpr std::array<double, 9> posterior_levels{0.025, 0.05, 0.1,  0.25, 0.5,
                                                        0.75,  0.9,  0.95, 0.975};

/// Draws from what is believed after the record was seen.
struct Posterior {
    std::vector<Point> points = {};           ///< all that the fit left
    std::vector<double> weights = {};         ///< of `points`; sum to 1
    std::vector<Point> draws = {};            ///< equally weighted, as many as asked for
    std::vector<Generation> generations = {}; ///< of ABC-SMC
    std::vector<double> acceptances = {};     ///< of chains
    std::vector<ParameterPosterior> parameters = {};
    std::vector<std::vector<double>> correlations = {}; ///< of ranks
};

/// @param draws  how many to resample; keyed by the seed
Posterior posterior_of(const AbcPosterior& fit, const PriorSpace& space, std::uint32_t draws,
                       std::uint64_t seed);
Posterior posterior_of(const std::vector<Chain>& chains, const PriorSpace& space,
                       std::uint32_t draws, std::uint64_t seed);

} // namespace walkout
