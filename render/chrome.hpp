#pragma once

/// What the files of the parts around the stage call of each other.

#include "render/ui_kit.hpp"

namespace walkout::render {

/// Rectangles of the blocks of the panel in a given room, from top to bottom; empty: no room.
struct PanelLayout {
    float x = 0, w = 0;   ///< inner edges
    bool compact = false; ///< small clock
    Rect clock, letter, curve, board;
    float row_height = 21; ///< of the board
};

/// @param rows  on the board, vacated seats too
PanelLayout panel_layout(const Rect& panel, std::size_t rows);

/// What is known of a person or a director in two runs, in the panel beside their panes.
/// @param foot  room left below it
void draw_inspector_of_both(const Picture& a, const Picture& b, Layer& layer, float foot);

/// Where the curve and its axes are.
Plot curve_plot(const Picture& p, const Rect& block);
void draw_curve_still(const Picture& p, Layer& layer, const Rect& block);
void draw_curve(const Picture& p, Layer& layer, const Rect& block);

/// Round numbers up to the head count, and the head count itself as a dashed line.
void draw_people_axis(const Surface& p, Layer& layer, const Plot& plot);

/// Counts that history saw, with their whiskers; those after `p.time` are not reached yet.
void draw_record(const Surface& p, Layer& layer, const Plot& plot);

/// Field and border of the panel, a drawer's handle and shadow included.
void draw_panel_field(const Picture& p, Layer& layer);
void draw_drawer_handle(const Picture& p, Layer& layer);

void draw_timeline_still(const Picture& p, Layer& layer);
void draw_top_bar_still(const Surface& p, Layer& layer);

} // namespace walkout::render
