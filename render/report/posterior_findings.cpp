#include "render/chart_kit.hpp"
#include "render/report/posterior_page.hpp"
#include "render/report/posterior_words.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

const render::Palette& colors()
{
    return render::palette(render::Theme::light);
}

std::string grouped(std::size_t number)
{
    return render::grouped(static_cast<long>(number));
}

// ---------------------------------------------------------------- the record

/// How many numbers, and how many of these lie inside.
struct Inside {
    std::size_t count = 0, in_80 = 0, in_95 = 0;
};

Inside inside_of(const PosteriorData& data, bool fit)
{
    Inside inside;
    for (const RecordedNumber& number : data.record)
        if (number.fit == fit) {
            ++inside.count;
            inside.in_80 += number.inside_80;
            inside.in_95 += number.inside_95;
        }
    return inside;
}

std::string headline_of(const Inside& fitted)
{
    if (fitted.count == 0)
        return "Nothing recorded was fitted.";
    if (fitted.in_95 < fitted.count)
        return fmt::format("Runs of the posterior miss {} of {} fitted numbers.",
                           fitted.count - fitted.in_95, fitted.count);
    if (fitted.count == 1)
        return fmt::format("The fitted number lies inside the {} % interval.",
                           fitted.in_80 == 1 ? 80 : 95);
    return fmt::format("{} fitted numbers lie inside the {} % interval.",
                       fitted.count == 2 ? "Both" : fmt::format("All {}", fitted.count),
                       fitted.in_80 == fitted.count ? 80 : 95);
}

std::string counts_of(const Inside& inside)
{
    return fmt::format("{} inside the 80 % interval, {} inside the 95 %", inside.in_80,
                       inside.in_95);
}

/// The numbers that the intervals miss, the fitted ones first.
std::string missed_of(const PosteriorData& data)
{
    constexpr std::size_t told = 2;
    std::vector<std::string> missed;
    for (const bool fit : {true, false})
        for (const RecordedNumber& number : data.record)
            if (number.fit == fit && !number.inside_95)
                missed.push_back(fmt::format("{}: {} recorded, {} in 95 % of runs",
                                             words_of(data, number), recorded_words(number),
                                             runs_words(number, p025, p975)));
    if (missed.empty())
        return "";
    std::string text;
    for (std::size_t k = 0; k < std::min(told, missed.size()); ++k)
        text += (k == 0 ? " Outside: " : "; ") +
                (data.scenarios.size() > 1 ? missed[k] : in_sentence(missed[k]));
    if (missed.size() > told)
        text += fmt::format("; {} more", missed.size() - told);
    return text + ".";
}

Statement record_finding(const PosteriorData& data)
{
    const Inside fitted = inside_of(data, true), others = inside_of(data, false);
    std::string text = fmt::format("Of {} fitted: {}.", fitted.count, counts_of(fitted));
    if (others.count > 0)
        text +=
            fmt::format(" Of {} that the fit did not see: {}.", others.count, counts_of(others));
    return {headline_of(fitted), text + missed_of(data),
            fitted.in_95 < fitted.count ? colors().gone : colors().signed_letter};
}

// ---------------------------------------------------------------- the parameters

std::vector<std::string> names_of(const PosteriorData& data, const std::string& verdict)
{
    std::vector<std::string> names;
    for (const FittedParameter& parameter : data.parameters)
        if (parameter.verdict == verdict)
            names.push_back(in_sentence(parameter.words));
    return names;
}

Statement identified_finding(const PosteriorData& data)
{
    const auto well = names_of(data, "identified");
    const auto partly = names_of(data, "partly identified");
    const auto poorly = names_of(data, "not identified");
    const std::string record = data.went_badly() ? "By this bad fit, the record" : "The record";
    const std::string told = !well.empty()     ? listed(well)
                             : !partly.empty() ? "no parameter fully"
                                               : "no parameter";
    const std::string headline = fmt::format("{} identifies {}.", record, told);
    std::string text;
    if (!partly.empty())
        text += fmt::format("Partly: {}. ", listed(partly));
    if (!poorly.empty())
        text += fmt::format("Not: {}, whose {} hardly narrower than {}.", listed(poorly),
                            poorly.size() == 1 ? "posterior is" : "posteriors are",
                            poorly.size() == 1 ? "its prior" : "their priors");
    if (partly.empty() && poorly.empty())
        text = well.size() == 1 ? "Its posterior is at most half as wide as its prior."
                                : "All posteriors are at most half as wide as their priors.";
    return {headline, text, colors().back};
}

std::string pair_words(const PosteriorData& data, const FittedParameter& parameter)
{
    return fmt::format("{} and {}", parameter.words,
                       in_sentence(data.parameters.at(parameter.partner).words));
}

std::string correlation_words(double correlation)
{
    return (correlation < 0 ? std::string(render::minus) : "") +
           fmt::format("{:.2f}", std::abs(correlation));
}

