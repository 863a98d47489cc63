#include "render/ui_kit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numbers>

namespace walkout::render {

namespace {

float radians(double degrees)
{
    return px(degrees * std::numbers::pi / 180);
}

} // namespace

Rect window_of(const Surface& p)
{
    const Rect& last = p.regions.timeline;
    return {0, 0, p.regions.top_bar.w, last.y + last.h};
}

// ---------------------------------------------------------------- words

std::string value_text(double value)
{
    const std::string digits = fmt::format("{:.2f}", std::abs(value));
    return value < 0 && digits != "0.00" ? std::string(minus) + digits : digits;
}

std::string signed_value(double value)
{
    const std::string text = value_text(value);
    return value > 0 && text != "0.00" ? "+" + text : text;
}

std::string duration_text(Hours hours)
{
    // A hair of slack: 64.8 h is 64 h 48 min, whatever the last bit says.
    constexpr double slack = 1e-6;
    const auto minutes = static_cast<long>(hours >= 0 ? std::floor(hours * 60 + slack)
                                                      : std::ceil(-hours * 60 - slack));
    return fmt::format("{} h {:02} min", grouped(minutes / 60), minutes % 60);
}

std::string_view hold_word(double hold)
{
    return hold > 0.75   ? "firm"
           : hold > 0.5  ? "uneasy"
           : hold > 0.25 ? "wavering"
                         : "about to break";
}

// ---------------------------------------------------------------- axes

std::vector<Hours> hour_ticks(const Story& story, Hours from, Hours to, Hours step)
{
    const Hours midnight = -story.hour_of_day(0);
    std::vector<Hours> ticks;
    for (auto k = static_cast<long>(std::ceil((from - midnight) / step - 1e-6));; ++k) {
        const Hours time = midnight + static_cast<double>(k) * step;
        if (time > to + 1e-6) {
            return ticks;
        }
        ticks.push_back(time);
    }
}

std::string hour_label(const Story& story, Hours time)
{
    const std::string clock = story.clock_text(time + 1e-6);
    return clock == "00:00" ? story.weekday(time + 1e-6) : clock;
}

void draw_clock_axis(const Surface& p, Layer& layer, const Plot& plot)
{
    const auto most = static_cast<int>(std::max(2.0F, plot.area.w / 44));
    const Hours step = nice_hours(plot.right - plot.left, most);
    const float bottom = plot.area.y + plot.area.h;
    for (const Hours time : hour_ticks(p.story, plot.left, plot.right, step)) {
        const float x = plot.x(time);
        const std::string label = hour_label(p.story, time);
        const bool last = x > plot.area.x + plot.area.w - 14;
        draw_vline(layer, x, bottom, bottom + 3, p.colors.hairline_strong);
        write(layer, {last ? plot.area.x + plot.area.w : x, bottom + 15}, label,
              {11, Font::regular, p.colors.third, last ? Align::right : Align::center});
    }
}

TrackScale::TrackScale(const StoryClock& clock, const View& view, Rect track)
    : clock_(&clock), track_(track), from_(view.zoom_from * clock.length()),
      to_(view.zoom_to * clock.length())
{
    if (to_ <= from_) {
        from_ = 0;
        to_ = std::max(clock.length(), 1e-9);
    }
}

float TrackScale::x(double second) const
{
    return track_.x + track_.w * px((second - from_) / (to_ - from_));
}

double TrackScale::second(float x) const
{
    const double share = static_cast<double>((x - track_.x) / track_.w);
    return std::clamp(from_ + share * (to_ - from_), 0.0, clock_->length());
}

// ---------------------------------------------------------------- marks

Color state_color(const Palette& c, State state)
{
    switch (state) {
    case State::at_work:
        return c.at_work;
    case State::unsettled:
    case State::signed_letter:
        return c.signed_letter;
    case State::gone:
        return c.gone;
    case State::back:
        return c.back;
    }
    return c.at_work;
}

void draw_state_mark(const Palette& c, Layer& layer, Point at, float r, State state)
{
    if (state == State::unsettled) {
        layer.add(Disc{at, r, c.unsettled_fill});
        layer.add(Ring{at, r * 0.9F, r * 0.2F, c.signed_letter});
        return;
    }
    layer.add(Disc{at, r, state_color(c, state)});
    if (state == State::gone) {
        layer.add(Disc{at, r * 0.42F, c.panel});
    }
}

void draw_bar(Layer& layer, Rect rect, double share, Color fill)
{
    if (share <= 0) {
        return;
    }
    const float width = std::max(rect.h * 0.6F, rect.w * px(std::min(1.0, share)));
    layer.add(Box{{rect.x, rect.y, width, rect.h}, std::min(width, rect.h) / 2, fill});
}

namespace {

/// Draws icons in units of their size around a center.
struct Pen {
    Layer& layer;
    Point center;
    float size;
    Color color;

