#pragma once

#include "render/seating.hpp"
#include "render/story.hpp"

#include <optional>

namespace walkout::render {

/// Where a person is at a story second and how the mark looks.
struct Pose {
    State state = State::at_work;
    Point at;
    float size = 1;             ///< factor of the mark
    std::optional<Point> trail; ///< far end of the tail
    float trail_alpha = 0;
    float landing = 0; ///< landing ring, (0, 1]; 0: none
    bool at_rest = true;
    bool away = false; ///< not at the own seat: an empty ring stays there
    float alpha = 1;   ///< reduced motion: cross-fade
};

struct MotionStyle {
    bool reduced = false; ///< cross-fades of 120 ms instead of flights
    bool rings = true;    ///< landing rings
    bool trails = true;
    bool bumps = true; ///< change of size on the way
};

/// Poses are a pure function of the story second: nothing is remembered from frame to frame.
class Motion {
public:
    Motion(const Story& story, const Seating& seating);

    Pose pose(AgentId person, double second, const MotionStyle& style) const;

    /// The token of the leader: place, tail, and whether it is inside.
    Pose leader(double second, const MotionStyle& style) const;

    /// The wave of the dismissal: radius and strength [0, 1]; strength 0: none.
    struct Shock {
        float r = 0, strength = 0;
    };
    Shock shock(double second) const;

private:
    /// Story seconds of a person's moments; never: it did not happen.
    struct Times {
        double unsettled = never, signed_letter = never, gone = never, back = never;

        bool left_again() const { return back < gone && gone < never; }
    };

    Pose seated(AgentId person, double second) const;
    Pose signing(AgentId person, double since) const;
    Pose leaving(AgentId person, double since) const;
    Pose returning(AgentId person, const Pose& from, double since) const;
    double return_delay(AgentId person, State from) const;
    Point leader_way(double part) const;

    const Story& story_;
    const Seating& seating_;
    std::vector<Times> times_;
    double fired_ = never, settled_ = never; ///< of the leader
    double wave_ = never;                    ///< start of the return of all
};

/// The way from a seat or slot along the aisle and through the door to the dock.
class WayOut {
public:
    WayOut(const StageGeometry& geometry, Polar from, Point dock);
    float length() const { return length_; }
    Point at(float distance) const; ///< clamped to [0, length]

private:
    const StageGeometry* geometry_;
    Polar from_;
    Point dock_;
    float length_ = 0;
    float legs_[4] = {};
};

} // namespace walkout::render
