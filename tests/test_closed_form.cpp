#include "tests/support.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

using namespace walkout;

namespace {

std::vector<double> times_of(const std::vector<Change>& changes, Stance to)
{
    std::vector<double> times;
    for (const Change& change : changes)
        if (change.to == to)
            times.push_back(change.time);
    return times;
}

/// Nobody missing: those for whom it never came.
std::vector<double> filled_up(std::vector<double> times, std::size_t people)
{
    times.resize(people, never);
    return times;
}

std::int32_t informed(const World& world, Call call)
{
    std::int32_t count = 0;
    for (AgentId i = 0; i < world.size(); ++i)
        count += world.has_heard(i, call);
    return count;
}

/// Index of the draws of news: one for each opening of each campaign.
std::uint32_t draw_index(const World& world, Call call)
{
    return static_cast<std::uint32_t>(call) + 4 * world.campaign(call).openings;
}

/// One actor, who signs as the petition opens, and contacts who will not.
Scenario star(int contacts, double weight)
{
    Scenario s = small_world(contacts + 1);
    s.organization.staff[0].allegiance = 1;
    s.mechanisms.cost.sign = 0.5;
    for (int i = 1; i <= contacts; ++i)
        s.organization.ties->push_back({0, static_cast<AgentId>(i), weight});
    s.mechanisms.inclination.peer_weight = 0;
    return s;
}

/// Everybody signs when told. They post at the very start, because who has posted reviews only
/// when there is something to sign.
void act_at_once(Scenario& s)
{
    set_allegiance(s, 1);
    s.mechanisms.cost.post = 0.01;
    s.mechanisms.cost.sign = 0.5;
    s.mechanisms.inclination.peer_weight = 0;
    s.mechanisms.review.voice_rate = 1e7;
}

} // namespace

TEST_CASE("background departures survive as exp(-q t)", "[analytic]")
{
    constexpr int n = 5000;
    constexpr double q = 0.02;
    Scenario s = small_world(n);
    s.horizon = 100;
    s.mechanisms.departure.background_rate = q;
    const auto changes = history(s);
    CHECK(std::ranges::all_of(changes, [](const Change& change) {
        return change.cause == Cause::background && change.side == Pole::none &&
               change.to == Stance::resigned;
    }));
    CHECK(distance(
              filled_up(times_of(changes, Stance::resigned), n),
              [](double t) { return 1 - std::exp(-q * t); }, s.horizon) < distance_limit(n));
}

TEST_CASE("who surely leaves with a package stays as exp(-mu t)", "[analytic]")
{
    constexpr int n = 5000;
    constexpr double mu = 0.26;
    Scenario s = small_world(n);
    s.horizon = 30;
    set_allegiance(s, 1);
    s.mechanisms.cost.leave = 0.5;
    s.mechanisms.review.exit_rate = mu;
    s.events = {happening(0, Package{.quality = 0, .broadcast_rate = 1e9})};
    CHECK(distance(
              filled_up(times_of(history(s), Stance::resigned), n),
              [](double t) { return 1 - std::exp(-mu * t); }, s.horizon) < distance_limit(n));
}

TEST_CASE("who surely signs and knows does so after an exponential time", "[analytic]")
{
    constexpr int n = 5000;
    constexpr double mu = 0.4, opened = 3.03;
    Scenario s = small_world(n);
    s.horizon = 30;
    set_allegiance(s, 1);
    s.mechanisms.cost.sign = 0.5;
    s.mechanisms.review.voice_rate = mu;
    s.events = {happening(opened, Petition{.broadcast_rate = 1e9, .first_signers = 0})};
    CHECK(distance(
              filled_up(times_of(history(s), Stance::signed_letter), n),
              [](double t) { return t < opened ? 0 : 1 - std::exp(-mu * (t - opened)); },
              s.horizon) < distance_limit(n));
}

TEST_CASE("whom an event makes able to sign does so an exponential time after it", "[analytic]")
{
    constexpr int n = 5000;
    constexpr double mu = 0.4, moved = 20.02;
    Scenario s = small_world(n);
    set_allegiance(s, 0.5);
    s.mechanisms.cost = {.post = 0.1, .sign = 0.6, .leave = 2, .relief = 0};
    s.mechanisms.review.voice_rate = mu;
    s.events = {happening(3, Petition{.broadcast_rate = 1e9, .first_signers = 0}),
                happening(moved, Persuade{.strength = 0.5})};
    CHECK(distance(
              filled_up(times_of(history(s), Stance::signed_letter), n),
              [](double t) { return t < moved ? 0 : 1 - std::exp(-mu * (t - moved)); },
              s.horizon) < distance_limit(n));
}

