#include "render/chrome.hpp"
#include "render/what_if_parts.hpp"

#include <algorithm>

/// The tab "What if" as a whole.

namespace walkout::render {

namespace {

constexpr float levers_width = 372, answer_width = 408; ///< at 1600
constexpr float axis_room = 56, histogram_room = 84;
constexpr float above_fan = 72, between = 84, below = 74;
constexpr float least_two_charts = 420; ///< of height, for the charts below

void draw_fields(const Surface& p, Layer& layer, const WhatIfPlaces& places)
{
    const Palette& c = p.colors;
    layer.add(Box{window_of(p), 0, c.stage});
    layer.add(Box{places.levers, 0, c.panel});
    layer.add(Box{places.answer, 0, c.panel});
    const float bottom = places.middle.y + places.middle.h;
    draw_vline(layer, places.middle.x, places.middle.y, bottom, c.hairline);
    draw_vline(layer, places.answer.x, places.middle.y, bottom, c.hairline);
    draw_top_bar_still(p, layer);
}

void draw_unavailable(const Surface& p, Layer& layer, const std::string& why)
{
    const Rect window = window_of(p);
    const float width = std::min(560.0F, window.w - 80);
    draw_notice(p.colors, layer, {std::floor((window.w - width) / 2), window.h * 0.36F}, width,
                "There is nothing to move here", why);
}

} // namespace

WhatIfPlaces what_if_places(const View& view)
{
    const Regions r = regions(view);
    const float w = r.top_bar.w;
    const float top = r.top_bar.h;
    const float h = r.timeline.y + r.timeline.h - top;
    WhatIfPlaces places;
    const float left = std::floor(std::clamp(levers_width * w / 1600, 270.0F, levers_width));
    const float right = std::floor(std::clamp(answer_width * w / 1600, 270.0F, answer_width));
    places.levers = {0, top, left, h};
    places.answer = {w - right, top, right, h};
    places.middle = {left, top, w - left - right, h};
    const float heading = left < 330 ? 113.0F : 96.0F;
    places.rolls = {0, top + heading, left, h - heading};
    const bool two_rows = h >= least_two_charts;
    const float room = h - above_fan - below;
    const float fan_height = two_rows ? std::floor((room - between) * 0.645F) : room;
    places.fan = {places.middle.x + axis_room, top + above_fan,
                  places.middle.w - axis_room - histogram_room, fan_height};
    if (!two_rows)
        return places;
    const float y = places.fan.y + fan_height + between;
    const float height = room - between - fan_height;
    const float width = (places.middle.w - 2 * axis_room - 24 - 24) / 2;
    places.board = {places.fan.x, y, width, height};
    places.groups = {places.fan.x + width + 24 + axis_room, y, width, height};
    return places;
}

Frame draw_what_if(const Story& story, const Sheet& sheet, const View& view)
{
    const Palette& colors = palette(view.theme);
    const Regions r = regions(view);
    Frame frame;
    frame.list.scale = effective_scale(view);
    frame.list.width = view.width / frame.list.scale;
    frame.list.height = view.height / frame.list.scale;
    const double end = story.clock().length();
    const Surface p{story, view, colors, r, frame.spots, end, story.clock().end()};
    const WhatIfPlaces places = what_if_places(view);
    auto fields = std::make_shared<Layer>(), parts = std::make_shared<Layer>(),
         overlays = std::make_shared<Layer>();
    draw_fields(p, *fields, places);
    draw_top_bar(p, *parts);
    if (sheet.unavailable.empty()) {
        draw_levers(p, *parts, sheet, places);
        draw_fans(p, *parts, sheet, places);
        draw_answer(p, *parts, sheet, places);
        draw_what_if_overlays(p, *overlays, sheet, places);
    } else {
        draw_unavailable(p, *parts, sheet.unavailable);
    }
    draw_overlays(p, *overlays);
    frame.list.layers = {fields, parts, overlays};
    return frame;
}

} // namespace walkout::render
