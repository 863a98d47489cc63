#include "sim/cli/sensitivity_report.hpp"
#include "sim/cli/terminal.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr std::size_t bar_width = 16;
constexpr std::size_t most_detailed = 1; // measures shown in full when none was named

using Rows = std::vector<std::vector<std::string>>;

std::string share_cell(const Interval& i)
{
    const auto inside = [](double value) { return std::clamp(value, 0.0, 1.0); };
    if (std::isnan(i.value))
        return "-";
    const std::string text = fmt::format("{:.0f} %", 100 * inside(i.value));
    return std::isnan(i.low) ? text
                             : fmt::format("{} ({:>2.0f}-{:>2.0f})", text, 100 * inside(i.low),
                                           100 * inside(i.high));
}

std::string amount_cell(const std::string& unit, const Interval& i)
{
    return std::isnan(i.low)
               ? difference_amount(unit, i.value)
               : fmt::format("{} ({} to {})", difference_amount(unit, i.value),
                             difference_amount(unit, i.low), difference_amount(unit, i.high));
}

/// Rows of a table below their head, the largest size first, each behind a bar of its size.
template <class Effects, class Size, class Cells>
Rows sorted_rows(const SensitivityReport& report, const Effects& effects, double largest, Size size,
                 Cells cells)
{
    std::vector<std::pair<double, std::vector<std::string>>> rows;
    for (std::size_t k = 0; k < effects.size(); ++k) {
        const double value = std::isnan(size(effects[k])) ? 0 : size(effects[k]);
        std::vector<std::string> row = {
            fmt::format("{} {}", padded(report.sample.parameters[k].name, 20),
                        bar(largest > 0 ? std::max(0.0, value) / largest : 0, bar_width))};
        for (std::string& cell : cells(effects[k]))
            row.push_back(std::move(cell));
        rows.emplace_back(value, std::move(row));
    }
    std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.first > b.first; });
    Rows sorted;
    for (auto& [value, row] : rows)
        sorted.push_back(std::move(row));
    return sorted;
}

template <class Effects, class Size> double largest_of(const Effects& effects, Size size)
{
    double largest = 0;
    for (const auto& effect : effects)
        largest = std::max(largest, size(effect));
    return largest;
}

/// The table of one measure, with its head.
struct Table {
    const SensitivityReport& report;
    const MeasureSensitivity& measure;

    Rows operator()(const NoAnswer&) const { return {}; }

    template <class Index> Rows shares(const std::vector<Index>& indices) const
    {
        if (indices.empty())
            return {};
        Rows rows = {{"parameter", "with interplay (total)", "alone (first order)"}};
        for (auto& row : sorted_rows(
                 report, indices, 1, [](const Index& i) { return i.total.value; },
                 [](const Index& i) {
                     return std::vector{share_cell(i.total), share_cell(i.first)};
                 }))
            rows.push_back(std::move(row));
        return rows;
    }

    Rows operator()(const SobolAnalysis& a) const { return shares(a.parameters); }
    Rows operator()(const SurrogateAnalysis& a) const { return shares(a.parameters); }

    Rows operator()(const MorrisAnalysis& a) const
    {
        const auto size = [](const MorrisEffect& e) { return e.mu_star.value; };
        const std::string& unit = measure.response.unit;
        Rows rows = {{"parameter", "mean size (mu*)", "mean (mu)", "spread (sigma)", "word"}};
        for (auto& row : sorted_rows(report, a.parameters, largest_of(a.parameters, size), size,
                                     [&](const MorrisEffect& e) {
                                         return std::vector{amount_cell(unit, e.mu_star),
                                                            difference_amount(unit, e.mu.value),
                                                            difference_amount(unit, e.sigma.value),
                                                            std::string(name_of(e.word))};
                                     }))
            rows.push_back(std::move(row));
        return rows;
    }

    Rows operator()(const MainEffects& a) const
    {
        const auto size = [](const MainEffect& e) { return e.range.value; };
        const std::string& unit = measure.response.unit;
        Rows rows = {{"parameter", "range of means", "mean at each value"}};
        for (auto& row :
             sorted_rows(report, a.parameters, largest_of(a.parameters, size), size,
                         [&](const MainEffect& e) {
                             return std::vector{amount_cell(unit, e.range), levels_text(e)};
                         }))
            rows.push_back(std::move(row));
        return rows;
    }

    std::string levels_text(const MainEffect& effect) const
    {
        constexpr std::size_t most = 5;
        const auto text = [&](const LevelMean& level) {
            return fmt::format("{}: {}",
                               std::isnan(level.value) ? "own" : fmt::format("{:.3g}", level.value),
                               amount(measure.response.unit, level.mean.value));
        };
        std::string all;
        for (std::size_t k = 0; k < effect.levels.size(); ++k)
            if (k < most - 1 || k + 1 == effect.levels.size() || effect.levels.size() == most)
                all += (all.empty() ? "" : "  ") + text(effect.levels[k]);
            else if (k == most - 1)
                all += "  ...";
        return all;
    }
};

