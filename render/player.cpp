#include "render/player.hpp"
#include "render/inspector.hpp"
#include "render/parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace walkout::render {

namespace {

constexpr double frame_step = 1.0 / 30;
constexpr double same_moment = 1e-6;  ///< story seconds
constexpr double flag_grace = 0.75;   ///< while playing, `,` reaches back over a flag just passed
constexpr double toast_seconds = 4;   ///< wall
constexpr double pointer_seconds = 2; ///< wall, until it hides in presenter mode
constexpr double slow_frame = 0.05;
constexpr int many_slow_frames = 30;
constexpr double bookmark_reach = 0.25; ///< story seconds
constexpr std::array speeds{0.25, 0.5, 1.0, 2.0, 4.0, 8.0};
constexpr std::array scales{0.75F, 0.85F, 1.0F, 1.15F, 1.3F, 1.5F, 1.75F, 2.0F, 2.5F, 3.0F};

/// The next of rising steps above or below a value; the value itself at the ends.
template <class T, std::size_t n> T next_step(const std::array<T, n>& steps, T value, int direction)
{
    constexpr T tiny = T(1e-4);
    if (direction > 0) {
        const auto above = std::ranges::upper_bound(steps, value + tiny);
        return above == steps.end() ? steps.back() : *above;
    }
    const auto here = std::ranges::lower_bound(steps, value - tiny);
    return here == steps.begin() ? steps.front() : *(here - 1);
}

bool is_letter(Key key)
{
    return key >= Key::a && key <= Key::z;
}

/// Whether a key that is held does it again and again; the others would flicker.
bool repeats(Command command)
{
    switch (command) {
    case Command::step_frame:
    case Command::step_minute:
    case Command::step_hour:
    case Command::step_flag:
    case Command::next_control:
    case Command::scale:
        return true;
    default:
        return false;
    }
}

/// Commands that every tab has.
bool is_of_all_tabs(Command command)
{
    switch (command) {
    case Command::find:
    case Command::toggle_theme:
    case Command::next_control:
    case Command::escape:
    case Command::save_picture:
    case Command::full_screen:
    case Command::scale:
    case Command::usual_scale:
    case Command::help:
    case Command::quit:
    case Command::show_tab:
        return true;
    default:
        return false;
    }
}

} // namespace

Player::Player(std::shared_ptr<const Story> story, View initial, float usual_scale)
    : story_(std::move(story)), view_(std::move(initial)), usual_scale_(usual_scale)
{
}

// ---------------------------------------------------------------- keys

void Player::key(Key key, Mods mods)
{
    changed_ = true;
    skip_text_ = false;
    const bool again = std::exchange(held_, key) == key;
    if (view_.finding)
        return type_into_find(key);
    if (view_.going_to)
        return type_into_go_to(key);
    if (at_desk() && desk_->key(key, mods, view_))
        return take_desk_words();
    const bool activates = key == Key::enter || key == Key::space;
    if (activates && view_.focus.control != Control::none)
        return again ? void() : activate(view_.focus, mods);
    if (const auto binding = binding_of({key, mods})) {
        skip_text_ = is_letter(key);
        if (!again || repeats(binding->command))
            act(*binding);
    }
}

void Player::key_up(Key key)
{
    if (key == held_)
        held_ = Key::none;
    if (key == Key::z && view_.loupe) {
        view_.loupe.reset();
        changed_ = true;
    }
}

void Player::text(char32_t character)
{
    const bool skipped = std::exchange(skip_text_, false);
    if (skipped || character < U' ' || character == U'\x7f')
        return;
    changed_ = true;
    if (view_.finding || view_.going_to)
        return type(character);
    if (at_desk() && desk_->text(character, view_))
        return;
    if (const auto binding = binding_of({.character = character}))
        act(*binding);
}

/// Whether the tab that is shown takes a command for itself, or has no use for it.
bool Player::act_on_tab(const Binding& binding)
{
    if (is_of_all_tabs(binding.command))
        return false;
    if (comparing())
        return binding.command == Command::presenter;
    if (!at_desk())
        return false;
    desk_->act(binding, view_);
    take_desk_words();
    return true;
}

