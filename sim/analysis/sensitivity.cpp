#include "sim/analysis/sensitivity.hpp"

#include "sim/io/problems.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout {

namespace {

using Answer = decltype(MeasureSensitivity::answer);

/// The points that are a sample of the space: all, but of a Saltelli design A and B only.
std::vector<std::size_t> sample_points(const StudySample& sample)
{
    const std::size_t block = sample.parameters.size() + 2;
    std::vector<std::size_t> points;
    for (std::size_t p = 0; p < sample.points.size(); ++p)
        if (sample.design != "saltelli" || p % block < 2)
            points.push_back(p);
    return points;
}

/// Whether all runs that did not fail say the same.
bool is_constant(const Response& response)
{
    double first = std::nan("");
    for (const auto& runs : response.runs)
        for (const double value : runs) {
            if (std::isnan(first))
                first = value;
            if (!std::isnan(value) && value != first)
                return false;
        }
    return true;
}

Answer sobol_answer(const Response& response, const StudySample& sample,
                    const BootstrapParams& params)
{
    auto analysis = sobol_indices(response, sample.parameters.size(), params);
    if (analysis.rows_used < 2)
        return NoAnswer{fmt::format("only {} of {} base points have runs of all their points",
                                    analysis.rows_used, analysis.rows)};
    const bool only_luck = !(analysis.variance.parameters > 0) || analysis.explained.low <= 0;
    if (only_luck)
        return NoAnswer{"what parameters do cannot be told from luck: more replicates would help"};
    return analysis;
}

Answer morris_answer(const Response& response, const StudySample& sample,
                     const BootstrapParams& params)
{
    auto analysis = morris_effects(response, sample.points, params);
    if (analysis.trajectories_used < 2)
        return NoAnswer{fmt::format("only {} of {} trajectories are whole",
                                    analysis.trajectories_used, analysis.trajectories)};
    return analysis;
}

Answer surrogate_answer(const Response& response, const StudySample& sample,
                        const BootstrapParams& params)
{
    auto analysis = fit_surrogate(response, sample.points, sample_points(sample), params);
    if (analysis.kind.empty())
        return NoAnswer{fmt::format("{} points are too few for a surface", analysis.points)};
    return analysis;
}

Answer answer_of(const std::string& kind, const Response& response, const StudySample& sample,
                 const BootstrapParams& params)
{
    if (response.made == response.failed)
        return NoAnswer{"all runs failed"};
    if (is_constant(response))
        return NoAnswer{"it is the same in all runs"};
    if (kind == "sobol")
        return sobol_answer(response, sample, params);
    if (kind == "morris")
        return morris_answer(response, sample, params);
    if (kind == "surrogate")
        return surrogate_answer(response, sample, params);
    return MainEffects{main_effects(response, sample.points, sample.design == "one_at_a_time")};
}

} // namespace

std::string kind_of(const StudySample& sample, const SensitivityParams& params)
{
    const std::string& design = sample.design;
    if (sample.parameters.empty())
        throw io::InputError("walkout: error: the study varies no parameter\n   help: name some "
                             "under 'parameters:' of the study file");
    if (design == "saltelli")
        return params.surrogate ? "surrogate" : "sobol";
    if (design == "morris")
        return "morris";
    if (design == "latin_hypercube" || design == "sobol")
        return "surrogate";
    if (design == "grid" || design == "one_at_a_time")
        return "main_effect";
    throw io::InputError(
        fmt::format("walkout: error: the points of a {} are yours: what they say of a parameter "
                    "depends on how you chose them\n   help: use a design that covers the space: "
                    "grid, one_at_a_time, latin_hypercube, sobol, saltelli or morris",
                    design));
}

std::vector<MeasureSensitivity> analyze(StudySample& sample, const SensitivityParams& params,
                                        const std::function<void()>& done)
{
    const std::string kind = kind_of(sample, params);
    const auto points = sample_points(sample);
    std::vector<MeasureSensitivity> all;
    for (Response& response : sample.responses) {
        MeasureSensitivity one{.replicates = response.replicates(),
                               .variance = variance_split(response, points),
                               .answer = answer_of(kind, response, sample, params.bootstrap)};
        response.runs.clear();
        one.response = std::move(response);
        all.push_back(std::move(one));
        done();
    }
    sample.responses.clear();
    return all;
}

} // namespace walkout
