#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"
#include "render/report/posterior_words.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

using namespace render;

namespace {

Color verdict_color(const FittedParameter& parameter)
{
    const Palette& c = light();
    return parameter.verdict == "identified"       ? c.back
           : parameter.verdict == "not identified" ? c.third
                                                   : c.signed_text;
}

// ---------------------------------------------------------------- marginals

/// `identified, 83 % learned`; without the last word where that is too wide.
std::string verdict_words(const FittedParameter& parameter, float width)
{
    const std::string words = parameter.verdict + ", " + learned_words(parameter);
    const std::string longer = words + " learned";
    return text_width(longer, 11.5F, Font::medium) <= width
               ? longer
               : fitted(words, width, 11.5F, Font::medium);
}

constexpr float cell_gap = 26, cell_most = 300, head_height = 46, foot_height = 40;

std::size_t columns_of(std::size_t count)
{
    return count <= 3 ? count : count == 4 ? 2 : count <= 9 ? 3 : 4;
}

/// A slice of the prior's mass beside the next: the prior itself is flat.
void draw_density(Layer& layer, const Plot& plot, const std::vector<double>& density)
{
    const Palette& c = light();
    const double slice = 1 / static_cast<double>(density.size());
    const float base = plot.y(0), prior = plot.y(slice);
    layer.add(Box{{plot.area.x, prior, plot.area.w, base - prior}, 0, c.hairline});
    for (std::size_t k = 0; k < density.size(); ++k) {
        const float from = plot.x(slice * static_cast<double>(k));
        const float to = plot.x(slice * static_cast<double>(k + 1));
        const float y = plot.y(density[k]);
        if (base - y > 0.2F)
            layer.add(Box{{from, y, to - from - 0.6F, base - y}, 0, c.signed_letter.faded(0.55)});
    }
    draw_hline(layer, plot.area.x, plot.area.x + plot.area.w, base, c.hairline_strong);
}

/// Median and 90 % interval below the bars.
void draw_interval(Layer& layer, const Plot& plot, const std::vector<double>& ranks)
{
    const Palette& c = light();
    const float y = plot.y(0) + 7;
    const float low = plot.x(quantile(ranks, 0.05)), high = plot.x(quantile(ranks, 0.95));
    layer.add(Line{{low, y}, {high, y}, 2.4F, c.text, c.text});
    const Point middle{plot.x(quantile(ranks, 0.5)), y};
    layer.add(Disc{middle, 4, c.text});
    layer.add(Ring{middle, 4, 1.4F, c.panel});
}

/// Values of the parameter where 5, 50 and 95 % of the prior's mass lie below.
void draw_values(Layer& layer, const Plot& plot, const PosteriorData& data,
                 const FittedParameter& parameter)
{
    const Palette& c = light();
    const float y = plot.y(0) + 24;
    static constexpr std::array<std::pair<Level, double>, 3> ticks{
        {{p05, 0.05}, {median, 0.5}, {p95, 0.95}}};
    for (const auto& [level, mass] : ticks) {
        const std::string words = value_of(data, parameter, parameter.prior[level]);
        const float half = text_width(words, 10.5F, Font::regular) / 2;
        const float x = std::clamp(plot.x(mass), plot.area.x + half,
                                   std::max(plot.area.x + half, plot.area.x + plot.area.w - half));
        draw_vline(layer, plot.x(mass), plot.y(0), plot.y(0) + 4, c.hairline_strong);
        write(layer, {x, y}, words, {10.5F, Font::regular, c.third, Align::center});
    }
}

void draw_marginal(Layer& layer, Rect cell, const PosteriorData& data,
                   const FittedParameter& parameter)
{
    const Palette& c = light();
    write(layer, {cell.x, cell.y + 12}, fitted(parameter.words, cell.w, 13, Font::bold),
          {13, Font::bold, c.text});
    write(layer, {cell.x, cell.y + 27}, verdict_words(parameter, cell.w),
          {11.5F, Font::medium, verdict_color(parameter)});
    const std::string middle = value_of(data, parameter, parameter.posterior[median]);
    write(layer, {cell.x, cell.y + 41},
          fitted(middle + " (" + range_of(data, parameter, parameter.posterior) + ")", cell.w,
                 11.5F, Font::regular),
          {11.5F, Font::regular, c.second});
    Plot plot;
    plot.area = {cell.x, cell.y + head_height, cell.w, cell.h - head_height - foot_height};
    plot.top = 1.06 * std::max(0.1, std::ranges::max(parameter.density));
    draw_density(layer, plot, parameter.density);
    draw_interval(layer, plot, parameter.ranks);
    draw_values(layer, plot, data, parameter);
}

// ---------------------------------------------------------------- pairs

constexpr std::size_t most_dots = 3600; ///< of a whole matrix, so that pages stay small

struct Pairs {
    std::size_t count = 0;
    float width = 0, height = 0; ///< of a cell