void Player::show_tab(Tab tab)
{
    if (desk_ == nullptr || view_.presenter || tab == view_.tab)
        return;
    if (tab == Tab::compare && !compared_)
        return say("Move a lever in What-if, then compare it with history (C)");
    if (tab == Tab::compare && story_ != compared_->a)
        tell(compared_->a);
    view_.tab = tab;
    view_.hover = view_.focus = {};
    view_.scrub_hint.reset();
    view_.expanded.reset();
    if (tab == Tab::what_if) {
        view_.playing = false;
        close_find();
        desk_->open(view_);
    }
    changed_ = true;
}

/// What the desk has to say or to ask for.
void Player::take_desk_words()
{
    if (const std::string message = desk_->take_message(); !message.empty())
        say(message);
    if (desk_->wants_to_watch())
        request(Request::watch_run);
    if (desk_->take_leave())
        request(Request::whole_run);
}

void Player::change_desk(WhatIfDesk& desk)
{
    use_desk(&desk);
    view_.what_if = {};
    view_.hover = view_.focus = view_.pressed = {};
    if (view_.tab != Tab::what_if)
        return show_tab(Tab::what_if);
    desk_->open(view_);
    changed_ = true;
}

/// From the run that is watched; two side by side have no one future.
void Player::branch()
{
    if (desk_ == nullptr || view_.presenter)
        return;
    if (view_.tab == Tab::playback)
        request(Request::branch);
    else
        say("Stop one run in Playback, then branch off from there (E)");
}

/// Another story from its start, without what was marked in the last one.
void Player::tell(std::shared_ptr<const Story> story)
{
    story_ = std::move(story);
    clear_selection();
    words_.clear();
    view_.bookmarks.clear();
    view_.in.reset();
    view_.out.reset();
    view_.expanded.reset();
    view_.zoom_from = 0;
    view_.zoom_to = 1;
    view_.hover = view_.focus = {};
    view_.speed = 1;
    seek(0);
}

void Player::show(std::shared_ptr<const Story> story, std::optional<Hours> from)
{
    constexpr Hours before_letter = 1;
    tell(std::move(story));
    view_.tab = Tab::playback;
    const StoryClock& clock = story_->clock();
    if (from)
        seek(clock.second(std::clamp(*from, clock.begin(), clock.end())));
    else if (const Hours letter = story_->letter_opened(); letter < never)
        seek(clock.second(std::max(clock.begin(), letter - before_letter)));
    view_.playing = true;
}

void Player::compare(std::shared_ptr<const Compared> compared)
{
    compared_ = std::move(compared);
    swapped_ = false;
    tell(compared_->a);
    view_.tab = Tab::compare;
    view_.playing = false;
    const StoryClock& clock = story_->clock();
    // Where both letters are half signed there is most to compare.
    const auto& names = story_->signings();
    seek(names.empty() ? 0 : clock.second(names[names.size() * 3 / 4]));
}

void Player::say_of_both(const ComparedRuns& ensembles)
{
    Compared more = swapped_ ? swapped(*compared_) : *compared_;
    more.ensembles = ensembles;
    compared_ = std::make_shared<const Compared>(swapped_ ? swapped(more) : more);
    changed_ = true;
}

/// A becomes B; the clock stays.
void Player::swap_runs()
{
    const Hours time = story_->clock().time(second_);
    const View before = view_;
    compared_ = std::make_shared<const Compared>(swapped(*compared_));
    swapped_ = !swapped_;
    tell(compared_->a);
    view_.selected = before.selected;
    if (before.selected_director)
        view_.selected_director =
            same_director(*compared_->b, *compared_->a, *before.selected_director);
    seek(story_->clock().second(std::clamp(time, story_->clock().begin(), story_->clock().end())));
}