TEST_CASE("who drifts past the cost signs an exponential time after that moment", "[analytic]")
{
    // One head signs as the petition opens and is everybody's only contact.
    constexpr int n = 5000;
    constexpr double mu = 0.4, opened = 10, memory = 20;
    Scenario s = small_world(n + 1);
    appoint_heads(s, 1);
    for (AgentId i = 1; i <= n; ++i)
        s.organization.ties->push_back({0, i, 1});
    set_allegiance(s, 0.5);
    s.mechanisms.inclination.peer_weight = 0;
    s.mechanisms.inclination.milder_weight = 0;
    s.mechanisms.drift = {.openness = 0.5, .memory = memory};
    s.mechanisms.cost = {.post = 0.1, .sign = 0.6, .leave = 2, .relief = 0};
    s.mechanisms.review.voice_rate = mu;
    s.events = {happening(opened, Petition{.broadcast_rate = 1e9, .first_signers = 1})};
    const double at_opening = 0.25 + 0.25 * std::exp(-opened / memory); // toward a0 / 2
    const double able = opened + memory * std::log((0.75 - at_opening) / (0.75 - 0.6));
    auto times = times_of(history(s), Stance::signed_letter);
    REQUIRE(times.size() > n / 2);
    times.erase(times.begin()); // the head
    CHECK(distance(
              filled_up(times, n),
              [&](double t) { return t < able ? 0 : 1 - std::exp(-mu * (t - able)); },
              s.horizon) < distance_limit(n));
}

TEST_CASE("broadcast alone informs 1 - exp(-hazard), through changes of its rate", "[analytic]")
{
    constexpr int n = 5000;
    Scenario s = small_world(n);
    s.horizon = 20;
    s.events = {happening(1, Petition{.broadcast_rate = 0.05, .first_signers = 0}),
                happening(6, Broadcast{.rate = 0.4}), happening(8, Broadcast{.rate = 0}),
                happening(10, Broadcast{.rate = 0.1}), happening(15, Close{})};
    const auto hazard = [](double t) {
        const auto spent = [t](double from, double to) { return std::clamp(t, from, to) - from; };
        return 0.05 * spent(1, 6) + 0.4 * spent(6, 8) + 0.1 * spent(10, 15);
    };
    Play play(s);
    for (int hour = 1; hour <= 20; ++hour) {
        play.go_to(hour);
        const double expected = 1 - std::exp(-hazard(hour));
        CAPTURE(hour, expected);
        CHECK(std::abs(informed(play.world, Call::petition_plus) / double{n} - expected) <=
              share_tolerance(expected, n));
    }
    CHECK(informed(play.world, Call::petition_minus) == 0);
    CHECK(informed(play.world, Call::package) == 0);
}

TEST_CASE("the broadcast reaches each person when the hazard passes the own draw", "[analytic]")
{
    constexpr int n = 2000;
    Scenario s = small_world(n);
    s.horizon = 12;
    s.events = {happening(1, Petition{.broadcast_rate = 0.05, .first_signers = 0}),
                happening(6, Broadcast{.rate = 0.4})};
    Play play(s);
    for (int tick = 1; tick <= 120; ++tick) {
        play.step_once();
        const double t = play.world.now;
        const double hazard = 0.05 * (std::clamp(t, 1.0, 6.0) - 1) + 0.4 * std::max(0.0, t - 6);
        int wrong = 0;
        for (AgentId i = 0; i < n; ++i) {
            const double draw = play.chance.waiting(Decision::hear_broadcast, i,
                                                    draw_index(play.world, Call::petition_plus));
            wrong += std::abs(draw - hazard) > 1e-9 &&
                     play.world.has_heard(i, Call::petition_plus) != (draw < hazard);
        }
        REQUIRE(wrong == 0);
    }
}

