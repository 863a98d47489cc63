#pragma once

#include "sim/core/chance.hpp"
#include "sim/core/scenario.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace walkout {

struct Department {
    std::string name = {};
    std::uint32_t params = no_params; ///< row in `OrganizationParams::departments`
    AgentId head = 0;
    std::uint32_t size = 0;

    static constexpr std::uint32_t no_params = 0xffffffffU;
};

struct Team {
    std::uint32_t department = 0;
    AgentId lead = 0;
    std::uint32_t size = 0;
};

/// Weighted ties in compressed rows: the row of a person holds those he or she influences, in the
/// order in which they were first named.
///
/// Weights are fixed-point numbers, so that sums over contacts are exact whatever the order in
/// which they were made, and a recomputed sum equals an incremental one to the bit. A tie takes
/// five bytes: its weight is one of at most 256 values. Generated organizations have fewer; where a
/// table brings more, each weight becomes the nearest of 256 in even ratios.
class Ties {
public:
    static constexpr double unit = 1.0 / 256; ///< value of one step of a stored weight
    static constexpr double heaviest = 255;   ///< larger weights are cut

    struct Arc {
        AgentId from = 0;
        AgentId to = 0;
        std::uint32_t weight = 0; ///< in `unit`
    };

    Ties() = default;

    /// Compress a list of arcs among `n` people; repeated arcs add up, loops are dropped.
    Ties(std::uint32_t n, const std::vector<Arc>& arcs);

    std::uint32_t size() const
    {
        return static_cast<std::uint32_t>(first_.empty() ? 0 : first_.size() - 1);
    }
    std::size_t arcs() const { return to_.size(); }
    std::span<const AgentId> influenced_by(AgentId person) const
    {
        return {to_.data() + first_[person], first_[person + 1] - first_[person]};
    }
    /// Weights of the same row, in `unit`, read through the palette.
    class Weights {
    public:
        Weights(const std::uint8_t* codes, const std::int32_t* palette)
            : codes_(codes), palette_(palette)
        {
        }
        std::int32_t operator[](std::size_t k) const { return palette_[codes_[k]]; }

    private:
        const std::uint8_t* codes_;
        const std::int32_t* palette_;
    };
    Weights weights_of(AgentId person) const
    {
        return {code_.data() + first_[person], palette_.data()};
    }
    /// 1 / sum of the weights into a person, per `unit`; 0 if there are none.
    float inverse_weight_into(AgentId person) const { return inverse_into_[person]; }
    std::size_t bytes() const;

private:
    void encode(const std::vector<std::int32_t>& weights);
    void sum_into();

    std::vector<std::uint32_t> first_; // size() + 1
    std::vector<AgentId> to_;
    std::vector<std::uint8_t> code_;    // of the weight: its place in the palette
    std::vector<std::int32_t> palette_; // rising
    std::vector<float> inverse_into_;   // all runs of an organization start from it
};

/// Who works where, with whom, for whom. Fixed during a run. People stand in the order of their
/// departments and teams unless a table says otherwise.
struct Organization {
    std::vector<Department> departments;
    std::vector<Team> teams;
    std::vector<std::uint32_t> team; ///< of each person
    std::vector<std::uint8_t> level; ///< 0 junior .. 3 lead of a team, 4 head of a department
    std::vector<float> tenure;       ///< years
    Ties ties;

    std::uint32_t size() const { return static_cast<std::uint32_t>(team.size()); }
    const Department& department_of(AgentId person) const
    {
        return departments[teams[team[person]].department];
    }

    /// The lead of the team; for a lead the head of the department; a head has none (itself).
    AgentId manager_of(AgentId person) const;
};

/// Build the organization of a seed: from the tables when the scenario brings them, else generated
/// (stochastic blocks with cliques, submodel "Network" of sim/MODEL.md).
///
/// It belongs to the seed, not to the replicate: replicates are other lives of the same firm, so
/// person 30 has the same team and contacts in all of them. Nor does it depend on anything but
/// `params`, so all variants of a scenario share it.
/// Chance: department_sizes, team_sizes, sociability, *_ties, from `of_seed()`.
Organization make_organization(const OrganizationParams& params, const Chance& chance);

} // namespace walkout
