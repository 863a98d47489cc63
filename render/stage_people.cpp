#include "render/fonts.hpp"
#include "render/stage_parts.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

// Marks smaller than this, in device pixels, are squares: round ones would blur.
constexpr float smallest_disc = 1.6F;
// Everybody else while somebody is inspected.
constexpr float dimmed = 0.3F;
// A person without a following keeps this much of the room between dots of the dock.
constexpr float dock_fill = 0.44F;
constexpr float loupe_zoom = 7;

/// One person of a crowd at this moment.
struct Figure {
    AgentId person;
    const Pose& pose;
    float r;     ///< of the mark
    float alpha; ///< of the mark
};

/// Who is to be drawn, how large and how strong.
class Figures {
public:
    Figures(const Picture& p, const Crowd& crowd) : p_(p), crowd_(crowd)
    {
        if (p.view.selected || p.view.hover.control == Control::legend_row)
            find_lit();
        else if (p.lit != nullptr && crowd.ids.empty())
            lit_ = *p.lit;
        const std::uint32_t n = crowd.story.people();
        // Of very many people a sample moves; the rest are areas.
        stride_ = n > countless_people ? (n + 1999) / 2000 : 1;
        round_ = sampled() || crowd.seating.dot() * effective_scale(p.view) >= smallest_disc;
    }

    template <class Each> void each(const Each& draw) const
    {
        const auto n = static_cast<AgentId>(crowd_.poses.size());
        for (AgentId i = 0; i < n; i += stride_)
            draw(Figure{i, crowd_.poses[i], radius(i), alpha(i)});
    }

    float radius(AgentId i) const
    {
        const float r = std::max(crowd_.seating.dot(i), stride_ > 1 ? smallest_disc : 0.0F);
        return crowd_.poses[i].state == State::gone
                   ? std::min(r * 1.02F, crowd_.seating.dock_pitch() * dock_fill)
                   : r;
    }
    float alpha(AgentId i) const
    {
        const float own = crowd_.presence * crowd_.poses[i].alpha;
        return lit(i) ? own : own * dimmed;
    }
    bool sampled() const { return stride_ > 1; }
    bool round() const { return round_; }
    bool lit(AgentId i) const { return lit_.empty() || lit_[i]; }
    bool some_lit() const { return !lit_.empty(); }

private:
    void find_lit()
    {
        const auto n = static_cast<AgentId>(crowd_.poses.size());
        lit_.resize(n);
        if (!p_.view.selected) {
            for (AgentId i = 0; i < n; ++i)
                lit_[i] = static_cast<std::uint32_t>(crowd_.poses[i].state) == p_.view.hover.index;
            return;
        }
        for (AgentId i = 0; i < n; ++i) {
            const AgentId id = crowd_.id(i);
            lit_[i] = id == p_.view.selected || id == p_.view.second ||
                      std::ranges::binary_search(p_.contacts, id) ||
                      std::ranges::binary_search(p_.second_contacts, id);
        }
    }

    const Picture& p_;
    const Crowd& crowd_;
    std::vector<bool> lit_; // empty: all
    AgentId stride_ = 1;
    bool round_ = true;
};

/// Of a mark without inner structure.
Color color_of(State state, const Palette& colors)
{
    return state == State::unsettled ? mix(colors.at_work, colors.signed_letter, 0.38)
                                     : state_color(colors, state);
}

void draw_trail(const Crowd& crowd, const Figure& f, const Palette& colors, Layer& layer)
{
    if (!f.pose.trail)
        return;
    const Color color = color_of(f.pose.state, colors);
    const bool returning = f.pose.state == State::back;
    const float width =
        f.r * (returning ? 0.9F : 1.15F) * (crowd.story.people() > 5000 ? 0.7F : 1.0F);
    layer.add(Line{*f.pose.trail, f.pose.at, width, color.faded(0),
                   color.faded(f.pose.trail_alpha * f.alpha)});
}

void draw_landing(const Figure& f, const Palette& colors, Layer& layer)
{
    const float left = 1 - f.pose.landing;
    if (f.pose.landing > 0 && left > 0)
        layer.add(Ring{f.pose.at, f.r * (1 + 1.7F * f.pose.landing), 1.5F * left,
                       color_of(f.pose.state, colors).faded(0.8 * left * f.alpha)});
}

/// The digits at the end of an id, or what it begins with.
std::string number_of(const std::string& id)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto first = std::find_if_not(id.rbegin(), id.rend(), digit).base();
    return first == id.end() ? id.substr(0, 2) : std::string(first, id.end());
}

