#include "render/chrome.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace walkout::render {

namespace {

constexpr float inner_left = 20, inner_right = 16;
constexpr float row_most = 21, row_least = 14;
constexpr std::size_t rows_most = 12; ///< of the board beside a curve
constexpr float board_head = 44, board_foot = 26;
constexpr float curve_frame = 80; ///< of the block: heading above the plot, clock below it
constexpr float plot_least = 80;

} // namespace

PanelLayout panel_layout(const Rect& panel, std::size_t rows)
{
    const auto n = static_cast<float>(std::min(rows, rows_most));
    PanelLayout l;
    l.x = panel.x + inner_left;
    l.w = panel.w - inner_left - inner_right;
    l.compact = panel.h < 560;

    float y = panel.y + (l.compact ? 8.0F : 16.0F);
    const auto take = [&](float height) {
        const Rect block{l.x, y, l.w, height};
        y += height;
        return block;
    };
    l.clock = take(l.compact ? 44.0F : 82.0F);
    l.letter = take(l.compact ? 124.0F : 134.0F);

    const float rest = panel.y + panel.h - y;
    const float short_board = board_head + n * row_least + 8;
    if (rest >= short_board + curve_frame + plot_least) {
        const float roomy = std::max(196.0F, rest * 0.42F);
        const float board = std::clamp(
            rest - curve_frame - 170, short_board,
            std::max(short_board, std::min(board_head + n * row_most + board_foot, roomy)));
        l.curve = take(rest - board);
        l.board = take(board);
    } else {
        l.board = take(rest);
    }
    l.row_height =
        std::clamp((l.board.h - board_head - 8) / std::max(1.0F, n), row_least, row_most);
    return l;
}

