#include "render/motion.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace walkout::render {

namespace {

constexpr float pi = std::numbers::pi_v<float>;

// Story seconds.
constexpr double hop = 0.95, landing = 0.5, walk = 1.1, walk_back = 1.0, homecoming = 1.5;
constexpr double leader_waits = 0.5, leader_out = 2.2, leader_in = 1.8;
constexpr double wave_waits = 1.6, wave_turn = 2.7, wave_row = 0.8;
constexpr double fade = 0.12;
constexpr double shock_waits = 0.3, shock_lasts = 2.0, shock_fades = 2.4;
// Logical pixels per story second, at the size of the design.
constexpr double walk_speed = 620, walk_back_speed = 700, shock_speed = 175;
constexpr float shock_from = 90, shock_width = 22, shock_push = 4.5F;
constexpr float tail = 34, tail_back = 26;
constexpr double hop_tail = 0.22, homecoming_tail = 0.15, leader_tail = 0.14;
constexpr float bump = 0.38F;

double cubic_in_out(double t)
{
    return t < 0.5 ? 4 * t * t * t : 1 - std::pow(-2 * t + 2, 3) / 2;
}

/// Overshoots by 5 %.
double back_out(double t)
{
    constexpr double s = 1.2;
    return 1 + (s + 1) * std::pow(t - 1, 3) + s * std::pow(t - 1, 2);
}

float smooth_step(float t)
{
    return t * t * (3 - 2 * t);
}

Point between(Point a, Point b, double t)
{
    return {std::lerp(a.x, b.x, static_cast<float>(t)), std::lerp(a.y, b.y, static_cast<float>(t))};
}

Polar between(Polar a, Polar b, double t)
{
    return {std::lerp(a.r, b.r, static_cast<float>(t)),
            std::lerp(a.angle, b.angle, static_cast<float>(t))};
}

float swell(double t)
{
    return 1 + bump * static_cast<float>(std::sin(std::numbers::pi * std::clamp(t, 0.0, 1.0)));
}

/// Where the door leads out, beyond the ring.
float door_x(const StageGeometry& g)
{
    return g.center.x + g.ring_to + 14 * g.k;
}

} // namespace

WayOut::WayOut(const StageGeometry& geometry, Polar from, Point dock)
    : geometry_(&geometry), from_(from), dock_(dock)
{
    from_.angle = std::remainder(from.angle, 2 * pi); // the shorter side to the door at 0
    const float door = door_x(geometry);
    legs_[0] = std::abs(from_.r - geometry.aisle);
    legs_[1] = geometry.aisle * std::abs(from_.angle);
    legs_[2] = door - geometry.center.x - geometry.aisle;
    legs_[3] = std::hypot(dock.x - door, dock.y - geometry.center.y);
    for (const float leg : legs_)
        length_ += leg;
}

Point WayOut::at(float distance) const
{
    const StageGeometry& g = *geometry_;
    float d = std::clamp(distance, 0.0F, length_);
    const auto polar = [&](float r, float angle) {
        return Point{g.center.x + r * std::cos(angle), g.center.y + r * std::sin(angle)};
    };
    if (d >= length_)
        return dock_;
    if (d < legs_[0])
        return polar(std::lerp(from_.r, g.aisle, d / legs_[0]), from_.angle);
    d -= legs_[0];
    if (d < legs_[1])
        return polar(g.aisle, from_.angle * (1 - d / legs_[1]));
    d -= legs_[1];
    if (d < legs_[2])
        return {g.center.x + g.aisle + d, g.center.y};
    d -= legs_[2];
    const float e = legs_[3] > 0 ? std::min(d / legs_[3], 1.0F) : 1.0F;
    return {std::lerp(door_x(g), dock_.x, e), std::lerp(g.center.y, dock_.y, smooth_step(e))};
}

Motion::Motion(const Story& story, const Seating& seating) : story_(story), seating_(seating)
{
    const auto second = [&](Hours time) {
        return time < never ? story.clock().second(time) : never;
    };
    fired_ = second(story.fired());
    settled_ = second(story.settled());
    wave_ = second(story.trace().settled);
    times_.reserve(story.people());
    for (const Fate& fate : story.fates())
        times_.push_back({second(fate.unsettled), second(fate.signed_letter), second(fate.gone),
                          second(fate.back)});
}

