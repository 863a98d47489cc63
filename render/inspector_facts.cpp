#include "render/inspector.hpp"

#include "render/ui_kit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

const Change* last_change(const std::vector<Change>& changes, AgentId person, Stance to)
{
    const auto found = std::find_if(changes.rbegin(), changes.rend(), [&](const Change& change) {
        return change.person == person && change.to == to;
    });
    return found == changes.rend() ? nullptr : &*found;
}

std::string loyalty_words(const Trace& trace, Pole side)
{
    const std::string& role = trace.leader_roles[index_of(side)];
    return role.empty() && side == Pole::minus ? "Loyalty to the board"
                                               : "Loyalty to the " + title_of(role);
}

/// People other than this one who had signed or left before a moment.
long others_in_public(const Story& story, AgentId person, Hours time)
{
    long count = 0;
    for (AgentId other = 0; other < story.people(); ++other) {
        const Fate& fate = story.fate(other);
        count += other != person && std::min(fate.signed_letter, fate.gone) < time ? 1 : 0;
    }
    return count;
}

std::string ties_words(const Story& story, AgentId person, Hours time)
{
    const std::vector<AgentId> ties = influencers_of(story, person);
    const ActedBefore before = acted_before(story, ties, time);
    return fmt::format("{} of {} ties had {}", before.people, ties.size(),
                       before.some_only_left ? "signed or left" : "signed");
}

std::vector<Term> terms_of(const Story& story, const Change& change, double sign)
{
    const Inclination& why = change.why;
    const Pole side = sign < 0 ? Pole::minus : Pole::plus;
    const long others = others_in_public(story, change.person, change.time);
    return {
        {loyalty_words(story.trace(), side), sign * why.allegiance},
        {why.distrust < 0 ? "Trust in the board" : "Distrust of the board", sign * why.distrust},
        {ties_words(story, change.person, change.time), sign * why.contacts},
        {fmt::format("What {} in public", counted(others, "other did", "others did")),
         sign * why.crowd}};
}

std::vector<Term> terms_of(const Cost& cost)
{
    return {{"the act", cost.act},
            {"own exposure", cost.exposure},
            {"hidden names", cost.naming},
            {"fear", cost.fear},
            {"a fallback", cost.relief}};
}

Reason reason_from(const Story& story, const Change& change, bool acted)
{
    const double sign = change.side == Pole::minus ? -1 : 1;
    return {.time = change.time,
            .acted = acted,
            .act = change.to,
            .side = change.side,
            .cause = change.cause,
            .terms = terms_of(story, change, sign),
            .push = sign * change.why.total(),
            .cost = terms_of(change.cost),
            .threshold = change.cost.total()};
}

} // namespace

std::vector<AgentId> influencers_of(const Story& story, AgentId person)
{
    const Ties& ties = story.trace().organization->ties;
    std::vector<AgentId> found;
    for (AgentId other = 0; other < ties.size(); ++other) {
        const auto row = ties.influenced_by(other);
        if (std::find(row.begin(), row.end(), person) != row.end()) {
            found.push_back(other);
        }
    }
    return found;
}

ActedBefore acted_before(const Story& story, const std::vector<AgentId>& people, Hours time)
{
    ActedBefore before;
    for (const AgentId person : people) {
        const Fate& fate = story.fate(person);
        const bool has_signed = fate.signed_letter < time;
        const bool has_left = fate.gone < time;
        before.people += has_signed || has_left ? 1 : 0;
        before.some_only_left = before.some_only_left || (has_left && !has_signed);
    }
    return before;
}

int signed_within_the_hour(const Story& story, AgentId person)
{
    const Hours own = story.fate(person).signed_letter;
    const Ties& ties = story.trace().organization->ties;
    if (own == never || person >= ties.size()) {
        return 0;
    }
    const auto row = ties.influenced_by(person);
    return static_cast<int>(std::count_if(row.begin(), row.end(), [&](AgentId other) {
        const Hours time = story.fate(other).signed_letter;
        return time > own && time <= own + 1;
    }));
}

std::optional<Reason> reason_of(const Story& story, AgentId person)
{
    const Trace& trace = story.trace();
    for (const Stance act : {Stance::signed_letter, Stance::resigned}) {
        if (const Change* change = last_change(trace.changes, person, act)) {
            return reason_from(story, *change, true);
        }
    }
    const auto nearest =
        std::find_if(trace.closest.begin(), trace.closest.end(),
                     [&](const Change& change) { return change.person == person; });
    if (nearest != trace.closest.end()) {
        return reason_from(story, *nearest, false);
    }
    if (const Change* change = last_change(trace.changes, person, Stance::posted)) {
        return reason_from(story, *change, true);
    }
    return {};
}

