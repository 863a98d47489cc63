#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"
#include "render/report/posterior_words.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::report {

using namespace render;

namespace {

constexpr float top = 24, plot_height = 268, axis_height = 30, row_least = 14, row_most = 26;
constexpr float recorded_width = 112, interval_width = 84;

/// Levels as normal scores: intervals of 50, 80 and 95 % are as wide in every row.
constexpr std::array<double, level_count> scores{-1.96, -1.645, -1.282, -0.674, 0,
                                                 0.674, 1.282,  1.645,  1.96};
constexpr double end_score = 3; ///< farther ones stand here

/// Beyond the outermost level, as many widths from the median.
double score_outside(double value, double outermost, double middle, double score)
{
    const double width = std::abs(outermost - middle);
    const double farther = std::abs(value - outermost);
    const double far = width > 0 && std::isfinite(width) ? farther / width : 1;
    return std::copysign(std::min(end_score, std::abs(score) * (1 + far)), score);
}

/// Where a value lies among the runs. One that many runs share stands at the middle of these.
double score_of(const Levels& runs, double value)
{
    if (value < runs.front())
        return score_outside(value, runs.front(), runs[median], scores.front());
    if (value > runs.back())
        return score_outside(value, runs.back(), runs[median], scores.back());
    const auto [first, last] = std::ranges::equal_range(runs, value);
    const auto k = static_cast<std::size_t>(first - runs.begin());
    if (first != last)
        return (scores[k] + scores[static_cast<std::size_t>(last - runs.begin()) - 1]) / 2;
    const double step = runs[k] - runs[k - 1];
    const double share = std::isfinite(step) ? (value - runs[k - 1]) / step : 0;
    return scores[k - 1] + share * (scores[k] - scores[k - 1]);
}

/// The numbers that are shown, in the order of the record.
std::vector<const RecordedNumber*> shown_of(const PosteriorData& data, std::size_t most)
{
    std::vector<const RecordedNumber*> shown;
    for (const RecordedNumber& number : data.record)
        shown.push_back(&number);
    for (const bool fit : {false, true})
        while (shown.size() > most) {
            const auto last = std::ranges::find(shown.rbegin(), shown.rend(), fit,
                                                [](const auto* number) { return number->fit; });
            if (last == shown.rend())
                break;
            shown.erase(std::next(last).base());
        }
    return shown;
}

void draw_bands(Layer& layer, const Plot& plot)
{
    const Palette& c = light();
    static constexpr std::array<std::pair<double, double>, 3> bands{
        {{scores[p975], 0.16}, {scores[p90], 0.22}, {scores[p75], 0.34}}};
    for (const auto& [score, alpha] : bands)
        layer.add(Box{{plot.x(-score), plot.area.y, plot.x(score) - plot.x(-score), plot.area.h},
                      0,
                      c.signed_letter.faded(alpha)});
    draw_vline(layer, plot.x(0), plot.area.y, plot.area.y + plot.area.h, c.signed_letter, 2.2F);
    static constexpr std::array<std::pair<Level, const char*>, 5> ticks{
        {{p025, "2.5 %"}, {p10, "10"}, {median, "50"}, {p90, "90"}, {p975, "97.5 %"}}};
    for (const auto& [level, words] : ticks)
        write(layer, {plot.x(scores[level]), plot.area.y + plot.area.h + 16}, words,
              {11, Font::regular, c.third, Align::center});
}

void draw_number(Layer& layer, const Plot& plot, float y, const RecordedNumber& number)
{
    const Palette& c = light();
    const Color color = number.inside_95 ? c.recorded : c.gone;
    const float low = plot.x(score_of(number.runs, number.low));
    const float high = plot.x(score_of(number.runs, number.high));
    layer.add(Line{{low, y}, {high, y}, 1.6F, color, color});
    const Point at{plot.x(score_of(number.runs, number.value)), y};
    layer.add(Disc{at, 4.2F, number.fit ? color : c.panel});
    layer.add(Ring{at, 4, number.fit ? 1.4F : 1.8F, number.fit ? c.panel : color});
}

void draw_words(Layer& layer, const Plot& plot, float y, const PosteriorData& data,
                const RecordedNumber& number)
{
    const Palette& c = light();
    const Font font = number.fit ? Font::medium : Font::regular;
    const Color color = number.inside_95 ? c.text : c.gone;
    const float names = plot.area.x - recorded_width - 22;
    write(layer, {0, y + 4}, fitted(words_of(data, number), names, 12, font), {12, font, color});
    write(layer, {plot.area.x - 12, y + 4}, recorded_words(number),
          {12, font, color, Align::right});
    write(layer, {plot.area.x + plot.area.w + interval_width, y + 4},
          runs_words(number, p025, p975), {11.5F, Font::regular, c.second, Align::right});
}

void draw_heads(Layer& layer, const Plot& plot)
{
    const Type type{11, Font::regular, light().third, Align::right};
    write(layer, {plot.area.x - 12, 14}, "recorded", type);
    write(layer, {plot.area.x + plot.area.w + interval_width, 14}, "95 % of runs", type);
    write(layer, {plot.x(0), 14}, "place among the runs",
          {11, type.font, type.color, Align::center});
}

} // namespace

DisplayList recorded_chart(const PosteriorData& data, float width, std::size_t most)
{
    const auto shown = shown_of(data, most);
    const float count = std::max(1.0F, static_cast<float>(shown.size()));
    const float row = std::clamp(plot_height / count, row_least, row_most);
    float names = 60;
    for (const RecordedNumber* number : shown)
        names = std::max(names, text_width(words_of(data, *number), 12, Font::medium) + 8);
    const float left = std::min(names, 0.35F * width) + recorded_width + 14;
    Plot plot;
    plot.area = {left, top, width - left - interval_width - 2, row * count};
    plot.left = -end_score - 0.2;
    plot.right = end_score + 0.2;
    Layer layer;
    draw_heads(layer, plot);
    draw_bands(layer, plot);
    for (std::size_t k = 0; k < shown.size(); ++k) {
        const float y = top + row * (static_cast<float>(k) + 0.5F);
        draw_number(layer, plot, y, *shown[k]);
        draw_words(layer, plot, y, data, *shown[k]);
    }
    return list_of(std::move(layer), width, top + row * count + axis_height);
}

} // namespace walkout::report
