#pragma once

#include "render/report/fan.hpp"
#include "sim/study/study.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace walkout::report {

/// Places of the levels at which a posterior's quantiles are told.
enum Level : std::size_t { p025, p05, p10, p25, median, p75, p90, p95, p975, level_count };

using Levels = std::array<double, level_count>; ///< values; infinite: never

/// What the record taught about one parameter.
struct FittedParameter {
    StudyParameter parameter = {}; ///< name, paths, change, unit and meaning
    std::string words = {};
    std::string verdict = {};
    bool moment = false; ///< hours since the start that are worth telling by the clock
    Levels prior = {}, posterior = {};
    double shrinkage = 0; ///< 1 - sd / sd of the prior, of ranks; below 0: wider than the prior
    std::size_t partner = 0;
    double correlation = 0; ///< with the partner; NaN: not known
    bool tied = false;      ///< to the partner, and the one of the two that says so
    double effective = 0;
    double r_hat = 0;                 ///< NaN: particles, or chains too short
    std::vector<double> density = {}; ///< share of draws in slices of equal prior mass
    std::vector<double> ranks = {};   ///< of the draws within the prior
};

/// One number of a record, or of the study's own targets, and what runs of the draws show of it.
struct RecordedNumber {
    std::size_t scenario = 0;
    std::string name = {}, unit = {};
    bool counted = false; ///< on the scenario's curve, at `time`
    Hours time = 0;
    double value = 0;
    double low = 0, high = 0; ///< what reports leave open
    bool fit = false;
    Levels runs = {};
    bool inside_80 = false, inside_95 = false;
};

struct FittedScenario {
    std::string name = {};
    std::string words = {};
    std::string counted = {}; ///< signatures or departures
    Fan fan = {};             ///< of runs of the draws, with all counts of the record
    std::vector<std::pair<std::string, double>> outcomes = {}; ///< share of the draws
};

struct FitGeneration {
    double tolerance = 0; ///< infinite: the prior
    std::uint64_t trials = 0;
    double acceptance = 0;
    double effective = 0;
};

/// posterior.json, as far as a page shows it.
struct PosteriorData {
    static constexpr double least_effective = 100; ///< fewer draws leave intervals rough
    static constexpr double most_r_hat = 1.05;     ///< above it chains have not met

    std::string title = {}, summary = {};
    std::string command = {};
    std::string version = {}, fingerprint = {};
    std::uint64_t seed = 0, trials = 0;
    std::size_t draws = 0, failed = 0;
    bool particles = true; ///< ABC-SMC; else chains of MCMC
    std::vector<FittedParameter> parameters = {};
    std::vector<std::vector<double>> correlations = {};
    std::vector<FitGeneration> generations = {};
    std::vector<double> acceptances = {}; ///< by chain
    std::vector<RecordedNumber> record = {};
    std::vector<FittedScenario> scenarios = {};

    double effective() const;            ///< of the parameter that is known worst
    const FittedParameter& slow() const; ///< whose chains agree least
    bool few_draws() const { return !(effective() >= least_effective); }
    bool chains_disagree() const { return !particles && !(slow().r_hat <= most_r_hat); }
    bool went_badly() const { return few_draws() || chains_disagree(); }
};

/// Read what `walkout calibrate` wrote.
/// @throws io::InputError when the file is damaged
PosteriorData read_posterior(const std::string& path);

} // namespace walkout::report
