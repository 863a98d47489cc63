#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"
#include "render/report/value_rows.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

using namespace render;

namespace {

constexpr float top = ValueRows::top, axis_height = ValueRows::axis_height;

void draw_axis(Layer& layer, const ValueRows& frame, const MeasureWords& words)
{
    for (const double tick : nice_ticks(frame.plot.left, frame.plot.right, 6)) {
        const bool last = tick + 1e-9 >= frame.plot.right;
        draw_tick(layer, frame, tick, last ? words.number(tick) : words.bare(tick));
    }
}

/// The value at the left end of a row: beside the whisker, or in the bar where there is no room.
void draw_left_value(Layer& layer, const ValueRows& frame, float y, const LeverEnd& end,
                     bool in_bar)
{
    const Palette& c = light();
    const float whisker = frame.plot.x(std::max(end.estimate.low, frame.plot.left));
    const float width = text_width(end.words, 11, Font::regular);
    if (whisker - 6 - width >= frame.plot.area.x)
        write(layer, {whisker - 6, y + 4}, end.words, {11, Font::regular, c.second, Align::right});
    else if (in_bar)
        write(layer, {frame.plot.x(std::min(end.estimate.high, frame.plot.right)) + 5, y + 4},
              end.words, {11, Font::medium, c.panel});
    else
        write(layer, {frame.plot.area.x + 3, y - frame.row / 2 + 8}, end.words,
              {11, Font::regular, c.second});
}

void draw_lever(Layer& layer, const ValueRows& frame, std::size_t k, const Lever& lever,
                double base)
{
    const Palette& c = light();
    const float y = frame.middle(k);
    const double low = lever.low.estimate.value, high = lever.high.estimate.value;
    const auto bar = [&](double value, Color fill) {
        draw_bar_to(layer, frame, y, base, value, fill);
    };
    const bool low_is_longer = std::abs(low - base) >= std::abs(high - base);
    bar(low_is_longer ? low : high, low_is_longer ? c.board : c.signed_letter);
    bar(low_is_longer ? high : low, low_is_longer ? c.signed_letter : c.board);
    for (const LeverEnd* end : {&lever.low, &lever.high})
        if (end->estimate.value != base)
            draw_whisker(layer, frame, y, end->estimate);
    const LeverEnd& left = low <= high ? lever.low : lever.high;
    const LeverEnd& right = low <= high ? lever.high : lever.low;
    const float room = frame.plot.x(base) - frame.plot.x(left.estimate.high);
    draw_left_value(layer, frame, y, left, room > text_width(left.words, 11, Font::medium) + 12);
    write(layer, {frame.plot.area.x + frame.plot.area.w + 10, y + 4}, right.words,
          {11, Font::regular, c.second});
    draw_name(layer, frame, k, lever.words, lever.change.excludes_zero());
}

void draw_key(Layer& layer)
{
    const Palette& c = light();
    float x = 0;
    for (const auto& [fill, words] :
         {std::pair{c.board, "low value"}, {c.signed_letter, "high value"}}) {
        layer.add(Box{{x, 4, 11, 11}, 1, fill});
        write(layer, {x + 17, 14}, words, {12, Font::regular, c.second});
        x += 92;
    }
}

/// A line through all rows where the levers start from, named above.
void draw_baseline(Layer& layer, const ValueRows& frame, const Levers& levers,
                   const MeasureWords& words)
{
    const Palette& c = light();
    const float x = frame.plot.x(levers.baseline.value);
    const std::string text = levers.baseline_words + " " + words.number(levers.baseline.value);
    const float half = text_width(text, 12, Font::medium) / 2;
    draw_vline(layer, x, top - 8, frame.bottom() + 4, c.text, 1.6F);
    const float right = frame.plot.area.x + frame.plot.area.w + 40;
    write(layer, {std::clamp(x, half, right - half), top - 14}, text,
          {12, Font::medium, c.text, Align::center});
}

std::pair<double, double> range_of(const Levers& levers, bool shares)
{
    double low = levers.baseline.value, high = low;
    for (const Lever& lever : levers.levers)
        for (const LeverEnd* end : {&lever.low, &lever.high}) {
            low = std::min(low, end->estimate.low);
            high = std::max(high, end->estimate.high);
        }
    return axis_range(low, high, shares);
}

} // namespace

DisplayList tornado_chart(const Levers& levers, const MeasureWords& words, float width)
{
    float right = 24;
    for (const Lever& lever : levers.levers)
        for (const LeverEnd* end : {&lever.low, &lever.high})
            right = std::max(right, text_width(end->words, 11, Font::regular) + 12);
    const ValueRows frame = value_rows(levers.levers.size(), width, std::min(right, 110.0F),
                                       range_of(levers, words.in_percent()));
    Layer layer;
    draw_key(layer);
    draw_axis(layer, frame, words);
    for (std::size_t k = 0; k < levers.levers.size(); ++k)
        draw_lever(layer, frame, k, levers.levers[k], levers.baseline.value);
    draw_baseline(layer, frame, levers, words);
    return list_of(std::move(layer), width, frame.bottom() + axis_height);
}

DisplayList total_effects_chart(const TotalEffects& totals, float width)
{
    const Palette& c = light();
    double high = 0;
    for (const TotalEffect& total : totals.effects)
        high = std::max({high, total.effect.value, total.effect.high});
    const ValueRows frame =
        value_rows(totals.effects.size(), width, 60, {0, axis_range(0, high, false).second});
    Layer layer;
    for (const double tick : nice_ticks(frame.plot.left, frame.plot.right, 6))
        draw_tick(layer, frame, tick, fmt::format("{:.3g}", tick));
    for (std::size_t k = 0; k < totals.effects.size(); ++k) {
        const Estimate& effect = totals.effects[k].effect;
        draw_bar_to(layer, frame, frame.middle(k), 0, std::max(0.0, effect.value), c.board);
        if (effect.high > effect.low)
            draw_whisker(layer, frame, frame.middle(k), effect);
        draw_name(layer, frame, k, totals.effects[k].words, effect.low > 0);
        write(layer, {width, frame.middle(k) + 4},
              fmt::format("{:.2f}", std::max(0.0, effect.value)),
              {11, Font::regular, c.second, Align::right});
    }
    return list_of(std::move(layer), width, frame.bottom() + axis_height);
}

} // namespace walkout::report
