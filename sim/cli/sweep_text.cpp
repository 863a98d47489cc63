#include "sim/cli/json.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/sweep_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/io/shell_word.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <map>

namespace walkout::cli {

std::string bytes_text(double bytes)
{
    return bytes < 1e6   ? fmt::format("{:.0f} kB", std::ceil(bytes / 1e3))
           : bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6)
                         : fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string value_text(const StudyParameter& parameter, double value)
{
    if (std::isnan(value))
        return "as it is";
    if (parameter.flag)
        return value != 0 ? "true" : "false";
    const std::string text = fmt::format("{:.4g}", value);
    return parameter.unit == io::Unit::rate       ? text + "/h"
           : parameter.unit == io::Unit::duration ? text + "h"
                                                  : text;
}

std::string number_text(double value, const std::string& unit)
{
    if (std::isnan(value))
        return "-";
    if (value == never)
        return "never";
    if (unit == "share" || unit.empty())
        return fmt::format("{:.1f} %", 100 * value);
    return unit == "hours" ? fmt::format("{:.1f} h", value) : fmt::format("{:.0f}", value);
}

namespace {

/// Digits in groups of three.
std::string grouped(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3)
        text.insert(at - 3, 1, ',');
    return text;
}

std::string counted(std::uint64_t count, std::string_view what)
{
    return fmt::format("{} {}{}", grouped(count), what, count == 1 ? "" : "s");
}

std::string item(const char* what, const std::string& value)
{
    return fmt::format("  {} {}\n", padded(what, 11), value);
}

std::string replicates_text(const ReplicateParams& r)
{
    if (r.measure.empty())
        return fmt::format("{} of each point", grouped(r.most));
    return fmt::format("{} to {} of each point, until the half-width of {} is {}", r.least, r.most,
                       r.measure, r.half_width);
}

std::string design_text(const Study& study, const Plan& plan)
{
    std::string text =
        fmt::format("{}, {}", io::design_names()[static_cast<std::size_t>(study.design.kind)],
                    counted(plan.design().size(), "point"));
    return text + " of " + counted(study.parameters.size(), "parameter");
}

std::string scenarios_text(const Study& study)
{
    std::string text;
    for (const StudyScenario& scenario : study.scenarios)
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", scenario.name, scenario.file);
    return text;
}

std::string points_table(const Study& study, const Design& design, const Style& style)
{
    constexpr std::uint64_t shown = 4; // at either end
    std::vector<std::vector<std::string>> rows = {{"point"}};
    for (const StudyParameter& parameter : study.parameters)
        rows[0].push_back(parameter.name);
    for (std::uint64_t p = 0; p < design.size(); ++p) {
        if (p == shown && design.size() > 2 * shown) {
            p = design.size() - shown;
            rows.emplace_back(rows[0].size(), "...");
        }
        rows.push_back({std::to_string(p)});
        const auto values = design.point(p);
        for (std::size_t k = 0; k < values.size(); ++k)
            rows.back().push_back(value_text(study.parameters[k], values[k]));
    }
    return table(rows, style);
}

} // namespace

std::string plan_text(const io::StudyFile& file, const Plan& plan, const SweepEstimate& e)
{
    const Style style;
    const Study& study = file.study;
    std::string text = style.bold(study.title.empty() ? study.name : study.title) + "\n";
    text += wrapped(study.summary, text_width, 0);
    text += item("scenario", scenarios_text(study));
    text += item("design", design_text(study, plan));
    text += item("replicates",
                 fmt::format("{}, seed {}{}", replicates_text(study.replicates), study.seed,
                             study.common_luck ? ", all points share their luck"
                                               : ", each point with its own luck"));
    const std::string most = e.at_most ? "at most " : "";
    text += item("runs", most + grouped(static_cast<std::uint64_t>(e.runs)));
    text += item("time", fmt::format("{}about {} on {}", most, duration_text(e.seconds),
                                     counted(e.workers, e.unit)));
    text += item("memory", "about " + bytes_text(e.memory));
    text += item("disk", most + "about " + bytes_text(e.disk));
    return text + heading(style, "First and last points") +
           points_table(study, plan.design(), style);
}

// ---------------------------------------------------------------- results

