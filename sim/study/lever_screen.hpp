#pragma once

#include "sim/core/run.hpp"
#include "sim/study/lever.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace walkout {

/// Which levers matter, told from few runs. Around each of some points near the baseline every
/// lever is moved alone, anywhere on its stretch; half the mean square of what that changes is
/// Jansen's estimate of the total effect: all of it, interplay with the others included. The answer
/// is two numbers, whether the leader came back and the largest share of signatures, with equal
/// weights. All runs share their luck.
class LeverScreen {
public:
    /// @param points  around which levers are moved
    LeverScreen(const Levers& levers, std::vector<std::size_t> candidates, std::uint64_t seed,
                std::uint32_t points);

    /// Runs to make; the first of each point moves nothing.
    std::size_t runs() const { return points_ * (candidates_.size() + 1); }

    /// Values by row, for one run.
    std::map<std::size_t, double> values(std::size_t run) const;

    /// The seed's replicate that a run lives in.
    std::uint32_t replicate(std::size_t run) const;

    /// What came of a run; those that failed are left out.
    void tell(std::size_t run, const RunResult& result);

    /// Estimated total effects, by candidate.
    std::vector<double> effects() const;

    /// The `count` candidates with the largest effects, in the order of the grammar.
    std::vector<std::size_t> largest(std::size_t count) const;

private:
    struct Answer {
        bool known = false;
        double returned = 0, signed_share = 0;
    };

    const Levers& levers_;
    std::vector<std::size_t> candidates_;
    std::uint64_t seed_;
    std::uint32_t points_;
    std::vector<Answer> answers_; ///< by run
};

} // namespace walkout
