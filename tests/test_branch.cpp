#include "sim/core/branch.hpp"
#include "sim/core/trace.hpp"
#include "sim/core/twin.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <cmath>
#include <map>

using namespace walkout;

namespace {

/// Turmoil in which every clock of the model runs often: two openings of one petition, news that
/// travels slowly, nights, people who leave and come back, a board that gives way late.
Scenario restless()
{
    Scenario s = turmoil(40);
    s.name = "restless";
    s.people.vigil = 0.4;
    s.mechanisms.departure.background_rate = 2e-3;
    s.mechanisms.information = {.nudges_per_tie = 0.25, .nudge_memory = 12};
    s.mechanisms.settlement = {.lag = 12, .comeback_rate = 0.03};
    s.mechanisms.cost.leave = 0.8;
    s.mechanisms.drift.memory = 20;
    s.board.resolve_spread = 0.3;
    for (Event& event : s.events)
        for (Effect& effect : event.effects)
            if (auto* petition = std::get_if<Petition>(&effect))
                petition->broadcast_rate = 0.03;
    s.events.push_back(happening(30, Close{.pole = Pole::plus}));
    s.events.push_back(
        happening(36, Petition{.broadcast_rate = 0.05, .visibility = 0.5, .first_signers = 2}));
    s.events.push_back(happening(58, Offer{.quality = 0.8, .among = reaching(0.4)}));
    return s;
}

Scenario branch_of(const Scenario& base, Hours at, std::uint64_t seed = 1,
                   std::uint32_t replicate = 0)
{
    Scenario branch = base;
    branch.branch = {.at = at,
                     .seed = seed,
                     .replicate = replicate,
                     .base = std::make_shared<const Scenario>(base)};
    return branch;
}

std::vector<Change> until(std::vector<Change> changes, Hours time)
{
    std::erase_if(changes, [&](const Change& change) { return change.time >= time; });
    return changes;
}

Event& event_at(Scenario& scenario, Hours at)
{
    const auto found = std::ranges::find(scenario.events, at, &Event::at);
    REQUIRE(found != scenario.events.end());
    return *found;
}

Hours happened(const Scenario& scenario, const std::string& name, std::uint32_t replicate = 0)
{
    const Trace trace = trace_run(scenario, {.seed = 4, .replicate = replicate});
    const auto found = std::ranges::find(trace.events, name, &TraceEvent::name);
    return found == trace.events.end() ? never : found->time;
}

// ---------------------------------------------------------------- laws

/// What is compared of two ensembles, by name: one number per run.
using Columns = std::map<std::string, std::vector<double>>;

/// Numbers of one run that together move with every clock of the model.
std::map<std::string, double> numbers_of(const Scenario& scenario, const RunPlan& plan)
{
    std::map<std::string, double> numbers;
    double acts = 0;
    const RunResult result = run(scenario, plan, [&](const World& world) {
        for (const Change& change : world.changes) {
            const std::string what = std::to_string(static_cast<int>(change.to)) + " for " +
                                     std::to_string(sign_of(change.side)) + " by " +
                                     std::to_string(static_cast<int>(change.cause));
            numbers["count of " + what] += 1;
            numbers["hours of " + what] += change.time;
            numbers["hour of act " + std::to_string(static_cast<int>(++acts) / 10 * 10)] =
                change.time;
        }
        for (const Call call : {Call::petition_minus, Call::petition_plus, Call::package})
            for (const Hours hour : {24, 50, 80})
                if (std::abs(world.now - hour) < 1e-6)
                    for (AgentId i = 0; i < world.size(); ++i)
                        numbers["heard " + std::to_string(static_cast<int>(call)) + " by " +
                                std::to_string(hour)] += world.has_heard(i, call);
        numbers["settled"] = std::min(world.board.settled, 1000.0);
        numbers["conceded"] = std::min(world.board.conceded, 1000.0);
    });
    for (std::size_t d = 0; d < result.director_conceded.size(); ++d)
        numbers["director " + std::to_string(d)] = std::min(result.director_conceded[d], 1000.0);
    numbers["outcome"] = static_cast<double>(result.outcome);
    return numbers;
}

void collect(Columns& sample, const std::map<std::string, double>& numbers, std::size_t run,
             std::size_t runs)
{
    for (const auto& [name, value] : numbers) {
        auto& column = sample[name];
        column.resize(runs); // what a run does not tell is 0
        column[run] = value;
    }
}

/// Two-sample Kolmogorov-Smirnov distance over its standard deviation scale.
double separation(std::vector<double> a, std::vector<double> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    const auto share_below = [](const std::vector<double>& sorted, double x) {
        return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), x) -
                                   sorted.begin()) /
               static_cast<double>(sorted.size());
    };
    double largest = 0;
    for (const double x : a)
        largest = std::max(largest, std::abs(share_below(a, x) - share_below(b, x)));
    for (const double x : b)
        largest = std::max(largest, std::abs(share_below(a, x) - share_below(b, x)));
    const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    return largest * std::sqrt(n * m / (n + m));
}

