#pragma once

#include "render/report/levers.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// One mix of three weights that sum to 1.
struct Mix {
    std::array<double, 3> weights = {};
    Estimate estimate = {};
};

/// The measure over the mixes of three weights, in one scenario.
struct Triangle {
    std::string words = {};                  ///< the scenario; empty when there is one only
    std::array<std::string, 3> corners = {}; ///< names of the weights
    std::vector<Mix> mixes = {};
    std::optional<std::size_t> baseline = {}; ///< mix that is the scenario as it stands
    Estimate spread = {}; ///< the highest mix minus the lowest, run by run where they share luck

    /// `eco 67 %, ego 33 %`; `eco alone`
    std::string mix_words(std::size_t mix) const;
    std::size_t highest() const;
    std::size_t lowest() const;
};

/// One per scenario of a study whose three parameters sum to 1 at every point; else none.
std::vector<Triangle> triangles_of(const StudyRuns& study);

} // namespace walkout::report