/// Numbers in the marks: in all or, where they would not fit, in none.
void draw_numbers(const Crowd& crowd, const Figures& figures, const Palette& colors, Layer& layer)
{
    const std::string_view widest = crowd.story.people() > 99 ? "100" : "20";
    if (text_width(widest, 11, Font::medium) > 2 * crowd.seating.dot() - 1)
        return;
    figures.each([&](const Figure& f) {
        const bool bright = f.pose.state == State::signed_letter || f.pose.state == State::back;
        layer.add(Text{{f.pose.at.x, f.pose.at.y + 4},
                       number_of(crowd.story.id(f.person)),
                       11,
                       Font::medium,
                       (bright ? colors.on_signed : colors.text).faded(f.alpha),
                       Align::center});
    });
}

/// A curve from one person to another, bent away from the boardroom.
Path tie(const StageGeometry& g, Point from, Point to, float width, Color color, Dash dash,
         int steps)
{
    const Point middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
    const float r = std::max(distance(middle, g.center), 1.0F);
    const float stretch = std::max(r, 150 * g.k) / r;
    const Point control{g.center.x + (middle.x - g.center.x) * stretch,
                        g.center.y + (middle.y - g.center.y) * stretch};
    Path path{{}, width, color, dash};
    path.points.reserve(static_cast<std::size_t>(steps) + 1);
    for (int i = 0; i <= steps; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(steps);
        const float a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
        path.points.push_back(
            {a * from.x + b * control.x + c * to.x, a * from.y + b * control.y + c * to.y});
    }
    return path;
}

/// Ties of everybody, each pair once; of a large crowd every k-th row, so that drawing stays quick.
void draw_all_ties(const Picture& p, const Crowd& crowd, Layer& layer)
{
    const Ties& ties = p.story.trace().organization->ties;
    constexpr std::size_t most = 12000;
    const std::size_t stride = std::max<std::size_t>(1, ties.arcs() / most);
    const bool few = p.story.people() <= few_people;
    const double strength = few ? std::clamp(15.0 / p.story.people(), 0.12, 0.30) : 0.10;
    const Color color = p.colors.third.faded(strength * crowd.presence);
    const auto mutual = [&](AgentId a, AgentId b) {
        return std::ranges::find(ties.influenced_by(b), a) != ties.influenced_by(b).end();
    };
    for (std::size_t row = 0; row < ties.size(); row += stride) {
        const auto from = static_cast<AgentId>(row);
        for (const AgentId to : ties.influenced_by(from))
            if (from < to || !mutual(from, to))
                layer.add(tie(crowd.seating.geometry(), p.poses[from].at, p.poses[to].at, 1, color,
                              {}, few ? 16 : 6));
    }
}

/// Who influences a person: solid if they had signed before, dashed if not.
void draw_ties_into(const Picture& p, const Crowd& crowd, AgentId person,
                    std::span<const AgentId> contacts, Layer& layer)
{
    const Hours acted = std::min(p.story.fate(person).signed_letter, p.time);
    for (const AgentId contact : contacts) {
        const bool before = p.story.fate(contact).signed_letter < acted;
        layer.add(tie(crowd.seating.geometry(), p.poses[contact].at, p.poses[person].at,
                      before ? 1.6F : 1.2F,
                      before ? p.colors.signed_letter.faded(0.85 * crowd.presence)
                             : p.colors.second.faded(0.55 * crowd.presence),
                      before ? Dash{} : Dash{3, 4}, 24));
    }
}

/// Seats whose owners are elsewhere.
void draw_empty_seats(const Crowd& crowd, const Figures& figures, const Palette& colors,
                      Layer& layer)
{
    const Color color = colors.empty_seat.faded(crowd.presence * (figures.some_lit() ? dimmed : 1));
    figures.each([&](const Figure& f) {
        if (f.pose.away)
            layer.add(Ring{crowd.seating.point(crowd.seating.seat(f.person)),
                           crowd.seating.dot(f.person) * 0.8F, 1, color});
    });
}

/// How people of a block are spread over its states now.
std::array<std::uint32_t, state_count> states_in(const Crowd& crowd, const Block& block)
{
    std::array<std::uint32_t, state_count> count{};
    for (const AgentId person : block.people)
        ++count[static_cast<std::size_t>(crowd.poses[person].state)];
    return count;
}

