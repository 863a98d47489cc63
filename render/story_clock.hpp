#pragma once

#include "sim/core/types.hpp"

#include <vector>

namespace walkout::render {

/// A moment at which the clock stands still while the picture goes on.
struct Beat {
    Hours time = 0;
    double seconds = 0;
};

/// Two clocks: hours t of the run, and story seconds u in which busy hours take long and quiet ones
/// pass fast. During a beat t stands still. Both maps never fall.
///
///   cells     1800 equal cells over [begin, end]
///   density   s = Gaussian blur (sigma 5.5 cells) of acts * 770 / N + 7 per flagged event
///   cost      c = 0.30 + s^0.60, scaled so that all cells take 92 s
///   U(t)      cumulative cost + beats of events before t;  T(u) its inverse
class StoryClock {
public:
    StoryClock() = default;
    /// @param acts   moments of signatures and departures, rising
    /// @param flags  moments of flagged events
    StoryClock(Hours begin, Hours end, const std::vector<Hours>& acts, std::size_t people,
               const std::vector<Hours>& flags, std::vector<Beat> beats);

    Hours begin() const { return begin_; }
    Hours end() const { return end_; }
    double length() const { return length_; } ///< story seconds in all

    Hours time(double second) const; ///< T(u); u is clamped to [0, length]
    double second(Hours time) const; ///< U(t), the first second that shows t (before its beat)

    /// How long t stands still at a moment; 0: not at all.
    double beat(Hours time) const;

private:
    double moving(Hours time) const; ///< seconds to this hour, without beats

    Hours begin_ = 0, end_ = 1;
    double length_ = 0;
    std::vector<double> cost_;   // cumulative seconds at the cell borders, without beats
    std::vector<Beat> beats_;    // by time
    std::vector<double> starts_; // second at which each beat begins
    std::vector<double> stood_;  // seconds of all beats before each one; one more for the end
};

} // namespace walkout::render
