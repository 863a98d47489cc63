#pragma once

#include "sim/study/distribution.hpp"
#include "sim/study/draw.hpp"

#include <vector>

namespace walkout {

/// A point where each parameter has been bent so that its prior is standard normal, and all are
/// independent: both fits walk here, and no parameter ever leaves its range.
using Point = std::vector<double>;

/// From such points to values of a study's parameters, and back to ranks within the priors.
class PriorSpace {
public:
    explicit PriorSpace(const std::vector<StudyParameter>& parameters);

    std::size_t size() const { return priors_.size(); }

    /// Values of the parameters, in their own units.
    std::vector<double> values(const Point& point) const;

    /// Share of each prior below the point, in (0, 1): uniform under the prior.
    std::vector<double> ranks(const Point& point) const;

    /// Value of one parameter at a rank of its prior.
    double value_at(std::size_t parameter, double rank) const;

    /// A draw from the prior.
    Point draw_prior(std::uint64_t seed, std::uint64_t number) const;

private:
    std::vector<Distribution> priors_;
};

/// Independent standard normal numbers, keyed.
Point normal_draws(std::size_t count, std::uint64_t seed, Draw purpose, std::uint64_t number);

/// Logarithm of the prior's density, up to a constant.
double log_prior(const Point& point);

} // namespace walkout
