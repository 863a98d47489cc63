#include "sim/calibration/abc_smc.hpp"

#include "sim/core/numeric.hpp"
#include "sim/study/linear_algebra.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace walkout {

namespace {

constexpr std::size_t batch = 256; ///< trials at a time; fixed, because it moves their numbers

/// A trial with its observation, reading error included.
struct Particle {
    Point point;
    Observation seen;
};

class AbcSmc {
public:
    AbcSmc(const PriorSpace& space, const Recorded& recorded, const CalibrationParams& settings,
           std::uint64_t seed, const Simulate& simulate,
           const std::function<void(const AbcStatus&)>& tell)
        : space_(space), recorded_(recorded), settings_(settings), seed_(seed), simulate_(simulate),
          tell_(tell)
    {
    }

    AbcPosterior fit()
    {
        draw_prior();
        for (std::uint32_t g = 1; g <= settings_.generations; ++g)
            if (!advance(g))
                break;
        for (const Particle& particle : particles_)
            posterior_.points.push_back(particle.point);
        posterior_.weights = weights_;
        return std::move(posterior_);
    }

private:
    // ------------------------------------------------------------ the prior

    void draw_prior()
    {
        std::vector<Particle> trials;
        while (trials.size() < settings_.particles) {
            std::vector<Trial> next;
            for (std::size_t k = 0; k < std::min(batch, settings_.particles - trials.size()); ++k) {
                const std::uint64_t number = made_ + next.size();
                next.push_back({number, 0, space_.draw_prior(seed_, number)});
            }
            for (Particle& particle : seen_by(next))
                trials.push_back(std::move(particle));
            tell(0, trials.size(), trials.size(), never);
        }
        const std::size_t all = trials.size();
        std::erase_if(trials, [](const Particle& particle) { return particle.seen.empty(); });
        if (trials.empty())
            throw std::invalid_argument("none of the prior's points can be simulated");
        particles_ = trials;
        seen_ = std::move(trials);
        weights_ = equal_weights(particles_.size());
        note_generation(never, all);
    }

    // ------------------------------------------------------------ generations

    /// One generation more. @return whether another may follow
    bool advance(std::uint32_t g)
    {
        const std::vector<double> scales = scales_of(seen_);
        std::vector<double> distances;
        for (const Particle& particle : particles_)
            distances.push_back(distance(particle, scales));
        const double tolerance = quantile(distances, settings_.keep);
        const Matrix kernel = kernel_of();
        std::vector<Particle> accepted;
        std::vector<Particle> seen;
        std::uint64_t used = 0;
        const auto most = static_cast<std::uint64_t>(
            settings_.particles / std::max(0.25 * settings_.least_acceptance, 1e-4));
        while (accepted.size() < settings_.particles && used < most) {
            for (Particle& particle : seen_by(proposals(g, kernel))) {
                if (accepted.size() == settings_.particles)
                    break; // the rest of the batch was simulated in vain
                ++used;
                if (particle.seen.empty())
                    continue;
                if (distance(particle, scales) <= tolerance)
                    accepted.push_back(particle);
                seen.push_back(std::move(particle));
            }
            tell(g, accepted.size(), used, tolerance);
        }
        if (accepted.size() < settings_.particles)
            return false; // given up: the last whole generation is the answer
        weights_ = weights_of(accepted, kernel);
        particles_ = std::move(accepted);
        seen_ = std::move(seen);
        note_generation(tolerance, used);
        return posterior_.generations.back().acceptance >= settings_.least_acceptance;
    }

    void note_generation(double tolerance, std::uint64_t trials)
    {
        posterior_.generations.push_back(
            {.tolerance = tolerance,
             .trials = trials,
             .acceptance = static_cast<double>(particles_.size()) / static_cast<double>(trials),
             .effective = effective_size(weights_)});
    }

    std::vector<Trial> proposals(std::uint32_t g, const Matrix& kernel)
    {
        std::vector<double> sums(weights_.size());
        double sum = 0;
        for (std::size_t k = 0; k < weights_.size(); ++k)
            sums[k] = sum += weights_[k];
        std::vector<Trial> trials;
        for (std::size_t k = 0; k < batch; ++k) {
            const std::uint64_t number = made_ + k;
            const double u = sum * unit(draw(seed_, Draw::ancestor, 0, number));
            const auto place = std::ranges::upper_bound(sums, u) - sums.begin();
            const auto ancestor = std::min(static_cast<std::size_t>(place), particles_.size() - 1);
            Point point = particles_[ancestor].point;
            const Point step =
                times(kernel, normal_draws(point.size(), seed_, Draw::perturbation, number));
            for (std::size_t i = 0; i < point.size(); ++i)
                point[i] += step[i];
            trials.push_back({number, g, std::move(point)});
        }
        return trials;
    }

