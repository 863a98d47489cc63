#pragma once

#include "sim/calibration/prior_space.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace walkout {

/// One simulation of all scenarios that a fit asks for.
struct Trial {
    std::uint64_t number = 0; ///< unique in the fit, rising; also the key of its luck
    std::uint32_t stage = 0;  ///< generation, or iteration
    Point point = {};
};

/// What a trial shows, one number per target; empty when its simulation failed.
using Observation = std::vector<double>;

/// Simulates trials, in parallel if it likes; the k-th answer belongs to the k-th trial, and
/// depends on nothing but that trial.
using Simulate = std::function<std::vector<Observation>(const std::vector<Trial>&)>;

/// What a fit is to meet: recorded values and the standard deviations of their reading errors.
struct Recorded {
    std::vector<double> values = {};
    std::vector<double> sds = {};
};

} // namespace walkout
