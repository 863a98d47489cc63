#include "render/scene.hpp"

#include "render/chrome.hpp"
#include "render/department_alone.hpp"
#include "render/stage_parts.hpp"

#include <algorithm>
#include <tuple>

namespace walkout::render {

namespace {

// Drawing rings and trails for more people than this would take longer than a frame.
constexpr std::uint32_t people_with_rings = 5000;

/// The ring to the left, a narrow dock beside it: the right third is for numbers.
StageGeometry presenter_geometry(const Rect& stage, const Story& story)
{
    const float k = 1.27F * std::min(stage.w / 1600, stage.h / 900);
    StageGeometry g = stage_geometry({0, 0, 1152 * k, 704 * k}, story);
    g.stage = stage;
    g.center = {0.4F * stage.w, stage.h * 440 / 900};
    g.dock = {g.center.x + 362 * k, g.center.y - 150 * k, 82 * k, 299 * k};
    return g;
}

/// Room for the ring and the dock; of the presenter: the window.
Rect stage_of(const View& view, const Regions& r)
{
    return view.presenter ? Rect{0, 0, r.stage.w, r.track.y + r.track.h} : r.stage;
}

StageGeometry geometry_for(const Story& story, const View& view, const Regions& r)
{
    const Rect stage = stage_of(view, r);
    return view.presenter ? presenter_geometry(stage, story) : stage_geometry(stage, story);
}

/// Where everybody is in one geometry.
struct Seated {
    Seated(const Story& story, const View& view, const Regions& r)
        : seating(story, geometry_for(story, view, r)), motion(story, seating)
    {
        if (!view.presenter)
            labels = lay_out_labels(story, seating, r.stage);
    }
    Seating seating;
    Motion motion;
    LabelLayout labels;
};

/// A department alone, in the geometry of the stage.
struct Alone {
    Alone(const Story& story, std::uint32_t department, const View& view, const Regions& r)
        : number(department), people(story, department), seated(people.story(), view, r)
    {
    }
    std::uint32_t number;
    DepartmentAlone people;
    Seated seated;
};

/// All on which the layer at the bottom depends.
using StillKey = std::tuple<float, float, float, Theme, bool, bool, bool, bool, double, double,
                            std::optional<std::uint32_t>, double>;

StillKey still_key(const View& v)
{
    return {v.width,     v.height,  v.ui_scale,    v.theme,
            v.presenter, v.drawer,  v.hide_future, inspecting(v),
            v.zoom_from, v.zoom_to, v.expanded,    v.expanded ? v.expansion : 0};
}

MotionStyle motion_style(const View& view, std::uint32_t people)
{
    const double speed = view.playing ? view.speed : 1;
    MotionStyle style;
    style.reduced = view.reduced_motion;
    style.rings = !view.reduced_effects && speed < 4 && people <= people_with_rings;
    style.trails = !view.reduced_effects;
    style.bumps = speed < 8;
    return style;
}

/// In presenter mode nothing has panels, so the stage is as dark as what is around it.
Palette colors_of(const View& view)
{
    Palette colors = palette(view.theme);
    if (view.presenter)
        colors.stage = colors.background;
    return colors;
}

/// Everybody whose acts a person sees.
std::vector<AgentId> contacts_of(const Story& story, std::optional<AgentId> person)
{
    std::vector<AgentId> contacts;
    const Ties& ties = story.trace().organization->ties;
    if (!person || *person >= ties.size())
        return contacts;
    for (AgentId other = 0; other < ties.size(); ++other) {
        const auto row = ties.influenced_by(other);
        if (std::ranges::find(row, *person) != row.end())
            contacts.push_back(other);
    }
    return contacts;
}

/// Forget what of the stage, whose spots begin at `first`, the open drawer hides.
void drop_covered(const Picture& p, std::size_t first)
{
    const Rect& cover = p.regions.panel;
    const auto hidden =
        std::remove_if(p.spots.begin() + static_cast<std::ptrdiff_t>(first), p.spots.end(),
                       [&](const Spot& s) { return overlap(s.rect, cover); });
    p.spots.erase(hidden, p.spots.end());
    std::erase_if(p.dots, [&](const auto& dot) { return cover.contains(dot.second); });
}

std::shared_ptr<const Layer> still_layer(const Picture& p)
{
    auto layer = std::make_shared<Layer>();
    layer->still = true;
    if (p.view.presenter) {
        draw_presenter_backdrop(p, *layer);
        return layer;
    }
    draw_stage_backdrop(p, *layer);
    draw_chrome_backdrop(p, *layer);
    return layer;
}

} // namespace

struct Scene::Kept {
    std::optional<std::pair<Rect, bool>> place; // of the stage; presenter
    std::unique_ptr<Seated> seated;
    std::unique_ptr<Alone> alone;
    std::optional<StillKey> still_key;
    std::shared_ptr<const Layer> still;
    std::optional<AgentId> selected, second;
    std::vector<AgentId> contacts, second_contacts;

    /// Seats for this view, made anew when the stage has another size.
    Seated& seats(const Story& story, const View& view, const Regions& r)
    {
        const std::pair<Rect, bool> now{stage_of(view, r), view.presenter};
        if (place != now) {
            place = now;
            alone.reset();
            seated = std::make_unique<Seated>(story, view, r);
        }
        return *seated;
    }

    /// The department that is shown alone, if any.
    Alone* department(const Story& story, const View& view, const Regions& r)
    {
        const std::size_t departments = story.trace().organization->departments.size();
        if (!view.expanded || view.expansion <= 0 || *view.expanded >= departments)
            return nullptr;
        if (!alone || alone->number != *view.expanded)
            alone = std::make_unique<Alone>(story, *view.expanded, view, r);
        return alone.get();
    }

