#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

namespace walkout {

namespace {

/// Costs are as written in a group of this size: the staff of the seed case, to which they are
/// fitted.
constexpr double reference_size = 770;

} // namespace

/// kappa_m (N / 770)^eta for posting and signing: what a petition wins is everybody's, and one name
/// among many wins it less, so the larger the group the fewer bear the cost (Olson 1965; as a cost
/// and not as a gain, because there is one equation for who acts). Leaving is for oneself, and
/// costs the same in groups of any size.
void work_in_group_size(Scenario& scenario)
{
    CostParams& cost = scenario.mechanisms.cost;
    const double factor =
        pow_same_bits(scenario.organization.group() / reference_size, cost.size_exponent);
    cost.post *= factor;
    cost.sign *= factor;
}

} // namespace walkout
