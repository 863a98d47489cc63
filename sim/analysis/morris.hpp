#pragma once

#include "sim/analysis/resample.hpp"
#include "sim/analysis/response.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace walkout {

/// What screening says of a parameter; `undecided` where the interval allows more than one word.
enum class MorrisClass : std::uint8_t { negligible, linear, nonlinear, undecided };

/// `negligible`, `linear`, `nonlinear or interacting`, `undecided`
std::string_view name_of(MorrisClass word);

/// Elementary effects of one parameter: change of the measure per whole range of the parameter, in
/// units of the measure.
struct MorrisEffect {
    Interval mu;      ///< mean
    Interval mu_star; ///< mean size
    Interval sigma;   ///< standard deviation, noise taken out
    double noise = 0; ///< the mean size that luck alone would show; NaN: not known
    MorrisClass word = MorrisClass::undecided;
};

struct MorrisAnalysis {
    std::size_t trajectories = 0;
    std::size_t trajectories_used = 0; ///< without those that are cut by missing or failed points
    std::vector<MorrisEffect> parameters = {};
};

/// Morris screening (Morris 1991, Technometrics 33:161; mu* of Campolongo et al. 2007, Environ.
/// Model. Softw. 22:1509), intervals by bootstrap over trajectories.
///
/// A parameter's range are the values tried, in order and equally spaced: for a continuous one that
/// is its distribution's quantile, for a switch the step from off to on. Differences are taken
/// between runs with the same replicate.
///
/// Words: negligible when mu* is below 5 % of the largest one, or not above what luck shows; linear
/// when sigma is below half of mu*, nonlinear or interacting when it is above, with the whole
/// interval of the ratio.
///
/// @param points  values by point and parameter
MorrisAnalysis morris_effects(const Response& response,
                              const std::vector<std::vector<double>>& points,
                              const BootstrapParams& params);

} // namespace walkout
