#pragma once

#include "sim/study/estimate.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace walkout::report {

/// What one factor did to one number.
struct FactorEffect {
    std::string words = {};
    Estimate shapley = {};
    Estimate drop_one = {};
    Estimate alone = {};
};

/// One number that was attributed.
struct AttributedNumber {
    std::string name = {}; ///< of the measure
    std::string unit = {}; ///< share or hours
    Estimate with_all = {}, with_none = {}, total = {};
    std::vector<FactorEffect> effects = {}; ///< farthest from zero first
};

struct AttributedFactor {
    std::string words = {};
    std::string kind = {};    ///< cause, event or own
    std::string meaning = {}; ///< what holds without it
};

/// attribution.json, as far as a page shows it.
struct AttributionData {
    std::string title = {};
    std::string scenario = {}; ///< its name in the study
    std::string summary = {};
    std::string command = {};
    std::string version = {}, fingerprint = {};
    std::uint64_t seed = 0, runs = 0;
    std::size_t headcount = 0, replicates = 0, failed = 0, orders = 0;
    bool exact = true;
    double horizon = 0; ///< hours
    std::vector<AttributedFactor> factors = {};
    std::vector<AttributedNumber> numbers = {};
    std::vector<AttributionData> others = {}; ///< further scenarios of the study

    /// Without a second replicate nothing is known about chance.
    bool has_intervals() const { return replicates - failed > 1; }
};

/// Read what `walkout attribute` wrote.
/// @throws io::InputError when the file is damaged
AttributionData read_attribution(const std::string& path);

} // namespace walkout::report
