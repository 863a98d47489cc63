#include "render/chrome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace walkout::render {

namespace {

constexpr float area_step = 2; ///< px between points of an area
constexpr float headroom = 6;  ///< px above everybody
constexpr Hours night_from = 23, night_to = 7;
constexpr float label_size = 11;

TrackScale scale_of(const Picture& p)
{
    return {p.story.clock(), p.view, p.regions.track};
}

bool zoomed(const View& view)
{
    return view.zoom_from > 0 || view.zoom_to < 1;
}

// ---------------------------------------------------------------- track

float height_of(const Picture& p, const std::vector<Hours>& moments, Hours time)
{
    const auto count = std::upper_bound(moments.begin(), moments.end(), time) - moments.begin();
    return (p.regions.track.h - headroom) * px(static_cast<double>(count) / p.story.people());
}

/// How many until then, as a surface from the left end of the track to `to`.
void draw_count_area(const Picture& p, Layer& layer, const TrackScale& scale,
                     const std::vector<Hours>& moments, float to, Color color)
{
    const Rect& track = p.regions.track;
    const float floor = track.y + track.h;
    Area area{{}, {}, color, color};
    const auto add = [&](float x) {
        area.upper.push_back({x, floor - height_of(p, moments, scale.time(x))});
        area.lower.push_back({x, floor});
    };
    for (float x = track.x; x < to; x += area_step) {
        add(x);
    }
    add(to);
    layer.add(std::move(area));
}

struct Strength {
    double unsettled, names, gone, back;
};

// Past areas lie on top of the future ones, as one in the still layer and one in the moving one.
constexpr Strength ahead{0.35, 0.28, 0.4, 0.12};
constexpr Strength done{0.35, 0.55, 0.6, 0.2};

void draw_areas(const Picture& p, Layer& layer, const TrackScale& scale, float to,
                const Strength& strength)
{
    const Palette& c = p.colors;
    const Story& story = p.story;
    if (to <= p.regions.track.x) {
        return;
    }
    draw_count_area(p, layer, scale, story.unsettlings(), to, c.at_work.faded(strength.unsettled));
    draw_count_area(p, layer, scale, story.signings(), to, c.signed_letter.faded(strength.names));
    draw_count_area(p, layer, scale, story.departures(), to, c.gone.faded(strength.gone));
    if (story.settled() < never) {
        const Rect& track = p.regions.track;
        const float from = std::max(track.x, scale.x_of(story.settled()));
        if (from < to) {
            layer.add(Box{{from, track.y, to - from, track.h}, 0, c.back.faded(strength.back)});
        }
    }
}

/// Hours from 23 to 7 of every day the track shows.
void draw_nights(const Picture& p, Layer& layer, const TrackScale& scale)
{
    const Rect& track = p.regions.track;
    const Hours begin = p.story.clock().begin();
    const Hours end = p.story.clock().end();
    const Hours midnight = -p.story.hour_of_day(0);
    const auto first = static_cast<long>(std::floor((begin - midnight) / 24));
    const auto last = static_cast<long>(std::ceil((end - midnight) / 24));
    for (long day = first; day <= last; ++day) {
        const Hours start = midnight + 24 * static_cast<double>(day);
        const Hours from = std::clamp(start + night_from - 24, begin, end);
        const Hours to = std::clamp(start + night_to, begin, end);
        const float left = std::clamp(scale.x_of(from), track.x, track.x + track.w);
        const float right = std::clamp(scale.x_of(to), track.x, track.x + track.w);
        if (right > left) {
            layer.add(Box{{left, track.y, right - left, track.h}, 0, p.colors.night});
        }
    }
}

std::string day_label(const Story& story, Hours time)
{
    const std::string day = story.day(time + 1e-6); // `Mon 20 Nov`
    return day.substr(0, day.rfind(' '));
}

/// Days and hours under the track, as many as there is room for; days come first.
void draw_time_labels(const Picture& p, Layer& layer, const TrackScale& scale)
{
    constexpr float day_room = 44, hour_room = 54, to_next_day = 30;
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const float bottom = track.y + track.h;
    const float base = bottom + 17;
    const float end = track.x + track.w + 20;
    const std::vector<Hours> hours =
        hour_ticks(p.story, scale.time(track.x), scale.time(track.x + track.w), 1);
    const Hours midnight = -p.story.hour_of_day(0);
    const auto hour_of = [&](Hours time) { return std::lround(time - midnight) % 24; };

    std::vector<std::pair<float, float>> days; // taken from, to
    float last = -1000;
    for (const Hours time : hours) {
        const float x = scale.x_of(time);
        if (hour_of(time) != 0) {
            continue;
        }
        draw_vline(layer, x, track.y, bottom + 5, c.hairline_strong);
        const std::string label = day_label(p.story, time);
        const float width = text_width(label, label_size, Font::medium);
        if (x - last > day_room && x + 4 + width <= end) {
            write(layer, {x + 4, base}, label, {label_size, Font::medium, c.text});
            days.emplace_back(x, x + 4 + width);
            last = x;
        }
    }
    last = -1000;
    for (const Hours time : hours) {
        const float x = scale.x_of(time);
        const bool free = std::none_of(days.begin(), days.end(), [&](const auto& day) {
            return x + to_next_day > day.first && x - 20 < day.second;
        });
        if (hour_of(time) == 0 || !free || x - last < hour_room) {
            continue;
        }
        write(layer, {x, base}, p.story.clock_text(time + 1e-6),
              {label_size, Font::regular, c.third, Align::center});
        draw_vline(layer, x, bottom, bottom + 4, c.hairline_strong);
        last = x;
    }
}

/// Hides the corners of what fills the track.
void draw_track_corners(const Picture& p, Layer& layer)
{
    layer.add(Box{grown(p.regions.track, 3), 8, transparent, p.colors.panel, 3});
}

void draw_record_dots(const Picture& p, Layer& layer, const TrackScale& scale)
{
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const std::vector<RecordPoint>& record = p.story.trace().record;
    const bool any_fit = std::any_of(record.begin(), record.end(),
                                     [](const RecordPoint& point) { return point.fit; });
    for (const RecordPoint& point : record) {
        const bool past = point.time <= p.time;
        const float x = scale.x_of(point.time);
        if ((any_fit && !point.fit) || !scale.shows(x) || (p.view.hide_future && !past)) {
            continue;
        }
        const Point at{x, track.y + track.h -
                              (track.h - headroom) *
                                  px(static_cast<double>(point.count) / p.story.people())};
        layer.add(Disc{at, 3.6F, c.stage});
        layer.add(Ring{at, 3.3F, 1.5F, past ? c.recorded : c.third});
    }
}

// ---------------------------------------------------------------- flags

Color flag_color(const Palette& c, const Flag& flag, bool past)
{
    if (flag.of_script()) {
        return past ? c.text : c.third;
    }
    return past ? c.signed_letter : mix(c.stage, c.signed_letter, 0.55);
}

void draw_flag(const Picture& p, Layer& layer, const Flag& flag, float x)
{
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const bool past = flag.time <= p.time;
    const Color color = flag_color(c, flag, past);
    draw_vline(layer, x, track.y - 2, track.y + track.h, color.faded(past ? 0.75 : 0.4));
    const float y = track.y;
    const std::vector<Point> shape{
        {x - 4, y - 13}, {x + 5, y - 13}, {x + 5, y - 6}, {x + 0.5F, y - 2}, {x - 4, y - 6}};
    if (!flag.of_script()) {
        layer.add(Shape{shape, color});
        return;
    }
    layer.add(Shape{shape, c.panel});
    std::vector<Point> outline = shape;
    outline.push_back(shape.front());
    outline.push_back(shape[1]); // so that the first corner is joined too
    const Dash dash = flag.kind == FlagKind::assumption ? Dash{2, 2} : Dash{};
    layer.add(Path{std::move(outline), 1.4F, color, dash});
}

struct PlacedFlag {
    std::size_t index = 0;
    float x = 0;
    float label_width = 0; ///< 0: no room
};

std::vector<PlacedFlag> flags_shown(const Picture& p, const TrackScale& scale)
{
    std::vector<PlacedFlag> placed;
    const std::vector<Flag>& flags = p.story.flags();
    for (std::size_t k = 0; k < flags.size(); ++k) {
        const float x = std::round(scale.x_of(flags[k].time));
        const bool hidden = p.view.hide_future && flags[k].time > p.time;
        if (flags[k].shown && !hidden && scale.shows(x)) {
            placed.push_back({k, x, 0});
        }
    }
    return placed;
}

/// Gives labels to flags, the weightiest first: a label may cover neither
/// another flag nor another label, nor the handle of the playhead.
void place_labels(const Picture& p, float playhead, std::vector<PlacedFlag>& flags)
{
    constexpr float gap = 9, beside = 8;
    const std::vector<Flag>& all = p.story.flags();
    const float end = p.regions.track.x + p.regions.track.w + 16;
    std::vector<std::size_t> order(flags.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto rank = [&](std::size_t k) {
            const Flag& flag = all[flags[k].index];
            return std::pair{flag.weight, flag.beat};
        };
        return rank(a) > rank(b);
    });
    for (const std::size_t k : order) {
        PlacedFlag& flag = flags[k];
        const float width = text_width(all[flag.index].label, label_size, Font::regular);
        const float from = flag.x + gap;
        const float to = from + width;
        const bool blocked =
            to > end || (playhead > flag.x - 2 && playhead < to + beside) ||
            std::any_of(flags.begin(), flags.end(), [&](const PlacedFlag& other) {
                const float other_to =
                    other.x + 5 + (other.label_width > 0 ? 4 + other.label_width : 0);
                return &other != &flag && other.x - 6 < to + 2 && other_to + 4 > from;
            });
        flag.label_width = blocked ? 0 : width;
    }
}

