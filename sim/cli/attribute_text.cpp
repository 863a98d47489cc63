#include "sim/cli/attribute_report.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/study/measure_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <numeric>

namespace walkout::cli {

namespace {

std::string method_text(const Attribution& a)
{
    return a.exact ? "Shapley values are exact over all combinations of factors in each replicate; "
                     "intervals (95 %) are over replicates with the same luck."
                   : fmt::format("Shapley values average over {} random orders per replicate, each "
                                 "with its reverse; intervals (95 %) over replicates contain luck "
                                 "and sampling, 'sampling' is the part that more --orders would "
                                 "take away.",
                                 a.orders);
}

std::string opening(const AttributeReport& report, const Style& style)
{
    const Attribution& a = report.attribution;
    std::string text = style.bold("What made it happen: " + report.title) + "\n";
    text += style.dim(fmt::format(
                "{}, {}, {}, seed {}", counted(report.factors.factors.size(), "factor"),
                counted(report.replicates, "replicate"), counted(a.runs, "run"), report.seed)) +
            "\n" + wrapped(method_text(a), text_width, 0);
    if (a.failed > 0)
        text += style.warn(fmt::format("{} of {} replicates failed and are left out below",
                                       a.failed, report.replicates)) +
                "\n";
    return text;
}

std::string removals(const AttributeReport& report, const Style& style)
{
    std::string text = heading(style, "Without the factor");
    std::size_t width = 0;
    for (const Factor& factor : report.factors.factors)
        width = std::max(width, factor.name.size());
    for (const Factor& factor : report.factors.factors) {
        std::string what = factor.meaning;
        if (factor.kind == Factor::Kind::own)
            for (const std::string& override : overrides_of(factor, *report.variants))
                what += (what.empty() ? "" : ", ") + override;
        const std::string lines = wrapped(what, text_width - width - 4, width + 4);
        text += "  " + padded(factor.name, width) + "  " + lines.substr(width + 4);
    }
    for (const LeftOut& left : report.factors.left_out)
        text += style.warn(fmt::format("  left out: {}: {}", left.name, left.why)) + "\n";
    return text;
}

/// Rows of factors, largest Shapley value first.
std::vector<std::size_t> by_size(const AttributedMeasure& measure)
{
    std::vector<std::size_t> order(measure.contributions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) {
        return std::abs(measure.contributions[i].shapley.value);
    });
    return order;
}

std::string estimate_text(std::string_view unit, const Estimate& e)
{
    return interval_text(unit, e.value, e.low, e.high);
}

/// `±2.3 pt`.
std::string margin_text(std::string_view unit, double margin)
{
    const std::string text = difference_text(unit, margin);
    return "±" + text.substr(text.starts_with('+') ? 1 : 0);
}

/// Of the factor of this name; a dash where the scenario has nothing to take away.
std::string shapley_text(const AttributeReport& report, std::size_t m, const std::string& factor)
{
    const auto& factors = report.factors.factors;
    const auto at = std::ranges::find(factors, factor, &Factor::name);
    if (at == factors.end())
        return "-";
    const auto i = static_cast<std::size_t>(at - factors.begin());
    return difference_text(attributed_infos()[m].unit,
                           report.attribution.measures[m].contributions[i].shapley.value);
}

std::string measure_table(const AttributeReport& report, std::size_t m, const Style& style)
{
    const AttributedMeasure& measure = report.attribution.measures[m];
    const AttributedInfo& info = attributed_infos()[m];
    std::vector<std::vector<std::string>> rows = {
        {"factor", "Shapley", "95 % interval", "drop one", "alone"}};
    if (!report.attribution.exact)
        rows[0].push_back("sampling");
    for (const std::size_t i : by_size(measure)) {
        const Contribution& c = measure.contributions[i];
        rows.push_back({report.factors.factors[i].name, difference_text(info.unit, c.shapley.value),
                        range_text(info.unit, c.shapley.low, c.shapley.high),
                        estimate_text(info.unit, c.drop_one), estimate_text(info.unit, c.alone)});
        if (!report.attribution.exact)
            rows.back().push_back(margin_text(info.unit, c.sampling));
    }
    rows.push_back({"total", difference_text(info.unit, measure.total.value),
                    range_text(info.unit, measure.total.low, measure.total.high)});
    return heading(style, fmt::format("{}: {} with all, {} with none", info.name,
                                      value_text(info.unit, measure.with_all.value),
                                      value_text(info.unit, measure.with_none.value))) +
           table(rows, style);
}

/// Shapley values of all scenarios of a study side by side.
std::string scenarios_table(const AttributeReport& report, std::size_t m, const Style& style)
{
    const AttributedInfo& info = attributed_infos()[m];
    std::vector<std::vector<std::string>> rows = {{"factor", report.name}};
    for (const std::size_t i : by_size(report.attribution.measures[m]))
        rows.push_back({report.factors.factors[i].name,
                        shapley_text(report, m, report.factors.factors[i].name)});
    rows.push_back(
        {"total", difference_text(info.unit, report.attribution.measures[m].total.value)});
    for (const AttributeReport& other : report.others) {
        rows[0].push_back(other.name);
        for (std::size_t k = 1; k + 1 < rows.size(); ++k)
            rows[k].push_back(shapley_text(other, m, rows[k][0]));
        rows.back().push_back(
            difference_text(info.unit, other.attribution.measures[m].total.value));
    }
    return heading(style, fmt::format("{}: Shapley values in each scenario", info.name)) +
           table(rows, style);
}

} // namespace

std::string text_of(const AttributeReport& report)
{
    const Style style;
    std::string text = opening(report, style) + removals(report, style);
    for (std::size_t m = 0; m < attributed_count; ++m)
        text += measure_table(report, m, style);
    for (std::size_t m = 0; m < attributed_count && !report.others.empty(); ++m)
        text += scenarios_table(report, m, style);
    text +=
        "\n" +
        style.dim(wrapped(
            fmt::format("Shapley: what the factor adds as it comes in, averaged over all orders; "
                        "they sum to the total. Drop one: all minus all but this. Alone: only this "
                        "minus none. An hour that never came counts as the horizon of {} h. These "
                        "are statements about the model.",
                        report.variants->file().scenario.horizon),
            text_width, 0));
    return text + "\n" + style.dim("fingerprint " + hex(report.attribution.fingerprint)) + "\n";
}

} // namespace walkout::cli
