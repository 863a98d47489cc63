#include "render/inspector_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

/// Whether the samples of pressure, which are about signing for the leader, are about this act.
bool is_sampled(const Reason& reason)
{
    return reason.acted && reason.act == Stance::signed_letter && reason.side == Pole::plus;
}

/// When the push reached the threshold, or how much was missing when it came closest.
std::string chart_words(const Picture& p, const Plot& plot, const Reason& reason,
                        std::optional<Hours> crossing)
{
    const Story& story = p.story;
    if (!known(p, reason.time) || (reason.acted && !is_sampled(reason))) {
        return {};
    }
    if (!reason.acted) {
        return reason.push < reason.threshold
                   ? fmt::format("{} short at {}", value_text(reason.threshold - reason.push),
                                 moment_text(story, reason.time))
                   : "reaches the threshold, never acts on it";
    }
    if (!crossing) {
        return reason.push >= reason.threshold ? "above the threshold from the start" : "";
    }
    return plot.spans(*crossing) ? "crosses the threshold at " + story.clock_text(*crossing)
                                 : "above the threshold since " + moment_text(story, *crossing);
}

/// Where the push crosses the threshold, and the act.
void draw_turning_points(const Picture& p, Layer& layer, const Plot& plot,
                         const PressureCurves& curves, const Reason& reason,
                         std::optional<Hours> crossing)
{
    const Palette& c = p.colors;
    if (!known(p, reason.time) || !plot.spans(reason.time)) {
        return;
    }
    if (crossing && plot.spans(*crossing)) {
        const Point at = plot.at(*crossing, value_at(curves.push, *crossing));
        layer.add(Disc{at, 4, c.panel});
        layer.add(Ring{at, 3.6F, 1.6F, c.signed_letter});
    }
    const double value = is_sampled(reason) ? reason.push : value_at(curves.push, reason.time);
    draw_knot(c, layer, plot.at(reason.time, std::clamp(value, plot.bottom, plot.top)),
              reason.acted ? c.signed_letter : c.at_work);
}

/// Above the left end of the threshold, or below it where the push runs just above.
void draw_threshold_label(const Column& column, const Plot& plot, const PressureCurves& curves)
{
    constexpr float above = -6, below = 14, height = 24;
    const double threshold = value_at(curves.cost, plot.left);
    const float y = plot.y(threshold);
    const float push = plot.y(value_at(curves.push, plot.left));
    const bool crowded = push <= y && push > y - height;
    write(column.layer, {plot.area.x + 2, y + (crowded ? below : above)},
          "threshold " + value_text(threshold), {11.5F, Font::medium, column.p.colors.text});
}

void draw_pressure(Column& column, AgentId person, const Reason& reason, float height)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    const PressureCurves curves = curves_of(p.story, person);
    const float heading = column.y + 26;
    const Plot plot = take_plot(column, height, hours_around(curves.push, reason.time),
                                {&curves.push, &curves.cost});
    const std::optional<Hours> crossing = crossing_of(p.story, person, reason.time);
    column.heading(heading, "Pressure to sign");
    column.at_right(heading, chart_words(p, plot, reason, crossing),
                    reason.acted ? c.signed_text : c.second);
    draw_plot_frame(p, column.layer, plot);
    draw_dashed(p, column.layer, plot, curves.cost, c.text);
    draw_threshold_label(column, plot, curves);
    draw_samples(p, column.layer, plot, curves.push, c.signed_letter);
    draw_now(p, column.layer, plot);
    draw_turning_points(p, column.layer, plot, curves, reason, crossing);
}

// ---------------------------------------------------------------- waterfall

std::string_view act_word(Stance act)
{
    switch (act) {
    case Stance::resigned:
        return "leaving";
    case Stance::posted:
        return "speaking up";
    default:
        return "signing";
    }
}

/// `Cost of signing: 1.01 the act, +0.12 own exposure, −0.27 a fallback`.
std::string cost_text(const Reason& reason)
{
    std::string text =
        fmt::format("Cost of {} {}: ", act_word(reason.act), value_text(reason.threshold));
    bool first = true;
    for (const Term& term : reason.cost) {
        if (std::abs(term.value) < 0.005 && !first) {
            continue;
        }
        text += (first ? "" : ", ") + term.words + " " +
                (first ? value_text(term.value) : signed_value(term.value));
        first = false;
    }
    return text;
}