void draw_flags(const Picture& p, Layer& layer, const TrackScale& scale)
{
    const Palette& c = p.colors;
    const float y = p.regions.track.y;
    std::vector<PlacedFlag> flags = flags_shown(p, scale);
    place_labels(p, scale.x(p.second), flags);
    for (const PlacedFlag& placed : flags) {
        const Flag& flag = p.story.flags()[placed.index];
        const bool past = flag.time <= p.time;
        const ControlId id{Control::flag, static_cast<std::uint32_t>(placed.index)};
        const Rect spot{placed.x - 6, y - 16, 13, 15};
        draw_flag(p, layer, flag, placed.x);
        if (p.hovered(id) || p.focused(id)) {
            layer.add(Box{spot, 4, transparent, p.focused(id) ? c.board : c.second, 1.4F});
        }
        if (placed.label_width > 0) {
            const Color color = !past ? c.third : flag.of_script() ? c.second : c.signed_text;
            write(layer, {placed.x + 9, y - 6}, flag.label, {label_size, Font::regular, color});
        }
        p.spots.push_back({id, spot});
    }
}

// ---------------------------------------------------------------- marks of the viewer

/// A bracket that opens into the film, and a veil over what stays out of it.
void draw_film_mark(const Picture& p, Layer& layer, float x, bool in)
{
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const float right = track.x + track.w;
    const float edge = std::clamp(x, track.x, right);
    const Rect outside = in ? Rect{track.x, track.y, edge - track.x, track.h}
                            : Rect{edge, track.y, right - edge, track.h};
    if (outside.w > 0) {
        layer.add(Box{outside, 0, c.panel.faded(0.6)});
    }
    if (x < track.x - 1 || x > right + 1) {
        return;
    }
    const float toward = in ? 5.0F : -5.0F;
    draw_vline(layer, x, track.y - 1, track.y + track.h + 1, c.board, 2);
    for (const float y : {track.y, track.y + track.h}) {
        layer.add(Line{{x, y}, {x + toward, y}, 2, c.board, c.board});
    }
}

