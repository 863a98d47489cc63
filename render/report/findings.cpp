#include "render/report/report_data.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

constexpr std::size_t most_findings = 3;

/// The interval lies on both sides of one half at its ends: the lever turns the answer around.
bool decides(const Lever& lever, const Measure& measure)
{
    const auto& [low, high] = std::minmax(lever.from.estimate.value, lever.to.estimate.value);
    return measure.chance() && low < 0.5 && high > 0.5 && std::abs(lever.change.low) >= 0.25 &&
           std::abs(lever.change.high) >= 0.25;
}

std::string ends_text(const Lever& lever, const MeasureWords& words)
{
    return fmt::format("{} at {}, {}{} at {}; difference {} ({}).",
                       capitalized(words.sentence(lever.from.estimate.value)), lever.from.words,
                       words.chance() ? "in " : "", words.bare(lever.to.estimate.value),
                       lever.to.words, words.change(lever.change.value),
                       words.interval(lever.change, true));
}

Finding strongest_lever(const Lever& lever, const ReportData& data, const MeasureWords& words)
{
    if (!lever.change.excludes_zero())
        return {"No parameter makes a difference that is seen.",
                fmt::format("The largest, of {}, is {} ({}).", in_sentence(lever.words),
                            words.change(lever.change.value), words.interval(lever.change, true)),
                Finding::Tone::other};
    const bool alone = data.levers.levers.size() == 1;
    const std::string title =
        decides(lever, data.measure) ? fmt::format("{} decides it.", lever.words)
        : alone ? fmt::format("A difference comes from {}.", in_sentence(lever.words))
                : fmt::format("Most turns on {}.", in_sentence(lever.words));
    return {title, ends_text(lever, words), Finding::Tone::strongest};
}

/// Those whose interval spans zero, in one sentence.
std::optional<Finding> unseen_levers(const ReportData& data)
{
    std::vector<std::string> names;
    for (const Lever& lever : data.levers.levers)
        if (!lever.change.excludes_zero())
            names.push_back(in_sentence(lever.words));
    if (names.empty() || names.size() == data.levers.levers.size())
        return {};
    const std::size_t count = names.size();
    constexpr std::size_t told = 3;
    if (count > told) {
        names.resize(told);
        names.push_back(fmt::format("{} more", count - told));
    }
    return Finding{fmt::format("No difference is seen from {} of {} parameters.", count,
                               data.levers.levers.size()),
                   fmt::format("{}: the 95 % interval spans 0.", capitalized(listed(names))),
                   Finding::Tone::other};
}

/// The row that is farthest from the first one.
std::optional<Finding> farthest_story(const ReportData& data, const MeasureWords& words)
{
    const StoryRow* farthest = nullptr;
    for (const StoryRow& row : data.stories.rows)
        if (row.change && (farthest == nullptr ||
                           std::abs(row.change->value) > std::abs(farthest->change->value)))
            farthest = &row;
    if (farthest == nullptr)
        return {};
    const StoryRow& first = data.stories.rows[0];
    if (!farthest->change->excludes_zero())
        return Finding{fmt::format("No row differs from {} for sure.", first.words),
                       fmt::format("The largest difference, {}, is {} ({}).", farthest->words,
                                   words.change(farthest->change->value),
                                   words.interval(*farthest->change, true)),
                       Finding::Tone::other};
    return Finding{fmt::format("{} is farthest from {}.", farthest->words, first.words),
                   fmt::format("{}, against {}; difference {} ({}).",
                               capitalized(words.sentence(farthest->estimate.value)),
                               words.bare(first.estimate.value),
                               words.change(farthest->change->value),
                               words.interval(*farthest->change, true)),
                   Finding::Tone::other};
}

