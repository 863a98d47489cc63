#include "render/quads.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

/// Half the width of the fading edge, pixels: a pixel whose middle lies on the edge is half
/// covered.
constexpr float soft = 0.5F;

Point operator+(Point a, Point b)
{
    return {a.x + b.x, a.y + b.y};
}
Point operator-(Point a, Point b)
{
    return {a.x - b.x, a.y - b.y};
}
Point operator-(Point a)
{
    return {-a.x, -a.y};
}
Point operator*(Point a, float k)
{
    return {a.x * k, a.y * k};
}
float dot(Point a, Point b)
{
    return a.x * b.x + a.y * b.y;
}
float cross(Point a, Point b)
{
    return a.x * b.y - a.y * b.x;
}
float length(Point a)
{
    return std::sqrt(dot(a, a));
}

/// Of length 1.
Point direction(Point from, Point to)
{
    const Point way = to - from;
    const float size = length(way);
    return size > 0 ? way * (1 / size) : Point{1, 0};
}

/// To the left of somebody who walks that way, y pointing down.
Point left_of(Point way)
{
    return {way.y, -way.x};
}

Point on_circle(float angle)
{
    return {std::cos(angle), std::sin(angle)};
}

/// The `i`th of `n` steps from `from` to `to`.
float stepped(float from, float to, int i, int n)
{
    return from + (to - from) * static_cast<float>(i) / static_cast<float>(n);
}

/// How far straight pieces may leave the curve they stand for, pixels.
constexpr float tolerance = 0.1F;

/// Into how many straight pieces an arc is cut.
int pieces(float r, float angle)
{
    const float step = 2 * std::acos(1 - std::min(tolerance / std::max(r, 0.1F), 1.F));
    return std::max(1, static_cast<int>(std::ceil(std::abs(angle) / step)));
}

/// How opaque something is that may be thinner than its fading edges are wide.
Color thinned(Color color, float width)
{
    return width >= 2 * soft ? color
                             : color.faded(static_cast<double>(2 * width / (width + 2 * soft)));
}

/// Offsets of the rails from the middle for a ribbon of some width.
struct Rails {
    float inner, outer;

    explicit Rails(float width) : inner(std::max(width / 2 - soft, 0.F)), outer(width / 2 + soft) {}
};

std::array<Color, 4> rail_colors(Color left, Color right)
{
    return {left.faded(0), left, right, right.faded(0)};
}

Station station(Point at, Point left, Point right, const Rails& rails, Color color)
{
    return {{at + left * rails.outer, at + left * rails.inner, at + right * rails.inner,
             at + right * rails.outer},
            rail_colors(color, color)};
}

Station shifted(Station s, Point by)
{
    for (Point& rail : s.rails)
        rail = rail + by;
    return s;
}

Station clear(Station s)
{
    for (Color& color : s.colors)
        color.a = 0;
    return s;
}

Point middle(const Station& s)
{
    return (s.rails[1] + s.rails[2]) * 0.5F;
}

/// To the left at a corner, so long that both sides are at a distance of 1.
Point miter_at(Point before, Point at, Point after)
{
    constexpr float longest = 3;
    const Point in = left_of(direction(before, at)), out = left_of(direction(at, after));
    const Point sum = in + out;
    const float square = dot(sum, sum);
    return square < 4 / (longest * longest) ? in : sum * (2 / square);
}

/// The same around a closed line.
Point miter_around(std::span<const Point> points, std::size_t i)
{
    const std::size_t n = points.size();
    return miter_at(points[(i + n - 1) % n], points[i % n], points[(i + 1) % n]);
}

float signed_area(std::span<const Point> points)
{
    float twice = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        twice += cross(points[i], points[(i + 1) % points.size()]);
    return twice / 2;
}

/// Without points so close to the one before that no direction can be told.
std::vector<Point> distinct(std::span<const Point> points)
{
    constexpr float same = 0.2F;
    std::vector<Point> kept;
    kept.reserve(points.size());
    for (const Point p : points)
        if (kept.empty() || length(p - kept.back()) > same)
            kept.push_back(p);
    return kept;
}

/// Which points of a line of `n` points to keep: the first, the last and those between without
/// which `leaves(from, to, i)`, how far point i is off the way from one kept point to the next, is
/// large.
std::vector<std::size_t> needed(std::size_t n, auto leaves)
{
    constexpr std::size_t longest = 32; // so that long straight lines do not take long
    std::vector<std::size_t> kept{0};
    for (std::size_t to = 2; to < n; ++to) {
        const std::size_t from = kept.back();
        bool straight = to - from <= longest;
        for (std::size_t i = from + 1; straight && i < to; ++i)
            straight = leaves(from, to, i) < tolerance;
        if (!straight)
            kept.push_back(to - 1);
    }
    kept.push_back(n - 1);
    return kept;
}

