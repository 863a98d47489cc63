#include "sim/core/organization_measures.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/clustering_coefficient.hpp>
#include <catch2/catch.hpp>

using namespace walkout;

namespace {

using Tie = std::pair<AgentId, AgentId>;

/// People `0 .. n - 1` in one department; `teams` holds the sizes of teams, in order.
Organization organization_of(const std::vector<std::uint32_t>& teams, const std::vector<Tie>& ties)
{
    Organization org;
    for (const std::uint32_t size : teams) {
        const auto number = static_cast<std::uint32_t>(org.teams.size());
        org.teams.push_back({0, org.size(), size});
        org.team.insert(org.team.end(), size, number);
    }
    org.departments.push_back({.name = "all", .head = 0, .size = org.size()});
    org.level.resize(org.size());
    org.tenure.resize(org.size());
    std::vector<Ties::Arc> arcs;
    for (const auto& [a, b] : ties) {
        arcs.push_back({a, b, 256});
        arcs.push_back({b, a, 256});
    }
    org.ties = Ties(org.size(), arcs);
    return org;
}

std::vector<Tie> clique(AgentId first, AgentId size)
{
    std::vector<Tie> ties;
    for (AgentId a = first; a < first + size; ++a)
        for (AgentId b = a + 1; b < first + size; ++b)
            ties.emplace_back(a, b);
    return ties;
}

Organization drawn(int headcount)
{
    OrganizationParams params;
    params.headcount = headcount;
    return make_organization(params, Chance(7));
}

std::vector<std::size_t> counts(std::initializer_list<std::size_t> values)
{
    return values;
}

} // namespace

TEST_CASE("a row of five: distances and betweenness by hand", "[organization]")
{
    const auto m =
        measure_organization(organization_of({1, 1, 1, 1, 1}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}));
    CHECK(m.people == 5);
    CHECK(m.teams == 5);
    CHECK(m.departments == 1);
    CHECK(m.ties == 4);
    CHECK(m.density == Approx(0.4));
    CHECK(m.degree_mean == Approx(1.6));
    CHECK(m.degree_median == 2);
    CHECK(m.degree_max == 2);
    CHECK(m.degree_counts == counts({0, 2, 3}));
    CHECK(m.clustering == 0);
    CHECK(m.share_inside_team == 0);
    CHECK(m.share_inside_department == 1);
    CHECK(m.components == 1);
    CHECK(m.distance_mean == Approx(2));
    CHECK(m.distance_sources == 5);
    REQUIRE(m.leads);
    REQUIRE(m.leads->size() == 5);
    CHECK(m.leads->at(0).person == 2); // 4 of the 6 pairs of others
    CHECK(m.leads->at(0).share == Approx(4. / 6));
    CHECK(m.leads->at(1).person == 1); // equals rank by id
    CHECK(m.leads->at(1).share == Approx(3. / 6));
    CHECK(m.leads->at(2).person == 3);
    CHECK(m.leads->at(4).share == 0);
}

TEST_CASE("a star: everything passes the middle", "[organization]")
{
    const auto m = measure_organization(organization_of({5}, {{0, 1}, {0, 2}, {0, 3}, {0, 4}}));
    CHECK(m.degree_counts == counts({0, 4, 0, 0, 1}));
    CHECK(m.degree_median == 1);
    CHECK(m.degree_max == 4);
    CHECK(m.clustering == 0);
    CHECK(m.share_inside_team == 1);
    CHECK(m.distance_mean == Approx((4 * 1 + 6 * 2) / 10.));
    REQUIRE(m.leads);
    REQUIRE(m.leads->size() == 1); // only the lead of the one team
    CHECK(m.leads->at(0).share == Approx(1));
}

TEST_CASE("a complete graph: one step to everybody and nobody between", "[organization]")
{
    const auto m = measure_organization(organization_of({6}, clique(0, 6)));
    CHECK(m.ties == 15);
    CHECK(m.density == Approx(1));
    CHECK(m.clustering == Approx(1));
    CHECK(m.distance_mean == Approx(1));
    CHECK(m.degree_counts == counts({0, 0, 0, 0, 0, 6}));
    CHECK(m.leads->at(0).share == 0);
}