/// At the own seat, pushed outwards a little while the wave of the dismissal passes.
Pose Motion::seated(AgentId person, double second) const
{
    Pose pose;
    Polar seat = seating_.seat(person);
    const float k = seating_.geometry().k;
    const double since = second - fired_;
    const Times& t = times_[person];
    if (second >= t.unsettled) {
        // News of the dismissal itself arrives with the wave.
        const bool by_dismissal = t.unsettled == fired_;
        const double arrival = (static_cast<double>(seat.r / k) - 60) / 190 + 0.25;
        if (!by_dismissal || since > arrival)
            pose.state = State::unsettled;
    }
    if (since > 0 && since < shock_waits + shock_lasts) {
        const auto front = shock_from + static_cast<float>((since - shock_waits) * shock_speed);
        const float off = seat.r / k - front;
        if (std::abs(off) < shock_width)
            seat.r += k * shock_push * std::cos(off / shock_width * pi / 2) *
                      static_cast<float>(std::max(0.0, 1 - since / shock_fades));
    }
    pose.at = seating_.point(seat);
    return pose;
}

Pose Motion::signing(AgentId person, double since) const
{
    Pose pose;
    pose.state = State::signed_letter;
    pose.away = true;
    const double t = std::clamp(since / hop, 0.0, 1.0);
    const Polar seat = seating_.seat(person), slot = seating_.slot(person);
    pose.at = seating_.point(between(seat, slot, back_out(t)));
    if (t < 1) {
        pose.at_rest = false;
        pose.size = swell(t);
        pose.trail = seating_.point(
            between(seat, slot, std::max(0.0, back_out(std::max(0.0, t - hop_tail)))));
        pose.trail_alpha = 0.75F;
    } else if (since < hop + landing) {
        pose.landing = static_cast<float>((since - hop) / landing);
    }
    return pose;
}

Pose Motion::leaving(AgentId person, double since) const
{
    Pose pose;
    pose.state = State::gone;
    pose.away = true;
    const StageGeometry& g = seating_.geometry();
    const Times& times = times_[person];
    const bool from_ring = times.signed_letter < times.gone && !times.left_again();
    const Polar from = from_ring ? seating_.slot(person) : seating_.seat(person);
    const WayOut way(g, from, seating_.dock(person));
    const double length = static_cast<double>(way.length());
    const double t =
        std::clamp(since / (walk + length / static_cast<double>(g.k) / walk_speed), 0.0, 1.0);
    const auto done = static_cast<float>(cubic_in_out(t) * length);
    pose.at = way.at(done);
    if (t < 1) {
        pose.at_rest = false;
        pose.size = swell(t);
        pose.trail = way.at(std::max(0.0F, done - tail * g.k));
        pose.trail_alpha = 0.75F;
    }
    return pose;
}

/// Seconds after the reinstatement at which a person sets out.
double Motion::return_delay(AgentId person, State from) const
{
    const StageGeometry& g = seating_.geometry();
    const auto angle = static_cast<double>(seating_.seat(person).angle / (2 * pi));
    switch (from) {
    case State::gone: {
        const Point dock = seating_.dock(person);
        const float side = dock_is_strip(g) ? g.dock.x + g.dock.w : g.dock.x; // of the door
        const double far = std::hypot((dock.x - side) * 1.25F, (dock.y - g.center.y) * 0.62F);
        return wave_waits + 0.9 + 0.006 * far / static_cast<double>(g.k);
    }
    case State::signed_letter: {
        const float depth = std::max(1.0F, g.ring_to - g.ring_from);
        const auto row = static_cast<double>((seating_.slot(person).r - g.ring_from) / depth);
        return wave_waits + row * wave_row + angle * wave_turn;
    }
    default:
        return wave_waits + angle * wave_turn;
    }
}

