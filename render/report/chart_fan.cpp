#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

using namespace render;

namespace {

constexpr float plot_top = 24, plot_height = 268, below = 48;

Color color_of(const FanGroup& group)
{
    return group.fizzles ? light().at_work : light().signed_letter;
}

/// One level of a group between two hours, from edge to edge.
std::vector<Point> line_of(const FanGroup& group, std::size_t level, const Plot& plot, Hours every)
{
    std::vector<Point> points;
    const auto& names = group.names[level];
    for (std::size_t t = 0; t < names.size(); ++t)
        if (const Hours time = every * static_cast<double>(t); plot.spans(time))
            points.push_back(plot.at(time, names[t]));
    return points;
}

/// Bands around the median, wide ones first.
void draw_group(Layer& layer, const FanGroup& group, const Plot& plot, Hours every, float line)
{
    const Color color = color_of(group);
    static constexpr std::array alphas{0.16, 0.22, 0.34};
    for (std::size_t band = 0; band < alphas.size(); ++band) {
        const Color fill = color.faded(alphas[band]);
        auto upper = line_of(group, 6 - band, plot, every);
        if (upper.size() > 1)
            layer.add(Area{std::move(upper), line_of(group, band, plot, every), fill, fill});
    }
    layer.add(Path{line_of(group, 3, plot, every), line, color});
}

void draw_people_axis(Layer& layer, const Plot& plot, int people)
{
    std::vector<std::pair<double, std::string>> ticks;
    for (const double tick : nice_ticks(0, people * 0.92, 5))
        if (tick == std::floor(tick))
            ticks.emplace_back(tick, grouped(std::lround(tick)));
    ticks.emplace_back(people, grouped(people));
    draw_value_axis(light(), layer, plot, ticks);
}

/// Hours of the clock; days by name.
void draw_clock(Layer& layer, const Plot& plot, const Fan& fan)
{
    const Palette& c = light();
    const Hours step = nice_hours(plot.right - plot.left, 7);
    const float y = plot.area.y + plot.area.h;
    for (double k = std::ceil((plot.left + fan.start_hour) / step - 1e-9);; ++k) {
        const Hours clock = k * step, time = clock - fan.start_hour;
        if (time > plot.right + 1e-9)
            break;
        const auto hour = static_cast<long>(std::lround(clock)) % 24;
        const bool midnight = hour == 0;
        const std::string text =
            midnight ? std::string(weekday_of(fan, time)) : fmt::format("{:02}:00", hour);
        draw_vline(layer, plot.x(time), y, y + 4, c.hairline_strong);
        const float half = text_width(text, 11, Font::medium) / 2;
        write(layer, {std::min(plot.x(time), plot.area.x + plot.area.w + 8 - half), y + 18}, text,
              {11, midnight ? Font::medium : Font::regular, midnight ? c.text : c.third,
               Align::center});
    }
}

std::string count_words(const RecordPoint& point)
{
    return point.high > point.low && point.high - point.low < 12
               ? fmt::format("{}\u2013{}", point.low, point.high)
               : grouped(point.count);
}

void draw_recorded(Layer& layer, Point at, bool filled)
{
    const Palette& c = light();
    layer.add(Disc{at, 4.6F, filled ? c.recorded : c.panel});
    layer.add(Ring{at, 4.4F, 2, filled ? c.panel : c.recorded});
}

/// Counts beside their circles, as far as there is room.
void write_counts(Layer& layer, const Plot& plot, const std::vector<const RecordPoint*>& shown,
                  Taken taken)
{
    for (const RecordPoint* point : shown) {
        const std::string text = count_words(*point);
        const float width = text_width(text, 11.5F, Font::medium);
        const Point at = plot.at(point->time, point->count);
        for (const Point offset : {Point{9, 15}, Point{10, 5}, Point{9, 24}, Point{-width - 9, -6}})
            if (taken.take({at.x + offset.x - 1, at.y + offset.y - 10, width + 2, 13}, plot.area)) {
                write(layer, {at.x + offset.x, at.y + offset.y}, text,
                      {11.5F, Font::medium, light().text});
                break;
            }
    }
}

/// What history counted: circles, those the model was fitted to alone when there are any.
void draw_record(Layer& layer, const Plot& plot, const Fan& fan)
{
    const bool any_fit = std::ranges::any_of(fan.record, &RecordPoint::fit);
    std::vector<const RecordPoint*> shown;
    Taken taken;
    for (const RecordPoint& point : fan.record)
        if (plot.spans(point.time) && (point.fit || !any_fit)) {
            const Point at = plot.at(point.time, point.count);
            draw_recorded(layer, at, false);
            taken.block({at.x - 6, at.y - 6, 12, 12});
            shown.push_back(&point);
        }
    write_counts(layer, plot, shown, taken);
}

/// The same with what reports leave open; filled where a fit saw the count, on top.
void draw_fitted_record(Layer& layer, const Plot& plot, const Fan& fan)
{
    std::vector<const RecordPoint*> fitted;
    Taken taken;
    for (const bool fit : {false, true})
        for (const RecordPoint& point : fan.record) {
            if (point.fit != fit || !plot.spans(point.time))
                continue;
            const Point at = plot.at(point.time, point.count);
            draw_vline(layer, at.x, plot.y(point.high), plot.y(point.low), light().recorded, 1.6F);
            draw_recorded(layer, at, fit);
            taken.block({at.x - 6, at.y - 6, 12, 12});
            if (fit)
                fitted.push_back(&point);
        }
    write_counts(layer, plot, fitted, taken);
}

void draw_bands_key(Layer& layer, float left)
{
    const Palette& c = light();
    layer.add(Path{{{left, 8}, {left + 16, 8}}, 2.2F, c.signed_letter});
    write(layer, {left + 22, 12}, "median of the draws' runs", {12, Font::regular, c.second});
    draw_recorded(layer, {left + 188, 8}, true);
    write(layer, {left + 198, 12}, "fitted", {12, Font::regular, c.second});
    draw_recorded(layer, {left + 250, 8}, false);
    write(layer, {left + 260, 12}, "not fitted", {12, Font::regular, c.second});
    draw_vline(layer, left + 334, 2, 14, c.recorded, 1.6F);
    write(layer, {left + 342, 12}, "range of reports", {12, Font::regular, c.second});
}

/// `5 in 100 fizzle`, above the end of its line.
void draw_group_words(Layer& layer, const FanGroup& group, const Plot& plot)
{
    const auto in_100 = std::lround(100 * group.share);
    const std::string share = in_100 < 1 ? "fewer than 1" : std::to_string(in_100);
    const std::string text =
        fmt::format("{} in 100 {}", share, group.fizzles ? "fizzle" : "carry on");
    const double last = group.names[5].back();
    const float y = std::max(plot.area.y + 12, plot.y(last) - 7);
    write(layer, {plot.area.x + plot.area.w - 2, y}, text,
          {12, Font::medium, group.fizzles ? light().second : light().signed_text, Align::right});
}

Plot plot_of(Rect area, const Fan& fan, std::pair<Hours, Hours> hours)
{
    Plot plot;
    plot.area = area;
    plot.left = hours.first;
    plot.right = std::max(hours.second, hours.first + 1);
    plot.top = std::max(1, fan.people) * 1.04;
    return plot;
}

/// With room for the axes around it.
Plot wide_plot(const Fan& fan, float width, std::pair<Hours, Hours> hours)
{
    const float left = 14 + text_width(grouped(fan.people), 11, Font::regular);
    return plot_of({left, plot_top, width - left - 10, plot_height}, fan, hours);
}

} // namespace

