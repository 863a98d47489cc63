#include "tests/support.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

Scenario small_world(int headcount)
{
    Scenario s;
    s.horizon = 48;
    s.organization.headcount = headcount;
    StaffRow row;
    row.department = "office";
    row.team = "team";
    row.level = 0;
    row.tenure = 1;
    s.organization.staff.assign(static_cast<std::size_t>(headcount), row);
    s.organization.ties.emplace();
    s.people = {.allegiance_spread = 0,
                .team_correlation = 0,
                .trust_spread = 0,
                .fallback_mean = 0,
                .fallback_spread = 0,
                .visa_share = 0,
                .risk_spread = 0,
                .vigil = 1};
    s.mechanisms.cost = {.post = 100, .sign = 1, .leave = 2, .relief = 0.5};
    s.mechanisms.drift.openness = 0;
    s.mechanisms.office.loss = 0;
    s.mechanisms.departure.background_rate = 0;
    s.board.resolve_spread = 0;
    return s;
}

void connect_all(Scenario& scenario, double weight)
{
    const auto n = static_cast<AgentId>(scenario.organization.headcount);
    auto& ties = scenario.organization.ties.emplace();
    ties.reserve(std::size_t{n} * n);
    for (AgentId from = 0; from < n; ++from)
        for (AgentId to = 0; to < n; ++to)
            if (from != to)
                ties.push_back({from, to, weight});
}

void set_allegiance(Scenario& scenario, double allegiance)
{
    for (StaffRow& row : scenario.organization.staff)
        row.allegiance = allegiance;
}

void appoint_heads(Scenario& scenario, int count)
{
    for (int i = 0; i < count; ++i)
        scenario.organization.staff[static_cast<std::size_t>(i)].department =
            "office " + std::to_string(i);
}

Scenario crisis()
{
    Scenario s;
    s.name = "crisis";
    s.horizon = 240;
    s.start_hour = 12;
    s.organization.headcount = 770;
    s.people.allegiance_mean = 0.6;
    s.people.allegiance_spread = 0.56;
    s.people.trust_mean = 0.5;
    s.people.fallback_mean = 0.5;
    s.people.visa_share = 0.25;
    s.people.wake_mean = 6.42;
    s.people.wake_spread = 2.63;
    s.board.directors = {{.name = "first", .resolve = 1},
                         {.name = "second", .resolve = 1},
                         {.name = "third", .resolve = 1},
                         {.name = "fourth", .resolve = 0.45}};
    s.board.quorum = 3;
    s.investors.stance = 0.5;
    s.events = {
        happening(0, Dismiss{}),
        happening(0.5, Breach{.severity = 0.3}),
        happening(4, Breach{.severity = 0.3}),
        happening(29, Invest{.stance = 0.8}),
        happening(57, Breach{.severity = 0.3}),
        happening(57.1, Vigil{.share = 0.63}),
        happening(59.9, Offer{.quality = 0.6}),
        happening(63.71, Petition{.broadcast_rate = 1.3, .visibility = 1, .first_signers = 12},
                  Deadline{.in = 120 - 63.71, .hard = true}),
        happening(65.8, Broadcast{.rate = 2}),
        happening(94, Offer{.quality = 0.8}),
    };
    return s;
}

Scenario turmoil(int headcount)
{
    Scenario s;
    s.name = "turmoil";
    s.horizon = 120;
    s.organization.headcount = headcount;
    s.people.allegiance_mean = 0.2;
    s.people.allegiance_spread = 0.7;
    s.people.visa_share = 0.2;
    s.people.vigil = 0.2;
    s.mechanisms.departure.background_rate = 5e-4;
    s.mechanisms.cost.sign = 0.7;
    s.mechanisms.cost.leave = 1;
    s.board.directors = {{.name = "first", .resolve = 0.4},
                         {.name = "second", .resolve = 0.5},
                         {.name = "third", .resolve = 0.6}};
    s.board.review_rate = 0.05;
    s.events = {
        happening(0, Dismiss{}),
        happening(0.7, Breach{.severity = 0.4}),
        happening(3.3, Evidence{.strength = 0.2, .among = reaching(0.5)}),
        happening(5.01, Petition{.broadcast_rate = 0.4, .first_signers = 5}),
        happening(6.2, Persuade{.direction = Pole::plus, .strength = 0.15}),
        happening(8, Petition{.pole = Pole::minus, .broadcast_rate = 0.3, .first_signers = 3}),
        happening(10.13, Offer{.quality = 0.6, .among = reaching(0.8)}),
        happening(11.5, Vigil{.share = 0.7}),
        happening(14, Package{.pole = Pole::minus, .quality = 0.7, .open_for = 30}),
        happening(20, Retaliate{.factor = 0.2}),
        happening(22.22, Deadline{.in = 30}),
        happening(26, Invest{.stance = 0.6}),
        happening(60.6, Reassure{.gain = 0.2}),
        happening(61, Close{.pole = Pole::minus}),
    };
    return s;
}

