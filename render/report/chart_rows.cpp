#include "render/report/charts.hpp"

#include "render/report/chart_parts.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::report {

using namespace render;

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

DisplayList outcome_bar(const StoryRow& row, float width)
{
    // back, fizzles, board, exit: the order of the key
    static constexpr std::array order{Outcome::returned,        Outcome::partial,
                                      Outcome::failed_petition, Outcome::no_petition,
                                      Outcome::standoff,        Outcome::mass_exit};
    constexpr float height = 16;
    Layer layer;
    float x = 0;
    for (const Outcome outcome : order) {
        const auto k = static_cast<std::size_t>(outcome);
        const float part = width * px(row.outcomes[k]);
        const float seam = part > 3 && x + part < width - 1 ? 1.5F : 0;
        if (part > 0)
            layer.add(Box{{x, 0, part - seam, height}, 0, outcome_color(k)});
        x += part;
    }
    return list_of(std::move(layer), width, height);
}

DisplayList change_bar(const Estimate& change, std::pair<double, double> extent,
                       const std::string& text, float width)
{
    const Palette& c = light();
    constexpr float height = 16, words = 44;
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
