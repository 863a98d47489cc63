#include "render/seating.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

namespace walkout::render {

namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr float degree = pi / 180;

constexpr float widest_pitch = 1.25F; ///< of seats in a row, in pitches of rows
constexpr float pitch_step = 0.05F;
constexpr float dot_of_pitch = 0.37F;
constexpr float dot_of_neighbors = 1.95F; ///< neighbors are this many radii apart at least
constexpr float leader_below_top = 40, room_of_leader = 34; ///< outside, in the dock
constexpr std::size_t single_row = 8; ///< teams up to this size sit in one row

/// Rows of arcs between two radii.
struct Rows {
    float from = 0, to = 0;
    int count = 1;

    float pitch() const
    {
        return count > 1 ? (to - from) / static_cast<float>(count - 1) : to - from;
    }
    float radius(int row) const
    {
        return count > 1 ? from + static_cast<float>(row) * pitch() : from;
    }
};

Rows seat_rows(const StageGeometry& g)
{
    return {g.seats_from, g.seats_to, g.seat_rows};
}

Rows ring_rows(const StageGeometry& g)
{
    return {g.ring_from, g.ring_to, g.ring_rows};
}

/// How many places `pitch` apart a row of a sector has; at least one.
int capacity(const SectorSpan& span, float r, float pitch)
{
    const float width = (span.to - span.from) * r;
    return std::max(1, static_cast<int>(std::floor((width - 0.1F * pitch) / pitch)));
}

/// Places of a row, `pitch` apart around the middle of the sector, the middle ones first.
std::vector<Polar> row_of(const SectorSpan& span, float r, float pitch)
{
    const int count = capacity(span, r, pitch);
    std::vector<Polar> places;
    for (int j = 0; j < count; ++j)
        places.push_back(
            {r, span.middle +
                    (static_cast<float>(j) - static_cast<float>(count - 1) / 2) * pitch / r});
    std::ranges::stable_sort(places, {},
                             [&](const Polar& p) { return std::abs(p.angle - span.middle); });
    return places;
}

/// The innermost row that holds all, not closer than `least`; none if none does.
std::optional<std::vector<Polar>> one_row(const SectorSpan& span, const Rows& rows,
                                          std::size_t needed, float least)
{
    for (int row = 0; row < rows.count; ++row) {
        const float r = rows.radius(row);
        const float widest = (span.to - span.from) * r / (static_cast<float>(needed) + 0.2F);
        if (widest >= least)
            return row_of(span, r, std::min(widest, widest_pitch * rows.pitch()));
    }
    return {};
}

/// Places for at least `needed` people, row by row from the inside out; a few stand in one row if
/// they are not closer than `least` there.
std::vector<std::vector<Polar>> places_for(const SectorSpan& span, const Rows& rows,
                                           std::size_t needed, float least)
{
    if (needed <= single_row)
        if (auto single = one_row(span, rows, needed, least))
            return {std::move(*single)};
    const auto fits = [&](float pitch) {
        std::size_t seats = 0;
        for (int row = 0; row < rows.count; ++row)
            seats += static_cast<std::size_t>(capacity(span, rows.radius(row), pitch));
        return seats >= needed;
    };
    float pitch = widest_pitch * rows.pitch();
    const float step = std::min(pitch_step, pitch / 50);
    while (pitch > 2 * step && !fits(pitch))
        pitch -= step;
    std::vector<std::vector<Polar>> places;
    for (int row = 0; row < rows.count; ++row)
        places.push_back(row_of(span, rows.radius(row), pitch));
    return places;
}

/// Smallest distance between two places of the same row.
float closest_in_row(std::vector<Polar> places)
{
    std::ranges::sort(places, {}, [](const Polar& p) { return std::pair{p.r, p.angle}; });
    float closest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 1; i < places.size(); ++i)
        if (places[i].r == places[i - 1].r)
            closest = std::min(closest, 2 * places[i].r *
                                            std::sin((places[i].angle - places[i - 1].angle) / 2));
    return closest;
}