/// Difference of two means over its standard error.
double z_of_means(const std::vector<double>& a, const std::vector<double>& b)
{
    const auto moments = [](const std::vector<double>& x) {
        double sum = 0, squares = 0;
        for (const double v : x)
            sum += v;
        const double mean = sum / static_cast<double>(x.size());
        for (const double v : x)
            squares += (v - mean) * (v - mean);
        return std::pair(mean, squares / static_cast<double>(x.size() * (x.size() - 1)));
    };
    const auto [mean_a, var_a] = moments(a);
    const auto [mean_b, var_b] = moments(b);
    return var_a + var_b > 0 ? (mean_a - mean_b) / std::sqrt(var_a + var_b) : 0;
}

/// Every number has the same law in both.
void check_same_law(Columns a, Columns b, std::size_t runs)
{
    for (const auto& [name, column] : b)
        a[name].resize(runs);
    for (auto& [name, column] : a) {
        b[name].resize(runs);
        CAPTURE(name);
        CHECK(separation(column, b[name]) < 2.4); // exceeded twice in 100,000 comparisons
        CHECK(std::abs(z_of_means(column, b[name])) < 4.3);
    }
}

} // namespace

// ---------------------------------------------------------------- the past

TEST_CASE("the past of a branch is the base's run to the bit, whatever changes", "[branch]")
{
    const Scenario base = restless();
    const Hours at = GENERATE(0.1, 5.07, 17.2, 44.4, 90.0);
    Scenario branch = branch_of(base, at, 7, 3);
    branch.people.trust_mean = 0.9;
    branch.people.wake_mean = 3;
    branch.mechanisms.cost.sign = 0.1;
    branch.mechanisms.review.voice_rate = 9;
    branch.mechanisms.drift = {.openness = 0.9, .memory = 3};
    branch.mechanisms.information.nudge_memory = 1;
    branch.board.directors[0].resolve = 0;
    branch.leaders[index_of(Pole::plus)].profile.vision = 0.9;
    event_at(branch, 5.01).enabled = false;
    event_at(branch, 22.22).at = 1;
    const Hours turn = std::ceil(at / base.tick - 1e-9) * base.tick;

    const auto before = until(history(base, 7, 3), turn);
    const auto after = history(branch, 99, 5);
    CHECK(difference(before, until(after, turn)) == "");
    CHECK(after.size() > before.size());

    const RunResult plain = run(base, {.seed = 7, .replicate = 3, .sample_every = 0.1});
    const RunResult turned = run(branch, {.seed = 99, .replicate = 5, .sample_every = 0.1});
    REQUIRE(turned.samples.size() == plain.samples.size());
    for (std::size_t k = 0; k < plain.samples.size() && plain.samples[k].time <= turn; ++k) {
        REQUIRE(turned.samples[k].stances == plain.samples[k].stances);
        REQUIRE(turned.samples[k].names == plain.samples[k].names);
    }
}

TEST_CASE("branches differ in what follows by their replicates and seeds only", "[branch]")
{
    const Scenario branch = branch_of(restless(), 20, 7, 3);
    const auto first = history(branch, 1, 0);
    CHECK(difference(first, history(branch, 1, 0)) == "");
    CHECK(difference(first, history(branch, 1, 1)) != "");
    CHECK(difference(first, history(branch, 2, 0)) != "");
    CHECK(difference(first, history(branch_of(restless(), 20, 7, 4), 1, 0)) != "");
    // Even with the seed and replicate of the past, its luck is not drawn again.
    CHECK(difference(history(branch, 7, 3), history(restless(), 7, 3)) != "");
}

