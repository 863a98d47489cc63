#include "sim/core/world.hpp"

#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

namespace walkout {

namespace {

constexpr double mean_risk = 0.5;
constexpr double longest_night = 23; // hours; everybody gets up

float share(double x)
{
    return static_cast<float>(std::clamp(x, 0.0, 1.0));
}

double wrapped(double hours)
{
    return hours - 24 * std::floor(hours / 24);
}

/// Bedtime on the scenario's clock and length of the night, hours.
void set_night(Person& person, double bedtime, double length)
{
    person.bed = static_cast<std::uint16_t>(60 * wrapped(bedtime - 12));
    person.sleep = static_cast<std::uint16_t>(60 * std::clamp(length, 0.0, longest_night));
}

/// What the department adds to the people of a person's team; all zero when sizes were drawn.
const DepartmentParams& shifts_of(const Scenario& scenario, const Organization& org, AgentId person)
{
    static const DepartmentParams none{};
    const std::uint32_t row = org.department_of(person).params;
    return row == Department::no_params ? none : scenario.organization.departments[row];
}

/// Set-up of one person (submodel "Initialization"): all draws from one generator, in a fixed
/// order.
void draw_person(World& world, const Scenario& scenario, const Chance& chance,
                 const std::vector<double>& team_mood, AgentId i)
{
    const PeopleParams& p = scenario.people;
    const Organization& org = *world.organization;
    const DepartmentParams& department = shifts_of(scenario, org, i);
    Rng rng = chance.at(Decision::person_traits, i);
    boost::random::normal_distribution<double> normal;
    const double own_mood = normal(rng);
    const double trust = normal(rng);
    const double fallback = normal(rng);
    const double risk = normal(rng);
    const double bed = normal(rng);
    const double wake = normal(rng);
    const bool visa = uniform_open(rng) < p.visa_share;

    const double mood = std::sqrt(p.team_correlation) * team_mood[org.team[i]] +
                        std::sqrt(1 - p.team_correlation) * own_mood;
    const double mean = p.allegiance_mean + department.allegiance_shift +
                        sign_of(department.camp) * p.camp_distance;
    Person& person = world.people[i];
    person.anchor = static_cast<float>(std::clamp(mean + p.allegiance_spread * mood, -1.0, 1.0));
    person.trust = share(p.trust_mean + department.trust_shift + p.trust_spread * trust);
    person.own_fallback = share(p.fallback_mean + department.fallback_shift +
                                p.fallback_per_level * org.level[i] + p.fallback_spread * fallback);
    person.risk =
        share(mean_risk + p.visa_risk * ((visa ? 1 : 0) - p.visa_share) + p.risk_spread * risk);
    // The mean night is wrapped, the deviations are not: nobody's night jumps from 0 to 24 hours.
    const double night =
        wrapped(p.wake_mean - p.bed_mean) + p.wake_spread * wake - p.bed_spread * bed;
    set_night(person, p.bed_mean + p.bed_spread * bed - department.time_zone, night);
    world.set(i, Flag::visa, visa);
}

/// What a table says of a person replaces what was drawn.
void take_from_table(World& world, const Scenario& scenario, const StaffRow& row, AgentId i)
{
    const PeopleParams& p = scenario.people;
    Person& person = world.people[i];
    const auto take = [](float& to, const std::optional<double>& given) {
        if (given)
            to = static_cast<float>(*given);
    };
    if (row.visa) { // exposure was drawn with the drawn visa
        const double change = (*row.visa > 0 ? 1 : 0) - (world.has(i, Flag::visa) ? 1 : 0);
        person.risk = share(static_cast<double>(person.risk) + p.visa_risk * change);
        world.set(i, Flag::visa, *row.visa > 0);
    }
    take(person.anchor, row.allegiance);
    take(person.trust, row.trust);
    take(person.risk, row.risk);
    take(person.own_fallback, row.fallback);
    if (row.bed || row.wake) {
        const double bed = row.bed.value_or(p.bed_mean);
        const double zone = shifts_of(scenario, *world.organization, i).time_zone;
        set_night(person, bed - zone, wrapped(row.wake.value_or(p.wake_mean) - bed));
    }
}

void draw_people(World& world, const Scenario& scenario, const Chance& chance)
{
    const Organization& org = *world.organization;
    world.people.assign(org.size(), {});
    std::vector<double> team_mood(org.teams.size());
    for (AgentId t = 0; t < org.teams.size(); ++t) {
        Rng rng = chance.at(Decision::team_allegiance, t);
        team_mood[t] = boost::random::normal_distribution<double>()(rng);
    }
    for (AgentId i = 0; i < org.size(); ++i)
        draw_person(world, scenario, chance, team_mood, i);
    for (AgentId i = 0; i < scenario.organization.staff.size(); ++i)
        take_from_table(world, scenario, scenario.organization.staff[i], i);
}

void adjust(World& world, std::span<const Adjustment> adjustments)
{
    for (const Adjustment& adjustment : adjustments) {
        float& anchor = world.people[adjustment.person].anchor;
        anchor = static_cast<float>(
            std::clamp(static_cast<double>(anchor) + adjustment.allegiance, -1.0, 1.0));
        float& fallback = world.people[adjustment.person].own_fallback;
        fallback = share(static_cast<double>(fallback) + adjustment.fallback);
    }
}

/// Sums of nobody having acted; allegiance starts at its anchor.
void look_around(World& world, const DriftParams& drift)
{
    for (AgentId i = 0; i < world.size(); ++i) {
        Surroundings& around = world.people[i].around;
        around.inverse_weight = world.organization->ties.inverse_weight_into(i);
        around.residual = static_cast<float>(drift.openness) * world.people[i].anchor;
    }
}

void seat_board(World& world, const BoardParams& params, const Chance& chance)
{
    BoardState& board = world.board;
    board.in_session = params.in_session;
    board.quorum = params.quorum > 0 ? static_cast<std::size_t>(params.quorum)
                                     : params.directors.size() / 2 + 1;
    for (std::uint32_t d = 0; d < params.directors.size(); ++d) {
        Rng rng = chance.at(Decision::director_resolve, d);
        const double drawn = boost::random::normal_distribution<double>()(rng);
        board.directors.push_back(
            {.resolve = std::max(0.0, params.directors[d].resolve + params.resolve_spread * drawn),
             .lean = params.directors[d].lean});
        if (board.in_session)
            plan_director_review(world, params, chance, d);
    }
}

void schedule_events(World& world, const Scenario& scenario)
{
    world.fired.assign(scenario.events.size(), never);
    for (std::uint32_t e = 0; e < scenario.events.size(); ++e) {
        const Event& event = scenario.events[e];
        if (!event.enabled)
            continue;
        if (event.when)
            world.conditions.push_back({e, event.when->make()});
        else
            world.agenda.add({event.at, e, Due::event});
    }
}

} // namespace

std::size_t World::bytes() const
{
    const Organization& org = *organization;
    return people.size() * sizeof(Person) + agenda.bytes() + org.ties.bytes() +
           org.size() * (sizeof(org.team[0]) + sizeof(org.level[0]) + sizeof(org.tenure[0]));
}

World make_world(const Scenario& scenario, const Chance& chance,
                 std::span<const Adjustment> adjustments,
                 std::shared_ptr<const Organization> organization)
{
    World world;
    world.organization = organization ? std::move(organization)
                                      : std::make_shared<const Organization>(
                                            make_organization(scenario.organization, chance));
    world.agenda = Agenda(scenario.tick, scenario.horizon);
    world.noon_shift = scenario.start_hour - 12;
    draw_people(world, scenario, chance);
    adjust(world, adjustments);
    for (Person& person : world.people)
        person.fallback = person.own_fallback;
    look_around(world, scenario.mechanisms.drift);
    world.stances[static_cast<std::size_t>(Stance::working)] =
        static_cast<std::int32_t>(world.size());
    for (const Pole pole : {Pole::minus, Pole::plus}) {
        world.in_office[index_of(pole)] = scenario.leaders[index_of(pole)].in_office;
        world.leadership[index_of(pole)] = leadership(scenario, pole);
    }
    world.investors = scenario.investors.stance;
    seat_board(world, scenario.board, chance);
    schedule_events(world, scenario);
    for (AgentId i = 0; i < world.size(); ++i) {
        reconsider(world, scenario, chance, i);
        plan_departure(world, scenario.mechanisms.departure, chance, i);
    }
    return world;
}

} // namespace walkout