std::vector<std::string> cost_lines(const Column& column, const Reason& reason)
{
    std::vector<std::string> lines = wrapped(cost_text(reason), column.w, 12, Font::regular);
    lines.resize(std::min<std::size_t>(lines.size(), 2));
    return lines;
}

std::string reason_heading(const Story& story, const Reason& reason)
{
    const std::string at = story.clock_text(reason.time);
    if (!reason.acted) {
        return "What made up the largest pressure, at " + at;
    }
    return "What made up the pressure at " + at;
}

/// Why the bars do not decide: an act that no review led to.
std::string cause_text(const Reason& reason)
{
    switch (reason.cause) {
    case Cause::first_signer:
        return "asked as one of the first";
    case Cause::background:
        return "left by chance";
    default:
        return {};
    }
}

constexpr float waterfall_head = 40;

/// Pixels of partial sums.
struct WaterfallScale {
    float x = 0, w = 1;
    double low = 0, high = 1;

    float at(double value) const { return x + w * px((value - low) / (high - low)); }
};

WaterfallScale waterfall_scale(const Column& column, const Reason& reason)
{
    WaterfallScale scale{column.x + 196, column.w - 252, 0, std::max(0.1, reason.threshold)};
    double sum = 0;
    for (const Term& term : reason.terms) {
        sum += term.value;
        scale.low = std::min(scale.low, sum);
        scale.high = std::max(scale.high, sum);
    }
    scale.high += 0.04 * (scale.high - scale.low);
    return scale;
}

void draw_span(Layer& layer, const WaterfallScale& scale, double from, double to, float y,
               float height, Color color)
{
    const float left = scale.at(std::min(from, to));
    const float right = scale.at(std::max(from, to));
    layer.add(Box{{left, y, std::max(right - left, 1.5F), height},
                  std::min(3.0F, std::max(right - left, 1.5F) / 2),
                  color});
}

void draw_waterfall(Column& column, const Reason& reason, float row)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    Layer& layer = column.layer;
    column.rule();
    column.heading(column.y + 26, reason_heading(p.story, reason));
    column.at_right(column.y + 26, cause_text(reason), c.third, Font::regular, 12);
    const WaterfallScale scale = waterfall_scale(column, reason);
    float y = column.y + waterfall_head;
    const float top = y;
    const float bar = std::max(4.0F, row - 13);
    const float rows = static_cast<float>(reason.terms.size() + 1);
    layer.add(Line{{scale.at(0), top - 2},
                   {scale.at(0), top + rows * row - 4},
                   1,
                   c.hairline_strong,
                   c.hairline_strong});
    double sum = 0;
    for (const Term& term : reason.terms) {
        const Color color = term.value < 0 ? c.board : c.signed_letter;
        const Color word_color = term.value < 0 ? c.board : c.signed_text;
        const float base = y + bar / 2 + 6;
        write(layer, {column.x, base}, fitted(term.words, 190, 12.5F, Font::regular),
              {12.5F, Font::regular, c.text});
        draw_span(layer, scale, sum, sum + term.value, y + 2, bar, color);
        write(layer, {column.right(), base}, signed_value(term.value),
              {12.5F, Font::medium, word_color, Align::right});
        sum += term.value;
        layer.add(Line{{scale.at(sum), y + 2 + bar},
                       {scale.at(sum), y + 2 + row},
                       1,
                       c.hairline_strong,
                       c.hairline_strong});
        y += row;
    }
    const float base = y + bar / 2 + 6;
    draw_span(layer, scale, 0, sum, y + 2, bar, c.text);
    write(layer, {column.x, base}, "Pressure", {12.5F, Font::medium, c.text});
    write(layer, {column.right(), base}, value_text(sum),
          {12.5F, Font::medium, c.text, Align::right});
    layer.add(Line{{scale.at(reason.threshold), top - 4},
                   {scale.at(reason.threshold), y + bar + 4},
                   1.2F,
                   c.text,
                   c.text,
                   {4, 3}});
    column.y = y + row + 2;
    for (const std::string& line : cost_lines(column, reason)) {
        write(layer, {column.x, column.y + 10}, line, {12, Font::regular, c.second});
        column.y += 16;
    }
    column.y += 6;
}

