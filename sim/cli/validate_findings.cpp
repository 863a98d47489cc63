#include "sim/cli/validate_report.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::cli {

namespace {

/// A score of which less is better.
struct ScoreInfo {
    const char* words;
    double PredictorScore::*value;
};

constexpr std::array<ScoreInfo, 5> score_infos{{
    {"interval score in logits", &PredictorScore::interval_score},
    {"CRPS in logits", &PredictorScore::crps},
    {"interval score in points", &PredictorScore::interval_score_points},
    {"CRPS in points", &PredictorScore::crps_points},
    {"Brier score of the outcomes", &PredictorScore::brier},
}};

std::string joined(const std::vector<std::string>& words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

/// Where one baseline stands against the model.
std::string against(const Validation& v, std::size_t baseline)
{
    std::vector<std::string> worse;
    for (const ScoreInfo& info : score_infos)
        if (v.scores[0].*info.value > v.scores[baseline].*info.value)
            worse.push_back(fmt::format("{} ({:.2f} against {:.2f})", info.words,
                                        v.scores[0].*info.value, v.scores[baseline].*info.value));
    if (v.scores[0].outcomes_right < v.scores[baseline].outcomes_right)
        worse.push_back(fmt::format("outcomes right ({} against {})", v.scores[0].outcomes_right,
                                    v.scores[baseline].outcomes_right));
    if (worse.empty())
        return fmt::format("The model is better than the baseline '{}' in every score.",
                           predictor_names[baseline]);
    return fmt::format("The model is worse than the baseline '{}' in: {}.",
                       predictor_names[baseline], joined(worse));
}

std::string coverage(const PredictorScore& score)
{
    return fmt::format(
        "Of {} recorded shares {} lie inside their 80 % interval, {} inside 90 %, {} "
        "inside 95 %.",
        score.shares, score.held[0], score.held[1], score.held[2]);
}

std::string few_points(const Validation& v, double enough)
{
    std::vector<std::string> few;
    for (const ValidatedCase& one : v.cases)
        if (one.about.recorded && !one.enough)
            few.push_back(fmt::format("{} ({:.0f})", one.about.name, one.effective_points));
    if (few.empty())
        return {};
    return fmt::format("Too few points weigh anything without: {}. Fewer than {:.0f} effective "
                       "points make an interval rough: ask for more with --points.",
                       joined(few), enough);
}

} // namespace

std::string reason_of(const ValidatedCase& missed)
{
    const SharePrediction& share = *missed.by[0].share;
    const double gap = missed.about.recorded->logit - share.median;
    const std::string side = gap > 0 ? "more people acted than predicted"
                                     : "fewer people acted "
                                       "than predicted";
    if (missed.coding.empty())
        return side + "; no coded number is seen to move the share";
    const CodingEffect& first = missed.coding.front();
    return fmt::format("{}; '{}' would have to be {:.1f} steps {} (a step is {}{:.2g})", side,
                       first.path, std::abs(first.needed), first.needed > 0 ? "higher" : "lower",
                       first.factor ? "a factor of " : "", first.step);
}

std::vector<std::string> findings_of(const ValidateReport& report)
{
    const Validation& v = report.validation;
    std::vector<std::string> findings;
    for (std::size_t k = 1; k < predictor_names.size(); ++k)
        findings.push_back(against(v, k));
    findings.push_back(coverage(v.scores[0]));
    findings.push_back(fmt::format(
        "The likeliest outcome is the recorded one in {} of {} cases ({}).",
        v.scores[0].outcomes_right, v.scores[0].outcomes,
        fmt::format("constant share {}, last case {}, regression {}", v.scores[1].outcomes_right,
                    v.scores[2].outcomes_right, v.scores[3].outcomes_right)));
    findings.push_back(
        fmt::format("The model's own error is {:.1f} logits (median): the odds of an "
                    "act are off by a factor of {:.1f} or more in one case of three.",
                    v.discrepancy_median, std::exp(v.discrepancy_median)));
    for (const ValidatedCase& one : v.cases)
        if (one.by[0].share && !one.by[0].share->holds[scored_level])
            findings.push_back(fmt::format("Miss: {}: {}.", one.about.name, reason_of(one)));
    if (const std::string few = few_points(v, report.settings.enough_points); !few.empty())
        findings.push_back(few);
    return findings;
}

} // namespace walkout::cli
