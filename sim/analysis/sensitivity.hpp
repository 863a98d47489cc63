#pragma once

#include "sim/analysis/main_effect.hpp"
#include "sim/analysis/morris.hpp"
#include "sim/analysis/sobol.hpp"
#include "sim/analysis/surrogate.hpp"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace walkout {

struct MainEffects {
    std::vector<MainEffect> parameters = {};
};

/// No answer, and why.
struct NoAnswer {
    std::string reason = {};
};

/// What the parameters of a study do to one measure in one scenario. Effects are by parameter.
struct MeasureSensitivity {
    Response response = {}; ///< without its runs
    std::size_t replicates = 0;
    VarianceSplit variance = {}; ///< over the points of the design; of Saltelli's over A and B
    std::variant<NoAnswer, SobolAnalysis, MorrisAnalysis, SurrogateAnalysis, MainEffects> answer =
        {};
};

struct SensitivityParams {
    BootstrapParams bootstrap = {};
    bool surrogate = false; ///< fit a surface to the points of a Saltelli design too
};

/// Which question the design of a sample can answer: `sobol`, `morris`, `surrogate` or
/// `main_effect`. @throws io::InputError when it can answer none
std::string kind_of(const StudySample& sample, const SensitivityParams& params);

/// Analyze all measures of a sample, in its order; their runs are given up.
/// @param done  called after each measure
std::vector<MeasureSensitivity> analyze(StudySample& sample, const SensitivityParams& params,
                                        const std::function<void()>& done);

} // namespace walkout