    Point at(double x, double y) const
    {
        return {center.x + size * px(x), center.y + size * px(y)};
    }
    void triangle(double tip, double base, double half) const
    {
        layer.add(Shape{{at(base, -half), at(base, half), at(tip, 0)}, color});
    }
    void bar(double left, double width, double half) const
    {
        layer.add(Box{{at(left, -half).x, at(left, -half).y, size * px(width), size * px(2 * half)},
                      0,
                      color});
    }
    void line(double x0, double y0, double x1, double y1, float width) const
    {
        layer.add(Line{at(x0, y0), at(x1, y1), width, color, color});
    }
    void turn(double radius) const
    {
        layer.add(Arc{center, size * px(radius), radians(-60), radians(220), 1.7F, color});
        layer.add(Shape{{at(0.05, -0.72), at(0.05, -0.12), at(0.48, -0.42)}, color});
    }
    void corners() const
    {
        for (const auto& [x, y] : std::array<std::pair<double, double>, 4>{
                 {{-0.45, -0.45}, {0.45, -0.45}, {0.45, 0.45}, {-0.45, 0.45}}}) {
            line(x, y, x * 0.38, y, 1.6F);
            line(x, y, x, y * 0.38, 1.6F);
        }
    }
};

} // namespace

void draw_icon(Layer& layer, Icon icon, Point center, float size, Color color)
{
    const Pen pen{layer, center, size, color};
    switch (icon) {
    case Icon::play:
        return pen.triangle(0.58, -0.42, 0.55);
    case Icon::pause:
        pen.bar(-0.45, 0.32, 0.5);
        return pen.bar(0.13, 0.32, 0.5);
    case Icon::replay:
    case Icon::loop:
        return pen.turn(0.42);
    case Icon::to_start:
        pen.bar(-0.66, 0.16, 0.5);
        pen.triangle(-0.46, 0.08, 0.5);
        return pen.triangle(0.04, 0.58, 0.5);
    case Icon::previous_flag:
        pen.bar(-0.46, 0.16, 0.5);
        return pen.triangle(-0.28, 0.5, 0.5);
    case Icon::next_flag:
        pen.bar(0.3, 0.16, 0.5);
        return pen.triangle(0.28, -0.5, 0.5);
    case Icon::to_end:
        pen.bar(0.5, 0.16, 0.5);
        pen.triangle(0.46, -0.08, 0.5);
        return pen.triangle(-0.04, -0.58, 0.5);
    case Icon::search:
        layer.add(Ring{pen.at(-0.1, -0.1), size * 0.36F, 1.6F, color});
        return pen.line(0.16, 0.16, 0.48, 0.48, 1.8F);
    case Icon::picture:
        layer.add(Box{{center.x - size * 0.55F, center.y - size * 0.37F, size * 1.1F, size * 0.8F},
                      3,
                      transparent,
                      color,
                      1.5F});
        return layer.add(Ring{pen.at(0, 0.03), size * 0.18F, 1.5F, color});
    case Icon::full_screen:
        return pen.corners();
    case Icon::close:
        pen.line(-0.4, -0.4, 0.4, 0.4, 1.6F);
        return pen.line(0.4, -0.4, -0.4, 0.4, 1.6F);
    case Icon::open_left:
        return layer.add(
            Path{{pen.at(0.2, -0.45), pen.at(-0.25, 0), pen.at(0.2, 0.45)}, 1.8F, color});
    case Icon::open_right:
        return layer.add(
            Path{{pen.at(-0.2, -0.45), pen.at(0.25, 0), pen.at(-0.2, 0.45)}, 1.8F, color});
    }
}

// ---------------------------------------------------------------- controls

namespace {

struct ButtonColors {
    Color fill, border, content;
};

ButtonColors colors_of(const Surface& p, const Button& button)
{
    const Palette& c = p.colors;
    const bool pressed = p.view.pressed == button.id;
    const bool hovered = p.hovered(button.id);
    if (!button.enabled) {
        return {c.card, c.hairline, mix(c.panel, c.third, 0.5)};
    }
    if (button.primary) {
        const Color fill = pressed   ? mix(c.signed_letter, c.background, 0.25)
                           : hovered ? mix(c.signed_letter, c.text, 0.15)
                                     : c.signed_letter;
        return {fill, fill, c.on_signed};
    }
    const Color content = button.on ? c.signed_text : button.label.empty() ? c.second : c.text;
    if (pressed) {
        return {c.background, c.hairline, content};
    }
    if (hovered) {
        return {mix(c.card, c.hairline_strong, 0.35), c.hairline_strong, content};
    }
    return {c.card, button.on ? c.signed_letter : c.hairline, content};
}

} // namespace

void draw_focus_ring(const Surface& p, Layer& layer, Rect rect, float radius)
{
    layer.add(Box{grown(rect, 3), radius + 2, transparent, p.colors.board, 1.6F});
}

void draw_button(const Surface& p, Layer& layer, const Button& button)
{
    const ButtonColors colors = colors_of(p, button);
    const Rect& r = button.rect;
    layer.add(Box{r, 7, colors.fill, colors.border, 1});
    const Point center{r.x + r.w / 2, r.y + r.h / 2};
    if (button.icon) {
        draw_icon(layer, *button.icon, center, button.icon_size, colors.content);
    }
    if (!button.label.empty()) {
        write(layer, {center.x, center.y + 4.5F}, button.label,
              {button_text, Font::medium, colors.content, Align::center});
    }
    if (p.focused(button.id)) {
        draw_focus_ring(p, layer, r, 7);
    }
    p.spots.push_back({button.id, r, button.enabled});
}

float key_cap_width(std::string_view key)
{
    return std::max(18.0F, text_width(key, 11, Font::medium) + 10);
}

float draw_key_cap(const Palette& c, Layer& layer, float x, float baseline, std::string_view key)
{
    const float width = key_cap_width(key);
    layer.add(Box{{x, baseline - 12, width, 17}, 4, c.card, c.hairline_strong, 1});
    write(layer, {x + width / 2, baseline + 1}, std::string(key),
          {11, Font::medium, c.second, Align::center});
    return width;
}

void draw_tooltip(const Surface& p, Layer& layer, const Rect& over,
                  const std::vector<std::string>& lines)
{
    constexpr float margin = 4;
    float width = 0;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        width = std::max(width, k == 0 ? text_width(lines[k], 12.5F, Font::medium)
                                       : text_width(lines[k], 12, Font::regular));
    }
    const Rect window = window_of(p);
    Rect card{0, 0, width + 24, 10 + 17 * static_cast<float>(lines.size())};
    card.x = std::clamp(over.x + (over.w - card.w) / 2, margin,
                        std::max(margin, window.w - card.w - margin));
    card.y = over.y - card.h - 8;
    if (card.y < margin) {
        card.y = over.y + over.h + 8;
    }
    card.x = std::floor(card.x);
    card.y = std::floor(card.y);
    layer.add(Box{card, 7, p.colors.card, p.colors.hairline_strong, 1});
    float baseline = card.y + 17;
    for (std::size_t k = 0; k < lines.size(); ++k, baseline += 17) {
        write(layer, {card.x + 12, baseline}, lines[k],
              {k == 0 ? 12.5F : 12.0F, k == 0 ? Font::medium : Font::regular,
               k == 0 ? p.colors.text : p.colors.second});
    }
}

float draw_notice(const Palette& c, Layer& layer, Point at, float width, const std::string& title,
                  const std::string& text)
{
    const std::vector<std::string> lines = wrapped(text, width - 32, 13, Font::regular);
    const float height = 46 + 18 * static_cast<float>(lines.size());
    layer.add(Box{{at.x, at.y, width, height}, 10, c.card, c.hairline_strong, 1});
    write(layer, {at.x + 16, at.y + 28}, title, {14, Font::medium, c.text});
    float baseline = at.y + 52;
    for (const std::string& line : lines) {
        write(layer, {at.x + 16, baseline}, line, {13, Font::regular, c.second});
        baseline += 18;
    }
    return height;
}

} // namespace walkout::render