TEST_CASE("runs of a branch are equal at 1 and 5 jobs and alone", "[branch][determinism]")
{
    const Scenario branch = branch_of(restless(), 12.5, 7, 3);
    Progress one, more;
    const auto alone = run_all(branch, 5, 12, 1, one);
    const auto together = run_all(branch, 5, 12, 5, more);
    CHECK(fingerprint_of(alone) == fingerprint_of(together));
    for (std::uint32_t k = 0; k < 12; ++k)
        CHECK(run(branch, {.seed = 5, .replicate = k}).fingerprint == together[k].fingerprint);
}

TEST_CASE("a branch has the people and ties of its past", "[branch]")
{
    const Scenario base = restless();
    const Trace past = trace_run(base, {.seed = 7, .replicate = 3});
    const Trace trace = trace_run(branch_of(base, 20, 7, 3), {.seed = 99});
    CHECK(trace.organization->team == past.organization->team);
    CHECK(trace.organization->tenure == past.organization->tenure);
}

// ---------------------------------------------------------------- the law of what follows

TEST_CASE("many pasts that go on with new luck have the law of plain runs", "[branch][law]")
{
    constexpr std::uint32_t runs = 1500;
    const Scenario base = restless();
    static const Columns plain = [&] {
        Columns sample;
        for (std::uint32_t k = 0; k < runs; ++k)
            collect(sample, numbers_of(base, {.seed = 3, .replicate = runs + k}), k, runs);
        return sample;
    }();
    const Hours at = GENERATE(0.1, 4.0, 7.5, 13.0, 26.0, 45.0, 75.0);
    CAPTURE(at);
    const auto shared = std::make_shared<const Scenario>(base);
    Scenario branch = base;
    Columns turned;
    for (std::uint32_t k = 0; k < runs; ++k) {
        branch.branch = {.at = at, .seed = 3, .replicate = k, .base = shared};
        collect(turned, numbers_of(branch, {.seed = 11}), k, runs);
    }
    check_same_law(plain, turned, runs);
}

TEST_CASE("a branch of a branch has the law of plain runs", "[branch][law]")
{
    constexpr std::uint32_t runs = 1500;
    const Scenario base = restless();
    Columns plain, turned;
    for (std::uint32_t k = 0; k < runs; ++k) {
        collect(plain, numbers_of(base, {.seed = 3, .replicate = runs + k}), k, runs);
        Scenario second = branch_of(branch_of(base, 8, 3, k), 19.7, 5, 2);
        collect(turned, numbers_of(second, {.seed = 11}), k, runs);
    }
    check_same_law(plain, turned, runs);
}

// ---------------------------------------------------------------- what is remembered

namespace {

/// A plain run up to a moment and what a branch with nothing changed makes of it there.
struct Turn {
    Scenario scenario;
    Chance future{8};
    World world;

    Turn(const Play& play, Hours at)
        : scenario(ready_to_run(branch_of(play.scenario, at))), world(play.world)
    {
        turn_off(world, scenario, play.chance, play.chance, future, {});
    }
    void go_to(Hours time)
    {
        while (world.now < time - 1e-9)
            step(world, scenario, future);
    }
};

} // namespace

TEST_CASE("who stays up stays up for the rest of the night of the branch", "[branch]")
{
    Scenario s = small_world(400);
    s.horizon = 96;
    s.people.vigil = 0.5;
    s.people.bed_spread = 0;
    s.people.wake_spread = 0;
    Play play(s, 3);
    play.go_to(14); // two o'clock
    const Turn turn(play, 14);
    int up = 0, same_next_night = 0;
    for (AgentId i = 0; i < 400; ++i) {
        const auto is_up = [&](const World& world, const Chance& chance, Hours time) {
            return awake(world, s.people, chance, i, time);
        };
        CHECK(is_up(play.world, play.chance, 15) == is_up(turn.world, turn.future, 15));
        up += is_up(turn.world, turn.future, 15);
        same_next_night += is_up(play.world, play.chance, 39) == is_up(turn.world, turn.future, 39);
    }
    CHECK(up > 150);
    CHECK(up < 250);
    CHECK(same_next_night < 250);
}

TEST_CASE("an offer in force goes on reaching whom it reached before the branch", "[branch]")
{
    Scenario s = small_world(400);
    s.events = {happening(1, Offer{.quality = 0.6, .among = reaching(0.5)}),
                happening(2, Package{.quality = 0.9, .open_for = 20})};
    Play play(s, 3);
    play.go_to(10);
    Turn turn(play, 10);
    play.go_to(30); // the package is over; only the offer counts
    turn.go_to(30);
    CHECK(column(turn.world, &Person::fallback) == column(play.world, &Person::fallback));
    CHECK(column(turn.world, &Person::fallback) != std::vector<float>(400, 0.6F));
}

