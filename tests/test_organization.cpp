#include "tests/support.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace walkout;

namespace {

Organization drawn(int headcount, std::uint64_t seed = 1)
{
    OrganizationParams params;
    params.headcount = headcount;
    return make_organization(params, Chance(seed));
}

/// Weight of the tie by which `from` influences `to`, 0 without one.
double weight(const Ties& ties, AgentId from, AgentId to)
{
    const auto row = ties.influenced_by(from);
    const auto found = std::find(row.begin(), row.end(), to);
    return found == row.end()
               ? 0
               : ties.weights_of(from)[static_cast<std::size_t>(found - row.begin())] * Ties::unit;
}

std::uint32_t department_number(const Organization& org, AgentId person)
{
    return org.teams[org.team[person]].department;
}

bool same_ties(const Ties& a, const Ties& b)
{
    if (a.size() != b.size() || a.arcs() != b.arcs())
        return false;
    for (AgentId i = 0; i < a.size(); ++i) {
        if (!std::ranges::equal(a.influenced_by(i), b.influenced_by(i)))
            return false;
        for (std::size_t k = 0; k < a.influenced_by(i).size(); ++k)
            if (a.weights_of(i)[k] != b.weights_of(i)[k])
                return false;
    }
    return true;
}

bool same_organization(const Organization& a, const Organization& b)
{
    return a.team == b.team && a.level == b.level && a.tenure == b.tenure &&
           same_ties(a.ties, b.ties);
}

StaffRow staff(const std::string& department, const std::string& team)
{
    StaffRow row;
    row.department = department;
    row.team = team;
    return row;
}

} // namespace

TEST_CASE("teams and departments add up to the headcount", "[organization]")
{
    const int n = GENERATE(1, 2, 3, 6, 11, 13, 100, 770, 3000);
    const auto org = drawn(n, static_cast<std::uint64_t>(n));
    CAPTURE(n);
    REQUIRE(org.size() == static_cast<std::uint32_t>(n));
    REQUIRE(org.ties.size() == org.size());
    std::vector<std::uint32_t> in_team(org.teams.size()), in_department(org.departments.size());
    for (AgentId i = 0; i < org.size(); ++i) {
        ++in_team[org.team[i]];
        ++in_department[department_number(org, i)];
    }
    for (std::size_t t = 0; t < org.teams.size(); ++t) {
        CHECK(in_team[t] == org.teams[t].size);
        CHECK(in_team[t] >= std::min(3U, org.size()));
    }
    for (std::size_t d = 0; d < org.departments.size(); ++d) {
        CHECK(in_department[d] == org.departments[d].size);
        CHECK(in_department[d] >= std::min(6U, org.size()));
    }
}

TEST_CASE("departments that are given keep their sizes and names", "[organization]")
{
    OrganizationParams params;
    params.headcount = 60;
    params.departments = {{.name = "research", .headcount = 40},
                          {.name = "sales", .headcount = 19},
                          {.name = "office", .headcount = 1}};
    const auto org = make_organization(params, Chance(1));
    REQUIRE(org.departments.size() == 3);
    REQUIRE(org.size() == 60);
    for (std::uint32_t d = 0; d < 3; ++d) {
        CHECK(org.departments[d].name == params.departments[d].name);
        CHECK(org.departments[d].size ==
              static_cast<std::uint32_t>(params.departments[d].headcount));
        CHECK(org.departments[d].params == d);
    }
    CHECK(org.department_of(39).name == "research");
    CHECK(org.department_of(40).name == "sales");
    CHECK(org.department_of(59).name == "office");
}

TEST_CASE("everybody in a team influences everybody else in it, the lead three times as much",
          "[organization]")
{
    OrganizationParams params;
    params.headcount = 200;
    params.network.department_ties = 0;
    params.network.cross_ties = 0;
    const auto org = make_organization(params, Chance(4));
    for (AgentId i = 0; i < org.size(); ++i)
        for (AgentId j = 0; j < org.size(); ++j) {
            if (i == j || org.team[i] != org.team[j])
                continue;
            const bool lead = org.teams[org.team[i]].lead == i;
            REQUIRE(weight(org.ties, i, j) == (lead ? 3 : 1));
        }
}

