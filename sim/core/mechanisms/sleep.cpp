#include "sim/core/mechanisms.hpp"

#include <cmath>

namespace walkout {

namespace {

// Hours and days; factors, because divisions in their place took 3 % of a run.
constexpr double minute = 1.0 / 60;
constexpr double per_day = 1.0 / 24;

/// When the person's night of a number begins. Night 0 is the first after noon of the
/// first day.
Hours bedtime(const World& world, AgentId person, int night)
{
    return 24 * night + world.people[person].bed * minute - world.noon_shift;
}

/// Number of the night that began last; -2 and -1 are those before the first.
int night_of(const World& world, AgentId person, Hours time)
{
    constexpr int earliest = 2; // makes the number positive, so that truncation is floor
    return static_cast<int>((time - bedtime(world, person, 0)) * per_day + earliest) - earliest;
}

} // namespace

bool awake(const World& world, const PeopleParams& people, const Chance& chance, AgentId person,
           Hours time)
{
    const int night = night_of(world, person, time);
    const Hours begun = bedtime(world, person, night);
    if (time >= begun + world.people[person].sleep * minute)
        return true;
    const double share = night == world.vigil_night ? world.vigil : people.vigil;
    return world.luck_at(begun, chance)
               .uniform(Decision::stay_up, person, static_cast<std::uint32_t>(night)) < share;
}

Hours waking(const World& world, AgentId person, Hours time)
{
    return bedtime(world, person, night_of(world, person, time)) +
           world.people[person].sleep * minute;
}

void keep_vigil(World& world, const Scenario& scenario, const Chance& chance, double share)
{
    world.vigil = share;
    world.vigil_night = static_cast<int>(std::floor((world.now + world.noon_shift) / 24));
    review_anew(world, scenario, chance);
}

} // namespace walkout
