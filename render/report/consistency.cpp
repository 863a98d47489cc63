#include "render/report/report_data.hpp"

#include "sim/io/problems.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <stdexcept>

namespace walkout::report {

namespace {

/// Settings of a point as a text, the same wherever the study writes them; empty when they cannot
/// be told.
std::string settings_of(const StudyRuns& study, const Member& member)
{
    std::map<std::string, double> values;
    for (std::size_t p = 0; p < member.values.size(); ++p) {
        const StudyParameter& parameter = study.background.parameters[p];
        if (std::isnan(member.values[p]) || member.values[p] == parameter.own)
            continue;
        for (const std::string& path : parameter.paths)
            values[fmt::format("{}/{}", path, static_cast<int>(parameter.change))] =
                member.values[p];
    }
    std::string text = study.worlds[member.scenario] + " seed " + study.seed;
    for (const auto& [path, value] : values)
        text += fmt::format(" {}={:.17g}", path, value);
    return text;
}

void require(bool equal, const std::string& what)
{
    if (!equal)
        throw std::logic_error("the page would contradict itself: " + what);
}

bool same(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// The same settings in two studies: one number, or the page would show two for one.
void check_studies(const std::vector<StudyRuns>& studies)
{
    struct Shown {
        double value;
        const StudyRuns* study;
    };
    std::map<std::string, Shown> seen;
    for (const StudyRuns& study : studies)
        for (const Member& member : study.members) {
            if (study.sampled() || member.runs() == 0)
                continue;
            const double value = estimate_of(study, member).value;
            const auto [before, fresh] = seen.insert({settings_of(study, member), {value, &study}});
            if (!fresh && before->second.study != &study && !same(before->second.value, value))
                throw io::InputError(fmt::format(
                    "walkout: error: point {} of '{}' and the same settings in '{}' give {:.6g} "
                    "and {:.6g}\n   help: give both studies the same seed and as many replicates",
                    member.point, study.folder, before->second.study->folder, value,
                    before->second.value));
        }
}

} // namespace

void check_consistency(const ReportData& data, const std::vector<StudyRuns>& studies)
{
    for (const Lever& lever : data.levers.levers) {
        const double change = lever.to.estimate.value - lever.from.estimate.value;
        require(same(change, lever.change.value) ||
                    lever.change.runs != lever.to.estimate.runs, // some pairs have a failed run
                fmt::format("the ends of {} and their difference", lever.words));
    }
    const auto shares = [](const StoryRow& row, int outcome) {
        return row.outcomes[static_cast<std::size_t>(outcome)];
    };
    for (const StoryRow& row : data.stories.rows)
        require(!data.measure.chance() ||
                    same(shares(row, data.measure.outcome), row.estimate.value),
                fmt::format("bar and chance of {}", row.words));
    if (studies.size() > 1)
        check_studies(studies);
}

} // namespace walkout::report
