#pragma once

#include <cstdint>
#include <limits>

namespace walkout {

using AgentId = std::uint32_t; ///< dense index of a person, never re-used
using Tick = std::uint32_t;    ///< stride of observation; changes carry exact hours

/// Hours since the scenario's start.
using Hours = double;

/// "It never happened": later than any horizon, so that order statistics stay right under
/// censoring.
inline constexpr Hours never = std::numeric_limits<Hours>::infinity();

/// The two sides of a dispute. With one leader, `plus` is the leader and `minus` the authority.
enum class Pole : std::int8_t { minus = -1, none = 0, plus = 1 };

constexpr int sign_of(Pole pole)
{
    return static_cast<int>(pole);
}

/// Index of a side in arrays of two: minus 0, plus 1.
constexpr std::size_t index_of(Pole pole)
{
    return pole == Pole::plus ? 1 : 0;
}

} // namespace walkout
