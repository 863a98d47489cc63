#include "render/chrome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

constexpr Hours before_letter = 4, after_letter = 22;
constexpr int curve_points = 240;

/// What the curve counts: names under the letter; people gone where there is no letter.
struct Series {
    const std::vector<Hours>& moments;
    bool letter = true;

    double at(Hours time) const
    {
        return static_cast<double>(std::upper_bound(moments.begin(), moments.end(), time) -
                                   moments.begin());
    }
};

Series series_of(const Story& story)
{
    const bool letter = story.letter_opened() < never;
    return {letter ? story.signings() : story.departures(), letter};
}

Color series_color(const Palette& c, const Series& series)
{
    return series.letter ? c.signed_letter : c.gone;
}

/// The hours around the letter, from and to a round time of day; the whole story without one.
std::pair<Hours, Hours> hours_shown(const Story& story)
{
    const StoryClock& clock = story.clock();
    const Hours opened = story.letter_opened();
    if (opened == never) {
        return {clock.begin(), clock.end()};
    }
    const Hours from = std::max(clock.begin(), opened - before_letter);
    const Hours to = std::min(clock.end(), opened + after_letter);
    const Hours step = nice_hours(to - from, 7);
    const Hours midnight = -story.hour_of_day(0);
    const auto snapped = [&](Hours time, auto round) {
        return midnight + step * round((time - midnight) / step);
    };
    return {std::max(clock.begin(), snapped(from, [](double v) { return std::floor(v); })),
            std::min(clock.end(), snapped(to, [](double v) { return std::ceil(v); }))};
}

/// The run between two moments: `curve_points` over the whole plot and both ends.
std::vector<Point> line_of(const Plot& plot, const Series& series, Hours from, Hours to)
{
    std::vector<Point> points;
    points.push_back(plot.at(from, series.at(from)));
    for (int k = 0; k <= curve_points; ++k) {
        const Hours time = plot.left + (plot.right - plot.left) * k / curve_points;
        if (time > from && time < to) {
            points.push_back(plot.at(time, series.at(time)));
        }
    }
    points.push_back(plot.at(to, series.at(to)));
    return points;
}

void draw_key(const Picture& p, Layer& layer, const Rect& block, const Series& series)
{
    const Palette& c = p.colors;
    const bool record = !p.story.trace().record.empty() && series.letter;
    const float y = block.y + 26;
    const float right = block.x + block.w;
    const std::string heading = !series.letter ? "Gone outside"
                                : record       ? "Signatures, run and record"
                                               : "Signatures";
    write(layer, {block.x, y}, heading, {13, Font::medium, c.second});
    const Color color = series_color(c, series);
    layer.add(Line{{right - 74, y - 4}, {right - 56, y - 4}, 2.4F, color, color});
    write(layer, {right, y}, "this run", {12, Font::regular, c.second, Align::right});
    if (record) {
        layer.add(Ring{{right - 154, y - 4}, 4, 1.8F, c.recorded});
        write(layer, {right - 145, y}, "recorded", {12, Font::regular, c.second});
    }
}

float record_radius(const RecordPoint& point, bool any_fit)
{
    return point.fit || !any_fit ? 4.4F : 3.0F;
}

/// Counts in words beside their circles, where they cover neither a circle nor each other. Doubtful
/// ones have none when there are better ones.
void draw_record_labels(const Surface& p, Layer& layer, const Plot& plot,
                        const std::vector<const RecordPoint*>& points, bool any_fit)
{
    Taken taken;
    for (const RecordPoint* point : points) {
        const Point at = plot.at(point->time, point->count);
        taken.block({at.x - 5, at.y - 5, 10, 10});
    }
    for (const RecordPoint* point : points) {
        if (any_fit && !point->fit) {
            continue;
        }
        const std::string text = grouped(point->count);
        const float width = text_width(text, 11.5F, Font::medium);
        const Point at = plot.at(point->time, point->count);
        for (const Point offset :
             {Point{8, 16}, Point{9, 5}, Point{-width - 6, -7}, Point{-width - 9, 3}}) {
            const Point base{at.x + offset.x, at.y + offset.y};
            if (taken.take({base.x - 1, base.y - 10, width + 2, 12}, plot.area)) {
                write(
                    layer, base, text,
                    {11.5F, Font::medium, point->time <= p.time ? p.colors.text : p.colors.third});
                break;
            }
        }
    }
}

void draw_record_point(const Surface& p, Layer& layer, const Plot& plot, const RecordPoint& point,
                       bool any_fit)
{
    const Palette& c = p.colors;
    const bool past = point.time <= p.time;
    const bool plain = point.fit || !any_fit;
    const Color color = !past ? c.third : plain ? c.recorded : c.second;
    const float r = record_radius(point, any_fit);
    const Point at = plot.at(point.time, point.count);
    if (point.high > point.low) {
        const float low = plot.y(point.low);
        const float high = plot.y(point.high);
        layer.add(Line{{at.x, high}, {at.x, low}, 1.2F, color, color});
        for (const float y : {high, low}) {
            layer.add(Line{{at.x - 3, y}, {at.x + 3, y}, 1.2F, color, color});
        }
    }
    layer.add(Disc{at, r + 0.4F, c.stage});
    layer.add(Ring{at, r, past && plain ? 2.0F : 1.4F, color});
}

} // namespace

