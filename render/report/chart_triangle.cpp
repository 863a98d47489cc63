#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace walkout::report {

using namespace render;

namespace {

constexpr float top = 34, below = 30;
constexpr float height_of_side = 0.8660254F; ///< of a triangle with equal sides

/// Where mixes stand: the first weight's corner is at the top, the second's left, the third's
/// right.
struct Ternary {
    Point left = {}; ///< the second weight's corner
    float side = 1;

    Point at(const std::array<double, 3>& weights) const
    {
        return {left.x + side * px(weights[2] + weights[0] / 2),
                left.y - side * height_of_side * px(weights[0])};
    }
};

/// The least distance between two mixes, in sides of the triangle.
float spacing_of(const Triangle& triangle)
{
    const Ternary unit;
    float least = 1;
    for (std::size_t i = 0; i < triangle.mixes.size(); ++i)
        for (std::size_t j = i + 1; j < triangle.mixes.size(); ++j) {
            const Point a = unit.at(triangle.mixes[i].weights);
            const Point b = unit.at(triangle.mixes[j].weights);
            least = std::min(least, std::hypot(a.x - b.x, a.y - b.y));
        }
    return std::max(least, 0.02F);
}

/// A cell that touches its neighbors on a regular triangle, standing on a corner.
std::vector<Point> hexagon(Point middle, float radius)
{
    std::vector<Point> points;
    for (int k = 0; k < 6; ++k) {
        const float angle = (px(k) + 0.5F) * std::numbers::pi_v<float> / 3;
        points.push_back(
            {middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    return points;
}

/// With a decimal where whole points of 100 would look alike.
std::string mix_text(double value, std::pair<double, double> range, const MeasureWords& words)
{
    const bool narrow = words.in_percent() && range.second - range.first < 0.1;
    return narrow ? fmt::format("{:.1f}", 100 * value) : words.bare(value);
}

void draw_mix(Layer& layer, Point at, float radius, double share, const std::string& text)
{
    const Palette& c = light();
    layer.add(Shape{hexagon(at, radius - 0.5F), sequential(share)});
    const float room = radius * 1.7F;
    const float size = text_width(text, 12, Font::medium) <= room ? 12.0F : 9.5F;
    if (text_width(text, size, Font::medium) <= room)
        write(layer, {at.x, at.y + 4}, text,
              {size, Font::medium, share > 0.55 ? c.panel : c.text, Align::center});
}

void draw_corners(Layer& layer, const Triangle& triangle, const Ternary& place, float radius)
{
    const Type type{12.5F, Font::medium, light().text, Align::center};
    write(layer, {place.left.x + place.side / 2, top - 12}, triangle.corners[0], type);
    const float y = place.left.y + radius + 18;
    write(layer, {place.left.x, y}, triangle.corners[1], type);
    write(layer, {place.left.x + place.side, y}, triangle.corners[2], type);
}

} // namespace

std::pair<double, double> triangle_range(const std::vector<Triangle>& triangles)
{
    double low = never, high = -never;
    for (const Triangle& triangle : triangles)
        for (const Mix& mix : triangle.mixes) {
            low = std::min(low, mix.estimate.value);
            high = std::max(high, mix.estimate.value);
        }
    return {low, high > low ? high : low + 1};
}

DisplayList triangle_chart(const Triangle& triangle, std::pair<double, double> range,
                           const MeasureWords& words, float width)
{
    constexpr float widest = 430;
    const float spacing = spacing_of(triangle);
    // Cells at the corners stand out by half a spacing on both sides.
    const float side = std::min(width - 60, widest) / (1 + spacing);
    const float radius = side * spacing / std::numbers::sqrt3_v<float>;
    const Ternary place{{(width - side) / 2, top + radius + side * height_of_side}, side};
    Layer layer;
    for (const Mix& mix : triangle.mixes)
        draw_mix(layer, place.at(mix.weights), radius,
                 (mix.estimate.value - range.first) / (range.second - range.first),
                 mix_text(mix.estimate.value, range, words));
    if (triangle.baseline) {
        auto ring = hexagon(place.at(triangle.mixes[*triangle.baseline].weights), radius);
        ring.push_back(ring.front());
        layer.add(Path{std::move(ring), 2.6F, light().signed_letter});
    }
    draw_corners(layer, triangle, place, radius);
    return list_of(std::move(layer), width, place.left.y + radius + below);
}

} // namespace walkout::report