/// How far a point is off the straight line through two others.
float off_line(Point from, Point to, Point p)
{
    return std::abs(cross(direction(from, to), p - from));
}

/// Without the points that a straight line passes anyway.
std::vector<Point> simplified(std::span<const Point> points)
{
    std::vector<Point> kept;
    for (const std::size_t i : needed(points.size(), [&](auto from, auto to, auto between) {
             return off_line(points[from], points[to], points[between]);
         }))
        kept.push_back(points[i]);
    return kept;
}

/// Where an area begins and ends at one x.
struct Slice {
    Point upper, lower;
    Color upper_color, lower_color;

    float depth() const { return std::max(lower.y - upper.y, 0.F); }
    /// Not deep enough to be opaque between its soft edges.
    bool thin() const { return depth() < 2 * soft; }

    /// A cross-section, given the directions out of the area.
    Station station(Point up, Point down) const
    {
        Station s{{upper + up * soft, upper - up * soft, lower - down * soft, lower + down * soft},
                  rail_colors(upper_color, lower_color)};
        if (!thin())
            return s;
        s.rails[1] = s.rails[2] = (upper + lower) * 0.5F;
        for (Color& color : s.colors)
            color = thinned(color, depth());
        return s;
    }
};

/// Between a thin slice and one that is not, where the area becomes thin.
Slice just_thick(const Slice& a, const Slice& b)
{
    const float share = (2 * soft - a.depth()) / (b.depth() - a.depth());
    const auto color = [t = static_cast<double>(share)](Color x, Color y) { return mix(x, y, t); };
    return {a.upper + (b.upper - a.upper) * share, a.lower + (b.lower - a.lower) * share,
            color(a.upper_color, b.upper_color), color(a.lower_color, b.lower_color)};
}

/// Clockwise from where cairo begins, so that dashes fall on the same places.
std::vector<Point> outline(const Rect& r, float radius)
{
    const float right = r.x + r.w, bottom = r.y + r.h;
    if (radius <= 0)
        return {{r.x, r.y}, {right, r.y}, {right, bottom}, {r.x, bottom}};
    constexpr float quarter = full_turn / 4;
    const std::array<Point, 4> centers = {{{right - radius, r.y + radius},
                                           {right - radius, bottom - radius},
                                           {r.x + radius, bottom - radius},
                                           {r.x + radius, r.y + radius}}};
    const int n = std::max(2, pieces(radius, quarter));
    std::vector<Point> points;
    float start = -quarter;
    for (const Point center : centers) {
        for (int i = 0; i <= n; ++i)
            points.push_back(center + on_circle(stepped(start, start + quarter, i, n)) * radius);
        start += quarter;
    }
    points = distinct(points);
    if (length(points.front() - points.back()) < 0.2F)
        points.pop_back();
    return points;
}

/// Calls with the ends of each dash along a line of some length.
void each_dash(float size, Dash dash, auto draw_piece)
{
    if (size <= 0)
        return;
    if (dash.solid()) {
        draw_piece(0.F, size);
        return;
    }
    const float period = std::max(dash.on + dash.off, 0.1F);
    const int n = static_cast<int>(std::ceil(size / period));
    for (int i = 0; i < n; ++i) {
        const float from = static_cast<float>(i) * period;
        draw_piece(from, std::min(from + dash.on, size));
    }
}

/// Stations around a corner: rails meet on the inside and run in an arc on the outside.
void join(Point before, Point at, Point after, auto add)
{
    constexpr float nearly_straight = 0.94F, step = 0.4F;
    const Point in = direction(before, at), out = direction(at, after);
    const Point miter = miter_at(before, at, after);
    if (dot(in, out) > nearly_straight) {
        add(at, miter, -miter);
        return;
    }
    const float turn = std::atan2(cross(in, out), dot(in, out));
    const int n = std::max(1, static_cast<int>(std::ceil(std::abs(turn) / step)));
    const Point start = left_of(in);
    const float angle = std::atan2(start.y, start.x);
    for (int i = 0; i <= n; ++i) {
        const Point left = on_circle(stepped(angle, angle + turn, i, n));
        if (turn > 0)
            add(at, left, -miter);
        else
            add(at, miter, -left);
    }
}

/// Distances along a line.
class Measured {
public:
    explicit Measured(std::span<const Point> points) : points_(points)
    {
        along_.reserve(points.size());
        along_.push_back(0);
        for (std::size_t i = 1; i < points.size(); ++i)
            along_.push_back(along_.back() + length(points[i] - points[i - 1]));
    }

    float size() const { return along_.back(); }

