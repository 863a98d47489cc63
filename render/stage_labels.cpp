#include "render/fonts.hpp"
#include "render/stage_parts.hpp"

#include <algorithm>
#include <numeric>

namespace walkout::render {

namespace {

using Form = BlockLabel::Form;

constexpr float name_size = 13, count_size = 11, one_line_size = 12;
constexpr float line_pitch = 14;
// Between the name and the share on one line.
constexpr float share_gap = 6;

/// Ascent above the baseline and descent below it, of names.
constexpr float ascent = 11, descent = 3;

/// Where a label is tied to the ring.
struct Anchor {
    Point at;
    float sine = 0;
    Align align = Align::left;
};

Anchor anchor_of(const Seating& seating, std::size_t block)
{
    const StageGeometry& g = seating.geometry();
    const float angle = seating.sectors()[block].middle;
    const float rim = 1.7F * std::max(seating.dot(), 3 * g.k);
    const float r = g.ring_to + rim + std::clamp(9 * g.k, 4.0F, 12.0F);
    const float cosine = std::cos(angle);
    const Align align = cosine > 0.3F ? Align::left : cosine < -0.3F ? Align::right : Align::center;
    return {around(g.center, r, angle), std::sin(angle), align};
}

/// Left edge of a text of a width that is aligned at x.
float left_of(float x, float width, Align align)
{
    return align == Align::left ? x : align == Align::right ? x - width : x - width / 2;
}

/// The widest line that will ever stand below a name.
float count_width(std::size_t people)
{
    const std::string n = grouped(static_cast<long>(people));
    return std::max(text_width(n + " of " + n + " back", count_size, Font::regular),
                    text_width(n + " people", count_size, Font::regular));
}

float share_width(std::size_t people)
{
    return std::max(text_width("100 %", one_line_size, Font::regular),
                    text_width(grouped(static_cast<long>(people)), one_line_size, Font::regular));
}

/// Baseline of the name. Above and below the ring labels grow away from it.
float baseline(const Anchor& anchor, Form form, bool many)
{
    if (anchor.align != Align::center)
        return anchor.at.y + 4 + anchor.sine * (many ? 5.0F : 8.0F);
    if (anchor.sine > 0)
        return anchor.at.y + 10;
    return anchor.at.y - (form == Form::full ? 13.0F : 3.0F);
}

BlockLabel label_of(const Anchor& anchor, const Block& block, Form form, bool many)
{
    BlockLabel label{form,
                     block.name,
                     {anchor.at.x, baseline(anchor, form, many)},
                     many ? one_line_size : name_size,
                     anchor.align,
                     {}};
    const float name = text_width(block.name, label.size, Font::medium);
    float x = left_of(label.at.x, name, anchor.align);
    float width = name;
    if (form == Form::full) {
        width = std::max(name, count_width(block.people.size()));
        x = left_of(label.at.x, width, anchor.align);
    } else if (form == Form::one_line) {
        const float share = share_gap + share_width(block.people.size());
        width += share;
        if (anchor.align == Align::right)
            x -= share;
    }
    label.box = {x, label.at.y - ascent, width,
                 ascent + descent + (form == Form::full ? line_pitch : 0)};
    return label;
}

bool inside(const Rect& box, const Rect& stage)
{
    return box.x >= stage.x + 4 && box.x + box.w <= stage.x + stage.w - 4 && box.y >= stage.y + 2 &&
           box.y + box.h <= stage.y + stage.h - 2;
}

/// A small place at the rim to point at.
Rect rim_spot(const Seating& seating, std::size_t block)
{
    const StageGeometry& g = seating.geometry();
    const Point at = around(g.center, g.ring_to + 4 * g.k, seating.sectors()[block].middle);
    return {at.x - 6, at.y - 6, 12, 12};
}

struct Words {
    std::string text;
    Color color;
};

/// How many of a block are back, of those who had signed or were outside.
std::pair<long, long> returned(const Picture& p, const Crowd& crowd, const Block& block)
{
    long away = 0, seated = 0;
    for (const AgentId person : block.people) {
        const Fate& fate = crowd.story.fate(person);
        if (std::min(fate.signed_letter, fate.gone) < p.story.settled())
            ++away;
        seated += is_home(crowd.poses[person], crowd.seating.geometry());
    }
    return {std::min(seated, away), away};
}

/// What stands under a name at the moment, or behind it where there are many people.
Words count_words(const Picture& p, const Crowd& crowd, std::size_t index, bool as_share)
{
    const Block& block = crowd.story.blocks()[index];
    const auto all = static_cast<long>(block.people.size());
    if (p.time < p.story.letter_opened())
        return {as_share ? grouped(all) : counted(all, "person", "people"), p.colors.second};

    const bool settled = p.time >= p.story.settled();
    long part = crowd.story.tally_of_block(index, p.time).signed_letter;
    long whole = all;
    if (settled)
        std::tie(part, whole) = returned(p, crowd, block);
    if (settled && whole == 0)
        return {as_share ? std::string() : counted(all, "person", "people"), p.colors.second};

    const double share = static_cast<double>(part) / static_cast<double>(whole);
    const Color color = settled       ? (part >= whole ? p.colors.back : p.colors.second)
                        : share > 0.9 ? p.colors.signed_text
                                      : p.colors.second;
    if (as_share)
        return {std::to_string(std::lround(100 * share)) + " %", color};
    return {grouped(part) + " of " + grouped(whole) + (settled ? " back" : ""), color};
}

void draw_label(const Picture& p, const Crowd& crowd, std::size_t index, Layer& layer)
{
    const BlockLabel& label = crowd.labels.blocks[index];
    const bool one_line = label.form == Form::one_line;
    layer.add(Text{label.at, label.name, label.size, Font::medium,
                   p.colors.text.faded(crowd.presence), label.align});
    if (label.form == Form::name)
        return;
    const Words words = count_words(p, crowd, index, one_line);
    const Color color = words.color.faded(crowd.presence);
    if (!one_line) {
        layer.add(Text{{label.at.x, label.at.y + line_pitch},
                       words.text,
                       count_size,
                       Font::regular,
                       color,
                       label.align});
        return;
    }
    const float name = text_width(label.name, label.size, Font::medium);
    const float begin = left_of(label.at.x, name, label.align);
    if (label.align == Align::right)
        layer.add(Text{{begin - share_gap, label.at.y},
                       words.text,
                       label.size,
                       Font::regular,
                       color,
                       Align::right});
    else
        layer.add(Text{
            {begin + name + share_gap, label.at.y}, words.text, label.size, Font::regular, color});
}

} // namespace

namespace {

/// @param taken  rectangles in which no label may stand
LabelLayout lay_out(const Story& story, const Seating& seating, const Rect& stage,
                    std::vector<Rect> taken)
{
    const std::vector<Block>& blocks = story.blocks();
    std::vector<std::size_t> order(blocks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t b) { return blocks[b].people.size(); });

