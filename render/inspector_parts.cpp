#include "render/inspector_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace walkout::render {

std::string moment_text(const Story& story, Hours time)
{
    return story.weekday(time) + " " + story.clock_text(time);
}

bool inspector_is_compact(const Picture& p)
{
    return p.regions.panel.h < 560;
}

bool known(const Picture& p, Hours time)
{
    return time <= p.time || !p.view.hide_future;
}

Column inspector_column(const Picture& p, Layer& layer)
{
    const Rect& r = p.regions.panel;
    return {p, layer, r.x + 20, r.w - 36, r.y, r.y + r.h - 4};
}

void draw_header(Column& column, const std::string& name, const std::string& below,
                 const HeaderStyle& style)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    const bool compact = inspector_is_compact(p);
    const float top = column.y + (compact ? -22.0F : 0.0F);
    const Rect close{column.right() - 24, column.y + (compact ? 16.0F : 14.0F), 24, 24};
    if (!compact) {
        column.heading(top + 32, p.story.day(p.time));
        write(column.layer, {close.x - 10, top + 32}, p.story.clock_text(p.time),
              {13, Font::medium, c.second, Align::right});
    }
    const float follow_x = compact ? close.x - 82 : column.right() - 74;
    // Where the close button stands above it, the name has the whole line.
    const float name_end = style.can_follow ? follow_x : compact ? close.x : column.right() + 8;
    const float left = column.x + style.indent;
    const float name_room = name_end - left - 8;
    write(column.layer, {left, top + 64}, fitted(name, name_room, 20, Font::medium),
          {20, Font::medium, c.text});
    write(column.layer, {left, top + 83}, fitted(below, name_room, 13, Font::regular),
          {13, Font::regular, c.second});
    draw_button(
        p, column.layer,
        {.id = {Control::close_inspector}, .rect = close, .icon = Icon::close, .icon_size = 11});
    if (style.can_follow) {
        draw_button(p, column.layer,
                    {.id = {Control::follow},
                     .rect = {follow_x, compact ? close.y - 3 : top + 52, 74, 30},
                     .label = p.view.following ? "Following" : "Follow",
                     .on = p.view.following});
    }
    column.y = top + 104;
    column.rule();
}

namespace {

std::string rank_text(const Story& story, const Fate& fate)
{
    return fmt::format("{}, {} of {}", moment_text(story, fate.signed_letter), ordinal(fate.rank),
                       grouped(story.people()));
}

} // namespace

Status status_of(const Picture& p, AgentId person)
{
    const Story& story = p.story;
    const Fate& fate = story.fate(person);
    switch (fate.at(p.time)) {
    case State::back:
        return {"Back at work", "since " + moment_text(story, fate.back)};
    case State::gone:
        return {"Gone outside", "since " + moment_text(story, fate.gone)};
    case State::signed_letter:
        return {"Signed", rank_text(story, fate)};
    case State::unsettled:
    case State::at_work:
        break;
    }
    Status status{fate.at(p.time) == State::unsettled ? "Unsettled" : "At work", {}};
    if (fate.signed_letter < never && known(p, fate.signed_letter)) {
        status.detail = "signs " + rank_text(story, fate);
    } else if (known(p, story.clock().end()) && story.letter_opened() < never) {
        status.detail =
            fate.gone < never ? "leaves " + moment_text(story, fate.gone) : "never signs";
    }
    return status;
}

void draw_status(Column& column, const Status& status)
{
    column.heading(column.y + 26, status.state);
    column.at_right(column.y + 26, status.detail, column.p.colors.text, Font::medium, 13);
    column.y += 34;
}

std::string subtitle(const Story& story, AgentId person)
{
    return story.role(person) + ", " + story.place(person);
}

// ---------------------------------------------------------------- curves over time

PressureCurves curves_of(const Story& story, AgentId person)
{
    const PressureSamples& samples = story.trace().pressure;
    PressureCurves curves;
    for (std::size_t k = 0; k < samples.times.size(); ++k) {
        const std::size_t at = k * story.people() + person;
        curves.push.emplace_back(samples.times[k], static_cast<double>(samples.inclination[at]));
        curves.cost.emplace_back(samples.times[k], static_cast<double>(samples.cost[at]));
    }
    return curves;
}

