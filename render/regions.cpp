#include "render/parts.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

// The smallest picture in which everything still has a place.
constexpr float least_width = 800, least_height = 450;
// Narrower than this there is no room for a panel beside the stage.
constexpr float drawer_below = 1280;
constexpr float top_height = 48, panel_width = 448, timeline_height = 148;
constexpr float handle_width = 20; // of the drawer
constexpr float strip_height = 22; // the track of the presenter
// Beside two panes there is room for a narrow panel only, but always.
constexpr float compare_panel_width = 270, least_compare_panel = 248;

} // namespace

float effective_scale(const View& view)
{
    return std::min({view.ui_scale, view.width / least_width, view.height / least_height});
}

bool inspecting(const View& view)
{
    return view.selected.has_value() || view.selected_director.has_value();
}

Regions regions(const View& view)
{
    const float scale = effective_scale(view);
    const float w = view.width / scale;
    const float h = view.height / scale;
    const float middle = h - top_height - timeline_height;

    Regions r;
    if (view.presenter) {
        r.stage = {0, 0, w, h - strip_height};
        r.track = {24, h - strip_height, w - 48, strip_height};
        return r;
    }
    r.drawer = w < drawer_below && view.tab != Tab::compare;
    r.top_bar = {0, 0, w, top_height};
    r.stage = {0, top_height, w - (r.drawer ? handle_width : panel_width), middle};
    r.panel = {w - panel_width, top_height, panel_width, middle};
    if (view.tab == Tab::compare) {
        const float panel =
            std::clamp(std::floor(0.169F * w), least_compare_panel, compare_panel_width);
        r.stage.w = w - panel;
        r.panel = {w - panel, top_height, panel, middle};
    }
    r.timeline = {0, h - timeline_height, w, timeline_height};
    r.track = {24, h - 80, w - 48, 48};
    return r;
}

} // namespace walkout::render
