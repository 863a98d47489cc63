#include "sim/cli/run_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/cli/validate_report.hpp"
#include "sim/study/measure_text.hpp"

#include <cmath>
#include <fmt/format.h>

namespace walkout::cli {

namespace {

std::string share_text(double logit)
{
    return percent(share_of(logit));
}

std::string opening(const ValidateReport& report, const Style& style)
{
    const Validation& v = report.validation;
    const Study& study = report.file.study;
    std::string text = style.bold(study.title.empty() ? study.name : study.title) + "\n";
    text += style.dim(fmt::format("{}, {} of the priors, {} at each, {}, seed {}",
                                  counted(v.cases.size(), "case"), counted(v.points, "point"),
                                  counted(report.settings.replicates, "replicate"),
                                  counted(v.runs, "run"), report.settings.seed)) +
            "\n";
    text += wrapped(
        fmt::format(
            "Each case is predicted by mechanisms weighed by the records of all others. The "
            "interval holds luck, {}what is unknown of the mechanisms, the model's own "
            "error and the counting error.",
            report.settings.coding_error ? "coding errors of up to half a step of the rubric, "
                                         : ""),
        text_width, 0);
    return text;
}

std::string shares(const Validation& v, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {
        {"case", "recorded", "median", "90 % interval", "inside", "points"}};
    for (const ValidatedCase& one : v.cases) {
        const auto& share = one.by[0].share;
        if (!one.about.recorded)
            continue;
        rows.push_back({one.about.name, share_text(one.about.recorded->logit)});
        if (share)
            for (std::string cell : {share_text(share->median),
                                     share_text(share->low[scored_level]) + " - " +
                                         share_text(share->high[scored_level]),
                                     std::string(share->holds[scored_level] ? "yes" : "no")})
                rows.back().push_back(std::move(cell));
        else
            for (int k = 0; k < 3; ++k)
                rows.back().emplace_back("failed");
        rows.back().push_back(fmt::format("{:.0f}", one.effective_points));
    }
    return heading(style, "Shares predicted from the other cases") + table(rows, style);
}

std::string outcomes(const Validation& v, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {
        {"case", "recorded", "its chance", "likeliest", "chance", "right"}};
    for (const ValidatedCase& one : v.cases) {
        const PredictedCase& by = one.by[0];
        if (!one.about.outcome || !by.chances)
            continue;
        const auto recorded = static_cast<std::size_t>(*one.about.outcome);
        const auto likeliest = static_cast<std::size_t>(by.likeliest);
        rows.push_back({one.about.name, std::string(outcome_names[recorded]),
                        percent((*by.chances)[recorded]), std::string(outcome_names[likeliest]),
                        percent((*by.chances)[likeliest]), by.outcome_right ? "yes" : "no"});
    }
    return heading(style, "Outcomes") + table(rows, style);
}

std::string scores(const Validation& v, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {{"predictor", "IS logit", "CRPS logit", "IS pt",
                                                   "CRPS pt", "in 80/90/95 %", "Brier",
                                                   "outcomes"}};
    for (std::size_t k = 0; k < predictor_names.size(); ++k) {
        const PredictorScore& s = v.scores[k];
        rows.push_back({std::string(predictor_names[k]), fmt::format("{:.2f}", s.interval_score),
                        fmt::format("{:.2f}", s.crps),
                        fmt::format("{:.0f}", s.interval_score_points),
                        fmt::format("{:.1f}", s.crps_points),
                        fmt::format("{}/{}/{} of {}", s.held[0], s.held[1], s.held[2], s.shares),
                        fmt::format("{:.2f}", s.brier),
                        fmt::format("{} of {}", s.outcomes_right, s.outcomes)});
    }
    return heading(style, "Scores: means over cases, smaller is better") + table(rows, style) +
           style.dim(wrapped("IS: interval score of the 90 % interval; CRPS: continuous ranked "
                             "probability score; in logits and in points of the share.",
                             text_width, 2));
}

std::string mechanisms(const Validation& v, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {{"mechanism", "median", "90 %", "narrower by"}};
    for (const FittedMechanism& m : v.mechanisms)
        rows.push_back({m.name, fmt::format("{:.2f}", m.median),
                        fmt::format("{:.2f} - {:.2f}", m.p05, m.p95),
                        fmt::format("{:.0f} %", std::round(100 * m.shrinkage))});
    return heading(style, fmt::format("Mechanisms, all records seen ({:.0f} effective points)",
                                      v.effective_points)) +
           table(rows, style);
}

} // namespace

std::string text_of(const ValidateReport& report)
{
    const Style style;
    const Validation& v = report.validation;
    std::string text = opening(report, style) + shares(v, style) + outcomes(v, style) +
                       scores(v, style) + heading(style, "What it comes to");
    for (const std::string& finding : findings_of(report))
        text += wrapped("- " + finding, text_width, 2);
    return text + mechanisms(v, style) + "\n" + style.dim("fingerprint " + hex(v.fingerprint)) +
           "\n";
}

} // namespace walkout::cli
