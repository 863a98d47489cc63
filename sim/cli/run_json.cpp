#include "sim/cli/json.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/summary_json.hpp"
#include "sim/cli/version.hpp"

#include <filesystem>

namespace walkout::cli {

namespace {

Json directors(const Summary& summary)
{
    return array(summary.directors, [](const DirectorSummary& d) {
        return with({{"name", d.name}, {"gave_way", d.gave_way.share}}, d.hours);
    });
}

Json departments(const Summary& summary)
{
    return array(summary.departments, [](const DepartmentSummary& d) {
        return with({{"name", d.name}, {"headcount", d.headcount}}, d.signed_share);
    });
}

Json counterpart(const Counterpart& other)
{
    Json all = {{"scenario", other.name},
                {"outcomes", outcomes(other.summary)},
                {"measures", measures(other.summary)},
                {"differences", differences(other.differences)},
                {"fingerprint", hex(other.summary.fingerprint)}};
    if (!other.without_peers.empty())
        all["differences_without_peers"] = differences(other.without_peers);
    return all;
}

} // namespace

std::string json_of(const RunReport& report)
{
    const Scenario& s = report.file.scenario;
    Json all = {{"scenario", s.name},
                {"title", s.title},
                {"version", version},
                {"seed", report.seed},
                {"replicates", report.replicates},
                {"failed", report.summary.failed},
                {"fingerprint", hex(report.summary.fingerprint)},
                {"outcomes", outcomes(report.summary)},
                {"outcome_intervals", outcome_intervals(report.summary)},
                {"measures", measures(report.summary)},
                {"record", record(s, report.summary)},
                {"directors", directors(report.summary)},
                {"departments", departments(report.summary)},
                {"fan", fan(report.summary)},
                {"typical_replicate", report.summary.typical}};
    if (report.twin)
        all["twin"] = counterpart(*report.twin);
    if (report.against)
        all["against"] = counterpart(*report.against);
    return all.dump(2) + "\n";
}

std::string provenance_json(const RunReport& report, const std::string& command)
{
    const Json runs = array(report.runs, [](const RunResult& run) { return hex(run.fingerprint); });
    const Json inputs = array(report.file.inputs, [](const std::string& name) {
        return std::filesystem::absolute(name).lexically_normal().string();
    });
    io::ScenarioFile needed = report.file; // the engine does not read the record
    needed.scenario.record_file.clear();
    needed.scenario.record.clear();
    const Json all = {{"program", "walkout"},
                      {"version", version},
                      {"command", command},
                      {"seed", report.seed},
                      {"replicates", report.replicates},
                      {"fingerprint", hex(report.summary.fingerprint)},
                      {"inputs", inputs},
                      {"scenario", io::resolve(needed)},
                      {"fingerprints", runs}};
    return all.dump(1) + "\n";
}

} // namespace walkout::cli
