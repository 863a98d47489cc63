#include "sim/core/mechanisms.hpp"

namespace walkout {

Scenario ready_to_run(const Scenario& scenario)
{
    Scenario ready = scenario;
    work_in_group_size(ready);
    work_in_profiles(ready);
    if (ready.branch)
        ready.branch->base = std::make_shared<const Scenario>(ready_to_run(*ready.branch->base));
    return ready;
}

} // namespace walkout
