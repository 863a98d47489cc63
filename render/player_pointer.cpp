#include "render/inspector.hpp"
#include "render/player.hpp"
#include "render/ui_kit.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

/// The player's pointer: what is under it, what a click does.

namespace walkout::render {

namespace {

constexpr double double_click_seconds = 0.4;
constexpr float double_click_reach = 6;
constexpr float near_person = 9, near_person_in_crowd = 3;
constexpr std::uint32_t crowd = 2500;
constexpr double department_seconds = 0.4;
constexpr double shortest_zoom = 2; ///< story seconds on the track
constexpr float person_spot = 40;   ///< a wider one is a row of a list

} // namespace

/// What lies on top at a point. Of people on the stage the nearest one counts, not the one drawn
/// last.
ControlId Player::hit(Point at, const Frame& frame) const
{
    if (view_.help)
        return {};
    const auto top = std::find_if(frame.spots.rbegin(), frame.spots.rend(),
                                  [&](const Spot& spot) { return spot.rect.contains(at); });
    const bool on_stage = top == frame.spots.rend() || top->id.control == Control::block ||
                          (top->id.control == Control::person && top->rect.w < person_spot);
    const bool stage_free = regions(view_).stage.contains(at);
    if (on_stage && stage_free) {
        const float reach = story_->people() > crowd ? near_person_in_crowd : near_person;
        if (const auto person = Scene::pick(frame, at, reach))
            return {Control::person, *person};
    }
    return top == frame.spots.rend() ? ControlId{} : top->id;
}

void Player::mouse_move(Point at, const Frame& frame)
{
    view_.pointer = at;
    pointer_moved_ = now_;
    if (view_.loupe) {
        view_.loupe = loupe_place();
        changed_ = true;
    }
    if (scrubbing_)
        return scrub_to(at);
    const ControlId hover = hit(at, frame);
    std::optional<double> hint;
    if (hover.control == Control::track)
        hint = TrackScale(story_->clock(), view_, regions(view_).track).second(at.x);
    changed_ = changed_ || hover != view_.hover || hint != view_.scrub_hint || at_desk();
    view_.hover = hover;
    view_.scrub_hint = hint;
    if (at_desk())
        desk_->move(at, view_);
}

void Player::mouse_leave()
{
    changed_ = changed_ || view_.hover != ControlId{} || view_.scrub_hint;
    view_.hover = {};
    view_.scrub_hint.reset();
    view_.pointer = View{}.pointer;
}

void Player::mouse_press(Point at, const Frame& frame, Mods mods)
{
    changed_ = true;
    pointer_moved_ = now_;
    press_mods_ = mods;
    view_.pressed = hit(at, frame);
    view_.focus = {};
    if (view_.help) {
        view_.help = false;
        return;
    }
    const Control control = view_.pressed.control;
    if (view_.finding && control != Control::find && control != Control::person)
        close_find();
    view_.going_to = false;
    if (at_desk()) {
        desk_->press(at, frame, now_, view_);
        take_desk_words();
    }
    if (control == Control::track)
        press_track(at);
}

void Player::press_track(Point at)
{
    const bool again = now_ - last_track_press_ < double_click_seconds &&
                       std::abs(at.x - last_track_x_) < double_click_reach;
    last_track_press_ = now_;
    last_track_x_ = at.x;
    if (again) {
        view_.zoom_from = 0;
        view_.zoom_to = 1;
        return;
    }
    scrubbing_ = true;
    stop_at_.reset();
    scrub_to(at);
}

/// Playing rests while the button is down, and goes on from there.
void Player::scrub_to(Point at)
{
    const TrackScale scale(story_->clock(), view_, regions(view_).track);
    const double second = scale.second(at.x);
    view_.scrub_hint = second;
    seek(second);
}

void Player::mouse_release(Point at, const Frame& frame)
{
    changed_ = true;
    const ControlId pressed = std::exchange(view_.pressed, {});
    if (std::exchange(scrubbing_, false))
        return;
    if (at_desk() && desk_->release(view_))
        return take_desk_words();
    if (pressed.control != Control::none && pressed == hit(at, frame))
        activate(pressed, press_mods_);
}

void Player::lose_focus()
{
    changed_ = true;
    scrubbing_ = false;
    held_ = Key::none;
    view_.loupe.reset();
    view_.pressed = {};
    if (at_desk())
        desk_->release(view_);
}

void Player::wheel(float notches, Point at)
{
    const Regions places = regions(view_);
    if (at_desk()) {
        changed_ = true;
        return desk_->wheel(notches, view_);
    }
    if (view_.presenter || !places.timeline.contains(at) || view_.help)
        return;
    changed_ = true;
    const double length = story_->clock().length();
    const double least = std::min(1.0, shortest_zoom / length);
    const double span =
        std::clamp((view_.zoom_to - view_.zoom_from) * std::pow(0.8, static_cast<double>(notches)),
                   least, 1.0);
    const double fixed = TrackScale(story_->clock(), view_, places.track).second(at.x) / length;
    const double share = std::clamp((at.x - places.track.x) / places.track.w, 0.0F, 1.0F);
    // The playhead never leaves the track.
    const double head = second_ / length;
    const double first = std::clamp(fixed - share * span, head - span, head);
    view_.zoom_from = std::clamp(first, 0.0, 1 - span);
    view_.zoom_to = view_.zoom_from + span;
}

Point Player::loupe_place() const
{
    const Rect stage = regions(view_).stage;
    const Point middle{stage.x + stage.w / 2, stage.y + stage.h / 2};
    return stage.contains(view_.pointer) ? view_.pointer : middle;
}

// ---------------------------------------------------------------- clicks

void Player::activate(ControlId id, Mods mods)
{
    const auto command = [&](Command what, int amount = 1) { act({{}, what, amount}); };
    if (at_desk() && desk_->activate(id, view_))
        return take_desk_words();
    switch (id.control) {
    case Control::tab_playback:
        return show_tab(Tab::playback);
    case Control::tab_what_if:
        return show_tab(Tab::what_if);
    case Control::tab_compare:
        return show_tab(Tab::compare);
    case Control::swap_runs:
        return command(Command::swap_runs);
    case Control::only_different:
        return command(Command::only_different);
    case Control::jump_to_parting:
        return command(Command::go_to_parting);
    case Control::record_film:
        return command(Command::record_film);
    case Control::make_page:
        return command(Command::make_page);
    case Control::compare_now:
    case Control::lever:
    case Control::lever_value:
    case Control::put_away:
    case Control::add_lever:
    case Control::add_event:
    case Control::whole_run:
    case Control::lever_match:
    case Control::event_switch:
    case Control::reset:
    case Control::fan:
    case Control::run_dot:
    case Control::light_kind:
    case Control::watch_run:
    case Control::save_scenario: // the desk has them
    case Control::none:
    case Control::track:
    case Control::leader:
    case Control::legend_row:
        return;
    case Control::find:
        return open_find();
    case Control::save_picture:
        return command(Command::save_picture);
    case Control::full_screen:
        return command(Command::full_screen);
    case Control::help:
        return command(Command::help);
    case Control::to_start:
        return command(Command::go_to_end, -1);
    case Control::previous_flag:
        return step_flag(-1);
    case Control::play:
        return play_or_pause();
    case Control::next_flag:
        return step_flag(1);
    case Control::to_end:
        return command(Command::go_to_end, 1);
    case Control::speed:
        return cycle_speed();
    case Control::pace:
        return command(Command::toggle_pace);
    case Control::loop:
        return command(Command::toggle_loop);
    case Control::branch:
        return command(Command::branch);
    case Control::flag:
        return seek(story_->clock().second(story_->flags().at(id.index).time));
    case Control::bookmark:
        return seek(view_.bookmarks.at(id.index));
    case Control::person:
        return click_person(id.index, mods);
    case Control::director:
        clear_selection();
        view_.selected_director = id.index;
        return open_drawer();
    case Control::block:
        return expand_department(id.index);
    case Control::follow:
        return command(Command::follow);
    case Control::history_row:
        return jump_to_history(id.index);
    case Control::close_inspector:
        return clear_selection();
    case Control::panel_drawer:
        view_.drawer = !view_.drawer;
        return;
    }
}

void Player::click_person(AgentId person, Mods mods)
{
    if (!mods.shift || comparing() || !view_.selected || *view_.selected == person)
        return select(person);
    view_.second = view_.second == person ? std::nullopt : std::optional(person);
    close_find();
}

void Player::select(AgentId person)
{
    clear_selection();
    close_find();
    view_.selected = person;
    open_drawer();
}

/// A narrow window has its inspector in the drawer.
void Player::open_drawer()
{
    view_.drawer = view_.drawer || regions(view_).drawer;
    changed_ = true;
}

void Player::clear_selection()
{
    view_.selected.reset();
    view_.second.reset();
    view_.selected_director.reset();
    view_.following = false;
}

/// What the pointer or the keyboard is on; nothing there closes the inspector.
void Player::inspect()
{
    for (const ControlId id : {view_.focus, view_.hover})
        if (id.control == Control::person || id.control == Control::director)
            return activate(id, {});
    clear_selection();
}

void Player::jump_to_history(std::uint32_t row)
{
    const std::vector<HistoryRow> rows = comparing()
                                             ? history_rows(*compared_->a, *compared_->b, view_)
                                             : history_rows(*story_, view_);
    if (row < rows.size() && rows[row].time < never)
        seek(story_->clock().second(rows[row].time));
}

// ---------------------------------------------------------------- departments

void Player::expand_department(std::uint32_t block)
{
    if (!story_->blocks_are_departments() || view_.expanded || comparing())
        return;
    const std::uint32_t department = story_->blocks().at(block).department;
    const auto teams =
        std::ranges::count(story_->trace().organization->teams, department, &Team::department);
    if (teams < 2)
        return;
    view_.expanded = department;
    view_.expansion = 0;
    leaving_department_ = false;
}

void Player::leave_department()
{
    leaving_department_ = view_.expanded.has_value();
}

/// Fade a department in, or out again.
void Player::open_department(double wall_seconds)
{
    const double before = view_.expansion;
    const double way = view_.reduced_motion ? 1 : wall_seconds / department_seconds;
    view_.expansion = std::clamp(before + (leaving_department_ ? -way : way), 0.0, 1.0);
    changed_ = changed_ || view_.expansion != before;
    if (leaving_department_ && view_.expansion <= 0) {
        view_.expanded.reset();
        leaving_department_ = false;
        changed_ = true;
    }
}

} // namespace walkout::render
