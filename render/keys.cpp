#include "render/keys.hpp"

#include <array>

namespace walkout::render {

namespace {

constexpr Mods shift{.shift = true};
constexpr Mods ctrl{.ctrl = true};

constexpr Chord typed(char32_t character)
{
    return {.character = character};
}

using C = Command;

// clang-format off
constexpr Binding play[]        = {{{Key::space}, C::play}};
constexpr Binding frames[]      = {{{Key::left}, C::step_frame, -1}, {{Key::right}, C::step_frame, 1}};
constexpr Binding minutes[]     = {{{Key::left, shift}, C::step_minute, -1}, {{Key::right, shift}, C::step_minute, 1}};
constexpr Binding hours[]       = {{{Key::left, ctrl}, C::step_hour, -1}, {{Key::right, ctrl}, C::step_hour, 1}};
constexpr Binding flags[]       = {{typed(U','), C::step_flag, -1}, {typed(U'.'), C::step_flag, 1},
                                   {{Key::page_up}, C::step_flag, -1}, {{Key::page_down}, C::step_flag, 1}};
constexpr Binding shuttle[]     = {{{Key::j}, C::shuttle, -1}, {{Key::k}, C::stop}, {{Key::l}, C::shuttle, 1}};
constexpr Binding speeds[]      = {{typed(U'['), C::change_speed, -1}, {typed(U']'), C::change_speed, 1}};
constexpr Binding normal[]      = {{typed(U'\\'), C::normal_speed}};
constexpr Binding ends[]        = {{{Key::home}, C::go_to_end, -1}, {{Key::end}, C::go_to_end, 1}};
constexpr Binding tenths[]      = {{typed(U'0'), C::go_to_tenth, 0}, {typed(U'1'), C::go_to_tenth, 1},
                                   {typed(U'2'), C::go_to_tenth, 2}, {typed(U'3'), C::go_to_tenth, 3},
                                   {typed(U'4'), C::go_to_tenth, 4}, {typed(U'5'), C::go_to_tenth, 5},
                                   {typed(U'6'), C::go_to_tenth, 6}, {typed(U'7'), C::go_to_tenth, 7},
                                   {typed(U'8'), C::go_to_tenth, 8}, {typed(U'9'), C::go_to_tenth, 9}};
constexpr Binding ask_time[]    = {{{Key::g}, C::ask_time}};
constexpr Binding pace[]        = {{{Key::v}, C::toggle_pace}};

constexpr Binding inspect[]     = {{{Key::i}, C::inspect}};
constexpr Binding follow[]      = {{{Key::f}, C::follow}};
constexpr Binding find[]        = {{typed(U'/'), C::find}};
constexpr Binding ties[]        = {{{Key::n}, C::toggle_ties}};
constexpr Binding loupe[]       = {{{Key::z}, C::loupe}};
constexpr Binding how_to_read[] = {{{Key::h}, C::how_to_read}};
constexpr Binding theme[]       = {{{Key::t}, C::toggle_theme}};
constexpr Binding future[]      = {{{Key::u}, C::toggle_future}};
constexpr Binding controls[]    = {{{Key::tab}, C::next_control, 1}, {{Key::tab, shift}, C::next_control, -1}};
constexpr Binding back[]        = {{{Key::backspace}, C::back}};
constexpr Binding escape[]      = {{{Key::escape}, C::escape}};

constexpr Binding picture[]     = {{{Key::p}, C::save_picture}};
constexpr Binding film[]        = {{{Key::p, shift}, C::record_film}};
constexpr Binding mark_in[]     = {{{Key::i, ctrl}, C::mark_in}};
constexpr Binding mark_out[]    = {{{Key::o, ctrl}, C::mark_out}};
constexpr Binding bookmark[]    = {{{Key::m}, C::bookmark}};
constexpr Binding loop[]        = {{{Key::r}, C::toggle_loop}};
constexpr Binding presenter[]   = {{{Key::f5}, C::presenter}};
constexpr Binding blank[]       = {{{Key::b}, C::blank}};
constexpr Binding full_screen[] = {{{Key::f11}, C::full_screen}};
constexpr Binding scale[]       = {{{Key::plus, ctrl}, C::scale, 1}, {{Key::plus, {true, true}}, C::scale, 1},
                                   {{Key::minus, ctrl}, C::scale, -1}};
constexpr Binding usual[]       = {{{Key::zero, ctrl}, C::usual_scale}};
constexpr Binding help[]        = {{typed(U'?'), C::help}};
constexpr Binding quit[]        = {{{Key::q, ctrl}, C::quit}};

constexpr Binding tabs[]        = {{{Key::one, ctrl}, C::show_tab, 0}, {{Key::two, ctrl}, C::show_tab, 1},
                                   {{Key::three, ctrl}, C::show_tab, 2}};
constexpr Binding undo[]        = {{{Key::z, ctrl}, C::undo}};
constexpr Binding redo[]        = {{{Key::y, ctrl}, C::redo}, {{Key::z, {true, true}}, C::redo}};
constexpr Binding reset[]       = {{{Key::r, ctrl}, C::reset}};
constexpr Binding watch[]       = {{{Key::enter}, C::watch_run}};
constexpr Binding light[]       = {{{Key::up}, C::light_run, -1}, {{Key::down}, C::light_run, 1}};
constexpr Binding save[]        = {{{Key::s, ctrl}, C::save_scenario}};
constexpr Binding add_lever[]   = {{{Key::a}, C::add_lever}};
constexpr Binding compare[]     = {{{Key::c}, C::compare_runs}};
constexpr Binding swap_them[]   = {{{Key::x}, C::swap_runs}};
constexpr Binding different[]   = {{{Key::d}, C::only_different}};
constexpr Binding parting[]     = {{{Key::w}, C::go_to_parting}};
constexpr Binding page[]        = {{{Key::p, ctrl}, C::make_page}};
constexpr Binding branch[]      = {{{Key::e}, C::branch}};
// clang-format on

constexpr std::string_view time = "Time", looking = "Looking", keeping = "Keeping and showing",
                           what_if = "What if and compare";

constexpr std::array rows{
    KeyHelp{time, "Space", "play, pause, replay", play},
    KeyHelp{time, "\u2039  \u203a", "one frame", frames},
    KeyHelp{time, "Shift \u2039  \u203a", "one minute", minutes},
    KeyHelp{time, "Ctrl \u2039  \u203a", "one hour", hours},
    KeyHelp{time, ",  .", "previous, next event", flags},
    KeyHelp{time, "J  K  L", "back, stop, forward", shuttle},
    KeyHelp{time, "[  ]", "slower, faster", speeds},
    KeyHelp{time, "\\", "normal speed", normal},
    KeyHelp{time, "Home  End", "start, end", ends},
    KeyHelp{time, "0\u20139", "tenths of the story", tenths},
    KeyHelp{time, "G", "go to a time", ask_time},
    KeyHelp{time, "V", "pace: story, clock", pace},

    KeyHelp{looking, "click  I", "inspect a person", inspect},
    KeyHelp{looking, "Shift click", "compare a second", {}},
    KeyHelp{looking, "F", "follow the person", follow},
    KeyHelp{looking, "/", "find", find},
    KeyHelp{looking, "N", "all ties", ties},
    KeyHelp{looking, "Z", "loupe while held", loupe},
    KeyHelp{looking, "H", "how to read it", how_to_read},
    KeyHelp{looking, "T", "light or dark", theme},
    KeyHelp{looking, "U", "hide what comes", future},
    KeyHelp{looking, "Tab", "panel, next control", controls},
    KeyHelp{looking, "wheel", "zoom the track", {}},
    KeyHelp{looking, "double click", "whole story", {}},
    KeyHelp{looking, "Backspace", "out of a department", back},
    KeyHelp{looking, "Esc", "close, leave", escape},

    KeyHelp{keeping, "P", "save a picture", picture},
    KeyHelp{keeping, "Shift P", "record a film", film},
    KeyHelp{keeping, "Ctrl I", "film starts here", mark_in},
    KeyHelp{keeping, "Ctrl O", "film ends here", mark_out},
    KeyHelp{keeping, "M", "bookmark", bookmark},
    KeyHelp{keeping, "R", "loop", loop},
    KeyHelp{keeping, "F5", "presenter", presenter},
    KeyHelp{keeping, "B", "blank the picture", blank},
    KeyHelp{keeping, "F11", "full screen", full_screen},
    KeyHelp{keeping, "Ctrl +  \u2212", "larger, smaller", scale},
    KeyHelp{keeping, "Ctrl 0", "usual size", usual},
    KeyHelp{keeping, "?", "these keys", help},
    KeyHelp{keeping, "Ctrl Q", "quit", quit},

    KeyHelp{what_if, "Ctrl 1\u20133", "the three tabs", tabs},
    KeyHelp{what_if, "E", "else, from here on", branch},
    KeyHelp{what_if, "drag", "move a lever", {}},
    KeyHelp{what_if, "click twice", "lever to history", {}},
    KeyHelp{what_if, "Ctrl Z", "undo", undo},
    KeyHelp{what_if, "Ctrl Y", "redo", redo},
    KeyHelp{what_if, "Ctrl R", "all to history", reset},
    KeyHelp{what_if, "A", "add a lever", add_lever},
    KeyHelp{what_if, "Up  Down", "light a run", light},
    KeyHelp{what_if, "Enter", "watch the run", watch},
    KeyHelp{what_if, "Ctrl S", "save the scenario", save},
    KeyHelp{what_if, "C", "compare with history", compare},
    KeyHelp{what_if, "X", "swap the two runs", swap_them},
    KeyHelp{what_if, "D", "only who differs", different},
    KeyHelp{what_if, "W", "where they part", parting},
    KeyHelp{what_if, "Ctrl P", "page of both", page},
};

} // namespace

std::span<const KeyHelp> key_helps()
{
    return rows;
}

std::optional<Binding> binding_of(const Chord& chord)
{
    for (const KeyHelp& row : rows)
        for (const Binding& binding : row.bindings)
            if (binding.chord == chord)
                return binding;
    return std::nullopt;
}

} // namespace walkout::render
