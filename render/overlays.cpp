#include "render/chrome.hpp"
#include "render/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace walkout::render {

namespace {

// ---------------------------------------------------------------- all keys

/// The rows of the key table, group by group.
std::vector<std::span<const KeyHelp>> key_groups()
{
    const std::span<const KeyHelp> rows = key_helps();
    std::vector<std::span<const KeyHelp>> groups;
    std::size_t first = 0;
    for (std::size_t k = 1; k <= rows.size(); ++k) {
        if (k == rows.size() || rows[k].group != rows[first].group) {
            groups.push_back(rows.subspan(first, k - first));
            first = k;
        }
    }
    return groups;
}

/// `Ctrl +  −` as caps: `Ctrl +` and `−`.
std::vector<std::string> caps_of(std::string_view keys)
{
    std::vector<std::string> caps;
    while (!keys.empty()) {
        const std::size_t gap = keys.find("  ");
        caps.emplace_back(keys.substr(0, gap));
        keys = gap == std::string_view::npos ? std::string_view{} : keys.substr(gap + 2);
    }
    return caps;
}

void draw_key_group(const Surface& p, Layer& layer, std::span<const KeyHelp> group, Point at,
                    float row, float width)
{
    const float words_at = std::min(104.0F, 0.42F * width);
    const Palette& c = p.colors;
    write(layer, at, std::string(group.front().group), {13, Font::medium, c.second});
    float y = at.y + row + 4;
    for (const KeyHelp& line : group) {
        float x = at.x;
        for (const std::string& cap : caps_of(line.keys)) {
            x += draw_key_cap(c, layer, x, y, cap) + 5;
        }
        const float left = std::max(x + 3, at.x + words_at);
        write(layer, {left, y}, fitted(line.does, at.x + width - left, 12.5F, Font::regular),
              {12.5F, Font::regular, c.text});
        y += row;
    }
}

void draw_scrim(const Surface& p, Layer& layer)
{
    layer.add(Box{window_of(p), 0, Color{0, 0, 0, 255}.faded(p.colors.dark ? 0.6 : 0.35)});
}

void draw_help(const Surface& p, Layer& layer)
{
    const Palette& c = p.colors;
    const Rect window = window_of(p);
    const auto groups = key_groups();
    const auto most_rows =
        static_cast<float>(std::ranges::max(groups, {}, &std::span<const KeyHelp>::size).size());
    const float width = std::min(304.0F * static_cast<float>(groups.size()), window.w - 24);
    const float row = std::min(27.0F, (window.h - 24 - 106) / most_rows);
    const float height = 96 + row * most_rows;
    const Rect card{std::floor((window.w - width) / 2), std::floor((window.h - height) / 2), width,
                    height};
    draw_scrim(p, layer);
    layer.add(Box{card, 14, c.panel, c.hairline_strong, 1});
    write(layer, {card.x + 24, card.y + 36}, "All keys", {20, Font::medium, c.text});
    write(layer, {card.x + card.w - 24, card.y + 36}, "Esc or ? closes",
          {12, Font::regular, c.third, Align::right});
    const float column = (card.w - 48 + 16) / static_cast<float>(groups.size());
    for (std::size_t k = 0; k < groups.size(); ++k) {
        draw_key_group(p, layer, groups[k],
                       {card.x + 24 + column * static_cast<float>(k), card.y + 66}, row,
                       column - 16);
    }
}

// ---------------------------------------------------------------- find

const Spot* spot_of(const Surface& p, ControlId id)
{
    const auto found = std::find_if(p.spots.begin(), p.spots.end(),
                                    [&](const Spot& spot) { return spot.id == id; });
    return found == p.spots.end() ? nullptr : &*found;
}

/// Matches under the box, the current one strong; each can be clicked.
void draw_matches(const Surface& p, Layer& layer)
{
    constexpr std::size_t most = 8;
    constexpr float row = 26, padding = 6;
    const View& view = p.view;
    const Spot* box = spot_of(p, {Control::find});
    if (!view.finding || view.matches.empty() || box == nullptr) {
        return;
    }
    const Palette& c = p.colors;
    const std::size_t first =
        view.match < most ? 0 : std::min(view.match - most + 1, view.matches.size() - 1);
    const std::size_t shown = std::min(most, view.matches.size() - first);
    const float width = std::max(box->rect.w, 264.0F);
    const Rect card{box->rect.x + box->rect.w - width, box->rect.y + box->rect.h + 6, width,
                    row * static_cast<float>(shown) + 2 * padding};
    layer.add(Box{card, 8, c.card, c.hairline_strong, 1});
    float y = card.y + padding;
    for (std::size_t k = first; k < first + shown; ++k, y += row) {
        const AgentId person = view.matches[k];
        const ControlId id{Control::person, person};
        const Rect line{card.x + 4, y, card.w - 8, row};
        if (k == view.match || p.hovered(id)) {
            layer.add(Box{line, 5, mix(c.card, c.hairline_strong, k == view.match ? 0.7 : 0.35)});
        }
        draw_state_mark(c, layer, {line.x + 14, y + row / 2}, 5, p.story.fate(person).at(p.time));
        const std::string name = fitted(p.story.id(person), 150, 12.5F, Font::medium);
        const float beside = line.x + 28 + text_width(name, 12.5F, Font::medium) + 10;
        write(layer, {line.x + 28, y + 17.5F}, name, {12.5F, Font::medium, c.text});
        write(layer, {line.x + line.w - 8, y + 17.5F},
              fitted(p.story.role(person), line.x + line.w - 8 - beside, 12, Font::regular),
              {12, Font::regular, c.second, Align::right});
        p.spots.push_back({id, line, false});
    }
}

// ---------------------------------------------------------------- go to a time

void draw_go_to(const Surface& p, Layer& layer)
{
    if (!p.view.going_to) {
        return;
    }
    const Palette& c = p.colors;
    const Story& story = p.story;
    const Rect window = window_of(p);
    const float top = p.regions.stage.y + (p.view.recording ? 68.0F : 24.0F);
    const Rect card{std::floor(window.w / 2 - 170), top, 340, 92};
    layer.add(Box{card, 10, c.panel, c.hairline_strong, 1});
    write(layer, {card.x + 16, card.y + 25}, "Go to", {13, Font::medium, c.second});
    const Rect box{card.x + 64, card.y + 8, card.w - 80, 28};
    layer.add(Box{box, 7, c.card, c.signed_letter, 1.2F});
    const std::string typed = fitted(p.view.go_to_text, box.w - 24, 13, Font::medium);
    write(layer, {box.x + 10, box.y + 18.5F}, typed, {13, Font::medium, c.text});
    draw_vline(layer, box.x + 12 + text_width(typed, 13, Font::medium), box.y + 7,
               box.y + box.h - 7, c.signed_letter, 1.2F);

    const std::optional<Hours> time = story.parse_time(p.view.go_to_text, p.time);
    const bool inside = time && *time >= story.clock().begin() && *time <= story.clock().end();
    const std::string answer =
        p.view.go_to_text.empty() ? ""
        : !time                   ? "This is not a time."
        : !inside                 ? "Outside the story."
                  : story.day(*time) + ", " + story.clock_text(*time) + ": Enter goes there";
    write(layer, {box.x, card.y + 57}, answer, {12.5F, Font::medium, inside ? c.text : c.gone});
    write(layer, {box.x, card.y + 77}, "for example  mon 5:48   05:48   h 64.5",
          {12, Font::regular, c.third});
}

// ---------------------------------------------------------------- messages

void draw_toast(const Surface& p, Layer& layer)
{
    const View& view = p.view;
    if (view.toast.empty()) {
        return;
    }
    const Palette& c = p.colors;
    const Rect window = window_of(p);
    const float action = text_width(view.toast_action, 13, Font::medium);
    const float most = window.w - 80;
    const std::string words = fitted(view.toast, most - 60 - action, 13, Font::medium);
    const float width =
        18 + text_width(words, 13, Font::medium) + (action > 0 ? action + 30 : 0) + 16;
    const Rect card{std::floor((window.w - width) / 2), p.regions.timeline.y - 56, width, 40};
    layer.add(Box{card, 8, c.card, c.hairline_strong, 1});
    layer.add(Box{{card.x, card.y + 8, 3, 24}, 0, c.back});
    write(layer, {card.x + 18, card.y + 25}, words, {13, Font::medium, c.text});
    write(layer, {card.x + card.w - 14, card.y + 25}, view.toast_action,
          {13, Font::medium, c.board, Align::right});
}

void draw_recording(const Surface& p, Layer& layer)
{
    if (!p.view.recording) {
        return;
    }
    const Palette& c = p.colors;
    const Rect window = window_of(p);
    const Rect card{std::floor(window.w / 2 - 160), p.regions.stage.y + 12, 320, 44};
    const double share = std::clamp(p.view.recorded, 0.0, 1.0);
    layer.add(Box{card, 8, c.card, c.hairline_strong, 1});
    layer.add(Disc{{card.x + 18, card.y + 18}, 5, c.gone});
    write(layer, {card.x + 32, card.y + 22}, "Writing the film", {13, Font::medium, c.text});
    write(layer, {card.x + card.w - 14, card.y + 22},
          fmt::format("{:.0f} %   Esc stops", 100 * share),
          {12, Font::regular, c.second, Align::right});
    const Rect bar{card.x + 14, card.y + 31, card.w - 28, 5};
    layer.add(Box{bar, 2.5F, c.hairline});
    draw_bar(layer, bar, share, c.signed_letter);
}

/// A quiet word that the picture leaves something out.
void draw_reduced_note(const Surface& p, Layer& layer)
{
    if (p.view.reduced_effects) {
        const Rect& stage = p.regions.stage;
        write(layer, {stage.x + stage.w - 20, stage.y + stage.h - 12}, "reduced effects",
              {11, Font::regular, p.colors.third, Align::right});
    }
}

// ---------------------------------------------------------------- what a button does

std::string hint_of(const Surface& p, Control control)
{
    const View& view = p.view;
    switch (control) {
    case Control::save_picture:
        return "Save a picture (P)";
    case Control::full_screen:
        return "Full screen (F11)";
    case Control::help:
        return "All keys (?)";
    case Control::to_start:
        return "To the start (Home)";
    case Control::previous_flag:
        return "Previous event (,)";
    case Control::play:
        return view.playing ? "Pause (Space)" : "Play (Space)";
    case Control::next_flag:
        return "Next event (.)";
    case Control::to_end:
        return "To the end (End)";
    case Control::speed:
        return "Speed ([ ])";
    case Control::pace:
        return view.pace == Pace::story ? "Busy hours run slow (V)" : "All hours run alike (V)";
    case Control::loop:
        return view.loop ? "Loop is on (R)" : "Loop (R)";
    case Control::branch:
        return "What else could follow from here (E)";
    case Control::bookmark:
        return "Bookmark";
    case Control::follow:
        return "Keep the person in view (F)";
    case Control::close_inspector:
        return "Close (Esc)";
    case Control::tab_playback:
        return "Watch one run (Ctrl 1)";
    case Control::tab_what_if:
        return "Move a lever, see all runs (Ctrl 2)";
    case Control::tab_compare:
        return "Two runs on one clock (Ctrl 3)";
    case Control::compare_now:
        return "Beside the same run of the baseline (C)";
    case Control::swap_runs:
        return "A becomes B (X)";
    case Control::only_different:
        return "Only who stands elsewhere in the other (D)";
    case Control::jump_to_parting:
        return "Where the runs part (W)";
    case Control::record_film:
        return view.recording ? "Stop the film (Esc)" : "Record a film (Shift P)";
    case Control::make_page:
        return "All runs of both on a page to open or send (Ctrl P)";
    case Control::light_kind:
        return "Light it; Enter watches it";
    case Control::reset:
        return "Everything as in the scenario (Ctrl R)";
    case Control::add_event:
        return "One that has happened once more, or one that is off";
    case Control::whole_run:
        return "What if from the start (E, Esc)";
    case Control::add_lever:
        return "Any number of the scenario (A)";
    case Control::save_scenario:
        return "A file with only what changed (Ctrl S)";
    case Control::watch_run:
        return "In Playback (Enter)";
    case Control::panel_drawer:
        return view.drawer ? "Close the panel (Tab)" : "Open the panel (Tab)";
    default:
        return {};
    }
}

void draw_control_hint(const Surface& p, Layer& layer)
{
    const std::string hint = hint_of(p, p.view.hover.control);
    const Spot* spot = spot_of(p, p.view.hover);
    const bool covered = p.view.tab == Tab::what_if && p.view.what_if.adding; // by a box
    if (hint.empty() || covered || spot == nullptr || p.view.pressed == p.view.hover) {
        return;
    }
    draw_tooltip(p, layer, spot->rect, {hint});
}

} // namespace

void draw_overlays(const Surface& p, Layer& layer)
{
    draw_reduced_note(p, layer);
    draw_matches(p, layer);
    draw_go_to(p, layer);
    draw_recording(p, layer);
    draw_toast(p, layer);
    draw_control_hint(p, layer);
    if (p.view.help) {
        draw_help(p, layer);
    }
}

} // namespace walkout::render