    /// The points from one distance to another.
    std::vector<Point> piece(float from, float to) const
    {
        std::size_t next = after(from);
        std::vector<Point> points{at(from, next)};
        for (; next < points_.size() && along_[next] < to; ++next)
            points.push_back(points_[next]);
        points.push_back(at(to, std::min(next, points_.size() - 1)));
        return distinct(points);
    }

private:
    std::size_t after(float distance) const
    {
        const auto next = std::upper_bound(along_.begin() + 1, along_.end() - 1, distance);
        return static_cast<std::size_t>(next - along_.begin());
    }
    Point at(float distance, std::size_t next) const
    {
        const float share = (distance - along_[next - 1]) / (along_[next] - along_[next - 1]);
        return points_[next - 1] + (points_[next] - points_[next - 1]) * share;
    }

    std::span<const Point> points_;
    std::vector<float> along_;
};

} // namespace

void Quads::quad(const std::array<Point, 4>& corners, const std::array<Color, 4>& colors)
{
    for (std::size_t i = 0; i < 4; ++i)
        vertices.push_back({corners[i], colors[i], Atlas::white});
}

void Quads::strip(std::span<const Station> stations)
{
    for (std::size_t i = 1; i < stations.size(); ++i) {
        const Station &a = stations[i - 1], &b = stations[i];
        for (std::size_t k = 0; k < 3; ++k)
            if (a.rails[k] != a.rails[k + 1] || b.rails[k] != b.rails[k + 1])
                quad({a.rails[k], a.rails[k + 1], b.rails[k + 1], b.rails[k]},
                     {a.colors[k], a.colors[k + 1], b.colors[k + 1], b.colors[k]});
    }
}

/// With soft ends, which fade out in the directions `start` (backward) and `end`.
void Quads::ribbon(std::span<const Station> stations, Point start, Point end)
{
    Station first = stations.front(), last = stations.back();
    float inward = soft;
    if (stations.size() == 2) { // a dash may be shorter than its soft ends
        const float size = length(middle(last) - middle(first));
        inward = std::min(soft, size / 2);
        for (Station* s : {&first, &last})
            for (Color& color : s->colors)
                color = thinned(color, size);
    }
    std::vector<Station> all;
    all.reserve(stations.size() + 2);
    all.push_back(clear(shifted(first, start * -soft)));
    all.push_back(shifted(first, start * inward));
    all.insert(all.end(), stations.begin() + 1, stations.end() - 1);
    all.push_back(shifted(last, end * -inward));
    all.push_back(clear(shifted(last, end * soft)));
    strip(all);
}

void Quads::closed_ribbon(std::span<const Point> points, float width, Color color)
{
    const Rails rails(width);
    std::vector<Station> stations;
    for (std::size_t i = 0; i <= points.size(); ++i) {
        const Point miter = miter_around(points, i);
        stations.push_back(
            station(points[i % points.size()], miter, -miter, rails, thinned(color, width)));
    }
    strip(stations);
}

/// Points are distinct and at least two.
void Quads::polyline(std::span<const Point> points, float width, Color color)
{
    const Rails rails(width);
    std::vector<Station> stations;
    const auto add = [&, solid = thinned(color, width)](Point at, Point left, Point right) {
        stations.push_back(station(at, left, right, rails, solid));
    };
    const Point first = direction(points[0], points[1]);
    const Point last = direction(points[points.size() - 2], points.back());
    add(points[0], left_of(first), -left_of(first));
    for (std::size_t i = 1; i + 1 < points.size(); ++i)
        join(points[i - 1], points[i], points[i + 1], add);
    add(points.back(), left_of(last), -left_of(last));
    ribbon(stations, first, last);
}

void Quads::dashed(std::span<const Point> points, float width, Color color, Dash dash)
{
    const Measured measured(points);
    each_dash(measured.size(), dash, [&](float from, float to) {
        const std::vector<Point> piece = measured.piece(from, to);
        if (piece.size() > 1)
            polyline(simplified(piece), width, color);
    });
}

void Quads::rectangle(const Rect& r, Color color)
{
    quad({Point{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}},
         {color, color, color, color});
}

void Quads::box(const Rect& r, float radius, Color color)
{
    polygon(outline(r, radius), color);
}

void Quads::border(const Rect& r, float radius, float width, Color color, Dash dash)
{
    std::vector<Point> points = outline(r, radius);
    if (dash.solid()) {
        closed_ribbon(points, width, color);
        return;
    }
    points.push_back(points.front());
    dashed(points, width, color, dash);
}

void Quads::disc(Point at, float r, Color color)
{
    const int n = std::max(8, pieces(r, full_turn));
    std::vector<Point> points;
    for (int i = 0; i < n; ++i)
        points.push_back(at + on_circle(stepped(0, full_turn, i, n)) * r);
    polygon(points, color);
}

