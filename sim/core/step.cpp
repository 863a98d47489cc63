#include "sim/core/step.hpp"

#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

/// Residuals of allegiance grow with exp(t / memory); beyond this many memories they are rebased.
constexpr double longest_epoch = 30;

void happen(const Occurrence& due, World& world, const Scenario& scenario, const Chance& chance)
{
    const std::uint32_t who = due.who;
    switch (due.kind) {
    case Due::event:
        return apply_event(world, scenario, chance, who);
    case Due::deadline:
        return expire(world, scenario, chance, who == 1 ? Pole::plus : Pole::minus);
    case Due::package_end:
        return end_package(world, chance);
    case Due::settlement:
        return settle(world, scenario, chance);
    case Due::broadcast:
    case Due::nudge:
        return hear(world, scenario, chance, who / 4, static_cast<Call>(who % 4));
    case Due::voice_review:
        return review_voice(world, scenario, chance, who);
    case Due::exit_review:
        return review_exit(world, scenario, chance, who);
    case Due::departure:
        return depart(world, scenario, chance, who);
    case Due::comeback:
        return come_back(world, scenario, chance, who);
    case Due::director_review:
        return review_director(world, scenario, chance, who);
    }
}

/// An event with a condition is put on the agenda at the first tick at which the condition holds.
void look_at_conditions(World& world, const Scenario& scenario)
{
    if (world.conditions.empty())
        return;
    std::erase_if(world.conditions, [&, seen = outlook(world)](const PendingCondition& pending) {
        if (!pending.holds(seen))
            return false;
        const Hours after = scenario.events[pending.event].after;
        world.agenda.add({world.now + after, pending.event, Due::event});
        return true; // at most once
    });
}

} // namespace

Outlook outlook(const World& world)
{
    const auto people = [&](Stance stance) {
        return static_cast<double>(world.stances[static_cast<std::size_t>(stance)]);
    };
    const auto& directors = world.board.directors;
    return {.hours = world.now,
            .day = std::floor(world.now / 24),
            .headcount = static_cast<double>(world.size()),
            .posted = people(Stance::posted),
            .signed_count = static_cast<double>(world.names[0] + world.names[1]),
            .left = people(Stance::resigned),
            .conceded = world.board.conceded_to != Pole::none ? 1.0 : 0.0,
            .directors_conceding = static_cast<double>(
                std::count_if(directors.begin(), directors.end(),
                              [](const Director& d) { return d.vote != Pole::none; })),
            .petition_open = world.campaign(Call::petition_plus).open ||
                                     world.campaign(Call::petition_minus).open
                                 ? 1.0
                                 : 0.0};
}

void step(World& world, const Scenario& scenario, const Chance& chance)
{
    world.changes.clear();
    if (world.now - world.drift_epoch > longest_epoch * scenario.mechanisms.drift.memory)
        restart_drift(world, scenario.mechanisms.drift);
    look_at_conditions(world, scenario);
    const Hours end = (world.tick + 1) * scenario.tick;
    while (const auto due = world.agenda.next_before(end)) {
        world.now = std::max(world.now, due->time);
        happen(*due, world, scenario, chance);
    }
    world.now = end;
    ++world.tick;
}

} // namespace walkout