std::string detail(const SensitivityReport& report, const MeasureSensitivity& measure,
                   const Style& style)
{
    std::string text = heading(style, title_of(report, measure));
    for (const std::string& sentence : findings(report, measure))
        text += wrapped(sentence, text_width, 2);
    const Rows rows = std::visit(Table{report, measure}, measure.answer);
    return rows.empty() ? text : text + table(rows, style);
}

/// A parameter's name with what it has of a measure, for the overview.
struct Strongest {
    const SensitivityReport& report;
    const MeasureSensitivity& measure;

    template <class Effects, class Size, class Tell>
    std::string named(const Effects& effects, Size size, Tell tell) const
    {
        constexpr std::size_t most = 3;
        std::vector<std::size_t> order(effects.size());
        for (std::size_t k = 0; k < order.size(); ++k)
            order[k] = k;
        std::ranges::stable_sort(
            order, [&](auto a, auto b) { return size(effects[a]) > size(effects[b]); });
        std::string text;
        for (std::size_t k = 0; k < std::min(most, order.size()); ++k)
            text +=
                fmt::format("{}{} {}", k == 0 ? "" : ", ", report.sample.parameters[order[k]].name,
                            tell(size(effects[order[k]])));
        return text;
    }

    std::string operator()(const NoAnswer&) const { return "no answer"; }
    template <class Index> std::string shares(const std::vector<Index>& all) const
    {
        return all.empty()
                   ? "no answer"
                   : named(
                         all, [](const Index& i) { return std::clamp(i.total.value, 0.0, 1.0); },
                         percent_text);
    }
    std::string operator()(const SobolAnalysis& a) const { return shares(a.parameters); }
    std::string operator()(const SurrogateAnalysis& a) const { return shares(a.parameters); }
    std::string operator()(const MorrisAnalysis& a) const
    {
        return named(
            a.parameters, [](const MorrisEffect& e) { return e.mu_star.value; },
            [&](double value) { return difference_amount(measure.response.unit, value); });
    }
    std::string operator()(const MainEffects& a) const
    {
        return named(
            a.parameters, [](const MainEffect& e) { return e.range.value; },
            [&](double value) { return difference_amount(measure.response.unit, value); });
    }
};

/// One line per measure: what luck has, and who matters most.
std::string overview(const SensitivityReport& report, const Style& style)
{
    std::string text = heading(style, "All measures: luck's share, and the three strongest");
    for (const MeasureSensitivity& m : report.measures) {
        const double all = m.variance.parameters + m.variance.luck;
        const std::string luck =
            std::isnan(m.variance.luck) || all <= 0 ? "-" : percent_text(m.variance.luck / all);
        text += fmt::format("  {} {}  {}\n", padded(title_of(report, m), 27), padded(luck, 5, true),
                            std::visit(Strongest{report, m}, m.answer));
    }
    return text + style.dim("  --measure NAME shows one in full\n");
}

} // namespace

std::string percent_text(double share)
{
    if (std::isnan(share))
        return "-";
    const double value = 100 * share;
    return value > 0 && value < 0.95 ? fmt::format("{:.1f} %", value)
                                     : fmt::format("{:.0f} %", value);
}

std::string amount(const std::string& unit, double value)
{
    if (std::isnan(value))
        return "-";
    if (unit == "share" || unit.empty())
        return fmt::format("{:.1f} %", 100 * value);
    return unit == "hours" ? fmt::format("{:.1f} h", value) : fmt::format("{:.1f}", value);
}

std::string difference_amount(const std::string& unit, double value)
{
    const bool share = unit == "share" || unit.empty();
    return share && !std::isnan(value) ? fmt::format("{:.1f} pt", 100 * value)
                                       : amount(unit, value);
}

std::string title_of(const SensitivityReport& report, const MeasureSensitivity& measure)
{
    const Response& r = measure.response;
    return report.sample.scenarios > 1 ? fmt::format("{} ({})", r.measure, r.scenario) : r.measure;
}

std::string text_of(const SensitivityReport& report)
{
    const Style style;
    const StudySample& s = report.sample;
    std::string text = style.bold(s.title) + "\n";
    text += style.dim(fmt::format("{}, {} points of {} parameters; {} runs", s.design,
                                  s.points.size(), s.parameters.size(), s.runs)) +
            "\n";
    for (const std::string& sentence : study_findings(report))
        text += style.warn(wrapped(sentence, text_width, 0));
    const std::size_t shown =
        report.detailed ? report.measures.size() : std::min(most_detailed, report.measures.size());
    for (std::size_t k = 0; k < shown; ++k)
        text += detail(report, report.measures[k], style);
    return report.measures.size() > shown ? text + overview(report, style) : text;
}

} // namespace walkout::cli
