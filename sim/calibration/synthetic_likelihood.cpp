#include "sim/calibration/synthetic_likelihood.hpp"

#include "sim/core/numeric.hpp"
#include "sim/study/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace walkout {

namespace {

constexpr std::size_t trial_starts = 25;    ///< points of the prior each chain chooses from
constexpr std::uint32_t relearn_every = 25; ///< iterations
constexpr double wanted_acceptance = 0.2;
constexpr double never_mind = -never; ///< of a point that cannot be simulated

class Walk {
public:
    Walk(const PriorSpace& space, const Recorded& recorded, const CalibrationParams& settings,
         std::uint64_t seed, const Simulate& simulate,
         const std::function<void(const ChainStatus&)>& tell)
        : space_(space), recorded_(recorded), settings_(settings), seed_(seed), simulate_(simulate),
          tell_(tell), steps_(space.size()), chains_(settings.chains)
    {
        for (std::size_t i = 0; i < steps_.size(); ++i)
            steps_(i, i) = 0.5; // of a standard normal prior
    }

    std::vector<Chain> walk()
    {
        start();
        const std::uint32_t warm_up = settings_.iterations / 2;
        for (std::uint32_t t = 0; t < settings_.iterations; ++t) {
            if (t < warm_up && t > 0 && t % relearn_every == 0)
                learn();
            step(t, t < warm_up);
        }
        for (Chain& chain : chains_)
            chain.acceptance /= static_cast<double>(settings_.iterations - warm_up);
        return std::move(chains_);
    }

private:
    struct State {
        Point point;
        double log_likelihood = never_mind;
    };

    void start()
    {
        std::vector<Point> points;
        for (std::size_t k = 0; k < settings_.chains * trial_starts; ++k)
            points.push_back(space_.draw_prior(seed_, k));
        const std::vector<double> found = log_likelihoods(points, 0);
        for (std::size_t c = 0; c < settings_.chains; ++c) {
            const auto from = found.begin() + static_cast<std::ptrdiff_t>(c * trial_starts);
            const auto best = std::max_element(from, from + trial_starts);
            if (!std::isfinite(*best))
                throw std::invalid_argument("none of the prior's points can be simulated");
            states_.push_back({points[static_cast<std::size_t>(best - found.begin())], *best});
        }
    }

    /// One iteration of all chains.
    void step(std::uint32_t t, bool warm)
    {
        std::vector<Point> proposed;
        for (std::size_t c = 0; c < states_.size(); ++c) {
            Point point = states_[c].point;
            const Point by =
                times(steps_, normal_draws(point.size(), seed_, Draw::proposal, key_of(t, c)));
            for (std::size_t i = 0; i < point.size(); ++i)
                point[i] += scale_ * by[i];
            proposed.push_back(std::move(point));
        }
        const std::vector<double> found = log_likelihoods(proposed, t + 1);
        double taken = 0;
        for (std::size_t c = 0; c < states_.size(); ++c) {
            const double odds = found[c] + log_prior(proposed[c]) - states_[c].log_likelihood -
                                log_prior(states_[c].point);
            const double u = unit(draw(seed_, Draw::acceptance, 0, key_of(t, c)));
            const bool take = log_same_bits(u) < odds;
            if (take)
                states_[c] = {std::move(proposed[c]), found[c]};
            taken += take;
            note(c, take, warm);
        }
        accepted_ += taken;
        if (warm) // Robbins & Monro (1951)
            scale_ *=
                exp_same_bits((taken / static_cast<double>(states_.size()) - wanted_acceptance) /
                              std::sqrt(1.0 + t));
        if (tell_)
            tell_({t + 1,
                   accepted_ / (static_cast<double>(t + 1) * static_cast<double>(states_.size()))});
    }

    void note(std::size_t c, bool taken, bool warm)
    {
        if (warm) {
            history_.push_back(states_[c].point);
            return;
        }
        chains_[c].points.push_back(states_[c].point);
        chains_[c].log_likelihoods.push_back(states_[c].log_likelihood);
        chains_[c].acceptance += taken;
    }

