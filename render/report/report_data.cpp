#include "render/report/report_data.hpp"

#include "render/chart_kit.hpp"
#include "sim/io/problems.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace walkout::report {

namespace {

constexpr std::size_t most_curves = 2000;

std::string grouped(std::uint64_t number)
{
    return render::grouped(static_cast<long>(number));
}

std::string counted(std::uint64_t number, const char* what)
{
    return fmt::format("{} {}{}", grouped(number), what, number == 1 ? "" : "s");
}

// ---------------------------------------------------------------- the line below the title

std::string design_words(const StudyRuns& study)
{
    const std::size_t parameters = study.background.parameters.size();
    const std::size_t scenarios = study.background.scenarios.size();
    std::string words;
    if (study.design == "one_at_a_time")
        words = counted(parameters, "parameter") + " one at a time";
    else if (study.points == 1)
        words = scenarios > 1 ? "" : "one point";
    else if (study.design == "grid")
        words = fmt::format("a grid of {} ({})", counted(parameters, "parameter"),
                            counted(study.points, "point"));
    else if (study.sampled())
        words = fmt::format("{} of {} ({})", render::readable(study.design),
                            counted(parameters, "parameter"), counted(study.points, "point"));
    else
        words = fmt::format("a {} of {}", study.design, counted(study.points, "point"));
    if (scenarios > 1)
        words += (words.empty() ? "" : ", in ") + counted(scenarios, "scenario");
    return words;
}

std::string runs_per_point(const std::vector<StudyRuns>& studies)
{
    std::size_t fewest = ~std::size_t{0}, most = 0;
    for (const StudyRuns& study : studies)
        for (const Member& member : study.members) {
            fewest = std::min(fewest, member.runs() + member.failed);
            most = std::max(most, member.runs() + member.failed);
        }
    return fewest == most ? counted(most, "run") + " per point"
                          : fmt::format("{} to {} per point", fewest, counted(most, "run"));
}

std::string line_of(const std::vector<StudyRuns>& studies)
{
    std::uint64_t runs = 0;
    std::string designs;
    for (const StudyRuns& study : studies) {
        runs += study.runs;
        designs += (designs.empty() ? "" : ", ") + design_words(study);
    }
    const ScenarioBackground& scenario = studies[0].background.scenarios[0];
    return fmt::format("Sweep of the scenario \u201c{}\u201d: {}; {}, {}.",
                       scenario.title.empty() ? scenario.name : scenario.title, designs,
                       runs_per_point(studies), counted(runs, "run"));
}

/// What is missing from the numbers, and how far that may go.
std::string notes_of(const std::vector<StudyRuns>& studies, const Measure& measure)
{
    std::uint64_t runs = 0, failed = 0;
    double worst = 0;
    std::string text;
    for (const StudyRuns& study : studies) {
        runs += study.runs;
        failed += study.failed;
        for (const Member& member : study.members)
            worst = std::max(worst, double(member.failed) /
                                        static_cast<double>(member.failed + member.runs()));
        if (!study.complete())
            text += fmt::format(
                "So far: {} of {} points of {} have runs. ", grouped(study.members.size()),
                grouped(study.points * study.background.scenarios.size()), study.title);
    }
    if (failed > 0) {
        text +=
            fmt::format("{} of {} runs ({:.2g} %) failed and are left out, at most {:.2g} % "
                        "of a point.",
                        grouped(failed), grouped(runs),
                        100 * static_cast<double>(failed) / static_cast<double>(runs), 100 * worst);
        if (measure.chance())
            text += fmt::format(" Had they ended otherwise, a chance would differ by at most "
                                "{:.0f} in 100.",
                                std::ceil(100 * worst));
    }
    return text;
}

// ---------------------------------------------------------------- the fan

/// Members of the fan: the baseline, or all runs of the first scenario.
std::vector<std::size_t> fan_members(const StudyRuns& study)
{
    if (const auto baseline = baseline_of(study, 0).member)
        return {*baseline};
    std::vector<std::size_t> all;
    for (std::size_t m = 0; m < study.members.size(); ++m)
        if (study.members[m].scenario == 0)
            all.push_back(m);
    return all;
}

void set_fan(ReportData& data, const StudyRuns& study)
{
    const auto curves = read_curves(study, fan_members(study), most_curves);
    if (curves.empty())
        return;
    std::vector<const SignedCurve*> all;
    for (const SignedCurve& curve : curves)
        all.push_back(&curve);
    data.fan = fan_of(all, study.background.scenarios[0], study.curve_every);
    const Baseline baseline = baseline_of(study, 0);
    const std::string runs = counted(curves.size(), "run");
    const std::string start = start_words(study.background.scenarios[0]);
    data.fan_words = !baseline.member ? runs + " over all points"
                     : baseline.exact ? runs + " of " + start
                                      : runs + " of the point nearest to " + start;
}

// ---------------------------------------------------------------- parts

void set_levers(ReportData& data, const std::vector<StudyRuns>& studies)
{
    for (const StudyRuns& study : studies)
        if (data.levers.levers.empty() ||
            (study.design == "one_at_a_time" && data.levers.about != "one parameter at a time")) {
            Levers levers = levers_of(study);
            if (!levers.levers.empty()) {
                data.levers = std::move(levers);
                data.totals = read_total_effects(study);
            }
        }
}

void set_surface(ReportData& data, const std::vector<StudyRuns>& studies)
{
    for (const StudyRuns& study : studies)
        if (const Levers levers = levers_of(study); !data.heat)
            data.heat = heat_map_of(study, levers);
    for (const StudyRuns& study : studies)
        if (const Levers levers = levers_of(study); !data.heat && !data.response)
            data.response = response_of(study, levers);
}

/// The study whose table is shown: the first with named scenarios, else the first.
const StudyRuns& study_of_table(const std::vector<StudyRuns>& studies)
{
    const auto named = std::ranges::find_if(
        studies, [](const StudyRuns& study) { return study.background.scenarios.size() > 1; });
    return named == studies.end() ? studies.front() : *named;
}

void set_stories(ReportData& data, const std::vector<StudyRuns>& studies)
{
    const StudyRuns& study = study_of_table(studies);
    data.stories = stories_of(study, levers_of(study));
    data.waits = waits_of(study, data.stories);
    std::set<std::size_t> members;
    data.fewest_runs = ~std::size_t{0};
    for (const StoryRow& row : data.stories.rows) {
        members.insert(row.members.begin(), row.members.end());
        data.fewest_runs = std::min(data.fewest_runs, row.runs);
        data.most_runs = std::max(data.most_runs, row.runs);
    }
    add_fans(data.stories, study,
             read_curves(study, {members.begin(), members.end()}, 5 * most_curves));
}

void check_together(const std::vector<StudyRuns>& studies)
{
    for (const StudyRuns& study : studies)
        if (study.version != studies[0].version || study.measure.name != studies[0].measure.name)
            throw io::InputError(fmt::format(
                "walkout: error: '{}' and '{}' do not go on one page: {} and {}\n   help: {}",
                studies[0].folder, study.folder,
                study.version != studies[0].version ? "version " + studies[0].version
                                                    : studies[0].measure.name,
                study.version != studies[0].version ? study.version : study.measure.name,
                study.version != studies[0].version ? "make the older one again"
                                                    : "say which with --measure"));
}

std::string provenance_of(const std::vector<StudyRuns>& studies)
{
    std::string prints, seeds;
    std::set<std::string> told;
    for (const StudyRuns& study : studies) {
        prints += (prints.empty() ? "" : ", ") + study.fingerprint;
        if (told.insert(study.seed).second)
            seeds += (seeds.empty() ? "" : ", ") + study.seed;
    }
    return fmt::format("fingerprint {}, version {}, seed {}", prints, studies[0].version, seeds);
}

std::string command_of(const std::vector<StudyRuns>& studies)
{
    std::string command;
    for (const StudyRuns& study : studies)
        command += (command.empty() ? "" : " && ") +
                   fmt::format("walkout sweep {}", study.background.file);
    if (studies.size() == 1)
        return command;
    command += " && walkout report";
    for (const StudyRuns& study : studies)
        command += " " + study.folder;
    return command;
}

} // namespace

ReportData report_data(const std::vector<StudyRuns>& studies)
{
    check_together(studies);
    ReportData data{.title = studies[0].title,
                    .line = line_of(studies),
                    .summary = studies[0].background.summary,
                    .notes = notes_of(studies, studies[0].measure),
                    .scenario = studies[0].background.scenarios[0],
                    .measure = studies[0].measure,
                    .command = command_of(studies),
                    .provenance = provenance_of(studies)};
    set_levers(data, studies);
    set_surface(data, studies);
    for (const StudyRuns& study : studies)
        if (data.triangles.empty())
            data.triangles = triangles_of(study);
    for (const StudyRuns& study : studies)
        if (data.fan.groups.empty())
            set_fan(data, study);
    set_stories(data, studies);
    data.findings = findings_of(data);
    check_consistency(data, studies);
    return data;
}

} // namespace walkout::report
