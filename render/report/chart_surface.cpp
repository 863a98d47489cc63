#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::report {

using namespace render;

namespace {

constexpr float matrix_top = 44, matrix_height = 268, below = 48;

// ---------------------------------------------------------------- heat map

struct Matrix {
    const HeatMap& map;
    Rect area;

    float cell_width() const { return area.w / static_cast<float>(map.columns.size()); }
    float cell_height() const { return area.h / static_cast<float>(map.rows.size()); }
    Rect cell(std::size_t row, std::size_t column) const
    {
        const float h = cell_height();
        return {area.x + cell_width() * static_cast<float>(column),
                area.y + area.h - h * static_cast<float>(row + 1), cell_width(), h};
    }
};

/// Values at which the colors begin and end.
std::pair<double, double> color_range(const HeatMap& map, const MeasureWords& words)
{
    if (words.in_percent())
        return {0, 1};
    double low = never, high = -never;
    for (const Estimate& cell : map.cells)
        if (cell.runs > 0) {
            low = std::min(low, cell.value);
            high = std::max(high, cell.value);
        }
    return {low, high > low ? high : low + 1};
}

void draw_cells(Layer& layer, const Matrix& matrix, const MeasureWords& words)
{
    const Palette& c = light();
    const auto [low, high] = color_range(matrix.map, words);
    for (std::size_t row = 0; row < matrix.map.rows.size(); ++row)
        for (std::size_t column = 0; column < matrix.map.columns.size(); ++column) {
            const Rect rect = matrix.cell(row, column);
            const Estimate& estimate = matrix.map.at(row, column);
            const double share = (estimate.value - low) / (high - low);
            const bool empty = estimate.runs == 0;
            layer.add(Box{grown(rect, -0.5F), 0, empty ? c.card : sequential(share)});
            const std::string text = empty ? "\u2013" : words.bare(estimate.value);
            const float size = text_width(text, 11.5F, Font::medium) + 4 < rect.w ? 11.5F : 9.5F;
            if (text_width(text, size, Font::medium) <= rect.w)
                write(
                    layer, {rect.x + rect.w / 2, rect.y + rect.h / 2 + 4}, text,
                    {size, Font::medium, !empty && share > 0.55 ? c.panel : c.text, Align::center});
        }
}

/// The border between cells on both sides of one half.
void draw_contour(Layer& layer, const Matrix& matrix)
{
    const Color color = light().text;
    const HeatMap& map = matrix.map;
    const auto differ = [&](std::size_t r1, std::size_t c1, std::size_t r2, std::size_t c2) {
        const Estimate &a = map.at(r1, c1), &b = map.at(r2, c2);
        return a.runs > 0 && b.runs > 0 && (a.value >= 0.5) != (b.value >= 0.5);
    };
    for (std::size_t row = 0; row < map.rows.size(); ++row)
        for (std::size_t column = 0; column < map.columns.size(); ++column) {
            const Rect rect = matrix.cell(row, column);
            if (column + 1 < map.columns.size() && differ(row, column, row, column + 1))
                layer.add(Path{
                    {{rect.x + rect.w, rect.y}, {rect.x + rect.w, rect.y + rect.h}}, 2.4F, color});
            if (row + 1 < map.rows.size() && differ(row, column, row + 1, column))
                layer.add(Path{{{rect.x, rect.y}, {rect.x + rect.w, rect.y}}, 2.4F, color});
        }
}

/// Values beside the cells, thinned to the room.
void draw_values(Layer& layer, const Matrix& matrix)
{
    const Palette& c = light();
    float widest = 1;
    for (const std::string& words : matrix.map.columns)
        widest = std::max(widest, text_width(words, 11, Font::regular) + 6);
    const auto every = static_cast<std::size_t>(std::ceil(widest / matrix.cell_width()));
    const float y = matrix.area.y + matrix.area.h + 16;
    for (std::size_t k = 0; k < matrix.map.columns.size(); k += every)
        write(layer, {matrix.cell(0, k).x + matrix.cell_width() / 2, y}, matrix.map.columns[k],
              {11, Font::regular, c.third, Align::center});
    for (std::size_t k = 0; k < matrix.map.rows.size(); ++k) {
        const Rect rect = matrix.cell(k, 0);
        write(layer, {rect.x - 8, rect.y + rect.h / 2 + 4}, matrix.map.rows[k],
              {11, Font::regular, c.third, Align::right});
    }
    write(layer, {0, matrix_top - 10}, matrix.map.up_words, {12, Font::regular, c.second});
    write(layer, {matrix.area.x + matrix.area.w / 2, y + 20}, matrix.map.across_words,
          {12, Font::regular, c.second, Align::center});
}

/// The sign of the baseline and of the contour, right-aligned.
void draw_key(Layer& layer, const HeatMap& map, const MeasureWords& words, float width)
{
    const Palette& c = light();
    float x = width;
    if (words.in_percent()) {
        const char* half = words.chance() ? "50 in 100" : "50 %";
        write(layer, {x, 14}, half, {12, Font::regular, c.second, Align::right});
        x -= text_width(half, 12, Font::regular) + 28;
        layer.add(Line{{x, 10}, {x + 20, 10}, 2.4F, c.text, c.text});
        x -= 16;
    }
    if (map.baseline) {
        const std::string here = (map.exact ? "" : "nearest to ") + map.baseline_words;
        write(layer, {x, 14}, here, {12, Font::regular, c.second, Align::right});
        x -= text_width(here, 12, Font::regular) + 20;
        layer.add(Box{{x, 4, 13, 12}, 3, transparent, c.signed_letter, 2.2F});
    }
}

} // namespace

