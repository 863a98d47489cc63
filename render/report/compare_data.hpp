#pragma once

#include "render/report/fan.hpp"
#include "sim/core/measures.hpp"
#include "sim/study/estimate.hpp"

#include <array>
#include <string>
#include <vector>

namespace walkout::report {

/// One of the scenarios side by side.
struct ComparedScenario {
    std::string words = {};
    std::string file = {};
    std::string fingerprint = {};
    std::size_t runs = 0, failed = 0;
    std::array<double, outcome_names.size()> outcomes = {}; ///< shares
    std::vector<double> medians = {};                       ///< by measure; infinite: never
    Fan fan = {}; ///< one group; 5 % at the levels below the median, 95 % at those above
};

struct ComparedMeasure {
    std::string name = {};
    std::string words = {};
    std::string unit = {};
};

struct DepartmentFlip {
    std::string words = {};
    std::size_t headcount = 0;
    double share = 0; ///< of its people, mean over the pairs
};

/// Runs that end so in the first scenario and so in this one.
struct OutcomeChange {
    std::size_t from = 0, to = 0, runs = 0;
};

/// One scenario against the first.
struct ComparedContrast {
    std::size_t scenario = 0; ///< row of `CompareData::scenarios`
    std::size_t pairs = 0;
    double ceiling = 0;                     ///< hours that a time counts as that never came
    std::vector<Estimate> differences = {}; ///< by measure: this minus the first
    std::array<Estimate, outcome_names.size()> outcomes = {}; ///< of shares: this minus the first
    std::vector<OutcomeChange> flow = {};                     ///< most runs first
    std::string divergence = {};                              ///< a sentence
    bool same_luck = true;                                    ///< else a branch beside what is none
    bool same_people = true;                                  ///< else nobody can be followed
    double flips = 0;                             ///< people whose furthest act differs, mean
    std::vector<DepartmentFlip> departments = {}; ///< largest share first
};

/// compare.json, as far as a page shows it.
struct CompareData {
    std::string version = {}, seed = {}, command = {};
    std::size_t replicates = 0;
    std::vector<ComparedMeasure> measures = {};
    std::vector<ComparedScenario> scenarios = {};
    std::vector<ComparedContrast> contrasts = {};
};

/// Read what `walkout compare` wrote.
/// @throws io::InputError when the file is damaged
CompareData read_comparison(const std::string& path);

} // namespace walkout::report
