#pragma once

#include "sim/validation/library_case.hpp"
#include "sim/validation/scores.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace walkout {

/// Predictions that need no simulation: what the model has to beat. Each predicts one case from the
/// others, with a distribution of the share and chances of the outcomes.
struct BaselineAnswer {
    std::optional<ShareForecast> share = {}; ///< nothing: too few others
    OutcomeChances chances{};
};

/// The others' mean and spread, Student's t; the outcomes as frequent as among the others.
BaselineAnswer constant_share(const std::vector<LibraryCase>& cases, std::size_t left_out);

/// As the case before in time, spread as the others' successive differences; its outcome. The
/// first case has none before it and takes the answer of `constant_share`.
BaselineAnswer last_case(const std::vector<LibraryCase>& cases, std::size_t left_out);

/// Ridge regression of the logit share on the rubric's features, the penalty chosen among the
/// others by leave-one-out, whose errors give the spread. The outcome follows from the share alone:
/// of petitions that reach half, as many end in the return as among the others. Source: Hoerl &
/// Kennard (1970) Technometrics 12:55; Allen (1974) Technometrics 16:125 (PRESS).
BaselineAnswer regression(const std::vector<LibraryCase>& cases, std::size_t left_out);

/// Fit of a ridge regression.
struct Ridge {
    double penalty = 0;
    double error = 0; ///< root mean square of the leave-one-out errors
    double intercept = 0;
    Features center{}, scale{}, slopes{};

    double at(const Features& features) const;
};

/// @param rows  at least 3; as many answers
Ridge fit_ridge(const std::vector<Features>& rows, const std::vector<double>& answers);

} // namespace walkout
