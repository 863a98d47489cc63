#pragma once

#include "sim/calibration/posterior.hpp"
#include "sim/calibration/targets.hpp"
#include "sim/study/store.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace walkout {

/// What runs of posterior draws show of one recorded number, reading error left out.
struct PredictedNumber {
    std::size_t scenario = 0;
    std::string name = {};
    std::string unit = {};
    Hours time = 0;   ///< of a count
    double value = 0; ///< as recorded
    double low = 0;   ///< what reports leave open
    double high = 0;
    bool fit = false;                   ///< the fit saw it
    std::vector<double> quantiles = {}; ///< at `posterior_levels`

    bool inside_80() const { return quantiles[2] <= value && value <= quantiles[6]; }
    bool inside_95() const { return quantiles[0] <= value && value <= quantiles[8]; }
};

/// Signatures over time, or departures where the record counts these.
struct PredictedCurve {
    std::size_t scenario = 0;
    Counted counted = Counted::signatures;
    std::vector<Hours> times = {};
    std::vector<std::vector<double>> quantiles = {}; ///< by time, at `posterior_levels`
};

/// The posterior set running: one run of each scenario per draw, each with luck of its own.
struct Predictive {
    std::vector<PredictedNumber> numbers = {}; ///< all of the records, then the measures fitted to
    std::vector<PredictedCurve> curves = {};   ///< by scenario
    std::vector<std::map<std::string, double>> outcomes = {}; ///< by scenario: share of draws
    std::size_t failed = 0;
};

/// The study of a fit with its posterior draws as the points of a table: what can be stored,
/// exported and run again. Its priors are gone.
io::StudyFile drawn_study(const io::StudyFile& file, const PriorSpace& space,
                          const std::vector<Point>& draws);

/// Run the draws on `jobs` threads (0: all cores). Point k has replicate k's luck.
/// @param keep  told each run in order, to be stored
/// @throws Stopped
Predictive predict(const io::StudyFile& drawn, const std::vector<Target>& targets, unsigned jobs,
                   std::atomic<bool>& stop, const std::function<void(const RunRow&)>& keep);

} // namespace walkout
