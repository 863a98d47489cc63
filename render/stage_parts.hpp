#pragma once

/// Pieces that the files of the stage share.

#include "render/ui_kit.hpp"

#include <cmath>
#include <numbers>

namespace walkout::render {

/// Where the name of a block stands; `shown` tells how much of it there is room for.
struct BlockLabel {
    enum class Form : std::uint8_t { hidden, name, full, one_line };
    Form form = Form::hidden;
    std::string name = {};
    Point at;       ///< on the baseline of the name
    float size = 0; ///< of the name
    Align align = Align::left;
    Rect box; ///< of name and count, at the widest count; of a hidden label: where it would begin
};

struct LabelLayout {
    std::vector<BlockLabel> blocks = {};
};

/// Names around the ring that overlap neither each other nor what else is on the stage. Fixed for a
/// seating: counts that grow never push a name away.
LabelLayout lay_out_labels(const Story& story, const Seating& seating, const Rect& stage);

/// The same for a stage without caption and legend.
LabelLayout lay_out_pane_labels(const Story& story, const Seating& seating, const Rect& pane);

/// People to draw: everybody, or a department alone.
struct Crowd {
    const Story& story;
    const Seating& seating;
    const LabelLayout& labels;
    std::span<const Pose> poses;       ///< by person of `story`
    std::span<const AgentId> ids = {}; ///< the same people in the trace; empty: the same numbers
    float presence = 1;                ///< how far it is faded in, [0, 1]

    AgentId id(AgentId person) const { return ids.empty() ? person : ids[person]; }
};

/// The crowd that is seen, or the more of two.
inline const Crowd& shown_crowd(const Picture& p)
{
    return p.crowds.back().presence > 0.5F ? p.crowds.back() : p.crowds.front();
}

inline constexpr float pi = std::numbers::pi_v<float>;

constexpr float radians(float degrees)
{
    return degrees * pi / 180;
}

inline Point around(Point center, float r, float angle)
{
    return {center.x + r * std::cos(angle), center.y + r * std::sin(angle)};
}

inline float distance(Point a, Point b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

constexpr bool overlap(const Rect& a, const Rect& b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/// Above this many people there are no empty seats' rings, and labels tell a share.
inline constexpr std::uint32_t many_people = 2500;
/// Up to this many people marks carry numbers and ties are drawn.
inline constexpr std::uint32_t few_people = 150;
/// Above this many people not everybody is a mark.
inline constexpr std::uint32_t countless_people = 30000;

/// The mark of a state: filled, ringed, with a hole.
///
/// @param round  else a square, for marks that would blur as discs
void add_mark(Layer& layer, Point at, float r, State state, const Palette& colors, float alpha = 1,
              bool round = true);

/// The same where there is room to write into it: gone is a disc with an outer ring.
void add_large_mark(Layer& layer, Point at, float r, State state, const Palette& colors,
                    float alpha = 1);

/// Whether somebody who comes back has crossed the aisle, or sits already.
bool is_home(const Pose& pose, const StageGeometry& geometry);

/// Where names of blocks must leave room.
Rect caption_area(const Rect& stage);
Rect legend_area(const Rect& stage);
/// Dock, with its two lines of title.
Rect dock_area(const StageGeometry& geometry);

/// What fits on the leader's token: `the dismissed CEO` becomes `CEO`.
std::string token_text(std::string_view role);

/// What is said before the first flag: an ordinary day, and who is there.
struct Opening {
    std::string headline, detail;
};
Opening opening_words(const Story& story);

// ---- layers of the stage, from back to front
void draw_sectors(const Picture& p, Layer& layer);
void draw_amphitheater(const Picture& p, Layer& layer); ///< aisle, people, board, leader
void draw_dock(const Picture& p, Layer& layer);         ///< frame and floor, no title
void draw_people(const Picture& p, const Crowd& crowd, Layer& layer);
void draw_loupe(const Picture& p, Layer& layer);
void draw_board(const Picture& p, Layer& layer);
void draw_leader(const Picture& p, Layer& layer);
void draw_labels(const Picture& p, const Crowd& crowd, Layer& layer);
void draw_legend(const Picture& p, Layer& layer);
void draw_presenter_backdrop(const Picture& p, Layer& layer);

} // namespace walkout::render