TEST_CASE("a nudge lands when its hazard passes the next draw of the actor", "[analytic]")
{
    const double w = GENERATE(0.25, 1.0, 8.0);
    constexpr int n = 4000;
    constexpr double rho = 0.25, tau = 3;
    Scenario s = star(n, w);
    s.horizon = 20;
    s.mechanisms.information = {.nudges_per_tie = rho, .nudge_memory = tau};
    s.events = {happening(0, Petition{.broadcast_rate = 0, .first_signers = 1})};
    Play play(s);
    play.go_to(1);
    std::vector<double> at(n + 1, never); // hazard at which each contact is nudged first
    Rng rng = play.chance.at(Decision::nudge, 0, draw_index(play.world, Call::petition_plus));
    double ahead = exponential(rng);
    for (const AgentId i : play.world.organization->ties.influenced_by(0))
        if (ahead < rho * w)
            at[i] = std::exchange(ahead, exponential(rng));
        else
            ahead -= rho * w;
    for (int hour = 1; hour <= 20; ++hour) {
        play.go_to(hour);
        const double hazard = rho * w * (1 - std::exp(-play.world.now / tau));
        int wrong = 0;
        for (AgentId i = 1; i <= n; ++i)
            wrong += std::abs(at[i] - hazard) > 1e-9 &&
                     play.world.has_heard(i, Call::petition_plus) != (at[i] < hazard);
        CAPTURE(w, hour);
        REQUIRE(wrong == 0);
    }
}

TEST_CASE("a louder broadcast informs everybody earlier, person by person", "[analytic][crn]")
{
    const auto heard_at = [](double rate) {
        Scenario s = small_world(200);
        act_at_once(s);
        s.events = {happening(0, Petition{.broadcast_rate = rate, .first_signers = 0})};
        std::vector<double> at(200, never);
        for (const Change& change : history(s))
            if (change.to == Stance::signed_letter)
                at[change.person] = change.time;
        return at;
    };
    const auto soft = heard_at(0.1), loud = heard_at(0.2);
    for (std::size_t i = 0; i < 200; ++i)
        if (soft[i] < never)
            CHECK(loud[i] == Approx(soft[i] / 2).margin(1e-4)); // one hazard, two rates
}

TEST_CASE("one signer informs a contact with 1 - exp(-rho w (1 - exp(-t / tau)))", "[analytic]")
{
    const double w = GENERATE(0.25, 1.0, 8.0);
    constexpr int n = 4000;
    Scenario s = star(n, w);
    s.horizon = 30;
    const double rho = 0.25, tau = 3;
    s.mechanisms.information = {.nudges_per_tie = rho, .nudge_memory = tau};
    s.events = {happening(0, Petition{.broadcast_rate = 0, .first_signers = 1})};
    Play play(s);
    for (const double t : {0.5, 1.0, 2.0, 4.0, 8.0, 30.0}) {
        play.go_to(t);
        const double expected = 1 - std::exp(-rho * w * (1 - std::exp(-t / tau)));
        CAPTURE(w, t, expected);
        const double share = (informed(play.world, Call::petition_plus) - 1) / double{n};
        CHECK(std::abs(share - expected) <= share_tolerance(expected, n));
    }
}

TEST_CASE("nudges alone grow as the pure birth process of an SI model", "[analytic]")
{
    // Everybody signs at once when told, and tells each other person at a constant rate b: the
    // number of signers k rises at rate b k (n - k). Its law solves the master equation.
    constexpr int n = 120, first = 6;
    constexpr double b = 0.01, memory = 1e5;
    constexpr std::uint32_t runs = 300;
    Scenario s = small_world(n);
    s.horizon = 9;
    s.tick = 0.5;
    appoint_heads(s, first);
    connect_all(s);
    act_at_once(s);
    s.mechanisms.information = {.nudges_per_tie = b * memory, .nudge_memory = memory};
    s.events = {happening(0, Petition{.broadcast_rate = 0, .first_signers = first})};

    const std::vector<double> moments = {1, 2, 3, 4, 5, 6, 8};
    std::vector<double> sums(moments.size());
    for (std::uint32_t k = 0; k < runs; ++k) {
        const auto result = run(s, {.seed = 2, .replicate = k});
        for (std::size_t m = 0; m < moments.size(); ++m)
            sums[m] += result.names_at(moments[m]);
    }

    std::vector<double> p(n + 1);
    p[first] = 1;
    const auto flow = [](const std::vector<double>& q) {
        std::vector<double> change(q.size());
        for (std::size_t k = 1; k < q.size(); ++k) {
            const double out = b * static_cast<double>(k) * static_cast<double>(n - k) * q[k];
            change[k] -= out;
            if (k < n)
                change[k + 1] += out;
        }
        return change;
    };
    const auto moved = [](const std::vector<double>& q, const std::vector<double>& by, double h) {
        std::vector<double> sum = q;
        for (std::size_t k = 0; k < q.size(); ++k)
            sum[k] += h * by[k];
        return sum;
    };
    constexpr double dt = 1e-3;
    double t = 0;
    for (std::size_t m = 0; m < moments.size(); ++m) {
        for (; t < moments[m] - dt / 2; t += dt) { // midpoint rule
            const auto half_way = moved(p, flow(p), dt / 2);
            p = moved(p, flow(half_way), dt);
        }
        double mean = 0, square = 0;
        for (std::size_t k = 0; k < p.size(); ++k) {
            mean += static_cast<double>(k) * p[k];
            square += static_cast<double>(k) * static_cast<double>(k) * p[k];
        }
        const double error = std::sqrt(std::max(0.0, square - mean * mean) / runs);
        const double logistic = n / (1 + (double{n} / first - 1) * std::exp(-b * n * t));
        CAPTURE(moments[m], mean, error, logistic);
        CHECK(std::abs(sums[m] / runs - mean) < 5 * error + 1e-3);
        CHECK(std::abs(sums[m] / runs - logistic) < 0.05 * n); // the limit of large n
    }
}

