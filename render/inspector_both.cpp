#include "render/inspector_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

/// One person, or one director, in two runs side by side: what differs, and when.

namespace walkout::render {

namespace {

constexpr float stand_height = 22, row_height = 19, value_width = 66;
constexpr float edge = 20;

float table_height(std::size_t rows)
{
    return pair_table_head + row_height * static_cast<float>(rows) + 4;
}

/// The narrow panel beside two panes, without what stands at its foot.
Column narrow_column(const Picture& p, Layer& layer, float foot)
{
    const Rect& r = p.regions.panel;
    return {p, layer, r.x + edge, r.w - 2 * edge, r.y, r.y + r.h - foot};
}

/// `A  (mark)  Signed          Mon 05:12, 130th`
void draw_stand(Column& column, bool first, const Status& status, const auto& draw_mark)
{
    const Palette& c = column.p.colors;
    const float y = column.y + 20;
    write(column.layer, {column.x, y}, first ? "A" : "B",
          {12.5F, Font::bold, first ? c.signed_text : c.scenario_b});
    draw_mark(Point{column.x + 21, y - 4.5F});
    const float left = column.x + 33;
    write(column.layer, {left, y}, status.state, {12.5F, Font::medium, c.text});
    const float room = column.right() - left - text_width(status.state, 12.5F, Font::medium) - 8;
    std::string detail = status.detail; // `Mon 05:12, 130th of 770`: of how many can be left out
    if (text_width(detail, 12, Font::regular) > room)
        detail.resize(std::min(detail.size(), detail.rfind(" of ")));
    column.at_right(y, fitted(detail, room, 12, Font::regular), c.second, Font::regular, 12);
    column.y += stand_height;
}

/// For a plot above the table, with some of the history below it; 0: none.
float room_for_plot(const Column& column, std::size_t rows, const std::vector<HistoryRow>& history)
{
    constexpr std::size_t some = 3;
    const float table = table_height(rows);
    const float beside_all = plot_height(column, table + history_height(history.size()));
    return beside_all > 0
               ? beside_all
               : plot_height(column, table + history_height(std::min(some, history.size())));
}

/// `Mon 05:12`, when a side's act was, or when it came closest to one.
std::string reason_moment(const Side& side)
{
    const std::optional<Reason> reason = reason_of(side.p.story, side.person);
    return reason && known(side.p, reason->time) ? moment_text(side.p.story, reason->time)
                                                 : "\u2013";
}

/// `9 of 13`: ties that had acted by then.
std::string reason_ties(const Side& side)
{
    const std::optional<Reason> reason = reason_of(side.p.story, side.person);
    if (!reason || !known(side.p, reason->time))
        return "\u2013";
    const std::vector<AgentId> ties = influencers_of(side.p.story, side.person);
    return fmt::format("{} of {}", acted_before(side.p.story, ties, reason->time).people,
                       ties.size());
}

std::vector<PairRow> rows_of(const Side& a, const Side& b)
{
    std::vector<PairRow> rows{{"When", reason_moment(a), reason_moment(b)},
                              {"Ties signed", reason_ties(a), reason_ties(b)}};
    for (PairRow& row : terms_of_pair(a, b))
        rows.push_back(std::move(row));
    return rows;
}

void draw_person_of_both(const Picture& a, const Picture& b, Column& column, AgentId person)
{
    draw_header(column, a.story.id(person), subtitle(a.story, person), {.indent = 0});
    for (const Picture* p : {&a, &b})
        draw_stand(column, p == &a, status_of(*p, person), [&](Point at) {
            draw_state_mark(p->colors, column.layer, at, 5, p->story.fate(person).at(p->time));
        });
    column.y += 8;
    const std::vector<PairRow> rows = rows_of({a, person}, {b, person});
    const std::vector<HistoryRow> history = history_rows(a.story, b.story, a.view);
    const float plot = room_for_plot(column, rows.size(), history);
    const bool sampled = !a.story.trace().pressure.empty() && !b.story.trace().pressure.empty();
    if (sampled && plot > 0) {
        column.rule();
        draw_pair_curves(column, {a, person}, {b, person}, plot);
    }
    draw_pair_table(column, "At the act, or closest to it", rows, row_height, value_width);
    draw_history(column, history);
}

// ---------------------------------------------------------------- directors

Samples margin_of(const StandCurves& curves)
{
    Samples margin = curves.resolve;
    for (std::size_t k = 0; k < margin.size(); ++k)
        margin[k].second -= curves.pressure[k].second;
    return margin;
}

/// A director in a run; none: the board of this run has no such director.
struct Seat {
    const Picture& p;
    std::optional<std::uint32_t> director;
};

void draw_margins(Column& column, const std::array<Seat, 2>& seats, float height)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    column.rule();
    column.heading(column.y + 26, "Margin");
    column.at_right(column.y + 26, "gives way at 0", c.third, Font::regular, 12);
    std::array<Samples, 2> margins;
    for (std::size_t k = 0; k < seats.size(); ++k)
        if (seats[k].director)
            margins[k] = margin_of(stand_curves(seats[k].p.story, *seats[k].director));
    const Plot plot = take_plot(column, height, {p.story.clock().begin(), p.story.clock().end()},
                                {&margins[0], &margins[1]});
    draw_plot_frame(p, column.layer, plot);
    for (std::size_t k = 0; k < seats.size(); ++k)
        if (!margins[k].empty())
            draw_samples(p, column.layer, plot, margins[k],
                         k == 0 ? c.signed_letter : c.scenario_b);
    draw_now(p, column.layer, plot);
}

std::vector<PairRow> stands_of(const std::array<Seat, 2>& seats)
{
    std::vector<PairRow> rows{{.words = "Resolve left"},
                              {.words = "Pressure on it"},
                              {.words = "Margin", .strong = true}};
    for (std::size_t k = 0; k < seats.size(); ++k) {
        const auto [p, director] = seats[k];
        const auto put = [&](PairRow& row, std::optional<double> share) {
            (k == 0 ? row.first : row.second) = share ? percent(*share) : "\u2013";
        };
        const Story::Stand stand = director ? p.story.stand(*director, p.time) : Story::Stand{};
        const auto shown = [&](double share) {
            return director ? std::optional(share) : std::nullopt;
        };
        put(rows[0], shown(stand.resolve));
        put(rows[1], shown(stand.pressure));
        put(rows[2], shown(stand.resolve - stand.pressure));
    }
    return rows;
}

void draw_seat(Column& column, const Seat& seat, bool first)
{
    const Picture& p = seat.p;
    const Status status =
        seat.director ? director_status(p, *seat.director) : Status{"Not on this board", {}};
    const bool holds = seat.director && !p.story.gave_way(*seat.director, p.time);
    draw_stand(column, first, status, [&](Point at) {
        if (seat.director)
            column.layer.add(Ring{at, 4.5F, 2, holds ? p.colors.board : p.colors.back});
    });
}

void draw_director_of_both(const Picture& a, const Picture& b, Column& column,
                           std::uint32_t director)
{
    const std::array<Seat, 2> seats{Seat{a, director},
                                    Seat{b, same_director(a.story, b.story, director)}};
    draw_header(column, readable(a.story.trace().directors[director]), "Director", {.indent = 0});
    draw_seat(column, seats[0], true);
    draw_seat(column, seats[1], false);
    column.y += 8;
    const std::vector<PairRow> rows = stands_of(seats);
    const std::vector<HistoryRow> history = history_rows(a.story, b.story, a.view);
    if (const float plot = room_for_plot(column, rows.size(), history); plot > 0)
        draw_margins(column, seats, plot);
    draw_pair_table(column, "Now, of the resolve at the start", rows, row_height, value_width);
    draw_history(column, history);
}

} // namespace

void draw_inspector_of_both(const Picture& a, const Picture& b, Layer& layer, float foot)
{
    Column column = narrow_column(a, layer, foot);
    if (a.view.selected)
        draw_person_of_both(a, b, column, *a.view.selected);
    else if (a.view.selected_director)
        draw_director_of_both(a, b, column, *a.view.selected_director);
}

} // namespace walkout::render