double value_at(const Samples& samples, Hours time)
{
    const auto after = std::upper_bound(samples.begin(), samples.end(), time,
                                        [](Hours t, const auto& s) { return t < s.first; });
    if (after == samples.begin()) {
        return samples.front().second;
    }
    const auto& before = *(after - 1);
    if (after == samples.end() || after->first <= before.first) {
        return before.second;
    }
    return std::lerp(before.second, after->second,
                     (time - before.first) / (after->first - before.first));
}

namespace {

std::vector<Point> points_of(const Plot& plot, const Samples& samples, Hours from, Hours to)
{
    std::vector<Point> points{plot.at(from, value_at(samples, from))};
    for (const auto& [time, value] : samples) {
        if (time > from && time < to) {
            points.push_back(plot.at(time, value));
        }
    }
    points.push_back(plot.at(to, value_at(samples, to)));
    return points;
}

} // namespace

void draw_samples(const Picture& p, Layer& layer, const Plot& plot, const Samples& samples,
                  Color color)
{
    const Hours from = std::max(plot.left, samples.front().first);
    const Hours to = std::min(plot.right, samples.back().first);
    const Hours now = std::clamp(p.time, from, std::max(from, to));
    if (now < to && !p.view.hide_future) {
        layer.add(Path{points_of(plot, samples, now, to), 1.4F, color.faded(0.4), {3, 3}});
    }
    if (now > from) {
        layer.add(Path{points_of(plot, samples, from, now), 2.4F, color});
    }
}

void draw_dashed(const Picture& p, Layer& layer, const Plot& plot, const Samples& samples,
                 Color color)
{
    const Hours from = std::max(plot.left, samples.front().first);
    const Hours known = p.view.hide_future ? std::min(p.time, plot.right) : plot.right;
    const Hours to = std::min(known, samples.back().first);
    if (to > from) {
        layer.add(Path{points_of(plot, samples, from, to), 1.3F, color, {5, 4}});
    }
}

std::pair<Hours, Hours> hours_around(const Samples& samples, Hours moment)
{
    constexpr Hours before = 6, after = 4;
    constexpr int enough = 8;
    const Hours first = samples.front().first;
    const Hours last = samples.back().first;
    const Hours from = std::clamp(moment - before, first, last);
    const Hours to = std::clamp(moment + after, first, last);
    const auto inside = std::count_if(samples.begin(), samples.end(), [&](const auto& sample) {
        return sample.first >= from && sample.first <= to;
    });
    return inside >= enough && to > from ? std::pair{from, to} : std::pair{first, last};
}