void draw_people_axis(const Surface& p, Layer& layer, const Plot& plot)
{
    const double people = p.story.people();
    std::vector<std::pair<double, std::string>> ticks;
    const auto label = [](double value) {
        return value >= 10000 && std::fmod(value, 1000) == 0
                   ? grouped(static_cast<long>(value / 1000)) + "k"
                   : grouped(std::lround(value));
    };
    const int most = plot.area.h > 120 ? 5 : 3;
    for (const double value : nice_ticks(0, people * 0.92, most)) {
        if (value == std::floor(value)) {
            ticks.emplace_back(value, label(value));
        }
    }
    draw_value_axis(p.colors, layer, plot, ticks);
    const float y = std::floor(plot.y(people)) + 0.5F;
    layer.add(Line{{plot.area.x, y},
                   {plot.area.x + plot.area.w, y},
                   1,
                   p.colors.hairline_strong,
                   p.colors.hairline_strong,
                   {3, 4}});
    write(layer, {plot.area.x - 7, y + 3.5F}, label(people),
          {11, Font::regular, p.colors.third, Align::right});
}

void draw_record(const Surface& p, Layer& layer, const Plot& plot)
{
    const std::vector<RecordPoint>& record = p.story.trace().record;
    const bool any_fit = std::any_of(record.begin(), record.end(),
                                     [](const RecordPoint& point) { return point.fit; });
    std::vector<const RecordPoint*> shown;
    for (const RecordPoint& point : record) {
        if (plot.spans(point.time) && (!p.view.hide_future || point.time <= p.time)) {
            shown.push_back(&point);
        }
    }
    // Those the run was fitted to lie on top of the doubtful ones.
    std::stable_partition(shown.begin(), shown.end(),
                          [](const RecordPoint* point) { return !point->fit; });
    for (const RecordPoint* point : shown) {
        draw_record_point(p, layer, plot, *point, any_fit);
    }
    draw_record_labels(p, layer, plot, shown, any_fit);
}

Plot curve_plot(const Picture& p, const Rect& block)
{
    const auto [from, to] = hours_shown(p.story);
    Plot plot;
    plot.area = {block.x + 34, block.y + 42, block.w - 38, block.h - 80};
    plot.left = from;
    plot.right = std::max(to, from + 1e-3);
    plot.top = p.story.people() * 1.04;
    return plot;
}

void draw_curve_still(const Picture& p, Layer& layer, const Rect& block)
{
    const Plot plot = curve_plot(p, block);
    const Series series = series_of(p.story);
    draw_key(p, layer, block, series);
    draw_people_axis(p, layer, plot);
    draw_clock_axis(p, layer, plot);
    if (!p.view.hide_future) {
        layer.add(Path{line_of(plot, series, plot.left, plot.right),
                       1.4F,
                       series_color(p.colors, series).faded(0.28),
                       {3, 3}});
    }
}

namespace {

/// How many have signed more, as a thin line below the chart on the same hours: in the middle the
/// run is a typical one. In words what it is now.
void draw_ranks(const Picture& p, Layer& layer, const Plot& plot)
{
    constexpr float top = 20, height = 14;
    const Palette& c = p.colors;
    const Ranks& ranks = *p.ranks;
    const Plot strip{.area = {plot.area.x, plot.area.y + plot.area.h + top, plot.area.w, height},
                     .left = plot.left,
                     .right = plot.right};
    draw_hline(layer, strip.area.x, strip.area.x + strip.area.w, std::floor(strip.y(0.5)),
               c.hairline);
    std::vector<Point> line;
    for (std::size_t k = 0; k < ranks.times.size() && ranks.times[k] <= p.time; ++k)
        if (strip.spans(ranks.times[k]))
            line.push_back(strip.at(ranks.times[k], ranks.place[k]));
    const std::uint32_t rank = ranks.rank[ranks.row(p.time)];
    if (line.size() > 1) {
        layer.add(Disc{line.back(), 2.6F, c.board});
        layer.add(Path{std::move(line), 1.2F, c.board});
    }
    if (rank > 0)
        write(layer, {plot.area.x + 8, plot.area.y + 22},
              fmt::format("{} of {} runs", ordinal(rank), grouped(ranks.runs)),
              {11.5F, Font::medium, c.board});
}

} // namespace

void draw_curve(const Picture& p, Layer& layer, const Rect& block)
{
    const Palette& c = p.colors;
    const Plot plot = curve_plot(p, block);
    const Series series = series_of(p.story);
    const Color color = series_color(c, series);
    const Hours now = std::min(p.time, plot.right);
    if (now > plot.left) {
        std::vector<Point> upper = line_of(plot, series, plot.left, now);
        std::vector<Point> lower = upper;
        for (Point& point : lower) {
            point.y = plot.y(0);
        }
        layer.add(Area{upper, std::move(lower), color.faded(0.34), color.faded(0.05)});
        layer.add(Path{std::move(upper), 2.4F, color});
    }
    if (series.letter) {
        draw_record(p, layer, plot);
    }
    if (p.ranks != nullptr && !p.ranks->times.empty())
        draw_ranks(p, layer, plot);
    if (plot.spans(p.time)) {
        const Point at{std::floor(plot.x(p.time)) + 0.5F, plot.y(series.at(p.time))};
        draw_vline(layer, at.x, plot.area.y - 2, plot.area.y + plot.area.h, c.text);
        layer.add(Disc{at, 4, color});
        layer.add(Ring{at, 4, 1.5F, c.stage});
    }
}

} // namespace walkout::render
