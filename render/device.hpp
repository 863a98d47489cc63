#pragma once

/// From logical to device pixels, the same way for all painters: edges of boxes and hairlines land
/// on whole pixels, and so does the first glyph of a text.

#include "render/display_list.hpp"
#include "render/fonts.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace walkout::render {

inline constexpr float full_turn = 2 * std::numbers::pi_v<float>;

/// Device pixels = logical pixels * scale + shift.
struct ToDevice {
    float scale = 1;
    Point shift = {};

    Point operator()(Point p) const { return {p.x * scale + shift.x, p.y * scale + shift.y}; }
    Rect operator()(const Rect& r) const
    {
        const Point corner = (*this)(Point{r.x, r.y});
        return {corner.x, corner.y, r.w * scale, r.h * scale};
    }
    /// As seen through a loupe.
    ToDevice through(const Loupe& loupe) const
    {
        const Point at = (*this)(loupe.at);
        const float zoomed = scale * loupe.zoom;
        return {zoomed, {at.x - loupe.focus.x * zoomed, at.y - loupe.focus.y * zoomed}};
    }
};

/// With whole numbers for edges; something stays of everything that had a size.
inline Rect whole_pixels(const Rect& r)
{
    const float x = std::round(r.x), y = std::round(r.y);
    const auto length = [](float from, float rounded, float size) {
        return size > 0 ? std::max(1.F, std::round(from + size) - rounded) : 0.F;
    };
    return {x, y, length(r.x, x, r.w), length(r.y, y, r.h)};
}

/// Whether a box is a small mark, which may move and so is not put on whole pixels.
inline bool is_mark(const Box& box, const ToDevice& to_device)
{
    constexpr float largest = 4;
    return std::max(box.rect.w, box.rect.h) * to_device.scale < largest;
}

/// What a box covers.
inline Rect box_on_device(const Box& box, const ToDevice& to_device)
{
    const Rect r = to_device(box.rect);
    return is_mark(box, to_device) ? r : whole_pixels(r);
}

/// A border as wide as asked for, hairlines exactly one pixel.
inline float border_on_device(float width, const ToDevice& to_device)
{
    const float w = width * to_device.scale;
    return w > 0 && w < 1.5F ? 1.F : w;
}

struct Segment {
    Point from, to;
    float width = 1;
};

/// A line; thin ones that run along an axis cover whole pixels.
inline Segment line_on_device(const Line& line, const ToDevice& to_device)
{
    constexpr float thin = 3.5F, straight = 1e-3F;
    Segment s{to_device(line.from), to_device(line.to), line.width * to_device.scale};
    const bool level = std::abs(s.from.y - s.to.y) < straight;
    const bool upright = std::abs(s.from.x - s.to.x) < straight;
    if (s.width >= thin || level == upright)
        return s;
    s.width = std::max(1.F, std::round(s.width));
    const float shift = std::fmod(s.width, 2.F) / 2;
    const auto across = [shift](float x) { return std::round(x - shift) + shift; };
    if (level)
        s.from = {std::round(s.from.x), across(s.from.y)}, s.to = {std::round(s.to.x), s.from.y};
    else
        s.from = {across(s.from.x), std::round(s.from.y)}, s.to = {s.from.x, std::round(s.to.y)};
    return s;
}

struct Span {
    float top, bottom;
};

/// Where the colors of an area begin and end; neither line may be empty.
inline Span vertical_extent(const Area& area)
{
    const auto higher = [](Point a, Point b) { return a.y < b.y; };
    return {std::min_element(area.upper.begin(), area.upper.end(), higher)->y,
            std::max_element(area.lower.begin(), area.lower.end(), higher)->y};
}

/// A text's glyphs, placed from a start on a whole pixel.
struct PlacedText {
    TextRun run;
    Point at;       ///< of the first glyph, on the baseline; whole numbers
    float size = 0; ///< device pixels
};

inline PlacedText text_on_device(const Text& text, const ToDevice& to_device)
{
    PlacedText placed{.run = {}, .at = to_device(text.at), .size = text.size * to_device.scale};
    placed.run = shaped(text.text, placed.size, text.font);
    const float before = text.align == Align::left     ? 0.F
                         : text.align == Align::center ? placed.run.width / 2
                                                       : placed.run.width;
    placed.at = {std::round(placed.at.x - before), std::round(placed.at.y)};
    return placed;
}

} // namespace walkout::render
