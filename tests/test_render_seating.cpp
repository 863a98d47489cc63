/// Places of people: apart from each other, inside their sectors, the same in every run.

#include "tests/render_support.hpp"

#include "render/seating.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace walkout;
using namespace walkout::render;

namespace {

constexpr Rect design{0, 48, 1152, 704};

float distance(Point a, Point b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// Smallest distance between two of many points; a grid keeps it quick.
float closest(const std::vector<Point>& points, float cell)
{
    std::map<std::pair<int, int>, std::vector<Point>> grid;
    const auto cell_of = [&](Point p) {
        return std::pair{static_cast<int>(std::floor(p.x / cell)),
                         static_cast<int>(std::floor(p.y / cell))};
    };
    float least = cell;
    for (const Point p : points) {
        const auto [x, y] = cell_of(p);
        for (int dx = -1; dx <= 1; ++dx)
            for (int dy = -1; dy <= 1; ++dy)
                if (const auto near = grid.find({x + dx, y + dy}); near != grid.end())
                    for (const Point other : near->second)
                        least = std::min(least, distance(p, other));
        grid[{x, y}].push_back(p);
    }
    return least;
}

std::vector<Point> seats(const Story& story, const Seating& seating)
{
    std::vector<Point> points;
    for (AgentId i = 0; i < story.people(); ++i)
        points.push_back(seating.point(seating.seat(i)));
    return points;
}

std::vector<Point> slots(const Story& story, const Seating& seating)
{
    std::vector<Point> points;
    for (AgentId i = 0; i < story.people(); ++i)
        if (story.fate(i).rank > 0)
            points.push_back(seating.point(seating.slot(i)));
    return points;
}

struct Made {
    Story story;
    StageGeometry geometry;
    Seating seating;

    explicit Made(const std::vector<int>& sizes, const Plotline& plot = {.sign = 1},
                  Rect stage = design)
        : story(made_trace(sizes, plot)), geometry(stage_geometry(stage, story)),
          seating(story, geometry)
    {
    }
};

void check_layout(const Made& made)
{
    const StageGeometry& g = made.geometry;
    const float r = made.seating.dot();
    const float slack = 1e-3F * g.k;
    CHECK(closest(seats(made.story, made.seating), 4 * r) >= 1.9F * r);
    CHECK(closest(slots(made.story, made.seating), 4 * r) >= 1.9F * r);
    for (AgentId i = 0; i < made.story.people(); ++i) {
        const SectorSpan& sector = made.seating.sectors()[made.story.block_of(i)];
        const Polar seat = made.seating.seat(i);
        REQUIRE(seat.angle > sector.from);
        REQUIRE(seat.angle < sector.to);
        REQUIRE(seat.r >= g.seats_from - slack);
        REQUIRE(seat.r <= g.seats_to + slack);
        if (made.story.fate(i).rank == 0)
            continue;
        const Polar slot = made.seating.slot(i);
        REQUIRE(slot.angle > sector.from);
        REQUIRE(slot.angle < sector.to);
        REQUIRE(slot.r >= g.ring_from - slack);
        REQUIRE(slot.r <= g.ring_to + slack);
    }
}

} // namespace

TEST_CASE("Seats and slots keep apart, inside the sector of their block", "[render]")
{
    for (const int people : {1, 2, 7, 8, 9, 20, 50, 100, 151, 770, 2500, 20000})
        for (const int blocks : {1, 2, 5, 15, 24, 40, 60}) {
            if (blocks > people)
                continue;
            CAPTURE(people, blocks);
            check_layout(Made(uneven_blocks(people, blocks)));
        }
}

TEST_CASE("Teams of every size up to sixty find seats beside each other", "[render]")
{
    std::vector<int> sizes(60);
    std::iota(sizes.begin(), sizes.end(), 1);
    check_layout(Made(sizes));
    check_layout(Made({1, 1, 1, 1, 500}));
    check_layout(Made({8, 9, 7, 10}));
}

TEST_CASE("Forty thousand people have places inside their sectors", "[render]")
{
    check_layout(Made(uneven_blocks(40000, 40)));
}

TEST_CASE("Everything keeps its proportions on small and large stages", "[render]")
{
    const std::vector<int> sizes = uneven_blocks(770, 15);
    const Made reference(sizes);
    for (const float k : {0.3F, 0.75F, 2.0F}) {
        const Made made(sizes, {.sign = 1}, {10, 20, 1152 * k, 704 * k});
        CHECK(made.geometry.k == Approx(k));
        CHECK(made.seating.dot() == Approx(reference.seating.dot() * k).epsilon(0.02));
        check_layout(made);
        const float right = made.geometry.dock.x + made.geometry.dock.w;
        CHECK(right == Approx(10 + 1152 * k - 20 * k));
    }
}

TEST_CASE("Nothing of the ring leaves the stage or meets the dock", "[render]")
{
    for (const Rect stage :
         {design, Rect{0, 48, 1152, 1200}, Rect{0, 48, 900, 500}, Rect{0, 48, 2000, 700}}) {
        const Made made({100, 50}, {}, stage);
        const StageGeometry& g = made.geometry;
        CHECK(g.center.x + g.labels < g.dock.x);
        CHECK(g.center.x - g.labels > stage.x);
        CHECK(g.center.y - g.labels > stage.y);
        CHECK(g.center.y + g.labels < stage.y + stage.h);
        CHECK(g.dock.y > stage.y);
        CHECK(g.dock.y + g.dock.h < stage.y + stage.h);
    }
}

TEST_CASE("Marks have the sizes of the design", "[render]")
{
    CHECK(Made(uneven_blocks(770, 15)).seating.dot() == Approx(4.3).margin(0.2));
    CHECK(Made({14, 12, 13, 6, 5}).seating.dot() == Approx(9.3).margin(0.8));
    CHECK(Made(uneven_blocks(20000, 24)).seating.dot() == Approx(0.83).margin(0.05));
    CHECK(Made({1}).seating.dot() <= 11);
}

TEST_CASE("Sectors are as wide as their blocks are large, clockwise, apart from the door",
          "[render]")
{
    const Made made({100, 50, 200});
    const auto& sectors = made.seating.sectors();
    REQUIRE(sectors.size() == 3);
    const auto width = [&](std::size_t b) { return sectors[b].to - sectors[b].from; };
    CHECK(width(0) == Approx(2 * width(1)));
    CHECK(width(2) == Approx(4 * width(1)));
    const float door = made.geometry.door_degrees * 3.14159265F / 180;
    CHECK(sectors.front().from == Approx(door / 2));
    CHECK(sectors.back().to == Approx(2 * 3.14159265F - door / 2).epsilon(1e-4));
    CHECK(sectors[0].to < sectors[1].from);
}

TEST_CASE("Even a team of one among thousands has four degrees", "[render]")
{
    const Made made({1, 2499});
    const auto& sector = made.seating.sectors().front();
    CHECK((sector.to - sector.from) * 180 / 3.14159265F == Approx(4).margin(0.01));
}

TEST_CASE("Leads sit nearest the board", "[render]")
{
    const Made made({100, 60});
    const auto& levels = made.story.trace().organization->level;
    for (const Block& block : made.story.blocks())
        for (std::size_t i = 1; i < block.people.size(); ++i) {
            const AgentId before = block.people[i - 1], after = block.people[i];
            if (levels[before] > levels[after])
                REQUIRE(made.seating.seat(before).r <= made.seating.seat(after).r);
        }
    CHECK(made.seating.dot(0) == Approx(1.36 * made.seating.dot()));
}

TEST_CASE("Seats do not depend on what people do", "[render]")
{
    const std::vector<int> sizes = uneven_blocks(300, 9);
    const Made one(sizes, {.sign = 0.9, .seed = 1});
    const Made other(sizes, {.sign = 0.2, .leave = 0.6, .settled = false, .seed = 2});
    CHECK(one.seating.dot() == other.seating.dot());
    for (AgentId i = 0; i < one.story.people(); ++i) {
        REQUIRE(one.seating.seat(i).r == other.seating.seat(i).r);
        REQUIRE(one.seating.seat(i).angle == other.seating.seat(i).angle);
    }
}

TEST_CASE("The ring fills from the inside out, in the order of signing", "[render]")
{
    const Made made(uneven_blocks(770, 15), {.sign = 0.6});
    for (const Block& block : made.story.blocks()) {
        std::vector<AgentId> signers;
        for (const AgentId person : block.people)
            if (made.story.fate(person).rank > 0)
                signers.push_back(person);
        std::ranges::sort(signers, {}, [&](AgentId i) { return made.story.fate(i).rank; });
        for (std::size_t k = 1; k < signers.size(); ++k)
            REQUIRE(made.seating.slot(signers[k - 1]).r <= made.seating.slot(signers[k]).r);
    }
}

TEST_CASE("All who leave have a place of their own outside, clear of the leader", "[render]")
{
    for (const int people : {50, 770, 20000}) {
        const Made made(uneven_blocks(people, 5), {.leave = 1, .settled = false});
        const Rect& dock = made.geometry.dock;
        std::vector<Point> places;
        for (AgentId i = 0; i < made.story.people(); ++i) {
            const Point at = made.seating.dock(i);
            REQUIRE(dock.contains(at));
            REQUIRE(distance(at, {dock.x + dock.w / 2, dock.y + 40}) >= 33.9F);
            places.push_back(at);
        }
        CAPTURE(people);
        CHECK(closest(places, 2 * made.seating.dock_pitch()) >= 0.99F * made.seating.dock_pitch());
    }
}

TEST_CASE("Few who leave stand as close as marks of their size may", "[render]")
{
    const Plotline few{.leave = 0.02, .settled = false};
    for (const int people : {50, 770, 20000}) {
        const Made made(uneven_blocks(people, 10), few);
        CAPTURE(people);
        CHECK(made.seating.dock_pitch() > 2.2F * made.seating.dot());
        CHECK(made.seating.dock_pitch() < std::max(3.1F, 3 * made.seating.dot()));
    }
}

TEST_CASE("Places outside fill from the door", "[render]")
{
    const Made made({100}, {.leave = 0.5, .settled = false});
    std::vector<AgentId> leavers;
    for (AgentId i = 0; i < made.story.people(); ++i)
        if (made.story.fate(i).gone < never)
            leavers.push_back(i);
    std::ranges::sort(leavers, {}, [&](AgentId i) { return made.story.fate(i).gone; });
    const Point first = made.seating.dock(leavers.front()),
                last = made.seating.dock(leavers.back());
    CHECK(std::abs(first.y - made.geometry.center.y) < made.seating.dock_pitch());
    CHECK(first.x - made.geometry.dock.x < 2 * made.seating.dock_pitch());
    const Point door{made.geometry.dock.x, made.geometry.center.y};
    CHECK(distance(last, door) > 2 * distance(first, door));
}
