#include "sim/cli/attribute_report.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/summary_json.hpp"
#include "sim/cli/version.hpp"
#include "sim/study/csv_fields.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace walkout::cli {

namespace {

Json factor_json(const AttributeReport& report, const Factor& factor)
{
    return {{"name", factor.name},
            {"kind", name_of(factor.kind)},
            {"meaning", factor.meaning},
            {"without", overrides_of(factor, *report.variants)}};
}

Json measure_json(const AttributeReport& report, std::size_t m)
{
    const AttributedMeasure& measure = report.attribution.measures[m];
    const AttributedInfo& info = attributed_infos()[m];
    Json factors = Json::object();
    for (std::size_t i = 0; i < measure.contributions.size(); ++i) {
        const Contribution& c = measure.contributions[i];
        factors[report.factors.factors[i].name] = {{"shapley", estimate(c.shapley)},
                                                   {"sampling", c.sampling},
                                                   {"drop_one", estimate(c.drop_one)},
                                                   {"alone", estimate(c.alone)}};
    }
    return {{"unit", std::string(info.unit)},         {"meaning", std::string(info.meaning)},
            {"with_all", estimate(measure.with_all)}, {"with_none", estimate(measure.with_none)},
            {"total", estimate(measure.total)},       {"factors", factors}};
}

} // namespace

const char* name_of(Factor::Kind kind)
{
    static constexpr const char* names[] = {"cause", "event", "own"};
    return names[static_cast<std::size_t>(kind)];
}

namespace {

Json object_of(const AttributeReport& report)
{
    const Attribution& a = report.attribution;
    const Scenario& scenario = report.variants->file().scenario;
    Json measures = Json::object();
    for (std::size_t m = 0; m < attributed_count; ++m)
        measures[std::string(attributed_infos()[m].name)] = measure_json(report, m);
    return {{"scenario", scenario.name},
            {"name", report.name},
            {"file", report.file},
            {"study", report.study},
            {"title", report.title},
            {"summary", report.summary},
            {"headcount", scenario.organization.headcount},
            {"horizon", scenario.horizon},
            {"version", version},
            {"seed", report.seed},
            {"replicates", report.replicates},
            {"failed", a.failed},
            {"overrides", report.overrides},
            {"method", a.exact ? "exact" : "sampled_orders"},
            {"orders", a.orders},
            {"runs", a.runs},
            {"fingerprint", hex(a.fingerprint)},
            {"factors", array(report.factors.factors,
                              [&](const Factor& factor) { return factor_json(report, factor); })},
            {"left_out", array(report.factors.left_out,
                               [](const LeftOut& left) {
                                   return Json{{"name", left.name}, {"why", left.why}};
                               })},
            {"measures", measures}};
}

} // namespace

namespace {

/// @param columns  factors of the first scenario; one that another lacks counts as with it
std::string combination_rows(const AttributeReport& report, const std::vector<Factor>& columns)
{
    const auto& own = report.factors.factors;
    const std::size_t count = report.attribution.measures[0].coalitions.size();
    std::string rows;
    for (std::size_t coalition = 0; coalition < count; ++coalition) {
        rows += csv_text(report.name);
        for (const Factor& column : columns) {
            const auto at = std::ranges::find(own, column.name, &Factor::name) - own.begin();
            const bool lacks = at == static_cast<std::ptrdiff_t>(own.size());
            rows += lacks || (coalition >> at & 1U) != 0 ? ",1" : ",0";
        }
        for (const AttributedMeasure& measure : report.attribution.measures)
            rows += fmt::format(",{:.6g}", measure.coalitions[coalition]);
        rows += "\n";
    }
    return rows;
}

} // namespace

std::string json_of(const AttributeReport& report)
{
    Json all = object_of(report);
    all["others"] = array(report.others, object_of);
    return all.dump(2) + "\n";
}

std::string attribution_csv(const AttributeReport& report)
{
    fmt::memory_buffer out;
    const auto to = std::back_inserter(out);
    fmt::format_to(to,
                   "measure,unit,factor,kind,shapley,shapley_low,shapley_high,sampling,drop_one,"
                   "drop_one_low,drop_one_high,alone,alone_low,alone_high\n");
    for (std::size_t m = 0; m < attributed_count; ++m)
        for (std::size_t i = 0; i < report.factors.factors.size(); ++i) {
            const Contribution& c = report.attribution.measures[m].contributions[i];
            const Factor& factor = report.factors.factors[i];
            fmt::format_to(
                to, "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", attributed_infos()[m].name,
                attributed_infos()[m].unit, csv_text(factor.name), name_of(factor.kind),
                c.shapley.value, c.shapley.low, c.shapley.high, c.sampling, c.drop_one.value,
                c.drop_one.low, c.drop_one.high, c.alone.value, c.alone.low, c.alone.high);
        }
    return fmt::to_string(out);
}

std::string combinations_csv(const AttributeReport& report)
{
    std::string csv = "scenario";
    for (const Factor& factor : report.factors.factors)
        csv += "," + csv_text(factor.name);
    for (const AttributedInfo& info : attributed_infos())
        csv += fmt::format(",{}", info.name);
    csv += "\n" + combination_rows(report, report.factors.factors);
    for (const AttributeReport& other : report.others)
        csv += combination_rows(other, report.factors.factors);
    return csv;
}

} // namespace walkout::cli
