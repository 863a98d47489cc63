#include "sim/core/run.hpp"

#include "sim/core/branch.hpp"
#include "sim/core/fingerprint.hpp"
#include "sim/core/mechanisms.hpp"
#include "sim/core/step.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

constexpr double half = 0.5;
constexpr double failed_below = 0.2;

/// Collects what a run leaves behind, step by step.
class Recorder {
public:
    Recorder(const Scenario& scenario, const RunPlan& plan)
        : scenario_(scenario), sample_every_(plan.sample_every)
    {
        result_.replicate = plan.replicate;
    }

    void see(const World& world)
    {
        result_.furthest_acts.resize(world.people.size());
        if (result_.departments.empty())
            for (const Department& department : world.organization->departments)
                result_.departments.push_back(
                    {department.name, static_cast<int>(department.size), 0});
        for (const Change& change : world.changes)
            see(change, world);
        while (sample_every_ > 0 && next_sample_ <= world.now + 1e-9) {
            result_.samples.push_back(
                {next_sample_, world.stances, static_cast<std::int32_t>(result_.signings.size())});
            next_sample_ += sample_every_;
        }
    }

    RunResult finish(const World& world)
    {
        Measures& m = result_.measures;
        const double n = world.size();
        const Hours fired = world.notes.dismissed < never ? world.notes.dismissed : 0;
        const Hours opened = world.campaign(Call::petition_plus).opened;
        const auto signers = static_cast<double>(result_.signings.size());
        m.peak_signed_share = signers / n;
        m.peak_opposed_share = opposed_ / n;
        m.hours_to_half = hours_to(half, n) - (opened < never ? opened : 0);
        m.hours_to_90_percent = hours_to(0.9, n) - (opened < never ? opened : 0);
        m.signed_in_two_hours = opened < never ? result_.names_at(opened + 2) : 0;
        m.hours_to_concession = world.board.conceded - fired;
        m.hours_to_return =
            world.board.conceded_to == Pole::plus ? world.board.settled - fired : never;
        m.left_share = most_left_ / n;
        m.conformity_share = signers > 0 ? conformists_ / signers : 0;
        m.left_before_deadline_share = world.notes.left_share;
        m.bluff_share = world.notes.bluff_share;
        m.instigator_share = world.notes.instigator_share;
        result_.outcome = outcome(world);
        for (const Director& director : world.board.directors)
            result_.director_conceded.push_back(director.conceded);
        result_.fingerprint = fingerprint(world);
        return std::move(result_);
    }

private:
    void see(const Change& change, const World& world)
    {
        hash_.add(change.time);
        hash_.add((static_cast<std::uint64_t>(change.person) << 32) |
                  (static_cast<std::uint64_t>(change.from) << 16) |
                  (static_cast<std::uint64_t>(change.to) << 8) |
                  static_cast<std::uint8_t>(sign_of(change.side) + 1));
        FurthestAct& furthest = result_.furthest_acts[change.person];
        if (change.to != Stance::returned && change.to > furthest.stance)
            furthest = {change.to, change.side};
        if (change.to == Stance::signed_letter)
            see_signature(change, *world.organization);
        if (change.to == Stance::resigned) {
            ++left_;
            if (change.side != Pole::none)
                result_.departures.push_back(change.time);
        }
        if (change.from == Stance::resigned)
            --left_;
        most_left_ = std::max(most_left_, left_);
        if (left_ / world.size() >= scenario_.ensemble.mass_exit_share)
            mass_exit_ = std::min(mass_exit_, change.time);
    }

    void see_signature(const Change& change, const Organization& org)
    {
        if (change.side == Pole::minus) {
            ++opposed_;
            return;
        }
        result_.signings.push_back(change.time);
        ++result_.departments[org.teams[org.team[change.person]].department].names;
        const bool alone = change.why.without_peers() > change.cost.total();
        if (change.cause == Cause::review && !alone)
            ++conformists_;
    }

