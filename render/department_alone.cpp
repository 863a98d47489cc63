#include "render/department_alone.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

std::vector<AgentId> people_of(const Organization& org, std::uint32_t department)
{
    std::vector<AgentId> ids;
    for (AgentId person = 0; person < org.size(); ++person)
        if (org.teams[org.team[person]].department == department)
            ids.push_back(person);
    return ids;
}

/// Place in a rising list, or nothing.
std::optional<AgentId> place_in(const std::vector<AgentId>& ids, AgentId person)
{
    const auto found = std::ranges::lower_bound(ids, person);
    if (found == ids.end() || *found != person)
        return {};
    return static_cast<AgentId>(found - ids.begin());
}

/// The people with new numbers; each team is a department, so that it is a sector of its own
/// however many there are. Nobody asks for ties here.
std::shared_ptr<const Organization> organization_of(const Organization& org,
                                                    const std::vector<AgentId>& ids)
{
    auto own = std::make_shared<Organization>();
    std::vector<std::uint32_t> team_of(org.teams.size(), 0);
    std::vector<bool> known(org.teams.size(), false);
    for (const AgentId person : ids) {
        const std::uint32_t team = org.team[person];
        if (!known[team]) {
            known[team] = true;
            team_of[team] = static_cast<std::uint32_t>(own->teams.size());
            const AgentId lead = place_in(ids, org.teams[team].lead).value_or(0);
            own->departments.push_back({"Team " + std::to_string(own->teams.size() + 1),
                                        Department::no_params, lead, org.teams[team].size});
            own->teams.push_back({team_of[team], lead, org.teams[team].size});
        }
        own->team.push_back(team_of[team]);
        own->level.push_back(org.level[person]);
        own->tenure.push_back(org.tenure[person]);
    }
    own->ties = Ties(static_cast<std::uint32_t>(ids.size()), {});
    return own;
}

void keep_own(std::vector<Change>& changes, const std::vector<AgentId>& ids)
{
    std::erase_if(changes, [&](const Change& c) { return !place_in(ids, c.person); });
    for (Change& change : changes)
        change.person = *place_in(ids, change.person);
}

Trace trace_of(const Trace& whole, const std::vector<AgentId>& ids)
{
    Trace own = whole;
    own.organization = organization_of(*whole.organization, ids);
    own.ids.clear();
    if (!whole.ids.empty())
        for (const AgentId person : ids)
            own.ids.push_back(whole.ids[person]);
    keep_own(own.changes, ids);
    keep_own(own.closest, ids);
    own.record.clear();
    own.pressure = {};
    return own;
}

} // namespace

DepartmentAlone::DepartmentAlone(const Story& whole, std::uint32_t department)
    : whole_(whole), ids_(people_of(*whole.trace().organization, department)),
      own_(trace_of(whole.trace(), ids_))
{
}

double DepartmentAlone::own_second(AgentId person, double second) const
{
    const Fate& fate = own_.fate(person);
    std::array<Hours, 6> moments{own_.fired(), fate.unsettled, fate.signed_letter,
                                 fate.gone,    fate.back,      own_.settled()};
    std::ranges::sort(moments);

    // As long after the last thing that happened to them, but still before the next one.
    constexpr double just_before = 1e-3;
    double result = own_.clock().second(whole_.clock().time(second));
    double limit = own_.clock().length();
    for (const Hours moment : moments) {
        if (moment == never)
            break;
        const double since = second - whole_.clock().second(moment);
        const double own = own_.clock().second(moment);
        if (since < 0) {
            limit = own - just_before;
            break;
        }
        result = own + since;
    }
    return std::min(result, limit);
}

} // namespace walkout::render