void Player::act(const Binding& binding)
{
    if (act_on_tab(binding))
        return;
    const int amount = binding.amount;
    switch (binding.command) {
    case Command::play:
        return view_.presenter ? play_to_next_flag() : play_or_pause();
    case Command::step_frame:
        return view_.presenter ? step_flag(amount) : step_frame(amount);
    case Command::step_minute:
        return step_clock(amount / 60.0);
    case Command::step_hour:
        return step_clock(amount);
    case Command::step_flag:
        return step_flag(amount);
    case Command::shuttle:
        return shuttle(amount);
    case Command::stop:
        view_.playing = false;
        view_.speed = 1;
        return;
    case Command::change_speed:
        view_.speed = std::copysign(next_step(speeds, std::abs(view_.speed), amount), view_.speed);
        return;
    case Command::normal_speed:
        view_.speed = 1;
        return;
    case Command::go_to_end:
        return seek(amount < 0 ? 0 : story_->clock().length());
    case Command::go_to_tenth:
        return seek(story_->clock().length() * amount / 10);
    case Command::ask_time:
        view_.going_to = !view_.presenter;
        view_.go_to_text.clear();
        return;
    case Command::toggle_pace:
        view_.pace = view_.pace == Pace::story ? Pace::clock : Pace::story;
        return;
    case Command::inspect:
        return inspect();
    case Command::follow:
        view_.following = view_.selected && !view_.following;
        return;
    case Command::find:
        return open_find();
    case Command::toggle_ties:
        view_.ties = !view_.ties;
        return;
    case Command::loupe:
        view_.loupe = loupe_place();
        return;
    case Command::how_to_read:
        view_.how_to_read = !view_.how_to_read;
        return;
    case Command::toggle_theme:
        view_.theme = view_.theme == Theme::dark ? Theme::light : Theme::dark;
        return request(Request::save_settings);
    case Command::toggle_future:
        view_.hide_future = !view_.hide_future;
        return;
    case Command::next_control:
        return move_focus(amount);
    case Command::back:
        return leave_department();
    case Command::escape:
        return escape();
    case Command::save_picture:
        return request(Request::save_picture);
    case Command::record_film:
        return request(view_.recording ? Request::stop_film : Request::start_film);
    case Command::mark_in:
        return set_mark(view_.in, view_.out, 1);
    case Command::mark_out:
        return set_mark(view_.out, view_.in, -1);
    case Command::bookmark:
        return toggle_bookmark();
    case Command::toggle_loop:
        view_.loop = !view_.loop;
        return;
    case Command::presenter:
        return set_presenter(!view_.presenter);
    case Command::blank:
        view_.blank = view_.presenter && !view_.blank;
        return;
    case Command::full_screen:
        return request(Request::toggle_full_screen);
    case Command::scale:
        return set_scale(next_step(scales, view_.ui_scale, amount));
    case Command::usual_scale:
        return set_scale(usual_scale_);
    case Command::help:
        view_.help = !view_.presenter && !view_.help;
        return;
    case Command::quit:
        return request(Request::quit);
    case Command::show_tab:
        return show_tab(static_cast<Tab>(amount));
    case Command::swap_runs:
        return comparing() ? swap_runs() : void();
    case Command::only_different:
        view_.only_different = comparing() && !view_.only_different;
        return;
    case Command::go_to_parting:
        if (comparing() && compared_->parting() < never)
            seek(story_->clock().second(compared_->parting()));
        return;
    case Command::make_page:
        return comparing() ? request(Request::make_page) : void();
    case Command::branch:
        return branch();
    case Command::compare_runs:
    case Command::undo:
    case Command::redo:
    case Command::reset:
    case Command::watch_run:
    case Command::light_run:
    case Command::save_scenario:
    case Command::add_lever:
        return; // of another tab
    }
}

/// What Esc closes, nearest first.
void Player::escape()
{
    if (view_.help)
        view_.help = false;
    else if (view_.recording)
        request(Request::stop_film);
    else if (view_.focus.control != Control::none)
        view_.focus = {};
    else if (at_desk() && desk_->escape(view_))
        return take_desk_words();
    else if (comparing() && view_.only_different && !inspecting(view_))
        view_.only_different = false;
    else if (view_.second)
        view_.second.reset();
    else if (view_.selected || view_.selected_director)
        clear_selection();
    else if (view_.expanded && !leaving_department_)
        leave_department();
    else if (view_.how_to_read)
        view_.how_to_read = false;
    else if (view_.drawer)
        view_.drawer = false;
    else if (view_.blank)
        view_.blank = false;
    else if (view_.presenter)
        set_presenter(false);
    else if (full_screen_)
        request(Request::toggle_full_screen);
}

void Player::move_focus(int direction)
{
    const bool narrow = !view_.presenter && !at_desk() && regions(view_).drawer;
    if (narrow && direction > 0 && view_.focus.control == Control::none) {
        view_.drawer = !view_.drawer;
        return;
    }
    std::vector<ControlId> order;
    for (const Spot& spot : spots_)
        if (spot.focusable)
            order.push_back(spot.id);
    if (order.empty())
        return;
    const auto n = static_cast<std::ptrdiff_t>(order.size());
    const auto here = std::ranges::find(order, view_.focus);
    const std::ptrdiff_t before =
        here == order.end() ? (direction > 0 ? -1 : n) : here - order.begin();
    view_.focus = order[static_cast<std::size_t>((before + direction + n) % n)];
}

