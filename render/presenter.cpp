#include "render/caption_text.hpp"
#include "render/fonts.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

/// Size against the design of 1600 x 900.
float factor(const Picture& p)
{
    return p.seating.geometry().k / 1.27F;
}

float font(const Picture& p, float size)
{
    return std::max(11.0F, size * factor(p));
}

struct Count {
    long number = 0;
    std::string words;
    Color color;
};

Count count_of(const Picture& p)
{
    const std::string all = grouped(static_cast<long>(p.story.people()));
    if (p.time >= p.story.settled())
        return {p.returned, "are back at their desks", p.colors.back};
    if (p.time >= p.story.letter_opened())
        return {p.tally.signed_letter, "of " + all + " have signed", p.colors.signed_text};
    return {p.tally.unsettled, "of " + all + " are unsettled", p.colors.text};
}

/// The last count on record.
const RecordPoint* recorded(const Picture& p)
{
    const RecordPoint* last = nullptr;
    for (const RecordPoint& point : p.story.trace().record)
        if (point.time <= p.time && (!last || point.time >= last->time))
            last = &point;
    return last;
}

/// A text at the right edge, made smaller if the room asks for it.
void add_right(Layer& layer, Point at, const std::string& text, float size, Font face, Color color,
               float room)
{
    const float width = text_width(text, size, face);
    const float shrink = width > room ? room / width : 1;
    layer.add(Text{at, text, size * shrink, face, color, Align::right});
}

void draw_count(const Picture& p, Layer& layer)
{
    const float f = factor(p);
    const Rect& stage = p.regions.stage;
    const Rect& dock = p.seating.geometry().dock;
    const float right = stage.w - 36 * f;
    const float room = right - (dock.x + dock.w + 24 * f);
    const float y = p.seating.geometry().center.y + 120 * f;
    const Count count = count_of(p);
    add_right(layer, {right, y}, grouped(count.number), 150 * f, Font::bold, count.color, room);
    add_right(layer, {right, y + 46 * f}, count.words, font(p, 28), Font::medium, p.colors.text,
              room);
    const RecordPoint* record = recorded(p);
    if (record && p.time < p.story.settled())
        add_right(layer, {right, y + 86 * f}, "recorded: " + grouped(record->count), font(p, 22),
                  Font::regular, p.colors.second, room);
}

void draw_clock(const Picture& p, Layer& layer)
{
    const float f = factor(p);
    layer.add(Text{{p.regions.stage.w - 36 * f, 92 * f},
                   p.story.weekday(p.time) + " " + p.story.clock_text(p.time),
                   56 * f,
                   Font::medium,
                   p.colors.text,
                   Align::right});
}

void draw_headline(const Picture& p, Layer& layer)
{
    const Flag* flag = p.story.caption(p.second);
    const Opening words = flag ? Opening{flag->headline, flag->detail} : opening_words(p.story);
    const float f = factor(p);
    const float left = 40 * f;
    const CaptionStep steps[] = {{font(p, 40), 2}, {font(p, 34), 3}, {font(p, 26), 5}};
    const CaptionText text =
        fit_caption(words.headline, words.detail, {left, 38 * f}, p.regions.stage.h * 0.45F, steps,
                    font(p, 22), [&](float top, float bottom) {
                        return room_beside_ring(shown_crowd(p), left, top, bottom);
                    });
    for (Text line : text.headline) {
        line.color = p.colors.text;
        layer.add(std::move(line));
    }
    for (Text line : text.detail) {
        line.color = p.colors.second;
        layer.add(std::move(line));
    }
}

/// The way of the story at the bottom edge: how many have signed.
void draw_strip(const Picture& p, Layer& layer)
{
    const Rect& track = p.regions.track;
    const TrackScale scale(p.story.clock(), p.view, track);
    const float now = std::clamp(scale.x(p.second), track.x, track.x + track.w);
    const float foot = track.y + track.h - 4;
    const auto area = [&](float from, float to, double strength) {
        Area a{
            {}, {}, p.colors.signed_letter.faded(strength), p.colors.signed_letter.faded(strength)};
        for (float x = from; x < to + 3; x += 3) {
            const float at = std::min(x, to);
            const double share =
                static_cast<double>(p.story.tally(scale.time(at)).signed_letter) / p.story.people();
            a.upper.push_back({at, foot - 14 * px(share)});
            a.lower.push_back({at, foot});
        }
        if (to > from)
            layer.add(std::move(a));
    };
    area(track.x, now, 0.85);
    if (!p.view.hide_future)
        area(now, track.x + track.w, 0.3);
    layer.add(Box{{now - 1.5F, track.y - 2, 3, track.h + 2}, 0, p.colors.text});
    p.spots.push_back({{Control::track, 0}, track});
}

} // namespace

void draw_presenter_backdrop(const Picture& p, Layer& layer)
{
    const Rect& stage = p.regions.stage;
    const Rect& track = p.regions.track;
    layer.add(Box{{0, 0, stage.w, track.y + track.h}, 0, p.colors.stage});
    layer.add(Box{{0, track.y, stage.w, track.h}, 0, p.colors.panel});
    draw_sectors(p, layer);
}

void draw_presenter(const Picture& p, Layer& layer)
{
    draw_dock(p, layer);
    const StageGeometry& g = p.seating.geometry();
    layer.add(Text{{g.dock.x + g.dock.w / 2, g.dock.y - 18 * factor(p)},
                   "Outside",
                   font(p, 20),
                   Font::medium,
                   p.colors.second,
                   Align::center});
    draw_amphitheater(p, layer);
    draw_headline(p, layer);
    draw_clock(p, layer);
    draw_count(p, layer);
    draw_strip(p, layer);
}

} // namespace walkout::render
