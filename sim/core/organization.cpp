#include "sim/core/organization.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <map>
#include <numeric>

namespace walkout {

namespace {

constexpr int smallest_department = 6;
constexpr int smallest_team = 3;
constexpr std::uint8_t lead_level = 3;
constexpr std::uint8_t head_level = 4;

std::uint32_t fixed_point(double weight)
{
    return static_cast<std::uint32_t>(
        std::lround(std::clamp(weight, 0.0, Ties::heaviest) / Ties::unit));
}

double normal(Rng& rng)
{
    return boost::random::normal_distribution<double>()(rng);
}

/// Draws an index in proportion to its weight (Walker's alias method): one number a draw.
/// Boost's discrete_distribution is the same method; it takes two numbers and a division.
class WeightedDraw {
public:
    explicit WeightedDraw(std::span<const double> weights) : cells_(weights.size())
    {
        const double n = static_cast<double>(weights.size());
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        std::vector<double> filled(weights.size());
        std::vector<std::uint32_t> poor, rich;
        for (std::uint32_t i = 0; i < weights.size(); ++i) {
            cells_[i].alias = i;
            filled[i] = weights[i] * n / total;
            (filled[i] < 1 ? poor : rich).push_back(i);
        }
        while (!poor.empty() && !rich.empty()) {
            const std::uint32_t taker = poor.back();
            const std::uint32_t giver = rich.back();
            poor.pop_back();
            cells_[taker] = {static_cast<std::uint32_t>(filled[taker] * 0x1p32), giver};
            filled[giver] -= 1 - filled[taker];
            if (filled[giver] < 1) {
                rich.pop_back();
                poor.push_back(giver);
            }
        }
    }

    std::uint32_t operator()(Rng& rng) const
    {
        const std::uint64_t x = (rng() >> 32) * cells_.size();
        const auto i = static_cast<std::uint32_t>(x >> 32);
        return static_cast<std::uint32_t>(x) < cells_[i].keep ? i : cells_[i].alias;
    }

private:
    struct Cell {
        std::uint32_t keep = 0xffffffffU; ///< of 2^32: the share of draws that stay
        std::uint32_t alias = 0;          ///< where the others go
    };

