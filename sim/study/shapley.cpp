#include "sim/study/shapley.hpp"

#include "sim/study/draw.hpp"

#include <bit>

namespace walkout {

namespace {

/// s! (n - 1 - s)! / n! for s = 0 .. n - 1: the share of orders in which a factor comes in after a
/// given set of s others.
std::vector<double> weights(std::size_t n)
{
    std::vector<double> all(n, 1.0 / static_cast<double>(n));
    for (std::size_t s = 1; s < n; ++s)
        all[s] = all[s - 1] * static_cast<double>(s) / static_cast<double>(n - s);
    return all;
}

} // namespace

std::vector<double> shapley_values(std::size_t factors, std::span<const double> values)
{
    const std::vector<double> weight = weights(factors);
    std::vector<double> shares(factors);
    for (Coalition others = 0; others < values.size(); ++others)
        for (std::size_t i = 0; i < factors; ++i) {
            const Coalition with = others | (Coalition{1} << i);
            if (with != others)
                shares[i] += weight[static_cast<std::size_t>(std::popcount(others))] *
                             (values[with] - values[others]);
        }
    return shares;
}

std::vector<Order> antithetic_orders(std::size_t factors, std::size_t pairs, std::uint64_t seed,
                                     std::uint32_t replicate)
{
    std::vector<Order> orders;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const std::uint64_t number = (std::uint64_t{replicate} << 32) | pair;
        const Order order = shuffled(factors, seed, Draw::attribution, number);
        orders.push_back(order);
        orders.emplace_back(order.rbegin(), order.rend());
    }
    return orders;
}

std::vector<Coalition> passed_by(const Order& order)
{
    std::vector<Coalition> coalitions{0};
    for (const std::size_t factor : order)
        coalitions.push_back(coalitions.back() | (Coalition{1} << factor));
    return coalitions;
}

std::vector<double> mean_additions(std::span<const Order> orders, const CoalitionValue& value)
{
    std::vector<double> sums(orders.empty() ? 0 : orders.front().size());
    for (const Order& order : orders) {
        const std::vector<Coalition> passed = passed_by(order);
        for (std::size_t k = 0; k < order.size(); ++k)
            sums[order[k]] += value(passed[k + 1]) - value(passed[k]);
    }
    for (double& sum : sums)
        sum /= static_cast<double>(orders.size());
    return sums;
}

} // namespace walkout