namespace {

std::string outcomes_text(const SweepReport& report, const Style& style)
{
    const auto counts = report.store->outcomes();
    std::uint64_t all = 0;
    for (const auto& [name, count] : counts)
        all += count;
    std::string text = heading(style, "How it ends: share of all runs");
    for (const std::string_view name : outcome_names)
        if (const auto found = counts.find(std::string(name)); found != counts.end()) {
            const double share = static_cast<double>(found->second) / static_cast<double>(all);
            text += fmt::format("  {} {} {:>5.1f} %\n", padded(name, 16),
                                style.accent(bar(share, 30)), 100 * share);
        }
    return text;
}

std::string failures_text(const SweepReport& report, const Style& style)
{
    constexpr std::size_t shown = 3;
    const std::uint64_t failed = report.store->failed();
    if (failed == 0)
        return "";
    std::string text = heading(style, counted(failed, "run") + " failed and are left out above");
    std::size_t told = 0;
    Store::Cursor cursor(*report.store);
    for (; cursor.row() && told < shown; cursor.advance())
        if (!cursor.row()->error.empty()) {
            text += fmt::format("  run {}, point {}: {}\n    {}\n", cursor.row()->number,
                                cursor.row()->point, cursor.row()->error, cursor.row()->command);
            ++told;
        }
    return failed > shown ? text + fmt::format("  ... and {} more\n", failed - shown) : text;
}

} // namespace

std::string text_of(const SweepReport& report)
{
    const Style style;
    const Study& study = report.file->study;
    const std::uint64_t runs = report.store->runs();
    std::string text = style.bold(study.title.empty() ? study.name : study.title) + "\n";
    text += style.dim(fmt::format("{}; {}{}", design_text(study, *report.plan),
                                  counted(runs, "run"), report.complete ? "" : " so far")) +
            "\n";
    if (runs > report.store->failed())
        text += outcomes_text(report, style) + members_table(report);
    return text + failures_text(report, style) + "\n" +
           style.dim("fingerprint " + fingerprint_of(*report.store)) + "\n";
}

std::string json_of(const SweepReport& report)
{
    const Study& study = report.file->study;
    Json scenarios = Json::array();
    for (const StudyScenario& scenario : study.scenarios)
        scenarios.push_back(scenario.name);
    const std::uint64_t runs = report.store->runs(), failed = report.store->failed();
    Json outcomes = Json::object();
    for (const auto& [name, count] : report.store->outcomes())
        outcomes[name] = static_cast<double>(count) / static_cast<double>(runs - failed);
    const Json all = {{"study", study.name},
                      {"store", report.path},
                      {"points", report.plan->design().size()},
                      {"scenarios", scenarios},
                      {"runs", report.plan->most_runs()},
                      {"stored", runs},
                      {"failed", failed},
                      {"complete", report.complete},
                      {"fingerprint", fingerprint_of(*report.store)},
                      {"outcomes", outcomes}};
    return all.dump(2) + "\n";
}

// ---------------------------------------------------------------- one run

std::string run_text(const io::StudyFile& file, const RunRow& row,
                     const std::vector<std::string>& overrides)
{
    const Study& study = file.study;
    std::string text =
        fmt::format("Run {} of {}: point {} of scenario {}, replicate {}, seed {}\n", row.number,
                    study.name, row.point, row.scenario, row.replicate, row.seed);
    for (std::size_t k = 0; k < study.parameters.size(); ++k)
        text += fmt::format("  {} {}\n", padded(study.parameters[k].name, 28),
                            value_text(study.parameters[k], row.parameters[k]));
    if (!row.error.empty())
        return text + "failed: " + row.error + "\n";
    const auto measures = measures_of(study);
    for (std::size_t m = 0; m < measures.size(); ++m)
        text += fmt::format("  {} {}\n", padded(measures[m].name, 28),
                            number_text(row.measures[m], measures[m].unit));
    text += fmt::format("  {} {}\n", padded("outcome", 28), row.outcome);
    std::string words;
    for (const std::string& set : overrides)
        words += " --set " + io::shell_word(set);
    const auto scenario = std::ranges::find(study.scenarios, row.scenario, &StudyScenario::name);
    text += fmt::format("Why somebody acted in it: walkout explain {} --seed {} --replicate {}{} "
                        "--person 0\n",
                        io::shell_word(scenario->file), row.seed, row.replicate, words);
    return text + "fingerprint " + row.fingerprint + "\n";
}

std::string run_json(const io::StudyFile& file, const RunRow& row,
                     const std::vector<std::string>& overrides)
{
    Json parameters = Json::object(), measures = Json::object();
    for (std::size_t k = 0; k < row.parameters.size(); ++k)
        parameters[file.study.parameters[k].name] =
            std::isnan(row.parameters[k]) ? Json(nullptr) : Json(row.parameters[k]);
    for (std::size_t m = 0; m < row.measures.size(); ++m)
        measures[file.study.measures[m]] = number(row.measures[m]);
    const Json all = {
        {"run", row.number},
        {"scenario", row.scenario},
        {"point", row.point},
        {"replicate", row.replicate},
        {"seed", row.seed},
        {"parameters", parameters},
        {"measures", measures},
        {"outcome", row.outcome.empty() ? Json(nullptr) : Json(row.outcome)},
        {"fingerprint", row.fingerprint.empty() ? Json(nullptr) : Json(row.fingerprint)},
        {"error", row.error.empty() ? Json(nullptr) : Json(row.error)},
        {"overrides", overrides}};
    return all.dump(2) + "\n";
}

} // namespace walkout::cli