Audience reaching(double share)
{
    Audience among;
    among.reach = share;
    return among;
}

Condition condition(std::function<bool(const Outlook&)> holds)
{
    return {.text = "by a test", .make = [holds = std::move(holds)] { return holds; }};
}

Play::Play(const Scenario& written, std::uint64_t seed, std::uint32_t replicate)
    : scenario(ready_to_run(written)), chance(seed, replicate), world(make_world(scenario, chance))
{
}

void Play::step_once()
{
    step(world, scenario, chance);
    changes.insert(changes.end(), world.changes.begin(), world.changes.end());
}

void Play::go_to(Hours time)
{
    while (world.now < time - 1e-9)
        step_once();
}

std::int32_t Play::count(Stance stance) const
{
    return world.stances[static_cast<std::size_t>(stance)];
}

double Play::allegiance_of(AgentId person) const
{
    return allegiance(world, scenario.mechanisms, person);
}

double bed_of(const World& world, AgentId person)
{
    return world.people[person].bed / 60.0;
}

double sleep_of(const World& world, AgentId person)
{
    return world.people[person].sleep / 60.0;
}

std::vector<Change> history(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate)
{
    std::vector<Change> changes;
    run(scenario, {.seed = seed, .replicate = replicate}, [&](const World& world) {
        changes.insert(changes.end(), world.changes.begin(), world.changes.end());
    });
    return changes;
}

std::vector<Change> history_of(const std::vector<Change>& changes,
                               const std::function<bool(AgentId)>& whose)
{
    std::vector<Change> some;
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(some),
                 [&](const Change& change) { return whose(change.person); });
    return some;
}

namespace {

std::vector<double> numbers(const Change& c)
{
    return {c.time,
            static_cast<double>(c.person),
            static_cast<double>(c.from),
            static_cast<double>(c.to),
            static_cast<double>(sign_of(c.side)),
            static_cast<double>(c.cause),
            c.why.allegiance,
            c.why.distrust,
            c.why.contacts,
            c.why.crowd,
            c.cost.act,
            c.cost.exposure,
            c.cost.naming,
            c.cost.fear,
            c.cost.relief};
}

} // namespace

std::string difference(const std::vector<Change>& a, const std::vector<Change>& b)
{
    std::ostringstream text;
    text.precision(17);
    for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) {
        const auto left = numbers(a[k]), right = numbers(b[k]);
        if (left == right)
            continue;
        text << "change " << k << ":";
        for (const auto& row : {left, right}) {
            text << "\n ";
            for (const double x : row)
                text << ' ' << x;
        }
        return text.str();
    }
    if (a.size() != b.size())
        text << a.size() << " changes against " << b.size();
    return text.str();
}

double mean_peak(const Scenario& scenario, std::uint32_t replicates, std::uint64_t seed)
{
    double sum = 0;
    for (std::uint32_t k = 0; k < replicates; ++k)
        sum += run(scenario, {.seed = seed, .replicate = k}).measures.peak_signed_share;
    return sum / replicates;
}

double distance(std::vector<double> sample, const std::function<double(double)>& law, double until)
{
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double largest = 0, below = 0;
    for (const double t : sample) {
        if (t > until || t == never)
            break;
        largest = std::max(largest, std::abs(law(t) - below / n));
        ++below;
        largest = std::max(largest, std::abs(law(t) - below / n));
    }
    return until < never ? std::max(largest, std::abs(law(until) - below / n)) : largest;
}

double distance_limit(std::size_t sample_size)
{
    return 2.4 / std::sqrt(static_cast<double>(sample_size)); // 2 exp(-2 * 2.4^2) = 2e-5
}

double share_tolerance(double share, double sample_size)
{
    return 5 * std::sqrt(share * (1 - share) / sample_size);
}

} // namespace walkout