    /// Simulate, and read with an error.
    std::vector<Particle> seen_by(const std::vector<Trial>& trials)
    {
        std::vector<Observation> observations = simulate_(trials);
        std::vector<Particle> particles;
        for (std::size_t k = 0; k < trials.size(); ++k) {
            Observation& seen = observations[k];
            if (!seen.empty()) {
                const Point errors =
                    normal_draws(seen.size(), seed_, Draw::reading_error, trials[k].number);
                for (std::size_t t = 0; t < seen.size(); ++t)
                    seen[t] += recorded_.sds[t] * errors[t];
            }
            particles.push_back({trials[k].point, std::move(seen)});
        }
        made_ += trials.size();
        return particles;
    }

    // ------------------------------------------------------------ distance, kernel, weights

    /// Median absolute deviation of each target; where most trials agree, its reading error.
    std::vector<double> scales_of(const std::vector<Particle>& seen) const
    {
        std::vector<double> scales;
        for (std::size_t t = 0; t < recorded_.values.size(); ++t) {
            std::vector<double> values;
            for (const Particle& particle : seen)
                values.push_back(particle.seen[t]);
            const double middle = quantile(values, 0.5);
            for (double& value : values)
                value = std::abs(value - middle);
            scales.push_back(std::max(quantile(values, 0.5), recorded_.sds[t]));
        }
        return scales;
    }

    double distance(const Particle& particle, const std::vector<double>& scales) const
    {
        double squares = 0;
        for (std::size_t t = 0; t < scales.size(); ++t) {
            const double gap = (particle.seen[t] - recorded_.values[t]) / scales[t];
            squares += gap * gap;
        }
        return std::sqrt(squares);
    }

    /// Root of twice the covariance of the particles.
    Matrix kernel_of() const
    {
        std::vector<Point> points;
        for (const Particle& particle : particles_)
            points.push_back(particle.point);
        Matrix matrix = covariance(points, weights_);
        for (std::size_t i = 0; i < matrix.size(); ++i)
            for (std::size_t j = 0; j < matrix.size(); ++j)
                matrix(i, j) *= 2;
        return cholesky(matrix);
    }

    /// Prior over the density of having been proposed. Kernels are compared in coordinates where
    /// they are round.
    std::vector<double> weights_of(const std::vector<Particle>& accepted,
                                   const Matrix& kernel) const
    {
        std::vector<Point> from, to;
        for (const Particle& particle : particles_)
            from.push_back(solve_lower(kernel, particle.point));
        for (const Particle& particle : accepted)
            to.push_back(solve_lower(kernel, particle.point));
        std::vector<double> weights;
        double sum = 0;
        for (std::size_t k = 0; k < accepted.size(); ++k) {
            double density = 0;
            for (std::size_t j = 0; j < from.size(); ++j) {
                double squares = 0;
                for (std::size_t i = 0; i < to[k].size(); ++i)
                    squares += (to[k][i] - from[j][i]) * (to[k][i] - from[j][i]);
                density += weights_[j] * exp_same_bits(-0.5 * squares);
            }
            weights.push_back(exp_same_bits(log_prior(accepted[k].point)) / density);
            sum += weights.back();
        }
        for (double& weight : weights)
            weight /= sum;
        return weights;
    }

    void tell(std::uint32_t generation, std::size_t accepted, std::uint64_t trials,
              double tolerance) const
    {
        if (tell_)
            tell_({generation, accepted, trials, tolerance});
    }

    const PriorSpace& space_;
    const Recorded& recorded_;
    const CalibrationParams& settings_;
    std::uint64_t seed_;
    const Simulate& simulate_;
    const std::function<void(const AbcStatus&)>& tell_;
    std::uint64_t made_ = 0; ///< trials so far
    std::vector<Particle> particles_;
    std::vector<Particle> seen_; ///< all trials of the last generation that could be simulated
    std::vector<double> weights_;
    AbcPosterior posterior_;
};

} // namespace

AbcPosterior fit_abc_smc(const PriorSpace& space, const Recorded& recorded,
                         const CalibrationParams& settings, std::uint64_t seed,
                         const Simulate& simulate,
                         const std::function<void(const AbcStatus&)>& tell)
{
    return AbcSmc(space, recorded, settings, seed, simulate, tell).fit();
}

} // namespace walkout
