#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"
#include "render/report/value_rows.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

using namespace render;

namespace {

void draw_outcomes(Layer& layer, Rect area, const std::array<double, outcome_names.size()>& shares)
{
    // back, fizzles, board, exit: the order of the key
    static constexpr std::array order{Outcome::returned,        Outcome::partial,
                                      Outcome::failed_petition, Outcome::no_petition,
                                      Outcome::standoff,        Outcome::mass_exit};
    float x = 0;
    for (const Outcome outcome : order) {
        const auto k = static_cast<std::size_t>(outcome);
        const float part = area.w * px(shares[k]);
        const float seam = part > 3 && x + part < area.w - 1 ? 1.5F : 0;
        if (part > 0)
            layer.add(Box{{area.x + x, area.y, part - seam, area.h}, 0, outcome_color(k)});
        x += part;
    }
}

} // namespace

Color outcome_color(std::size_t outcome)
{
    const Palette& c = light();
    switch (static_cast<Outcome>(outcome)) {
    case Outcome::returned:
        return c.back;
    case Outcome::mass_exit:
        return c.gone;
    case Outcome::standoff:
        return c.board;
    case Outcome::partial:
        return mix(c.at_work, c.panel, 0.45);
    case Outcome::failed_petition:
        return c.at_work;
    case Outcome::no_petition:
        break;
    }
    return c.hairline_strong;
}

DisplayList outcome_bar(const std::array<double, outcome_names.size()>& shares, float width)
{
    constexpr float height = 16;
    Layer layer;
    draw_outcomes(layer, {0, 0, width, height}, shares);
    return list_of(std::move(layer), width, height);
}

Color compared_color(std::size_t scenario)
{
    const Palette& c = light();
    const std::array colors{c.signed_letter, c.board, c.back, c.gone};
    return colors[scenario % colors.size()];
}

DisplayList outcomes_chart(const std::vector<ComparedScenario>& scenarios, float width)
{
    constexpr float row = 52;
    const Palette& c = light();
    Layer layer;
    float y = 12;
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
        layer.add(Box{{0, y, 11, 11}, 1, compared_color(k)});
        write(layer, {17, y + 10}, fitted(scenarios[k].words, width - 17, 13, Font::medium),
              {13, Font::medium, c.text});
        draw_outcomes(layer, {0, y + 18, width, 16}, scenarios[k].outcomes);
        y += row;
    }
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        if (std::ranges::any_of(scenarios, [k](const auto& s) { return s.outcomes[k] > 0; })) {
            layer.add(Box{{0, y, 11, 11}, 0, outcome_color(k)});
            write(layer, {17, y + 10}, readable(outcome_names[k]), {12, Font::regular, c.second});
            y += 20;
        }
    return list_of(std::move(layer), width, y + 8);
}

DisplayList departments_chart(const std::vector<DepartmentFlip>& departments, float width)
{
    const Palette& c = light();
    const std::size_t shown = std::min(departments.size(), departments_shown);
    double high = 0;
    for (const DepartmentFlip& department : departments)
        high = std::max(high, department.share);
    const ValueRows rows =
        value_rows(shown, width, 52, {0, high > 0 ? axis_range(0, high, true).second : 1});
    Layer layer;
    for (const double tick : nice_ticks(0, rows.plot.right, 5))
        draw_tick(layer, rows, tick, fmt::format("{:.0f} %", 100 * tick));
    for (std::size_t k = 0; k < shown; ++k) {
        draw_name(layer, rows, k, departments[k].words, false);
        draw_bar_to(layer, rows, rows.middle(k), 0, departments[k].share, c.board);
        write(layer, {width, rows.middle(k) + 4},
              fmt::format("{:.0f} %", 100 * departments[k].share),
              {11.5F, Font::medium, c.text, Align::right});
    }
    return list_of(std::move(layer), width, rows.bottom() + ValueRows::axis_height);
}

DisplayList change_bar(const Estimate& change, std::pair<double, double> extent,
                       const std::string& text, float width)
{
    const Palette& c = light();
    constexpr float height = 16;
    const float words = std::max(44.0F, 0.23F * width); // room for the text
    Plot plot;
    plot.area = {words, 0, width - words - 2, height};
    plot.left = extent.first;
    plot.right = std::max(extent.second, extent.first + 1e-9);
    Layer layer;
    const float zero = plot.x(0), end = plot.x(change.value);
    layer.add(Box{{std::min(zero, end), 3, std::abs(end - zero), 10},
                  0,
                  change.value < 0 ? c.board : c.signed_letter});
    const float low = plot.x(std::max(change.low, plot.left));
    const float high = plot.x(std::min(change.high, plot.right));
    layer.add(Line{{low, 8}, {high, 8}, 1.2F, c.text, c.text});
    draw_vline(layer, std::min(zero, width - 1.5F), 0, height, c.third);
    const float from = std::min({zero, end, low});
    write(layer, {from - 6, 12.5F}, text, {12.5F, Font::medium, c.text, Align::right});
    return list_of(std::move(layer), width, height);
}

} // namespace walkout::report