TEST_CASE("who has told contacts in the past does not tell them again in a branch", "[branch]")
{
    Scenario s = small_world(60);
    connect_all(s);
    set_allegiance(s, 0.5);
    s.people.trust_mean = 0;
    s.mechanisms.inclination.distrust_weight = 2;
    s.mechanisms.cost.leave = 0.1;
    s.mechanisms.information = {.nudges_per_tie = 0.02, .nudge_memory = 0.01};
    s.mechanisms.review.exit_rate = 1000;
    s.events = {happening(1, Petition{.broadcast_rate = 0, .first_signers = 1},
                          Deadline{.in = 9, .hard = true})};
    const auto heard = [](const World& world) {
        int count = 0;
        for (AgentId i = 0; i < world.size(); ++i)
            count += world.has_heard(i, Call::petition_plus);
        return count;
    };
    int grew = 0;
    for (std::uint32_t k = 0; k < 20; ++k) {
        Play play(s, 3, k);
        play.go_to(9.9);
        const int before = heard(play.world);
        Turn turn(play, 9.9);
        turn.go_to(12); // all signers leave
        CHECK(turn.world.stances[static_cast<std::size_t>(Stance::resigned)] > 0);
        grew += heard(turn.world) > before;
    }
    CHECK(grew == 0);
}

TEST_CASE("whose clock of departures has rung while gone does not leave after a branch", "[branch]")
{
    Scenario s = small_world(100);
    s.mechanisms.departure.background_rate = 1;
    Play play(s, 3);
    for (AgentId i = 0; i < 50; ++i) {
        play.world.people[i].stance = Stance::resigned;
        depart(play.world, play.scenario, play.chance, i);
        CHECK(play.world.has(i, Flag::settled_elsewhere));
        play.world.people[i].stance = Stance::returned;
    }
    Turn turn(play, 0.1);
    turn.go_to(40);
    for (AgentId i = 0; i < 100; ++i)
        CHECK((turn.world.people[i].stance == Stance::resigned) == (i >= 50));
}

TEST_CASE("who did not want to come back does not reconsider in a branch", "[branch]")
{
    Scenario s = small_world(100);
    s.mechanisms.settlement.comeback_rate = 1;
    set_allegiance(s, 0.5);
    Play play(s, 3);
    play.world.board.conceded_to = Pole::plus;
    play.world.board.conceded = 0;
    play.world.board.settled = 0;
    for (AgentId i = 0; i < 100; ++i) {
        play.world.people[i].stance = Stance::resigned;
        play.world.people[i].side = Pole::plus;
        if (i >= 50)
            continue;
        play.world.people[i].anchor = -0.5F; // an opponent by now
        come_back(play.world, play.scenario, play.chance, i);
        CHECK(play.world.has(i, Flag::stays_away));
        play.world.people[i].anchor = 0.5F; // and a supporter again
    }
    Turn turn(play, 0.1);
    turn.go_to(40);
    for (AgentId i = 0; i < 100; ++i)
        CHECK((turn.world.people[i].stance == Stance::returned) == (i >= 50));
}

TEST_CASE("deadlines and ends of packages stay as agreed in a branch", "[branch]")
{
    Scenario s = small_world(10);
    s.events = {happening(1, Package{.quality = 0.9, .open_for = 20}),
                happening(2, Deadline{.in = 25, .hard = true})};
    Play play(s, 3);
    play.go_to(10);
    Turn turn(play, 10);
    CHECK(turn.world.campaign(Call::package).open);
    turn.go_to(21.1);
    CHECK_FALSE(turn.world.campaign(Call::package).open);
    CHECK_FALSE(turn.world.ultimatums[index_of(Pole::plus)].expired);
    turn.go_to(27.1);
    CHECK(turn.world.ultimatums[index_of(Pole::plus)].expired);
}

// ---------------------------------------------------------------- events

TEST_CASE("an event switched off before it happens never happens", "[branch]")
{
    Scenario branch = branch_of(restless(), 20, 7);
    const std::string name = event_at(branch, 22.22).name;
    CHECK(happened(branch, name) == 22.22);
    event_at(branch, 22.22).enabled = false;
    CHECK(happened(branch, name) == never);
}