void draw_bookmarks(const Picture& p, Layer& layer, const TrackScale& scale)
{
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const float y = track.y + track.h;
    for (std::size_t k = 0; k < p.view.bookmarks.size(); ++k) {
        const float x = scale.x(p.view.bookmarks[k]);
        if (!scale.shows(x)) {
            continue;
        }
        const ControlId id{Control::bookmark, static_cast<std::uint32_t>(k)};
        const Rect spot{x - 6, y, 12, 9};
        const Color color = p.hovered(id) ? c.text : c.board;
        layer.add(Shape{{{x, y + 1}, {x + 4, y + 7}, {x - 4, y + 7}}, color});
        if (p.focused(id)) {
            draw_focus_ring(p, layer, spot, 3);
        }
        p.spots.push_back({id, spot});
    }
}

/// The whole story as a thin line, the part on the track strong.
void draw_zoom_bar(const Picture& p, Layer& layer)
{
    if (!zoomed(p.view)) {
        return;
    }
    const Rect& track = p.regions.track;
    const float y = track.y + track.h + 25;
    layer.add(Box{{track.x, y, track.w, 3}, 1.5F, p.colors.hairline});
    const float from = track.w * px(p.view.zoom_from);
    const float to = track.w * px(p.view.zoom_to);
    layer.add(Box{{track.x + from, y, std::max(6.0F, to - from), 3}, 1.5F, p.colors.second});
}