TEST_CASE("heads weigh three with the leads of their department and one comes back",
          "[organization]")
{
    OrganizationParams params;
    params.headcount = 200;
    params.network.department_ties = 0;
    params.network.cross_ties = 0;
    params.network.head_contacts = 0;
    const auto org = make_organization(params, Chance(4));
    int pairs = 0;
    for (const Team& team : org.teams) {
        const AgentId head = org.departments[team.department].head;
        if (head == team.lead)
            continue;
        ++pairs;
        CHECK(weight(org.ties, head, team.lead) == 3);
        CHECK(weight(org.ties, team.lead, head) == 1);
    }
    CHECK(pairs > 10);
    // and beyond teams and leads there is nobody
    for (AgentId i = 0; i < org.size(); ++i)
        for (const AgentId j : org.ties.influenced_by(i)) {
            const bool leads = org.level[i] >= 3 && org.level[j] >= 3;
            REQUIRE((org.team[i] == org.team[j] || leads));
        }
}

TEST_CASE("each head influences other heads, never itself", "[organization]")
{
    OrganizationParams params;
    params.headcount = 300;
    params.network.department_ties = 0;
    params.network.cross_ties = 0;
    const auto org = make_organization(params, Chance(2));
    for (const Department& department : org.departments) {
        int heads = 0;
        for (const AgentId j : org.ties.influenced_by(department.head))
            heads += org.level[j] == 4;
        CHECK(heads >= 1);
    }
}

TEST_CASE("repeated arcs add up, loops are dropped and weights are cut at the heaviest",
          "[organization]")
{
    const auto steps = [](double w) { return static_cast<std::uint32_t>(w / Ties::unit); };
    const Ties ties(3, {{0, 1, steps(1)},
                        {2, 1, steps(0.5)},
                        {0, 1, steps(2.25)},
                        {1, 1, steps(5)},
                        {1, 0, steps(200)},
                        {1, 0, steps(200)},
                        {0, 2, steps(1)}});
    CHECK(ties.arcs() == 4);
    CHECK(weight(ties, 0, 1) == 3.25);
    CHECK(weight(ties, 0, 2) == 1);
    CHECK(weight(ties, 1, 1) == 0);
    CHECK(weight(ties, 1, 0) == Ties::heaviest);
    CHECK(weight(ties, 2, 1) == 0.5);
}

TEST_CASE("compressed ties hold what a plain table of arcs holds", "[organization][property]")
{
    REQUIRE(holds_always([] {
        const auto n = *rc::gen::inRange<AgentId>(1, 12);
        const auto arcs = *rc::gen::container<std::vector<Ties::Arc>>(rc::gen::apply(
            [](AgentId from, AgentId to, std::uint32_t w) {
                return Ties::Arc{from, to, w};
            },
            rc::gen::inRange<AgentId>(0, n), rc::gen::inRange<AgentId>(0, n),
            rc::gen::inRange<std::uint32_t>(1, 1000)));
        std::map<std::pair<AgentId, AgentId>, std::uint32_t> table;
        for (const auto& arc : arcs)
            if (arc.from != arc.to)
                table[{arc.from, arc.to}] += arc.weight;
        const Ties ties(n, arcs);
        RC_ASSERT(ties.arcs() == table.size());
        for (const auto& [pair, sum] : table)
            RC_ASSERT(weight(ties, pair.first, pair.second) ==
                      std::min(sum * Ties::unit, Ties::heaviest));
    }));
}

TEST_CASE("no drawn organization has loops or empty ties", "[organization][property]")
{
    const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 6)));
    const auto org = drawn(300, seed);
    for (AgentId i = 0; i < org.size(); ++i)
        for (std::size_t k = 0; k < org.ties.influenced_by(i).size(); ++k) {
            REQUIRE(org.ties.influenced_by(i)[k] != i);
            REQUIRE(org.ties.weights_of(i)[k] > 0);
        }
}