TEST_CASE("two cliques of four joined by a bridge", "[organization]")
{
    std::vector<Tie> ties = clique(0, 4);
    for (const Tie& tie : clique(4, 4))
        ties.push_back(tie);
    ties.emplace_back(0, 4); // both lead a team
    const auto m = measure_organization(organization_of({4, 4}, ties));
    CHECK(m.ties == 13);
    CHECK(m.share_inside_team == Approx(12. / 13));
    CHECK(m.components == 1);
    // Inner people 1; the two ends of the bridge have 3 ties among the 6 pairs of their 4 contacts.
    CHECK(m.clustering == Approx((6 * 1 + 2 * 0.5) / 8));
    // 13 pairs one step apart, 3 + 3 two steps over the bridge, 3 * 3 three steps.
    CHECK(m.distance_mean == Approx((13 * 1 + 6 * 2 + 9 * 3) / 28.));
    REQUIRE(m.leads);
    // Each end lies between its three people and the four of the other side: 12 of 21 pairs.
    CHECK(m.leads->at(0).person == 0);
    CHECK(m.leads->at(0).share == Approx(12. / 21));
    CHECK(m.leads->at(1).share == Approx(12. / 21));
}

TEST_CASE("two components: distances count only pairs within reach", "[organization]")
{
    const auto m = measure_organization(organization_of({3, 2, 1}, {{0, 1}, {1, 2}, {3, 4}}));
    CHECK(m.components == 3);
    CHECK(m.largest_component_share == Approx(0.5));
    CHECK(m.distance_mean == Approx((2 * 1 + 1 * 2 + 1 * 1) / 4.));
    CHECK(m.degree_counts == counts({1, 4, 1}));
}

TEST_CASE("a tie counts once, in whichever direction influence goes", "[organization]")
{
    Organization org = organization_of({3}, {});
    org.ties = Ties(3, {{0, 1, 256}, {1, 0, 512}, {2, 1, 1}});
    const auto m = measure_organization(org);
    CHECK(m.ties == 2);
    CHECK(m.components == 1);
}

TEST_CASE("nobody, somebody alone and people without ties are measured too", "[organization]")
{
    CHECK(measure_organization(Organization{}).people == 0);
    const auto one = measure_organization(organization_of({1}, {}));
    CHECK(one.density == 0);
    CHECK(one.distance_mean == 0);
    CHECK(one.largest_component_share == 1);
    const auto three = measure_organization(organization_of({3}, {}));
    CHECK(three.components == 3);
    CHECK(three.share_inside_team == 0);
    CHECK(three.degree_counts == counts({3}));
}

TEST_CASE("a generated organization: same numbers each time, clustering as Boost computes it",
          "[organization]")
{
    const Organization org = drawn(300);
    const auto m = measure_organization(org);
    const auto again = measure_organization(org);
    CHECK(m.people == 300);
    CHECK(m.components == 1);
    CHECK(m.distance_mean == again.distance_mean);
    CHECK(m.leads->at(0).share == again.leads->at(0).share);
    CHECK(m.leads->size() == 10);

    boost::adjacency_list<boost::setS, boost::vecS, boost::undirectedS> graph(org.size());
    for (AgentId i = 0; i < org.size(); ++i)
        for (const AgentId k : org.ties.influenced_by(i))
            boost::add_edge(i, k, graph); // a set drops the way back
    CHECK(m.ties == boost::num_edges(graph));
    double sum = 0;
    for (AgentId i = 0; i < org.size(); ++i)
        sum += boost::clustering_coefficient(graph, i);
    CHECK(m.clustering == Approx(sum / 300));
}

TEST_CASE("a large organization is sampled, and betweenness left out", "[organization]")
{
    const auto m = measure_organization(drawn(5000));
    CHECK(m.distance_sources == OrganizationMeasures::distance_sample);
    CHECK_FALSE(m.leads);
    CHECK(m.distance_mean > 2);
    CHECK(m.distance_mean < 4);
}
