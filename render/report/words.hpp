#pragma once

#include "render/report/study_runs.hpp"
#include "sim/study/estimate.hpp"

#include <string>

namespace walkout::report {

/// How a page speaks of the measure it is about.
class MeasureWords {
public:
    MeasureWords(const Measure& measure, const ScenarioBackground& scenario);

    const std::string& title() const { return title_; }   ///< `Chance the CEO is back`
    const std::string& column() const { return column_; } ///< `CEO back`

    std::string number(double value) const;      ///< `93 %`, `101.3 h`, `491`
    std::string bare(double value) const;        ///< the same without unit, for cells
    std::string change(double difference) const; ///< `−33`, `+2.1 h`; of chances in 100 runs

    /// `the CEO is back in 93 of 100 runs`; `hours to return are 101.3 h`
    std::string sentence(double value) const;
    /// `95 % interval 88 to 96`, of a value or a difference
    std::string interval(const Estimate& estimate, bool difference) const;

    bool chance() const { return chance_; }      ///< of an outcome
    bool in_percent() const { return percent_; } ///< values are shares
    /// Whether two values look the same on the page.
    bool same(double a, double b) const { return number(a) == number(b); }

private:
    std::string title_, column_, event_, name_;
    std::string unit_;
    bool chance_, percent_;
};

/// What a scenario's own values are called: `history` where history counted something, else `the
/// scenario`.
std::string start_words(const ScenarioBackground& scenario);

std::string outcome_word(std::size_t outcome, const ScenarioBackground& scenario);

/// `80 %`, `+24 h`, `×2`, `on`
std::string value_words(const StudyParameter& parameter, double value);

/// A value that stands for a range, to two figures.
double roughly(double value);

/// `Offer quality`, from the name of a parameter or the last part of its path.
std::string lever_words(const StudyParameter& parameter);

/// `Six scenarios`, `20 scenarios`, to begin a line with.
std::string counted_words(std::size_t number, const std::string& what);

/// Some words in a row: `a, b and c`.
std::string listed(const std::vector<std::string>& words);

std::string capitalized(std::string text);
std::string in_sentence(std::string text); ///< `Cost of signing` -> `cost of signing`, not `CEO`

} // namespace walkout::report