    Rect cell(std::size_t row, std::size_t column) const
    {
        return {width * static_cast<float>(column), height * static_cast<float>(row), width - 5,
                height - 5};
    }
};

/// Words below each other in the middle of a cell.
void draw_pair_name(Layer& layer, const Rect& cell, const std::string& name)
{
    const float size = cell.w < 80 ? 10.5F : 12;
    std::vector<std::string> lines;
    std::size_t from = 0;
    while (from < name.size()) {
        const std::size_t blank = std::min(name.find(' ', from), name.size());
        const std::string word = name.substr(from, blank - from);
        const std::string longer = lines.empty() ? "" : lines.back() + " " + word;
        if (!longer.empty() && text_width(longer, size, Font::medium) <= cell.w)
            lines.back() = longer;
        else
            lines.push_back(word);
        from = blank + 1;
    }
    const float line = size + 2;
    const auto most = static_cast<std::size_t>(std::max(1.0F, cell.h / line));
    if (lines.size() > most)
        lines.resize(most);
    float y = cell.y + cell.h / 2 - line * static_cast<float>(lines.size()) / 2 + size - 1;
    for (const std::string& text : lines) {
        write(layer, {cell.x + cell.w / 2, y}, fitted(text, cell.w, size, Font::medium),
              {size, Font::medium, light().text, Align::center});
        y += line;
    }
}

void draw_dots(Layer& layer, const Rect& cell, const FittedParameter& across,
               const FittedParameter& up, std::size_t every)
{
    const Palette& c = light();
    layer.add(Box{cell, 0, c.panel, c.hairline, 1});
    const Rect inside = grown(cell, -2.5F);
    for (std::size_t k = 0; k < across.ranks.size(); k += every)
        layer.add(Disc{
            {inside.x + inside.w * px(across.ranks[k]), inside.y + inside.h * px(1 - up.ranks[k])},
            1.3F,
            c.board.faded(0.5)});
}

void draw_correlation(Layer& layer, const Rect& cell, double correlation)
{
    const Palette& c = light();
    constexpr double tied = 0.6;
    const bool known = std::isfinite(correlation);
    const double strength = known ? std::min(1.0, std::abs(correlation)) : 0;
    const Color tint = correlation < 0 ? c.board : c.signed_letter;
    layer.add(Box{cell, 0, tint.faded(0.5 * strength * strength)});
    std::string words = known ? fmt::format("{:.2f}", std::abs(correlation)) : "\u2013";
    if (correlation < 0 && words != "0.00")
        words = std::string(minus) + words;
    const Font font = strength >= tied ? Font::bold : Font::regular;
    write(layer, {cell.x + cell.w / 2, cell.y + cell.h / 2 + 4}, words,
          {12, font, strength < 0.25 ? c.third : c.text, Align::center});
}

} // namespace

DisplayList marginals_chart(const PosteriorData& data, float width)
{
    const std::size_t count = data.parameters.size(), columns = columns_of(count);
    const std::size_t rows = (count + columns - 1) / columns;
    const auto across = static_cast<float>(columns);
    const float cell_width = std::min(cell_most, (width - cell_gap * (across - 1)) / across);
    const float cell_height = rows < 3 ? 204 : 160;
    Layer layer;
    for (std::size_t k = 0; k < count; ++k) {
        const auto column = static_cast<float>(k % columns), row = static_cast<float>(k / columns);
        draw_marginal(
            layer,
            {(cell_width + cell_gap) * column, cell_height * row, cell_width, cell_height - 8},
            data, data.parameters[k]);
    }
    return list_of(std::move(layer), width, cell_height * static_cast<float>(rows));
}

std::size_t pairs_step(const PosteriorData& data)
{
    const std::size_t count = data.parameters.size();
    const std::size_t dots = count * (count - 1) / 2 * data.draws;
    return std::max<std::size_t>(1, (dots + most_dots - 1) / most_dots);
}

DisplayList pairs_chart(const PosteriorData& data, float width)
{
    const std::size_t count = data.parameters.size();
    const auto across = static_cast<float>(count);
    const float height = std::clamp(412 / across, 46.0F, 140.0F);
    const Pairs pairs{count, std::min((width + 5) / across, 1.8F * height), height};
    const std::size_t every = pairs_step(data);
    Layer layer;
    for (std::size_t row = 0; row < count; ++row)
        for (std::size_t column = 0; column < count; ++column) {
            const Rect cell = pairs.cell(row, column);
            if (row == column)
                draw_pair_name(layer, cell, data.parameters[row].words);
            else if (column < row)
                draw_dots(layer, cell, data.parameters[column], data.parameters[row], every);
            else
                draw_correlation(layer, cell, data.correlations[row][column]);
        }
    return list_of(std::move(layer), width, pairs.height * across);
}

} // namespace walkout::report