TEST_CASE("an event that has happened stays as it happened", "[branch]")
{
    Scenario branch = branch_of(restless(), 20, 7);
    const auto before = history(branch, 4);
    Event& petition = event_at(branch, 5.01);
    const std::string name = petition.name;
    petition.enabled = false;
    petition.at = 50;
    petition.headline = "something else";
    CHECK(happened(branch, name) == 5.01);
    CHECK(difference(before, history(branch, 4)) == "");
    const Trace trace = trace_run(branch, {.seed = 4});
    const auto told = std::ranges::find(trace.events, name, &TraceEvent::name);
    CHECK(told->headline != "something else");
}

TEST_CASE("an event moved before the branch happens at it", "[branch]")
{
    Scenario branch = branch_of(restless(), 20, 7);
    Event& moved = event_at(branch, 22.22);
    moved.at = 3;
    CHECK(happened(branch, moved.name) == Approx(20).margin(1e-9));
    moved.at = 40;
    CHECK(happened(branch, moved.name) == 40);
}

TEST_CASE("a new event happens in the branch, at once if its time is over", "[branch]")
{
    Scenario branch = branch_of(restless(), 20, 7);
    Event extra = happening(33.3, Dismiss{.pole = Pole::plus});
    branch.events.insert(branch.events.begin(), extra); // numbers of all others move
    CHECK(happened(branch, extra.name) == 33.3);
    CHECK(happened(branch, event_at(branch, 60.6).name) == 60.6);
    CHECK(happened(branch, event_at(branch, 6.2).name) == 6.2);
    branch.events.front().at = 0;
    CHECK(happened(branch, extra.name) == Approx(20).margin(1e-9));
}

TEST_CASE("a condition waits on in a branch, and a delay that runs goes on", "[branch]")
{
    Scenario base = restless();
    Event late = happening(0, Retaliate{});
    late.name = "late";
    late.when = condition([](const Outlook& seen) { return seen.hours >= 30; });
    Event delayed = happening(0, Retaliate{});
    delayed.name = "delayed";
    delayed.when = condition([](const Outlook& seen) { return seen.hours >= 10; });
    delayed.after = 15;
    base.events.push_back(late);
    base.events.push_back(delayed);
    Scenario branch = branch_of(base, 20, 7);
    CHECK(happened(branch, "late") == Approx(30).margin(0.11));
    CHECK(happened(branch, "delayed") == happened(base, "delayed"));
    CHECK(happened(base, "delayed") == Approx(25).margin(0.11));

    branch.events.back().after = 2; // held at hour 10, so this is over
    CHECK(happened(branch, "delayed") == Approx(20).margin(1e-9));
    branch.events.back().after = 40;
    CHECK(happened(branch, "delayed") == Approx(50).margin(0.11));
    branch.events.back().enabled = false;
    CHECK(happened(branch, "delayed") == never);
    branch = branch_of(base, 26, 7);
    branch.events.back().enabled = false; // too late
    CHECK(happened(branch, "delayed") == happened(base, "delayed"));
}

// ---------------------------------------------------------------- parameters

TEST_CASE("a parameter moved in a branch matters from there on", "[branch]")
{
    Scenario costly = branch_of(restless(), 9, 7);
    costly.mechanisms.cost = {.post = 10, .sign = 10, .leave = 10, .relief = 0};
    for (std::uint32_t k = 0; k < 5; ++k)
        for (const Change& change : history(costly, 4, k))
            if (change.time > 9)
                CHECK(change.cause != Cause::review);
    CHECK(!until(history(costly, 4), 9).empty());
}

TEST_CASE("what people are moves by what the parameters would have made at hour 0", "[branch]")
{
    const Scenario base = ready_to_run(restless());
    Scenario branch = branch_of(base, 20, 7);
    branch.people.trust_mean += 0.1;
    branch.people.allegiance_mean += 0.2;
    branch.people.fallback_mean -= 0.1;
    branch.board.directors[1].resolve += 0.5;
    const Chance chance(7), future(8);
    Play play(base, 7);
    play.go_to(20);
    World turned = play.world;
    turn_off(turned, branch, chance, chance, future, {});
    const World start = make_world(base, chance), other = make_world(branch, chance);
    for (AgentId i = 0; i < turned.size(); ++i) {
        const auto moved = [&](float Person::*trait, float low) {
            const float by = other.people[i].*trait - start.people[i].*trait;
            CHECK(turned.people[i].*trait ==
                  Approx(std::clamp(play.world.people[i].*trait + by, low, 1.0F)).margin(1e-6));
        };
        moved(&Person::trust, 0);
        moved(&Person::anchor, -1);
        moved(&Person::own_fallback, 0);
        const double before = allegiance(play.world, base.mechanisms, i);
        const double by = static_cast<double>(other.people[i].anchor) -
                          static_cast<double>(start.people[i].anchor);
        CHECK(allegiance(turned, branch.mechanisms, i) ==
              Approx(std::clamp(before + by, -1.0, 1.0)).margin(1e-5));
    }
    CHECK(turned.board.directors[1].resolve == Approx(play.world.board.directors[1].resolve + 0.5));
    CHECK(turned.board.directors[0].resolve == play.world.board.directors[0].resolve);
}