DisplayList heat_chart(const HeatMap& map, const MeasureWords& words, float width)
{
    float left = 0;
    for (const std::string& row : map.rows)
        left = std::max(left, text_width(row, 11, Font::regular) + 12);
    const float most = 48 * static_cast<float>(map.rows.size());
    const float height = std::min(matrix_height, most);
    const Matrix matrix{map, {left, matrix_top, width - left, height}};
    Layer layer;
    draw_cells(layer, matrix, words);
    if (words.in_percent())
        draw_contour(layer, matrix);
    if (map.baseline) {
        const std::size_t columns = map.columns.size();
        const Rect rect = matrix.cell(*map.baseline / columns, *map.baseline % columns);
        layer.add(Box{grown(rect, 1), 4, transparent, light().signed_letter, 2.6F});
    }
    draw_values(layer, matrix);
    draw_key(layer, map, words, width);
    return list_of(std::move(layer), width, matrix_top + height + below);
}

// ---------------------------------------------------------------- response

DisplayList response_chart(const Response& response, const MeasureWords& words, float width)
{
    const Palette& c = light();
    double low = never, high = -never;
    for (const LeverEnd& step : response.steps) {
        low = std::min(low, step.estimate.low);
        high = std::max(high, step.estimate.high);
    }
    Plot plot;
    plot.area = {44, matrix_top - 20, width - 52, matrix_height};
    std::tie(plot.bottom, plot.top) = axis_range(low, high, words.in_percent());
    plot.left = -0.5;
    plot.right = static_cast<double>(response.steps.size()) - 0.5;
    Layer layer;
    std::vector<std::pair<double, std::string>> ticks;
    for (const double tick : nice_ticks(plot.bottom, plot.top, 6))
        ticks.emplace_back(tick, words.number(tick));
    draw_value_axis(c, layer, plot, ticks);
    Path line{{}, 2, c.signed_letter};
    float widest = 1;
    for (const LeverEnd& step : response.steps)
        widest = std::max(widest, text_width(step.words, 11, Font::regular) + 8);
    const float room = plot.area.w / static_cast<float>(response.steps.size());
    const auto every = static_cast<std::size_t>(std::ceil(widest / room));
    for (std::size_t k = 0; k < response.steps.size(); ++k) {
        const auto at = static_cast<double>(k);
        const LeverEnd& step = response.steps[k];
        line.points.push_back(plot.at(at, step.estimate.value));
        layer.add(Line{plot.at(at, step.estimate.low), plot.at(at, step.estimate.high), 1.4F,
                       c.text, c.text});
        if (k % every == 0)
            write(layer, {plot.x(at), plot.area.y + plot.area.h + 18}, step.words,
                  {11, Font::regular, c.third, Align::center});
    }
    const auto points = line.points;
    layer.add(std::move(line));
    for (std::size_t k = 0; k < points.size(); ++k) {
        layer.add(Disc{points[k], 4, c.signed_letter});
        if (response.baseline == k)
            layer.add(Ring{points[k], 8, 2, c.text});
    }
    write(layer, {plot.area.x + plot.area.w / 2, plot.area.y + plot.area.h + 38}, response.words,
          {12, Font::regular, c.second, Align::center});
    return list_of(std::move(layer), width, plot.area.y + plot.area.h + below);
}

} // namespace walkout::report
