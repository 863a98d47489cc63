#pragma once

#include "sim/core/organization.hpp"

#include <optional>
#include <vector>

namespace walkout {

/// A lead and the share of the shortest paths between pairs of others that pass him or her, [0, 1].
struct LeadBetweenness {
    AgentId person = 0;
    double share = 0;
};

/// The shape of the network that influence and news travel. Two people have a tie when either
/// influences the other; weights play no part.
struct OrganizationMeasures {
    std::size_t people = 0;
    std::size_t departments = 0;
    std::size_t teams = 0;
    std::size_t ties = 0; ///< pairs of people
    double density = 0;   ///< ties by possible pairs, [0, 1]

    double degree_mean = 0; ///< contacts of a person
    double degree_median = 0;
    std::size_t degree_max = 0;
    std::vector<std::size_t> degree_counts = {}; ///< [k]: people with k contacts, k up to the most

    double clustering = 0; ///< mean share of pairs of a person's contacts who have a tie; a person
                           ///< with fewer than two contacts counts 0
    double share_inside_team = 0;       ///< of ties
    double share_inside_department = 0; ///< of ties; those inside teams are among them

    std::size_t components = 0;
    double largest_component_share = 0; ///< of people
    double distance_mean = 0;           ///< steps between two people who can reach each other
    std::size_t distance_sources = 0;   ///< people from whom it was measured: all, or a sample

    /// Leads of teams with the largest betweenness, at most ten, largest first. Exact, or absent:
    /// it is skipped when people times ties exceed `betweenness_limit` (3,500 people with default
    /// ties), because it would take minutes and a sample ranks too badly.
    std::optional<std::vector<LeadBetweenness>> leads = {};

    static constexpr std::size_t betweenness_limit = 150'000'000; ///< about four seconds
    static constexpr std::size_t distances_of_all = 1000;         ///< people; above, a sample of
    static constexpr std::size_t distance_sample = 256;           ///< this many
};

/// Measure the network of an organization. No chance: a sample of distances is every k-th person.
/// With default ties 770 people take 0.3 s, and 20,000 take 3 s.
/// Source: clustering, Watts & Strogatz (1998) Nature 393:440; betweenness, Brandes (2001) J. Math.
/// Sociol. 25:163.
OrganizationMeasures measure_organization(const Organization& organization);

} // namespace walkout
