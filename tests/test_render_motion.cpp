/// People on the move: nobody is lost, nobody crosses the boardroom, and the same second shows the
/// same picture however one gets there.

#include "tests/render_support.hpp"

#include "render/motion.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace walkout;
using namespace walkout::render;

namespace {

float distance(Point a, Point b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// A made story on the stage of the design.
struct Played {
    Story story;
    StageGeometry geometry;
    Seating seating;
    Motion motion;

    explicit Played(Trace trace, float k = 1)
        : story(std::move(trace)), geometry(stage_geometry({0, 48, 1152 * k, 704 * k}, story)),
          seating(story, geometry), motion(story, seating)
    {
    }
    explicit Played(const std::vector<int>& sizes, const Plotline& plot = {})
        : Played(made_trace(sizes, plot))
    {
    }

    Pose pose(AgentId person, double second) const { return motion.pose(person, second, {}); }
    double second(Hours time) const { return story.clock().second(time); }
    Point seat(AgentId person) const { return seating.point(seating.seat(person)); }
    Point slot(AgentId person) const { return seating.point(seating.slot(person)); }

    template <class Wanted> AgentId somebody(Wanted&& wanted) const
    {
        for (AgentId i = 0; i < story.people(); ++i)
            if (wanted(story.fate(i)))
                return i;
        FAIL("nobody like that");
        return 0;
    }
};

const Played& uproar()
{
    static const Played played(uneven_blocks(300, 9),
                               {.sign = 0.8, .leave = 0.3, .leave_again = 0.1});
    return played;
}

bool same(const Pose& a, const Pose& b)
{
    return a.state == b.state && a.at == b.at && a.size == b.size && a.trail == b.trail &&
           a.trail_alpha == b.trail_alpha && a.landing == b.landing && a.at_rest == b.at_rest &&
           a.away == b.away && a.alpha == b.alpha;
}

bool only_signs(const Fate& f)
{
    return f.signed_letter < never && f.gone == never;
}

} // namespace

TEST_CASE("At every moment all people are at their seats, in the ring, outside or on the way",
          "[render]")
{
    const Played& p = uproar();
    const Rect& dock = p.geometry.dock;
    for (int k = 0; k <= 200; ++k) {
        const double second = p.story.clock().length() * k / 200;
        const Hours time = p.story.clock().time(second);
        CAPTURE(second, time);
        int seated = 0, ring = 0, outside = 0, flying = 0;
        for (AgentId i = 0; i < p.story.people(); ++i) {
            const Pose pose = p.pose(i, second);
            if (!pose.at_rest)
                ++flying;
            else if (distance(pose.at, p.seat(i)) < 4.6F)
                ++seated;
            else if (p.story.fate(i).rank > 0 && distance(pose.at, p.slot(i)) < 0.01F)
                ++ring;
            else if (dock.contains(pose.at) && pose.at == p.seating.dock(i))
                ++outside;
            REQUIRE((pose.away || distance(pose.at, p.seat(i)) < 4.6F));
        }
        REQUIRE(seated + ring + outside + flying == static_cast<int>(p.story.people()));
    }
}

TEST_CASE("States that are drawn are those that the tally counts", "[render]")
{
    const Played& p = uproar();
    for (int k = 0; k <= 200; ++k) {
        const double second = p.story.clock().length() * k / 200;
        const Hours time = p.story.clock().time(second);
        // While the wave of the return runs, counts are ahead of the picture.
        if (time >= p.story.settled() && second < p.second(p.story.settled()) + 7.5)
            continue;
        Tally drawn;
        int left = 0;
        for (AgentId i = 0; i < p.story.people(); ++i) {
            const State state = p.pose(i, second).state;
            drawn.unsettled += state == State::unsettled ? 1 : 0;
            drawn.back += state == State::back ? 1 : 0;
            left += state == State::gone ? 1 : 0;
        }
        const Tally tally = p.story.tally(time);
        CAPTURE(second, time);
        REQUIRE(drawn.unsettled == tally.unsettled);
        REQUIRE(left == tally.gone);
        REQUIRE(drawn.back == tally.back);
    }
}

TEST_CASE("Poses are the same whatever was drawn before", "[render]")
{
    const Played& p = uproar();
    const Played again(uneven_blocks(300, 9), {.sign = 0.8, .leave = 0.3, .leave_again = 0.1});
    std::vector<double> seconds;
    for (int k = 0; k <= 60; ++k)
        seconds.push_back(p.story.clock().length() * k / 60);
    std::vector<Pose> forwards;
    for (const double second : seconds)
        for (AgentId i = 0; i < p.story.people(); ++i)
            forwards.push_back(p.pose(i, second));
    for (std::size_t k = seconds.size(); k-- > 0;)
        for (AgentId i = p.story.people(); i-- > 0;)
            REQUIRE(same(forwards[k * p.story.people() + i], again.pose(i, seconds[k])));
}

TEST_CASE("Signing is a hop from the seat over the aisle into the ring, with a landing", "[render]")
{
    const Played& p = uproar();
    const AgentId person = p.somebody(only_signs);
    const double start = p.second(p.story.fate(person).signed_letter);
    CHECK(p.pose(person, start - 0.01).state != State::signed_letter);
    CHECK(distance(p.pose(person, start).at, p.seat(person)) < 0.01F);
    const Pose middle = p.pose(person, start + 0.4);
    CHECK(middle.state == State::signed_letter);
    CHECK_FALSE(middle.at_rest);
    CHECK(middle.away);
    CHECK(middle.trail.has_value());
    CHECK(middle.size > 1.2F);
    const Polar slot = p.seating.slot(person);
    float farthest = 0;
    for (double since = 0; since < 0.95; since += 0.01)
        farthest =
            std::max(farthest, distance(p.pose(person, start + since).at, p.geometry.center));
    CHECK(farthest > slot.r + 1);
    CHECK(farthest < slot.r + 0.09F * (slot.r - p.seating.seat(person).r));
    const Pose landed = p.pose(person, start + 1.2);
    CHECK(distance(landed.at, p.slot(person)) < 0.01F);
    CHECK(landed.landing == Approx(0.5).margin(0.02));
    CHECK(p.pose(person, start + 1.5).landing == 0);
}

TEST_CASE("The way out never enters the boardroom and ends exactly in the slot", "[render]")
{
    for (const float k : {0.3F, 1.0F, 2.0F}) {
        const Played p(made_trace({40, 30, 50}, {.leave = 1, .settled = false}), k);
        for (AgentId i = 0; i < p.story.people(); ++i)
            for (const Polar from : {p.seating.seat(i), p.seating.slot(i)}) {
                const WayOut way(p.geometry, from, p.seating.dock(i));
                REQUIRE(distance(way.at(0), p.seating.point(from)) < 0.01F * k);
                REQUIRE(way.at(way.length()) == p.seating.dock(i));
                Point last = way.at(0);
                for (int s = 1; s <= 200; ++s) {
                    const Point at = way.at(way.length() * static_cast<float>(s) / 200);
                    REQUIRE(distance(at, p.geometry.center) > 90 * k);
                    REQUIRE(distance(at, last) < way.length() / 200 * 1.8F + 0.1F);
                    last = at;
                }
            }
    }
}

TEST_CASE("The way out leaves the ring only through the door", "[render]")
{
    const Played p({40, 30, 50}, {.leave = 1, .settled = false});
    const float door = p.geometry.door_degrees / 2 * 3.14159265F / 180;
    for (AgentId i = 0; i < p.story.people(); ++i) {
        const WayOut way(p.geometry, p.seating.seat(i), p.seating.dock(i));
        for (int s = 0; s <= 200; ++s) {
            const Point at = way.at(way.length() * static_cast<float>(s) / 200);
            const float r = distance(at, p.geometry.center);
            if (r > p.geometry.aisle + 1 && r < p.geometry.ring_to + 14)
                REQUIRE(std::abs(std::atan2(at.y - p.geometry.center.y,
                                            at.x - p.geometry.center.x)) < door);
        }
    }
}

TEST_CASE("Everybody takes the shorter way round to the door", "[render]")
{
    const Played p({40, 30, 50}, {.leave = 1, .settled = false});
    const StageGeometry& g = p.geometry;
    for (AgentId i = 0; i < p.story.people(); ++i) {
        const Polar seat = p.seating.seat(i);
        const float around = std::min(seat.angle, 2 * 3.14159265F - seat.angle) * g.aisle;
        const Point door{g.center.x + g.ring_to + 14, g.center.y};
        const float expected = g.aisle - seat.r + around + door.x - g.center.x - g.aisle +
                               distance(door, p.seating.dock(i));
        REQUIRE(WayOut(g, seat, p.seating.dock(i)).length() == Approx(expected).margin(0.1));
    }
}

TEST_CASE("Leaving takes longer the longer the way", "[render]")
{
    const Played& p = uproar();
    const AgentId person =
        p.somebody([](const Fate& f) { return f.gone < never && f.gone < f.back; });
    const Fate& fate = p.story.fate(person);
    const Polar from =
        fate.signed_letter < fate.gone ? p.seating.slot(person) : p.seating.seat(person);
    const double length = WayOut(p.geometry, from, p.seating.dock(person)).length();
    const double start = p.second(fate.gone), lasts = 1.1 + length / 620;
    CHECK_FALSE(p.pose(person, start + lasts - 0.01).at_rest);
    const Pose there = p.pose(person, start + lasts + 0.01);
    CHECK(there.at_rest);
    CHECK(there.at == p.seating.dock(person));
    CHECK(there.state == State::gone);
}

TEST_CASE("Signers return in a wave and are home within the beat", "[render]")
{
    const Played& p = uproar();
    const double start = p.second(p.story.settled());
    int moving = 0;
    for (AgentId i = 0; i < p.story.people(); ++i) {
        if (p.story.fate(i).back != p.story.settled())
            continue;
        CHECK(p.pose(i, start + 1.5).state == State::signed_letter);
        moving += p.pose(i, start + 3.5).at_rest ? 0 : 1;
        const Pose home = p.pose(i, start + 7.4);
        CHECK(home.state == State::back);
        CHECK(home.at_rest);
        CHECK_FALSE(home.away);
        CHECK(distance(home.at, p.seat(i)) < 0.01F);
    }
    CHECK(moving > 10);
    // The wave turns: low angles are home before high ones.
    const auto by_angle = [&](bool first) {
        AgentId best = p.somebody([&](const Fate& f) { return f.back == p.story.settled(); });
        for (AgentId i = 0; i < p.story.people(); ++i)
            if (p.story.fate(i).back == p.story.settled() &&
                (p.seating.seat(i).angle < p.seating.seat(best).angle) == first)
                best = i;
        return best;
    };
    CHECK(p.pose(by_angle(true), start + 4).state == State::back);
    CHECK(p.pose(by_angle(false), start + 4).state == State::signed_letter);
}

TEST_CASE("Who comes back from outside walks in through the door at the own moment", "[render]")
{
    const Played& p = uproar();
    const AgentId person = p.somebody([](const Fate& f) { return f.came_back; });
    const double start = p.second(p.story.fate(person).back);
    CHECK(p.pose(person, start - 0.01).at == p.seating.dock(person));
    const Pose way = p.pose(person, start + 1);
    CHECK(way.state == State::back);
    CHECK_FALSE(way.at_rest);
    CHECK(distance(p.pose(person, start + 4).at, p.seat(person)) < 0.01F);
}

TEST_CASE("Who leaves after the return starts from the seat", "[render]")
{
    const Played& p = uproar();
    const AgentId person =
        p.somebody([](const Fate& f) { return f.back < f.gone && f.gone < never; });
    const double start = p.second(p.story.fate(person).gone);
    const Pose leaving = p.pose(person, start + 0.01);
    CHECK(leaving.state == State::gone);
    CHECK(distance(leaving.at, p.seat(person)) < 3);
    CHECK(p.pose(person, start + 5).at == p.seating.dock(person));
}

TEST_CASE("Signers of the side that did not ask for the leader return too", "[render]")
{
    Trace trace = made_trace({60, 60});
    for (Change& change : trace.changes)
        change.side = Pole::minus;
    std::get<Petition>(trace.events.back().effects.front()).pole = Pole::minus;
    trace.conceded_to = Pole::minus;
    const Played p(std::move(trace));
    const AgentId person =
        p.somebody([](const Fate& f) { return only_signs(f) && f.back < never; });
    CHECK(p.pose(person, p.second(30) + 7.4).state == State::back);
    CHECK(p.motion.leader(p.story.clock().length(), {}).away);
}

TEST_CASE("The return is a wave also when the leader is back already", "[render]")
{
    Trace trace = made_trace({60, 60});
    trace.events.push_back({.time = 25,
                            .headline = "The CEO is back by the script",
                            .kind = "recorded",
                            .effects = {Reinstate{}}});
    const Played p(std::move(trace));
    CHECK(p.story.settled() == 25);
    const AgentId person =
        p.somebody([](const Fate& f) { return only_signs(f) && f.back < never; });
    CHECK(p.pose(person, p.second(30) + 1.5).state == State::signed_letter);
    CHECK(p.pose(person, p.second(30) + 7.4).state == State::back);
}

// ---------------------------------------------------------------- leader and shock

TEST_CASE("The leader walks out after the dismissal, stays outside, and walks in again", "[render]")
{
    const Played& p = uproar();
    const double fired = p.second(0), back = p.second(30);
    const Point center = p.geometry.center;
    CHECK(p.motion.leader(fired + 0.49, {}).at == center);
    const Pose out = p.motion.leader(fired + 1.6, {});
    CHECK_FALSE(out.at_rest);
    CHECK(out.trail.has_value());
    const Pose outside = p.motion.leader(fired + 2.8, {});
    CHECK(outside.at_rest);
    CHECK(p.geometry.dock.contains(outside.at));
    CHECK(p.motion.leader(back - 0.1, {}).at == outside.at);
    CHECK_FALSE(p.motion.leader(back + 0.9, {}).at_rest);
    CHECK(distance(p.motion.leader(back + 1.9, {}).at, center) < 0.01F);
}

TEST_CASE("The leader leaves and enters by the door", "[render]")
{
    const Played& p = uproar();
    for (double since = 0; since < 3; since += 0.02) {
        const Point at = p.motion.leader(p.second(0) + since, {}).at;
        if (distance(at, p.geometry.center) < p.geometry.ring_to)
            REQUIRE(std::abs(at.y - p.geometry.center.y) < 1);
    }
}

TEST_CASE("A leader who is never dismissed stays, one out of office is outside", "[render]")
{
    Trace trace = made_trace({20}, {.settled = false});
    trace.events.erase(trace.events.begin());
    const Played stays(trace);
    trace.in_office[index_of(Pole::plus)] = false;
    const Played outside(trace);
    for (const double share : {0.0, 0.5, 1.0}) {
        CHECK(stays.motion.leader(share * stays.story.clock().length(), {}).at ==
              stays.geometry.center);
        CHECK(outside.motion.leader(share * outside.story.clock().length(), {}).away);
        CHECK(stays.motion.shock(share * stays.story.clock().length()).strength == 0);
    }
}

TEST_CASE("The shock of the dismissal runs outwards and shifts seats by a few pixels", "[render]")
{
    const Played& p = uproar();
    const double fired = p.second(0);
    CHECK(p.motion.shock(fired + 0.2).strength == 0);
    const Motion::Shock early = p.motion.shock(fired + 0.5), late = p.motion.shock(fired + 1.5);
    CHECK(late.r - early.r == Approx(175).margin(0.5));
    CHECK(early.strength > late.strength);
    CHECK(p.motion.shock(fired + 2.4).strength == 0);
    float most = 0;
    for (AgentId i = 0; i < p.story.people(); ++i)
        for (double since = 0; since < 2.3; since += 0.05) {
            const Pose pose = p.pose(i, fired + since);
            const float shift = distance(pose.at, p.seat(i));
            REQUIRE(shift <= 4.5F);
            REQUIRE(distance(pose.at, p.geometry.center) >= p.seating.seat(i).r - 0.01F);
            most = std::max(most, shift);
        }
    CHECK(most > 2);
    for (AgentId i = 0; i < p.story.people(); ++i)
        REQUIRE(distance(p.pose(i, fired + 2.5).at, p.seat(i)) < 0.01F);
}

TEST_CASE("Who is unsettled by the dismissal itself hears of it as the wave arrives", "[render]")
{
    Trace trace = made_trace({100, 100});
    for (Change& change : trace.changes)
        if (change.to == Stance::posted)
            change.time = 0;
    const Played p(std::move(trace));
    const auto unsettled = [&](double since) {
        int count = 0;
        for (AgentId i = 0; i < p.story.people(); ++i)
            count += p.pose(i, p.second(0) + since).state == State::unsettled ? 1 : 0;
        return count;
    };
    CHECK(unsettled(0.2) == 0);
    CHECK(unsettled(0.7) > 20);
    CHECK(unsettled(0.7) < 180);
    CHECK(unsettled(1.2) == 200);
}

// ---------------------------------------------------------------- styles

TEST_CASE("With reduced motion nobody flies: marks fade in at their new places", "[render]")
{
    const Played& p = uproar();
    const MotionStyle reduced{.reduced = true};
    const AgentId person = p.somebody(only_signs);
    const double start = p.second(p.story.fate(person).signed_letter);
    const Pose fading = p.motion.pose(person, start + 0.06, reduced);
    CHECK(distance(fading.at, p.slot(person)) < 0.01F);
    CHECK(fading.alpha == Approx(0.5).margin(0.01));
    CHECK(p.motion.pose(person, start + 0.13, reduced).alpha == 1);
    for (int k = 0; k <= 100; ++k)
        for (AgentId i = 0; i < p.story.people(); ++i) {
            const Pose pose = p.motion.pose(i, p.story.clock().length() * k / 100, reduced);
            REQUIRE(pose.at_rest);
            REQUIRE_FALSE(pose.trail);
            REQUIRE(pose.size == 1);
        }
    CHECK(p.motion.leader(p.second(0) + 0.7, reduced).at_rest);
}

TEST_CASE("Rings, tails and changes of size can be left out, one by one", "[render]")
{
    const Played& p = uproar();
    const AgentId person = p.somebody(only_signs);
    const double start = p.second(p.story.fate(person).signed_letter);
    CHECK(p.motion.pose(person, start + 1.2, {.rings = false}).landing == 0);
    CHECK_FALSE(p.motion.pose(person, start + 0.4, {.trails = false}).trail);
    CHECK(p.motion.pose(person, start + 0.4, {.trails = false}).size > 1);
    CHECK(p.motion.pose(person, start + 0.4, {.bumps = false}).size == 1);
    CHECK(p.motion.pose(person, start + 0.4, {.bumps = false}).at ==
          p.motion.pose(person, start + 0.4, {}).at);
}