namespace {

// ---------------------------------------------------------------- clock

/// What hours are counted from.
struct Anchor {
    Hours time = 0;
    const char* before = "before the start";
    const char* since = "since the start";
};

Anchor anchor_of(const Story& story)
{
    return story.fired() < never ? Anchor{story.fired(), "before the firing", "since the firing"}
                                 : Anchor{};
}

void draw_clock(const Picture& p, Layer& layer, const PanelLayout& l)
{
    const Palette& c = p.colors;
    const Story& story = p.story;
    const Anchor anchor = anchor_of(story);
    const Hours passed = p.time - anchor.time;
    const std::string duration = duration_text(passed);
    const char* words = passed < 0 ? anchor.before : anchor.since;
    const Rect& r = l.clock;
    if (l.compact) {
        const std::string now = story.clock_text(p.time);
        write(layer, {r.x - 1, r.y + 30}, now, {28, Font::medium, c.text});
        const float beside = r.x + text_width(now, 28, Font::medium) + 12;
        write(layer, {beside, r.y + 14}, story.day(p.time), {13, Font::medium, c.second});
        write(layer, {beside, r.y + 30}, duration + " " + words, {12.5F, Font::regular, c.second});
        return;
    }
    write(layer, {r.x, r.y + 16}, story.day(p.time), {15, Font::medium, c.second});
    write(layer, {r.x - 2, r.y + 64}, story.clock_text(p.time), {48, Font::medium, c.text});
    write(layer, {r.x + 142, r.y + 47}, duration, {15, Font::medium, c.text});
    write(layer, {r.x + 142, r.y + 65}, words, {12.5F, Font::regular, c.second});
}

void draw_zone(const Picture& p, Layer& layer, const PanelLayout& l)
{
    const float y = l.compact ? l.clock.y + 14 : l.clock.y + 16;
    write(layer, {l.x + l.w, y}, p.story.zone(), {12, Font::regular, p.colors.third, Align::right});
}

// ---------------------------------------------------------------- letter

/// What the block about the letter says at a moment.
struct LetterWords {
    std::string heading, right; ///< first line
    bool right_is_quiet = false;
    std::string number;
    bool strong = false; ///< the number is what the story is about
    Color color = {};
    std::string of, under;          ///< beside the number
    std::string record, record_run; ///< at the right
};

/// The last count on record before a moment, of those the scenario was fitted to when it says
/// which.
const RecordPoint* last_record(const Trace& trace, Hours time)
{
    const bool any_fit = std::any_of(trace.record.begin(), trace.record.end(),
                                     [](const RecordPoint& point) { return point.fit; });
    const RecordPoint* last = nullptr;
    for (const RecordPoint& point : trace.record) {
        const bool counts = point.fit || !any_fit;
        if (counts && point.time <= time && (last == nullptr || point.time >= last->time)) {
            last = &point;
        }
    }
    return last;
}

LetterWords before_letter(const Picture& p)
{
    const int unsettled = p.tally.unsettled;
    LetterWords w;
    w.heading = "The letter";
    w.right = p.story.letter_opened() < never ? "not started" : "none in this run";
    w.right_is_quiet = true;
    w.number = grouped(unsettled);
    w.color = unsettled > 0 ? p.colors.signed_letter : p.colors.third;
    w.of = unsettled == 1 ? "person unsettled" : "people unsettled";
    w.under = fmt::format("of {} staff", grouped(p.story.people()));
    return w;
}

LetterWords during_letter(const Picture& p)
{
    const int names = p.tally.signed_letter;
    const int before = p.story.tally(p.time - 1).signed_letter;
    LetterWords w;
    w.heading = "Signed the letter";
    w.right = signed_count(names - before) + " in the last hour";
    w.number = grouped(names);
    w.strong = true;
    w.color = p.colors.signed_letter;
    w.of = "of " + grouped(p.story.people());
    w.under = percent(static_cast<double>(names) / p.story.people());
    if (const RecordPoint* record = last_record(p.story.trace(), p.time)) {
        w.record = "recorded " + grouped(record->count);
        w.record_run = fmt::format("at {}, run had {}", p.story.clock_text(record->time),
                                   grouped(p.story.tally(record->time).signed_letter));
    }
    return w;
}

/// People who were not at their desks when the leader came back: in the ring or outside.
int away_at_settlement(const Story& story)
{
    return static_cast<int>(
        std::count_if(story.fates().begin(), story.fates().end(), [&](const Fate& fate) {
            return std::min(fate.signed_letter, fate.gone) <= story.settled();
        }));
}

LetterWords after_letter(const Picture& p)
{
    const int names = p.story.tally(p.story.settled()).signed_letter;
    const int away = away_at_settlement(p.story);
    LetterWords w;
    w.heading = "Back in their seats";
    w.number = grouped(p.returned);
    w.strong = true;
    w.color = p.colors.back;
    w.of = "of " + grouped(away);
    w.under = away > names ? "who had signed or left" : "who had signed";
    if (p.tally.gone > 0) {
        w.record_run = grouped(p.tally.gone) + " still outside";
    }
    return w;
}

void draw_share_ticks(const Picture& p, Layer& layer, const Rect& bar)
{
    for (const double share : {0.5, 0.9}) {
        const float x = bar.x + bar.w * px(share);
        draw_vline(layer, x, bar.y - 3, bar.y + bar.h + 3, p.colors.text, 1.5F);
        write(layer, {x, bar.y + bar.h + 16}, fmt::format("{:.0f} %", 100 * share),
              {11, Font::regular, p.colors.third, Align::center});
    }
}

void draw_letter_bar(const Picture& p, Layer& layer, const Rect& bar)
{
    const Palette& c = p.colors;
    const double people = p.story.people();
    const bool settled = p.time >= p.story.settled();
    draw_bar(layer, bar, p.tally.signed_letter / people,
             settled ? c.signed_letter.faded(0.85) : c.signed_letter);
    if (settled) {
        draw_bar(layer, bar, p.returned / people, c.back);
        write(layer, {bar.x, bar.y + 26}, "0", {11, Font::regular, c.third});
        write(layer, {bar.x + bar.w, bar.y + 26}, grouped(p.story.people()),
              {11, Font::regular, c.third, Align::right});
        return;
    }
    draw_bar(layer, bar, p.tally.gone / people, c.gone);
    draw_share_ticks(p, layer, bar);
    if (p.tally.gone > 0) {
        write(layer, {bar.x, bar.y + bar.h + 16}, grouped(p.tally.gone) + " gone outside",
              {11.5F, Font::regular, c.gone});
    }
}

void draw_letter(const Picture& p, Layer& layer, const PanelLayout& l)
{
    const Palette& c = p.colors;
    const LetterWords w = p.time >= p.story.settled()         ? after_letter(p)
                          : p.time >= p.story.letter_opened() ? during_letter(p)
                                                              : before_letter(p);
    const Rect& r = l.letter;
    const float right = r.x + r.w;
    const float lift = l.compact ? 8.0F : 0.0F;
    write(layer, {r.x, r.y + 26 - lift / 2}, w.heading, {13, Font::medium, c.second});
    write(layer, {right, r.y + 26 - lift / 2}, w.right,
          {12.5F, Font::regular, w.right_is_quiet ? c.third : c.second, Align::right});

    const float size = w.strong ? 54.0F : 44.0F;
    const Font font = w.strong ? Font::bold : Font::medium;
    const float base = r.y + (w.strong ? 80.0F : 76.0F) - lift;
    write(layer, {r.x - 2, base}, w.number, {size, font, w.color});
    const float beside = r.x + text_width(w.number, size, font) + (w.strong ? 8.0F : 10.0F);
    write(layer, {beside, r.y + 63 - lift}, w.of,
          {w.strong ? 15.0F : 13.0F, w.strong ? Font::medium : Font::regular, c.text});
    write(layer, {beside, r.y + 80 - lift}, w.under, {13, Font::regular, c.second});
    write(layer, {right, r.y + 63 - lift}, w.record, {13, Font::medium, c.text, Align::right});
    write(layer, {right, r.y + 80 - lift}, w.record_run,
          {12, Font::regular, c.second, Align::right});

    const Rect bar{r.x, r.y + 94 - lift, r.w, 10};
    layer.add(Box{bar, 5, c.card});
    draw_letter_bar(p, layer, bar);
}

// ---------------------------------------------------------------- board

/// One seat: a director of the run, or one whom an event removed.
struct Seat {
    std::string name;
    std::string letter;
    std::optional<std::size_t> director;
    Hours vacated = never;
};

std::vector<Seat> seats_of(const Story& story)
{
    std::vector<Seat> seats;
    const std::vector<VacatedSeat>& vacated = story.trace().vacated;
    const std::vector<std::string> letters = vacated_letters(story);
    for (std::size_t k = 0; k < vacated.size(); ++k) {
        seats.push_back({readable(vacated[k].name), letters[k], {}, vacated[k].time});
    }
    for (std::size_t k = 0; k < story.directors(); ++k) {
        seats.push_back({readable(story.trace().directors[k]), story.director_letter(k), k, never});
    }
    return seats;
}

/// The seats for which there are rows: of those without, the ones under the least pressure.
std::vector<Seat> most_pressed(const Story& story, std::vector<Seat> seats, std::size_t rows,
                               Hours time)
{
    if (seats.size() <= rows) {
        return seats;
    }
    const auto margin = [&](const Seat& seat) {
        return !seat.director                         ? 2.0
               : story.gave_way(*seat.director, time) ? 1.5
                                                      : story.hold(*seat.director, time);
    };
    std::vector<std::size_t> order(seats.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        order[k] = k;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return margin(seats[a]) < margin(seats[b]);
    });
    order.resize(rows);
    std::sort(order.begin(), order.end());
    std::vector<Seat> shown;
    for (const std::size_t k : order) {
        shown.push_back(std::move(seats[k]));
    }
    return shown;
}

