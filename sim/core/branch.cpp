#include "sim/core/branch.hpp"

#include "sim/core/fingerprint.hpp"
#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace walkout {

namespace {

constexpr double rounding = 1e-9; // ticks
constexpr int minutes_a_day = 1440;
constexpr int longest_night = 1380; // minutes; everybody gets up

const Event* event_called(const Scenario& scenario, const std::string& name)
{
    const auto found = std::ranges::find(scenario.events, name, &Event::name);
    return found == scenario.events.end() ? nullptr : &*found;
}

/// Which moment of which run.
void add(Fingerprint& mixed, const Branch& branch)
{
    if (branch.base->branch)
        add(mixed, *branch.base->branch);
    mixed.add(branch.seed);
    mixed.add(std::uint64_t{branch.replicate});
    mixed.add(std::uint64_t{last_tick(branch)});
}

// ---------------------------------------------------------------- what people and directors are

/// The worlds that two scenarios would make at hour 0 with the same luck.
struct Beginnings {
    World before;
    World after;
};

void move_share(float& value, float before, float after)
{
    value = std::clamp(value + (after - before), 0.0F, 1.0F);
}

void move_night(Person& person, const Person& before, const Person& after)
{
    const int bed = person.bed + after.bed - before.bed + minutes_a_day;
    person.bed = static_cast<std::uint16_t>(bed % minutes_a_day);
    person.sleep = static_cast<std::uint16_t>(
        std::clamp(person.sleep + after.sleep - before.sleep, 0, longest_night));
}

/// Allegiance moves with its anchor at once; it does not jump when only what it drifts to changes.
void move_people(World& world, const Scenario& before, const Scenario& after,
                 const Beginnings& begin)
{
    std::vector<double> present(world.size());
    keep_growth(world, before.mechanisms.drift);
    for (AgentId i = 0; i < world.size(); ++i)
        present[i] = allegiance(world, before.mechanisms, i);
    world.drift_epoch = world.now;
    world.growth = 1;
    world.growth_at = world.now;
    for (AgentId i = 0; i < world.size(); ++i) {
        Person& person = world.people[i];
        const Person& was = begin.before.people[i];
        const Person& is = begin.after.people[i];
        person.anchor = std::clamp(person.anchor + (is.anchor - was.anchor), -1.0F, 1.0F);
        move_share(person.trust, was.trust, is.trust);
        move_share(person.risk, was.risk, is.risk);
        move_share(person.own_fallback, was.own_fallback, is.own_fallback);
        move_night(person, was, is);
        if (begin.before.has(i, Flag::visa) != begin.after.has(i, Flag::visa))
            world.set(i, Flag::visa, begin.after.has(i, Flag::visa));
        person.around.residual = 0;
        const double target = allegiance(world, after.mechanisms, i);
        const double moved = present[i] + static_cast<double>(is.anchor - was.anchor);
        person.around.residual = static_cast<float>(std::clamp(moved, -1.0, 1.0) - target);
    }
}

void move_board(BoardState& board, const BoardState& before, const BoardState& after)
{
    assert(after.directors.size() == board.directors.size());
    for (std::size_t d = 0; d < board.directors.size(); ++d) {
        Director& director = board.directors[d];
        director.resolve += after.directors[d].resolve - before.directors[d].resolve;
        director.resolve = std::max(0.0, director.resolve);
        director.lean += after.directors[d].lean - before.directors[d].lean;
    }
    board.quorum = after.quorum;
    if (before.in_session != after.in_session)
        board.in_session = after.in_session;
}

void move_leaders(World& world, const Beginnings& begin)
{
    world.leadership = begin.after.leadership;
    for (const std::size_t side : {0U, 1U})
        if (begin.before.in_office[side] != begin.after.in_office[side])
            world.in_office[side] = begin.after.in_office[side];
    world.investors =
        std::clamp(world.investors + begin.after.investors - begin.before.investors, -1.0, 1.0);
}

// ---------------------------------------------------------------- the agenda, made anew

/// The events that a condition has put on the agenda already, by number, with their moments.
std::vector<Occurrence> take_off_events(Agenda& agenda, const Scenario& before)
{
    std::vector<Occurrence> waiting;
    agenda.remove_if([&](const Occurrence& due) {
        if (due.kind == Due::event && before.events[due.who].when)
            waiting.push_back(due);
        return true;
    });
    return waiting;
}

/// Put one event on the agenda, or its condition among those that are looked at.
/// @param waiting  what the past's agenda holds of the same event, if its condition has held
void schedule(World& world, const Event& event, std::uint32_t number, const Event* before,
              const Occurrence* waiting)
{
    if (!event.enabled)
        return;
    if (!event.when)
        return world.agenda.add({event.at, number, Due::event});
    if (waiting && before->when->text == event.when->text)
        return world.agenda.add({waiting->time - before->after + event.after, number, Due::event});
    world.conditions.push_back({number, event.when->make()});
}

void schedule_events(World& world, const Scenario& before, const Scenario& after,
                     const std::vector<Occurrence>& waiting)
{
    const std::vector<Hours> fired = std::move(world.fired);
    world.fired.assign(after.events.size(), never);
    world.conditions.clear();
    for (std::uint32_t e = 0; e < after.events.size(); ++e) {
        const Event* const old = event_called(before, after.events[e].name);
        const auto row = old ? static_cast<std::size_t>(old - before.events.data()) : fired.size();
        if (old && fired[row] < never) {
            world.fired[e] = fired[row];
            continue;
        }
        const auto found = std::ranges::find(waiting, row, &Occurrence::who);
        schedule(world, after.events[e], e, old, found == waiting.end() ? nullptr : &*found);
    }
}

/// What is agreed comes due when it was going to.
void keep_agreed(World& world)
{
    for (const std::uint32_t side : {0U, 1U})
        if (world.ultimatums[side].at >= world.now)
            world.agenda.add({world.ultimatums[side].at, side, Due::deadline});
    for (const OpenOffer& offer : world.offers)
        if (offer.of_package)
            world.agenda.add({offer.until, 0, Due::package_end});
}

void wait_anew(World& world, const Scenario& scenario, const Chance& chance)
{
    const MechanismParams& mechanisms = scenario.mechanisms;
    const BoardState& board = world.board;
    spread_anew(world, mechanisms.information, chance);
    review_anew(world, scenario, chance);
    for (AgentId i = 0; i < world.size(); ++i) {
        if (!world.has(i, Flag::settled_elsewhere))
            plan_departure(world, mechanisms.departure, chance, i);
        if (world.settled() && world.people[i].stance == Stance::resigned &&
            world.people[i].side == board.conceded_to && !world.has(i, Flag::stays_away))
            plan_comeback(world, mechanisms.settlement, chance, i);
    }
    if (board.in_session && board.conceded_to == Pole::none)
        for (std::uint32_t d = 0; d < board.directors.size(); ++d)
            plan_director_review(world, scenario.board, chance, d);
    if (board.conceded_to != Pole::none && !world.settled())
        plan_settlement(world, mechanisms.settlement, chance);
}

} // namespace

