#pragma once

#include "sim/io/variants.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// How far apart two neighboring anchors of the rubric are.
struct RubricStep {
    double size = 0;     ///< in the unit of the number; of factors the logarithm of the ratio
    bool factor = false; ///< anchors stand in ratios: 0.02, 0.1, 1
};

/// The step of a number, by the end of its path (`breach.severity`); nothing when the rubric names
/// no anchors for it.
std::optional<RubricStep> rubric_step(std::string_view path);

/// A number of a case that somebody coded.
struct CodedInput {
    std::string path = {};
    std::size_t setting = 0; ///< row of `ScenarioVariants::settings()`
    double value = 0;
    RubricStep step = {};
    double low = 0, high = 0; ///< what the number may be
    bool whole = false;

    /// The number after a coding error of some steps; an end of the range holds it.
    double shifted(double steps) const;
};

/// The numbers of kind `coded` that have a step, by rising setting.
std::vector<CodedInput> coded_inputs(const io::ScenarioVariants& variants);

} // namespace walkout