namespace {

Plot plot_around(const Rect& area, std::pair<Hours, Hours> hours,
                 const std::vector<const Samples*>& curves)
{
    Plot plot;
    plot.area = area;
    plot.left = hours.first;
    plot.right = std::max(hours.second, hours.first + 0.1);
    double low = 0;
    double high = 0.1;
    for (const Samples* curve : curves) {
        for (const auto& [time, value] : *curve) {
            if (plot.spans(time)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }
    const double slack = 0.12 * (high - low);
    plot.top = high + slack;
    plot.bottom = low < 0 ? low - slack : 0;
    return plot;
}

} // namespace

Plot take_plot(Column& column, float height, std::pair<Hours, Hours> hours,
               const std::vector<const Samples*>& curves)
{
    const Rect area{column.x + 34, column.y + chart_head, column.w - 38, height};
    column.y += chart_head + height + chart_foot;
    return plot_around(area, hours, curves);
}

float plot_height(const Column& column, float others)
{
    constexpr float least = 60, most = 150;
    const float room = column.room() - others - chart_head - chart_foot;
    return room < least ? 0 : std::min(room, most);
}

void draw_plot_frame(const Picture& p, Layer& layer, const Plot& plot)
{
    std::vector<std::pair<double, std::string>> ticks;
    for (const double value : nice_ticks(plot.bottom, plot.top, plot.area.h > 90 ? 4 : 3)) {
        const std::string digits = fmt::format("{:.1f}", std::abs(value));
        ticks.emplace_back(value, value < -1e-9 ? "\u2212" + digits : digits);
    }
    draw_value_axis(p.colors, layer, plot, ticks);
    draw_clock_axis(p, layer, plot);
}

void draw_now(const Picture& p, Layer& layer, const Plot& plot)
{
    if (plot.spans(p.time)) {
        draw_vline(layer, plot.x(p.time), plot.area.y, plot.area.y + plot.area.h, p.colors.second);
    }
}

void draw_knot(const Palette& c, Layer& layer, Point at, Color color)
{
    layer.add(Disc{at, 5, color});
    layer.add(Ring{at, 5, 1.6F, c.panel});
}

// ---------------------------------------------------------------- history

namespace {

constexpr float history_head = 34, history_row = 21;

/// Whether a row tells in which of two runs it is so.
bool is_of_two(const HistoryRow& row)
{
    return row.in_a || row.in_b;
}

/// In which of two runs it is so.
void draw_letters(Column& column, const HistoryRow& row, float y)
{
    const Palette& c = column.p.colors;
    if (row.in_a)
        write(column.layer, {column.x, y}, "A", {11, Font::bold, c.signed_text});
    if (row.in_b)
        write(column.layer, {column.x + 9, y}, "B", {11, Font::bold, c.scenario_b});
}

/// One row on a baseline: a knot on the thread, the moment, what happened.
void draw_history_row(Column& column, const HistoryRow& row, ControlId id, float y)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    const bool jump = row.time < never;
    const bool ahead = jump && row.time > p.time;
    const bool done = row.own && jump && !ahead;
    const Rect spot{column.x - 4, y - 15, column.w + 8, history_row};
    if (jump && p.hovered(id)) {
        column.layer.add(Box{spot, 5, c.card});
    }
    const float words = is_of_two(row) ? 88 : 98;
    if (is_of_two(row)) {
        draw_letters(column, row, y);
    } else {
        column.layer.add(
            Disc{{column.x + 5, y - 4}, 3, done ? c.signed_letter : c.hairline_strong});
    }
    write(column.layer, {column.x + 20, y}, jump ? moment_text(p.story, row.time) : "after",
          {12.5F, Font::regular, ahead ? c.third : c.second});
    write(column.layer, {column.x + words, y},
          fitted(row.words, column.w - words, 12.5F, done ? Font::medium : Font::regular),
          {12.5F, done ? Font::medium : Font::regular,
           done    ? c.text
           : ahead ? c.third
                   : c.second});
    if (!jump) {
        return;
    }
    if (p.focused(id)) {
        draw_focus_ring(p, column.layer, grown(spot, -3), 4);
    }
    p.spots.push_back({id, spot, true});
}

} // namespace

float history_height(std::size_t rows)
{
    return history_head + 8 + history_row * static_cast<float>(rows);
}

void draw_history(Column& column, const std::vector<HistoryRow>& rows)
{
    const Picture& p = column.p;
    const auto fitting =
        static_cast<std::size_t>(std::max(0.0F, (column.room() - history_head - 6) / history_row));
    const auto is_known = [&](const HistoryRow& row) {
        return known(p, std::min(row.time, p.story.clock().end()));
    };
    const auto unknown = std::find_if_not(rows.begin(), rows.end(), is_known);
    const std::size_t shown = std::min(fitting, static_cast<std::size_t>(unknown - rows.begin()));
    if (shown == 0) {
        return;
    }
    column.rule();
    column.heading(column.y + 26, "History");
    column.at_right(column.y + 26, "click to jump", p.colors.third, Font::regular, 12);
    float y = column.y + history_head + 14;
    for (std::size_t k = 0; k < shown; ++k, y += history_row) {
        if (k + 1 < shown && !is_of_two(rows[k])) {
            draw_vline(column.layer, column.x + 5, y, y + history_row - 7,
                       p.colors.hairline_strong);
        }
        draw_history_row(column, rows[k], {Control::history_row, static_cast<std::uint32_t>(k)}, y);
    }
}

} // namespace walkout::render
