#include "render/what_if_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

/// Left column of the tab "What if": levers, and switches of events.

namespace walkout::render {

namespace {

constexpr float margin = 24;
constexpr float heading_height = 96; ///< what stays while the levers roll
constexpr float group_height = 22, lever_height = 46, add_height = 34;
constexpr float track_top = 19, track_height = 20;
constexpr float events_heading = 24, chip_height = 23, chip_pitch = 28, chip_gap = 8;

/// Where a part of the rolling column stands.
struct Column {
    float x, w, y;
};

Column column_of(const WhatIfPlaces& places, const View& view)
{
    return {places.levers.x + margin, places.levers.w - 2 * margin,
            places.rolls.y - view.what_if.scroll};
}

std::size_t group_count(const Sheet& sheet)
{
    std::size_t count = 0;
    const std::string* last = nullptr;
    for (const LeverCard& lever : sheet.levers) {
        count += last == nullptr || *last != lever.group;
        last = &lever.group;
    }
    return count;
}

bool searching(const Sheet& sheet)
{
    return sheet.screened < 1;
}

std::size_t events_shown(const Sheet& sheet)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(sheet.events, [](const EventCard& event) { return event.shown; }));
}

float length_of(const Sheet& sheet)
{
    const auto rows = static_cast<float>((events_shown(sheet) + 1) / 2);
    return group_height * static_cast<float>(group_count(sheet)) +
           lever_height * static_cast<float>(sheet.levers.size()) +
           (searching(sheet) ? 78.0F : 0.0F) + add_height +
           (sheet.events.empty() ? 0 : events_heading + chip_pitch * rows) +
           (sheet.from ? add_height : 0) + 12;
}

/// Some lines in small type.
void draw_lines(const Surface& p, Layer& layer, Point at, float width, const std::string& words)
{
    for (const std::string& line : wrapped(words, width, 12.5F, Font::regular)) {
        write(layer, at, line, {12.5F, Font::regular, p.colors.second});
        at.y += 17;
    }
}

/// From when on, and the way back to whole runs.
void draw_branch_heading(const Surface& p, Layer& layer, const Sheet& sheet, const Rect& field)
{
    constexpr float reset_width = 56, whole_width = 84, gap = 8, least_text = 150;
    const float left = field.x + margin, right = field.x + field.w - margin, top = field.y + 50;
    write(layer, {left, field.y + 35},
          fitted("From " + sheet.from_words + " on", right - left, 20, Font::medium),
          {20, Font::medium, p.colors.text});
    const Rect reset{right - reset_width, top, reset_width, 28};
    const Rect whole{reset.x - gap - whole_width, top, whole_width, 28};
    if (sheet.leads_back)
        draw_button(p, layer, {.id = {Control::whole_run}, .rect = whole, .label = "Whole run"});
    draw_button(
        p, layer,
        {.id = {Control::reset}, .rect = reset, .label = "Reset", .enabled = sheet.changed});
    if (const float room = whole.x - 12 - left; room >= least_text)
        draw_lines(
            p, layer, {left, field.y + 62}, room,
            fmt::format("{} runs with this past; what you move holds from here.", sheet.runs));
}

void draw_heading(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places)
{
    const Rect& field = places.levers;
    if (sheet.from)
        return draw_branch_heading(p, layer, sheet, field);
    write(layer, {field.x + margin, field.y + 35}, "What if?", {22, Font::medium, p.colors.text});
    const Rect button{field.x + field.w - margin - 112, field.y + 17, 112, 28};
    draw_button(p, layer,
                {.id = {Control::reset},
                 .rect = button,
                 .label = "Reset to history",
                 .enabled = sheet.changed});
    draw_lines(p, layer, {field.x + margin, field.y + 65}, field.w - 2 * margin,
               fmt::format("Drag a handle; {} runs follow it. The green shape behind it is the "
                           "chance of a return.",
                           sheet.runs));
}

/// The chance over the stretch of a lever, as far as it is known.
void draw_scent(const Palette& c, Layer& layer, const Rect& track, const LeverCard& lever)
{
    std::vector<Point> upper, lower;
    for (std::size_t k = 0; k < Scent::points; ++k) {
        const double share = lever.scent.share[k];
        if (std::isnan(share))
            continue;
        const float x = track.x + track.w * px(static_cast<double>(k) / (Scent::points - 1));
        upper.push_back({x, track.y + track.h - 1 - (track.h - 3) * px(share)});
        lower.push_back({x, track.y + track.h});
    }
    if (upper.size() < 2)
        return;
    const double strength = lever.scent_current ? (lever.changed ? 0.62 : 0.42) : 0.2;
    layer.add(Area{upper, lower, c.back.faded(strength), c.back.faded(strength)});
    layer.add(Path{std::move(upper), 1.3F, c.back.faded(lever.scent_current ? 0.9 : 0.4)});
}