struct Words {
    std::string text;
    Color color;
    Font font = Font::regular;
};

Words board_heading(const Picture& p)
{
    const Palette& c = p.colors;
    const Story& story = p.story;
    if (story.directors() == 0) {
        return {"none in this scenario", c.third};
    }
    const int holding = story.holding(p.time);
    const std::size_t needed = story.breaks_needed(p.time);
    const std::string hold = fmt::format("{} {}", holding, holding == 1 ? "holds" : "hold");
    if (needed == 0 || p.time >= story.trace().board_conceded) {
        return {hold + ": conceded", c.back, Font::medium};
    }
    if (story.fired() < never && p.time < story.fired()) {
        const std::size_t seats = story.directors() + story.trace().vacated.size();
        return {counted(static_cast<long>(seats), "seat", "seats") + ", no vote yet", c.second};
    }
    if (needed > 1) {
        return {fmt::format("{}, {} needed", hold, needed), c.second};
    }
    bool shaky = false;
    for (std::size_t k = 0; k < story.directors(); ++k) {
        shaky = shaky || (!story.gave_way(k, p.time) && story.hold(k, p.time) < 0.5);
    }
    return {holding == 1 ? "the last one holds" : hold + ", one more breaks it",
            shaky ? c.gone : c.second, Font::medium};
}

