#pragma once

#include "render/display_list.hpp"
#include "render/story.hpp"

#include <vector>

namespace walkout::render {

/// A place in the ring: radius and angle (clockwise from the door, which is east).
struct Polar {
    float r = 0, angle = 0;
};

/// Measures of the stage in logical pixels; `k` scales all lengths of the design at 1152 x 704.
struct StageGeometry {
    Rect stage;
    float k = 1;
    Point center;
    float boardroom = 80, wall = 76, director_seats = 53, leader = 15;
    float seats_from = 97, seats_to = 214;
    float aisle = 228;
    float ring_from = 243, ring_to = 304;
    float labels = 320;
    float door_degrees = 13;
    int seat_rows = 11, ring_rows = 6;
    Rect dock;
    float dock_radius = 14;
};

/// Whether the dock lies below the ring as a strip, instead of beside it.
bool dock_is_strip(const StageGeometry& geometry);

/// Where the leader stands outside.
Point leader_outside(const StageGeometry& geometry);

/// Geometry of the stage in a rectangle.
StageGeometry stage_geometry(Rect stage, const Story& story);

struct SectorSpan {
    float from = 0, to = 0, middle = 0; ///< angles
};

/// Where everybody sits, stands in the ring and waits outside; fixed for a story and a geometry.
class Seating {
public:
    Seating(const Story& story, const StageGeometry& geometry);

    const StageGeometry& geometry() const { return geometry_; }
    const std::vector<SectorSpan>& sectors() const { return sectors_; } ///< per block
    Polar seat(AgentId person) const { return seats_[person]; }
    Polar slot(AgentId person) const { return slots_[person]; } ///< in the ring; of signers only
    Point dock(AgentId person) const { return docks_[person]; } ///< of leavers only
    float dot(AgentId person) const;                            ///< radius of the mark, logical px
    float dot() const { return dot_; }                          ///< of an ordinary person
    float dock_pitch() const { return dock_pitch_; }
    Point point(Polar p) const;

private:
    void share_circle(const Story& story);
    void seat_people(const Story& story);
    void place_signers(const Story& story);
    void place_leavers(const Story& story);

    StageGeometry geometry_;
    std::vector<SectorSpan> sectors_;
    std::vector<Polar> seats_, slots_;
    std::vector<Point> docks_;
    std::vector<float> size_; // factor per person
    float dot_ = 4, dock_pitch_ = 11.5;
};

} // namespace walkout::render
