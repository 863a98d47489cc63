#pragma once

#include "render/display_list.hpp"
#include "render/report/attribution_data.hpp"
#include "render/report/compare_data.hpp"
#include "render/report/posterior_data.hpp"
#include "render/report/report_data.hpp"
#include "render/report/validation_data.hpp"

namespace walkout::report {

/// Charts of a page, light theme. Pure functions of plain data; logical pixels.

/// Levers as bars from the baseline, with 95 % whiskers.
render::DisplayList tornado_chart(const Levers& levers, const MeasureWords& words, float width);

/// Total effects as bars from zero.
render::DisplayList total_effects_chart(const TotalEffects& totals, float width);

render::DisplayList heat_chart(const HeatMap& map, const MeasureWords& words, float width);
render::DisplayList response_chart(const Response& response, const MeasureWords& words,
                                   float width);

/// Shapley values as bars from zero, farthest first, and drop-ones as rings below them, with 95 %
/// whiskers; at most `attribution_rows` factors.
render::DisplayList attribution_chart(const AttributedNumber& number, float width);
inline constexpr std::size_t attribution_rows = 12;

/// Mixes of three weights as hexagons in a triangle, colored between the ends of `range`.
render::DisplayList triangle_chart(const Triangle& triangle, std::pair<double, double> range,
                                   const MeasureWords& words, float width);

/// From the lowest to the highest mix of all, so that triangles side by side compare.
std::pair<double, double> triangle_range(const std::vector<Triangle>& triangles);

/// Of a measure in hours: the share of runs that still wait, hour by hour.
render::DisplayList waits_chart(const Waits& waits, float width);

/// Bands of 50, 80 and 95 % of the runs, with what history counted.
render::DisplayList fan_chart(const Fan& fan, float width);

/// The same over the hours of its record, which is drawn whole: filled where the fit saw a count,
/// with the range that reports leave open.
render::DisplayList fitted_fan_chart(const Fan& fan, float width);

/// Recorded numbers at the place that they take among the runs of posterior draws, one a row;
/// at most `most` of them, those that were fitted first.
render::DisplayList recorded_chart(const PosteriorData& data, float width, std::size_t most);
inline constexpr std::size_t recorded_rows = 18;

/// One small picture per parameter: the posterior over the mass of its prior.
render::DisplayList marginals_chart(const PosteriorData& data, float width);

/// Draws of each pair of parameters as ranks within their priors, with the correlations above the
/// diagonal.
render::DisplayList pairs_chart(const PosteriorData& data, float width);
std::size_t pairs_step(const PosteriorData& data); ///< every which draw is a dot

/// A fan without words for a row of a table.
render::DisplayList small_fan(const Fan& fan, std::pair<Hours, Hours> hours, float width);

/// Medians of several fans with bands from the level below to the level above, in their colors.
render::DisplayList curves_chart(const std::vector<const Fan*>& fans, float width);
render::Color compared_color(std::size_t scenario);

/// How each scenario ends: a bar of outcomes under its name.
render::DisplayList outcomes_chart(const std::vector<ComparedScenario>& scenarios, float width);

/// Share of each department whose people act otherwise.
render::DisplayList departments_chart(const std::vector<DepartmentFlip>& departments, float width);
inline constexpr std::size_t departments_shown = 12;

/// Recorded shares in the intervals that the model and the regression predict.
render::DisplayList validation_chart(const std::vector<const ValidationCase*>& cases, float width);

/// Interval scores of all predictors as bars.
render::DisplayList scores_chart(const std::vector<ValidationScore>& scores, float width);

/// Shares of the outcomes, side by side.
render::DisplayList outcome_bar(const std::array<double, outcome_names.size()>& shares,
                                float width);
render::Color outcome_color(std::size_t outcome);

/// A difference with its interval as a bar from zero; `extent` are the values at both ends.
render::DisplayList change_bar(const Estimate& change, std::pair<double, double> extent,
                               const std::string& text, float width);

} // namespace walkout::report
