#pragma once

/// Which key does what: one table for the player, the help card and the tests.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace walkout::render {

/// Keys that are told by name. Digits and punctuation marks come as text, because where they lie
/// depends on the keyboard.
// clang-format off
enum class Key : std::uint8_t {
    none,
    space, enter, escape, tab, backspace,
    left, right, up, down, home, end, page_up, page_down,
    plus, minus, zero, one, two, three, // with Ctrl only
    f5, f11,
    a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z,
};
// clang-format on

struct Mods {
    bool shift = false, ctrl = false;
    bool operator==(const Mods&) const = default;
};

/// A key with modifiers, or a character that was typed.
struct Chord {
    Key key = Key::none;
    Mods mods = {};
    char32_t character = 0; ///< not 0: whatever keys make it
    bool operator==(const Chord&) const = default;
};

// clang-format off
enum class Command : std::uint8_t {
    play, step_frame, step_minute, step_hour, step_flag, shuttle, stop, change_speed, normal_speed,
    go_to_end, go_to_tenth, ask_time, toggle_pace,
    inspect, follow, find, toggle_ties, loupe, how_to_read, toggle_theme, toggle_future,
    next_control, back, escape,
    save_picture, record_film, mark_in, mark_out, bookmark, toggle_loop, presenter, blank,
    full_screen, scale, usual_scale, help, quit,
    show_tab, undo, redo, reset, watch_run, light_run, save_scenario, add_lever, compare_runs,
    swap_runs, only_different, go_to_parting, make_page, branch,
};
// clang-format on

/// What a chord asks for; `amount` is a direction, or a count of tenths.
struct Binding {
    Chord chord;
    Command command = Command::play;
    int amount = 1;
};

/// A row of the help card. Rows of the pointer have no bindings.
struct KeyHelp {
    std::string_view group;
    std::string_view keys; ///< as on the caps; alternatives two blanks apart
    std::string_view does;
    std::span<const Binding> bindings;
};

/// All rows, group by group.
std::span<const KeyHelp> key_helps();

/// What a chord does, if anything.
std::optional<Binding> binding_of(const Chord& chord);

} // namespace walkout::render