/// Places outside on a hexagonal grid, those nearest to the door first; none where the leader is.
std::vector<Point> dock_slots(const StageGeometry& g, float pitch)
{
    const Rect& dock = g.dock;
    const Point leader = leader_outside(g);
    const float near = dock_is_strip(g) ? dock.x + dock.w : dock.x; // the side of the door
    std::vector<std::pair<float, Point>> slots;                     // distance from the door, place
    int row = 0;
    for (float y = dock.y + 0.8F * pitch; y < dock.y + dock.h - 0.5F * pitch;
         y += 0.866F * pitch, ++row)
        for (float x = dock.x + 0.7F * pitch + (row % 2 == 1 ? pitch / 2 : 0);
             x < dock.x + dock.w - 0.45F * pitch; x += pitch) {
            const float to_leader = std::hypot(x - leader.x, y - leader.y);
            if (to_leader >= room_of_leader * g.k)
                slots.emplace_back(std::hypot((x - near) * 1.25F, (y - g.center.y) * 0.62F),
                                   Point{x, y});
        }
    std::ranges::stable_sort(slots, {}, &std::pair<float, Point>::first);
    std::vector<Point> places;
    for (const auto& [distance, place] : slots)
        places.push_back(place);
    return places;
}

/// In how far a small organization takes larger marks: 1 up to 50 people, 0 from 150 on.
float smallness(std::uint32_t people)
{
    return std::clamp((150 - static_cast<float>(people)) / 100, 0.0F, 1.0F);
}

/// In how far a large organization needs every pixel: 0 up to 770 people, 1 from 20,000 on.
float largeness(std::uint32_t people)
{
    return std::clamp(std::log(static_cast<float>(std::max(people, 1U)) / 770) /
                          std::log(20000.0F / 770),
                      0.0F, 1.0F);
}

} // namespace

bool dock_is_strip(const StageGeometry& geometry)
{
    return geometry.dock.w > geometry.dock.h;
}

Point leader_outside(const StageGeometry& geometry)
{
    const Rect& dock = geometry.dock;
    return dock_is_strip(geometry)
               ? Point{dock.x + dock.w - leader_below_top * geometry.k, dock.y + dock.h / 2}
               : Point{dock.x + dock.w / 2, dock.y + leader_below_top * geometry.k};
}

StageGeometry stage_geometry(Rect stage, const Story& story)
{
    StageGeometry g;
    g.stage = stage;
    const float k = std::min(stage.w / 1152, stage.h / 704);
    const float small = smallness(story.people());
    g.k = k;
    g.center = {stage.x + 0.4913F * stage.w, stage.y + 0.5028F * stage.h};
    for (float* length : {&g.boardroom, &g.wall, &g.director_seats, &g.leader, &g.aisle, &g.labels})
        *length *= k;
    g.seats_from = std::lerp(97.0F, 122.0F, small) * k;
    g.seats_to = std::lerp(214.0F, 196.0F, small) * k;
    g.ring_from = std::lerp(243.0F, 254.0F, small) * k;
    g.ring_to = std::lerp(304.0F, 289.0F, small) * k;
    g.door_degrees = std::lerp(std::lerp(13.0F, 16.0F, small), 10.0F, largeness(story.people()));
    const auto root = std::sqrt(static_cast<float>(story.people()));
    g.seat_rows = std::clamp(static_cast<int>(std::lround(0.40F * root + 1.2F * small)), 2, 64);
    g.ring_rows = static_cast<int>(std::lround(0.53F * static_cast<float>(g.seat_rows)));
    g.dock = {stage.x + stage.w - 168 * k, g.center.y - 226 * k, 148 * k, 452 * k};
    g.dock_radius = 14 * k;
    return g;
}

Seating::Seating(const Story& story, const StageGeometry& geometry) : geometry_(geometry)
{
    share_circle(story);
    seat_people(story);
    place_signers(story);
    place_leavers(story);
}

void Seating::share_circle(const Story& story)
{
    const auto& blocks = story.blocks();
    const auto count = static_cast<float>(blocks.size());
    const float gap = std::clamp(24 / count, 0.5F, 4.0F);
    const float free = 360 - geometry_.door_degrees - gap * (count - 1);
    const float least = std::min(4.0F, 0.35F * free / count); // most of the circle stays in scale

    // Small blocks get the least span; the others share the rest by head count.
    std::vector<float> spans(blocks.size(), 0);
    std::vector<bool> small(blocks.size(), false);
    for (bool changed = true; changed;) {
        changed = false;
        float rest = free, people = 0;
        for (std::size_t b = 0; b < blocks.size(); ++b)
            small[b] ? rest -= least : people += static_cast<float>(blocks[b].people.size());
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            spans[b] = small[b] || people <= 0
                           ? least
                           : rest * static_cast<float>(blocks[b].people.size()) / people;
            if (!small[b] && spans[b] < least) {
                small[b] = true;
                changed = true;
            }
        }
    }
    float at = geometry_.door_degrees / 2;
    for (const float span : spans) {
        sectors_.push_back({at * degree, (at + span) * degree, (at + span / 2) * degree});
        at += span + gap;
    }
}

