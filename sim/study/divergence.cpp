#include "sim/study/divergence.hpp"

#include <algorithm>

namespace walkout {

namespace {

bool same_act(const Change& a, const Change& b)
{
    return a.time == b.time && a.person == b.person && a.from == b.from && a.to == b.to &&
           a.side == b.side && a.cause == b.cause;
}

/// What a person does at or after a moment.
std::optional<Change> next_act(const std::vector<Change>& changes, AgentId person, Hours from)
{
    const auto found = std::find_if(changes.begin(), changes.end(), [&](const Change& change) {
        return change.person == person && change.time >= from;
    });
    return found == changes.end() ? std::nullopt : std::optional(*found);
}

/// Of two lists in time order: the first change of one that the other has not.
const Change* first_unshared(const std::vector<Change>& a, const std::vector<Change>& b)
{
    std::size_t k = 0;
    while (k < a.size() && k < b.size() && same_act(a[k], b[k]))
        ++k;
    for (std::size_t i = k; i < a.size(); ++i) {
        const bool shared =
            std::any_of(b.begin() + static_cast<std::ptrdiff_t>(std::min(k, b.size())), b.end(),
                        [&](const Change& change) { return same_act(change, a[i]); });
        if (!shared)
            return &a[i];
    }
    return nullptr;
}

void consider(std::optional<Divergence>& best, const Divergence& candidate)
{
    if (!best || candidate.time < best->time)
        best = candidate;
}

std::optional<Divergence> of_persons(const Trace& first, const Trace& second)
{
    const Change* in_first = first_unshared(first.changes, second.changes);
    const Change* in_second = first_unshared(second.changes, first.changes);
    if (in_first == nullptr && in_second == nullptr)
        return {};
    const bool second_is_earlier =
        in_first == nullptr || (in_second != nullptr && in_second->time < in_first->time);
    const Change& earlier = second_is_earlier ? *in_second : *in_first;
    const Organization& org = *first.organization;
    Divergence parting{.time = earlier.time,
                       .person = earlier.person,
                       .department =
                           org.departments[org.teams[org.team[earlier.person]].department].name,
                       .first = next_act(first.changes, earlier.person, earlier.time),
                       .second = next_act(second.changes, earlier.person, earlier.time)};
    parting.first_hour = parting.first ? parting.first->time : never;
    parting.second_hour = parting.second ? parting.second->time : never;
    return parting;
}

} // namespace

std::optional<ScriptDifference> first_script_difference(const Trace& first, const Trace& second)
{
    const auto time_in = [](const Trace& trace, const std::string& name) {
        const auto found = std::find_if(trace.events.begin(), trace.events.end(),
                                        [&](const TraceEvent& e) { return e.name == name; });
        return found == trace.events.end() ? never : found->time;
    };
    std::optional<ScriptDifference> best;
    for (const Trace* trace : {&first, &second})
        for (const TraceEvent& event : trace->events) {
            const Hours a = time_in(first, event.name), b = time_in(second, event.name);
            if (a != b && (!best || std::min(a, b) < best->time))
                best = {std::min(a, b), event.name, event.headline, a, b};
        }
    return best;
}

std::optional<Divergence> first_divergence(const Trace& first, const Trace& second)
{
    std::optional<Divergence> best = of_persons(first, second);
    for (std::size_t d = 0; d < std::min(first.conceded.size(), second.conceded.size()); ++d)
        if (first.conceded[d] != second.conceded[d])
            consider(best, {.time = std::min(first.conceded[d], second.conceded[d]),
                            .kind = Divergence::Kind::director,
                            .director = first.directors[d],
                            .first_hour = first.conceded[d],
                            .second_hour = second.conceded[d]});
    if (first.settled != second.settled)
        consider(best, {.time = std::min(first.settled, second.settled),
                        .kind = Divergence::Kind::settlement,
                        .first_hour = first.settled,
                        .second_hour = second.settled});
    return best;
}

} // namespace walkout
