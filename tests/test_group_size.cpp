#include "tests/support.hpp"

#include <cmath>

using namespace walkout;

namespace {

CostParams costs_of(int headcount, int group_size, double exponent)
{
    Scenario s;
    s.organization.headcount = headcount;
    s.organization.group_size = group_size;
    s.mechanisms.cost.size_exponent = exponent;
    return ready_to_run(s).mechanisms.cost;
}

double signed_share(int group_size)
{
    Scenario s;
    s.organization.headcount = 300;
    s.organization.group_size = group_size;
    s.people.allegiance_mean = 0.5;
    s.mechanisms.cost.size_exponent = 0.2;
    s.events = {happening(2, Petition{.broadcast_rate = 1})};
    return run(s, {.seed = 7}).measures.peak_signed_share;
}

} // namespace

TEST_CASE("speaking up costs as the group's size to a power, leaving the same in all", "[group]")
{
    const CostParams written;
    for (const int people : {5, 71, 770, 13'000}) {
        const double factor = std::pow(people / 770.0, 0.3);
        const CostParams costs = costs_of(people, 0, 0.3);
        CHECK(costs.post == Approx(written.post * factor));
        CHECK(costs.sign == Approx(written.sign * factor));
        CHECK(costs.leave == written.leave);
        CHECK(costs.relief == written.relief);
    }
}

TEST_CASE("costs are as written in a group of 770, and in all without an exponent", "[group]")
{
    const CostParams written;
    CHECK(costs_of(770, 0, 0.37).sign == written.sign); // to the bit
    CHECK(costs_of(770, 0, 0.37).post == written.post);
    for (const int people : {1, 20'000}) {
        CHECK(costs_of(people, 0, 0).sign == written.sign);
        CHECK(costs_of(people, 0, 0).post == written.post);
    }
}

TEST_CASE("some people stand for the group that a scenario names", "[group]")
{
    CHECK(costs_of(1'000, 9'500, 0.2).sign == costs_of(9'500, 0, 0.2).sign);
    CHECK(signed_share(0) == signed_share(300));
    CHECK(signed_share(30) > signed_share(300));
    CHECK(signed_share(300) > signed_share(30'000));
}

TEST_CASE("the past of a branch has the costs of its own group size exponent", "[group][branch]")
{
    Scenario base;
    base.organization.headcount = 7'700;
    base.mechanisms.cost.size_exponent = 0.2;
    Scenario branch = base;
    branch.mechanisms.cost.size_exponent = 0;
    branch.branch = Branch{.at = 5, .base = std::make_shared<const Scenario>(base)};
    const Scenario ready = ready_to_run(branch);
    CHECK(ready.mechanisms.cost.sign == base.mechanisms.cost.sign);
    CHECK(ready.branch->base->mechanisms.cost.sign ==
          Approx(base.mechanisms.cost.sign * std::pow(10, 0.2)));
}