// ---------------------------------------------------------------- time

double Player::from() const
{
    return view_.in.value_or(0);
}

double Player::to() const
{
    return view_.out.value_or(story_->clock().length());
}

void Player::seek(double second)
{
    second_ = std::clamp(second, 0.0, story_->clock().length());
    stop_at_.reset();
    keep_playhead_in_view();
    changed_ = true;
}

void Player::play_or_pause()
{
    view_.playing = !view_.playing;
    stop_at_.reset();
    if (!view_.playing)
        return;
    view_.speed = std::abs(view_.speed);
    if (second_ >= story_->clock().length() - same_moment)
        seek(view_.loop ? from() : 0);
}

void Player::play_to_next_flag()
{
    play_or_pause();
    if (view_.playing)
        stop_at_ = flag_after(second_).value_or(story_->clock().length());
}

void Player::shuttle(int direction)
{
    const bool same_way = view_.playing && view_.speed * direction > 0;
    view_.speed = direction * (same_way ? next_step(speeds, std::abs(view_.speed), 1) : 1.0);
    view_.playing = true;
    stop_at_.reset();
}

/// What clicks on the speed go through.
void Player::cycle_speed()
{
    const double speed = std::abs(view_.speed);
    view_.speed = speed >= speeds.back() ? speeds.front() : next_step(speeds, speed, 1);
}

void Player::step_frame(int direction)
{
    view_.playing = false;
    seek(second_ + direction * frame_step);
}

void Player::step_clock(Hours hours)
{
    const StoryClock& clock = story_->clock();
    const Hours time = clock.time(second_) + hours;
    seek(time >= clock.end() ? clock.length() : clock.second(std::max(time, clock.begin())));
}

std::optional<double> Player::flag_after(double second) const
{
    for (const Flag& flag : story_->flags())
        if (const double at = story_->clock().second(flag.time);
            flag.shown && at > second + same_moment)
            return at;
    return std::nullopt;
}

std::optional<double> Player::flag_before(double second) const
{
    std::optional<double> last;
    for (const Flag& flag : story_->flags())
        if (const double at = story_->clock().second(flag.time);
            flag.shown && at < second - same_moment)
            last = at;
    return last;
}

void Player::step_flag(int direction)
{
    const double grace = view_.playing ? flag_grace : 0;
    view_.playing = view_.playing && !view_.presenter;
    seek(direction > 0 ? flag_after(second_).value_or(story_->clock().length())
                       : flag_before(second_ - grace).value_or(0));
}

void Player::advance(double wall_seconds)
{
    now_ += wall_seconds;
    if (view_.playing && !scrubbing_)
        go_on(wall_seconds);
    if (at_desk())
        changed_ = desk_->poll(now_, view_) || changed_;
    if (view_.expanded)
        open_department(wall_seconds);
    if (!view_.toast.empty() && now_ >= toast_until_) {
        view_.toast.clear();
        changed_ = true;
    }
    const bool hidden = view_.presenter && now_ - pointer_moved_ > pointer_seconds;
    changed_ = changed_ || hidden != pointer_hidden_;
    pointer_hidden_ = hidden;
}

/// Move on by what playing for so long brings.
void Player::go_on(double wall_seconds)
{
    const StoryClock& clock = story_->clock();
    const double way = view_.speed * wall_seconds;
    if (view_.pace == Pace::story) {
        second_ += way;
    } else {
        const Hours time = clock.time(second_) + way; // an hour a second
        second_ = time >= clock.end()     ? clock.length()
                  : time <= clock.begin() ? 0
                                          : clock.second(time);
    }
    stop_or_wrap();
    keep_playhead_in_view();
    changed_ = true;
}

void Player::stop_or_wrap()
{
    const bool forward = view_.speed > 0;
    const double length = to() - from();
    if (stop_at_ && second_ >= *stop_at_) {
        second_ = *stop_at_;
        stop_at_.reset();
        view_.playing = false;
    } else if (view_.loop && length > 0 && (forward ? second_ >= to() : second_ <= from())) {
        second_ = forward ? from() + std::fmod(second_ - to(), length)
                          : to() - std::fmod(from() - second_, length);
    }
    const double end = forward ? story_->clock().length() : 0;
    if (forward ? second_ >= end : second_ <= end) {
        second_ = end;
        view_.playing = false;
    }
}