TEST_CASE("leads and heads stand first in their unit and manage it", "[organization]")
{
    const auto org = drawn(500);
    for (std::uint32_t d = 0; d < org.departments.size(); ++d) {
        const AgentId head = org.departments[d].head;
        CHECK(org.level[head] == 4);
        CHECK(org.manager_of(head) == head);
        CHECK(department_number(org, head) == d);
        CHECK((head == 0 || department_number(org, head - 1) == d - 1));
    }
    std::array<int, 5> levels{};
    for (AgentId i = 0; i < org.size(); ++i) {
        ++levels[org.level[i]];
        const Team& team = org.teams[org.team[i]];
        if (team.lead == i) {
            CHECK(org.level[i] >= 3);
            CHECK(org.manager_of(i) == org.departments[team.department].head);
        } else {
            CHECK(org.level[i] <= 2);
            CHECK(org.manager_of(i) == team.lead);
        }
    }
    const double others = levels[0] + levels[1] + levels[2];
    for (const std::size_t level : {0U, 1U, 2U})
        CHECK(std::abs(levels[level] / others - 1.0 / 3) < share_tolerance(1.0 / 3, others));
}

TEST_CASE("tenure is exponential with a mean of two years", "[organization]")
{
    const auto org = drawn(5000);
    const std::vector<double> tenure(org.tenure.begin(), org.tenure.end());
    CHECK(distance(
              tenure, [](double t) { return 1 - std::exp(-t / 2); }, 39.9) <
          distance_limit(tenure.size()));
}

TEST_CASE("a drawn network of a thousand has the prototype's degrees and blocks", "[organization]")
{
    double degree = 0, inside = 0, all = 0;
    std::size_t largest = 0;
    constexpr std::uint64_t seeds = 5;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const auto org = drawn(1000, seed);
        degree += static_cast<double>(org.ties.arcs()) / org.size() / seeds;
        for (AgentId i = 0; i < org.size(); ++i) {
            largest = std::max(largest, org.ties.influenced_by(i).size());
            for (const AgentId j : org.ties.influenced_by(i)) {
                const double w = weight(org.ties, i, j);
                all += w;
                inside += department_number(org, i) == department_number(org, j) ? w : 0;
            }
        }
    }
    CHECK(degree > 22);
    CHECK(degree < 32);
    CHECK(inside / all > 0.62); // repeated draws count, as in the prototype
    CHECK(inside / all < 0.69);
    CHECK(largest > 100);
}

TEST_CASE("the cap keeps ties of a small department from piling up", "[organization]")
{
    // 6 people, two teams of three: at most 15 draws, not 72
    OrganizationParams params;
    params.headcount = 6;
    params.departments = {{.name = "only", .headcount = 6}};
    params.network.team_mean = 3;
    params.network.team_spread = 0;
    params.network.sociability_spread = 0;
    params.network.cross_ties = 0;
    double between = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto org = make_organization(params, Chance(seed));
        REQUIRE(org.teams.size() == 2);
        for (AgentId i = 1; i < 6; ++i) // the head's ties to leads are not drawn
            for (AgentId j = 1; j < 6; ++j)
                if (org.team[i] != org.team[j])
                    between += weight(org.ties, i, j) / 2;
    }
    // pairs without the head across teams: 2 x 3 of 36 ordered pairs, drawn either way
    const double expected = 15 * 2 * 6.0 / 36;
    CHECK(std::abs(between / 200 - expected) < 5 * std::sqrt(15 * (1.0 / 3) * (2.0 / 3) / 200));
}

TEST_CASE("sociable people have more ties", "[organization]")
{
    OrganizationParams params;
    params.headcount = 600;
    params.network.sociability_spread = 0;
    const auto widest = [](const Organization& org) {
        std::size_t most = 0;
        for (AgentId i = 0; i < org.size(); ++i)
            most = std::max(most, org.ties.influenced_by(i).size());
        return most;
    };
    const auto level = widest(make_organization(params, Chance(1)));
    params.network.sociability_spread = 1.2;
    CHECK(widest(make_organization(params, Chance(1))) > 2 * level);
}

TEST_CASE("the same seed gives the same organization in every variant", "[organization][crn]")
{
    Scenario scenario = crisis();
    const Play base(scenario, 9);
    scenario.people.allegiance_mean = -0.4;
    scenario.people.vigil = 0.9;
    scenario.people.visa_share = 0;
    scenario.mechanisms.inclination.peer_weight = 0;
    scenario.mechanisms.review.voice_rate = 1;
    scenario.board.directors.clear();
    scenario.events.resize(3);
    const Play variant(scenario, 9);
    REQUIRE(same_organization(*base.world.organization, *variant.world.organization));
    const Play other(scenario, 10);
    REQUIRE_FALSE(same_organization(*base.world.organization, *other.world.organization));
}