Statement untied_finding(const PosteriorData& data)
{
    const FittedParameter& most =
        *std::ranges::max_element(data.parameters, {}, [](const FittedParameter& parameter) {
            return std::isnan(parameter.correlation) ? 0 : std::abs(parameter.correlation);
        });
    return {"No two parameters are tied.",
            fmt::format("The largest correlation is {}, of {}.",
                        correlation_words(most.correlation), in_sentence(pair_words(data, most))),
            colors().board};
}

Statement tie_finding(const PosteriorData& data)
{
    std::vector<const FittedParameter*> tied;
    for (const FittedParameter& parameter : data.parameters)
        if (parameter.tied)
            tied.push_back(&parameter);
    if (tied.empty())
        return untied_finding(data);
    std::string text;
    for (const FittedParameter* parameter : tied)
        text += fmt::format("{}{}: correlation {}, the record tells their {} better than either.",
                            text.empty() ? "" : " ", pair_words(data, *parameter),
                            correlation_words(parameter->correlation),
                            parameter->correlation > 0 ? "difference" : "sum");
    return {tied.size() == 1 ? pair_words(data, *tied[0]) + " are tied."
                             : counted_words(tied.size(), "pair") + " of parameters are tied.",
            text, colors().board};
}

// ---------------------------------------------------------------- the fit

std::string effective_words(const PosteriorData& data)
{
    return std::isfinite(data.effective())
               ? fmt::format("worth {:.0f} independent draws", data.effective())
               : "worth an unknown number of independent draws";
}

std::string share_words(double share)
{
    return fmt::format("{:.{}f} %", 100 * share, share < 0.1 ? 1 : 0);
}

std::string particles_text(const PosteriorData& data)
{
    if (data.generations.empty())
        return "";
    const FitGeneration& last = data.generations.back();
    return fmt::format("{} after the prior; the last kept the {} of {} trials that came within "
                       "{:.2f} of the record, in spreads of each number.",
                       counted_words(data.generations.size() - 1, "generation"),
                       share_words(last.acceptance), grouped(last.trials), last.tolerance);
}

std::string r_hat_words(double r_hat)
{
    return std::isnan(r_hat) ? "not known" : fmt::format("{:.3f}", r_hat);
}

std::string chains_text(const PosteriorData& data)
{
    std::string text = fmt::format("{}; the largest R-hat is {} ({}).",
                                   counted_words(data.acceptances.size(), "chain"),
                                   r_hat_words(data.slow().r_hat), in_sentence(data.slow().words));
    if (!data.acceptances.empty()) {
        const auto [low, high] = std::ranges::minmax(data.acceptances);
        text += share_words(low) == share_words(high)
                    ? fmt::format(" They took {} of their proposals.", share_words(low))
                    : fmt::format(" They took {} to {} of their proposals.", share_words(low),
                                  share_words(high));
    }
    return text;
}

Statement fit_finding(const PosteriorData& data)
{
    const bool bad = data.went_badly();
    const std::string headline =
        bad ? fmt::format("The fit went badly: {}.",
                          data.chains_disagree() ? "its chains disagree" : effective_words(data))
            : fmt::format("{} trials, {}.", grouped(data.trials), effective_words(data));
    std::string text = data.particles ? particles_text(data) : chains_text(data);
    if (bad)
        text = fmt::format("{} trials, {}. ", grouped(data.trials), effective_words(data)) + text;
    return {headline, text, bad ? colors().gone : colors().third};
}

} // namespace

std::vector<Statement> posterior_findings(const PosteriorData& data)
{
    std::vector<Statement> findings{record_finding(data), identified_finding(data)};
    if (data.parameters.size() > 1)
        findings.push_back(tie_finding(data));
    // What follows from a bad fit is read with that in mind.
    findings.insert(data.went_badly() ? findings.begin() : findings.end(), fit_finding(data));
    return findings;
}

std::string posterior_warning(const PosteriorData& data)
{
    std::string text;
    if (data.chains_disagree())
        text += fmt::format("The chains disagree: R-hat of {} is {}, above {}; the posterior is "
                            "{}. Do not use these numbers; raise calibrate.iterations. ",
                            in_sentence(data.slow().words), r_hat_words(data.slow().r_hat),
                            PosteriorData::most_r_hat, effective_words(data));
    else if (data.few_draws())
        text += fmt::format("The posterior is {}, fewer than {:.0f}: its medians and intervals are "
                            "rough. Raise calibrate.{}. ",
                            effective_words(data), PosteriorData::least_effective,
                            data.particles ? "particles" : "iterations");
    if (data.failed > 0)
        text += fmt::format("{} of the draws' runs failed and {} left out.", grouped(data.failed),
                            data.failed == 1 ? "is" : "are");
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

} // namespace walkout::report
