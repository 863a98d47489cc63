#pragma once

/// What charts and controls are made of: words for numbers, axes, lines of text. Knows palettes and
/// display lists, no story.

#include "render/fonts.hpp"
#include "render/palette.hpp"
#include "sim/core/types.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace walkout::render {

/// Logical pixels of a number.
constexpr float px(double value)
{
    return static_cast<float>(value);
}

inline constexpr Color transparent{0, 0, 0, 0};

/// The same rectangle with all sides moved outwards.
Rect grown(Rect rect, float by);

// ---------------------------------------------------------------- words

inline constexpr std::string_view minus = "\u2212";

std::string grouped(long number);      ///< `12,345`
std::string signed_count(long number); ///< `+253`, `0`, `−4`

/// `+35.9`, `−4`; nothing before a zero.
std::string signed_number(double value, int digits);

/// Figures behind the point that mean something in a difference: one where its interval is narrower
/// than six, else none.
int digits_of_change(double low, double high);
std::string percent(double share);         ///< `65.1 %`
std::string ordinal(std::uint32_t number); ///< `1st`, `130th`
std::string counted(long number, std::string_view one,
                    std::string_view many); ///< `1 tie`, `2 ties`
std::string readable(std::string_view key); ///< `director_1` -> `Director 1`

// ---------------------------------------------------------------- axes

/// Round numbers (1, 2 or 5 times a power of ten apart) in [low, high], at most `most` of them.
std::vector<double> nice_ticks(double low, double high, int most);

/// Whole hours of the day apart, at most `most` steps in a span.
Hours nice_hours(Hours span, int most);

/// Values to pixels.
struct Plot {
    Rect area;
    double left = 0, right = 1; ///< values at the sides
    double bottom = 0, top = 1;

    float x(double value) const { return area.x + area.w * px((value - left) / (right - left)); }
    float y(double value) const { return area.y + area.h * px((top - value) / (top - bottom)); }
    Point at(double across, double up) const { return {x(across), y(up)}; }
    bool spans(double across) const { return across >= left && across <= right; }
};

/// Grid lines with numbers at the left; the lowest line is stronger.
void draw_value_axis(const Palette& c, Layer& layer, const Plot& plot,
                     const std::vector<std::pair<double, std::string>>& ticks);

// ---------------------------------------------------------------- marks

/// Rectangles taken by labels, so that none covers another.
class Taken {
public:
    /// Take a rectangle if it is free and lies inside, or nearly.
    bool take(const Rect& rect, const Rect& inside);
    void block(const Rect& rect) { rects_.push_back(rect); }

private:
    std::vector<Rect> rects_;
};

/// `#F3F1EA` at 0 to `#0B4F45` at 1, for surfaces with a number in every cell.
Color sequential(double share);

/// How words look.
struct Type {
    float size = 13;
    Font font = Font::regular;
    Color color = {};
    Align align = Align::left;
};

/// A line of text; `at` is on the baseline.
void write(Layer& layer, Point at, std::string text, const Type& type);

void draw_hline(Layer& layer, float from, float to, float y, Color color, float width = 1);
void draw_vline(Layer& layer, float x, float from, float to, Color color, float width = 1);

} // namespace walkout::render
