#include "sim/cli/compare_report.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/names.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/summary_json.hpp"
#include "sim/cli/version.hpp"
#include "sim/study/csv_fields.hpp"

#include <fmt/format.h>
#include <iterator>

namespace walkout::cli {

namespace {

constexpr std::size_t most_people = 100; // in compare.json; flips.csv has all

Json scenario_json(const CompareReport& report, std::size_t k)
{
    const Scenario& s = report.ensembles[k].scenario;
    const Summary& summary = report.comparison.summaries[k];
    return {{"name", report.ensembles[k].name},
            {"file", report.files[k]},
            {"title", s.title},
            {"headcount", s.organization.headcount},
            {"start", iso_text(s, 0)},
            {"horizon", s.horizon},
            {"runs", summary.runs},
            {"failed", summary.failed},
            {"fingerprint", hex(summary.fingerprint)},
            {"outcomes", outcomes(summary)},
            {"outcome_intervals", outcome_intervals(summary)},
            {"measures", measures(summary)},
            {"record", record(s, summary)},
            {"fan", fan(summary)}};
}

Json flow_json(const OutcomeFlow& flow)
{
    Json all = Json::object();
    for (std::size_t from = 0; from < flow.size(); ++from) {
        Json row = Json::object();
        for (std::size_t to = 0; to < flow.size(); ++to)
            if (flow[from][to] > 0)
                row[std::string(outcome_names[to])] = flow[from][to];
        if (!row.empty())
            all[std::string(outcome_names[from])] = row;
    }
    return all;
}

Json script_json(const Scenario& s, const ScriptDifference& script)
{
    return {{"time", script.time},           {"local_time", iso_text(s, script.time)},
            {"event", script.event},         {"headline", script.headline},
            {"first", number(script.first)}, {"second", number(script.second)}};
}

Json act_json(const std::optional<Change>& act)
{
    if (!act)
        return nullptr;
    return {{"time", act->time},
            {"from", name_of(act->from)},
            {"to", name_of(act->to)},
            {"side", name_of(act->side)},
            {"cause", name_of(act->cause)}};
}

Json divergence_json(const Scenario& s, const Divergence& d)
{
    static constexpr const char* kinds[] = {"person", "director", "settlement"};
    Json entry = {{"time", d.time},
                  {"local_time", iso_text(s, d.time)},
                  {"kind", kinds[static_cast<std::size_t>(d.kind)]},
                  {"first", number(d.first_hour)},
                  {"second", number(d.second_hour)}};
    if (d.kind == Divergence::Kind::person)
        entry.update({{"person", d.person},
                      {"department", d.department},
                      {"first_act", act_json(d.first)},
                      {"second_act", act_json(d.second)}});
    if (d.kind == Divergence::Kind::director)
        entry["director"] = d.director;
    return entry;
}

Json flips_json(const Contrast& contrast)
{
    Json people = Json::array();
    for (const Flip& flip : contrast.flips) {
        if (people.size() == most_people)
            break;
        people.push_back({{"person", flip.person},
                          {"department", contrast.department_flips[flip.department].name},
                          {"runs", flip.runs},
                          {"first_usual", name_of(flip.first_usual)},
                          {"second_usual", name_of(flip.second_usual)},
                          {"first_typical", name_of(flip.first_typical)},
                          {"second_typical", name_of(flip.second_typical)}});
    }
    return {{"ever", contrast.flips.size()},
            {"mean", contrast.mean_flips()},
            {"typical", contrast.typical_flips()},
            {"departments", array(contrast.department_flips,
                                  [](const DepartmentFlips& d) {
                                      return Json{{"name", d.name},
                                                  {"headcount", d.headcount},
                                                  {"share", d.share},
                                                  {"typical", d.typical}};
                                  })},
            {"people", people}};
}

Json outcomes_json(const Contrast& c)
{
    Json all;
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        all[std::string(outcome_names[k])] = difference_json(c.outcomes[k]);
    return all;
}

Json contrast_json(const CompareReport& report, std::size_t k)
{
    const Contrast& c = report.comparison.contrasts[k];
    const Scenario& s = report.ensembles.front().scenario;
    Json entry = {{"scenario", report.ensembles[k + 1].name},
                  {"pairs", c.pairs},
                  {"ceiling", c.ceiling},
                  {"differences", differences(c.differences)},
                  {"outcome_differences", outcomes_json(c)},
                  {"outcome_flow", flow_json(c.flow)},
                  {"script", c.script ? script_json(s, *c.script) : Json(nullptr)},
                  {"same_luck", c.same_luck},
                  {"same_people", c.same_people},
                  {"divergence", c.divergence ? divergence_json(s, *c.divergence) : Json(nullptr)}};
    entry["flips"] = c.same_people ? flips_json(c) : Json(nullptr);
    return entry;
}

} // namespace

std::string name_of(const FurthestAct& act)
{
    const std::string stance = act.stance == Stance::resigned ? "left" : name_of(act.stance);
    return act.side == Pole::minus ? stance + "_minus" : stance;
}

std::string json_of(const CompareReport& report)
{
    Json scenarios = Json::array(), contrasts = Json::array();
    for (std::size_t k = 0; k < report.ensembles.size(); ++k)
        scenarios.push_back(scenario_json(report, k));
    for (std::size_t k = 0; k < report.comparison.contrasts.size(); ++k)
        contrasts.push_back(contrast_json(report, k));
    const Json all = {{"version", version},
                      {"seed", report.comparison.seed},
                      {"replicates", report.replicates},
                      {"overrides", report.overrides},
                      {"first", report.ensembles.front().name},
                      {"typical_replicate", report.comparison.typical},
                      {"scenarios", scenarios},
                      {"contrasts", contrasts}};
    return all.dump(2) + "\n";
}

std::string differences_csv(const CompareReport& report)
{
    fmt::memory_buffer out;
    const auto to = std::back_inserter(out);
    fmt::format_to(to,
                   "scenario,first,measure,unit,mean,low,high,larger,smaller,median,first_median,"
                   "pairs\n");
    const auto infos = measure_infos();
    for (std::size_t k = 0; k < report.comparison.contrasts.size(); ++k) {
        const Contrast& c = report.comparison.contrasts[k];
        for (std::size_t m = 0; m < infos.size(); ++m) {
            const Comparison& row = c.differences[m];
            fmt::format_to(to, "{},{},{},{},{},{},{},{},{},{},{},{}\n",
                           report.ensembles[k + 1].name, report.ensembles.front().name, row.measure,
                           infos[m].unit, row.difference.mean, row.difference.low,
                           row.difference.high, row.difference.larger, row.difference.smaller,
                           csv_number(row.first.median), csv_number(row.second.median), c.pairs);
        }
    }
    return fmt::to_string(out);
}

std::string flips_csv(const CompareReport& report)
{
    fmt::memory_buffer out;
    const auto to = std::back_inserter(out);
    fmt::format_to(to, "scenario,first,person,department,runs,pairs,usual,first_usual,typical,"
                       "first_typical\n");
    for (std::size_t k = 0; k < report.comparison.contrasts.size(); ++k) {
        const Contrast& c = report.comparison.contrasts[k];
        for (const Flip& flip : c.flips)
            fmt::format_to(to, "{},{},{},{},{},{},{},{},{},{}\n", report.ensembles[k + 1].name,
                           report.ensembles.front().name, flip.person,
                           csv_text(c.department_flips[flip.department].name), flip.runs, c.pairs,
                           name_of(flip.second_usual), name_of(flip.first_usual),
                           name_of(flip.second_typical), name_of(flip.first_typical));
    }
    return fmt::to_string(out);
}

} // namespace walkout::cli
