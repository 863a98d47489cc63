#include "render/report/value_rows.hpp"

#include "render/report/chart_parts.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::report {

using namespace render;

ValueRows value_rows(std::size_t rows, float width, float right, std::pair<double, double> range)
{
    constexpr float gap = 10, rows_most = 310;
    ValueRows frame;
    frame.row = std::min(ValueRows::row_most, std::floor(rows_most / static_cast<float>(rows)));
    const float left = ValueRows::names_width + gap;
    frame.plot.area = {left, ValueRows::top, width - left - right,
                       frame.row * static_cast<float>(rows)};
    frame.plot.left = range.first;
    frame.plot.right = range.second;
    return frame;
}

void draw_tick(Layer& layer, const ValueRows& rows, double value, const std::string& words)
{
    const Palette& c = light();
    const float x = rows.plot.x(value);
    draw_vline(layer, x, ValueRows::top - 4, rows.bottom() + 4, c.hairline);
    write(layer, {x, rows.bottom() + 19}, words, {11, Font::regular, c.third, Align::center});
}

void draw_name(Layer& layer, const ValueRows& rows, std::size_t k, const std::string& name,
               bool strong)
{
    const Font font = strong ? Font::medium : Font::regular;
    write(layer, {0, rows.middle(k) + 4.5F}, fitted(name, ValueRows::names_width, 13, font),
          {13, font, light().text});
}

void draw_whisker(Layer& layer, const ValueRows& rows, float y, const Estimate& estimate)
{
    const float from = rows.plot.x(std::max(estimate.low, rows.plot.left));
    const float to = rows.plot.x(std::min(estimate.high, rows.plot.right));
    const Color color = light().text;
    layer.add(Line{{from, y}, {to, y}, 1.2F, color, color});
}

void draw_bar_to(Layer& layer, const ValueRows& rows, float y, double from, double to, Color fill)
{
    const float a = rows.plot.x(from), b = rows.plot.x(to);
    const float height = std::max(8.0F, std::floor(rows.row * 0.52F));
    if (std::abs(a - b) >= 0.5F)
        layer.add(Box{{std::min(a, b), y - height / 2, std::abs(a - b), height}, 2, fill});
}

} // namespace walkout::report