Pose Motion::returning(AgentId person, const Pose& from, double since) const
{
    const StageGeometry& g = seating_.geometry();
    Pose pose;
    pose.state = State::back;
    Point tail_end;
    double t = 1;
    if (from.state == State::gone) {
        const WayOut way(g, seating_.seat(person), seating_.dock(person));
        const double length = static_cast<double>(way.length());
        t = std::min(1.0,
                     since / (walk_back + length / static_cast<double>(g.k) / walk_back_speed));
        const auto left = static_cast<float>((1 - cubic_in_out(t)) * length);
        pose.at = way.at(left);
        tail_end = way.at(left + tail_back * g.k);
    } else {
        t = std::min(1.0, since / homecoming);
        const Point seat = seating_.point(seating_.seat(person));
        pose.at = between(from.at, seat, cubic_in_out(t));
        tail_end = between(from.at, seat, cubic_in_out(std::max(0.0, t - homecoming_tail)));
    }
    pose.at_rest = t >= 1;
    pose.away = !pose.at_rest;
    pose.size = swell(t);
    if (!pose.at_rest) {
        pose.trail = tail_end;
        pose.trail_alpha = 0.38F;
    }
    return pose;
}

Pose Motion::pose(AgentId person, double second, const MotionStyle& style) const
{
    const Times& t = times_[person];
    const bool left = second >= t.gone, joined = second >= t.signed_letter;
    Pose pose = left     ? leaving(person, second - t.gone)
                : joined ? signing(person, second - t.signed_letter)
                         : seated(person, second);
    // Second of the latest change of place.
    double moved = left ? t.gone : joined ? t.signed_letter : never;
    if (second >= t.back && !(left && t.left_again())) {
        // Those who wait for the settlement return in a wave; stragglers from outside come later.
        const double start = t.back <= wave_ ? t.back + return_delay(person, pose.state) : t.back;
        if (second >= start) {
            pose = returning(person, pose, second - start);
            moved = start;
        }
    }
    if (style.reduced && moved < never) {
        // No flight: the mark is at its new place at once and fades in.
        constexpr double long_ago = 1e9;
        Pose there = pose.state == State::back   ? returning(person, pose, long_ago)
                     : pose.state == State::gone ? leaving(person, long_ago)
                                                 : signing(person, long_ago);
        there.alpha = static_cast<float>(std::clamp((second - moved) / fade, 0.0, 1.0));
        return there;
    }
    if (!style.rings)
        pose.landing = 0;
    if (!style.trails)
        pose.trail.reset();
    if (!style.bumps)
        pose.size = 1;
    return pose;
}

/// From the center of the boardroom (0) to the dock (1).
Point Motion::leader_way(double part) const
{
    const StageGeometry& g = seating_.geometry();
    const Point end = leader_outside(g);
    const auto e = static_cast<float>(part);
    const float x = std::lerp(g.center.x, end.x, e);
    const float turn = g.center.x + g.ring_to + 10 * g.k;
    const float s = end.x > turn ? std::clamp((x - turn) / (end.x - turn), 0.0F, 1.0F) : e;
    return {x, std::lerp(g.center.y, end.y, smooth_step(s))};
}

Pose Motion::leader(double second, const MotionStyle& style) const
{
    const bool starts_inside = story_.trace().in_office[index_of(Pole::plus)];
    Pose pose;
    pose.at = leader_way(starts_inside ? 0 : 1);
    pose.away = !starts_inside;
    const auto move = [&](double since, double length, bool outwards) {
        const double t =
            style.reduced ? (since >= 0 ? 1.0 : 0.0) : std::clamp(since / length, 0.0, 1.0);
        const auto place = [&](double e) { return leader_way(outwards ? e : 1 - e); };
        const double e = cubic_in_out(t);
        pose.at = place(e);
        pose.at_rest = t <= 0 || t >= 1;
        pose.away = outwards ? t > 0 : t < 1;
        pose.trail.reset();
        if (!pose.at_rest && style.trails) {
            pose.trail = place(std::max(0.0, e - leader_tail));
            pose.trail_alpha = 0.8F;
        }
        if (style.reduced)
            pose.alpha = static_cast<float>(std::clamp(since / fade, 0.0, 1.0));
    };
    if (second >= settled_)
        move(second - settled_, leader_in, false);
    else if (second >= fired_ + leader_waits)
        move(second - fired_ - leader_waits, leader_out, true);
    pose.state = pose.away ? State::gone : State::at_work;
    return pose;
}

Motion::Shock Motion::shock(double second) const
{
    const double since = second - fired_ - shock_waits;
    if (!(since > 0) || since >= shock_lasts)
        return {};
    const float k = seating_.geometry().k;
    return {(shock_from + static_cast<float>(since * shock_speed)) * k,
            static_cast<float>(1 - (since + shock_waits) / (shock_waits + shock_lasts))};
}

} // namespace walkout::render