    std::vector<Cell> cells_;
};

std::vector<DepartmentParams> drawn_departments(const OrganizationParams& params,
                                                const Chance& chance)
{
    const NetworkParams& network = params.network;
    const double shift =
        network.department_spread * network.department_spread / 2; // keeps the mean
    std::vector<DepartmentParams> departments;
    int left = params.headcount;
    while (left > 0) {
        Rng rng = chance.at(Decision::department_sizes, static_cast<AgentId>(departments.size()));
        const double size = network.department_mean *
                            exp_same_bits(network.department_spread * normal(rng) - shift);
        int headcount =
            std::max(smallest_department, static_cast<int>(std::lround(std::min(size, 1e6))));
        if (left - headcount < smallest_department)
            headcount = left;
        departments.push_back({.headcount = headcount});
        left -= headcount;
    }
    return departments;
}

/// Split each department into teams; the first of a team leads it, the first lead is the head.
void add_teams(Organization& org, std::uint32_t department, int headcount,
               const NetworkParams& network, const Chance& chance)
{
    Rng rng = chance.at(Decision::team_sizes, department);
    int left = headcount;
    while (left > 0) {
        const double drawn = network.team_mean + network.team_spread * normal(rng);
        int size = std::max(smallest_team, static_cast<int>(std::lround(drawn)));
        if (left - size < smallest_team)
            size = left;
        const auto lead = static_cast<AgentId>(org.team.size());
        org.teams.push_back({department, lead, static_cast<std::uint32_t>(size)});
        org.team.insert(org.team.end(), static_cast<std::size_t>(size),
                        static_cast<std::uint32_t>(org.teams.size() - 1));
        left -= size;
    }
}

void generate_units(Organization& org, const OrganizationParams& params, const Chance& chance)
{
    const bool drawn = params.departments.empty();
    const auto sizes = drawn ? drawn_departments(params, chance) : params.departments;
    org.team.reserve(static_cast<std::size_t>(params.headcount));
    for (std::uint32_t d = 0; d < sizes.size(); ++d) {
        org.departments.push_back(
            {.name = drawn ? "department " + std::to_string(d + 1) : sizes[d].name,
             .params = drawn ? Department::no_params : d,
             .head = static_cast<AgentId>(org.team.size()),
             .size = static_cast<std::uint32_t>(sizes[d].headcount)});
        add_teams(org, d, sizes[d].headcount, params.network, chance);
    }
}

/// Departments and teams from a table; the first person named in a unit leads it.
void read_units(Organization& org, const OrganizationParams& params)
{
    std::map<std::string, std::uint32_t> departments;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> teams;
    for (AgentId i = 0; i < params.staff.size(); ++i) {
        const StaffRow& row = params.staff[i];
        const auto [department, new_department] = departments.try_emplace(
            row.department, static_cast<std::uint32_t>(org.departments.size()));
        if (new_department)
            org.departments.push_back({.name = row.department, .head = i});
        const auto [team, new_team] = teams.try_emplace(
            {department->second, row.team}, static_cast<std::uint32_t>(org.teams.size()));
        if (new_team)
            org.teams.push_back({department->second, i, 0});
        org.team.push_back(team->second);
        ++org.teams[team->second].size;
        ++org.departments[department->second].size;
    }
    for (std::uint32_t p = 0; p < params.departments.size(); ++p)
        for (Department& department : org.departments)
            if (department.name == params.departments[p].name)
                department.params = p;
}

/// Level and tenure: a table's, else leads and heads by their place and others at random
/// (levels 0 to 2 alike, tenure exponential with a mean of two years: assumed).
void set_seniority(Organization& org, const OrganizationParams& params, const Chance& chance)
{
    org.level.resize(org.size());
    org.tenure.resize(org.size());
    for (AgentId i = 0; i < org.size(); ++i) {
        Rng rng = chance.at(Decision::person_traits, i, 1);
        org.level[i] = static_cast<std::uint8_t>(3 * uniform_open(rng));
        org.tenure[i] = static_cast<float>(std::min(40.0, 2 * exponential(rng)));
    }
    for (const Team& team : org.teams)
        org.level[team.lead] = lead_level;
    for (const Department& department : org.departments)
        org.level[department.head] = head_level;
    for (AgentId i = 0; i < params.staff.size(); ++i) {
        org.level[i] = static_cast<std::uint8_t>(params.staff[i].level.value_or(org.level[i]));
        org.tenure[i] = static_cast<float>(params.staff[i].tenure.value_or(org.tenure[i]));
    }
}

std::vector<std::vector<AgentId>> members_by_department(const Organization& org)
{
    std::vector<std::vector<AgentId>> members(org.departments.size());
    for (std::size_t d = 0; d < members.size(); ++d)
        members[d].reserve(org.departments[d].size);
    for (AgentId i = 0; i < org.size(); ++i)
        members[org.teams[org.team[i]].department].push_back(i);
    return members;
}

class TieBuilder {
public:
    TieBuilder(const Organization& org, const NetworkParams& network, const Chance& chance)
        : org_(org), network_(network), chance_(chance), members_(members_by_department(org)),
          sociability_(org.size())
    {
        for (AgentId i = 0; i < org.size(); ++i) {
            Rng rng = chance.at(Decision::sociability, i);
            sociability_[i] = exp_same_bits(network.sociability_spread * normal(rng));
        }
        const double per_person = network.department_ties + network.cross_ties + network.team_mean;
        arcs_.reserve(static_cast<std::size_t>(2 * per_person * org.size()));
    }

    std::vector<Ties::Arc> build()
    {
        inside_teams();
        between_leads();
        inside_departments();
        across_departments();
        between_heads();
        return std::move(arcs_);
    }

private:
    void tie(AgentId a, AgentId b, std::uint32_t there = peer_weight,
             std::uint32_t back = peer_weight)
    {
        arcs_.push_back({a, b, there});
        arcs_.push_back({b, a, back});
    }