float waterfall_height(const Column& column, const Reason& reason, float row)
{
    return waterfall_head + static_cast<float>(reason.terms.size() + 1) * row + 8 +
           16 * static_cast<float>(cost_lines(column, reason).size());
}

/// Height of a row, lower where the column is short.
float waterfall_row(const Column& column, const Reason& reason)
{
    constexpr float least = 13, low = 20, usual = 26;
    const float spare = column.room() - waterfall_height(column, reason, 0);
    const float most = inspector_is_compact(column.p) ? low : usual;
    return std::clamp(spare / static_cast<float>(reason.terms.size() + 1), least, most);
}

void draw_no_pressure(Column& column)
{
    const bool big = column.p.story.people() > Trace::pressure_people;
    column.y += 14 + draw_notice(column.p.colors, column.layer, {column.x, column.y + 14}, column.w,
                                 big ? "Too many people for this curve."
                                     : "This trace has no pressure over time.",
                                 big ? fmt::format("Pressure over time is kept up to {} people. "
                                                   "What decided the act is shown below.",
                                                   grouped(Trace::pressure_people))
                                     : "Playback works; the inspector shows states and what "
                                       "decided the act, but not how it built up.");
    column.y += 14;
}

void draw_no_reasons(Column& column)
{
    draw_notice(column.p.colors, column.layer, {column.x, column.y + 14}, column.w,
                "This trace has no event reasons.",
                "Playback works; the inspector shows states but not why.");
    column.y += 120;
}

/// How the pressure built up and what it was made of, as far as there is room; then the history.
void draw_explanation(Column& column, AgentId person, const Reason& reason)
{
    const Picture& p = column.p;
    const std::vector<HistoryRow> rows = history_of(p.story, person);
    const bool explained = known(p, reason.time);
    const float row = waterfall_row(column, reason);
    const float waterfall = explained ? waterfall_height(column, reason, row) : 0;
    const bool sampled = !p.story.trace().pressure.empty();
    const float beside_all = plot_height(column, waterfall + history_height(rows.size()));
    const float plot = beside_all > 0 ? beside_all : plot_height(column, waterfall);
    if (sampled && plot > 0) {
        draw_pressure(column, person, reason, plot);
    } else if (!sampled && column.room() > waterfall + 120) {
        draw_no_pressure(column);
    }
    if (explained && column.room() >= waterfall) {
        draw_waterfall(column, reason, row);
    }
    draw_history(column, rows);
}

} // namespace

void draw_person(const Picture& p, Layer& layer, AgentId person)
{
    Column column = inspector_column(p, layer);
    draw_header(column, p.story.id(person), subtitle(p.story, person), {.can_follow = true});
    draw_state_mark(p.colors, layer, {column.x + 14, column.y - 36}, 14,
                    p.story.fate(person).at(p.time));
    draw_status(column, status_of(p, person));
    if (const std::optional<Reason> reason = reason_of(p.story, person)) {
        draw_explanation(column, person, *reason);
    } else {
        draw_no_reasons(column);
        draw_history(column, history_of(p.story, person));
    }
}

void draw_inspector(const Picture& p, Layer& layer)
{
    if (p.regions.panel_shown(p.view)) {
        if (p.regions.drawer) {
            draw_panel_field(p, layer);
        }
        const View& view = p.view;
        if (view.selected && view.second && *view.selected != *view.second) {
            draw_two_people(p, layer, *view.selected, *view.second);
        } else if (view.selected) {
            draw_person(p, layer, *view.selected);
        } else if (view.selected_director) {
            draw_director(p, layer, *view.selected_director);
        }
    }
    draw_drawer_handle(p, layer);
}

} // namespace walkout::render