/// Very many people: a block is filled from the inside out, area by area in proportion.
void draw_areas(const Picture& p, const Crowd& crowd, Layer& layer)
{
    const StageGeometry& g = crowd.seating.geometry();
    const std::vector<Block>& blocks = crowd.story.blocks();
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const SectorSpan& span = crowd.seating.sectors()[b];
        const auto count = states_in(crowd, blocks[b]);
        const double all = static_cast<double>(blocks[b].people.size());
        const auto fill = [&](float from, float to, float& r, State state) {
            const double share = count[static_cast<std::size_t>(state)] / all;
            const float next = std::sqrt(r * r + px(share) * (to * to - from * from));
            if (next > r)
                layer.add(Sector{g.center, r, next, span.from, span.to,
                                 color_of(state, p.colors).faded(0.8 * crowd.presence)});
            r = next;
        };
        float inside = g.seats_from;
        for (const State state : {State::back, State::at_work, State::unsettled})
            fill(g.seats_from, g.seats_to, inside, state);
        float ring = g.ring_from;
        fill(g.ring_from, g.ring_to, ring, State::signed_letter);
    }
}

void draw_marks(const Picture& p, const Crowd& crowd, const Figures& figures, Layer& layer)
{
    const bool large = crowd.story.people() <= few_people;
    const auto mark = [&](const Figure& f, float r) {
        large ? add_large_mark(layer, f.pose.at, r, f.pose.state, p.colors, f.alpha)
              : add_mark(layer, f.pose.at, r, f.pose.state, p.colors, f.alpha, figures.round());
    };
    // In areas only those who move, or have left, are marks.
    const auto in_area = [&](const Figure& f) {
        return figures.sampled() && f.pose.at_rest && f.pose.state != State::gone;
    };
    const auto moving = [](const Figure& f) { return !f.pose.at_rest || f.pose.landing > 0; };
    figures.each([&](const Figure& f) {
        if (!moving(f) && !in_area(f) && f.alpha > 0)
            mark(f, f.r);
    });
    figures.each([&](const Figure& f) {
        if (!moving(f) || f.alpha <= 0)
            return;
        draw_trail(crowd, f, p.colors, layer);
        mark(f, f.r * f.pose.size);
        draw_landing(f, p.colors, layer);
    });
}

/// A ring around somebody, wherever the person is.
void draw_ring(const Crowd& crowd, const Figures& figures, AgentId id, float room, float width,
               Color color, Layer& layer)
{
    const auto place = std::ranges::lower_bound(crowd.ids, id);
    if (!crowd.ids.empty() && (place == crowd.ids.end() || *place != id))
        return;
    const AgentId person = crowd.ids.empty() ? id : static_cast<AgentId>(place - crowd.ids.begin());
    if (person >= crowd.poses.size())
        return;
    const float r = std::max(figures.radius(person), 1.5F) + room;
    layer.add(Ring{crowd.poses[person].at, r, width, color.faded(crowd.presence)});
}

/// Ties and marks of who is inspected, above all others.
void draw_selection(const Picture& p, const Crowd& crowd, const Figures& figures, Layer& layer)
{
    const View& view = p.view;
    if (view.selected && crowd.ids.empty()) {
        draw_ties_into(p, crowd, *view.selected, p.contacts, layer);
        if (view.second)
            draw_ties_into(p, crowd, *view.second, p.second_contacts, layer);
    }
    if (view.selected)
        figures.each([&](const Figure& f) {
            if (figures.lit(f.person))
                add_mark(layer, f.pose.at, f.r * f.pose.size, f.pose.state, p.colors, f.alpha,
                         figures.round());
        });
    if (view.finding)
        for (std::size_t k = 0; k < view.matches.size(); ++k) {
            const bool current = k == view.match;
            draw_ring(crowd, figures, view.matches[k], current ? 4.5F : 3, current ? 2.0F : 1.4F,
                      current ? p.colors.text : p.colors.second, layer);
        }
    if (view.hover.control == Control::person)
        draw_ring(crowd, figures, view.hover.index, 3.5F, 1.6F, p.colors.second, layer);
    if (view.selected)
        draw_ring(crowd, figures, *view.selected, 4.5F, 2, p.colors.text, layer);
    if (view.second)
        draw_ring(crowd, figures, *view.second, 4.5F, 2, p.colors.scenario_b, layer);
    if (view.focus.control == Control::person)
        draw_ring(crowd, figures, view.focus.index, 6, 1.6F, p.colors.board, layer);
}