    void inside_teams()
    {
        std::vector<std::vector<AgentId>> teams(org_.teams.size());
        for (AgentId i = 0; i < org_.size(); ++i)
            teams[org_.team[i]].push_back(i);
        for (std::size_t t = 0; t < teams.size(); ++t)
            for (std::size_t a = 0; a < teams[t].size(); ++a)
                for (std::size_t b = a + 1; b < teams[t].size(); ++b)
                    tie(teams[t][a], teams[t][b], influence(teams[t][a], t),
                        influence(teams[t][b], t));
    }

    std::uint32_t influence(AgentId person, std::size_t team) const
    {
        return person == org_.teams[team].lead ? manager_weight_ : peer_weight;
    }

    void between_leads()
    {
        for (const Team& team : org_.teams) {
            const AgentId head = org_.departments[team.department].head;
            if (team.lead != head)
                tie(head, team.lead, manager_weight_, peer_weight);
        }
    }

    void inside_departments()
    {
        for (std::uint32_t d = 0; d < members_.size(); ++d) {
            const std::vector<AgentId>& members = members_[d];
            const double size = static_cast<double>(members.size());
            if (members.size() < 2)
                continue;
            std::vector<double> weights;
            for (const AgentId i : members)
                weights.push_back(sociability_[i]);
            const WeightedDraw draw(weights);
            // Without the cap, ties of a small department would pile up on few pairs.
            const double draws =
                std::min(std::round(network_.department_ties * size), size * (size - 1) / 2);
            Rng rng = chance_.at(Decision::department_ties, d);
            for (int k = 0; k < static_cast<int>(draws); ++k) {
                const AgentId a = members[draw(rng)];
                const AgentId b = members[draw(rng)];
                if (org_.team[a] != org_.team[b])
                    tie(a, b);
            }
        }
    }

    void across_departments()
    {
        const WeightedDraw draw(sociability_);
        const double draws = std::round(network_.cross_ties * static_cast<double>(org_.size()));
        Rng rng = chance_.at(Decision::cross_ties, 0);
        for (std::int64_t k = 0; k < static_cast<std::int64_t>(draws); ++k) {
            const AgentId a = draw(rng);
            const AgentId b = draw(rng);
            if (org_.teams[org_.team[a]].department != org_.teams[org_.team[b]].department)
                tie(a, b);
        }
    }

    void between_heads()
    {
        const auto count = org_.departments.size();
        if (count < 2)
            return;
        for (std::uint32_t d = 0; d < count; ++d) {
            Rng rng = chance_.at(Decision::head_ties, d);
            for (int k = 0; k < network_.head_contacts; ++k) {
                const auto skip = 1 + static_cast<std::size_t>(uniform_open(rng) *
                                                               static_cast<double>(count - 1));
                tie(org_.departments[d].head, org_.departments[(d + skip) % count].head);
            }
        }
    }

    static constexpr auto peer_weight = static_cast<std::uint32_t>(1 / Ties::unit);

