#pragma once

#include "sim/study/study.hpp"

namespace walkout {

/// The values of one parameter as a function of a number that is uniform in [0, 1].
///
/// The same bits on every machine: from +, *, / and square roots, and SLEEF's exponential and
/// logarithm.
class Distribution {
public:
    explicit Distribution(const StudyParameter& parameter);

    /// Quantile `u` in [0, 1]. An end that a bell does not have is some eight standard deviations
    /// away.
    double at(double u) const;

    /// The values that a one-at-a-time design tries: the levels, the ends, or the 2.5 % and 97.5 %
    /// quantiles of a bell.
    std::vector<double> trial_values() const;

private:
    double bell(double u) const;

    StudyParameter parameter_;
    double from_ = 0; ///< share of an uncut bell below `low`
    double to_ = 1;   ///< and below `high`
};

/// Quantile of the standard normal distribution, u in (0, 1); relative error about 1e-16.
/// Source: Wichura (1988), Algorithm AS 241, Applied Statistics 37:477 (PPND16).
double normal_quantile(double u);

/// Share of the standard normal distribution below z, in [2^-52, 1 - 2^-52]: the quantile turned
/// around, by bisection.
double normal_share(double z);

} // namespace walkout
