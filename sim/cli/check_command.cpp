#include "sim/cli/commands.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/core/branch.hpp"
#include "sim/core/organization_measures.hpp"
#include "sim/io/scenario_file.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <map>

namespace walkout::cli {

namespace {

/// How many numbers of the files are recorded, coded, fitted, assumed.
std::map<std::string, int> standing(const io::ScenarioFile& file)
{
    std::map<std::string, int> count;
    for (const io::Origin& origin : file.origins)
        ++count[origin.kind];
    return count;
}

std::string standing_text(const std::map<std::string, int>& count)
{
    std::string text;
    for (const char* kind : {"recorded", "coded", "fitted", "assumed"})
        if (const auto found = count.find(kind); found != count.end())
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", found->second, kind);
    return text.empty() ? "none" : text;
}

std::size_t enabled_events(const Scenario& scenario)
{
    return static_cast<std::size_t>(
        std::count_if(scenario.events.begin(), scenario.events.end(),
                      [](const Event& event) { return event.enabled; }));
}

std::string text_of(const io::ScenarioFile& file, const std::string& name)
{
    const Scenario& s = file.scenario;
    std::string text = fmt::format("{}: fine\n", name);
    text += fmt::format("  {} people, {} directors, {} events, {} recorded counts\n",
                        s.organization.headcount, s.board.directors.size(), enabled_events(s),
                        s.record.size());
    text += fmt::format("  numbers given: {}\n", standing_text(standing(file)));
    return text;
}

std::string row(const char* what, const std::string& value)
{
    return fmt::format("  {} {}\n", padded(what, 34), value);
}

/// Degrees in about ten bins of equal width, as bars.
std::string degree_chart(const OrganizationMeasures& m, const Style& style)
{
    constexpr std::size_t bins = 10;
    const std::size_t width = m.degree_counts.size() / bins + 1;
    std::vector<std::size_t> count((m.degree_counts.size() + width - 1) / width);
    for (std::size_t degree = 0; degree < m.degree_counts.size(); ++degree)
        count[degree / width] += m.degree_counts[degree];
    const auto most = static_cast<double>(*std::max_element(count.begin(), count.end()));
    std::string text;
    for (std::size_t b = 0; b < count.size(); ++b)
        text += fmt::format("  {:>5}-{:<5} {} {}\n", b * width, (b + 1) * width - 1,
                            style.accent(bar(static_cast<double>(count[b]) / most, 30)), count[b]);
    return text;
}

std::string leads_text(const OrganizationMeasures& m, const Organization& org, const Style& style)
{
    if (!m.leads)
        return style.dim("  betweenness of leads is left out: it would take minutes at this size") +
               "\n";
    std::vector<std::vector<std::string>> rows = {
        {"lead", "department", "level", "share of shortest paths"}};
    for (const LeadBetweenness& lead : *m.leads)
        rows.push_back({fmt::format("person {}", lead.person), org.department_of(lead.person).name,
                        org.level[lead.person] == 4 ? "head" : "lead",
                        fmt::format("{:.2f} %", 100 * lead.share)});
    return "  Leads who connect the most\n" + table(rows, style);
}

std::string text_of(const OrganizationMeasures& m, const Organization& org)
{
    const Style style;
    std::string text = style.bold("Organization") + "\n";
    text += row("people, departments, teams",
                fmt::format("{}, {}, {}", m.people, m.departments, m.teams));
    text += row("ties (pairs of people), density", fmt::format("{}, {:.4f}", m.ties, m.density));
    text += row("degree: mean, median, largest",
                fmt::format("{:.1f}, {:.0f}, {}", m.degree_mean, m.degree_median, m.degree_max));
    text += row("clustering coefficient", fmt::format("{:.3f}", m.clustering));
    text += row("ties inside teams", fmt::format("{:.0f} %", 100 * m.share_inside_team));
    text +=
        row("ties inside departments", fmt::format("{:.0f} %", 100 * m.share_inside_department));
    text += row("components, share of the largest",
                fmt::format("{}, {:.0f} %", m.components, 100 * m.largest_component_share));
    text += row("mean distance",
                fmt::format("{:.2f} steps (from {} people)", m.distance_mean, m.distance_sources));
    return text + "  Degrees\n" + degree_chart(m, style) + leads_text(m, org, style);
}

Json json_of(const OrganizationMeasures& m)
{
    Json all = {{"people", m.people},
                {"departments", m.departments},
                {"teams", m.teams},
                {"ties", m.ties},
                {"density", m.density},
                {"degree_mean", m.degree_mean},
                {"degree_median", m.degree_median},
                {"degree_max", m.degree_max},
                {"degree_counts", m.degree_counts},
                {"clustering", m.clustering},
                {"share_inside_team", m.share_inside_team},
                {"share_inside_department", m.share_inside_department},
                {"components", m.components},
                {"largest_component_share", m.largest_component_share},
                {"distance_mean", m.distance_mean},
                {"distance_sources", m.distance_sources},
                {"leads", nullptr}};
    if (m.leads)
        all["leads"] = array(*m.leads, [](const LeadBetweenness& lead) {
            return Json{{"person", lead.person}, {"betweenness", lead.share}};
        });
    return all;
}

Json json_of(const io::ScenarioFile& file)
{
    return {{"scenario", file.scenario.name},
            {"people", file.scenario.organization.headcount},
            {"directors", file.scenario.board.directors.size()},
            {"events", enabled_events(file.scenario)},
            {"recorded_counts", file.scenario.record.size()},
            {"numbers", standing(file)}};
}

} // namespace

int execute(const CheckOptions& options)
{
    const io::ScenarioFile file =
        io::read_scenario(options.input.scenario, options.input.overrides);
    Json json = json_of(file);
    std::string text = text_of(file, options.input.scenario);
    if (options.organization) {
        const auto org =
            organization_of(file.scenario, options.seed.value_or(file.scenario.ensemble.seed));
        const OrganizationMeasures measures = measure_organization(*org);
        json["organization"] = json_of(measures);
        text += "\n" + text_of(measures, *org);
    }
    print(options.json ? json.dump(2) + "\n" : text);
    return 0;
}

} // namespace walkout::cli