TEST_CASE("allegiance does not jump when only its drift changes in a branch", "[branch]")
{
    const Scenario base = ready_to_run(restless());
    Scenario branch = branch_of(base, 33, 7);
    branch.mechanisms.drift = {.openness = 0.9, .memory = 5};
    branch.mechanisms.inclination.milder_weight = 0.9;
    const Chance chance(7);
    Play play(base, 7);
    play.go_to(33);
    World turned = play.world;
    turn_off(turned, branch, chance, chance, Chance(8), {});
    for (AgentId i = 0; i < turned.size(); ++i)
        CHECK(allegiance(turned, branch.mechanisms, i) ==
              Approx(allegiance(play.world, base.mechanisms, i)).margin(1e-5));
}

TEST_CASE("a clock that did not run in the past starts in a branch that winds it up", "[branch]")
{
    Scenario base = restless();
    base.mechanisms.review = {.voice_rate = 0, .exit_rate = 0};
    base.mechanisms.departure.background_rate = 0;
    base.board.review_rate = 0;
    base.mechanisms.information.nudges_per_tie = 0;
    Scenario branch = branch_of(base, 20, 7);
    branch.mechanisms = restless().mechanisms;
    branch.mechanisms.departure.background_rate = 0.01;
    branch.board.review_rate = 5;
    branch.board.directors[0].resolve = -5;
    branch.board.resolve_spread = 0;
    bool reviewed = false, departed = false;
    for (const Change& change : history(branch, 4)) {
        reviewed = reviewed || change.cause == Cause::review;
        departed = departed || change.cause == Cause::background;
    }
    CHECK(reviewed);
    CHECK(departed);
    CHECK(run(branch, {.seed = 4}).director_conceded[0] < 25);
}

TEST_CASE("a quorum lowered in a branch is counted at once", "[branch]")
{
    Scenario base = small_world(10);
    base.board.directors = {{.name = "a"}, {.name = "b"}, {.name = "c"}};
    base.board.quorum = 3;
    base.events = {happening(1, Concede{.director = "a"}), happening(2, Concede{.director = "b"})};
    Scenario branch = branch_of(base, 10);
    CHECK(run(branch, {}).measures.hours_to_concession == never);
    branch.board.quorum = 2;
    CHECK(run(branch, {}).measures.hours_to_concession == Approx(10));
}

TEST_CASE("the twin of a branch has the same past", "[branch]")
{
    const Scenario branch = branch_of(restless(), 20, 7);
    CHECK(difference(until(history(branch, 4), 20), until(history(no_peers(branch), 4), 20)) == "");
    CHECK(difference(history(branch, 4), history(no_peers(branch), 4)) != "");
}

TEST_CASE("runs share their luck when they go on from the same moment of the same run", "[branch]")
{
    const Scenario base = restless();
    const Scenario branch = branch_of(base, 20, 7);
    Scenario changed = branch;
    changed.people.vigil = 0;
    CHECK(share_luck(base, base));
    CHECK(share_luck(branch, changed));
    CHECK_FALSE(share_luck(base, branch));
    CHECK_FALSE(share_luck(branch, branch_of(base, 22, 7)));
    CHECK_FALSE(share_luck(branch, branch_of(base, 20, 8)));
    CHECK_FALSE(share_luck(branch, branch_of(base, 20, 7, 1)));
    CHECK_FALSE(share_luck(branch_of(branch, 30), branch_of(branch_of(base, 22, 7), 30)));
}

TEST_CASE("a branch may look further than its base", "[branch]")
{
    Scenario branch = branch_of(restless(), 20, 7);
    branch.horizon = 200;
    branch.mechanisms.departure.background_rate = 0.05;
    CHECK(history(branch, 4).back().time > restless().horizon);
}
