#include "render/compare_scene.hpp"

#include "render/chrome.hpp"
#include "render/compare_panel.hpp"
#include "render/stage_parts.hpp"

#include <algorithm>
#include <tuple>

namespace walkout::render {

namespace {

constexpr float heading_height = 58, strip_height = 50, strip_room = 84;
constexpr float label_room = 96;          ///< beside the ring, for names
constexpr float ring = 304, labels = 326; ///< radii of the design

/// The two halves of the stage.
std::pair<Rect, Rect> panes_of(const Rect& stage)
{
    const float width = std::floor(stage.w / 2);
    return {{stage.x, stage.y, width, stage.h},
            {stage.x + width, stage.y, stage.w - width, stage.h}};
}

/// The ring in the middle of a pane, and the dock as a strip below it.
StageGeometry pane_geometry(const Rect& pane, const Story& story)
{
    const float height = pane.h - heading_height - strip_room;
    const float k = std::max(
        0.2F, std::min((pane.w - 2 * label_room) / (2 * ring), (height - 36) / (2 * labels)));
    StageGeometry g = stage_geometry({0, 0, 1152 * k, 704 * k}, story);
    g.stage = pane;
    g.center = {pane.x + pane.w / 2, pane.y + heading_height + height / 2};
    g.dock = {pane.x + 20, pane.y + pane.h - strip_height - 14, pane.w - 40, strip_height};
    return g;
}

Regions regions_of_pane(const Regions& all, const Rect& pane)
{
    Regions own = all;
    own.stage = pane;
    return own;
}

using StillKey = std::tuple<float, float, float, Theme, bool, double, double>;

StillKey still_key(const View& v)
{
    return {v.width, v.height, v.ui_scale, v.theme, v.hide_future, v.zoom_from, v.zoom_to};
}

MotionStyle style_of(const View& view)
{
    const double speed = view.playing ? view.speed : 1;
    MotionStyle style;
    style.reduced = view.reduced_motion;
    style.rings = !view.reduced_effects && speed < 4;
    style.trails = !view.reduced_effects;
    style.bumps = speed < 8;
    return style;
}

/// Signatures of the other run as a line over the track.
void draw_other_line(const Picture& p, Layer& layer, const Story& other)
{
    const Palette& c = p.colors;
    const Rect& track = p.regions.track;
    const TrackScale scale(p.story.clock(), p.view, track);
    std::vector<Point> line;
    for (float x = track.x; x <= track.x + track.w; x += 2) {
        const auto& names = other.signings();
        const auto count = std::ranges::upper_bound(names, scale.time(x)) - names.begin();
        const float share = static_cast<float>(count) / static_cast<float>(other.people());
        line.push_back({x, track.y + track.h - 1 - (track.h - 6) * share});
    }
    const float end = line.back().y;
    layer.add(Path{std::move(line), 1.8F, c.scenario_b});
    write(layer, {track.x + track.w - 6, std::max(track.y + 11, end - 4)}, "B",
          {11, Font::bold, c.scenario_b, Align::right});
}

} // namespace

/// A run in its half.
struct CompareScene::Pane {
    Pane(const Story& told, const Rect& place)
        : story(told), pane(place), seating(told, pane_geometry(place, told)),
          motion(told, seating), layout(lay_out_pane_labels(told, seating, place))
    {
    }
    const Story& story;
    Rect pane;
    Seating seating;
    Motion motion;
    LabelLayout layout;
};

struct CompareScene::Kept {
    std::optional<Rect> stage;
    std::unique_ptr<Pane> a, b;
    std::optional<StillKey> key;
    std::shared_ptr<const Layer> still;
};

CompareScene::CompareScene(std::shared_ptr<const Compared> compared)
    : compared_(std::move(compared)), kept_(std::make_unique<Kept>())
{
}

CompareScene::~CompareScene() = default;

Frame CompareScene::draw(double second, const View& view)
{
    const Palette& colors = palette(view.theme);
    const Regions all = regions(view);
    if (kept_->stage != all.stage) {
        const auto [left, right] = panes_of(all.stage);
        kept_->a = std::make_unique<Pane>(*compared_->a, left);
        kept_->b = std::make_unique<Pane>(*compared_->b, right);
        kept_->stage = all.stage;
        kept_->key.reset();
    }
    Frame frame;
    frame.list.scale = effective_scale(view);
    frame.list.width = view.width / frame.list.scale;
    frame.list.height = view.height / frame.list.scale;
    const StoryClock& clock = compared_->a->clock();
    second = std::clamp(second, 0.0, clock.length());
    const Hours time = clock.time(second);
    const MotionStyle style = style_of(view);
    auto stage = std::make_shared<Layer>(), chrome = std::make_shared<Layer>(),
         overlays = std::make_shared<Layer>();

    const std::vector<bool> lit = lit_people(*compared_, view, time);
    const auto draw_pane = [&](const Pane& pane, double own_second, Layer* backdrop) {
        const Regions places = regions_of_pane(all, pane.pane);
        std::vector<Pose> poses;
        for (AgentId person = 0; person < pane.story.people(); ++person)
            poses.push_back(pane.motion.pose(person, own_second, style));
        const std::vector<Crowd> crowd{{pane.story, pane.seating, pane.layout, poses}};
        std::vector<std::pair<AgentId, Point>> dots;
        Picture p{{pane.story, view, colors, places, frame.spots, own_second, time},
                  pane.seating,
                  pane.motion,
                  style,
                  pane.story.tally(time),
                  dots};
        p.poses = poses;
        p.crowds = crowd;
        p.lit = lit.empty() ? nullptr : &lit;
        if (backdrop != nullptr)
            draw_sectors(p, *backdrop);
        draw_stage(p, *stage);
        draw_stage_tooltip(p, *overlays);
        frame.dots.insert(frame.dots.end(), dots.begin(), dots.end());
    };
    const bool renew = kept_->key != still_key(view);
    auto still = std::make_shared<Layer>();
    still->still = true;
    const Picture chrome_picture{{*compared_->a, view, colors, all, frame.spots, second, time},
                                 kept_->a->seating,
                                 kept_->a->motion,
                                 style,
                                 compared_->a->tally(time),
                                 frame.dots};
    if (renew)
        still->add(Box{{0, 0, frame.list.width, frame.list.height}, 0, colors.stage});
    draw_top_bar(chrome_picture, *chrome);
    draw_pane(*kept_->a, second, renew ? still.get() : nullptr);
    draw_pane(*kept_->b, compared_->b->clock().second(time), renew ? still.get() : nullptr);
    if (renew) {
        draw_compare_still(chrome_picture, *still, panes_of(all.stage).second.x);
        draw_timeline_still(chrome_picture, *still);
        kept_->still = still;
        kept_->key = still_key(view);
    }
    draw_pane_headings(chrome_picture, *chrome, *compared_, panes_of(all.stage));
    draw_compare_panel(chrome_picture, *chrome, *compared_);
    draw_timeline(chrome_picture, *chrome);
    draw_other_line(chrome_picture, *chrome, *compared_->b);
    draw_overlays(chrome_picture, *overlays);
    frame.list.layers = {kept_->still, stage, chrome, overlays};
    return frame;
}

} // namespace walkout::render
