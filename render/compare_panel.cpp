#include "render/compare_panel.hpp"

#include "render/chrome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace walkout::render {

namespace {

constexpr float margin = 20, row_height = 25;
constexpr float parting_height = 133, ensembles_height = 112; ///< kept free by what is above
constexpr float low_panel = 660;

/// What is left of the panel, from the top down.
struct Column {
    float x, w, y, bottom;
    float right() const { return x + w; }
    bool room(float height) const { return y + height <= bottom; }
};

void end_block(const Surface& p, Layer& layer, Column& at)
{
    draw_hline(layer, at.x, at.right(), at.y + 8, p.colors.hairline);
    at.y += 18;
}

void draw_clock(const Surface& p, Layer& layer, Column& at)
{
    const Palette& c = p.colors;
    if (p.regions.panel.h < low_panel) {
        write(layer, {at.x, at.y + 36}, p.story.clock_text(p.time), {30, Font::medium, c.text});
        write(layer, {at.right(), at.y + 36}, p.story.day(p.time),
              {13, Font::medium, c.second, Align::right});
        at.y += 44;
        return end_block(p, layer, at);
    }
    write(layer, {at.x, at.y + 30}, p.story.day(p.time), {14, Font::medium, c.second});
    write(layer, {at.x, at.y + 72}, p.story.clock_text(p.time), {42, Font::medium, c.text});
    at.y += 82;
    end_block(p, layer, at);
}

int majorities(const Story& story, Hours time)
{
    int count = 0;
    for (std::size_t k = 0; k < story.blocks().size(); ++k)
        count += 2 * story.tally_of_block(k, time).signed_letter >
                 static_cast<int>(story.blocks()[k].people.size());
    return count;
}

struct Row {
    std::string words;
    long a, b;
};

std::vector<Row> rows_of(const Compared& compared, Hours time)
{
    const Story &a = *compared.a, &b = *compared.b;
    const Tally ta = a.tally(time), tb = b.tally(time);
    std::vector<Row> rows{{"Signed", ta.signed_letter, tb.signed_letter},
                          {"Unsettled", ta.unsettled, tb.unsettled},
                          {"Gone outside", ta.gone, tb.gone}};
    if (a.directors() > 0)
        rows.push_back({"Directors hold", a.holding(time), b.holding(time)});
    rows.push_back({a.blocks_are_departments() ? "Depts over half" : "Teams over half",
                    majorities(a, time), majorities(b, time)});
    if (std::min(a.settled(), b.settled()) <= time)
        rows.push_back({"Back", ta.back, tb.back});
    return rows;
}

void draw_table(const Surface& p, Layer& layer, const Compared& compared, Column& at)
{
    const Palette& c = p.colors;
    const float difference = at.right(), b = at.right() - 46, a = at.right() - 82;
    write(layer, {a, at.y + 12}, "A", {12.5F, Font::bold, c.signed_text, Align::right});
    write(layer, {b, at.y + 12}, "B", {12.5F, Font::bold, c.scenario_b, Align::right});
    write(layer, {difference, at.y + 12}, "B \u2212 A",
          {12.5F, Font::regular, c.second, Align::right});
    at.y += 20;
    for (const Row& row : rows_of(compared, p.time)) {
        const float y = at.y + 16;
        const long way = row.b - row.a;
        write(layer, {at.x, y}, fitted(row.words, a - at.x - 27, 13, Font::regular),
              {13, Font::regular, c.text});
        write(layer, {a, y}, grouped(row.a), {13, Font::medium, c.text, Align::right});
        write(layer, {b, y}, grouped(row.b), {13, Font::medium, c.text, Align::right});
        write(
            layer, {difference, y}, signed_count(way),
            {13, way == 0 ? Font::regular : Font::bold, way == 0 ? c.third : c.text, Align::right});
        at.y += row_height;
    }
    end_block(p, layer, at);
}

void draw_values(const Surface& p, Layer& layer, const Compared& compared, Column& at)
{
    const Palette& c = p.colors;
    const float below = parting_height + (compared.ensembles.runs > 0 ? ensembles_height : 0);
    if (!at.room(64 + below))
        return;
    write(layer, {at.x, at.y + 14}, "What differs", {13, Font::medium, c.second});
    at.y += 20;
    std::size_t shown = 0;
    for (const DifferentValue& value : compared.values) {
        if (shown == 4 || !at.room(44 + below))
            break;
        ++shown;
        const float y = at.y + 16;
        write(layer, {at.right(), y}, value.b, {12.5F, Font::bold, c.scenario_b, Align::right});
        float left = at.right() - text_width(value.b, 12.5F, Font::bold);
        layer.add(Shape{{{left - 13, y - 8}, {left - 13, y}, {left - 7, y - 4}}, c.third});
        left -= 19;
        write(layer, {left, y}, value.a, {12.5F, Font::regular, c.second, Align::right});
        left -= text_width(value.a, 12.5F, Font::regular);
        write(layer, {at.x, y}, fitted(value.name, left - at.x - 8, 12.5F, Font::regular),
              {12.5F, Font::regular, c.text});
        at.y += 22;
    }
    const std::size_t more = compared.values.size() - shown;
    write(layer, {at.x, at.y + 15},
          more > 0 ? counted(static_cast<long>(more), "more", "more") : "everything else equal",
          {12, Font::regular, c.third});
    at.y += 18;
    end_block(p, layer, at);
}

void draw_parting(const Surface& p, Layer& layer, const Compared& compared, Column& at)
{
    const Palette& c = p.colors;
    if (!at.room(parting_height))
        return;
    write(layer, {at.x, at.y + 14}, "First divergence", {13, Font::medium, c.second});
    at.y += 20;
    const Hours parting = compared.parting();
    const bool parts = parting < never;
    const bool by_script = parts && compared.script_parts <= compared.acts_part;
    const std::string head =
        parts ? fmt::format("{} {}", p.story.weekday(parting), p.story.clock_text(parting)) +
                    (by_script ? ", the script" : "")
              : "The runs are one";
    write(layer, {at.x, at.y + 16}, head, {13, Font::medium, c.text});
    at.y += 21;
    const std::string words = by_script ? compared.script_words : compared.act_words;
    if (!words.empty()) {
        write(layer, {at.x, at.y + 14}, fitted(words, at.w, 12, Font::regular),
              {12, Font::regular, c.second});
        at.y += 18;
    }
    if (parts) {
        write(layer, {at.x, at.y + 14},
              counted(static_cast<long>(compared.different), "person ends elsewhere",
                      "people end elsewhere"),
              {12, Font::regular, c.second});
        at.y += 24;
        draw_button(p, layer,
                    {.id = {Control::jump_to_parting},
                     .rect = {at.x, at.y, at.w, 30},
                     .label = "Jump to it"});
        at.y += 32;
    }
    end_block(p, layer, at);
}

void draw_ensembles(const Surface& p, Layer& layer, const Compared& compared, Column& at)
{
    const Palette& c = p.colors;
    const ComparedRuns& runs = compared.ensembles;
    if (runs.runs == 0 || !at.room(ensembles_height))
        return;
    write(layer, {at.x, at.y + 14}, fmt::format("{} runs of each", runs.runs),
          {13, Font::medium, c.second});
    at.y += 22;
    for (const bool first : {true, false}) {
        write(layer, {at.x, at.y + 14}, first ? "A" : "B",
              {12.5F, Font::bold, first ? c.signed_text : c.scenario_b});
        write(layer, {at.x + 18, at.y + 14},
              fitted(compared.leader + " back in " + (first ? runs.a : runs.b), at.w - 18, 13,
                     Font::regular),
              {13, Font::regular, c.text});
        const Rect bar{at.x, at.y + 21, at.w, 6};
        layer.add(Box{bar, 3, c.card});
        draw_bar(layer, bar, first ? runs.a_share : runs.b_share, c.back);
        at.y += 38;
    }
    const int digits = digits_of_change(100 * runs.low, 100 * runs.high);
    write(layer, {at.x, at.y + 12},
          fitted(fmt::format(
                     "{} points (95 %: {} to {})", signed_number(100 * runs.difference, digits),
                     signed_number(100 * runs.low, digits), signed_number(100 * runs.high, digits)),
                 at.w, 12, Font::regular),
          {12, Font::regular, c.second});
    at.y += 20;
}

void draw_heading(const Surface& p, Layer& layer, const Compared& compared, const Rect& pane,
                  bool first)
{
    const Palette& c = p.colors;
    const Color color = first ? c.signed_text : c.scenario_b;
    const Rect badge{pane.x + 20, pane.y + 16, 30, 30};
    layer.add(Box{badge, 7, mix(c.stage, color, 0.12), color, 1.4F});
    write(layer, {badge.x + 15, badge.y + 20.5F}, first ? "A" : "B",
          {15, Font::bold, color, Align::center});
    const int names = (first ? *compared.a : *compared.b).tally(p.time).signed_letter;
    const std::string count = grouped(names);
    const float right = pane.x + pane.w - 24;
    write(layer, {right, pane.y + 40}, count, {32, Font::bold, c.signed_text, Align::right});
    write(layer, {right, pane.y + 55}, "signed", {12, Font::regular, c.second, Align::right});
    const float left = badge.x + 42;
    const float room = right - text_width(count, 32, Font::bold) - left - 16;
    write(layer, {left, pane.y + 29},
          fitted(first ? compared.a_title : compared.b_title, room, 15, Font::medium),
          {15, Font::medium, c.text});
    write(layer, {left, pane.y + 47},
          fitted(first ? compared.a_below : compared.b_below, room, 12, Font::regular),
          {12, Font::regular, c.second});
}

} // namespace