    const Organization& org_;
    const NetworkParams& network_;
    const std::uint32_t manager_weight_ = std::max(1U, fixed_point(network_.manager_weight));
    const Chance& chance_;
    std::vector<std::vector<AgentId>> members_;
    std::vector<double> sociability_;
    std::vector<Ties::Arc> arcs_;
};

std::vector<Ties::Arc> given_arcs(const std::vector<TieRow>& rows)
{
    std::vector<Ties::Arc> arcs;
    arcs.reserve(rows.size());
    for (const TieRow& row : rows)
        arcs.push_back({row.from, row.to, std::max(1U, fixed_point(row.weight))});
    return arcs;
}

constexpr std::size_t palette_size = 256;

/// All values that occur; or, where they are too many, as many in even ratios from the least to the
/// most, so that the error is the same share of every weight.
std::vector<std::int32_t> palette_of(const std::vector<std::int32_t>& weights)
{
    constexpr auto most = static_cast<std::size_t>(Ties::heaviest / Ties::unit);
    std::vector<bool> occurs(most + 1);
    for (const std::int32_t weight : weights)
        occurs[static_cast<std::size_t>(weight)] = true;
    std::vector<std::int32_t> palette;
    for (std::size_t weight = 0; weight <= most; ++weight)
        if (occurs[weight])
            palette.push_back(static_cast<std::int32_t>(weight));
    if (palette.size() <= palette_size)
        return palette;
    const double low = palette.front(), high = palette.back();
    palette.clear();
    for (std::size_t k = 0; k < palette_size; ++k) {
        const double part = static_cast<double>(k) / (palette_size - 1);
        palette.push_back(
            static_cast<std::int32_t>(std::lround(low * pow_same_bits(high / low, part))));
    }
    palette.erase(std::unique(palette.begin(), palette.end()), palette.end());
    return palette;
}

std::uint8_t nearest_in(const std::vector<std::int32_t>& palette, std::int32_t weight)
{
    auto above = std::lower_bound(palette.begin(), palette.end(), weight);
    if (above == palette.end() ||
        (above != palette.begin() && weight - *(above - 1) < *above - weight))
        --above;
    return static_cast<std::uint8_t>(above - palette.begin());
}

} // namespace

Ties::Ties(std::uint32_t n, const std::vector<Arc>& arcs)
{
    std::vector<std::uint32_t> next(n + 1, 0); // where the next arc of a row goes
    for (const Arc& arc : arcs)
        ++next[arc.from + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<Arc> rows(arcs.size());
    for (const Arc& arc : arcs)
        rows[next[arc.from]++] = arc;

    constexpr auto most = static_cast<std::int32_t>(heaviest / unit);
    constexpr std::uint32_t unseen = 0xffffffffU;
    std::vector<std::uint32_t> place(n, unseen); // of each person in the row being built
    std::vector<std::int32_t> weights;
    first_.assign(n + 1, 0);
    to_.reserve(arcs.size());
    weights.reserve(arcs.size());
    std::size_t k = 0;
    for (AgentId i = 0; i < n; ++i) {
        const auto begin = static_cast<std::uint32_t>(to_.size());
        for (; k < next[i]; ++k) {
            const Arc& arc = rows[k];
            if (arc.to == i)
                continue;
            std::uint32_t& at = place[arc.to];
            const bool repeated = at != unseen && at >= begin;
            if (!repeated) {
                at = static_cast<std::uint32_t>(to_.size());
                to_.push_back(arc.to);
                weights.push_back(0);
            }
            weights[at] = std::min(most, weights[at] + static_cast<std::int32_t>(arc.weight));
        }
        first_[i + 1] = static_cast<std::uint32_t>(to_.size());
    }
    to_.shrink_to_fit();
    encode(weights);
    sum_into();
}

void Ties::encode(const std::vector<std::int32_t>& weights)
{
    palette_ = palette_of(weights);
    code_.resize(weights.size());
    for (std::size_t k = 0; k < weights.size(); ++k)
        code_[k] = nearest_in(palette_, weights[k]);
}

void Ties::sum_into()
{
    std::vector<std::uint32_t> sums(size());
    for (std::size_t arc = 0; arc < to_.size(); ++arc)
        sums[to_[arc]] += static_cast<std::uint32_t>(palette_[code_[arc]]);
    inverse_into_.reserve(sums.size());
    for (const std::uint32_t sum : sums)
        inverse_into_.push_back(sum > 0 ? 1 / static_cast<float>(sum) : 0);
}

std::size_t Ties::bytes() const
{
    return first_.size() * sizeof(first_[0]) + to_.size() * sizeof(to_[0]) +
           code_.size() * sizeof(code_[0]) + palette_.size() * sizeof(palette_[0]) +
           inverse_into_.size() * sizeof(inverse_into_[0]);
}

AgentId Organization::manager_of(AgentId person) const
{
    const Team& own = teams[team[person]];
    return person == own.lead ? departments[own.department].head : own.lead;
}

Organization make_organization(const OrganizationParams& params, const Chance& any)
{
    const Chance chance = any.of_seed();
    Organization org;
    if (params.staff.empty())
        generate_units(org, params, chance);
    else
        read_units(org, params);
    set_seniority(org, params, chance);
    org.ties = Ties(org.size(), params.ties ? given_arcs(*params.ties)
                                            : TieBuilder(org, params.network, chance).build());
    return org;
}

} // namespace walkout