DisplayList fan_chart(const Fan& fan, float width)
{
    const Plot plot = wide_plot(fan, width, hours_worth_showing({&fan}));
    Layer layer;
    draw_people_axis(layer, plot, fan.people);
    draw_clock(layer, plot, fan);
    for (const FanGroup& group : fan.groups)
        draw_group(layer, group, plot, fan.every, 2.2F);
    if (fan.groups.size() > 1)
        draw_group_words(layer, fan.groups[1], plot);
    draw_record(layer, plot, fan);
    return list_of(std::move(layer), width, plot_top + plot_height + below - 18);
}

DisplayList fitted_fan_chart(const Fan& fan, float width)
{
    const Plot plot = wide_plot(fan, width, hours_of_record(fan));
    Layer layer;
    draw_bands_key(layer, plot.area.x);
    draw_people_axis(layer, plot, fan.people);
    draw_clock(layer, plot, fan);
    for (const FanGroup& group : fan.groups)
        draw_group(layer, group, plot, fan.every, 2.2F);
    draw_fitted_record(layer, plot, fan);
    return list_of(std::move(layer), width, plot_top + plot_height + below - 18);
}

DisplayList small_fan(const Fan& fan, std::pair<Hours, Hours> hours, float width)
{
    constexpr float height = 24;
    const Plot plot = plot_of({0, 1, width, height - 2}, fan, hours);
    Layer layer;
    draw_hline(layer, 0, width, height - 1.5F, light().hairline_strong);
    for (const FanGroup& group : fan.groups) {
        const Color color = color_of(group).faded(0.25 + 0.75 * group.share);
        const Color band = color_of(group).faded(0.22 * (0.3 + 0.7 * group.share));
        auto upper = line_of(group, 5, plot, fan.every);
        if (upper.size() > 1)
            layer.add(Area{std::move(upper), line_of(group, 1, plot, fan.every), band, band});
        layer.add(Path{line_of(group, 3, plot, fan.every), 1.8F, color});
    }
    return list_of(std::move(layer), width, height);
}

DisplayList curves_chart(const std::vector<const Fan*>& fans, float width)
{
    const Fan& first = *fans.at(0);
    Fan axes = first; // tall enough for all
    for (const Fan* fan : fans)
        axes.people = std::max(axes.people, fan->people);
    const Plot plot = wide_plot(axes, width, hours_worth_showing(fans));
    Layer layer;
    draw_people_axis(layer, plot, axes.people);
    draw_clock(layer, plot, first);
    for (std::size_t k = 0; k < fans.size(); ++k)
        for (const FanGroup& group : fans[k]->groups) {
            const Color fill = compared_color(k).faded(0.2);
            auto upper = line_of(group, 4, plot, fans[k]->every);
            if (upper.size() > 1)
                layer.add(
                    Area{std::move(upper), line_of(group, 2, plot, fans[k]->every), fill, fill});
        }
    for (std::size_t k = 0; k < fans.size(); ++k)
        for (const FanGroup& group : fans[k]->groups)
            layer.add(Path{line_of(group, 3, plot, fans[k]->every), 2.2F, compared_color(k)});
    return list_of(std::move(layer), width, plot_top + plot_height + below - 18);
}

} // namespace walkout::report
