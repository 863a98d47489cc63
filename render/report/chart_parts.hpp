#pragma once

#include "render/chart_kit.hpp"

namespace walkout::report {

/// A list of one layer that is `width` wide.
inline render::DisplayList list_of(render::Layer layer, float width, float height)
{
    return {width, height, 1, {std::make_shared<const render::Layer>(std::move(layer))}};
}

inline const render::Palette& light()
{
    return render::palette(render::Theme::light);
}

/// A range with room for all of `low` to `high`, ends at round numbers. Shares stay within 0 and 1
/// and show all of it when they fill a third.
inline std::pair<double, double> axis_range(double low, double high, bool shares)
{
    if (shares && high - low > 1.0 / 3)
        return {0, 1};
    const double span = high > low ? high - low : std::max(1e-9, std::abs(high) / 10);
    const auto ticks = render::nice_ticks(low - span, high + span, 13);
    std::pair<double, double> range{low - 0.05 * span, high + 0.05 * span};
    for (const double tick : ticks) {
        if (tick <= low)
            range.first = tick;
        if (tick >= high) {
            range.second = tick;
            break;
        }
    }
    if (shares)
        range = {std::max(0.0, range.first), std::min(1.0, range.second)};
    return range;
}

} // namespace walkout::report