TEST_CASE("replicates are other lives of the same firm", "[organization][crn]")
{
    const Play one(crisis(), 1, 0), other(crisis(), 1, 1);
    REQUIRE(same_organization(*one.world.organization, *other.world.organization));
    REQUIRE(column(one.world, &Person::anchor) != column(other.world, &Person::anchor));
    REQUIRE(column(one.world, &Person::bed) != column(other.world, &Person::bed));
}

TEST_CASE("a staff table sets units, level, tenure and traits, and leaves the rest to chance",
          "[organization]")
{
    Scenario s;
    s.organization.headcount = 5;
    s.organization.staff = {staff("a", "x"), staff("b", "x"), staff("a", "x"), staff("a", "y"),
                            staff("b", "x")};
    s.organization.departments = {{.name = "b", .headcount = 2, .trust_shift = -10},
                                  {.name = "a", .headcount = 3, .trust_shift = 10}};
    StaffRow& row = s.organization.staff[2];
    row.level = 2;
    row.tenure = 7.5;
    row.allegiance = -0.25;
    row.trust = 0.75;
    row.risk = 0.125;
    row.fallback = 0.375;
    row.visa = 1;
    row.bed = 22;
    row.wake = 5;
    const Play play(s, 3);
    const Organization& org = *play.world.organization;
    const auto& people = play.world.people;
    CHECK(org.departments.size() == 2);
    CHECK(org.teams.size() == 3);
    CHECK(org.team == std::vector<std::uint32_t>{0, 1, 0, 2, 1});
    CHECK(org.departments[0].head == 0);
    CHECK(org.departments[1].head == 1);
    CHECK(org.department_of(4).name == "b");
    CHECK(org.manager_of(4) == 1);
    CHECK(org.manager_of(3) == 0);
    CHECK(org.manager_of(2) == 0);
    CHECK(org.level[0] == 4);
    CHECK(org.level[3] == 3);
    CHECK(org.level[2] == 2);
    CHECK(org.tenure[2] == 7.5F);
    CHECK(people[2].anchor == -0.25F);
    CHECK(play.allegiance_of(2) == Approx(-0.25));
    CHECK(people[2].trust == 0.75F);
    CHECK(people[0].trust == 1); // shift of department a, cut
    CHECK(people[1].trust == 0); // shift of department b, cut
    CHECK(people[2].risk == 0.125F);
    CHECK(people[2].fallback == 0.375F);
    CHECK(play.world.has(2, Flag::visa));
    CHECK(bed_of(play.world, 2) == 10); // hours after noon
    CHECK(sleep_of(play.world, 2) == 7);

    Scenario plain = s;
    plain.organization.staff[2] = staff("a", "x");
    const Play drawn(plain, 3);
    for (const AgentId i : {0U, 1U, 3U, 4U}) {
        CHECK(drawn.world.people[i].anchor == people[i].anchor);
        CHECK(drawn.world.people[i].risk == people[i].risk);
        CHECK(drawn.world.people[i].bed == people[i].bed);
    }
}

