#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace walkout::report {

using namespace render;

namespace {

constexpr float plot_top = 24, plot_height = 268, key_row = 19;

Color line_color(std::size_t line)
{
    return line == 0 ? light().text : compared_color(line - 1);
}

/// A staircase: the share falls at each run's hour, and runs that never end reach the right side.
Path staircase(const WaitLine& line, const Waits& waits, const Plot& plot, float width, Color color)
{
    Path path{{plot.at(plot.left, 1)}, width, color};
    const double step = 1 / static_cast<double>(line.hours.size());
    double share = 1;
    for (const double hour : line.hours) {
        if (waits.never(hour))
            break;
        path.points.push_back(plot.at(std::max(hour, plot.left), share));
        share -= step;
        path.points.push_back(plot.at(std::max(hour, plot.left), std::max(0.0, share)));
    }
    path.points.push_back(plot.at(plot.right, std::max(0.0, share)));
    return path;
}

void draw_hours(Layer& layer, const Plot& plot)
{
    const Palette& c = light();
    const float y = plot.area.y + plot.area.h;
    const Hours step = nice_hours(plot.right - plot.left, 6);
    for (Hours hour = std::ceil(plot.left / step) * step; hour <= plot.right + 1e-9; hour += step) {
        draw_vline(layer, plot.x(hour), y, y + 4, c.hairline_strong);
        write(layer, {plot.x(hour), y + 18}, fmt::format("{:.0f} h", hour),
              {11, Font::regular, c.third, Align::center});
    }
}

/// The lines' words below the plot, two columns.
float draw_key(Layer& layer, const Waits& waits, float y, float width)
{
    const Palette& c = light();
    for (std::size_t k = 0; k < waits.lines.size(); ++k) {
        const float x = k % 2 == 0 ? 0 : width / 2;
        layer.add(Line{{x, y - 4}, {x + 16, y - 4}, 2.4F, line_color(k), line_color(k)});
        write(layer, {x + 22, y}, waits.lines[k].words, {11.5F, Font::regular, c.second});
        if (k % 2 == 1 || k + 1 == waits.lines.size())
            y += key_row;
    }
    return y;
}

} // namespace

DisplayList waits_chart(const Waits& waits, float width)
{
    Plot plot;
    plot.area = {40, plot_top, width - 58, plot_height};
    plot.left = waits.horizon;
    for (const WaitLine& line : waits.lines)
        plot.left = std::min(plot.left, line.hours.front());
    plot.left = std::max(0.0, std::floor((plot.left - 1) / 24) * 24);
    plot.right = std::max(waits.horizon, plot.left + 1);
    plot.top = 1;
    Layer layer;
    std::vector<std::pair<double, std::string>> ticks;
    for (const double tick : nice_ticks(0, 1, 6))
        ticks.emplace_back(tick, fmt::format("{:.0f} %", 100 * tick));
    draw_value_axis(light(), layer, plot, ticks);
    draw_hours(layer, plot);
    for (std::size_t k = waits.lines.size(); k-- > 0;) // history on top
        layer.add(staircase(waits.lines[k], waits, plot, k == 0 ? 2.8F : 1.8F, line_color(k)));
    const float y = draw_key(layer, waits, plot_top + plot_height + 46, width);
    return list_of(std::move(layer), width, y);
}

} // namespace walkout::report