namespace {

/// Granovetter's crowd: all see all, thresholds normal with mean 0.25 in units of the peer weight.
Scenario crowd(int n, double spread)
{
    Scenario s = small_world(n);
    s.horizon = 60;
    s.tick = 1;
    connect_all(s);
    s.people.allegiance_mean = 0.25;
    s.people.allegiance_spread = spread;
    s.mechanisms.cost.sign = 0.5;
    s.mechanisms.inclination.peer_weight = 1;
    s.mechanisms.inclination.global_share = 0;
    s.events = {happening(0, Petition{.broadcast_rate = 1e6, .first_signers = 0})};
    return s;
}

/// The share at which as many act as have thresholds below it.
double fixed_point(double spread)
{
    double r = 0;
    for (int k = 0; k < 10000; ++k)
        r = 0.5 * std::erfc(-(r - 0.25) / spread / std::sqrt(2.0));
    return r;
}

/// The same for the people who were drawn, in whole numbers.
int fixed_point_of(const World& world, double needed)
{
    std::vector<double> thresholds;
    for (const Person& person : world.people)
        thresholds.push_back(needed - static_cast<double>(person.anchor));
    std::sort(thresholds.begin(), thresholds.end());
    const double others = world.size() - 1;
    int acting = 0;
    while (acting < static_cast<int>(world.size()) &&
           thresholds[static_cast<std::size_t>(acting)] < acting / others)
        ++acting;
    return acting;
}

} // namespace

TEST_CASE("a crowd stops at the fixed point of its thresholds, narrow or wide", "[analytic]")
{
    const double spread = GENERATE(0.11, 0.3); // the first stalls, the second cascades
    constexpr int n = 500;
    constexpr std::uint32_t runs = 12;
    const Scenario s = crowd(n, spread);
    double sum = 0;
    for (std::uint32_t k = 0; k < runs; ++k) {
        Play play(s, 5, k);
        play.go_to(s.horizon);
        CAPTURE(spread, k);
        CHECK(play.count(Stance::signed_letter) == fixed_point_of(play.world, 0.5));
        sum += play.count(Stance::signed_letter);
    }
    const double r = fixed_point(spread);
    const double z = (r - 0.25) / spread;
    const double slope = std::exp(-z * z / 2) / std::sqrt(2 * M_PI) / spread;
    const double tolerance = share_tolerance(r, double{n} * runs) / (1 - slope);
    CAPTURE(r, slope, tolerance);
    CHECK((spread > 0.2 ? r > 0.95 : r < 0.03));
    CHECK(std::abs(sum / n / runs - r) < tolerance);
}

TEST_CASE("the public count alone carries the same cascade as contacts do", "[analytic]")
{
    constexpr int n = 500;
    Scenario s = crowd(n, 0.3);
    s.organization.ties->clear();
    s.mechanisms.inclination.global_share = 1;
    Play play(s, 5);
    play.go_to(s.horizon);
    // all people count, oneself included, but one has not acted before one's own review
    const double signed_share = play.count(Stance::signed_letter) / double{n};
    CHECK(std::abs(signed_share - fixed_point(0.3)) < share_tolerance(fixed_point(0.3), n) * 1.2);
}

TEST_CASE("without visibility the public count carries nothing", "[analytic]")
{
    constexpr int n = 500;
    Scenario s = crowd(n, 0.3);
    s.organization.ties->clear();
    s.mechanisms.inclination.global_share = 1;
    s.events = {happening(0, Petition{.broadcast_rate = 1e6, .visibility = 0, .first_signers = 0})};
    Play play(s, 5);
    play.go_to(s.horizon);
    const auto instigators =
        std::ranges::count_if(play.world.people, [](const Person& p) { return p.anchor > 0.5F; });
    CHECK(play.count(Stance::signed_letter) == instigators);
}