void Quads::glow(Point at, float r, Color color)
{
    const int n = 2 * std::max(12, pieces(r, full_turn) / 2);
    const auto rim = [&](int i) { return at + on_circle(stepped(0, full_turn, i, n)) * r; };
    const Color none = color.faded(0);
    for (int i = 0; i < n; i += 2)
        quad({at, rim(i), rim(i + 1), rim(i + 2)}, {color, none, none, none});
}

void Quads::polygon(std::span<const Point> points, Color color)
{
    const std::size_t n = points.size();
    if (n < 3)
        return;
    const float outward = signed_area(points) > 0 ? soft : -soft;
    std::vector<Point> inner, outer;
    for (std::size_t i = 0; i < n; ++i) {
        const Point miter = miter_around(points, i) * outward;
        inner.push_back(points[i] - miter);
        outer.push_back(points[i] + miter);
    }
    for (std::size_t i = 1; i + 1 < n; i += 2)
        quad({inner[0], inner[i], inner[i + 1], inner[std::min(i + 2, n - 1)]},
             {color, color, color, color});
    const Color none = color.faded(0);
    for (std::size_t i = 0; i < n; ++i)
        quad({inner[i], inner[(i + 1) % n], outer[(i + 1) % n], outer[i]},
             {color, color, none, none});
}

void Quads::arc(Point at, float r, float from, float to, float width, Color color, Dash dash)
{
    const Rails rails(width);
    const Color solid = thinned(color, width);
    const auto at_angle = [&](float angle) {
        const Point out = on_circle(angle);
        const auto rail = [&](float offset) { return at + out * std::max(r + offset, 0.F); };
        return Station{
            {rail(rails.outer), rail(rails.inner), rail(-rails.inner), rail(-rails.outer)},
            rail_colors(solid, solid)};
    };
    const bool closed = dash.solid() && to - from >= full_turn - 1e-4F;
    each_dash((to - from) * r, dash, [&](float start, float end) {
        const float first = from + start / r, last = from + end / r;
        const int n = pieces(r + width / 2, last - first);
        std::vector<Station> stations;
        stations.reserve(static_cast<std::size_t>(n) + 1);
        for (int i = 0; i <= n; ++i)
            stations.push_back(at_angle(stepped(first, last, i, n)));
        if (closed)
            strip(stations);
        else
            ribbon(stations, -left_of(on_circle(first)), -left_of(on_circle(last)));
    });
}

void Quads::line(Point from, Point to, float width, Color start, Color end, Dash dash)
{
    const Rails rails(width);
    const Point way = direction(from, to);
    const float size = length(to - from);
    const auto at = [&](float along) {
        const Color color = mix(start, end, static_cast<double>(along / size));
        return station(from + way * along, left_of(way), -left_of(way), rails,
                       thinned(color, width));
    };
    each_dash(size, dash, [&](float first, float last) {
        ribbon(std::array{at(first), at(last)}, way, way);
    });
}

void Quads::path(std::span<const Point> points, float width, Color color, Dash dash)
{
    const std::vector<Point> clean = distinct(points);
    if (clean.size() < 2)
        return;
    if (dash.solid())
        polyline(simplified(clean), width, color);
    else
        dashed(clean, width, color, dash);
}

void Quads::area(std::span<const Point> upper, std::span<const Point> lower,
                 std::span<const Color> upper_colors, std::span<const Color> lower_colors)
{
    const auto leaves = [&](std::size_t from, std::size_t to, std::size_t i) {
        return std::max(off_line(upper[from], upper[to], upper[i]),
                        off_line(lower[from], lower[to], lower[i]));
    };
    std::vector<Slice> slices;
    for (const std::size_t i : needed(upper.size(), leaves)) {
        const Slice next{upper[i], lower[i], upper_colors[i], lower_colors[i]};
        if (!slices.empty() && slices.back().thin() != next.thin())
            slices.push_back(just_thick(slices.back(), next));
        slices.push_back(next);
    }
    std::vector<Station> stations;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const Slice &before = slices[i > 0 ? i - 1 : 0],
                    &after = slices[std::min(i + 1, slices.size() - 1)];
        stations.push_back(slices[i].station(left_of(direction(before.upper, after.upper)),
                                             left_of(direction(after.lower, before.lower))));
    }
    ribbon(stations, {1, 0}, {1, 0});
}

void Quads::stamp(const Atlas::Slot& slot, int x, int y, Color color)
{
    const auto corner = [&](int dx, int dy) {
        vertices.push_back(
            {{static_cast<float>(x + slot.left + dx), static_cast<float>(y + slot.top + dy)},
             color,
             {static_cast<float>(slot.x + dx), static_cast<float>(slot.y + dy)}});
    };
    corner(0, 0);
    corner(slot.width, 0);
    corner(slot.width, slot.height);
    corner(0, slot.height);
}

} // namespace walkout::render