TEST_CASE("people are drawn with the means, spreads and team share of the scenario", "[people]")
{
    Scenario s;
    s.organization.headcount = 6000;
    s.organization.ties.emplace();
    s.people.allegiance_mean = 0.1;
    s.people.allegiance_spread = 0.2;
    s.people.team_correlation = 0.4;
    s.people.visa_share = 0.3;
    s.people.fallback_mean = 0.5;
    const Play play(s);
    const auto& people = play.world.people;
    const auto n = static_cast<double>(people.size());
    const auto moments = [&](float Person::*attribute) {
        const std::vector<float> values = column(play.world, attribute);
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
        double squares = 0;
        for (const float x : values)
            squares += (static_cast<double>(x) - mean) * (static_cast<double>(x) - mean);
        return std::pair{mean, std::sqrt(squares / n)};
    };
    const auto [trust, trust_sd] = moments(&Person::trust);
    CHECK(std::abs(trust - 0.5) < 5 * 0.15 / std::sqrt(n));
    CHECK(std::abs(trust_sd - 0.15) < 5 * 0.15 / std::sqrt(2 * n));
    const auto [fallback, fallback_sd] = moments(&Person::own_fallback);
    CHECK(std::abs(fallback - 0.5) < 5 * 0.15 / std::sqrt(n));
    const auto [allegiance, allegiance_sd] = moments(&Person::anchor);
    const double teams = static_cast<double>(play.world.organization->teams.size());
    CHECK(std::abs(allegiance - 0.1) < 5 * 0.2 * std::sqrt(0.4 / teams + 0.6 / n) * 1.2);
    CHECK(std::abs(allegiance_sd - 0.2) < 0.02);

    double together = 0, pairs = 0, visas = 0, risk_with = 0, risk_without = 0;
    for (AgentId i = 0; i + 1 < people.size(); ++i)
        if (play.world.organization->team[i] == play.world.organization->team[i + 1]) {
            together += (static_cast<double>(people[i].anchor) - 0.1) *
                        (static_cast<double>(people[i + 1].anchor) - 0.1);
            ++pairs;
        }
    // covariance in a team is 0.4 * 0.04; its error is that of about `teams` squares
    CHECK(std::abs(together / pairs - 0.016) < 5 * 0.016 * std::sqrt(2 / teams) * 1.6);
    for (AgentId i = 0; i < people.size(); ++i) {
        const bool visa = play.world.has(i, Flag::visa);
        visas += visa;
        (visa ? risk_with : risk_without) += static_cast<double>(people[i].risk);
    }
    CHECK(std::abs(visas / n - 0.3) < share_tolerance(0.3, n));
    CHECK(risk_with / visas - risk_without / (n - visas) == Approx(0.3).margin(0.02));
}

TEST_CASE("a department shifts its people and a camp takes them apart", "[people][crn]")
{
    Scenario s;
    s.organization.headcount = 20;
    s.organization.departments = {{.name = "left", .headcount = 10},
                                  {.name = "right", .headcount = 10}};
    s.people.allegiance_spread = 0.1;
    s.people.fallback_mean = 0.5;
    const Play plain(s);
    s.organization.departments[0].allegiance_shift = 0.125;
    s.organization.departments[0].fallback_shift = -0.1;
    s.organization.departments[0].camp = Pole::plus;
    s.organization.departments[1].camp = Pole::minus;
    s.people.camp_distance = 0.25;
    const Play shifted(s);
    for (AgentId i = 0; i < 20; ++i) {
        const double moved = static_cast<double>(shifted.world.people[i].anchor) -
                             static_cast<double>(plain.world.people[i].anchor);
        CHECK(moved == Approx(i < 10 ? 0.375 : -0.25).margin(1e-6));
        const double poorer = static_cast<double>(shifted.world.people[i].own_fallback) -
                              static_cast<double>(plain.world.people[i].own_fallback);
        CHECK(poorer == Approx(i < 10 ? -0.1 : 0).margin(1e-6));
    }
}

TEST_CASE("seniority raises the own fallback", "[people][crn]")
{
    Scenario s;
    s.organization.headcount = 60;
    s.people.fallback_mean = 0.4;
    s.people.fallback_spread = 0.01;
    const Play plain(s);
    s.people.fallback_per_level = 0.1;
    const Play senior(s);
    for (AgentId i = 0; i < 60; ++i)
        CHECK(static_cast<double>(senior.fallback_of(i) - plain.fallback_of(i)) ==
              Approx(0.1 * plain.world.organization->level[i]).margin(1e-6));
}

TEST_CASE("an adjustment changes one person and nobody else", "[people]")
{
    const Scenario s = ready_to_run(crisis());
    const Chance chance(1);
    const std::vector<Adjustment> adjustments = {
        {.person = 7, .allegiance = -0.3, .fallback = 0.1}};
    const World plain = make_world(s, chance), changed = make_world(s, chance, adjustments);
    for (AgentId i = 0; i < plain.size(); ++i) {
        const float more = i == 7 ? 0.1F : 0, less = i == 7 ? -0.3F : 0;
        CHECK(changed.people[i].anchor - plain.people[i].anchor == Approx(less).margin(1e-6));
        CHECK(changed.people[i].fallback - plain.people[i].fallback == Approx(more).margin(1e-6));
    }
}