void draw_handle(const Surface& p, Layer& layer, const Rect& track, const LeverCard& lever)
{
    const Palette& c = p.colors;
    const float middle = track.y + track.h / 2;
    if (lever.changed) {
        const float own = std::round(track.x + track.w * px(lever.own));
        layer.add(Line{{own, track.y - 2}, {own, track.y + track.h + 1}, 1.4F, c.third, c.third});
        layer.add(Disc{{own, track.y + track.h + 3}, 3.4F, c.panel});
        layer.add(Ring{{own, track.y + track.h + 3}, 3.2F, 1.3F, c.third});
    }
    const ControlId id{Control::lever, lever.row};
    const Color color = lever.changed ? c.signed_letter : c.text;
    const float x = std::round(track.x + track.w * px(lever.place));
    layer.add(Line{{x, track.y - 3}, {x, track.y + track.h + 3}, 2, color, color});
    const bool big = p.hovered(id) || p.view.what_if.held == lever.row;
    layer.add(Disc{{x, middle}, big ? 7.5F : 6.5F, color});
    layer.add(Disc{{x, middle}, 2.4F, c.panel});
}

/// The number at the right, a field while it is typed.
void draw_value(const Surface& p, Layer& layer, const LeverCard& lever, float right, float y)
{
    const Palette& c = p.colors;
    const ControlId id{Control::lever_value, lever.row};
    const bool typing = p.view.what_if.typing == lever.row;
    const std::string& words = typing ? p.view.what_if.text : lever.value;
    const float width = std::max(typing ? 84.0F : 34.0F, text_width(words, 13, Font::medium) + 12);
    const Rect box{right - width + 6, y, width, 18};
    if (typing) {
        layer.add(Box{box, 4, c.card, c.signed_letter, 1.2F});
        draw_vline(layer, right + 1, box.y + 3, box.y + 15, c.signed_letter, 1.2F);
    } else if (p.hovered(id)) {
        layer.add(Box{box, 4, c.card, c.hairline_strong, 1});
    }
    write(layer, {right, y + 13}, words,
          {13, Font::medium, lever.changed || typing ? c.signed_text : c.second, Align::right});
    if (p.focused(id))
        draw_focus_ring(p, layer, box, 3);
    p.spots.push_back({id, box, true});
}

void draw_lever(const Surface& p, Layer& layer, const LeverCard& lever, const Column& at)
{
    const Palette& c = p.colors;
    const ControlId id{Control::lever, lever.row}, away{Control::put_away, lever.row};
    const bool near = p.hovered(id) || p.hovered(away);
    const float room = at.w - text_width(lever.value, 13, Font::medium) - 20;
    write(layer, {at.x, at.y + 13}, fitted(lever.name, room - 18, 13, Font::regular),
          {13, lever.changed ? Font::medium : Font::regular, c.text});
    draw_value(p, layer, lever, at.x + at.w, at.y);
    const Rect track{at.x, at.y + track_top, at.w, track_height};
    layer.add(Box{track, 3, c.background, c.hairline, 1});
    draw_scent(c, layer, track, lever);
    draw_handle(p, layer, track, lever);
    if (p.focused(id))
        draw_focus_ring(p, layer, track, 3);
    p.spots.push_back({id, grown(track, 4), true});
    const float name = std::min(room - 18, text_width(lever.name, 13, Font::medium));
    const Rect cross{at.x + name + 6, at.y + 1, 16, 16};
    if (near)
        draw_icon(layer, Icon::close, {cross.x + 8, cross.y + 8}, 10,
                  p.hovered(away) ? c.text : c.third);
    p.spots.push_back({away, cross, false});
}

void draw_search(const Surface& p, Layer& layer, const Sheet& sheet, const Column& at)
{
    const Palette& c = p.colors;
    const Rect card{at.x, at.y + 2, at.w, 66};
    layer.add(Box{card, 8, c.card, c.hairline, 1});
    write(layer, {card.x + 14, card.y + 24}, "Finding the levers that matter",
          {13, Font::medium, c.text});
    write(layer, {card.x + 14, card.y + 42},
          fitted("Each number of the scenario is moved alone, in few runs.", card.w - 28, 12,
                 Font::regular),
          {12, Font::regular, c.second});
    const Rect bar{card.x + 14, card.y + 51, card.w - 28, 5};
    layer.add(Box{bar, 2.5F, c.hairline});
    draw_bar(layer, bar, sheet.screened, c.back);
}

/// A check mark in a circle's place.
void draw_check(Layer& layer, Point at, Color color)
{
    layer.add(Path{{{at.x - 4, at.y}, {at.x - 1, at.y + 3.4F}, {at.x + 5, at.y - 4}}, 1.8F, color});
}

/// What has happened is told and cannot be moved.
void draw_past_event(const Surface& p, Layer& layer, const EventCard& event, ControlId id,
                     Rect chip)
{
    const Palette& c = p.colors;
    layer.add(Box{chip, chip.h / 2, mix(c.panel, c.hairline, 0.5)});
    draw_check(layer, {chip.x + 15, chip.y + chip.h / 2}, c.third);
    write(layer, {chip.x + 27, chip.y + 15.5F},
          fitted(event.headline, chip.w - 38, 12, Font::medium), {12, Font::medium, c.third});
    p.spots.push_back({id, chip, false});
}

