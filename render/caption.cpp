#include "render/fonts.hpp"
#include "render/stage_parts.hpp"

#include "render/caption_text.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

constexpr float left = 24;
constexpr float least_hold = 4; // story seconds at full strength
// From full strength to a quiet reminder of what happened last.
constexpr double fade = 0.6;
// Below this height rows of the legend stand closer.
constexpr float low_stage = 420;

bool low(const Rect& stage)
{
    return stage.h < low_stage;
}

float legend_pitch(const Rect& stage)
{
    return low(stage) ? 16 : 20;
}

float first_legend_row(const Rect& stage)
{
    return stage.y + stage.h - (low(stage) ? 74.0F : 100.0F);
}

constexpr std::array<std::pair<State, std::string_view>, state_count> legend_rows{{
    {State::at_work, "at work"},
    {State::unsettled, "unsettled"},
    {State::signed_letter, "signed the letter"},
    {State::gone, "gone outside"},
    {State::back, "back at work"},
}};

Rect legend_row(const Rect& stage, std::size_t row)
{
    const float pitch = legend_pitch(stage);
    return {left - 4, first_legend_row(stage) + (static_cast<float>(row) - 0.5F) * pitch, 132,
            pitch};
}

/// Words at the left edge of the stage.
struct Caption {
    std::string tag;
    bool recorded = false;
    std::string time;
    std::string headline;
    std::string detail;
    double strength = 1; ///< 0: a reminder
};

std::string why_headline(const Story& story, AgentId person, Hours time)
{
    const Fate& fate = story.fate(person);
    if (fate.gone <= time)
        return "Why this person left.";
    if (fate.signed_letter <= time)
        return "Why this person signed.";
    return "Why this person has not signed.";
}

Caption caption_of_selection(const Picture& p)
{
    return {"THIS RUN",
            false,
            p.story.weekday(p.time) + " " + p.story.clock_text(p.time),
            p.view.second ? "Two people compared."
                          : why_headline(p.story, *p.view.selected, p.time),
            "Solid ties had signed before. Dashed ties had not.",
            1};
}

std::string tag_of(const Flag& flag)
{
    if (flag.kind == FlagKind::script)
        return "RECORDED EVENT";
    return flag.kind == FlagKind::assumption ? "ASSUMED EVENT" : "THIS RUN";
}

Caption caption_of(const Story& story, const Flag& flag, double second)
{
    Caption c{tag_of(flag),
              flag.of_script(),
              story.weekday(flag.time) + " " + story.clock_text(flag.time),
              flag.headline,
              flag.detail,
              1};
    const double held = second - story.clock().second(flag.time);
    const double hold = std::max<double>(least_hold, flag.beat);
    const bool last = &flag == &story.flags().back();
    if (!last)
        c.strength = 1 - std::clamp((held - hold) / fade, 0.0, 1.0);
    return c;
}

Caption current_caption(const Picture& p)
{
    if (p.view.selected)
        return caption_of_selection(p);
    if (const Flag* flag = p.story.caption(p.second))
        return caption_of(p.story, *flag, p.second);
    const Opening opening = opening_words(p.story);
    return {"", false, "", opening.headline, opening.detail, 1};
}

float draw_tag(const Picture& p, Layer& layer, const Caption& caption, float y)
{
    if (caption.tag.empty())
        return y;
    const float w = text_width(caption.tag, 11, Font::bold) + 16;
    const Color edge = caption.recorded ? p.colors.third : transparent;
    const Color fill = caption.recorded ? transparent : p.colors.signed_letter.faded(0.16);
    layer.add(Box{{left, y, w, 18}, 4, fill, edge, caption.recorded ? 1.0F : 0.0F});
    layer.add(Text{{left + 8, y + 13},
                   caption.tag,
                   11,
                   Font::bold,
                   caption.recorded ? p.colors.second : p.colors.signed_text});
    layer.add(
        Text{{left + w + 10, y + 13.5F}, caption.time, 12.5F, Font::regular, p.colors.second});
    return y;
}

