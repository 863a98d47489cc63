#include "sim/validation/baselines.hpp"

#include "sim/study/linear_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout {

namespace {

constexpr std::size_t width = feature_names.size();

double mean_of_numbers(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Logits of the other cases with a recorded share, in order of time.
std::vector<const LibraryCase*> others_in_time(const std::vector<LibraryCase>& cases,
                                               std::size_t left_out)
{
    std::vector<const LibraryCase*> others;
    for (std::size_t k = 0; k < cases.size(); ++k)
        if (k != left_out)
            others.push_back(&cases[k]);
    std::ranges::stable_sort(others, {}, &LibraryCase::start_utc);
    return others;
}

std::vector<const LibraryCase*> recorded_others(const std::vector<LibraryCase>& cases,
                                                std::size_t left_out)
{
    auto others = others_in_time(cases, left_out);
    std::erase_if(others, [](const LibraryCase* other) { return !other->recorded; });
    return others;
}

/// The last one that began before a case.
const LibraryCase* before(const std::vector<const LibraryCase*>& in_time, const LibraryCase& of)
{
    const LibraryCase* last = nullptr;
    for (const LibraryCase* other : in_time)
        if (other->start_utc < of.start_utc)
            last = other;
    return last;
}

OutcomeChances frequencies(const std::vector<const LibraryCase*>& others)
{
    OutcomeChances chances{};
    double total = 0;
    for (const LibraryCase* other : others)
        if (other->outcome) {
            ++chances[static_cast<std::size_t>(*other->outcome)];
            ++total;
        }
    for (double& chance : chances)
        chance /= total > 0 ? total : 1;
    return chances;
}

/// Rows with mean 0 and standard deviation 1; a feature that never varies becomes 0.
void standardize(std::vector<Features>& rows, Ridge& fit)
{
    const auto n = static_cast<double>(rows.size());
    for (std::size_t f = 0; f < width; ++f) {
        for (const Features& row : rows)
            fit.center[f] += row[f] / n;
        double squares = 0;
        for (const Features& row : rows)
            squares += (row[f] - fit.center[f]) * (row[f] - fit.center[f]);
        const double sd = std::sqrt(squares / n);
        fit.scale[f] = sd > 1e-9 ? sd : 0;
        for (Features& row : rows)
            row[f] = fit.scale[f] > 0 ? (row[f] - fit.center[f]) / sd : 0;
    }
}

double dot(const Features& a, const Features& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void try_penalty(const std::vector<Features>& rows, const std::vector<double>& answers,
                 double penalty, Ridge& best)
{
    Matrix gram(width);
    std::vector<double> answer(width, 0.0);
    for (std::size_t f = 0; f < width; ++f) {
        for (std::size_t k = 0; k < rows.size(); ++k) {
            answer[f] += rows[k][f] * (answers[k] - best.intercept);
            for (std::size_t g = 0; g < width; ++g)
                gram(f, g) += rows[k][f] * rows[k][g];
        }
        gram(f, f) += penalty;
    }
    const Matrix lower = cholesky(gram);
    const auto solved = [&](const std::vector<double>& b) {
        Features x;
        std::ranges::copy(solve(lower, b), x.begin());
        return x;
    };
    const Features slopes = solved(answer);
    double squares = 0;
    const auto n = static_cast<double>(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const Features pull = solved({rows[k].begin(), rows[k].end()});
        const double leverage = 1 / n + dot(rows[k], pull);
        const double error = (answers[k] - best.intercept - dot(rows[k], slopes)) / (1 - leverage);
        squares += error * error;
    }
    const double error = std::sqrt(squares / n);
    if (best.penalty > 0 && error >= best.error)
        return;
    best.penalty = penalty;
    best.error = error;
    best.slopes = slopes;
}

/// The outcomes that a share leaves open.
OutcomeChances chances_of(const ShareForecast& share, const LibraryCase& of,
                          const std::vector<const LibraryCase*>& others)
{
    OutcomeChances chances{};
    const auto set = [&](Outcome outcome, double chance) {
        chances[static_cast<std::size_t>(outcome)] = chance;
    };
    if (!of.petition) {
        const double limit = share.cdf(logit(std::clamp(of.mass_exit_share, 1e-9, 1 - 1e-9)));
        set(Outcome::mass_exit, 1 - limit);
        set(Outcome::no_petition, limit);
        return chances;
    }
    double majorities = 2, returns = 1; // one of two before anything was seen
    for (const LibraryCase* other : others)
        if (other->petition && other->recorded && other->recorded->logit >= 0 && other->outcome) {
            ++majorities;
            returns += *other->outcome == Outcome::returned ? 1 : 0;
        }
    const double fifth = share.cdf(logit(0.2)), half = share.cdf(0);
    set(Outcome::failed_petition, fifth);
    set(Outcome::partial, half - fifth);
    set(Outcome::returned, (1 - half) * returns / majorities);
    set(Outcome::standoff, (1 - half) * (1 - returns / majorities));
    return chances;
}

} // namespace

BaselineAnswer constant_share(const std::vector<LibraryCase>& cases, std::size_t left_out)
{
    std::vector<double> logits;
    for (const LibraryCase* other : recorded_others(cases, left_out))
        logits.push_back(other->recorded->logit);
    BaselineAnswer answer{.chances = frequencies(others_in_time(cases, left_out))};
    if (logits.size() < 2)
        return answer;
    const double mean = mean_of_numbers(logits), n = static_cast<double>(logits.size());
    double squares = 0;
    for (const double value : logits)
        squares += (value - mean) * (value - mean);
    const double sd = std::max(std::sqrt(squares / (n - 1)), 0.01);
    answer.share = ShareForecast::student(mean, sd * std::sqrt(1 + 1 / n), n - 1);
    return answer;
}

BaselineAnswer last_case(const std::vector<LibraryCase>& cases, std::size_t left_out)
{
    BaselineAnswer answer = constant_share(cases, left_out);
    const auto others = recorded_others(cases, left_out);
    const auto in_time = others_in_time(cases, left_out);
    double squares = 0;
    for (std::size_t k = 1; k < others.size(); ++k) {
        const double step = others[k]->recorded->logit - others[k - 1]->recorded->logit;
        squares += step * step;
    }
    const double steps = static_cast<double>(others.size()) - 1;
    const LibraryCase* last = before(others, cases[left_out]);
    if (last && steps >= 1)
        answer.share = ShareForecast::student(last->recorded->logit,
                                              std::max(std::sqrt(squares / steps), 0.01), steps);
    auto with_outcome = in_time;
    std::erase_if(with_outcome, [](const LibraryCase* other) { return !other->outcome; });
    if (const LibraryCase* same = before(with_outcome, cases[left_out])) {
        answer.chances = {};
        answer.chances[static_cast<std::size_t>(*same->outcome)] = 1;
    }
    return answer;
}

BaselineAnswer regression(const std::vector<LibraryCase>& cases, std::size_t left_out)
{
    std::vector<Features> rows;
    std::vector<double> answers;
    const auto others = recorded_others(cases, left_out);
    for (const LibraryCase* other : others) {
        rows.push_back(other->features);
        answers.push_back(other->recorded->logit);
    }
    BaselineAnswer answer;
    if (rows.size() < 3)
        return constant_share(cases, left_out);
    const Ridge fit = fit_ridge(rows, answers);
    answer.share =
        ShareForecast::student(fit.at(cases[left_out].features), std::max(fit.error, 0.01),
                               static_cast<double>(rows.size()) - 1);
    answer.chances = chances_of(*answer.share, cases[left_out], others);
    return answer;
}

double Ridge::at(const Features& features) const
{
    double sum = intercept;
    for (std::size_t f = 0; f < width; ++f)
        if (scale[f] > 0)
            sum += slopes[f] * (features[f] - center[f]) / scale[f];
    return sum;
}

Ridge fit_ridge(const std::vector<Features>& rows, const std::vector<double>& answers)
{
    Ridge fit;
    fit.intercept = mean_of_numbers(answers);
    std::vector<Features> standard = rows;
    standardize(standard, fit);
    for (const double penalty : {0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0})
        try_penalty(standard, answers, penalty, fit);
    return fit;
}

} // namespace walkout