void draw_playhead(const Picture& p, Layer& layer, const TrackScale& scale)
{
    const Rect& track = p.regions.track;
    const float x = std::clamp(scale.x(p.second), track.x, track.x + track.w);
    const Color color = p.colors.text;
    layer.add(Line{{x, track.y - 16}, {x, track.y + track.h + 2}, 2, color, color});
    layer.add(Box{{x - 5.5F, track.y - 21, 11, 9}, 3, color});
}

// ---------------------------------------------------------------- transport

bool at_end(const Picture& p)
{
    return p.second >= p.story.clock().length() - 1e-6;
}

std::string speed_text(double speed)
{
    const std::string digits = fmt::format("{:g}\u00d7", std::abs(speed));
    return speed < 0 ? "\u2212" + digits : digits;
}

/// Draws the row of buttons; returns where it ends.
float draw_transport(const Picture& p, Layer& layer)
{
    const View& view = p.view;
    const float y = p.regions.timeline.y + 8;
    const bool begin = p.second <= 1e-9;
    const bool end = at_end(p);
    float x = 24;
    const auto button = [&](Button b, float width, float gap) {
        b.rect = {x, y, width, 32};
        draw_button(p, layer, b);
        x += width + gap;
    };
    const Icon play = view.playing ? Icon::pause : end ? Icon::replay : Icon::play;
    button({.id = {Control::to_start}, .icon = Icon::to_start, .enabled = !begin}, 34, 4);
    button({.id = {Control::previous_flag}, .icon = Icon::previous_flag, .enabled = !begin}, 34, 4);
    button({.id = {Control::play}, .icon = play, .icon_size = 15, .primary = true}, 46, 4);
    button({.id = {Control::next_flag}, .icon = Icon::next_flag, .enabled = !end}, 34, 4);
    button({.id = {Control::to_end}, .icon = Icon::to_end, .enabled = !end}, 34, 12);
    button({.id = {Control::speed}, .label = speed_text(view.speed)}, 58, 4);
    button(
        {.id = {Control::pace}, .label = view.pace == Pace::story ? "Pace: story" : "Pace: clock"},
        104, 4);
    const bool branches = view.branches && view.tab == Tab::playback;
    button({.id = {Control::loop}, .icon = Icon::loop, .icon_size = 15, .on = view.loop}, 34,
           branches ? 12 : 18);
    if (branches)
        button({.id = {Control::branch}, .label = "What else?"}, 92, 18);
    return x;
}

/// What stands beside the buttons: the film's marks, else how the pace works.
std::string transport_hint(const Picture& p)
{
    const View& view = p.view;
    const StoryClock& clock = p.story.clock();
    const auto moment = [&](double second) {
        const Hours time = clock.time(second);
        return p.story.weekday(time) + " " + p.story.clock_text(time);
    };
    if (view.in || view.out) {
        const double from = view.in.value_or(0);
        const double to = view.out.value_or(clock.length());
        return fmt::format("Film from {} to {}, {:.0f} s", moment(from), moment(to),
                           std::max(0.0, to - from));
    }
    return view.pace == Pace::story ? "Quiet hours run fast, busy hours run slow"
                                    : "One hour per second";
}

struct KeyHint {
    const char* key;
    const char* words;
};

constexpr KeyHint key_hints[] = {{"Space", "play"}, {"\u2039 \u203a", "step"},
                                 {", .", "event"},  {"J K L", "shuttle"},
                                 {"/", "find"},     {"?", "all keys"}};

float hint_width(const KeyHint& hint)
{
    return key_cap_width(hint.key) + 5 + text_width(hint.words, 12, Font::regular);
}

/// The last hints that fit between `from` and the right edge: `all keys` stays longest.
void draw_key_hints(const Picture& p, Layer& layer, float from)
{
    constexpr float gap = 14;
    const float y = p.regions.timeline.y + 29;
    float x = p.regions.timeline.w - 40;
    std::size_t shown = 0;
    for (std::size_t k = std::size(key_hints); k-- > 0; ++shown) {
        const float next = x - hint_width(key_hints[k]);
        if (next < from) {
            break;
        }
        x = next - gap;
    }
    x += gap;
    for (const KeyHint& hint : std::span(key_hints).last(shown)) {
        const float cap = draw_key_cap(p.colors, layer, x, y, hint.key);
        write(layer, {x + cap + 5, y}, hint.words, {12, Font::regular, p.colors.third});
        x += hint_width(hint) + gap;
    }
}

// ---------------------------------------------------------------- previews