/// Draws it and returns where it ends.
float draw_words(const Picture& p, Layer& layer, const Caption& caption, float y)
{
    const bool small = low(p.regions.stage);
    const std::vector<CaptionStep> steps =
        small ? std::vector<CaptionStep>{{20, 2}, {17, 4}}
              : std::vector<CaptionStep>{{26, 2}, {20, 3}, {17, 4}};
    const float until = first_legend_row(p.regions.stage) - legend_pitch(p.regions.stage);
    const CaptionText text =
        fit_caption(caption.headline, caption.detail, {left, y + 18}, until, steps,
                    small ? 12.5F : 13.5F, [&](float top, float bottom) {
                        return room_beside_ring(shown_crowd(p), left, top, bottom);
                    });
    const Color head = mix(p.colors.third, p.colors.text, caption.strength);
    const Color body = mix(p.colors.third, p.colors.second, caption.strength);
    for (const Text& line : text.headline) {
        layer.add(line);
        std::get<Text>(layer.items.back()).color = head;
    }
    for (const Text& line : text.detail) {
        layer.add(line);
        std::get<Text>(layer.items.back()).color = body;
    }
    return text.bottom;
}

// ---------------------------------------------------------------- how to read it

void draw_seats_icon(const Picture& p, Layer& layer, Point at)
{
    for (const Point d : {Point{-5, -4}, Point{4, -4}, Point{-5, 5}, Point{4, 5}})
        layer.add(Disc{{at.x + d.x, at.y + d.y}, 3.4F, p.colors.at_work});
}

void draw_ring_icon(const Picture& p, Layer& layer, Point at)
{
    const Point center{at.x + 2, at.y + 16};
    layer.add(
        Arc{center, 18, radians(-125), radians(-55), 1.2F, p.colors.signed_letter.faded(0.6)});
    for (const float angle : {-118.0F, -100.0F, -82.0F, -64.0F})
        layer.add(Disc{around(center, 23, radians(angle)), 3, p.colors.signed_letter});
}

void draw_wall_icon(const Picture& p, Layer& layer, Point at)
{
    for (int brick = 0; brick < 5; ++brick) {
        const float from = -124 + 14 * static_cast<float>(brick);
        layer.add(Arc{{at.x + 2, at.y + 20},
                      21,
                      radians(from),
                      radians(from + 12),
                      5,
                      brick > 2 ? p.colors.hairline_strong : p.colors.board});
    }
}

void draw_outside_icon(const Picture& p, Layer& layer, Point at)
{
    layer.add(Box{
        {at.x - 9, at.y - 9, 18, 18}, 4, transparent, p.colors.hairline_strong, 1.2F, Dash{3, 3}});
    add_mark(layer, at, 4, State::gone, p.colors);
}

struct Hint {
    std::string_view what, how;
    void (*icon)(const Picture&, Layer&, Point);
};

constexpr std::array<Hint, 4> hints{{
    {"Seats", "leads sit nearest the board", draw_seats_icon},
    {"Outer ring", "fills as people sign", draw_ring_icon},
    {"Board wall", "a director\u2019s resolve, in bricks", draw_wall_icon},
    {"Outside", "those who have left", draw_outside_icon},
}};

constexpr float hint_indent = 34, hint_size = 12.5F;

/// With explanations, or only what is what.
enum class HintStyle : std::uint8_t { full, brief };

float hint_pitch(HintStyle style)
{
    return style == HintStyle::full ? 46 : 30;
}

float hints_height(HintStyle style)
{
    return 4 * hint_pitch(style) - 8;
}

void draw_hints(const Picture& p, Layer& layer, Point at, HintStyle style)
{
    layer.add(Text{{at.x, at.y - 22}, "How to read it", 12, Font::medium, p.colors.third});
    const bool full = style == HintStyle::full;
    for (std::size_t i = 0; i < hints.size(); ++i) {
        const float y = at.y + hint_pitch(style) * static_cast<float>(i);
        hints[i].icon(p, layer, {at.x + 11, y + 6});
        layer.add(Text{{at.x + hint_indent, y + (full ? 3.0F : 10.0F)},
                       std::string(hints[i].what),
                       hint_size,
                       Font::medium,
                       p.colors.text});
        if (full)
            layer.add(Text{{at.x + hint_indent, y + 19},
                           std::string(hints[i].how),
                           hint_size,
                           Font::regular,
                           p.colors.third});
    }
}

/// Whether the hints fit between caption and legend, beside the names of the blocks.
bool hints_fit(const Picture& p, float y, HintStyle style)
{
    if (y + hints_height(style) > first_legend_row(p.regions.stage) - 12)
        return false;
    for (std::size_t i = 0; i < hints.size(); ++i) {
        const float line = y + hint_pitch(style) * static_cast<float>(i);
        const float room = room_beside_ring(shown_crowd(p), left, line - 8, line + 22);
        const float width = style == HintStyle::full
                                ? text_width(hints[i].how, hint_size, Font::regular)
                                : text_width(hints[i].what, hint_size, Font::medium);
        if (hint_indent + width > room)
            return false;
    }
    return true;
}