std::shared_ptr<const Organization> organization_of(const Scenario& scenario, std::uint64_t seed)
{
    if (scenario.branch)
        return organization_of(*scenario.branch->base, scenario.branch->seed);
    return std::make_shared<const Organization>(
        make_organization(scenario.organization, Chance(seed)));
}

const Scenario& in_force(const Scenario& scenario, const World& world)
{
    std::size_t pasts = 0;
    for (const Scenario* s = &scenario; s->branch; s = s->branch->base.get())
        ++pasts;
    const Scenario* present = &scenario;
    for (; pasts > world.pasts.size(); --pasts)
        present = present->branch->base.get();
    return *present;
}

const Scenario& root_of(const Scenario& scenario)
{
    return scenario.branch ? root_of(*scenario.branch->base) : scenario;
}

Scenario changed_throughout(Scenario scenario, const std::function<void(Scenario&)>& change)
{
    change(scenario);
    if (scenario.branch)
        scenario.branch->base =
            std::make_shared<const Scenario>(changed_throughout(*scenario.branch->base, change));
    return scenario;
}

Scenario unchanged(const Branch& branch)
{
    Scenario scenario = *branch.base;
    scenario.name = "nothing changed";
    scenario.branch = branch;
    return scenario;
}

Tick last_tick(const Branch& branch)
{
    return static_cast<Tick>(std::ceil(branch.at / branch.base->tick - rounding));
}

const Event& as_it_happened(const Scenario& scenario, std::size_t event, Hours happened)
{
    const Event* told = &scenario.events[event];
    for (const Scenario* s = &scenario; s->branch;) {
        const Branch& branch = *s->branch;
        if (happened >= last_tick(branch) * branch.base->tick)
            break;
        s = branch.base.get();
        if (const Event* before = event_called(*s, told->name))
            told = before;
    }
    return *told;
}

Chance luck_after(const Branch& branch, std::uint64_t seed, std::uint32_t replicate)
{
    Fingerprint mixed;
    add(mixed, branch);
    mixed.add(seed);
    return Chance(mixed.value(), replicate);
}

bool share_luck(const Scenario& a, const Scenario& b)
{
    const auto moment = [](const Scenario& s) {
        Fingerprint mixed;
        if (s.branch)
            add(mixed, *s.branch);
        return mixed.value();
    };
    return moment(a) == moment(b);
}

Chance luck_in_force(const Scenario& scenario, const World& world, std::uint64_t seed,
                     std::uint32_t replicate)
{
    if (!scenario.branch)
        return Chance(seed, replicate);
    const Branch& branch = *scenario.branch;
    return &in_force(scenario, world) == &scenario
               ? luck_after(branch, seed, replicate)
               : luck_in_force(*branch.base, world, branch.seed, branch.replicate);
}

void turn_off(World& world, const Scenario& scenario, const Chance& root, const Chance& past,
              const Chance& future, std::span<const Adjustment> adjustments)
{
    const Scenario& before = *scenario.branch->base;
    const auto beginning = [&](const Scenario& s) {
        return make_world(s, root, adjustments, world.organization);
    };
    const Beginnings begin{beginning(before), beginning(scenario)};
    endure(world, before.board, world.now);
    move_people(world, before, scenario, begin);
    move_board(world.board, begin.before.board, begin.after.board);
    move_leaders(world, begin);
    world.pasts.push_back({world.now, past});
    weigh_offers(world, future);

    const std::vector<Occurrence> waiting = take_off_events(world.agenda, before);
    world.agenda = Agenda(scenario.tick, scenario.horizon);
    schedule_events(world, before, scenario, waiting);
    keep_agreed(world);
    wait_anew(world, scenario, future);
    for (const Pole side : {Pole::minus, Pole::plus})
        count_votes(world, scenario, future, side); // the quorum may have come down
}

} // namespace walkout
