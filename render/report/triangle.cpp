#include "render/report/triangle.hpp"

#include "render/chart_kit.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace walkout::report {

namespace {

constexpr double rounding = 1e-3; ///< of weights written with four figures

bool sums_to_one(const std::vector<double>& values)
{
    return std::ranges::all_of(values, [](double value) { return value >= 0; }) &&
           std::abs(std::accumulate(values.begin(), values.end(), 0.0) - 1) <= rounding;
}

bool is_of_mixes(const StudyRuns& study)
{
    const auto& parameters = study.background.parameters;
    const auto is_amount = [](const StudyParameter& p) {
        return !p.flag && p.change == ChangeKind::value;
    };
    return parameters.size() == 3 && std::ranges::all_of(parameters, is_amount) &&
           study.points > 1 && std::ranges::all_of(study.members, sums_to_one, &Member::values);
}

Triangle triangle_of(const StudyRuns& study, std::size_t scenario)
{
    Triangle triangle;
    if (study.background.scenarios.size() > 1)
        triangle.words = render::readable(study.background.scenarios[scenario].name);
    for (std::size_t p = 0; p < triangle.corners.size(); ++p)
        triangle.corners[p] = lever_words(study.background.parameters[p]);
    const Baseline baseline = baseline_of(study, scenario);
    std::vector<const Member*> members;
    for (std::size_t m = 0; m < study.members.size(); ++m) {
        const Member& member = study.members[m];
        if (member.scenario != scenario || member.runs() == 0)
            continue;
        if (baseline.exact && baseline.member == m)
            triangle.baseline = triangle.mixes.size();
        triangle.mixes.push_back(
            {{member.values[0], member.values[1], member.values[2]}, estimate_of(study, member)});
        members.push_back(&member);
    }
    if (!members.empty())
        triangle.spread =
            change_between(study, *members[triangle.highest()], *members[triangle.lowest()]);
    return triangle;
}

double value_of(const Mix& mix)
{
    return mix.estimate.value;
}

} // namespace

std::string Triangle::mix_words(std::size_t mix) const
{
    const auto& weights = mixes[mix].weights;
    std::array<std::size_t, 3> order{0, 1, 2};
    std::ranges::stable_sort(order, std::greater<>{}, [&](std::size_t k) { return weights[k]; });
    if (weights[order[0]] >= 1 - rounding)
        return in_sentence(corners[order[0]]) + " alone";
    if (weights[order[0]] - weights[order[2]] <= rounding)
        return "an even mix";
    std::vector<std::string> parts;
    for (const std::size_t k : order)
        if (weights[k] > rounding)
            parts.push_back(fmt::format("{} {:.0f} %", in_sentence(corners[k]), 100 * weights[k]));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::size_t Triangle::highest() const
{
    return static_cast<std::size_t>(std::ranges::max_element(mixes, {}, value_of) - mixes.begin());
}

std::size_t Triangle::lowest() const
{
    return static_cast<std::size_t>(std::ranges::min_element(mixes, {}, value_of) - mixes.begin());
}

std::vector<Triangle> triangles_of(const StudyRuns& study)
{
    std::vector<Triangle> triangles;
    if (!is_of_mixes(study))
        return triangles;
    for (std::size_t s = 0; s < study.background.scenarios.size(); ++s)
        if (Triangle triangle = triangle_of(study, s); !triangle.mixes.empty())
            triangles.push_back(std::move(triangle));
    return triangles;
}

} // namespace walkout::report
