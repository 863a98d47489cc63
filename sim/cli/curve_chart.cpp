#include "sim/cli/curve_chart.hpp"

#include "sim/cli/local_time.hpp"
#include "sim/cli/terminal.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr std::size_t chart_columns = 64;
constexpr int chart_rows = 13; // quarters fall on rows

/// The hours that a chart shows.
struct Window {
    Hours first = 0, last = 0;

    Hours time_of(std::size_t column) const
    {
        return first + (last - first) * static_cast<double>(column) / (chart_columns - 1);
    }
};

/// The hours worth looking at: around the growth of the median curves and the recorded points.
Window window(const Scenario& s, const std::vector<ChartCurve>& curves)
{
    Hours first = s.horizon, last = 0;
    for (const RecordRow& row : curves.front().summary.record) {
        first = std::min(first, row.point.time);
        last = std::max(last, row.point.time);
    }
    for (const ChartCurve& curve : curves) {
        const auto& fan = curve.summary.fan;
        const double most = fan.empty() ? 0 : fan.back().names.median;
        for (const FanPoint& point : fan) {
            if (point.names.median <= 0)
                continue;
            first = std::min(first, point.time - 1);
            if (point.names.median < 0.99 * most)
                last = std::max(last, point.time + 1);
        }
    }
    const Hours margin = 0.08 * std::max(1.0, last - first);
    return first < last ? Window{std::max(0.0, first - margin), std::min(s.horizon, last + margin)}
                        : Window{0.0, s.horizon};
}

/// Names at a moment, between the samples around it.
double between_samples(const std::vector<FanPoint>& fan, Hours time, double Quantiles::*which)
{
    const auto after = std::find_if(fan.begin(), fan.end(),
                                    [&](const FanPoint& point) { return point.time >= time; });
    if (after == fan.end())
        return fan.back().names.*which;
    if (after == fan.begin())
        return after->names.*which;
    const FanPoint& before = *(after - 1);
    const double part = (time - before.time) / (after->time - before.time);
    return before.names.*which + part * (after->names.*which - before.names.*which);
}

/// Draws names over the hours of a window.
class Drawing {
public:
    Drawing(const Scenario& scenario, const Window& window)
        : people_(scenario.organization.headcount), window_(window)
    {
    }

    void band(const ChartCurve& curve)
    {
        for (std::size_t c = 0; c < chart_columns; ++c) {
            const double low = row_at(curve, c, &Quantiles::p05);
            const double high = row_at(curve, c, &Quantiles::p95);
            if (between_samples(curve.summary.fan, window_.time_of(c), &Quantiles::p95) <= 0)
                continue;
            for (double row = high; row <= low; ++row)
                canvas_.put(static_cast<double>(c), row, curve.band);
        }
    }

    void median(const ChartCurve& curve)
    {
        double before = row_at(curve, 0, &Quantiles::median);
        for (std::size_t c = 0; c < chart_columns; ++c) {
            const double middle = row_at(curve, c, &Quantiles::median);
            for (double row = before - 1; row > middle; --row)
                canvas_.put(static_cast<double>(c), row, curve.rise); // a steep rise stays one line
            canvas_.put(static_cast<double>(c), middle, curve.median);
            before = middle;
        }
    }

    void recorded(const RecordPoint& point)
    {
        canvas_.put((point.time - window_.first) / (window_.last - window_.first) *
                        (chart_columns - 1),
                    row_of(point.count), "◆");
    }

    std::string row(int number) const { return canvas_.row(number); }

private:
    double row_of(double names) const { return (chart_rows - 1) * (1 - names / people_); }

    double row_at(const ChartCurve& curve, std::size_t column, double Quantiles::*which) const
    {
        return std::round(
            row_of(between_samples(curve.summary.fan, window_.time_of(column), which)));
    }

    double people_;
    Window window_;
    Canvas canvas_{chart_columns, chart_rows};
};

/// The drawing between its axes.
std::string framed(const Drawing& drawing, const Scenario& s, const Window& window)
{
    const double people = s.organization.headcount;
    std::string text;
    for (int r = 0; r < chart_rows; ++r) {
        const bool label = r % 3 == 0;
        const double value = people * (1 - static_cast<double>(r) / (chart_rows - 1));
        text += fmt::format("  {:>7} {}{}\n",
                            label ? fmt::format("{:.{}f}", value, people < 40 ? 2 : 0) : "",
                            label ? "┤" : "│", drawing.row(r));
    }
    std::string ticks;
    for (std::size_t c = 0; c < chart_columns; ++c)
        ticks += c % 16 == 0 ? "┬" : "─";
    text += "          └" + ticks + "\n          ";
    for (std::size_t c = 0; c < chart_columns; c += 16)
        text += padded(" " + clock_text(s, window.time_of(c)), 16);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

} // namespace

bool has_signatures(const Summary& summary)
{
    return !summary.fan.empty() && summary.fan.back().names.p95 > 0;
}

std::string curve_chart(const Scenario& scenario, const std::vector<ChartCurve>& curves)
{
    const Window shown = window(scenario, curves);
    Drawing drawing(scenario, shown);
    for (const ChartCurve& curve : curves)
        if (!curve.band.empty())
            drawing.band(curve);
    for (const ChartCurve& curve : curves)
        drawing.median(curve);
    for (const RecordRow& row : curves.front().summary.record)
        if (row.point.fit && row.point.counted == Counted::signatures)
            drawing.recorded(row.point);
    return framed(drawing, scenario, shown);
}

} // namespace walkout::cli
