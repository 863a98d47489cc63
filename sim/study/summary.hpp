#pragma once

#include "sim/core/run.hpp"
#include "sim/core/scenario.hpp"
#include "sim/study/statistics.hpp"

#include <string>
#include <vector>

namespace walkout {

/// What the model says at one recorded moment, beside what history saw.
struct RecordRow {
    RecordPoint point;
    Quantiles model; ///< of what the point counts
};

struct DirectorSummary {
    std::string name;
    Proportion gave_way;
    Quantiles hours; ///< since the start, over all runs; infinite where the director held
};

struct DepartmentSummary {
    std::string name;
    int headcount = 0;
    Quantiles signed_share;
};

struct FanPoint {
    Hours time = 0;
    Quantiles names;
};

/// Many runs of one scenario in one page. All vectors keep the order of the scenario.
struct Summary {
    std::uint64_t seed = 0;
    std::size_t runs = 0; ///< finished
    std::size_t failed = 0;
    std::vector<Proportion> outcomes = {}; ///< by Outcome
    std::vector<Quantiles> measures = {};  ///< by row of `measure_infos()`
    std::vector<RecordRow> record = {};
    std::vector<FanPoint> fan = {}; ///< signatures every quarter of an hour
    std::vector<DirectorSummary> directors = {};
    std::vector<DepartmentSummary> departments = {}; ///< over the runs when the scenario names
                                                     ///< departments, else of the typical run
    bool departments_of_typical_run = false;
    std::uint32_t typical = 0; ///< replicate nearest to the median curve and hour of return
    std::uint64_t fingerprint = 0;
};

/// Summarize replicates of `scenario`; failed runs are counted and left out.
Summary summarize(const Scenario& scenario, std::uint64_t seed, const std::vector<RunResult>& runs);

/// One measure of two scenarios, run by run with the same luck.
struct Comparison {
    std::string measure;
    Quantiles first, second;
    PairedDifference
        difference; ///< first minus second; a time that never came counts as the horizon
};

/// All measures of two ensembles with the same seeds.
std::vector<Comparison> compare(const std::vector<RunResult>& first,
                                const std::vector<RunResult>& second, Hours horizon);

} // namespace walkout