    /// Let steps have the shape of the second half of what all chains have seen.
    void learn()
    {
        const auto half = static_cast<std::ptrdiff_t>(history_.size() / 2);
        const std::vector<Point> recent(history_.begin() + half, history_.end());
        Matrix matrix = covariance(recent, equal_weights(recent.size()));
        const double size = 2.38 * 2.38 / static_cast<double>(matrix.size());
        for (std::size_t i = 0; i < matrix.size(); ++i)
            for (std::size_t j = 0; j < matrix.size(); ++j)
                matrix(i, j) = size * (matrix(i, j) + (i == j ? 1e-4 : 0));
        steps_ = cholesky(matrix);
        if (!learned_)
            scale_ = 1;
        learned_ = true;
    }

    std::uint64_t key_of(std::uint32_t t, std::size_t c) const
    {
        return std::uint64_t{t} * settings_.chains + c;
    }

    std::vector<double> log_likelihoods(const std::vector<Point>& points, std::uint32_t stage)
    {
        std::vector<Trial> trials;
        for (const Point& point : points)
            for (std::uint32_t r = 0; r < settings_.runs; ++r)
                trials.push_back({made_++, stage, point});
        std::vector<Observation> seen = simulate_(trials);
        std::vector<double> found;
        for (std::size_t k = 0; k < points.size(); ++k) {
            const auto from = seen.begin() + static_cast<std::ptrdiff_t>(k * settings_.runs);
            found.push_back(synthetic_log_likelihood({from, from + settings_.runs}, recorded_));
        }
        return found;
    }

    const PriorSpace& space_;
    const Recorded& recorded_;
    const CalibrationParams& settings_;
    std::uint64_t seed_;
    const Simulate& simulate_;
    const std::function<void(const ChainStatus&)>& tell_;
    Matrix steps_;
    double scale_ = 1;
    bool learned_ = false;
    double accepted_ = 0;
    std::uint64_t made_ = 0;
    std::vector<State> states_;
    std::vector<Point> history_; ///< of the warm-up
    std::vector<Chain> chains_;
};

} // namespace

double synthetic_log_likelihood(const std::vector<Observation>& simulations,
                                const Recorded& recorded)
{
    std::vector<Observation> sound;
    std::ranges::copy_if(simulations, std::back_inserter(sound),
                         [](const Observation& seen) { return !seen.empty(); });
    if (sound.size() < 2)
        return never_mind;
    const std::size_t count = recorded.values.size();
    Matrix matrix = covariance(sound, equal_weights(sound.size()));
    const double kept =
        static_cast<double>(sound.size()) / static_cast<double>(sound.size() + count);
    std::vector<double> gap(count);
    for (std::size_t i = 0; i < count; ++i) {
        double mean = 0;
        for (const Observation& seen : sound)
            mean += seen[i] / static_cast<double>(sound.size());
        gap[i] = recorded.values[i] - mean;
        for (std::size_t j = 0; j < count; ++j)
            matrix(i, j) =
                i == j ? matrix(i, i) + recorded.sds[i] * recorded.sds[i] : kept * matrix(i, j);
    }
    const Matrix lower = cholesky(matrix);
    double squares = 0;
    for (const double x : solve_lower(lower, gap))
        squares += x * x;
    constexpr double log_two_pi = 1.8378770664093453;
    return -0.5 * (squares + log_determinant(lower) + static_cast<double>(count) * log_two_pi);
}

std::vector<Chain> fit_synthetic_likelihood(const PriorSpace& space, const Recorded& recorded,
                                            const CalibrationParams& settings, std::uint64_t seed,
                                            const Simulate& simulate,
                                            const std::function<void(const ChainStatus&)>& tell)
{
    return Walk(space, recorded, settings, seed, simulate, tell).walk();
}

} // namespace walkout