void note_places(const Picture& p, const Crowd& crowd, const Figures& figures)
{
    if (crowd.presence < 0.5F)
        return;
    const bool with_spots = crowd.story.people() <= many_people;
    figures.each([&](const Figure& f) {
        const AgentId id = crowd.id(f.person);
        p.dots.emplace_back(id, f.pose.at);
        const float r = std::max(f.r, 4.0F);
        if (with_spots)
            p.spots.push_back(
                {{Control::person, id}, {f.pose.at.x - r, f.pose.at.y - r, 2 * r, 2 * r}, false});
    });
}

} // namespace

void add_mark(Layer& layer, Point at, float r, State state, const Palette& colors, float alpha,
              bool round)
{
    if (!round) {
        layer.add(Box{{at.x - r, at.y - r, 2 * r, 2 * r}, 0, color_of(state, colors).faded(alpha)});
        return;
    }
    if (state == State::unsettled) {
        // The ring must not fill a small mark.
        const float width = std::min(colors.dark ? 1.3F : 1.6F, 0.33F * r);
        layer.add(Disc{at, r - 0.15F * width, colors.unsettled_fill.faded(alpha)});
        layer.add(Ring{at, r - 0.3F * width, width,
                       colors.signed_letter.faded((colors.dark ? 0.9 : 1.0) * alpha)});
        return;
    }
    layer.add(Disc{at, r, color_of(state, colors).faded(alpha)});
    if (state == State::gone)
        layer.add(Disc{at, 0.4F * r, colors.stage.faded(alpha)});
}

bool is_home(const Pose& pose, const StageGeometry& geometry)
{
    return pose.state == State::back &&
           (pose.at_rest || distance(pose.at, geometry.center) < geometry.aisle);
}

void add_large_mark(Layer& layer, Point at, float r, State state, const Palette& colors,
                    float alpha)
{
    if (state != State::gone) {
        add_mark(layer, at, r, state, colors, alpha);
        return;
    }
    layer.add(Disc{at, r, colors.gone.faded(alpha)});
    layer.add(Ring{at, r + 3, 1.6F, colors.gone.faded(alpha)});
}

void draw_people(const Picture& p, const Crowd& crowd, Layer& layer)
{
    if (crowd.presence <= 0)
        return;
    const std::uint32_t n = crowd.story.people();
    const Figures figures(p, crowd);
    if ((p.view.ties || p.story.people() <= few_people) && !p.view.selected && crowd.ids.empty())
        draw_all_ties(p, crowd, layer);
    if (figures.sampled())
        draw_areas(p, crowd, layer);
    if (n <= many_people)
        draw_empty_seats(crowd, figures, p.colors, layer);
    draw_marks(p, crowd, figures, layer);
    draw_selection(p, crowd, figures, layer);
    if (n <= few_people)
        draw_numbers(crowd, figures, p.colors, layer);
    note_places(p, crowd, figures);
}

void draw_loupe(const Picture& p, Layer& layer)
{
    const Point focus = *p.view.loupe;
    const Rect legend = legend_area(p.regions.stage);
    const float r = std::min(70.0F, 0.16F * p.regions.stage.h);
    const Point at{legend.x + 24 + r, legend.y - r - 34};
    const float seen = r / loupe_zoom;

    layer.add(Line{{focus.x - seen, focus.y},
                   {at.x + r, at.y},
                   1,
                   p.colors.hairline_strong,
                   p.colors.hairline_strong});
    layer.add(Disc{at, r, p.colors.stage});
    layer.add(Loupe{at, r, focus, loupe_zoom});
    for (const Crowd& crowd : p.crowds)
        for (AgentId i = 0; i < crowd.poses.size(); ++i) {
            const Pose& pose = crowd.poses[i];
            const float size = crowd.seating.dot(i);
            if (distance(pose.at, focus) < seen + size)
                add_mark(layer, pose.at, size, pose.state, p.colors, crowd.presence * pose.alpha);
        }
    layer.add(Unclip{});
    layer.add(Ring{at, r, 1.6F, p.colors.hairline_strong});
    layer.add(Ring{focus, seen, 1.4F, p.colors.text});
    layer.add(Text{{at.x, at.y + r + 18},
                   "7\u00d7 loupe, hold Z",
                   12,
                   Font::regular,
                   p.colors.second,
                   Align::center});
}

} // namespace walkout::render
