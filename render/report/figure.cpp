#include "render/report/figure.hpp"

#include "render/chart_kit.hpp"
#include "render/report/chart_parts.hpp"

#include <algorithm>

namespace walkout::report {

using namespace render;

namespace {

void shift(Point& point, Point by)
{
    point.x += by.x;
    point.y += by.y;
}

/// The same item elsewhere. Every kind has its places under the same names.
template <class Kind> Kind shifted(Kind item, Point by)
{
    if constexpr (requires { item.at; })
        shift(item.at, by);
    if constexpr (requires { item.focus; })
        shift(item.focus, by);
    if constexpr (requires { item.rect; }) {
        item.rect.x += by.x;
        item.rect.y += by.y;
    }
    if constexpr (requires { item.start; }) {
        shift(item.from, by);
        shift(item.to, by);
    }
    if constexpr (requires { item.points; })
        for (Point& point : item.points)
            shift(point, by);
    if constexpr (requires { item.upper; })
        for (auto* edge : {&item.upper, &item.lower})
            for (Point& point : *edge)
                shift(point, by);
    return item;
}

void add_shifted(Layer& layer, const DisplayList& list, Point by)
{
    for (const auto& part : list.layers)
        for (const Item& item : part->items)
            std::visit([&](const auto& one) { layer.add(shifted(one, by)); }, item);
}

} // namespace

DisplayList figure(const std::vector<Chart>& charts)
{
    constexpr float margin = 16, words = 48;
    const Palette& c = light();
    std::vector<Point> places;
    float width = 0, height = 0;
    Point at{margin, margin};
    for (const Chart& chart : charts) {
        if (chart.new_row)
            at = {margin, height + chart_gap};
        places.push_back(at);
        at.x += chart.picture.width + chart_gap;
        width = std::max(width, at.x - chart_gap);
        height = std::max(height, at.y + words + chart.picture.height);
    }
    width += margin;
    height += margin;
    Layer layer;
    layer.add(Box{{0, 0, width, height}, 0, c.panel});
    for (std::size_t k = 0; k < charts.size(); ++k) {
        const Chart& chart = charts[k];
        const Point from = places[k];
        write(layer, {from.x, from.y + 15},
              fitted(chart.title, chart.picture.width, 15, Font::bold), {15, Font::bold, c.text});
        write(layer, {from.x, from.y + 34},
              fitted(chart.note, chart.picture.width, 12, Font::regular),
              {12, Font::regular, c.second});
        add_shifted(layer, chart.picture, {from.x, from.y + words});
    }
    return list_of(std::move(layer), width, height);
}

} // namespace walkout::report
