#include "render/chrome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace walkout::render {

namespace {

constexpr float brand_right = 122;
constexpr float box_y = 10, box_height = 28;
constexpr float find_width = 264;
constexpr float title_padding = 42; ///< left, right and between the title and the run

/// Where things are, from both edges inwards; what is in between shrinks.
struct BarLayout {
    Rect scenario, find, picture, full_screen, help;
    std::vector<Rect> tabs; ///< empty: no room
};

struct TabLabel {
    Tab tab;
    Control control;
    std::string_view words;
};

constexpr std::array tab_labels{TabLabel{Tab::playback, Control::tab_playback, "Playback"},
                                TabLabel{Tab::what_if, Control::tab_what_if, "What-if"},
                                TabLabel{Tab::compare, Control::tab_compare, "Compare"}};

float width_of(const TabLabel& label)
{
    return text_width(label.words, 13.5F, Font::medium) + 26;
}

std::string run_text(const Trace& trace)
{
    return trace.replicate == 0 ? fmt::format("seed {}", trace.seed)
                                : fmt::format("seed {}, run {}", trace.seed, trace.replicate);
}

std::string_view title_text(const Trace& trace)
{
    return trace.title.empty() ? trace.scenario : trace.title;
}

BarLayout bar_layout(const Surface& p)
{
    const float width = p.regions.top_bar.w;
    const Trace& trace = p.story.trace();
    BarLayout l;
    l.help = {width - 56, box_y, 40, box_height};
    l.full_screen = {width - 104, box_y, 40, box_height};
    l.picture = {width - 152, box_y, 40, box_height};
    // Below the usual width the box gives way, so that the tabs stay.
    const float find =
        width < 1280 ? std::max(130.0F, width * 0.15F) : std::min(find_width, width * 0.24F);
    l.find = {l.picture.x - 12 - find, box_y, find, box_height};
    float tabs = 0;
    for (const TabLabel& label : tab_labels)
        tabs += width_of(label);
    const float room = l.find.x - 16 - brand_right;
    constexpr float least_title = 150, usual_title = 300;
    const float before_tabs = width < 1280 ? 20 : 40;
    const bool has_tabs = room >= least_title + before_tabs + tabs;
    const float title = text_width(title_text(trace), 13, Font::medium) + title_padding +
                        text_width(run_text(trace), 11.5F, Font::regular);
    const float most = has_tabs ? room - before_tabs - tabs : room;
    l.scenario = {brand_right, box_y, std::min(std::max(usual_title, title), most), box_height};
    float x = l.scenario.x + l.scenario.w + before_tabs;
    for (const TabLabel& label : tab_labels)
        if (has_tabs) {
            l.tabs.push_back({x, 0, width_of(label), 48});
            x += width_of(label);
        }
    return l;
}

void draw_brand_and_scenario(const Surface& p, Layer& layer, const BarLayout& l)
{
    const Palette& c = p.colors;
    const Trace& trace = p.story.trace();
    layer.add(Disc{{24, 24}, 8, c.signed_letter});
    layer.add(Disc{{24, 24}, 3.4F, c.panel});
    write(layer, {42, 29}, "Walkout", {16, Font::bold, c.text});

    layer.add(Box{l.scenario, 7, c.card, c.hairline, 1});
    const std::string run = run_text(trace);
    const float room = l.scenario.w - title_padding - text_width(run, 11.5F, Font::regular) + 0.5F;
    write(layer, {l.scenario.x + 12, 29}, fitted(title_text(trace), room, 13, Font::medium),
          {13, Font::medium, c.text});
    write(layer, {l.scenario.x + l.scenario.w - 14, 28.5F}, run,
          {11.5F, Font::regular, c.third, Align::right});
}

void draw_tabs(const Surface& p, Layer& layer, const BarLayout& l)
{
    const Palette& c = p.colors;
    for (std::size_t k = 0; k < l.tabs.size(); ++k) {
        const TabLabel& label = tab_labels[k];
        const Rect& tab = l.tabs[k];
        const ControlId id{label.control};
        const bool shown = p.view.tab == label.tab;
        write(layer, {tab.x + tab.w / 2, 29}, std::string(label.words),
              {13.5F, Font::medium, shown || p.hovered(id) ? c.text : c.third, Align::center});
        if (shown) {
            layer.add(Box{{tab.x + 8, 45, tab.w - 16, 3}, 0, c.signed_letter});
        }
        if (p.focused(id)) {
            draw_focus_ring(p, layer, {tab.x + 3, 8, tab.w - 6, 32}, 5);
        }
        p.spots.push_back({id, tab, true});
    }
}

/// `3 of 12`, or that there is none.
std::string match_text(const View& view)
{
    if (view.find_text.empty()) {
        return {};
    }
    return view.matches.empty()
               ? "no match"
               : fmt::format("{} of {}", grouped(static_cast<long>(view.match) + 1),
                             grouped(static_cast<long>(view.matches.size())));
}

void draw_find(const Surface& p, Layer& layer, const Rect& box)
{
    const Palette& c = p.colors;
    const View& view = p.view;
    const ControlId id{Control::find};
    const bool active = view.finding || !view.find_text.empty();
    const Color border = view.finding    ? c.signed_letter
                         : p.hovered(id) ? c.hairline_strong
                                         : c.hairline;
    layer.add(Box{box, 7, c.card, border, view.finding ? 1.2F : 1.0F});
    draw_icon(layer, Icon::search, {box.x + 17, 24}, 14, active ? c.second : c.third);
    const float left = box.x + 34;
    if (active) {
        const std::string matches = match_text(view);
        const float right = text_width(matches, 11.5F, Font::regular) + 18;
        const std::string typed =
            fitted(view.find_text, box.x + box.w - right - left - 8, 12.5F, Font::medium);
        write(layer, {left, 28.5F}, typed, {12.5F, Font::medium, c.text});
        if (view.finding) {
            const float cursor = left + text_width(typed, 12.5F, Font::medium) + 3;
            draw_vline(layer, cursor, 17, 31, c.signed_letter, 1.2F);
        }
        write(layer, {box.x + box.w - 10, 28.5F}, matches,
              {11.5F, Font::regular, view.matches.empty() ? c.gone : c.third, Align::right});
    } else {
        const float room = box.w - 34 - 32;
        write(layer, {left, 28.5F}, fitted("Find a person or team", room, 12.5F, Font::regular),
              {12.5F, Font::regular, c.third});
        layer.add(Box{{box.x + box.w - 26, 15, 18, 18}, 4, c.panel, c.hairline_strong, 1});
        write(layer, {box.x + box.w - 17, 28}, "/",
              {11.5F, Font::regular, c.second, Align::center});
    }
    if (p.focused(id)) {
        draw_focus_ring(p, layer, box, 7);
    }
    p.spots.push_back({id, box, true});
}

} // namespace

void draw_top_bar_still(const Surface& p, Layer& layer)
{
    const Rect& bar = p.regions.top_bar;
    layer.add(Box{bar, 0, p.colors.panel});
    draw_hline(layer, 0, bar.w, bar.h, p.colors.hairline);
    draw_brand_and_scenario(p, layer, bar_layout(p));
}

void draw_top_bar(const Surface& p, Layer& layer)
{
    const BarLayout l = bar_layout(p);
    draw_tabs(p, layer, l);
    draw_find(p, layer, l.find);
    draw_button(
        p, layer,
        {.id = {Control::save_picture}, .rect = l.picture, .icon = Icon::picture, .icon_size = 16});
    draw_button(p, layer,
                {.id = {Control::full_screen},
                 .rect = l.full_screen,
                 .icon = Icon::full_screen,
                 .icon_size = 15});
    draw_button(p, layer, {.id = {Control::help}, .rect = l.help, .label = "?", .on = p.view.help});
}

} // namespace walkout::render