/// Until the first thing happens.
bool before_everything(const Picture& p)
{
    return p.second <= 0 || p.story.caption(p.second) == nullptr;
}

void draw_how_to_read(const Picture& p, Layer& layer, float below)
{
    if (!p.view.how_to_read && !before_everything(p))
        return;
    const float y = std::max(p.regions.stage.y + 168, below + 46);
    if (hints_fit(p, y, HintStyle::full)) {
        draw_hints(p, layer, {left, y}, HintStyle::full);
    } else if (p.view.how_to_read) {
        const float height = hints_height(HintStyle::full) + 54;
        const Rect card{left - 8, p.regions.stage.y + 10, 244, height};
        layer.add(Box{card, 10, p.colors.card, p.colors.hairline_strong, 1});
        draw_hints(p, layer, {card.x + 16, card.y + 48}, HintStyle::full);
    } else if (hints_fit(p, y, HintStyle::brief)) {
        draw_hints(p, layer, {left, y}, HintStyle::brief);
    }
}

/// Which department is shown alone, and the way back.
void draw_whereabouts(const Picture& p, Layer& layer)
{
    if (p.crowds.size() < 2)
        return;
    const Rect& stage = p.regions.stage;
    const std::string& name = p.story.trace().organization->departments[*p.view.expanded].name;
    layer.add(Text{{stage.x + stage.w - 20, stage.y + stage.h - 14},
                   name + " alone. Backspace: everybody",
                   12.5F,
                   Font::regular,
                   p.colors.second.faded(p.crowds.back().presence),
                   Align::right});
}

// ---------------------------------------------------------------- tooltips

std::string moment(const Story& story, Hours time)
{
    return story.weekday(time) + " " + story.clock_text(time);
}

std::string state_words(const Picture& p, AgentId person)
{
    const Fate& fate = p.story.fate(person);
    switch (p.poses[person].state) {
    case State::at_work:
        return "at work";
    case State::unsettled:
        return "unsettled since " + moment(p.story, fate.unsettled);
    case State::signed_letter:
        return "signed " + p.story.clock_text(fate.signed_letter) + ", " + ordinal(fate.rank);
    case State::gone:
        return "left " + moment(p.story, fate.gone);
    case State::back:
        return "back since " + moment(p.story, fate.back);
    }
    return {};
}

std::string director_words(const Picture& p, std::size_t director)
{
    if (p.story.gave_way(director, p.time))
        return "gave way " + moment(p.story, p.story.trace().conceded[director]);
    return std::string(hold_word(p.story.hold(director, p.time)));
}

std::string leader_words(const Picture& p)
{
    if (p.time >= p.story.settled())
        return "back since " + moment(p.story, p.story.settled());
    if (p.time >= p.story.fired())
        return "out since " + moment(p.story, p.story.fired());
    return "in office";
}

std::vector<std::string> block_words(const Picture& p, std::size_t index)
{
    const Block& block = p.story.blocks()[index];
    const Tally tally = p.story.tally_of_block(index, p.time);
    const std::string all = grouped(static_cast<long>(block.people.size()));
    std::vector<std::string> lines{block.name};
    if (p.time < p.story.letter_opened())
        lines.push_back(all + " people, " + grouped(tally.unsettled) + " unsettled");
    else
        lines.push_back(grouped(tally.signed_letter) + " of " + all + " signed");
    if (tally.gone > 0)
        lines.push_back(grouped(tally.gone) + " gone outside");
    return lines;
}

/// The place of a control in this frame.
std::optional<Rect> place_of(const Picture& p, ControlId id)
{
    if (id.control == Control::person) {
        const Point at = p.poses[id.index].at;
        return Rect{at.x - 8, at.y - 8, 16, 16};
    }
    const auto is_here = [&](const Spot& spot) {
        const Rect& r = spot.rect;
        return spot.id == id && p.regions.stage.contains({r.x + r.w / 2, r.y + r.h / 2});
    };
    // Of two stages side by side each has its own; one may also stand in a list.
    auto spot = std::ranges::find_if(p.spots, is_here);
    if (spot == p.spots.end())
        spot = std::ranges::find(p.spots, id, &Spot::id);
    return spot == p.spots.end() ? std::nullopt : std::optional(spot->rect);
}

} // namespace