void draw_event(const Surface& p, Layer& layer, const EventCard& event, ControlId id, Rect chip)
{
    const Palette& c = p.colors;
    if (event.past)
        return draw_past_event(p, layer, event, id, chip);
    const bool changed = event.on != event.own_on || event.moved;
    const Color border = changed ? c.signed_letter : p.hovered(id) ? c.hairline_strong : c.hairline;
    const Color fill = event.on ? mix(c.panel, c.signed_letter, 0.14) : c.panel;
    layer.add(Box{chip, chip.h / 2, fill,
                  event.on && !changed ? c.signed_letter.faded(0.45) : border, 1,
                  event.on ? Dash{} : Dash{3, 3}});
    const Point mark{chip.x + 15, chip.y + chip.h / 2};
    if (event.on)
        draw_check(layer, mark, c.signed_text);
    else
        layer.add(Ring{mark, 4, 1.3F, c.third});
    const bool tells_time = event.moved || p.view.what_if.moving;
    const std::string& words = tells_time && !event.time.empty() ? event.time : event.headline;
    write(layer, {chip.x + 27, chip.y + 15.5F}, fitted(words, chip.w - 38, 12, Font::medium),
          {12, Font::medium, event.on ? c.text : c.third});
    if (p.focused(id))
        draw_focus_ring(p, layer, chip, chip.h / 2);
    p.spots.push_back({id, chip, true});
}

void draw_events(const Surface& p, Layer& layer, const Sheet& sheet, Column at)
{
    if (sheet.events.empty())
        return;
    write(layer, {at.x, at.y + 14},
          sheet.from ? "Events: gray ones have happened" : "Events in this scenario",
          {12, Font::regular, p.colors.third});
    at.y += events_heading;
    const float width = (at.w - chip_gap) / 2;
    std::size_t place = 0;
    for (std::size_t k = 0; k < sheet.events.size(); ++k) {
        if (!sheet.events[k].shown)
            continue;
        const Rect chip{at.x + (place % 2 == 1 ? width + chip_gap : 0),
                        at.y + chip_pitch * static_cast<float>(place / 2), width, chip_height};
        draw_event(p, layer, sheet.events[k],
                   {Control::event_switch, static_cast<std::uint32_t>(k)}, chip);
        ++place;
    }
    at.y += chip_pitch * static_cast<float>((place + 1) / 2);
    if (sheet.from)
        draw_button(p, layer,
                    {.id = {Control::add_event},
                     .rect = {at.x, at.y + 3, 112, 24},
                     .label = "+  Add an event",
                     .on = p.view.what_if.adding && p.view.what_if.adding_event});
}

/// Forget spots that are rolled out of sight, from `first` on.
void drop_unseen(const Surface& p, std::size_t first, const Rect& seen)
{
    const auto unseen = [&](const Spot& spot) {
        const float middle = spot.rect.y + spot.rect.h / 2;
        return middle < seen.y || middle > seen.y + seen.h;
    };
    p.spots.erase(
        std::remove_if(p.spots.begin() + static_cast<std::ptrdiff_t>(first), p.spots.end(), unseen),
        p.spots.end());
}

void draw_rolling(const Surface& p, Layer& layer, const Sheet& sheet, Column at)
{
    const Palette& c = p.colors;
    const std::string* group = nullptr;
    for (const LeverCard& lever : sheet.levers) {
        if (group == nullptr || *group != lever.group) {
            group = &lever.group;
            write(layer, {at.x, at.y + 13}, *group, {12, Font::regular, c.third});
            at.y += group_height;
        }
        draw_lever(p, layer, lever, at);
        at.y += lever_height;
    }
    if (searching(sheet)) {
        draw_search(p, layer, sheet, at);
        at.y += 78;
    }
    draw_button(p, layer,
                {.id = {Control::add_lever},
                 .rect = {at.x, at.y + 1, 112, 24},
                 .label = "+  Add a lever",
                 .on = p.view.what_if.adding && !p.view.what_if.adding_event});
    at.y += add_height;
    draw_events(p, layer, sheet, at);
}

} // namespace

float longest_scroll(const Sheet& sheet, const View& view)
{
    return std::max(0.0F, length_of(sheet) - what_if_places(view).rolls.h);
}

void draw_levers(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places)
{
    draw_heading(p, layer, sheet, places);
    const std::size_t first = p.spots.size();
    layer.add(Clip{places.rolls});
    draw_rolling(p, layer, sheet, column_of(places, p.view));
    layer.add(Unclip{});
    drop_unseen(p, first, places.rolls);
    const float most = longest_scroll(sheet, p.view);
    if (most > 0) {
        const Rect& r = places.rolls;
        const float whole = r.h + most;
        layer.add(
            Box{{r.x + r.w - 8, r.y + r.h * p.view.what_if.scroll / whole, 3, r.h * r.h / whole},
                1.5F,
                p.colors.hairline_strong});
    }
}

} // namespace walkout::render
