#pragma once

/// What there is to draw, without any idea of how: the scene makes display lists, the painters
/// (`sfml_painter`, `cairo_painter`) draw them. Coordinates are logical pixels, x right, y down;
/// angles are radians, clockwise from east. A painter multiplies by the UI scale.

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace walkout::render {

struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;

    /// 0xRRGGBB
    static constexpr Color hex(std::uint32_t rgb)
    {
        return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
                static_cast<std::uint8_t>(rgb), 255};
    }
    /// The same color, `alpha` in [0, 1] times as opaque.
    Color faded(double alpha) const;
    bool operator==(const Color&) const = default;
};

/// From `a` (t = 0) to `b` (t = 1), channel by channel.
Color mix(Color a, Color b, double t);

struct Point {
    float x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    bool contains(Point p) const { return p.x >= x && p.x < x + w && p.y >= y && p.y < y + h; }
    bool operator==(const Rect&) const = default;
};

/// Lengths of dash and gap; both 0: solid.
struct Dash {
    float on = 0, off = 0;
    bool solid() const { return on <= 0; }
};

enum class Font : std::uint8_t { regular, medium, bold, condensed };
enum class Align : std::uint8_t { left, center, right };

// clang-format off
struct Disc   { Point at = {}; float r = 0; Color fill = {}; };
struct Ring   { Point at = {}; float r = 0; float width = 1; Color color = {}; Dash dash = {}; };
struct Arc    { Point at = {}; float r = 0; float from = 0, to = 0; float width = 1; Color color = {}; Dash dash = {}; };
struct Sector { Point at = {}; float inner = 0, outer = 0; float from = 0, to = 0; Color fill = {}; };
/// A rectangle with round corners; the border lies inside. Transparent fill or width 0: none.
struct Box    { Rect rect = {}; float radius = 0; Color fill = {}; Color border = {0, 0, 0, 0}; float width = 0; Dash dash = {}; };
/// A straight line whose color runs from one end to the other.
struct Line   { Point from = {}, to = {}; float width = 1; Color start = {}; Color end = {}; Dash dash = {}; };
/// A polyline with round joins.
struct Path   { std::vector<Point> points = {}; float width = 1; Color color = {}; Dash dash = {}; };
/// The surface between a polyline, left to right, and another with the same x; colors run down.
struct Area   { std::vector<Point> upper = {}; std::vector<Point> lower = {}; Color top = {}; Color bottom = {}; };
/// A convex polygon.
struct Shape  { std::vector<Point> points = {}; Color fill = {}; };
/// Light that fades to nothing at `r`.
struct Glow   { Point at = {}; float r = 0; Color color = {}; };
/// One line of text. `at` is on the baseline; painters put the first glyph on a whole pixel.
struct Text   { Point at = {}; std::string text = {}; float size = 13; Font font = Font::regular; Color color = {}; Align align = Align::left; };
/// What follows is cut to a rectangle, until `Unclip`. Clips nest.
struct Clip   { Rect rect = {}; };
/// What follows is cut to a disc and seen `zoom` times larger around `focus`, which lands on `at`.
struct Loupe  { Point at = {}; float r = 0; Point focus = {}; float zoom = 1; };
struct Unclip {};
// clang-format on

using Item = std::variant<Disc, Ring, Arc, Sector, Box, Line, Path, Area, Shape, Glow, Text, Clip,
                          Loupe, Unclip>;

/// Items in drawing order. A layer that lists share (`still`) may be drawn once and kept by a
/// painter as long as it lives: a scene hands out the same pointer as long as nothing in it
/// changes. Only layers at the bottom of a list, below all that change, are kept. Clips end with
/// their layer.
struct Layer {
    std::vector<Item> items = {};
    bool still = false;

    template <class T> void add(T item) { items.emplace_back(std::move(item)); }
};

struct DisplayList {
    float width = 0, height = 0; ///< logical pixels
    float scale = 1;             ///< device pixels per logical one
    std::vector<std::shared_ptr<const Layer>> layers = {};
};

/// Hash of everything that is drawn, coordinates rounded to 0.01 px and angles to 0.0001: equal
/// hashes, equal pictures.
std::uint64_t hash_of(const DisplayList& list);

/// The list as text, one item a line, for golden files and for looking at.
std::string dump(const DisplayList& list);

} // namespace walkout::render
