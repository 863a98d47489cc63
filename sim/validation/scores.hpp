#pragma once

#include "sim/core/measures.hpp"

#include <array>
#include <vector>

namespace walkout {

double logit(double share);
double share_of(double logit);

/// A count as share of `people`, on the logit scale; half a person is added on both sides so that
/// nobody and everybody stay finite.
double logit_of_count(double count, double people);

/// A normal component of a mixture.
struct Component {
    double mean = 0;
    double weight = 0;
};

/// What somebody expects of a share: a distribution on the logit scale, kept as its values on a
/// grid, so that all who predict are scored by one and the same rule.
class ShareForecast {
public:
    /// Mixtures with the same components and several standard deviations, joined: group g has
    /// standard deviation `sds[g]`. Weights need not sum to 1.
    static ShareForecast mixture(const std::vector<std::vector<Component>>& groups,
                                 const std::vector<double>& sds);
    static ShareForecast normal(double mean, double sd);

    /// Student's t with location, scale and degrees of freedom (> 0).
    static ShareForecast student(double location, double scale, double freedom);

    double cdf(double z) const;      ///< of a logit
    double quantile(double p) const; ///< a logit

    /// Continuous ranked probability score, smaller is better (Gneiting & Raftery 2007, eq. 20): on
    /// the logit scale, or on that of shares.
    double crps(double z) const;
    double crps_share(double z) const;

private:
    explicit ShareForecast(std::vector<double> cdf);

    template <class Width> double crps_by(double z, const Width& width) const;

    std::vector<double> cdf_; ///< at the points of the grid
};

/// Width plus the penalty for a miss of a central interval that holds with probability `level`;
/// smaller is better (Gneiting & Raftery 2007, eq. 43).
double interval_score(double low, double high, double value, double level);

/// How probable each outcome is.
using OutcomeChances = std::array<double, outcome_names.size()>;

/// Sum of squares between the chances and what happened; 0 to 2 (Brier 1950).
double brier_score(const OutcomeChances& chances, Outcome happened);

/// The most probable outcome, the first of equals.
Outcome most_probable(const OutcomeChances& chances);

} // namespace walkout
