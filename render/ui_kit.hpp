#pragma once

/// Small things that all parts around the stage are made of: words, axes over a story, icons,
/// buttons.

#include "render/chart_kit.hpp"
#include "render/parts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace walkout::render {

/// The whole picture.
Rect window_of(const Surface& p);

// ---------------------------------------------------------------- words

std::string value_text(double value);   ///< `0.86`, `−0.09`
std::string signed_value(double value); ///< `+0.26`, `−0.09`, `0.00`

/// Time from a moment until now, as the clock shows both: whole minutes passed, or whole minutes
/// still to come rounded up, so that moment + duration = clock.
/// @param hours  negative before the moment
std::string duration_text(Hours hours);

/// What keeps a director from giving way, in words.
/// @param hold  margin left, 1 at the start
std::string_view hold_word(double hold);

// ---------------------------------------------------------------- axes

/// Moments in [from, to] at which the local clock shows a multiple of `step` since midnight.
std::vector<Hours> hour_ticks(const Story& story, Hours from, Hours to, Hours step);

/// `08:00`; the weekday at midnight.
std::string hour_label(const Story& story, Hours time);

/// Clock labels under a plot, thinned to the room.
void draw_clock_axis(const Surface& p, Layer& layer, const Plot& plot);

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

inline constexpr float button_text = 12.5F; ///< size of a label

/// Draws it and makes it touchable.
void draw_button(const Surface& p, Layer& layer, const Button& button);

/// Around what the keyboard is on.
void draw_focus_ring(const Surface& p, Layer& layer, Rect rect, float radius);

/// A key cap on a baseline; returns its width.
float draw_key_cap(const Palette& c, Layer& layer, float x, float baseline, std::string_view key);
float key_cap_width(std::string_view key);

/// A card above something (below it when there is no room), inside the window. The first line is
/// stronger than the others.
void draw_tooltip(const Surface& p, Layer& layer, const Rect& over,
                  const std::vector<std::string>& lines);

/// A card with a heading and wrapped text; returns its height.
float draw_notice(const Palette& c, Layer& layer, Point at, float width, const std::string& title,
                  const std::string& text);

} // namespace walkout::render