    const bool many = story.people() > many_people;
    const Form best = many ? Form::one_line : Form::full;
    LabelLayout layout;
    layout.blocks.resize(blocks.size());
    // The larger a block, the more of its label stays; a name is worth more than a count.
    for (const std::size_t b : order) {
        const Anchor anchor = anchor_of(seating, b);
        BlockLabel& chosen = layout.blocks[b];
        chosen = {Form::hidden, blocks[b].name, anchor.at, 0, anchor.align, rim_spot(seating, b)};
        for (const Form form : {best, Form::name}) {
            const BlockLabel label = label_of(anchor, blocks[b], form, many);
            const auto hit = [&](const Rect& r) { return overlap(grown(label.box, 2), r); };
            if (!inside(label.box, stage) || std::ranges::any_of(taken, hit))
                continue;
            chosen = label;
            taken.push_back(label.box);
            break;
        }
    }
    return layout;
}

} // namespace

LabelLayout lay_out_labels(const Story& story, const Seating& seating, const Rect& stage)
{
    return lay_out(story, seating, stage,
                   {caption_area(stage), legend_area(stage), dock_area(seating.geometry())});
}

LabelLayout lay_out_pane_labels(const Story& story, const Seating& seating, const Rect& pane)
{
    return lay_out(story, seating, pane, {dock_area(seating.geometry())});
}

void draw_labels(const Picture& p, const Crowd& crowd, Layer& layer)
{
    const bool touchable = crowd.presence > 0.5F && crowd.ids.empty();
    for (std::size_t b = 0; b < crowd.labels.blocks.size(); ++b) {
        const BlockLabel& label = crowd.labels.blocks[b];
        if (label.form != Form::hidden && crowd.presence > 0)
            draw_label(p, crowd, b, layer);
        const ControlId id{Control::block, static_cast<std::uint32_t>(b)};
        if (!touchable)
            continue;
        p.spots.push_back({id, label.box, label.form != Form::hidden});
        if (p.focused(id))
            draw_focus_ring(p, layer, label.box, 6);
    }
}

} // namespace walkout::render
