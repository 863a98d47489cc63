#pragma once

/// The parts of the tab "What if". Each draws into a layer from the sheet.

#include "render/scene.hpp"
#include "render/ui_kit.hpp"
#include "render/what_if_sheet.hpp"

namespace walkout::render {

/// Where the parts are, logical pixels; 1600 x 900 is the design.
struct WhatIfPlaces {
    Rect levers;             ///< 0 48 372 852
    Rect rolls;              ///< what of it the wheel moves
    Rect fan, board, groups; ///< plots; empty: no room
    Rect middle;             ///< 372 48 820 852
    Rect answer;             ///< 1192 48 408 852
};

WhatIfPlaces what_if_places(const View& view);

/// How far the levers can be rolled.
float longest_scroll(const Sheet& sheet, const View& view);

/// The chart of signatures: hours across, people up.
Plot names_plot(const Sheet& sheet, const Rect& area);

void draw_levers(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places);
void draw_fans(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places);
void draw_answer(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places);
/// What the pointer is on in words, and the box for another lever.
void draw_what_if_overlays(const Surface& p, Layer& layer, const Sheet& sheet,
                           const WhatIfPlaces& places);

/// The mark of an outcome as dots and table show it.
void draw_outcome_mark(const Palette& c, Layer& layer, Point at, float r, Outcome outcome);

/// The whole tab. Depends on the sheet and the view alone; `story` is a run of the baseline.
Frame draw_what_if(const Story& story, const Sheet& sheet, const View& view);

} // namespace walkout::render