/// Where the measure is highest and lowest among the mixes of three weights.
Finding mixes_finding(const Triangle& triangle, const MeasureWords& words, Finding::Tone tone)
{
    const std::size_t high = triangle.highest(), low = triangle.lowest();
    const Estimate &top = triangle.mixes[high].estimate, &bottom = triangle.mixes[low].estimate;
    const std::string where = triangle.words.empty() ? "" : triangle.words + ": ";
    if (!triangle.spread.excludes_zero())
        return {where + (where.empty() ? "The" : "the") + " mix makes no difference that is seen.",
                fmt::format("{} at {}, {} at {}: {}.", words.number(bottom.value),
                            triangle.mix_words(low), words.number(top.value),
                            triangle.mix_words(high), words.interval(triangle.spread, true)),
                Finding::Tone::other};
    std::string text =
        fmt::format("Least with {}; difference {} ({})", triangle.mix_words(low),
                    words.change(triangle.spread.value), words.interval(triangle.spread, true));
    if (triangle.baseline)
        text += fmt::format("; {} as coded",
                            words.number(triangle.mixes[*triangle.baseline].estimate.value));
    return {fmt::format("{}{} to {}, most with {}.", where, words.bare(bottom.value),
                        words.number(top.value), triangle.mix_words(high)),
            text + ".", tone};
}

std::vector<Finding> mixes_findings(const ReportData& data, const MeasureWords& words)
{
    static constexpr std::array tones{Finding::Tone::strongest, Finding::Tone::second,
                                      Finding::Tone::other};
    std::vector<Finding> findings;
    for (const Triangle& triangle : data.triangles)
        if (findings.size() < most_findings)
            findings.push_back(mixes_finding(triangle, words, tones[findings.size()]));
    return findings;
}

/// The scenarios that are not told apart from the first one, in one sentence.
std::optional<Finding> unseen_stories(const ReportData& data)
{
    std::vector<std::string> names;
    for (const StoryRow& row : data.stories.rows)
        if (row.change && !row.change->excludes_zero())
            names.push_back(in_sentence(row.words));
    const std::size_t others = data.stories.rows.size() - 1;
    if (names.empty() || names.size() == others)
        return {};
    return Finding{fmt::format("No difference is seen in {} of {}.", names.size(), others),
                   fmt::format("{}: the 95 % interval against {} spans 0.",
                               capitalized(listed(names)), in_sentence(data.stories.rows[0].words)),
                   Finding::Tone::second};
}

Finding plain_finding(const ReportData& data, const MeasureWords& words)
{
    const Estimate& all = data.stories.rows.at(0).estimate;
    return {capitalized(words.sentence(all.value)) + ".",
            fmt::format("{}, {} runs.", capitalized(words.interval(all, false)), all.runs),
            Finding::Tone::strongest};
}

} // namespace

std::vector<Finding> findings_of(const ReportData& data)
{
    const MeasureWords words(data.measure, data.scenario);
    if (!data.triangles.empty())
        return mixes_findings(data, words);
    std::vector<Finding> findings;
    const auto& levers = data.levers.levers;
    if (!levers.empty())
        findings.push_back(strongest_lever(levers[0], data, words));
    else
        findings.push_back(plain_finding(data, words));
    if (levers.size() > 1 && levers[1].change.excludes_zero())
        findings.push_back({fmt::format("Second comes {}.", in_sentence(levers[1].words)),
                            ends_text(levers[1], words), Finding::Tone::second});
    if (auto unseen = unseen_levers(data))
        findings.push_back(std::move(*unseen));
    else if (levers.size() > 2 && levers[2].change.excludes_zero())
        findings.push_back({fmt::format("{} comes third.", levers[2].words),
                            ends_text(levers[2], words), Finding::Tone::other});
    if (findings.size() < most_findings)
        if (auto story = farthest_story(data, words))
            findings.push_back(std::move(*story));
    if (levers.empty() && findings.size() < most_findings)
        if (auto unseen = unseen_stories(data))
            findings.push_back(std::move(*unseen));
    return findings;
}

} // namespace walkout::report
