#include "sim/core/organization_measures.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/range/iterator_range.hpp>

namespace walkout {

namespace {

using TieGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
using Pair = std::pair<AgentId, AgentId>;

constexpr std::size_t leads_shown = 10;

/// Each pair with a tie in either direction once, the lower id first, in rising order.
std::vector<Pair> pairs_of(const Organization& organization)
{
    const Ties& ties = organization.ties;
    std::vector<Pair> pairs;
    pairs.reserve(ties.arcs());
    for (AgentId i = 0; i < ties.size(); ++i)
        for (const AgentId k : ties.influenced_by(i))
            pairs.emplace_back(std::min(i, k), std::max(i, k));
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

TieGraph as_graph(const Organization& organization)
{
    const std::vector<Pair> pairs = pairs_of(organization);
    return TieGraph(pairs.begin(), pairs.end(), organization.size());
}

void measure_degrees(const TieGraph& graph, OrganizationMeasures& m)
{
    const std::size_t n = boost::num_vertices(graph);
    std::vector<std::size_t> degrees(n);
    for (std::size_t i = 0; i < n; ++i)
        degrees[i] = boost::degree(i, graph);
    std::sort(degrees.begin(), degrees.end());
    m.degree_max = degrees[n - 1];
    m.degree_median = static_cast<double>(degrees[(n - 1) / 2] + degrees[n / 2]) / 2;
    m.degree_mean = 2 * static_cast<double>(m.ties) / static_cast<double>(n);
    m.degree_counts.assign(m.degree_max + 1, 0);
    for (const std::size_t degree : degrees)
        ++m.degree_counts[degree];
}

void measure_units(const Organization& organization, const TieGraph& graph, OrganizationMeasures& m)
{
    std::size_t in_team = 0, in_department = 0;
    for (const auto& edge : boost::make_iterator_range(boost::edges(graph))) {
        const std::uint32_t a = organization.team[boost::source(edge, graph)];
        const std::uint32_t b = organization.team[boost::target(edge, graph)];
        in_team += a == b;
        in_department += organization.teams[a].department == organization.teams[b].department;
    }
    if (m.ties == 0)
        return;
    m.share_inside_team = static_cast<double>(in_team) / static_cast<double>(m.ties);
    m.share_inside_department = static_cast<double>(in_department) / static_cast<double>(m.ties);
}

/// Ties among the contacts of a person. `near` marks the contacts: all false before and after.
std::size_t ties_among_contacts(const TieGraph& graph, std::size_t person, std::vector<bool>& near)
{
    const auto contacts = boost::make_iterator_range(boost::adjacent_vertices(person, graph));
    for (const std::size_t contact : contacts)
        near[contact] = true;
    std::size_t ends = 0;
    for (const std::size_t contact : contacts)
        for (const auto other :
             boost::make_iterator_range(boost::adjacent_vertices(contact, graph)))
            ends += near[other];
    for (const std::size_t contact : contacts)
        near[contact] = false;
    return ends / 2;
}

/// Boost's clustering_coefficient gives the same numbers, but searches a row for every pair of
/// contacts: a minute for one team of 770 people, where this takes a third of a second.
double mean_clustering(const TieGraph& graph)
{
    const std::size_t n = boost::num_vertices(graph);
    std::vector<bool> near(n);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t degree = boost::degree(i, graph);
        if (degree > 1)
            sum += static_cast<double>(2 * ties_among_contacts(graph, i, near)) /
                   static_cast<double>(degree * (degree - 1));
    }
    return sum / static_cast<double>(n);
}

void measure_components(const TieGraph& graph, OrganizationMeasures& m)
{
    std::vector<std::size_t> component(boost::num_vertices(graph));
    m.components = boost::connected_components(graph, component.data());
    std::vector<std::size_t> sizes(m.components);
    std::size_t largest = 0;
    for (const std::size_t c : component)
        largest = std::max(largest, ++sizes[c]);
    m.largest_component_share =
        static_cast<double>(largest) / static_cast<double>(component.size());
}

/// Sum of the steps to everybody within reach of a person, and their number without the person.
std::pair<std::size_t, std::size_t> distances_from(const TieGraph& graph, std::size_t person)
{
    constexpr std::size_t far = static_cast<std::size_t>(-1);
    std::vector<std::size_t> steps(boost::num_vertices(graph), far);
    steps[person] = 0;
    boost::breadth_first_search(graph, person,
                                boost::visitor(boost::make_bfs_visitor(
                                    boost::record_distances(steps.data(), boost::on_tree_edge()))));
    std::size_t sum = 0, reached = 0;
    for (const std::size_t distance : steps) {
        if (distance == far)
            continue;
        sum += distance;
        ++reached;
    }
    return {sum, reached - 1};
}

void measure_distances(const TieGraph& graph, OrganizationMeasures& m)
{
    const std::size_t n = boost::num_vertices(graph);
    m.distance_sources =
        n <= OrganizationMeasures::distances_of_all ? n : OrganizationMeasures::distance_sample;
    std::size_t sum = 0, pairs = 0;
    for (std::size_t k = 0; k < m.distance_sources; ++k) {
        const auto [steps, reached] = distances_from(graph, k * n / m.distance_sources);
        sum += steps;
        pairs += reached;
    }
    m.distance_mean = pairs > 0 ? static_cast<double>(sum) / static_cast<double>(pairs) : 0;
}

/// Share of the shortest paths between others that pass each person.
std::vector<double> betweenness(const TieGraph& graph)
{
    const double n = static_cast<double>(boost::num_vertices(graph));
    std::vector<double> passing(boost::num_vertices(graph));
    boost::brandes_betweenness_centrality(
        graph,
        boost::make_iterator_property_map(passing.begin(), boost::get(boost::vertex_index, graph)));
    const double pairs = (n - 1) * (n - 2) / 2;
    for (double& share : passing)
        share = pairs > 0 ? share / pairs : 0;
    return passing;
}

std::vector<LeadBetweenness> busiest_leads(const Organization& organization, const TieGraph& graph)
{
    const std::vector<double> share = betweenness(graph);
    std::vector<LeadBetweenness> leads;
    leads.reserve(organization.teams.size());
    for (const Team& team : organization.teams)
        leads.push_back({team.lead, share[team.lead]});
    std::sort(leads.begin(), leads.end(), [](const LeadBetweenness& a, const LeadBetweenness& b) {
        return a.share != b.share ? a.share > b.share : a.person < b.person;
    });
    leads.resize(std::min(leads.size(), leads_shown));
    return leads;
}

} // namespace

OrganizationMeasures measure_organization(const Organization& organization)
{
    OrganizationMeasures m{.people = organization.size(),
                           .departments = organization.departments.size(),
                           .teams = organization.teams.size()};
    if (m.people == 0)
        return m;
    const auto graph = as_graph(organization);
    const double n = static_cast<double>(m.people);
    m.ties = boost::num_edges(graph);
    m.density = m.people > 1 ? 2 * static_cast<double>(m.ties) / (n * (n - 1)) : 0;
    measure_degrees(graph, m);
    measure_units(organization, graph, m);
    m.clustering = mean_clustering(graph);
    measure_components(graph, m);
    measure_distances(graph, m);
    if (m.people * m.ties <= OrganizationMeasures::betweenness_limit)
        m.leads = busiest_leads(organization, graph);
    return m;
}

} // namespace walkout
