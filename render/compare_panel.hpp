#pragma once

/// What stands around the two panes of a comparison.

#include "render/compared.hpp"
#include "render/ui_kit.hpp"

#include <utility>

namespace walkout::render {

/// People at full strength while only differences are shown: those who stand elsewhere in the other
/// run. Empty: everybody.
std::vector<bool> lit_people(const Compared& compared, const View& view, Hours time);

void draw_compare_still(const Surface& p, Layer& layer, float middle); ///< fields and hairlines
void draw_pane_headings(const Surface& p, Layer& layer, const Compared& compared,
                        const std::pair<Rect, Rect>& panes);
inline constexpr float compare_panel_foot = 52; ///< for the buttons
/// Swap, differences, film, page.
void draw_compare_buttons(const Surface& p, Layer& layer);
/// Clock, table, what differs, where they part, the ensembles.
void draw_compare_panel(const Surface& p, Layer& layer, const Compared& compared);

} // namespace walkout::render
