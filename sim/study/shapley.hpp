#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace walkout {

/// Which of up to 63 factors are in place: bit i is factor i.
using Coalition = std::uint64_t;

constexpr Coalition full_coalition(std::size_t factors)
{
    return (Coalition{1} << factors) - 1;
}

/// What a coalition is worth.
using CoalitionValue = std::function<double(Coalition)>;

/// Shapley values: what each factor adds, averaged over all orders in which factors can come in.
/// They sum to the value of all minus the value of none (but for rounding).
/// Source: Shapley (1953), A value for n-person games.
/// @param values  by coalition, 2^factors of them
std::vector<double> shapley_values(std::size_t factors, std::span<const double> values);

/// An order in which factors come in.
using Order = std::vector<std::size_t>;

/// Random orders in pairs of one and its reverse (antithetic: what comes early in one comes late in
/// the other; Mitchell et al. 2022), a pure function of seed, replicate and number.
std::vector<Order> antithetic_orders(std::size_t factors, std::size_t pairs, std::uint64_t seed,
                                     std::uint32_t replicate);

/// The coalitions that an order passes through, none and all included: factors + 1 of them.
std::vector<Coalition> passed_by(const Order& order);

/// What each factor adds as it comes in, averaged over some orders. These sum to the same total.
std::vector<double> mean_additions(std::span<const Order> orders, const CoalitionValue& value);

} // namespace walkout
