#pragma once

#include "render/chart_kit.hpp"
#include "render/display_list.hpp"
#include "sim/study/estimate.hpp"

#include <string>
#include <utility>

namespace walkout::report {

/// Rows below each other beside a value axis: what bar charts share.
struct ValueRows {
    static constexpr float top = 44, row_most = 31, axis_height = 28, names_width = 148;

    render::Plot plot;
    float row = row_most;

    float middle(std::size_t k) const { return top + row * (static_cast<float>(k) + 0.5F); }
    float bottom() const { return plot.area.y + plot.area.h; }
};

/// @param right  logical pixels beside the plot
/// @param range  values at the sides
ValueRows value_rows(std::size_t rows, float width, float right, std::pair<double, double> range);

/// A grid line with its words below.
void draw_tick(render::Layer& layer, const ValueRows& rows, double value, const std::string& words);

/// The name of a row, strong when its number is more than noise.
void draw_name(render::Layer& layer, const ValueRows& rows, std::size_t k, const std::string& name,
               bool strong);

/// The interval, cut at the sides.
void draw_whisker(render::Layer& layer, const ValueRows& rows, float y, const Estimate& estimate);

/// A bar around `y`; nothing where it would be thinner than half a pixel.
void draw_bar_to(render::Layer& layer, const ValueRows& rows, float y, double from, double to,
                 render::Color fill);

} // namespace walkout::report
