#include "render/compared.hpp"

#include "render/chart_kit.hpp"
#include "sim/study/comparison.hpp"
#include "sim/study/divergence.hpp"
#include "sim/study/measure_text.hpp"
#include "sim/study/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace walkout::render {

namespace {

std::string moment(const Story& story, Hours time)
{
    return story.weekday(time) + " " + story.clock_text(time);
}

/// `then`, `Mon 05:12` or `never`.
std::string when(const Story& story, Hours time, Hours parting)
{
    return time == parting ? "then" : time < never ? moment(story, time) : "never";
}

std::string act_words(const Story& story, const Divergence& parting)
{
    const std::string who = parting.kind == Divergence::Kind::person ? story.id(parting.person)
                            : parting.kind == Divergence::Kind::director
                                ? readable(parting.director)
                                : "The settlement";
    return fmt::format("{}: {} in A, {} in B", who, when(story, parting.first_hour, parting.time),
                       when(story, parting.second_hour, parting.time));
}

/// Where a person stands at the end.
State last_state(const Story& story, AgentId person)
{
    return story.fate(person).at(story.clock().end());
}

} // namespace

std::string in_runs(std::size_t hits, std::size_t runs)
{
    if (runs < 100)
        return fmt::format("{} of {}", hits, runs);
    std::string text = walkout::percent(proportion(hits, runs).share);
    text.resize(text.find(' '));
    return text + " of 100";
}

ComparedRuns compared_runs(const std::vector<RunResult>& a, const std::vector<RunResult>& b)
{
    std::size_t pairs = 0, hits_a = 0, hits_b = 0;
    for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) {
        if (!a[k].error.empty() || !b[k].error.empty())
            continue;
        ++pairs;
        hits_a += a[k].outcome == Outcome::returned;
        hits_b += b[k].outcome == Outcome::returned;
    }
    const PairedDifference d = outcome_difference(a, b, Outcome::returned);
    return {.runs = static_cast<std::uint32_t>(pairs),
            .a = in_runs(hits_a, pairs),
            .b = in_runs(hits_b, pairs),
            .a_share = proportion(hits_a, pairs).share,
            .b_share = proportion(hits_b, pairs).share,
            .difference = d.mean,
            .low = d.low,
            .high = d.high};
}

void find_parting(Compared& compared)
{
    const Story& a = *compared.a;
    const Story& b = *compared.b;
    compared.script_parts = compared.acts_part = never;
    compared.script_words = compared.act_words = {};
    compared.different = 0;
    if (const auto script = first_script_difference(a.trace(), b.trace())) {
        compared.script_parts = script->time;
        compared.script_words = script->headline;
    }
    if (const auto parting = first_divergence(a.trace(), b.trace())) {
        compared.acts_part = parting->time;
        compared.act_words = act_words(a, *parting);
    }
    for (AgentId person = 0; person < std::min(a.people(), b.people()); ++person)
        compared.different += last_state(a, person) != last_state(b, person);
}

Compared swapped(const Compared& compared)
{
    Compared other = compared;
    std::swap(other.a, other.b);
    std::swap(other.a_title, other.b_title);
    std::swap(other.a_below, other.b_below);
    std::swap(other.page.a, other.page.b);
    for (DifferentValue& value : other.values)
        std::swap(value.a, value.b);
    ComparedRuns& runs = other.ensembles;
    std::swap(runs.a, runs.b);
    std::swap(runs.a_share, runs.b_share);
    runs.difference = -compared.ensembles.difference;
    runs.low = -compared.ensembles.high;
    runs.high = -compared.ensembles.low;
    find_parting(other);
    return other;
}

} // namespace walkout::render
