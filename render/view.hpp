#pragma once

#include "render/display_list.hpp"
#include "render/palette.hpp"
#include "sim/core/types.hpp"

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace walkout::render {

/// Something that can be pressed, dragged, hovered or reached with Tab.
enum class Control : std::uint8_t {
    none,
    tab_playback,
    tab_what_if,
    tab_compare,
    find,
    save_picture,
    full_screen,
    help,
    to_start,
    previous_flag,
    play,
    next_flag,
    to_end,
    speed,
    pace,
    loop,
    branch,
    track,
    flag,
    bookmark, // `index`: which
    person,
    director,
    leader,
    block, // on the stage
    follow,
    history_row,
    close_inspector,
    legend_row,
    panel_drawer,
    // what if; `index`: row of the lever, which event, replicate
    lever,
    lever_value,
    put_away,
    add_lever,
    add_event,
    lever_match,
    event_switch,
    reset,
    fan,
    run_dot,
    light_kind, ///< `index`: 0 the median run, 1 the most extreme, 2 one that failed
    watch_run,
    save_scenario,
    compare_now,
    whole_run,
    // compare
    swap_runs,
    only_different,
    jump_to_parting,
    record_film,
    make_page,
};

enum class Tab : std::uint8_t { playback, what_if, compare };

/// What of the tab "What if" depends on the hand, not on the runs.
struct WhatIfLook {
    float scroll = 0;                    ///< of the levers, logical pixels
    std::optional<std::uint32_t> run;    ///< replicate that is lit
    std::optional<std::uint32_t> held;   ///< lever or, by `moving`, event that follows the pointer
    bool moving = false;                 ///< an event in time
    std::optional<std::uint32_t> typing; ///< lever whose value is typed
    bool adding = false;                 ///< the box for another lever is open
    bool adding_event = false;           ///< it is one for another event
    std::string text;                    ///< in the one box or the other
    std::vector<std::uint32_t> matches;  ///< levers or events that match the text
    std::size_t match = 0;
};

struct ControlId {
    Control control = Control::none;
    std::uint32_t index = 0;
    auto operator<=>(const ControlId&) const = default;
};

/// Where a control is drawn; for the pointer and for the focus order.
struct Spot {
    ControlId id;
    Rect rect;
    bool focusable = true;
};

enum class Pace : std::uint8_t { story, clock };

/// Everything that decides on the picture apart from the trace and the moment.
struct View {
    float width = 1600, height = 900; ///< window, device pixels
    float ui_scale = 1;               ///< 0.75 .. 3
    Theme theme = Theme::dark;
    Tab tab = Tab::playback;
    bool reduced_motion = false;
    bool presenter = false;
    bool blank = false; ///< presenter: nothing is shown
    bool hide_future = false;
    bool playing = false;
    double speed = 1;
    Pace pace = Pace::story;
    bool loop = false;
    bool branches = false;             ///< What-if is at hand: it can tell what else may follow
    std::optional<double> in, out;     ///< marks, story seconds
    std::vector<double> bookmarks;     ///< story seconds
    double zoom_from = 0, zoom_to = 1; ///< part of the story on the track, [0, 1]

    ControlId hover, focus, pressed;
    Point pointer{-1, -1};                   ///< logical pixels
    std::optional<double> scrub_hint;        ///< story second under the pointer on the track
    std::optional<AgentId> selected, second; ///< inspected person; compared person
    std::optional<std::uint32_t> selected_director;
    bool following = false;
    bool ties = false; ///< draw all
    bool how_to_read = false;
    bool help = false;
    bool drawer = false;                   ///< the panel of a narrow window is open
    std::optional<Point> loupe;            ///< focus, logical pixels
    std::optional<std::uint32_t> expanded; ///< department shown alone
    double expansion = 0;                  ///< how far, [0, 1]
    bool finding = false;
    std::string find_text;
    std::vector<AgentId> matches; ///< people who match the text
    std::size_t match = 0;        ///< the current one
    bool going_to = false;        ///< the box for a time is open
    std::string go_to_text;
    std::string toast, toast_action;
    bool recording = false;       ///< a film is being written
    double recorded = 0;          ///< share of it, [0, 1]
    bool making_page = false;     ///< of the runs that are compared
    bool reduced_effects = false; ///< slow drawing: no landing rings, no trails
    WhatIfLook what_if;
    bool only_different = false; ///< compare: who stands elsewhere in the other run
};

/// The logical size of the picture: at least 800 x 450 fit, whatever the UI scale asks for.
float effective_scale(const View& view);

/// Whether the inspector stands in for the panel.
bool inspecting(const View& view);

} // namespace walkout::render
