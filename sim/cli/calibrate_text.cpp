#include "sim/cli/calibrate_report.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/io/quantity.hpp"
#include "sim/study/measure_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr double tied_above = 0.6; ///< absolute correlation
constexpr std::size_t p05 = 1, p10 = 2, median = 4, p90 = 6, p95 = 7;

/// A value of a parameter with three digits, in its unit.
std::string parameter_text(const StudyParameter& parameter, double value)
{
    if (parameter.change == ChangeKind::factor)
        return fmt::format("x {:.3g}", value);
    switch (parameter.unit) {
    case io::Unit::share:
        return percent(value);
    case io::Unit::rate:
        return fmt::format("{:.3g}/h", value);
    case io::Unit::duration:
        return fmt::format("{:.2f}h", value);
    case io::Unit::clock: {
        const auto minutes = static_cast<int>(std::lround(value * 60));
        return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
    }
    default:
        return fmt::format("{:.3g}", value);
    }
}

std::string opening(const CalibrateReport& report, const Style& style)
{
    const Study& study = report.file->study;
    const bool abc = study.calibration->method == FitMethod::abc_smc;
    return style.bold(study.title.empty() ? study.name : study.title) + "\n" +
           style.dim(fmt::format("{} fitted to {} by {}, {}, seed {}",
                                 counted(study.parameters.size(), "parameter"),
                                 counted(report.targets.size(), "recorded number"),
                                 abc ? "ABC-SMC" : "synthetic likelihood with MCMC",
                                 counted(report.trials, "trial"), study.seed)) +
           "\n";
}

std::string generations_text(const CalibrateReport& report, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {
        {"generation", "tolerance", "trials", "acceptance", "effective size"}};
    for (std::size_t g = 0; g < report.posterior.generations.size(); ++g) {
        const Generation& generation = report.posterior.generations[g];
        rows.push_back({g == 0 ? "prior" : std::to_string(g),
                        g == 0 ? "-" : fmt::format("{:.2f}", generation.tolerance),
                        std::to_string(generation.trials), percent(generation.acceptance),
                        fmt::format("{:.0f}", generation.effective)});
    }
    return heading(style, "How the fit went") + table(rows, style);
}

std::string chains_text(const CalibrateReport& report, const Style& style)
{
    std::string text = heading(style, "How the fit went");
    double worst = 1, least = never;
    for (const ParameterPosterior& p : report.posterior.parameters) {
        worst = std::max(worst, p.r_hat);
        least = std::min(least, p.effective);
    }
    std::string shares;
    for (const double acceptance : report.posterior.acceptances)
        shares += (shares.empty() ? "" : ", ") + percent(acceptance);
    text += fmt::format("  proposals taken, by chain: {}\n  largest split R-hat {:.3f}, smallest "
                        "effective size {:.0f}\n",
                        shares, worst, least);
    constexpr double converged = 1.05;
    if (worst > converged)
        text += style.warn("  the chains disagree: raise calibrate.iterations") + "\n";
    return text;
}

std::string parameters_text(const CalibrateReport& report, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {
        {"parameter", "prior (90 %)", "median", "posterior (90 %)", "learned", "verdict"}};
    const auto range = [](const StudyParameter& p, const std::vector<double>& q) {
        return parameter_text(p, q[p05]) + " - " + parameter_text(p, q[p95]);
    };
    for (std::size_t k = 0; k < report.posterior.parameters.size(); ++k) {
        const StudyParameter& parameter = report.file->study.parameters[k];
        const ParameterPosterior& p = report.posterior.parameters[k];
        rows.push_back({parameter.name, range(parameter, p.prior),
                        parameter_text(parameter, p.quantiles[median]),
                        range(parameter, p.quantiles), percent(std::max(0.0, p.shrinkage)),
                        identified_names()[static_cast<std::size_t>(p.identified)]});
    }
    std::string text = heading(style, "What the record tells") + table(rows, style);
    for (std::size_t k = 0; k < report.posterior.parameters.size(); ++k)
        if (const std::string sentence = tie_sentence(report, k); !sentence.empty())
            text += wrapped(sentence, text_width, 2);
    return text + style.dim(wrapped("Learned: how much narrower the posterior is than the prior "
                                    "(1 - ratio of standard deviations, of ranks in the prior). "
                                    "Identified from 50 %, partly from 25 %.",
                                    text_width, 2));
}

std::string record_text(const CalibrateReport& report, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {
        {"record", "recorded", "median", "80 %", "95 %", "inside"}};
    std::size_t fitted = 0, in_80 = 0, in_95 = 0;
    for (const PredictedNumber& n : report.predictive.numbers) {
        if (!n.fit)
            continue;
        const auto value = [&](double number) { return value_text(n.unit, number); };
        const std::string& scenario = report.file->study.scenarios[n.scenario].name;
        const std::string name =
            n.time > 0 ? fmt::format("{} at {:.2f} h", n.name, n.time) : n.name;
        rows.push_back({report.file->scenarios.size() > 1 ? scenario + ": " + name : name,
                        value(n.value), value(n.quantiles[median]),
                        value(n.quantiles[p10]) + " - " + value(n.quantiles[p90]),
                        value(n.quantiles.front()) + " - " + value(n.quantiles.back()),
                        n.inside_80()   ? "80 %"
                        : n.inside_95() ? "95 %"
                                        : "no"});
        ++fitted;
        in_80 += n.inside_80();
        in_95 += n.inside_95();
    }
    return heading(style, fmt::format("Runs of {}",
                                      counted(report.posterior.draws.size(), "posterior draw"))) +
           table(rows, style) +
           fmt::format("  {} of {} lie inside the 80 % interval, {} inside 95 %\n", in_80, fitted,
                       in_95);
}

} // namespace

std::string tie_sentence(const CalibrateReport& report, std::size_t parameter)
{
    const ParameterPosterior& p = report.posterior.parameters[parameter];
    const auto& all = report.file->study.parameters;
    // Of two that are tied to each other the first speaks.
    const bool told =
        report.posterior.parameters[p.partner].partner == parameter && p.partner < parameter;
    if (std::abs(p.correlation) < tied_above || told)
        return {};
    return fmt::format("{} and {} are tied (correlation {:.2f}): the record tells {} better than "
                       "either.",
                       all[parameter].name, all[p.partner].name, p.correlation,
                       p.correlation > 0 ? "their difference" : "their sum");
}

std::string text_of(const CalibrateReport& report)
{
    const Style style;
    const bool abc = report.file->study.calibration->method == FitMethod::abc_smc;
    std::string text = opening(report, style);
    text += abc ? generations_text(report, style) : chains_text(report, style);
    text += parameters_text(report, style) + record_text(report, style);
    if (report.predictive.failed > 0)
        text +=
            style.warn(fmt::format("  {} runs of draws failed", report.predictive.failed)) + "\n";
    return text + "\n" + style.dim("fingerprint " + hex(report.fingerprint)) + "\n";
}

} // namespace walkout::cli
