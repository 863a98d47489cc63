#pragma once

/// Shapes with soft edges as quads, in device pixels. Edges need no multisampling: their outermost
/// pixel fades out by the colors of vertices.

#include "render/atlas.hpp"
#include "render/display_list.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace walkout::render {

struct Vertex {
    Point at; ///< device pixels
    Color color;
    Point texel; ///< of the atlas
};

/// A cross-section of a ribbon: four rails, the outer ones transparent.
struct Station {
    std::array<Point, 4> rails; ///< from left to right
    std::array<Color, 4> colors;
};

class Quads {
public:
    std::vector<Vertex> vertices; ///< four for each quad

    /// Of whole pixels: no soft edges.
    void rectangle(const Rect& r, Color color);
    void box(const Rect& r, float radius, Color color);
    /// A border in the middle of which `r` lies.
    void border(const Rect& r, float radius, float width, Color color, Dash dash);
    void disc(Point at, float r, Color color);
    void glow(Point at, float r, Color color);
    /// Convex, either way round.
    void polygon(std::span<const Point> points, Color color);
    /// `r` in the middle of its width; angles clockwise from east, `from` <= `to`.
    void arc(Point at, float r, float from, float to, float width, Color color, Dash dash);
    void line(Point from, Point to, float width, Color start, Color end, Dash dash);
    /// A line with round joins.
    void path(std::span<const Point> points, float width, Color color, Dash dash);
    /// Between two lines of as many points, left to right; colors for each point of both.
    void area(std::span<const Point> upper, std::span<const Point> lower,
              std::span<const Color> upper_colors, std::span<const Color> lower_colors);
    /// A mask, one texel on one pixel.
    void stamp(const Atlas::Slot& slot, int x, int y, Color color);

private:
    void quad(const std::array<Point, 4>& corners, const std::array<Color, 4>& colors);
    void strip(std::span<const Station> stations);
    void ribbon(std::span<const Station> stations, Point start, Point end);
    void closed_ribbon(std::span<const Point> points, float width, Color color);
    void polyline(std::span<const Point> points, float width, Color color);
    void dashed(std::span<const Point> points, float width, Color color, Dash dash);
};

} // namespace walkout::render