Words seat_words(const Picture& p, const Seat& seat)
{
    const Palette& c = p.colors;
    if (!seat.director) {
        return p.time >= seat.vacated ? Words{"removed", c.third} : Words{"on the board", c.second};
    }
    switch (standing(p.story, *seat.director, p.time)) {
    case Standing::broke:
        return {"gave way", c.signed_text, Font::medium};
    case Standing::conceded:
        return {"concedes", c.back, Font::medium};
    case Standing::holds:
        break;
    }
    const double hold = p.story.hold(*seat.director, p.time);
    return {std::string(hold_word(hold)), hold > 0.5 ? c.second : c.gone,
            hold > 0.5 ? Font::regular : Font::medium};
}

void draw_stand(const Picture& p, Layer& layer, const Rect& bar, std::size_t director)
{
    const Palette& c = p.colors;
    if (p.story.gave_way(director, p.time)) {
        return;
    }
    const double hold = p.story.hold(director, p.time);
    draw_bar(layer, bar, hold, mix(c.stage, c.board, 0.35 + 0.65 * hold));
    const float x = bar.x + bar.w * px(Story::yields_at);
    draw_vline(layer, x, bar.y - 3, bar.y + bar.h + 3, c.second, 1.3F);
}

void draw_seat_row(const Picture& p, Layer& layer, const PanelLayout& l, float y, const Seat& seat)
{
    const Palette& c = p.colors;
    const bool removed = !seat.director && p.time >= seat.vacated;
    const bool dense = l.row_height < 18;
    const Words words = seat_words(p, seat);
    const Rect row{l.x, y, l.w, l.row_height};
    const ControlId id{Control::director,
                       seat.director ? static_cast<std::uint32_t>(*seat.director) : 0};
    if (seat.director && p.hovered(id)) {
        layer.add(Box{{row.x - 4, y - 5, row.w + 8, row.h}, 5, c.card});
    }
    const bool broke =
        seat.director && standing(p.story, *seat.director, p.time) == Standing::broke;
    write(layer, {l.x + 8, y + 9}, seat.letter,
          {11, Font::bold,
           removed ? c.third
           : broke ? c.signed_text
                   : c.board,
           Align::center});
    write(layer, {l.x + 24, y + 9}, fitted(seat.name, 98, dense ? 11.5F : 12.5F, Font::regular),
          {dense ? 11.5F : 12.5F, Font::regular, removed ? c.third : c.text});
    const Rect bar{l.x + 128, y + (dense ? 2.0F : 1.0F), l.w - 242, dense ? 6.0F : 8.0F};
    layer.add(Box{bar, bar.h / 2, c.card});
    if (seat.director) {
        draw_stand(p, layer, bar, *seat.director);
    } else if (!removed) {
        draw_bar(layer, bar, 1, c.board);
    }
    write(layer, {l.x + l.w, y + 9.5F}, words.text,
          {dense ? 11.5F : 12.0F, words.font, words.color, Align::right});
    if (seat.director) {
        p.spots.push_back({id, {row.x, y - 5, row.w, row.h}, false});
    }
}

