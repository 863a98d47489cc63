#pragma once

#include "render/compared.hpp"
#include "render/keys.hpp"
#include "render/scene.hpp"
#include "render/what_if_desk.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::render {

/// What only the surroundings of a player can do.
enum class Request : std::uint8_t {
    save_picture,
    start_film,
    stop_film,
    toggle_full_screen,
    save_bookmarks,
    save_settings, ///< theme, UI scale
    watch_run,     ///< the one that the desk hands out
    make_page,     ///< of the runs that are compared
    branch,        ///< what can become of the run from the moment that is shown
    whole_run,     ///< back from there
    quit,
};

/// What somebody sees and when: turns keys, pointer and passing time into a view and a story
/// second. Knows no window and no clock but the one it is told, so it can be tested.
///
/// Points are logical pixels; `frame` is the one on the screen.
class Player {
public:
    /// @param usual_scale  what Ctrl 0 goes back to
    Player(std::shared_ptr<const Story> story, View initial, float usual_scale = 1);

    /// Where levers are moved; without one there is no tab for it. Must stay.
    void use_desk(WhatIfDesk* desk)
    {
        desk_ = desk;
        view_.branches = desk != nullptr;
    }
    const WhatIfDesk* desk() const { return desk_; }

    /// Move levers at another desk, and show them.
    void change_desk(WhatIfDesk& desk);

    /// Show another run, from a moment on; from shortly before its letter when none is given.
    void show(std::shared_ptr<const Story> story, std::optional<Hours> from = {});

    /// Put two runs side by side; the clock is that of the first.
    void compare(std::shared_ptr<const Compared> compared);
    /// Say more of the runs that are compared; they stay.
    void say_of_both(const ComparedRuns& ensembles);
    const std::shared_ptr<const Compared>& compared() const { return compared_; }
    /// The run whose clock it is.
    const std::shared_ptr<const Story>& story() const { return story_; }

    // ---- input
    void key(Key key, Mods mods = {});
    void key_up(Key key);
    void text(char32_t character);
    void mouse_move(Point at, const Frame& frame);
    void mouse_leave();
    void mouse_press(Point at, const Frame& frame, Mods mods = {});
    void mouse_release(Point at, const Frame& frame);
    void wheel(float notches, Point at); ///< + away from the user
    void resize(float width, float height);
    void lose_focus();                 ///< keys and buttons that are held count as let go
    void redraw() { changed_ = true; } ///< the screen has lost the picture
    void advance(double wall_seconds);

    // ---- what is shown
    const View& view() const { return view_; }
    double second() const { return second_; }
    bool pointer_hidden() const { return pointer_hidden_; }
    bool full_screen() const { return full_screen_; }
    /// Whether the picture is another one than at the last call.
    bool take_changed();
    std::vector<Request> take_requests();
    /// Whether the picture moves by itself, so that time must be told before each frame.
    bool animated() const;
    /// The part of the story that loops and that films show: the marks, else all of it.
    double from() const;
    double to() const;

    // ---- told by the surroundings
    void seek(double second);
    void select(AgentId person);
    void set_bookmarks(std::vector<double> seconds);
    void shown(const Frame& frame);     ///< this frame is on the screen now
    void frame_took(double seconds);    ///< to draw; many slow ones reduce the effects
    void say(std::string_view message); ///< a toast, four seconds
    void recording(bool on, double share = 0);
    void making_page(bool on);
    void set_full_screen(bool on);

private:
    void act(const Binding& binding);
    bool act_on_tab(const Binding& binding);
    void show_tab(Tab tab);
    void swap_runs();
    void branch();
    void tell(std::shared_ptr<const Story> story);
    bool comparing() const { return compared_ && view_.tab == Tab::compare; }
    bool at_desk() const { return desk_ != nullptr && view_.tab == Tab::what_if; }
    void take_desk_words();
    void activate(ControlId id, Mods mods);
    void escape();
    void move_focus(int direction);

    // ---- time
    void play_or_pause();
    void play_to_next_flag();
    void shuttle(int direction);
    void cycle_speed();
    void step_frame(int direction);
    void step_clock(Hours hours);
    void step_flag(int direction);
    std::optional<double> flag_after(double second) const;
    std::optional<double> flag_before(double second) const;
    void go_on(double wall_seconds);
    void stop_or_wrap();
    void keep_playhead_in_view();

    // ---- boxes
    void type(char32_t character);
    void open_find();
    void close_find();
    void find_matches();
    const std::vector<std::string>& words_of_people();
    void type_into_find(Key key);
    void type_into_go_to(Key key);
    void go_to_typed_time();

    // ---- pointer
    ControlId hit(Point at, const Frame& frame) const;
    void press_track(Point at);
    void scrub_to(Point at);
    Point loupe_place() const;
    void click_person(AgentId person, Mods mods);
    void clear_selection();
    void open_drawer();
    void inspect();
    void jump_to_history(std::uint32_t row);
    void expand_department(std::uint32_t block);
    void leave_department();
    void open_department(double wall_seconds);

    // ---- marks and modes
    void toggle_bookmark();
    void set_mark(std::optional<double>& mark, std::optional<double>& other, int way);
    void set_presenter(bool on);
    void set_scale(float scale);
    void request(Request request);

    std::shared_ptr<const Story> story_;
    WhatIfDesk* desk_ = nullptr;
    std::shared_ptr<const Compared> compared_;
    bool swapped_ = false; ///< as often as not
    View view_;
    double second_ = 0;
    float usual_scale_ = 1;
    std::vector<Spot> spots_; // of the frame on the screen
    std::vector<Request> requests_;
    bool changed_ = true;

    std::optional<double> stop_at_; // presenter: where playing ends
    bool scrubbing_ = false;        // the track is held; playing rests meanwhile
    Mods press_mods_;
    Key held_ = Key::none;
    bool skip_text_ = false; // the text of a key that has already acted
    bool full_screen_ = false;
    bool leaving_department_ = false;

    double now_ = 0; // wall seconds told so far
    double last_track_press_ = -10;
    float last_track_x_ = 0;
    double toast_until_ = 0;
    double pointer_moved_ = 0;
    bool pointer_hidden_ = false;
    int slow_frames_ = 0;
    std::vector<std::string> words_; // in lower case, what people are found by; made when needed
};

/// What a still picture or a film of a view shows: nothing that the pointer or a box brought up.
View picture_of(const View& view);

} // namespace walkout::render
