#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"
#include "render/report/validation_data.hpp"
#include "render/report/value_rows.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace walkout::report {

using namespace render;

namespace {

constexpr float mark = 5.5F;
constexpr Dash dashed{4, 3};

Shape diamond(Point at)
{
    return {{{at.x, at.y - mark}, {at.x + mark, at.y}, {at.x, at.y + mark}, {at.x - mark, at.y}},
            light().recorded};
}

void draw_key(Layer& layer)
{
    const Palette& c = light();
    layer.add(Box{{0, 5, 26, 9}, 2, mix(c.signed_letter, c.panel, 0.45F)});
    layer.add(Line{{10, 3}, {10, 16}, 2, c.text, c.text});
    write(layer, {34, 14}, "90 % and median by the other cases; line: 95 %",
          {12, Font::regular, c.second});
    layer.add(diamond({336, 9.5F}));
    write(layer, {348, 14}, "recorded", {12, Font::regular, c.second});
    layer.add(Line{{420, 9.5F}, {446, 9.5F}, 1.2F, c.board, c.board, dashed});
    write(layer, {454, 14}, "regression, 90 %", {12, Font::regular, c.second});
}

void draw_share(Layer& layer, const ValueRows& rows, std::size_t k, const ValidationCase& one)
{
    const Palette& c = light();
    const float y = rows.middle(k) - 2;
    if (const auto& share = one.by.front().share) {
        draw_whisker(layer, rows, y, {share->median, share->low[2], share->high[2], 0});
        draw_bar_to(layer, rows, y, share->low[1], share->high[1],
                    mix(c.signed_letter, c.panel, 0.45F));
        const float x = rows.plot.x(share->median);
        layer.add(Line{{x, y - 7}, {x, y + 7}, 2, c.text, c.text});
    }
    if (const auto& share = one.by.back().share) {
        const float below = y + 0.36F * rows.row;
        layer.add(Line{{rows.plot.x(share->low[1]), below},
                       {rows.plot.x(share->high[1]), below},
                       1.2F,
                       c.board,
                       c.board,
                       dashed});
    }
    layer.add(diamond({rows.plot.x(*one.recorded), y}));
}

} // namespace

DisplayList validation_chart(const std::vector<const ValidationCase*>& cases, float width)
{
    const ValueRows rows = value_rows(cases.size(), width, 16, {0, 1});
    Layer layer;
    draw_key(layer);
    for (const double tick : nice_ticks(0, 1, 5))
        draw_tick(layer, rows, tick, fmt::format("{:.0f} %", 100 * tick));
    for (std::size_t k = 0; k < cases.size(); ++k) {
        draw_name(layer, rows, k, cases[k]->words, !cases[k]->miss.empty());
        draw_share(layer, rows, k, *cases[k]);
    }
    return list_of(std::move(layer), width, rows.bottom() + ValueRows::axis_height);
}

DisplayList scores_chart(const std::vector<ValidationScore>& scores, float width)
{
    const Palette& c = light();
    double most = 0;
    for (const ValidationScore& score : scores)
        most = std::max(most, score.interval_score);
    const ValueRows rows = value_rows(scores.size(), width, 48,
                                      {0, axis_range(0, std::max(most, 1e-9), false).second});
    Layer layer;
    for (const double tick : nice_ticks(0, rows.plot.right, 4))
        draw_tick(layer, rows, tick, fmt::format("{:g}", tick));
    for (std::size_t k = 0; k < scores.size(); ++k) {
        draw_name(layer, rows, k, scores[k].words, k == 0);
        draw_bar_to(layer, rows, rows.middle(k), 0, scores[k].interval_score,
                    k == 0 ? c.signed_letter : c.at_work);
        write(layer, {width, rows.middle(k) + 4}, fmt::format("{:.1f}", scores[k].interval_score),
              {11.5F, Font::medium, c.text, Align::right});
    }
    return list_of(std::move(layer), width, rows.bottom() + ValueRows::axis_height);
}

} // namespace walkout::report