void draw_board(const Picture& p, Layer& layer, const PanelLayout& l)
{
    const Rect& r = l.board;
    const Words heading = board_heading(p);
    write(layer, {r.x + r.w, r.y + 26}, heading.text,
          {12.5F, heading.font, heading.color, Align::right});

    const std::vector<Seat> seats = seats_of(p.story);
    const auto room = static_cast<std::size_t>(std::max(0.0F, (r.h - board_head) / l.row_height));
    const bool all = seats.size() <= room;
    const std::size_t rows = all ? seats.size() : room - std::min<std::size_t>(room, 1);
    float y = r.y + board_head;
    for (const Seat& seat : most_pressed(p.story, seats, rows, p.time)) {
        draw_seat_row(p, layer, l, y, seat);
        y += l.row_height;
    }
    if (!all && room > 0) {
        write(layer, {r.x + 24, y + 9}, fmt::format("+ {} more", seats.size() - rows),
              {11.5F, Font::regular, p.colors.third});
    }
}

/// Headings and lines between the blocks.
void draw_panel_still(const Picture& p, Layer& layer, const PanelLayout& l)
{
    const Palette& c = p.colors;
    for (const Rect* block : {&l.letter, &l.curve, &l.board}) {
        if (block->h > 0) {
            draw_hline(layer, l.x, l.x + l.w, block->y, c.hairline);
        }
    }
    draw_zone(p, layer, l);
    write(layer, {l.x, l.board.y + 26}, "The board\u2019s resolve", {13, Font::medium, c.second});
    if (l.curve.h > 0) {
        draw_curve_still(p, layer, l.curve);
    }
}

PanelLayout layout_of(const Picture& p)
{
    return panel_layout(p.regions.panel, p.story.directors() + p.story.trace().vacated.size());
}

} // namespace

void draw_panel_field(const Picture& p, Layer& layer)
{
    const Rect& r = p.regions.panel;
    const Color shadow = Color{0, 0, 0, 255}.faded(p.colors.dark ? 0.35 : 0.12);
    if (p.regions.drawer) {
        for (int k = 1; k <= 4; ++k) {
            layer.add(Box{{r.x - 2 * static_cast<float>(k), r.y, 2 * static_cast<float>(k), r.h},
                          0,
                          shadow.faded(0.25)});
        }
    }
    layer.add(Box{r, 0, p.colors.panel});
    layer.add(
        Line{{r.x - 0.5F, r.y}, {r.x - 0.5F, r.y + r.h}, 1, p.colors.hairline, p.colors.hairline});
}

void draw_drawer_handle(const Picture& p, Layer& layer)
{
    if (!p.regions.drawer) {
        return;
    }
    const bool open = p.regions.panel_shown(p.view);
    const Rect& r = p.regions.panel;
    const float edge = open ? r.x : r.x + r.w;
    draw_button(p, layer,
                {.id = {Control::panel_drawer},
                 .rect = {edge - 20, r.y + r.h / 2 - 28, 20, 56},
                 .icon = open ? Icon::open_right : Icon::open_left,
                 .icon_size = 12});
}

void draw_chrome_backdrop(const Picture& p, Layer& layer)
{
    draw_top_bar_still(p, layer);
    draw_timeline_still(p, layer);
    if (p.regions.drawer) {
        return; // the stage is painted later and would cover it
    }
    draw_panel_field(p, layer);
    if (!inspecting(p.view)) {
        draw_panel_still(p, layer, layout_of(p));
    }
}

void draw_panel(const Picture& p, Layer& layer)
{
    if (p.regions.panel_shown(p.view)) {
        const PanelLayout l = layout_of(p);
        if (p.regions.drawer) {
            draw_panel_field(p, layer);
            draw_panel_still(p, layer, l);
        }
        draw_clock(p, layer, l);
        draw_letter(p, layer, l);
        if (l.curve.h > 0) {
            draw_curve(p, layer, l.curve);
        }
        draw_board(p, layer, l);
    }
    draw_drawer_handle(p, layer);
}

} // namespace walkout::render
