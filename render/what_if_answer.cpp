#include "render/what_if_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

/// Right column of the tab "What if": how the runs end, and what is different.

namespace walkout::render {

namespace {

constexpr float margin = 24;
constexpr int dots_across = 20;
constexpr float row_height = 23, measure_height = 64, buttons_height = 116;

/// What is left of the column, from the top down.
struct Column {
    float x, w, y, bottom;
};

void draw_headline(const Surface& p, Layer& layer, const Sheet& sheet, Column& at)
{
    const Palette& c = p.colors;
    const std::string own = sheet.changed ? "baseline " + sheet.own_headline_share : "";
    write(layer, {at.x, at.y + 36},
          fitted(sheet.question, at.w - text_width(own, 12, Font::regular) - 8, 13, Font::medium),
          {13, Font::medium, c.second});
    const float size = at.w < 340 ? 32 : 40;
    write(layer, {at.x, at.y + 78}, sheet.headline_share, {size, Font::bold, c.back});
    const float number = text_width(sheet.headline_share, size, Font::bold);
    write(layer, {at.x + number + 10, at.y + 78}, "runs", {16, Font::regular, c.text});
    write(layer, {at.x + at.w, at.y + 36}, own, {12, Font::regular, c.third, Align::right});
    const float taken = number + 22 + text_width("runs", 16, Font::regular);
    if (taken + text_width(sheet.interval, 12, Font::regular) <= at.w)
        write(layer, {at.x + at.w, at.y + 78}, sheet.interval,
              {12, Font::regular, c.third, Align::right});
    at.y += 94;
}

/// One mark per run; those not made yet are rings.
void draw_dots(const Surface& p, Layer& layer, const Sheet& sheet, Column& at)
{
    const float pitch = at.w / dots_across;
    const float r = std::min(6.2F, pitch * 0.34F);
    const auto rows = static_cast<float>((sheet.runs + dots_across - 1) / dots_across);
    const auto place = [&](std::size_t k) {
        return Point{at.x + pitch * (static_cast<float>(k % dots_across) + 0.5F),
                     at.y + pitch * (static_cast<float>(k / dots_across) + 0.5F)};
    };
    for (std::size_t k = 0; k < sheet.runs; ++k) {
        const Point dot = place(k);
        if (k >= sheet.dots.size()) {
            layer.add(Ring{dot, r - 1, 1, p.colors.empty_seat});
            continue;
        }
        draw_outcome_mark(p.colors, layer, dot, r, sheet.dots[k].outcome);
        if (p.view.what_if.run == sheet.dots[k].replicate)
            layer.add(Ring{dot, r + 2.6F, 1.7F, p.colors.text});
        p.spots.push_back({{Control::run_dot, sheet.dots[k].replicate},
                           {dot.x - pitch / 2, dot.y - pitch / 2, pitch, pitch},
                           false});
    }
    at.y += pitch * rows + 8;
}

void draw_outcomes(const Surface& p, Layer& layer, const Sheet& sheet, Column& at)
{
    const Palette& c = p.colors;
    const float right = at.x + at.w;
    // In a narrow column the numbers stand closer.
    const float now = right - (at.w < 300 ? 48.0F : 64.0F);
    const float runs = now - (at.w < 300 ? 38.0F : 60.0F);
    for (const auto& [x, words] : {std::pair{runs, "runs"}, {now, "now"}, {right, "baseline"}})
        write(layer, {x, at.y + 12}, words, {11.5F, Font::regular, c.third, Align::right});
    at.y += 18;
    for (const OutcomeCard& row : sheet.outcomes) {
        const float y = at.y + 16;
        draw_outcome_mark(c, layer, {at.x + 7, y - 4.5F}, 5.2F, row.outcome);
        write(layer, {at.x + 22, y}, fitted(row.words, runs - at.x - 22 - 34, 13, Font::regular),
              {13, Font::regular, c.text});
        write(layer, {runs, y}, grouped(static_cast<long>(row.runs)),
              {12.5F, Font::regular, c.second, Align::right});
        write(layer, {now, y}, row.share, {13, Font::bold, c.text, Align::right});
        write(layer, {right, y}, row.own_share, {12.5F, Font::regular, c.second, Align::right});
        at.y += row_height;
    }
    at.y += 12;
}

void draw_range(Layer& layer, const Rect& axis, float y, double low, double middle, double high,
                Color bar, Color dot)
{
    const float from = axis.x + axis.w * px(low), to = axis.x + axis.w * px(high);
    layer.add(Line{{from, y}, {std::max(to, from + 2), y}, 3, bar, bar});
    layer.add(Disc{{axis.x + axis.w * px(middle), y}, 4, dot});
}

void draw_measure(const Surface& p, Layer& layer, const Sheet& sheet, const MeasureCard& card,
                  const Column& at)
{
    const Palette& c = p.colors;
    const float right = at.x + at.w;
    const float y = at.y + 15;
    write(layer, {right, y}, card.now,
          {13, Font::bold, sheet.changed ? c.signed_text : c.text, Align::right});
    float left = right - text_width(card.now, 13, Font::bold);
    if (sheet.changed) {
        layer.add(Shape{{{left - 16, y - 8}, {left - 16, y}, {left - 10, y - 4}}, c.third});
        left -= 24;
        write(layer, {left, y}, card.own, {13, Font::regular, c.second, Align::right});
        left -= text_width(card.own, 13, Font::regular);
    }
    write(layer, {at.x, y}, fitted(card.words, left - at.x - 10, 13, Font::regular),
          {13, Font::regular, c.text});
    const Rect axis{at.x + 4, at.y + 30, at.w - 8, 0};
    draw_hline(layer, at.x, right, axis.y, c.hairline);
    if (sheet.changed)
        draw_range(layer, axis, axis.y - 4, card.own_low, card.own_middle, card.own_high,
                   c.third.faded(0.7), c.second);
    const Color color = sheet.changed ? c.signed_letter : c.second;
    draw_range(layer, axis, axis.y + (sheet.changed ? 5.0F : 0.5F), card.now_low, card.now_middle,
               card.now_high, color.faded(0.6), color);
    if (sheet.changed)
        write(layer, {right, at.y + 51}, fitted(card.difference, at.w, 11.5F, Font::regular),
              {11.5F, Font::regular, c.third, Align::right});
}

void draw_measures(const Surface& p, Layer& layer, const Sheet& sheet, Column& at)
{
    const Palette& c = p.colors;
    if (at.y + 40 + measure_height > at.bottom || sheet.measures.empty())
        return;
    draw_hline(layer, at.x, at.x + at.w, at.y, c.hairline);
    write(layer, {at.x, at.y + 26}, sheet.changed ? "What changed" : "In the runs",
          {14, Font::medium, c.text});
    write(layer, {at.x + at.w, at.y + 26}, "median and 80 %",
          {12, Font::regular, c.second, Align::right});
    at.y += 38;
    for (const MeasureCard& card : sheet.measures) {
        if (at.y + measure_height > at.bottom)
            return;
        draw_measure(p, layer, sheet, card, at);
        at.y += measure_height;
    }
}

void draw_buttons(const Surface& p, Layer& layer, const Sheet& sheet, const Rect& field)
{
    const float width = (field.w - 2 * margin - 16) / 3;
    const float x = field.x + margin;
    const bool narrow = width < 100;
    float y = field.y + field.h - buttons_height;
    if (sheet.shown > 0 && sheet.problem.empty())
        for (const auto& [kind, label, brief] : {std::tuple{0U, "Median run", "Median"},
                                                 {1U, "Extreme run", "Extreme"},
                                                 {2U, "One that failed", "Failed"}})
            draw_button(p, layer,
                        {.id = {Control::light_kind, kind},
                         .rect = {x + (width + 8) * static_cast<float>(kind), y, width, 26},
                         .label = narrow ? brief : label});
    y += 34;
    const std::string watch = narrow ? "Watch"
                              : p.view.what_if.run
                                  ? fmt::format("Watch run {}", *p.view.what_if.run)
                                  : "Watch a run";
    draw_button(p, layer,
                {.id = {Control::watch_run},
                 .rect = {x, y, width, 34},
                 .label = watch,
                 .primary = true,
                 .enabled = sheet.shown > 0 && sheet.problem.empty()});
    draw_button(p, layer,
                {.id = {Control::compare_now},
                 .rect = {x + width + 8, y, width, 34},
                 .label = "Compare",
                 .enabled = sheet.changed && sheet.problem.empty()});
    draw_button(p, layer,
                {.id = {Control::save_scenario},
                 .rect = {x + 2 * width + 16, y, width, 34},
                 .label = narrow ? "Save" : "Save scenario",
                 .enabled = sheet.changed});
    const Palette& c = p.colors;
    const std::string made =
        sheet.shown < sheet.runs ? fmt::format("{} of {} runs", sheet.shown, sheet.runs)
        : sheet.seconds > 0      ? fmt::format("{} runs in {:.2f} s", sheet.shown, sheet.seconds)
                                 : fmt::format("{} runs", sheet.shown);
    write(layer, {x, y + 58}, made, {12, Font::regular, c.third});
    if (sheet.can_undo || sheet.can_redo)
        write(layer, {x + 3 * width + 16, y + 58}, sheet.can_undo ? "Undo Ctrl Z" : "Redo Ctrl Y",
              {12, Font::regular, c.third, Align::right});
}

// ---------------------------------------------------------------- overlays

const Spot* spot_of(const Surface& p, ControlId id)
{
    const auto found = std::ranges::find(p.spots, id, &Spot::id);
    return found == p.spots.end() ? nullptr : &*found;
}

/// The run under the pointer, in words.
void draw_run_tip(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places)
{
    if (!p.view.what_if.run)
        return;
    const auto dot = std::ranges::find(sheet.dots, *p.view.what_if.run, &DotCard::replicate);
    if (dot == sheet.dots.end())
        return;
    const auto row = std::ranges::find(sheet.outcomes, dot->outcome, &OutcomeCard::outcome);
    const std::vector<std::string> lines{fmt::format("Run {} of {}", dot->replicate, sheet.runs),
                                         row->words, "Enter watches it"};
    const Spot* spot = spot_of(p, p.view.hover);
    if (p.view.hover.control == Control::run_dot && spot != nullptr) {
        draw_tooltip(p, layer, grown(spot->rect, 2), lines);
    } else if (!sheet.names.lit.empty()) {
        const Plot plot = names_plot(sheet, places.fan);
        const bool near = p.view.hover.control == Control::fan;
        const std::size_t moment =
            near ? static_cast<std::size_t>(
                       std::clamp((p.view.pointer.x - plot.area.x) / plot.area.w *
                                      static_cast<float>(sheet.names.times.size() - 1),
                                  0.0F, static_cast<float>(sheet.names.times.size() - 1)))
                 : sheet.names.times.size() * 2 / 3;
        const Point at = plot.at(sheet.names.times[moment], sheet.names.lit[moment]);
        layer.add(Disc{at, 4.5F, p.colors.text});
        draw_tooltip(p, layer, {at.x - 8, at.y - 8, 16, 16}, lines);
    }
}

void draw_lever_tip(const Surface& p, Layer& layer, const Sheet& sheet)
{
    const Spot* spot = spot_of(p, p.view.hover);
    const auto lever = std::ranges::find(sheet.levers, p.view.hover.index, &LeverCard::row);
    if (spot == nullptr || p.view.what_if.held)
        return;
    if (p.view.hover.control == Control::event_switch) {
        const EventCard& event = sheet.events.at(p.view.hover.index);
        std::vector<std::string> lines{event.headline};
        if (event.past) {
            lines.push_back("has happened, " + event.time);
            return draw_tooltip(p, layer, spot->rect, lines);
        }
        if (!event.time.empty())
            lines.push_back(event.moved ? event.time + ", in the scenario " + event.own_time
                                        : event.time);
        lines.emplace_back(event.time.empty() ? "click: on or off"
                                              : "click: on or off; drag: another time");
        draw_tooltip(p, layer, spot->rect, lines);
    } else if (lever == sheet.levers.end()) {
        return;
    } else if (p.view.hover.control == Control::lever) {
        draw_tooltip(p, layer, spot->rect, {lever->meaning, lever->path});
    } else if (p.view.hover.control == Control::lever_value) {
        draw_tooltip(p, layer, spot->rect, {"Type a value"});
    } else if (p.view.hover.control == Control::put_away) {
        draw_tooltip(p, layer, spot->rect, {"Put this lever away"});
    }
}

/// The box in which another lever is looked for.
void draw_adding(const Surface& p, Layer& layer, const Sheet& sheet)
{
    const bool events = p.view.what_if.adding_event;
    const Spot* button = spot_of(p, {events ? Control::add_event : Control::add_lever});
    if (!p.view.what_if.adding || button == nullptr)
        return;
    const Palette& c = p.colors;
    constexpr float row = 26, width = 380;
    const float height =
        48 + row * static_cast<float>(std::max<std::size_t>(1, sheet.matches.size()));
    const float y = std::min(button->rect.y + button->rect.h + 4,
                             p.regions.timeline.y + p.regions.timeline.h - height - 8);
    const Rect card{button->rect.x, y, width, height};
    layer.add(Box{card, 8, c.card, c.hairline_strong, 1});
    const Rect box{card.x + 8, card.y + 8, card.w - 16, 28};
    layer.add(Box{box, 6, c.panel, c.signed_letter, 1.2F});
    const std::string& text = p.view.what_if.text;
    write(layer, {box.x + 10, box.y + 18.5F},
          text.empty()
              ? events ? "a word, like offer" : "a word or a path, like trust or people.vigil"
              : fitted(text, box.w - 24, 13, Font::medium),
          {13, text.empty() ? Font::regular : Font::medium, text.empty() ? c.third : c.text});
    const float cursor = text.empty() ? 0 : text_width(text, 13, Font::medium) + 2;
    draw_vline(layer, box.x + 10 + std::min(cursor, box.w - 22), box.y + 7, box.y + 21,
               c.signed_letter, 1.2F);
    float line = card.y + 42;
    if (sheet.matches.empty())
        write(layer, {card.x + 18, line + 17},
              !text.empty() ? "no match"
              : events      ? "Every event is on"
                            : "Every number of the scenario",
              {12.5F, Font::regular, c.third});
    for (std::size_t k = 0; k < sheet.matches.size(); ++k, line += row) {
        const auto& [lever, name] = sheet.matches[k];
        const ControlId id{Control::lever_match, lever};
        const Rect place{card.x + 4, line, card.w - 8, row};
        if (k == p.view.what_if.match || p.hovered(id))
            layer.add(Box{place, 5,
                          mix(c.card, c.hairline_strong, k == p.view.what_if.match ? 0.7 : 0.35)});
        write(layer, {place.x + 14, place.y + 17.5F},
              fitted(name, place.w - 28, 12.5F, Font::regular), {12.5F, Font::regular, c.text});
        p.spots.push_back({id, place, false});
    }
}

} // namespace

void draw_outcome_mark(const Palette& c, Layer& layer, Point at, float r, Outcome outcome)
{
    switch (outcome) {
    case Outcome::returned:
        return layer.add(Disc{at, r, c.back});
    case Outcome::partial:
        return draw_state_mark(c, layer, at, r, State::unsettled);
    case Outcome::failed_petition:
        return layer.add(Disc{at, r, c.at_work});
    case Outcome::no_petition:
        return layer.add(Ring{at, r - 0.8F, 1.6F, c.at_work});
    case Outcome::standoff:
        return layer.add(
            Box{{at.x - r * 0.88F, at.y - r * 0.88F, r * 1.76F, r * 1.76F}, 1.5F, c.board});
    case Outcome::mass_exit:
        return draw_state_mark(c, layer, at, r, State::gone);
    }
}

void draw_answer(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places)
{
    const Rect& field = places.answer;
    Column at{field.x + margin, field.w - 2 * margin, field.y, field.y + field.h - buttons_height};
    if (sheet.shown > 0 && sheet.problem.empty()) {
        draw_headline(p, layer, sheet, at);
        draw_dots(p, layer, sheet, at);
        draw_outcomes(p, layer, sheet, at);
        draw_measures(p, layer, sheet, at);
    }
    draw_buttons(p, layer, sheet, field);
}

void draw_what_if_overlays(const Surface& p, Layer& layer, const Sheet& sheet,
                           const WhatIfPlaces& places)
{
    draw_run_tip(p, layer, sheet, places);
    draw_lever_tip(p, layer, sheet);
    draw_adding(p, layer, sheet);
}

} // namespace walkout::render