std::optional<Hours> crossing_of(const Story& story, AgentId person, Hours act)
{
    const PressureSamples& samples = story.trace().pressure;
    const std::size_t people = story.people();
    const auto excess = [&](std::size_t k) {
        const std::size_t at = k * people + person;
        return static_cast<double>(samples.inclination[at] - samples.cost[at]);
    };
    std::optional<Hours> crossing;
    for (std::size_t k = 1; k < samples.times.size() && samples.times[k - 1] <= act; ++k) {
        const double before = excess(k - 1);
        const double after = excess(k);
        if (before < 0 && after >= 0) {
            const double share = before / (before - after);
            const Hours time =
                samples.times[k - 1] + share * (samples.times[k] - samples.times[k - 1]);
            crossing = std::min(time, act);
        }
    }
    return crossing;
}

namespace {

void add_row(std::vector<HistoryRow>& rows, Hours time, std::string words, bool own)
{
    if (time < never) {
        rows.push_back({time, std::move(words), own});
    }
}

void sort_by_time(std::vector<HistoryRow>& rows)
{
    std::stable_sort(rows.begin(), rows.end(),
                     [](const HistoryRow& a, const HistoryRow& b) { return a.time < b.time; });
}

} // namespace

std::vector<HistoryRow> history_of(const Story& story, AgentId person)
{
    const Trace& trace = story.trace();
    const Fate& fate = story.fate(person);
    std::vector<HistoryRow> rows;
    const bool by_firing = std::abs(fate.unsettled - story.fired()) < 1.0 / 60;
    add_row(rows, fate.unsettled, by_firing ? "unsettled by the firing" : "unsettled", true);

    const AgentId lead = trace.organization->manager_of(person);
    const Hours act = std::min(fate.signed_letter, fate.gone);
    if (lead != person && story.fate(lead).signed_letter < act) {
        const bool heads = trace.organization->level[lead] >= 4;
        add_row(rows, story.fate(lead).signed_letter,
                heads ? "head of department signs" : "team lead signs", false);
    }
    if (fate.signed_letter < never) {
        const std::vector<AgentId> ties = influencers_of(story, person);
        const ActedBefore before = acted_before(story, ties, fate.signed_letter);
        add_row(rows, fate.signed_letter,
                fmt::format("signs, {} of {} ties before", before.people, ties.size()), true);
    }
    add_row(rows, fate.gone, "leaves the company", true);
    add_row(rows, fate.back, fate.came_back ? "comes back from outside" : "back at work", true);
    sort_by_time(rows);
    if (fate.signed_letter < never) {
        const int followers = signed_within_the_hour(story, person);
        rows.push_back({never,
                        followers == 0 ? "no contact signed in the next hour"
                                       : counted(followers, "contact", "contacts") +
                                             " signed in the next hour",
                        false});
    }
    return rows;
}

std::vector<HistoryRow> history_of_director(const Story& story, std::size_t director)
{
    const Trace& trace = story.trace();
    std::vector<HistoryRow> rows;
    add_row(rows, story.fired(), "the board dismisses the leader", false);
    for (std::size_t k = 0; k < story.directors(); ++k) {
        add_row(rows, trace.conceded[k],
                k == director ? "gives way" : readable(trace.directors[k]) + " gives way",
                k == director);
    }
    add_row(rows, story.settled(), "the leader is back", false);
    sort_by_time(rows);
    return rows;
}

std::vector<HistoryRow> history_rows(const Story& story, const View& view)
{
    if (view.selected) {
        return history_of(story, *view.selected);
    }
    if (view.selected_director) {
        return history_of_director(story, *view.selected_director);
    }
    return {};
}

std::optional<std::uint32_t> same_director(const Story& from, const Story& to,
                                           std::uint32_t director)
{
    const auto& names = to.trace().directors;
    const auto found = std::find(names.begin(), names.end(), from.trace().directors.at(director));
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::uint32_t>(found - names.begin()));
}

std::vector<HistoryRow> history_rows(const Story& a, const Story& b, const View& view)
{
    View other = view;
    if (view.selected_director) {
        other.selected_director = same_director(a, b, *view.selected_director);
    }
    std::vector<HistoryRow> rows = history_rows(a, view);
    for (HistoryRow& row : rows) {
        row.in_a = true;
    }
    for (HistoryRow& row : history_rows(b, other)) {
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const HistoryRow& told) {
            return !told.in_b && told.time == row.time && told.words == row.words;
        });
        if (same != rows.end()) {
            same->in_b = true;
        } else {
            row.in_b = true;
            rows.push_back(std::move(row));
        }
    }
    sort_by_time(rows);
    return rows;
}

} // namespace walkout::render