void Seating::seat_people(const Story& story)
{
    const Rows rows = seat_rows(geometry_), ring = ring_rows(geometry_);
    seats_.resize(story.people());
    std::vector<Polar> slots; // all there are, so that marks do not depend on who signs
    for (std::size_t b = 0; b < sectors_.size(); ++b) {
        const auto& people = story.blocks()[b].people;
        auto next = people.begin();
        for (const auto& row : places_for(sectors_[b], rows, people.size(), rows.pitch()))
            for (const Polar& place : row)
                if (next != people.end())
                    seats_[*next++] = place;
        for (const auto& row : places_for(sectors_[b], ring, people.size(), rows.pitch()))
            slots.insert(slots.end(), row.begin(), row.end());
    }
    const float k = geometry_.k;
    const float closest = std::min(closest_in_row(seats_), closest_in_row(std::move(slots)));
    dot_ = std::min(std::clamp(dot_of_pitch * rows.pitch(), 0.8F * k, 11 * k),
                    closest / dot_of_neighbors);

    const auto& levels = story.trace().organization->level;
    const int lead = story.blocks_are_departments() ? 4 : 3; // of a block
    size_.resize(story.people());
    for (AgentId person = 0; person < story.people(); ++person)
        size_[person] = levels[person] >= lead ? 1.36F
                        : levels[person] == 3  ? 1.2F
                        : levels[person] == 2  ? 1.06F
                                               : 1.0F;
}

/// The innermost row that still has room, the place whose angle is nearest to the own seat.
void Seating::place_signers(const Story& story)
{
    const float least = seat_rows(geometry_).pitch();
    slots_ = seats_;
    std::vector<std::vector<AgentId>> signers(sectors_.size());
    std::vector<AgentId> order;
    for (AgentId person = 0; person < story.people(); ++person)
        if (story.fate(person).rank > 0)
            order.push_back(person);
    std::ranges::sort(order, {}, [&](AgentId person) { return story.fate(person).rank; });
    for (const AgentId person : order)
        signers[story.block_of(person)].push_back(person);

    for (std::size_t b = 0; b < sectors_.size(); ++b) {
        auto places =
            places_for(sectors_[b], ring_rows(geometry_), story.blocks()[b].people.size(), least);
        auto free = places.begin();
        for (const AgentId person : signers[b]) {
            while (free->empty())
                ++free;
            const auto nearest = std::ranges::min_element(*free, {}, [&](const Polar& place) {
                return std::abs(place.angle - seats_[person].angle);
            });
            slots_[person] = *nearest;
            free->erase(nearest);
        }
    }
}

void Seating::place_leavers(const Story& story)
{
    const Rect& dock = geometry_.dock;
    const float k = geometry_.k;
    std::vector<AgentId> leavers;
    for (AgentId person = 0; person < story.people(); ++person)
        if (story.fate(person).gone < never)
            leavers.push_back(person);
    std::ranges::stable_sort(leavers, {}, [&](AgentId person) { return story.fate(person).gone; });

    const float largest = std::max(2.66F * dot_, 3 * k);
    const float room = dock.w * dock.h / (0.866F * (static_cast<float>(leavers.size()) + 70));
    dock_pitch_ = std::min(largest, 0.97F * std::sqrt(room));
    std::vector<Point> slots = dock_slots(geometry_, dock_pitch_);
    while (slots.size() < leavers.size()) {
        dock_pitch_ *= 0.985F;
        slots = dock_slots(geometry_, dock_pitch_);
    }
    docks_.assign(story.people(), Point{dock.x + dock.w / 2, dock.y + dock.h / 2});
    for (std::size_t i = 0; i < leavers.size(); ++i)
        docks_[leavers[i]] = slots[i];
}

float Seating::dot(AgentId person) const
{
    return dot_ * size_[person];
}

Point Seating::point(Polar p) const
{
    return {geometry_.center.x + p.r * std::cos(p.angle),
            geometry_.center.y + p.r * std::sin(p.angle)};
}

} // namespace walkout::render
