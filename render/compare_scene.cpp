#include "render/compare_scene.hpp"

#include "render/chrome.hpp"
#include "render/compare_panel.hpp"
#include "render/inspector.hpp"
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

/// The second of the other story at a second of the first. Where both clocks stand still at the
/// same moment, both pictures go on.
double second_of_other(const StoryClock& first, const StoryClock& other, double second)
{
    const Hours time = first.time(second);
    const double stood = second - first.second(time);
    return other.second(time) + std::clamp(stood, 0.0, other.beat(time));
}

/// The view with the director who is pointed at in the numbers of the second board.
View view_of_second(const Compared& compared, const View& view)
{
    View other = view;
    const auto there = [&](std::uint32_t director) {
        return same_director(*compared.a, *compared.b, director);
    };
    if (view.selected_director)
        other.selected_director = there(*view.selected_director);
    for (ControlId* id : {&other.hover, &other.focus, &other.pressed})
        if (id->control == Control::director) {
            const auto director = there(id->index);
            *id = director ? ControlId{Control::director, *director} : ControlId{};
        }
    return other;
}

/// Spots of directors of the second board, from `first` on, in the numbers of the first board. Who
/// is not on that one cannot be inspected.
void renumber_directors(const Compared& compared, std::vector<Spot>& spots, std::size_t first)
{
    for (std::size_t k = first; k < spots.size(); ++k) {
        ControlId& id = spots[k].id;
        if (id.control != Control::director)
            continue;
        const auto director = same_director(*compared.b, *compared.a, id.index);
        id = director ? ControlId{Control::director, *director} : ControlId{};
    }
    std::erase_if(spots, [](const Spot& spot) { return spot.id == ControlId{}; });
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
    std::optional<AgentId> selected;
    std::vector<AgentId> contacts; ///< of the selected person, the same in both runs

    void seat(const Compared& compared, const Rect& room)
    {
        if (stage == room)
            return;
        const auto [left, right] = panes_of(room);
        a = std::make_unique<Pane>(*compared.a, left);
        b = std::make_unique<Pane>(*compared.b, right);
        stage = room;
        key.reset();
    }

    void find_contacts(const Story& story, std::optional<AgentId> person)
    {
        if (person == selected)
            return;
        selected = person;
        contacts = person && *person < story.people() ? influencers_of(story, *person)
                                                      : std::vector<AgentId>{};
    }
};

/// The layers of a frame while they are drawn.
struct CompareScene::Layers {
    std::shared_ptr<Layer> still; ///< none: the kept one is as good
    std::shared_ptr<Layer> stage = std::make_shared<Layer>();
    std::shared_ptr<Layer> chrome = std::make_shared<Layer>();
    std::shared_ptr<Layer> overlays = std::make_shared<Layer>();
};

CompareScene::CompareScene(std::shared_ptr<const Compared> compared)
    : compared_(std::move(compared)), kept_(std::make_unique<Kept>())
{
}

CompareScene::~CompareScene() = default;

/// The stage of one run.
void CompareScene::draw_pane(const Pane& pane, const Picture& p, const Layers& layers) const
{
    const Regions places = regions_of_pane(p.regions, pane.pane);
    std::vector<Pose> poses;
    for (AgentId person = 0; person < pane.story.people(); ++person)
        poses.push_back(pane.motion.pose(person, p.second, p.style));
    const std::vector<Crowd> crowd{{pane.story, pane.seating, pane.layout, poses}};
    const std::vector<bool> lit = lit_people(*compared_, p.view, p.time);
    Picture own{{p.story, p.view, p.colors, places, p.spots, p.second, p.time},
                p.seating,
                p.motion,
                p.style,
                p.tally,
                p.dots};
    own.contacts = kept_->contacts;
    own.poses = poses;
    own.crowds = crowd;
    own.lit = lit.empty() ? nullptr : &lit;
    if (layers.still)
        draw_sectors(own, *layers.still);
    draw_stage(own, *layers.stage);
    draw_stage_tooltip(own, *layers.overlays);
}

/// What stands around the panes.
void CompareScene::draw_around(const Picture& a, const Picture& b, const Layers& layers) const
{
    const auto panes = panes_of(a.regions.stage);
    if (layers.still) {
        draw_compare_still(a, *layers.still, panes.second.x);
        draw_timeline_still(a, *layers.still);
    }
    draw_pane_headings(a, *layers.chrome, *compared_, panes);
    if (inspecting(a.view))
        draw_inspector_of_both(a, b, *layers.chrome, compare_panel_foot);
    else
        draw_compare_panel(a, *layers.chrome, *compared_);
    draw_compare_buttons(a, *layers.chrome);
    draw_timeline(a, *layers.chrome);
    draw_other_line(a, *layers.chrome, *compared_->b);
    draw_overlays(a, *layers.overlays);
}

Frame CompareScene::draw(double second, const View& view)
{
    const Palette& colors = palette(view.theme);
    const Regions all = regions(view);
    const Story &first = *compared_->a, &other = *compared_->b;
    kept_->seat(*compared_, all.stage);
    kept_->find_contacts(first, view.selected);
    Frame frame;
    frame.list.scale = effective_scale(view);
    frame.list.width = view.width / frame.list.scale;
    frame.list.height = view.height / frame.list.scale;
    second = std::clamp(second, 0.0, first.clock().length());
    const Hours time = first.clock().time(second);
    const MotionStyle style = style_of(view);
    const View other_view = view_of_second(*compared_, view);

    const Picture a{{first, view, colors, all, frame.spots, second, time},
                    kept_->a->seating,
                    kept_->a->motion,
                    style,
                    first.tally(time),
                    frame.dots};
    const Picture b{{other, other_view, colors, all, frame.spots,
                     second_of_other(first.clock(), other.clock(), second), time},
                    kept_->b->seating,
                    kept_->b->motion,
                    style,
                    other.tally(time),
                    frame.dots};
    Layers layers;
    if (kept_->key != still_key(view)) {
        layers.still = std::make_shared<Layer>();
        layers.still->still = true;
        layers.still->add(Box{{0, 0, frame.list.width, frame.list.height}, 0, colors.stage});
    }
    draw_top_bar(a, *layers.chrome);
    draw_pane(*kept_->a, a, layers);
    const std::size_t spots = frame.spots.size();
    draw_pane(*kept_->b, b, layers);
    renumber_directors(*compared_, frame.spots, spots);
    draw_around(a, b, layers);
    if (layers.still) {
        kept_->still = layers.still;
        kept_->key = still_key(view);
    }
    frame.list.layers = {kept_->still, layers.stage, layers.chrome, layers.overlays};
    return frame;
}

} // namespace walkout::render
