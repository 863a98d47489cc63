#pragma once

/// The parts of the picture. Each draws into a layer from the same `Picture`: story, view, moment.

#include "render/motion.hpp"
#include "render/palette.hpp"
#include "render/scene.hpp"
#include "render/view.hpp"

#include <span>

namespace walkout::render {

/// Where the parts are, logical pixels; 1600 x 900 is the design.
struct Regions {
    Rect top_bar;        ///< 0 0 1600 48
    Rect stage;          ///< 0 48 1152 704
    Rect panel;          ///< 1152 48 448 704; a drawer over the stage below 1280 px
    Rect timeline;       ///< 0 752 1600 148
    Rect track;          ///< 24 820 1552 48
    bool drawer = false; ///< the window is too narrow for a panel beside the stage

    bool panel_shown(const View& view) const { return !drawer || view.drawer; }
};

Regions regions(const View& view);

/// What a director's seat shows.
enum class Standing : std::uint8_t {
    holds,
    broke,    ///< gave way before the board did
    conceded, ///< gave way with the board or after it
};

Standing standing(const Story& story, std::size_t director, Hours time);

/// Initials of those whose seats are vacated, in the order of the trace; no director has the same.
std::vector<std::string> vacated_letters(const Story& story);

struct Crowd;

/// What every part of a frame needs to know, whichever tab is shown; made anew for each frame.
struct Surface {
    const Story& story;
    const View& view;
    const Palette& colors;
    const Regions& regions;
    std::vector<Spot>& spots;
    double second = 0; ///< story second, clamped
    Hours time = 0;    ///< the clock

    /// Whether a control is hovered, focused with the keyboard, or held down.
    bool hovered(ControlId id) const { return view.hover == id; }
    bool focused(ControlId id) const { return view.focus == id; }
};

/// The same with the people of a run in their places.
struct Picture : Surface {
    const Seating& seating;
    const Motion& motion;
    MotionStyle style;
    Tally tally; ///< at `time`
    std::vector<std::pair<AgentId, Point>>& dots;
    std::span<const Pose> poses = {};       ///< of everybody, as drawn at this moment
    int returned = 0;                       ///< people who sit at their desks again, as drawn
    std::span<const AgentId> contacts = {}; ///< who influences the selected person
    std::span<const AgentId> second_contacts = {}; ///< ... the second one
    std::span<const Crowd> crowds = {};            ///< everybody; a department alone, if any
    const Ranks* ranks = nullptr;                  ///< of the run in its ensemble; none: not known
    const std::vector<bool>* lit = nullptr;        ///< by person: at full strength; none: all are
};

// ---- stage.cpp, stage_people.cpp, boardroom.cpp, stage_labels.cpp, caption.cpp
void draw_stage_backdrop(const Picture& p, Layer& layer); ///< sectors, frames, legend; still
void draw_stage(const Picture& p, Layer& layer);   ///< aisle, dock, people, board, leader, labels
void draw_caption(const Picture& p, Layer& layer); ///< tag, time, headline, detail; `?` cards
void draw_stage_tooltip(const Picture& p, Layer& layer); ///< of the hovered person, director, team
void draw_presenter(const Picture& p, Layer& layer);

// ---- top_bar.cpp, panel.cpp, curve.cpp, inspector.cpp, timeline.cpp, overlays.cpp
void draw_chrome_backdrop(const Picture& p,
                          Layer& layer); ///< panels, axes, track of the future; still
void draw_top_bar(const Surface& p, Layer& layer);
void draw_panel(const Picture& p, Layer& layer);     ///< clock, letter, curve, board
void draw_inspector(const Picture& p, Layer& layer); ///< instead of the panel
void draw_timeline(const Picture& p, Layer& layer);
void draw_overlays(const Surface& p, Layer& layer); ///< help, go-to box, toast, matches of a search

} // namespace walkout::render