    Hours hours_to(double share, double headcount) const
    {
        const auto needed = static_cast<std::size_t>(std::ceil(share * headcount));
        return needed == 0 || result_.signings.size() < needed ? never
                                                               : result_.signings[needed - 1];
    }

    Outcome outcome(const World& world) const
    {
        if (mass_exit_ < world.board.settled)
            return Outcome::mass_exit;
        if (world.board.settled < never && world.board.conceded_to == Pole::plus)
            return Outcome::returned;
        if (world.notes.opened == never)
            return Outcome::no_petition;
        const double peak = result_.measures.peak_signed_share;
        return peak >= half          ? Outcome::standoff
               : peak < failed_below ? Outcome::failed_petition
                                     : Outcome::partial;
    }

    std::uint64_t fingerprint(const World& world)
    {
        for (const Director& director : world.board.directors)
            hash_.add(director.conceded);
        hash_.add(world.board.settled);
        return hash_.value();
    }

    const Scenario& scenario_;
    Hours sample_every_;
    Hours next_sample_ = 0;
    RunResult result_;
    Fingerprint hash_;
    double left_ = 0, most_left_ = 0, opposed_ = 0, conformists_ = 0;
    Hours mass_exit_ = never;
};

/// A world and the luck it goes on with.
struct Course {
    World world;
    Chance chance;
    Chance root; ///< of hour 0
};

void go_on(World& world, const Scenario& scenario, const Chance& chance, Tick ticks,
           const Watcher& see)
{
    while (world.tick < ticks) {
        step(world, scenario, chance);
        see(world);
    }
}

/// A run at hour 0, or where a branch leaves its past behind.
Course begin(const Scenario& scenario, const RunPlan& plan, const Watcher& see)
{
    if (!scenario.branch) {
        const Chance chance(plan.seed, plan.replicate);
        Course course{make_world(scenario, chance, plan.adjustments, plan.organization), chance,
                      chance};
        see(course.world);
        return course;
    }
    const Branch& branch = *scenario.branch;
    RunPlan past = plan;
    past.seed = branch.seed;
    past.replicate = branch.replicate;
    Course course = begin(*branch.base, past, see);
    go_on(course.world, *branch.base, course.chance, last_tick(branch), see);
    const Chance future = luck_after(branch, plan.seed, plan.replicate);
    turn_off(course.world, scenario, course.root, course.chance, future, plan.adjustments);
    course.chance = future;
    return course;
}

int count_until(const std::vector<Hours>& moments, Hours time)
{
    return static_cast<int>(std::upper_bound(moments.begin(), moments.end(), time) -
                            moments.begin());
}

} // namespace

int RunResult::names_at(Hours time) const
{
    return count_until(signings, time);
}

int RunResult::departures_at(Hours time) const
{
    return count_until(departures, time);
}

RunResult run_prepared(const Scenario& scenario, const RunPlan& plan, const Watcher& watch)
{
    Recorder recorder(scenario, plan);
    const auto see = [&](const World& world) {
        recorder.see(world);
        if (watch)
            watch(world);
    };
    auto [world, chance, root] = begin(scenario, plan, see);
    const auto ticks = static_cast<Tick>(std::ceil(scenario.horizon / scenario.tick - 1e-9));
    go_on(world, scenario, chance, ticks, see);
    note_test_of_threat(world, scenario); // a threat nobody tested is looked at in the end
    return recorder.finish(world);
}

std::vector<Hours> happened_before(const Branch& branch)
{
    std::vector<Hours> happened(branch.base->events.size(), never);
    run(*branch.base, {.seed = branch.seed, .replicate = branch.replicate},
        [&](const World& world) {
            if (world.tick <= last_tick(branch))
                happened = world.fired;
        });
    return happened;
}

RunResult run(const Scenario& scenario, const RunPlan& plan, const Watcher& watch)
{
    return run_prepared(ready_to_run(scenario), plan, watch);
}

std::uint64_t fingerprint_of(const std::vector<RunResult>& results)
{
    Fingerprint hash;
    for (const RunResult& result : results)
        hash.add(result.fingerprint);
    return hash.value();
}

} // namespace walkout
