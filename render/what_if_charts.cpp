#include "render/chrome.hpp"
#include "render/what_if_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

/// Middle of the tab "What if": what the runs do over time.

namespace walkout::render {

namespace {

constexpr std::array band_strength{0.15, 0.2, 0.27}; ///< one over the other
constexpr int histogram_bins = 24;
constexpr float histogram_width = 36;

Plot plot_of(const FanChart& chart, const Rect& area)
{
    return {.area = area,
            .left = chart.times.front(),
            .right = chart.times.back(),
            .bottom = 0,
            .top = chart.most * 1.04};
}

std::vector<Point> line_of(const Plot& plot, const std::vector<Hours>& times,
                           const std::vector<double>& values)
{
    std::vector<Point> points;
    for (std::size_t k = 0; k < values.size(); ++k)
        points.push_back(plot.at(times[k], values[k]));
    return points;
}

Color color_of(const Surface& p, const Sheet& sheet, const Fan& fan)
{
    return !fan.rises ? p.colors.at_work : sheet.letter ? p.colors.signed_letter : p.colors.gone;
}

void draw_band(Layer& layer, const Plot& plot, const std::vector<Hours>& times,
               const std::vector<Band>& band, Color color)
{
    std::vector<Point> upper, lower;
    for (std::size_t k = 0; k < band.size(); ++k) {
        upper.push_back(plot.at(times[k], band[k].high));
        lower.push_back(plot.at(times[k], band[k].low));
    }
    layer.add(Area{std::move(upper), std::move(lower), color, color});
}

void draw_fan(const Surface& p, Layer& layer, const Plot& plot, const FanChart& chart,
              const Fan& fan, Color color)
{
    for (std::size_t k = 0; k < fan.bands.size(); ++k)
        draw_band(layer, plot, chart.times, fan.bands[k], color.faded(band_strength[k]));
    for (const auto& sample : fan.samples)
        layer.add(Path{line_of(plot, chart.times, sample), 0.9F, color.faded(0.45)});
    const Color middle = fan.rises ? color : mix(color, p.colors.text, 0.2);
    layer.add(Path{line_of(plot, chart.times, fan.median), 2.4F, middle});
}

/// Median and 80 % of the baseline, dashed.
void draw_own(const Surface& p, Layer& layer, const Plot& plot, const FanChart& chart)
{
    if (chart.own.median.empty())
        return;
    const Color color = p.colors.text;
    std::vector<double> low, high;
    for (const Band& band : chart.own.bands[1]) {
        low.push_back(band.low);
        high.push_back(band.high);
    }
    for (const auto* edge : {&low, &high})
        layer.add(Path{line_of(plot, chart.times, *edge), 1, color.faded(0.45), {3, 3}});
    layer.add(Path{line_of(plot, chart.times, chart.own.median), 1.7F, color.faded(0.9), {5, 4}});
}

/// Where the past ends.
void draw_moment(const Surface& p, Layer& layer, const Plot& plot, Hours from)
{
    const float x = std::round(plot.x(from));
    draw_vline(layer, x, plot.area.y, plot.area.y + plot.area.h, p.colors.text.faded(0.5));
}

/// The run that a branch leaves, as it went, and where.
void draw_branch(const Surface& p, Layer& layer, const Plot& plot, const Sheet& sheet,
                 const FanChart& chart)
{
    if (!sheet.from)
        return;
    draw_moment(p, layer, plot, *sheet.from);
    if (chart.run.empty())
        return;
    write(layer, {plot.x(*sheet.from) + 7, plot.area.y + 12}, "from here on",
          {12, Font::regular, p.colors.second});
    layer.add(Path{line_of(plot, chart.times, chart.run), 1.1F, p.colors.text.faded(0.8)});
}

void draw_lit(const Surface& p, Layer& layer, const Plot& plot, const FanChart& chart)
{
    if (chart.lit.empty())
        return;
    layer.add(Path{line_of(plot, chart.times, chart.lit), 4.4F, p.colors.stage.faded(0.7)});
    layer.add(Path{line_of(plot, chart.times, chart.lit), 2.2F, p.colors.text});
}

void draw_chart(const Surface& p, Layer& layer, const Plot& plot, const Sheet& sheet,
                const FanChart& chart)
{
    layer.add(Clip{{plot.area.x, plot.area.y - 6, plot.area.w, plot.area.h + 8}});
    for (auto fan = chart.fans.rbegin(); fan != chart.fans.rend(); ++fan)
        draw_fan(p, layer, plot, chart, *fan, color_of(p, sheet, *fan));
    if (sheet.changed)
        draw_own(p, layer, plot, chart);
    draw_branch(p, layer, plot, sheet, chart);
    draw_lit(p, layer, plot, chart);
    layer.add(Unclip{});
}

// ---------------------------------------------------------------- signatures

/// Keys of the marks, from the right; as many as there is room for.
void draw_key(const Surface& p, Layer& layer, const Sheet& sheet, const Rect& middle, float left)
{
    const Palette& c = p.colors;
    const float y = middle.y + 35;
    float right = middle.x + middle.w - 24;
    const auto room = [&](std::string_view words, float mark) {
        const float width = text_width(words, 12.5F, Font::regular) + mark + 8;
        const bool fits = right - width > left;
        if (fits) {
            write(layer, {right, y}, std::string(words),
                  {12.5F, Font::regular, c.second, Align::right});
            right -= width;
        }
        return fits;
    };
    if (sheet.letter && !p.story.trace().record.empty() && room("recorded", 10)) {
        layer.add(Ring{{right + 5, y - 4.5F}, 4.2F, 1.8F, c.recorded});
        right -= 22;
    }
    if (sheet.changed && room("baseline: median, 80 %", 22)) {
        layer.add(Line{{right, y - 4}, {right + 22, y - 4}, 1.7F, c.text, c.text, {5, 4}});
        right -= 22;
    }
    if (sheet.from && room("the run as it went", 22)) {
        layer.add(Line{{right, y - 4}, {right + 22, y - 4}, 1.1F, c.text, c.text});
        right -= 22;
    }
    if (room("now: median, 50, 80, 95 %", 24)) {
        const Color color = sheet.letter ? c.signed_letter : c.gone;
        layer.add(Box{{right, y - 10, 24, 12}, 0, color.faded(0.2)});
        layer.add(Box{{right, y - 8, 24, 8}, 0, color.faded(0.35)});
        layer.add(Line{{right, y - 4}, {right + 24, y - 4}, 2.2F, color, color});
    }
}

/// Where the runs end, as bars beside the chart.
void draw_histogram(const Surface& p, Layer& layer, const Plot& plot, const Sheet& sheet)
{
    std::array<int, histogram_bins> bars{};
    for (const double end : sheet.names.ends)
        ++bars[static_cast<std::size_t>(
            std::clamp(end / sheet.names.most * histogram_bins, 0.0, histogram_bins - 1.0))];
    const int most = std::max(1, *std::ranges::max_element(bars));
    const float height = (plot.y(0) - plot.y(sheet.names.most)) / histogram_bins;
    // A bar belongs to the fan whose runs end there.
    const bool split = sheet.names.fans.size() > 1;
    const double lowest_above = split ? sheet.names.fans.front().bands[0].back().low : 0;
    for (std::size_t k = 0; k < bars.size(); ++k) {
        if (bars[k] == 0)
            continue;
        const double top = sheet.names.most * static_cast<double>(k + 1) / histogram_bins;
        const Fan& fan = sheet.names.fans[split && top < lowest_above ? 1 : 0];
        const float width = std::max(1.0F, histogram_width * static_cast<float>(bars[k]) /
                                               static_cast<float>(most));
        layer.add(Box{{plot.area.x + plot.area.w + 8, plot.y(top) + 1, width, height - 2},
                      0,
                      color_of(p, sheet, fan).faded(0.85)});
    }
}

/// How many runs go either way, above the ends of their fans.
void draw_words(const Surface& p, Layer& layer, const Plot& plot, const Sheet& sheet)
{
    for (const Fan& fan : sheet.names.fans) {
        if (fan.words.empty())
            continue;
        const double edge = fan.rises ? fan.bands[0].back().low : fan.bands[0].back().high;
        const float y = plot.y(edge) + (fan.rises ? 22.0F : -10.0F);
        write(layer,
              {plot.area.x + plot.area.w - 8,
               std::clamp(y, plot.area.y + 14, plot.area.y + plot.area.h - 8)},
              fan.words,
              {12.5F, Font::medium, fan.rises ? p.colors.signed_text : p.colors.second,
               Align::right});
    }
}

void draw_names(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places)
{
    const Rect& middle = places.middle;
    const std::string title = sheet.letter ? "Signatures over time" : "People gone over time";
    write(layer, {middle.x + 22, middle.y + 36}, title, {16, Font::medium, p.colors.text});
    draw_key(p, layer, sheet, middle, middle.x + 22 + text_width(title, 16, Font::medium) + 24);
    const Plot plot = names_plot(sheet, places.fan);
    draw_people_axis(p, layer, plot);
    draw_clock_axis(p, layer, plot);
    if (sheet.names.fans.empty())
        return;
    draw_chart(p, layer, plot, sheet, sheet.names);
    if (sheet.letter)
        draw_record(p, layer, plot);
    draw_histogram(p, layer, plot, sheet);
    draw_words(p, layer, plot, sheet);
    p.spots.push_back({{Control::fan}, places.fan, false});
}

// ---------------------------------------------------------------- the two below

/// @param brief  where the title does not fit
void draw_title(const Surface& p, Layer& layer, const Rect& plot, const std::string& title,
                const std::string& brief)
{
    const bool fits = text_width(title, 14, Font::medium) <= plot.w + 34;
    write(layer, {plot.x - 34, plot.y - 20},
          fits ? title : fitted(brief, plot.w + 34, 14, Font::medium),
          {14, Font::medium, p.colors.text});
}

void draw_board(const Surface& p, Layer& layer, const Sheet& sheet, const Rect& area)
{
    if (area.w <= 0 || sheet.board_times.empty())
        return;
    const Palette& c = p.colors;
    draw_title(p, layer, area, "Chance that the board still holds, %", "Board holds, %");
    const Plot plot{.area = area,
                    .left = sheet.board_times.front(),
                    .right = sheet.board_times.back(),
                    .bottom = 0,
                    .top = 1.04};
    draw_value_axis(c, layer, plot, {{0, "0"}, {0.5, "50"}, {1, "100"}});
    draw_clock_axis(p, layer, plot);
    std::vector<Point> upper = line_of(plot, sheet.board_times, sheet.board_now), lower = upper;
    for (Point& point : lower)
        point.y = plot.y(0);
    layer.add(Area{upper, std::move(lower), c.board.faded(0.24), c.board.faded(0.1)});
    layer.add(Path{std::move(upper), 2.4F, c.board});
    if (sheet.from)
        draw_moment(p, layer, plot, *sheet.from);
    if (sheet.changed)
        layer.add(Path{
            line_of(plot, sheet.board_times, sheet.board_own), 1.7F, c.text.faded(0.85), {5, 4}});
}

void draw_groups(const Surface& p, Layer& layer, const Sheet& sheet, const Rect& area)
{
    if (area.w <= 0)
        return;
    draw_title(p, layer, area, sheet.groups + " where most have signed",
               sheet.groups + " over half");
    const Plot plot = plot_of(sheet.majorities, area);
    std::vector<std::pair<double, std::string>> ticks;
    for (const double value : nice_ticks(0, sheet.majorities.most, 5))
        if (value == std::floor(value))
            ticks.emplace_back(value, grouped(std::lround(value)));
    draw_value_axis(p.colors, layer, plot, ticks);
    draw_clock_axis(p, layer, plot);
    draw_chart(p, layer, plot, sheet, sheet.majorities);
}

void draw_footer(const Surface& p, Layer& layer, const Sheet& sheet, const Rect& middle)
{
    std::string words =
        sheet.problem.empty()
            ? fmt::format("{} of {} runs, seed {}, each with the same {}luck as its twin in the "
                          "baseline.",
                          sheet.shown, sheet.runs, sheet.seed, sheet.from ? "past and " : "")
            : "These values give no run: " + sheet.problem;
    if (sheet.changed && sheet.problem.empty())
        words += sheet.from ? " Dashed: nothing changed." : " Dashed: baseline.";
    write(layer, {middle.x + 22, middle.y + middle.h - 20},
          fitted(words, middle.w - 44, 12, Font::regular),
          {12, Font::regular, sheet.problem.empty() ? p.colors.third : p.colors.gone});
}

} // namespace

Plot names_plot(const Sheet& sheet, const Rect& area)
{
    return plot_of(sheet.names, area);
}

void draw_fans(const Surface& p, Layer& layer, const Sheet& sheet, const WhatIfPlaces& places)
{
    if (sheet.names.times.empty()) {
        write(layer, {places.middle.x + 22, places.middle.y + 36}, "The first runs are under way",
              {16, Font::medium, p.colors.second});
        return;
    }
    draw_names(p, layer, sheet, places);
    draw_board(p, layer, sheet, places.board);
    draw_groups(p, layer, sheet, places.groups);
    draw_footer(p, layer, sheet, places.middle);
}

} // namespace walkout::render