Rect caption_area(const Rect& stage)
{
    const float w = std::clamp(0.2F * stage.w, 150.0F, 236.0F);
    return {stage.x, stage.y, left + w, low(stage) ? 128.0F : 150.0F};
}

Rect legend_area(const Rect& stage)
{
    const float top = legend_row(stage, 0).y;
    return {stage.x, top, 160, stage.y + stage.h - top};
}

Opening opening_words(const Story& story)
{
    const Trace& trace = story.trace();
    const std::size_t directors = story.directors() + trace.vacated.size();
    static constexpr std::array<std::string_view, 7> days{
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    const std::string name = story.weekday(story.clock().begin());
    const auto day =
        std::ranges::find_if(days, [&](std::string_view d) { return d.substr(0, 3) == name; });
    Opening words;
    words.headline = "An ordinary " + std::string(day == days.end() ? "day" : *day) + ".";
    const std::string_view unit = story.blocks_are_departments() ? "department" : "team";
    const auto counted_in_words = [](std::size_t n, const std::string& one) {
        return in_words(n) + " " + one + (n == 1 ? "" : "s");
    };
    words.detail = grouped(static_cast<long>(story.people())) + " people in " +
                   counted_in_words(story.blocks().size(), std::string(unit)) + ", " +
                   counted_in_words(directors, "director");
    if (const std::string& role = trace.leader_roles[index_of(Pole::plus)]; !role.empty())
        words.detail += ", one " + title_of(role);
    words.detail += ".";
    return words;
}

void draw_legend(const Picture& p, Layer& layer)
{
    const Rect& stage = p.regions.stage;
    const float size = low(stage) ? 11.5F : 12.5F;
    const bool large = p.story.people() <= few_people;
    for (std::size_t i = 0; i < legend_rows.size(); ++i) {
        const auto [state, words] = legend_rows[i];
        const Rect row = legend_row(stage, i);
        const Point at{left + 8, row.y + row.h / 2};
        large ? add_large_mark(layer, at, 5, state, p.colors)
              : add_mark(layer, at, 5, state, p.colors);
        layer.add(Text{
            {left + 24, at.y + 4.5F}, std::string(words), size, Font::regular, p.colors.second});
    }
    if (p.story.people() > countless_people) {
        const auto each = (p.story.people() + 1999) / 2000;
        layer.add(Text{{left + 2, legend_row(stage, 0).y - 10},
                       "1 dot = " + grouped(each) + " people",
                       size,
                       Font::regular,
                       p.colors.third});
    }
}

void draw_caption(const Picture& p, Layer& layer)
{
    const Rect& stage = p.regions.stage;
    const Caption caption = current_caption(p);
    const float y = draw_tag(p, layer, caption, stage.y + (low(stage) ? 10.0F : 18.0F));
    const float bottom = draw_words(p, layer, caption, y);
    draw_how_to_read(p, layer, bottom);
    draw_whereabouts(p, layer);
    for (std::size_t i = 0; i < legend_rows.size(); ++i) {
        const ControlId id{Control::legend_row, static_cast<std::uint32_t>(legend_rows[i].first)};
        const Rect row = legend_row(stage, i);
        p.spots.push_back({id, row});
        if (p.hovered(id))
            layer.add(Box{row, 6, transparent, p.colors.hairline_strong, 1});
        if (p.focused(id))
            draw_focus_ring(p, layer, row, 6);
    }
}

void draw_stage_tooltip(const Picture& p, Layer& layer)
{
    const ControlId id = p.view.hover.control == Control::none ? p.view.focus : p.view.hover;
    std::vector<std::string> lines;
    switch (id.control) {
    case Control::person:
        if (id.index >= p.story.people())
            return;
        lines = {p.story.id(id.index), state_words(p, id.index)};
        break;
    case Control::director:
        if (id.index >= p.story.directors())
            return;
        lines = {readable(p.story.trace().directors[id.index]), director_words(p, id.index)};
        break;
    case Control::leader:
        lines = {readable(p.story.trace().leader_roles[index_of(Pole::plus)]), leader_words(p)};
        break;
    case Control::block:
        if (id.index >= p.story.blocks().size())
            return;
        lines = block_words(p, id.index);
        break;
    default:
        return;
    }
    if (const std::optional<Rect> place = place_of(p, id))
        draw_tooltip(p, layer, *place, lines);
}

} // namespace walkout::render
