#pragma once

/// Small things that all parts around the stage are made of: words for numbers, axes, icons,
/// buttons.

#include "render/fonts.hpp"
#include "render/parts.hpp"

#include <optional>
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

/// The whole picture.
Rect window_of(const Picture& p);

/// The same rectangle with all sides moved outwards.
Rect grown(Rect rect, float by);

// ---------------------------------------------------------------- words

std::string grouped(long number);          ///< `12,345`
std::string signed_count(long number);     ///< `+253`, `0`, `−4`
std::string percent(double share);         ///< `65.1 %`
std::string value_text(double value);      ///< `0.86`, `−0.09`
std::string signed_value(double value);    ///< `+0.26`, `−0.09`, `0.00`
std::string ordinal(std::uint32_t number); ///< `1st`, `130th`
std::string counted(long number, std::string_view one,
                    std::string_view many); ///< `1 tie`, `2 ties`
std::string readable(std::string_view key); ///< `director_1` -> `Director 1`

/// Time from a moment until now, as the clock shows both: whole minutes passed, or whole minutes
/// still to come rounded up, so that moment + duration = clock.
/// @param hours  negative before the moment
std::string duration_text(Hours hours);

/// What keeps a director from giving way, in words.
/// @param hold  margin left, 1 at the start
std::string_view hold_word(double hold);

// ---------------------------------------------------------------- axes

/// Round numbers (1, 2 or 5 times a power of ten apart) in [low, high], at most `most` of them.
std::vector<double> nice_ticks(double low, double high, int most);

/// Whole hours of the day apart, at most `most` steps in a span.
Hours nice_hours(Hours span, int most);

/// Moments in [from, to] at which the local clock shows a multiple of `step` since midnight.
std::vector<Hours> hour_ticks(const Story& story, Hours from, Hours to, Hours step);

/// `08:00`; the weekday at midnight.
std::string hour_label(const Story& story, Hours time);

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

/// Clock labels under a plot, thinned to the room.
void draw_clock_axis(const Picture& p, Layer& layer, const Plot& plot);

/// The track: story seconds across, as far as it is zoomed.
class TrackScale {
public:
    TrackScale(const StoryClock& clock, const View& view, Rect track);

    float x(double second) const;
    float x_of(Hours time) const { return x(clock_->second(time)); }
    double second(float x) const; ///< clamped to the story
    Hours time(float x) const { return clock_->time(second(x)); }
    const Rect& rect() const { return track_; }
    bool shows(float x) const { return x >= track_.x - 0.5F && x <= track_.x + track_.w + 0.5F; }

private:
    const StoryClock* clock_;
    Rect track_;
    double from_ = 0, to_ = 1; ///< story seconds at the ends
};

// ---------------------------------------------------------------- marks

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

/// The mark of a state as the legend and the stage show it.
void draw_state_mark(const Palette& c, Layer& layer, Point at, float r, State state);

Color state_color(const Palette& c, State state);

/// A round bar filled from the left, never thinner than it is round.
void draw_bar(Layer& layer, Rect rect, double share, Color fill);

enum class Icon : std::uint8_t {
    play,
    pause,
    replay,
    to_start,
    previous_flag,
    next_flag,
    to_end,
    loop,
    search,
    picture,
    full_screen,
    close,
    open_left,
    open_right,
};

void draw_icon(Layer& layer, Icon icon, Point center, float size, Color color);

// ---------------------------------------------------------------- controls

/// Something to press, with its looks: normal, hovered, held down, focused, off.
struct Button {
    ControlId id = {};
    Rect rect = {};
    std::string label = {};
    std::optional<Icon> icon = {};
    float icon_size = 13;
    bool primary = false; ///< the one that matters most
    bool on = false;      ///< a switch that is on
    bool enabled = true;
};

/// Draws it and makes it touchable.
void draw_button(const Picture& p, Layer& layer, const Button& button);

/// Around what the keyboard is on.
void draw_focus_ring(const Picture& p, Layer& layer, Rect rect, float radius);

/// A key cap on a baseline; returns its width.
float draw_key_cap(const Palette& c, Layer& layer, float x, float baseline, std::string_view key);
float key_cap_width(std::string_view key);

/// A card above something (below it when there is no room), inside the window. The first line is
/// stronger than the others.
void draw_tooltip(const Picture& p, Layer& layer, const Rect& over,
                  const std::vector<std::string>& lines);

/// A card with a heading and wrapped text; returns its height.
float draw_notice(const Palette& c, Layer& layer, Point at, float width, const std::string& title,
                  const std::string& text);

} // namespace walkout::render