std::vector<bool> lit_people(const Compared& compared, const View& view, Hours time)
{
    if (!view.only_different || view.selected)
        return {};
    const Story &a = *compared.a, &b = *compared.b;
    std::vector<bool> lit(std::max(a.people(), b.people()), true);
    for (AgentId person = 0; person < std::min(a.people(), b.people()); ++person)
        lit[person] = a.fate(person).at(time) != b.fate(person).at(time);
    return lit;
}

void draw_compare_still(const Surface& p, Layer& layer, float middle)
{
    const Palette& c = p.colors;
    const Rect& panel = p.regions.panel;
    layer.add(Box{panel, 0, c.panel});
    draw_vline(layer, panel.x, panel.y, panel.y + panel.h, c.hairline);
    draw_vline(layer, middle, panel.y, panel.y + panel.h, c.hairline);
    draw_top_bar_still(p, layer);
}

void draw_pane_headings(const Surface& p, Layer& layer, const Compared& compared,
                        const std::pair<Rect, Rect>& panes)
{
    draw_heading(p, layer, compared, panes.first, true);
    draw_heading(p, layer, compared, panes.second, false);
}

void draw_compare_panel(const Surface& p, Layer& layer, const Compared& compared)
{
    const Rect& panel = p.regions.panel;
    Column at{panel.x + margin, panel.w - 2 * margin, panel.y,
              panel.y + panel.h - compare_panel_foot};
    draw_clock(p, layer, at);
    draw_table(p, layer, compared, at);
    draw_values(p, layer, compared, at);
    draw_parting(p, layer, compared, at);
    draw_ensembles(p, layer, compared, at);
}

void draw_compare_buttons(const Surface& p, Layer& layer)
{
    constexpr float gap = 6;
    struct Label {
        Control control;
        const char* words;
        bool on = false;
    };
    const std::array labels{Label{Control::swap_runs, "Swap"},
                            Label{Control::only_different, "Differences", p.view.only_different},
                            Label{Control::record_film, "Film", p.view.recording},
                            Label{Control::make_page, "Page", p.view.making_page}};
    const Rect& panel = p.regions.panel;
    const float room = panel.w - 2 * margin - gap * (labels.size() - 1);
    const auto width_of = [](const char* words) {
        return text_width(words, button_text, Font::medium);
    };
    float words = 0;
    for (const Label& label : labels)
        words += width_of(label.words);
    const float beside = (room - words) / labels.size();
    float x = panel.x + margin;
    for (const Label& label : labels) {
        const float width = width_of(label.words) + beside;
        draw_button(p, layer,
                    {.id = {label.control},
                     .rect = {x, panel.y + panel.h - compare_panel_foot + 10, width, 30},
                     .label = label.words,
                     .on = label.on});
        x += width + gap;
    }
}

} // namespace walkout::render
