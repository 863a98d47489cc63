#include "render/report/charts.hpp"

#include "render/report/attribution_data.hpp"
#include "render/report/chart_parts.hpp"
#include "render/report/quantity.hpp"
#include "render/report/value_rows.hpp"

#include <algorithm>

namespace walkout::report {

using namespace render;

namespace {

constexpr float bar_height = 9, above = 5, below = 7; ///< of the middle of a row

std::pair<double, double> range_of(const AttributedNumber& number, std::size_t rows)
{
    double low = 0, high = 0;
    for (std::size_t k = 0; k < rows; ++k)
        for (const Estimate* e : {&number.effects[k].shapley, &number.effects[k].drop_one}) {
            low = std::min(low, e->low);
            high = std::max(high, e->high);
        }
    return high > low ? axis_range(low, high, false) : std::pair{0.0, 1.0};
}

void draw_bar(Layer& layer, const ValueRows& rows, float y, double value)
{
    const float zero = rows.plot.x(0), end = rows.plot.x(value);
    layer.add(Box{{std::min(zero, end), y - bar_height / 2, std::abs(end - zero), bar_height},
                  0,
                  light().signed_letter});
}

void draw_effect(Layer& layer, const ValueRows& rows, std::size_t k, const FactorEffect& effect,
                 const std::string& value)
{
    const Palette& c = light();
    const float y = rows.middle(k);
    draw_bar(layer, rows, y - above, effect.shapley.value);
    draw_whisker(layer, rows, y - above, effect.shapley);
    draw_whisker(layer, rows, y + below, effect.drop_one);
    const Point at{rows.plot.x(effect.drop_one.value), y + below};
    layer.add(Disc{at, 3.6F, c.panel});
    layer.add(Ring{at, 3.6F, 1.6F, c.board});
    draw_name(layer, rows, k, effect.words, effect.shapley.excludes_zero());
    write(layer, {rows.plot.area.x + rows.plot.area.w + 10, y + 2}, value,
          {11.5F, Font::medium, c.text});
}

void draw_key(Layer& layer)
{
    const Palette& c = light();
    layer.add(Box{{0, 5, 14, bar_height}, 0, c.signed_letter});
    write(layer, {20, 14}, "mean over all orders (Shapley)", {12, Font::regular, c.second});
    layer.add(Ring{{226, 9.5F}, 3.6F, 1.6F, c.board});
    write(layer, {236, 14}, "last to come in (drop one)", {12, Font::regular, c.second});
}

} // namespace

DisplayList attribution_chart(const AttributedNumber& number, float width)
{
    const std::size_t shown = std::min(number.effects.size(), attribution_rows);
    float right = 24;
    for (std::size_t k = 0; k < shown; ++k)
        right = std::max(right, 14 + text_width(change_of(number.unit, number.effects[k].shapley),
                                                11.5F, Font::medium));
    const ValueRows rows = value_rows(shown, width, right, range_of(number, shown));
    Layer layer;
    draw_key(layer);
    for (const double tick : nice_ticks(rows.plot.left, rows.plot.right, 5))
        draw_tick(layer, rows, tick, tick_of(number.unit, tick));
    draw_vline(layer, rows.plot.x(0), ValueRows::top - 4, rows.bottom() + 4, light().third);
    for (std::size_t k = 0; k < shown; ++k)
        draw_effect(layer, rows, k, number.effects[k],
                    change_of(number.unit, number.effects[k].shapley));
    return list_of(std::move(layer), width, rows.bottom() + ValueRows::axis_height);
}

} // namespace walkout::report