void draw_scrub_preview(const Picture& p, Layer& layer, const TrackScale& scale)
{
    if (!p.view.scrub_hint) {
        return;
    }
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const Story& story = p.story;
    const Hours time = story.clock().time(*p.view.scrub_hint);
    const float x = std::clamp(scale.x(*p.view.scrub_hint), track.x, track.x + track.w);
    draw_vline(layer, x, track.y, track.y + track.h, c.second);
    std::string text = story.weekday(time) + " " + story.clock_text(time);
    if (!p.view.hide_future || time <= p.time) {
        text += "   " + (story.letter_opened() < never
                             ? grouped(story.tally(time).signed_letter) + " signed"
                             : grouped(story.tally(time).gone) + " gone");
    }
    const float width = text_width(text, 12, Font::medium) + 20;
    const float left =
        std::clamp(std::floor(x - width / 2), 4.0F, p.regions.timeline.w - width - 4);
    layer.add(Box{{left, track.y - 46, width, 24}, 6, c.card, c.hairline_strong, 1});
    write(layer, {left + width / 2, track.y - 30}, text, {12, Font::medium, c.text, Align::center});
}

std::string_view origin_words(const Flag& flag)
{
    switch (flag.kind) {
    case FlagKind::script:
        return "recorded event";
    case FlagKind::assumption:
        return "assumed event";
    default:
        return "this run";
    }
}

void draw_flag_preview(const Picture& p, Layer& layer, const TrackScale& scale)
{
    const ControlId hovered = p.view.hover;
    if (hovered.control != Control::flag || hovered.index >= p.story.flags().size()) {
        return;
    }
    const Flag& flag = p.story.flags()[hovered.index];
    const std::string when = fmt::format("{} {}, {}", p.story.weekday(flag.time),
                                         p.story.clock_text(flag.time), origin_words(flag));
    draw_tooltip(p, layer, {scale.x_of(flag.time), p.regions.track.y - 16, 0, 16},
                 {flag.headline, when});
}

} // namespace

void draw_timeline_still(const Picture& p, Layer& layer)
{
    const Palette& c = p.colors;
    const Rect& r = p.regions.timeline;
    layer.add(Box{r, 0, c.panel});
    draw_hline(layer, 0, r.w, r.y, c.hairline);

    const Rect& track = p.regions.track;
    const TrackScale scale = scale_of(p);
    layer.add(Box{track, 6, c.stage});
    draw_nights(p, layer, scale);
    if (!p.view.hide_future) {
        draw_areas(p, layer, scale, track.x + track.w, ahead);
    }
    draw_track_corners(p, layer);
    draw_time_labels(p, layer, scale);
    draw_zoom_bar(p, layer);
}

void draw_timeline(const Picture& p, Layer& layer)
{
    const Rect& track = p.regions.track;
    const TrackScale scale = scale_of(p);
    const float buttons_end = draw_transport(p, layer);
    const std::string hint = transport_hint(p);
    const float hint_end = buttons_end + text_width(hint, 12, Font::regular);
    float all_keys = 40;
    for (const KeyHint& key : key_hints) {
        all_keys += hint_width(key) + 14;
    }
    const bool hint_fits =
        hint_end + 24 + all_keys <= p.regions.timeline.w || p.view.in || p.view.out;
    if (hint_fits) {
        write(layer, {buttons_end, p.regions.timeline.y + 29}, hint,
              {12, Font::regular, p.view.in || p.view.out ? p.colors.board : p.colors.third});
    }
    draw_key_hints(p, layer, (hint_fits ? hint_end : buttons_end) + 24);

    const ControlId id{Control::track};
    p.spots.push_back({id, track, true});
    const float now = std::clamp(scale.x(p.second), track.x, track.x + track.w);
    if (p.view.hide_future) {
        draw_areas(p, layer, scale, now, ahead);
    }
    draw_areas(p, layer, scale, now, done);
    draw_track_corners(p, layer);
    if (p.view.in) {
        draw_film_mark(p, layer, scale.x(*p.view.in), true);
    }
    if (p.view.out) {
        draw_film_mark(p, layer, scale.x(*p.view.out), false);
    }
    draw_record_dots(p, layer, scale);
    draw_flags(p, layer, scale);
    draw_bookmarks(p, layer, scale);
    draw_playhead(p, layer, scale);
    if (p.focused(id)) {
        draw_focus_ring(p, layer, track, 6);
    }
    draw_scrub_preview(p, layer, scale);
    draw_flag_preview(p, layer, scale);
}

} // namespace walkout::render
