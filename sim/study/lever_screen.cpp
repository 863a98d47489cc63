#include "sim/study/lever_screen.hpp"

#include "sim/study/draw.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

constexpr double neighborhood = 0.1; ///< of the stretch, to either side of the baseline

double square(double x)
{
    return x * x;
}

/// A place on the stretch, told as a share of it; moments and whole numbers on their grid.
double value_at(const Lever& lever, double share)
{
    const double value = lever.low + share * (lever.high - lever.low);
    return lever.step == 1 ? std::round(value) : value;
}

} // namespace

LeverScreen::LeverScreen(const Levers& levers, std::vector<std::size_t> candidates,
                         std::uint64_t seed, std::uint32_t points)
    : levers_(levers), candidates_(std::move(candidates)), seed_(seed), points_(points),
      answers_(runs())
{
}

std::map<std::size_t, double> LeverScreen::values(std::size_t run) const
{
    const std::size_t point = run / (candidates_.size() + 1);
    const std::size_t moved = run % (candidates_.size() + 1); // 0: none
    std::map<std::size_t, double> values;
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
        const Lever& lever = levers_[candidates_[k]];
        const double near = unit(draw(seed_, Draw::start, k, point)) * 2 - 1;
        const double own = (lever.baseline - lever.low) / (lever.high - lever.low);
        const double share = k + 1 == moved ? unit(draw(seed_, Draw::direction, k, point))
                                            : own + neighborhood * near;
        values[candidates_[k]] = value_at(lever, std::clamp(share, 0.0, 1.0));
    }
    return values;
}

std::uint32_t LeverScreen::replicate(std::size_t run) const
{
    return static_cast<std::uint32_t>(run / (candidates_.size() + 1));
}

void LeverScreen::tell(std::size_t run, const RunResult& result)
{
    if (result.error.empty())
        answers_[run] = {true, result.outcome == Outcome::returned ? 1.0 : 0.0,
                         result.measures.peak_signed_share};
}

std::vector<double> LeverScreen::effects() const
{
    std::vector<double> effects(candidates_.size());
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
        double sum = 0, pairs = 0;
        for (std::size_t point = 0; point < points_; ++point) {
            const std::size_t first = point * (candidates_.size() + 1);
            const Answer& before = answers_[first];
            const Answer& after = answers_[first + k + 1];
            if (!before.known || !after.known)
                continue;
            sum += square(after.returned - before.returned) +
                   square(after.signed_share - before.signed_share);
            ++pairs;
        }
        effects[k] = pairs > 0 ? sum / (2 * pairs) : 0;
    }
    return effects;
}

std::vector<std::size_t> LeverScreen::largest(std::size_t count) const
{
    const std::vector<double> effect = effects();
    std::vector<std::size_t> order(candidates_.size());
    for (std::size_t k = 0; k < order.size(); ++k)
        order[k] = k;
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t k) { return effect[k]; });
    order.resize(std::min(count, order.size()));
    std::ranges::sort(order);
    for (std::size_t& k : order)
        k = candidates_[k];
    return order;
}

} // namespace walkout
