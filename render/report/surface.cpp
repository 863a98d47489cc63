#include "render/report/surface.hpp"

#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::report {

namespace {

constexpr std::size_t most_levels = 12; ///< beyond, values are put into bins
constexpr std::size_t few_levels = 4;   ///< of a sample: shown as they are

/// The values of a parameter as steps of an axis: single ones, or ranges with equally many.
struct Axis {
    std::size_t parameter = 0;
    std::vector<double> edges = {}; ///< lower ends, rising
    std::vector<std::string> words = {};
    bool binned = false;

    std::optional<std::size_t> step(double value) const
    {
        if (std::isnan(value) || value < edges.front())
            return {};
        return static_cast<std::size_t>(std::ranges::upper_bound(edges, value) - edges.begin()) - 1;
    }
};

Axis axis_of(const StudyRuns& study, std::size_t p, std::size_t bins)
{
    const auto levels = levels_of(study, p);
    Axis axis{.parameter = p};
    axis.binned = levels.size() > (study.sampled() ? few_levels : most_levels);
    const std::size_t steps = axis.binned ? bins : levels.size();
    for (std::size_t k = 0; k < steps; ++k) {
        axis.edges.push_back(levels[k * levels.size() / steps]);
        const std::size_t last = (k + 1) * levels.size() / steps - 1;
        const StudyParameter& parameter = study.background.parameters[p];
        const double middle = roughly((axis.edges.back() + levels[last]) / 2);
        axis.words.push_back(value_words(parameter, axis.binned ? middle : axis.edges.back()));
    }
    return axis;
}

/// As many bins as leave some twenty points in each cell.
std::size_t bins_for(double points)
{
    return static_cast<std::size_t>(std::clamp(std::sqrt(points / 20), 2.0, 8.0));
}

/// The runs of each cell, and whether they are those of one point.
std::vector<Estimate> cells_of(const StudyRuns& study, const Axis& across, const Axis& up)
{
    std::vector<Grouped> runs(across.edges.size() * up.edges.size());
    std::vector<std::size_t> points(runs.size());
    for (const Member& member : study.members) {
        const auto column = across.step(member.values[across.parameter]);
        const auto row = up.step(member.values[up.parameter]);
        if (member.scenario != 0 || !column || !row)
            continue;
        Grouped& cell = runs[*row * across.edges.size() + *column];
        points[*row * across.edges.size() + *column] += member.runs() > 0 ? 1U : 0U;
        for (std::size_t k = 0; k < member.runs(); ++k) {
            cell.values.push_back(member.headline[k]);
            cell.groups.push_back(group_of(study, member, k));
        }
    }
    std::vector<Estimate> cells;
    for (std::size_t k = 0; k < runs.size(); ++k)
        cells.push_back(runs[k].values.empty() ? Estimate{}
                                               : estimate_of(study, runs[k], points[k] == 1));
    return cells;
}

/// Where the scenario stands: only where no other parameter is averaged over.
void set_baseline(HeatMap& map, const StudyRuns& study, const Axis& across, const Axis& up)
{
    if (study.design != "grid" || map.averaged_over > 0 || map.binned)
        return;
    const Baseline baseline = baseline_of(study, 0);
    if (!baseline.member)
        return;
    const auto& values = study.members[*baseline.member].values;
    const auto column = across.step(values[across.parameter]);
    const auto row = up.step(values[up.parameter]);
    if (column && row) {
        map.baseline = *row * map.columns.size() + *column;
        map.exact = baseline.exact;
        map.baseline_words = start_words(study.background.scenarios[0]);
    }
}

} // namespace

std::optional<HeatMap> heat_map_of(const StudyRuns& study, const Levers& levers)
{
    if ((study.design != "grid" && !study.sampled()) || levers.levers.size() < 2)
        return {};
    const std::size_t bins = bins_for(static_cast<double>(study.members.size()));
    std::size_t first = levers.levers[0].parameter, second = levers.levers[1].parameter;
    if (study.background.parameters.size() == 2) { // as the file has them
        first = 0;
        second = 1;
    }
    const Axis across = axis_of(study, first, bins), up = axis_of(study, second, bins);
    HeatMap map{.across_words = lever_words(study.background.parameters[across.parameter]),
                .up_words = lever_words(study.background.parameters[up.parameter]),
                .columns = across.words,
                .rows = up.words,
                .cells = cells_of(study, across, up),
                .binned = across.binned || up.binned,
                .averaged_over = levers.levers.size() - 2};
    set_baseline(map, study, across, up);
    return map;
}

std::optional<Response> response_of(const StudyRuns& study, const Levers& levers)
{
    const auto lever = std::ranges::find_if(levers.levers, [&](const Lever& one) {
        return levels_of(study, one.parameter).size() >= 3;
    });
    if (lever == levers.levers.end())
        return {};
    const std::size_t p = lever->parameter;
    const Axis axis = axis_of(study, p, most_levels - 2);
    Response response{.words = lever->words,
                      .others_fixed = study.design == "one_at_a_time" ||
                                      study.background.parameters.size() == 1,
                      .binned = axis.binned};
    const bool single = response.others_fixed && !axis.binned && !study.sampled();
    for (std::size_t k = 0; k < axis.edges.size(); ++k) {
        const Grouped runs = runs_where(study, [&](const Member& member) {
            return member.scenario == 0 && axis.step(member.values[p]) == k &&
                   (!response.others_fixed || moves_only(study, member, p));
        });
        if (!runs.values.empty())
            response.steps.push_back({axis.words[k], estimate_of(study, runs, single)});
        const double own = study.background.parameters[p].own;
        if (single && axis.edges[k] == own && !runs.values.empty())
            response.baseline = response.steps.size() - 1;
    }
    return response;
}

} // namespace walkout::report