/// A zoomed track turns the page when the playhead leaves it.
void Player::keep_playhead_in_view()
{
    const double at = second_ / story_->clock().length();
    const double span = view_.zoom_to - view_.zoom_from;
    if (at >= view_.zoom_from && at <= view_.zoom_to)
        return;
    const double before = at > view_.zoom_to ? 0.1 : 0.9;
    view_.zoom_from = std::clamp(at - before * span, 0.0, 1 - span);
    view_.zoom_to = view_.zoom_from + span;
}

// ---------------------------------------------------------------- marks, modes, messages

void Player::toggle_bookmark()
{
    std::vector<double>& marks = view_.bookmarks;
    const auto near = std::ranges::find_if(
        marks, [&](double mark) { return std::abs(mark - second_) < bookmark_reach; });
    if (near != marks.end())
        marks.erase(near);
    else
        marks.insert(std::ranges::upper_bound(marks, second_), second_);
    request(Request::save_bookmarks);
}

/// Set a mark here; take it away when it is here already, and the other one when it would come
/// first.
///
/// @param way  + when `other` must come later
void Player::set_mark(std::optional<double>& mark, std::optional<double>& other, int way)
{
    if (mark && std::abs(*mark - second_) < frame_step / 2) {
        mark.reset();
        return;
    }
    mark = second_;
    if (other && (*other - second_) * way <= 0)
        other.reset();
}

void Player::set_presenter(bool on)
{
    view_.presenter = on;
    view_.blank = view_.help = view_.going_to = false; // it has no boxes
    view_.hover = {};
    view_.focus = {};
    view_.scrub_hint.reset();
    pointer_moved_ = now_;
    stop_at_.reset();
}

void Player::set_scale(float scale)
{
    view_.ui_scale = scale;
    request(Request::save_settings);
}

void Player::request(Request request)
{
    requests_.push_back(request);
}

std::vector<Request> Player::take_requests()
{
    return std::exchange(requests_, {});
}

bool Player::take_changed()
{
    return std::exchange(changed_, false);
}

bool Player::animated() const
{
    const bool turning = view_.expanded && (leaving_department_ || view_.expansion < 1);
    return (view_.playing && !scrubbing_) || turning;
}

void Player::set_bookmarks(std::vector<double> seconds)
{
    std::ranges::sort(seconds);
    view_.bookmarks = std::move(seconds);
    changed_ = true;
}

void Player::shown(const Frame& frame)
{
    spots_ = frame.spots;
    if (!at_desk() || view_.what_if.held)
        return;
    // Levers come and go under a pointer that rests.
    if (const ControlId hover = hit(view_.pointer, frame); hover != view_.hover) {
        view_.hover = hover;
        changed_ = true;
    }
}

void Player::frame_took(double seconds)
{
    slow_frames_ = seconds > slow_frame ? slow_frames_ + 1 : 0;
    if (slow_frames_ == many_slow_frames)
        view_.reduced_effects = true;
}

void Player::say(std::string_view message)
{
    view_.toast = message;
    toast_until_ = now_ + toast_seconds;
    changed_ = true;
}

void Player::recording(bool on, double share)
{
    changed_ = changed_ || on != view_.recording || share != view_.recorded;
    view_.recording = on;
    view_.recorded = share;
}

void Player::making_page(bool on)
{
    changed_ = changed_ || on != view_.making_page;
    view_.making_page = on;
}

void Player::set_full_screen(bool on)
{
    full_screen_ = on;
    changed_ = true;
}

void Player::resize(float width, float height)
{
    view_.width = width;
    view_.height = height;
    changed_ = true;
}

View picture_of(const View& view)
{
    View still = view;
    still.hover = still.focus = still.pressed = {};
    still.pointer = View{}.pointer;
    still.scrub_hint.reset();
    still.help = still.finding = still.going_to = still.recording = still.making_page = false;
    still.reduced_effects = false;
    still.find_text.clear();
    still.matches.clear();
    still.toast.clear();
    return still;
}

} // namespace walkout::render
