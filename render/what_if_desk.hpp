#pragma once

#include "render/compared.hpp"
#include "render/keys.hpp"
#include "render/options.hpp"
#include "render/ranks.hpp"
#include "render/scene.hpp"
#include "render/what_if_sheet.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace walkout::render {

/// Somebody at the tab "What if": turns keys and pointer into values of levers, and what follows
/// from them into a sheet. Knows no window and no clock but the one it is told.
class WhatIfDesk {
public:
    /// @param story  of a run of the scenario as it is
    /// @param source  where the story came from
    /// @param from  ask what can become of this very run from that moment on, in hours; none: of
    ///              whole runs
    WhatIfDesk(std::shared_ptr<const Story> story, Source source, std::optional<Hours> from = {});

    const Story& story() const { return *story_; }
    const Sheet& sheet() const { return sheet_; }
    /// None: a recorded run has no levers, or nobody has looked yet.
    const WhatIf* what_if() const { return what_if_.get(); }

    /// The tab comes to be seen; work begins the first time.
    void open(View& view);
    /// Take what the workers have made. @param now  wall seconds
    /// @return whether the picture is another one
    bool poll(double now, View& view);

    // ---- input; what is not taken is for the player
    bool key(Key key, Mods mods, View& view);
    bool text(char32_t character, View& view);
    bool act(const Binding& binding, View& view);
    bool escape(View& view);
    void move(Point at, View& view); ///< the pointer; `view.hover` is what it is on
    void press(Point at, const Frame& frame, double now, View& view);
    bool release(View& view); ///< whether something was held
    void wheel(float notches, View& view);
    bool activate(ControlId id, View& view);

    /// A run that somebody wants to watch: its scenario and plan.
    struct Watched {
        Scenario scenario;
        RunPlan plan;
        std::optional<Scenario> own = {};        ///< of the baseline, to be put beside it
        Compared words = {};                     ///< what is said of both
        std::shared_ptr<const Ranks> ranks = {}; ///< among the runs it was chosen from
        Source source = {}, own_source = {};     ///< of which the runs are, to go on from them
        std::optional<Hours> from = {};          ///< where a branch begins
    };
    bool wants_to_watch() const { return watched_ != nullptr; }
    std::unique_ptr<Watched> take_watched(); ///< none: nobody asked for one
    std::string take_message();              ///< to be told; empty: none
    bool take_leave(); ///< whether somebody wants to leave the branch for whole runs

private:
    void draw_up(View& view);
    void drag_lever(Point at, View& view);
    void drag_event(Point at, View& view);
    void nudge(double steps, View& view);
    void toggle(std::uint32_t event, View& view);
    void begin_typing(std::uint32_t row, View& view);
    void end_typing(View& view);
    void open_box(bool events, View& view);
    void find(View& view);
    void find_levers(View& view) const;
    void find_events(View& view) const;
    void use_match(std::uint32_t row, View& view);
    bool box_key(Key key, View& view);
    void light_nearest(Point at, View& view);
    void light_next(int direction, View& view);
    void watch(View& view);
    std::optional<std::uint32_t> run_of_kind(std::uint32_t kind) const;
    void compare(View& view);
    PageSource page_source(const Scenario& changed) const;
    std::vector<DifferentValue> different_values() const;
    void save();
    std::string summary() const;
    std::string fingerprint_words() const;

    /// An event of the past once more: off until somebody wants it.
    struct Again {
        std::string name, map; ///< as a flow map
    };
    void read_branch();
    std::vector<std::string> overrides() const;
    std::vector<std::string> overrides_now() const;
    bool wanted(const Again& again) const;
    bool is_unwanted(std::string_view path) const;
    std::filesystem::path write(const std::filesystem::path& base,
                                const std::vector<io::PathValue>& changes) const;

    std::shared_ptr<const Story> story_;
    Source source_;
    std::optional<Hours> from_; ///< moment of the branch
    std::vector<Again> agains_;
    bool leaves_ = false;
    SheetMaker maker_;
    std::unique_ptr<WhatIf> what_if_;
    Sheet sheet_;
    Futures seen_own_, seen_now_; ///< on the sheet
    bool stale_ = false;          ///< the sheet, by what idle time brought
    double drawn_up_ = -1;        ///< wall seconds

    Rect held_; ///< what the pointer holds
    Point pressed_at_;
    double event_start_ = 0; ///< of the event that is held
    double last_press_ = -10;
    ControlId last_pressed_;
    std::unique_ptr<Watched> watched_;
    std::string message_;
};

} // namespace walkout::render
