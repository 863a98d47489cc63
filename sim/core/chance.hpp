#pragma once

#include "sim/core/types.hpp"

#include <Random123/philox.h>
#include <array>
#include <boost/random/exponential_distribution.hpp>
#include <cstdint>
#include <string_view>

namespace walkout {

/// One name per decision that needs chance. Append only: the number is part of every draw.
enum class Decision : std::uint32_t {
    department_sizes,
    team_sizes,
    sociability,
    department_ties,
    cross_ties,
    head_ties,
    team_allegiance,
    person_traits,
    director_resolve,
    stay_up,
    hear_broadcast,
    nudge,
    review_voice,
    review_exit,
    background_departure,
    director_review,
    settlement_lag,
    comeback,
    reach,
};

/// A generator for one decision: Philox2x64-10 (Salmon et al. 2011) on a fixed counter.
///
/// Satisfies what Boost.Random's distributions ask of an engine. Twenty-four bytes of counter and
/// key, two words of output buffer; made where it is used and thrown away.
class Rng {
public:
    using result_type = std::uint64_t;
    using Key = r123::Philox2x64::key_type;
    using Counter = r123::Philox2x64::ctr_type;

    Rng(Key key, Counter counter) : key_(key), counter_(counter) {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~result_type{0}; }

    result_type operator()()
    {
        if (used_ == 2) {
            block_ = r123::Philox2x64()(counter_, key_);
            counter_[0] += block_step; // the low bits of word 0 hold the decision
            used_ = 0;
        }
        return block_[used_++];
    }

private:
    static constexpr std::uint64_t block_step = 32; // room for 32 decisions below the block number

    Key key_;
    Counter counter_;
    Counter block_{};
    std::uint32_t used_ = 2;
};

/// Uniform in the open interval (0, 1), 52 bits: never 0 nor 1, so logarithms are finite.
inline double uniform_open(Rng& rng)
{
    return (static_cast<double>(rng() >> 12) + 0.5) * 0x1p-52;
}

/// Exponential with mean 1, by a ziggurat (Marsaglia & Tsang 2000): a tenth of the work of a
/// logarithm. The same bits everywhere: one draw in a hundred asks libm for an exponential, and
/// only compares it with another random number.
inline double exponential(Rng& rng)
{
    return boost::random::exponential_distribution<double>()(rng);
}

/// Where chance comes from: a pure function from (seed, replicate, decision, agent, index[, other
/// agent]) to a fresh generator. `index` is the ordinal of what is drawn, or the number of
/// a piece of time.
///
/// What belongs to the seed alone (the organization) is drawn from `of_seed()`, the same in all
/// replicates. There is no state to share, save or lock. So results depend neither on threads nor
/// on the order in which agents are visited, a copy of the World is a complete checkpoint, and two
/// scenarios run with the same seed differ only where the model differs (common random numbers).
class Chance {
public:
    explicit Chance(std::uint64_t seed, std::uint32_t replicate = 0);

    Rng at(Decision decision, AgentId agent, std::uint32_t index = 0, AgentId other = 0) const
    {
        return {
            key_,
            {{two_words(agent, static_cast<std::uint32_t>(decision)), two_words(other, index)}}};
    }

    /// Uniform in the open interval (0, 1), 52 bits.
    double uniform(Decision decision, AgentId agent, std::uint32_t index = 0,
                   AgentId other = 0) const
    {
        Rng rng = at(decision, agent, index, other);
        return uniform_open(rng);
    }

    /// Waiting time of a clock that rings once per unit of hazard: exponential with mean 1.
    double waiting(Decision decision, AgentId agent, std::uint32_t index = 0,
                   AgentId other = 0) const
    {
        Rng rng = at(decision, agent, index, other);
        return exponential(rng);
    }

    /// The first moment after `after` at which something that keeps coming by chance comes to an
    /// agent: points of a Poisson process, the same ones whoever asks and whenever. So a point that
    /// nobody looks at changes nothing, and variants of a scenario share all of them.
    ///
    /// The line of time is cut into pieces of two expected points each; the index of the draws is
    /// the number of the piece.
    ///
    /// @param rate   points per hour, above 0
    /// @param after  hours, at least 0
    Hours next_moment(Decision decision, AgentId agent, double rate, Hours after) const;

    /// The part that all replicates of the seed share.
    Chance of_seed() const { return {shared_key_, shared_key_}; }

private:
    static constexpr std::uint64_t two_words(std::uint32_t high, std::uint32_t low)
    {
        return (std::uint64_t{high} << 32) | low;
    }

    Chance(Rng::Key key, Rng::Key shared_key) : key_(key), shared_key_(shared_key) {}

    Rng::Key key_;
    Rng::Key shared_key_;
};

/// A stable 32-bit name for a text, to key draws by an event's name rather than by its position.
std::uint32_t key_of(std::string_view name);

} // namespace walkout