    /// The layer at the bottom, made anew when something in it changes.
    const std::shared_ptr<const Layer>& still_layer_of(const Picture& p)
    {
        if (still_key != render::still_key(p.view)) {
            still_key = render::still_key(p.view);
            still = still_layer(p);
            p.spots.clear(); // what stands still is touched through the other layers
        }
        return still;
    }

    void find_contacts(const Story& story, const View& view)
    {
        if (selected != view.selected)
            contacts = contacts_of(story, view.selected);
        if (second != view.second)
            second_contacts = contacts_of(story, view.second);
        selected = view.selected;
        second = view.second;
    }
};

Scene::Scene(std::shared_ptr<const Story> story)
    : story_(std::move(story)), kept_(std::make_unique<Kept>())
{
}

Scene::~Scene() = default;

namespace {

std::vector<Pose> poses_of(const Story& story, const Motion& motion, double second,
                           const MotionStyle& style)
{
    std::vector<Pose> poses;
    poses.reserve(story.people());
    for (AgentId person = 0; person < story.people(); ++person)
        poses.push_back(motion.pose(person, second, style));
    return poses;
}

std::vector<Pose> poses_of(const Alone& alone, double second, const MotionStyle& style)
{
    std::vector<Pose> poses;
    const AgentId n = alone.people.story().people();
    poses.reserve(n);
    for (AgentId person = 0; person < n; ++person)
        poses.push_back(
            alone.seated.motion.pose(person, alone.people.own_second(person, second), style));
    return poses;
}

std::shared_ptr<Layer> empty_layer(std::size_t expected)
{
    auto layer = std::make_shared<Layer>();
    layer->items.reserve(expected);
    return layer;
}

std::shared_ptr<const Layer> blank_layer(Color color, const DisplayList& list)
{
    auto layer = std::make_shared<Layer>();
    layer->add(Box{{0, 0, list.width, list.height}, 0, color});
    return layer;
}

DisplayList empty_list(const View& view)
{
    DisplayList list;
    list.scale = effective_scale(view);
    list.width = view.width / list.scale;
    list.height = view.height / list.scale;
    return list;
}

int count_home(std::span<const Pose> poses, const StageGeometry& geometry)
{
    return static_cast<int>(
        std::ranges::count_if(poses, [&](const Pose& pose) { return is_home(pose, geometry); }));
}

/// Top bar, stage, panel, timeline: the order in which the keyboard goes through them.
void draw_parts(const Picture& p, DisplayList& list)
{
    auto stage = empty_layer(2 * p.poses.size() + 500);
    auto chrome = empty_layer(1000);
    auto overlays = empty_layer(100);
    draw_top_bar(p, *chrome);
    const auto stage_begins = p.spots.size();
    draw_stage(p, *stage);
    draw_caption(p, *stage);
    if (p.regions.drawer && p.regions.panel_shown(p.view))
        drop_covered(p, stage_begins);
    if (inspecting(p.view))
        draw_inspector(p, *chrome);
    else
        draw_panel(p, *chrome);
    draw_timeline(p, *chrome);
    draw_stage_tooltip(p, *overlays);
    draw_overlays(p, *overlays);
    list.layers.insert(list.layers.end(), {stage, chrome, overlays});
}

} // namespace

Frame Scene::draw(double second, const View& view)
{
    const Story& story = *story_;
    const Palette colors = colors_of(view);
    Frame frame;
    frame.list = empty_list(view);
    if (view.presenter && view.blank) {
        frame.list.layers.push_back(blank_layer(colors.background, frame.list));
        return frame;
    }

    const Regions r = regions(view);
    const Seated& seated = kept_->seats(story, view, r);
    const Alone* alone = kept_->department(story, view, r);
    const MotionStyle style = motion_style(view, story.people());
    second = std::clamp(second, 0.0, story.clock().length());
    const Hours time = story.clock().time(second);

    const std::vector<Pose> poses = poses_of(story, seated.motion, second, style);
    const std::vector<Pose> own = alone ? poses_of(*alone, second, style) : std::vector<Pose>{};
    const auto presence = px(alone ? std::clamp(view.expansion, 0.0, 1.0) : 0);
    std::vector<Crowd> crowds{{story, seated.seating, seated.labels, poses, {}, 1 - presence}};
    if (alone)
        crowds.push_back({alone->people.story(), alone->seated.seating, alone->seated.labels, own,
                          alone->people.ids(), presence});

    Picture p{{story, view, colors, r, frame.spots, second, time},
              seated.seating,
              seated.motion,
              style,
              story.tally(time),
              frame.dots};
    kept_->find_contacts(story, view);
    p.contacts = kept_->contacts;
    p.second_contacts = kept_->second_contacts;
    p.poses = poses;
    p.returned = count_home(poses, seated.seating.geometry());
    p.crowds = crowds;
    p.ranks = ranks_.get();

    frame.list.layers.push_back(kept_->still_layer_of(p));
    if (view.presenter) {
        auto layer = empty_layer(2 * poses.size() + 500);
        draw_presenter(p, *layer);
        frame.list.layers.push_back(std::move(layer));
    } else {
        draw_parts(p, frame.list);
    }
    return frame;
}

std::optional<AgentId> Scene::pick(const Frame& frame, Point at, float reach)
{
    std::optional<AgentId> nearest;
    float least = reach;
    for (const auto& [person, place] : frame.dots) {
        const float d = distance(place, at);
        if (d < least || (d == least && !nearest)) {
            least = d;
            nearest = person;
        }
    }
    return nearest;
}

} // namespace walkout::render
