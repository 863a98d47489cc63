#include "sim/core/chance.hpp"

namespace walkout {

namespace {

// Any two constants will do; they keep the key schedule apart from the draws.
constexpr std::uint32_t replicate_tag = 0x57414c4bU;
constexpr std::uint32_t seed_tag = 0x4f55544fU;

Rng::Key mixed(std::uint64_t seed, std::uint32_t number, std::uint32_t tag)
{
    return {{r123::Philox2x64()({{number, tag}}, {{seed}})[0]}};
}

} // namespace

static_assert(static_cast<std::uint32_t>(Decision::reach) < 32,
              "decisions must fit below block_step");

Chance::Chance(std::uint64_t seed, std::uint32_t replicate)
    : key_(mixed(seed, replicate, replicate_tag)), shared_key_(mixed(seed, 0, seed_tag))
{
}

Hours Chance::next_moment(Decision decision, AgentId agent, double rate, Hours after) const
{
    constexpr double points = 2; // expected in a piece: the least work
    const double hours = 1 / rate;
    for (auto piece = static_cast<std::uint64_t>(after * rate / points);; ++piece) {
        Rng rng = at(decision, agent, static_cast<std::uint32_t>(piece));
        const double begin = points * static_cast<double>(piece);
        for (double point = exponential(rng); point < points; point += exponential(rng)) {
            const Hours moment = (begin + point) * hours;
            if (moment > after)
                return moment;
        }
    }
}

std::uint32_t key_of(std::string_view name)
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

} // namespace walkout
