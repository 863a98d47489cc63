#pragma once

#include "sim/study/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace walkout {

/// One measure of all runs of one scenario of a study, or whether they ended in an outcome.
struct Response {
    std::string measure = {};
    std::string unit = {}; ///< share, hours, people; empty for an outcome: 0 or 1
    std::string meaning = {};
    std::string scenario = {};
    bool common_luck = true; ///< replicate k of all points shares its seed

    /// By point, then by replicate. NaN: the run failed. Shorter where runs were not made yet.
    std::vector<std::vector<double>> runs = {};

    std::size_t made = 0;   ///< runs, failed ones included
    std::size_t failed = 0; ///< of these
    std::size_t never = 0;  ///< times that never came; they count as `horizon`
    double horizon = 0;     ///< hours

    /// Largest number of runs of a point.
    std::size_t replicates() const;
};

/// A stored study as an analysis needs it.
struct StudySample {
    std::string name = {};
    std::string title = {};
    std::string version = {};
    std::string design = {}; ///< as in study files
    std::uint64_t seed = 0;
    std::vector<StoreColumn> parameters = {};
    std::vector<std::vector<double>> points = {}; ///< values by point and parameter; no values
                                                  ///< where no run of the point was made
    std::vector<Response> responses = {};         ///< scenario by scenario
    std::size_t scenarios = 1;
    std::size_t runs = 0;
    std::size_t failed = 0;
    std::size_t missing = 0; ///< runs that some points lack of those that others have
};

/// Read a store. Times that never came count as the horizon.
///
/// @param measures  those wanted, by name; empty: all, and all outcomes that came
/// @throws io::InputError when a name is unknown, or the store is a shard
StudySample read_sample(const Store& store, const std::vector<std::string>& measures);

/// Without what the luck of a replicate does to all points alike, where they share it: an additive
/// fit by points and replicates. The mean over all runs stays.
std::vector<std::vector<double>> without_shared_luck(const Response& response);

/// Where the variance of a measure comes from, in squared units of the measure.
struct VarianceSplit {
    double parameters = 0; ///< of the mean over luck, from point to point
    double luck = 0;       ///< mean over points of the variance from run to run; NaN: one replicate
                           ///< only, and `parameters` holds it too
    double shared = 0;     ///< part of `luck`: what a replicate's luck does to all points alike
};

/// Law of total variance: var y = var E[y | point] + E var[y | point]. Unbiased for any number of
/// replicates (analysis of variance by point, and by replicate where all points share luck).
/// @param points  those that count, a sample of the space
VarianceSplit variance_split(const Response& response, const std::vector<std::size_t>& points);

/// Mean of the numbers that are there; NaN for none.
double mean_of_runs(const std::vector<double>& runs);

/// Mean of a[r] b[s] over all pairs of different replicates r and s that are there, so what comes
/// from luck alone does not add up; NaN where there is no such pair. With `single` the one
/// replicate is paired with itself.
double cross_mean(const std::vector<double>& a, const std::vector<double>& b, bool single);

} // namespace walkout
