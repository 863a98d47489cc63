#include "sim/cli/study_options.hpp"

#include "sim/cli/version.hpp"
#include "sim/io/quantity.hpp"
#include "sim/program/command_line.hpp"

#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr const char* sensitivity_footer = R"(Examples:
  walkout sensitivity results/why_did_they_rally
  walkout sensitivity results/why_did_they_rally --measure peak_signed_share --measure returned

What is told depends on the design of the study:
  saltelli                 Sobol indices: the share of a measure's variance that a parameter has
                           alone (first order) and with all its interplay (total)
  morris                   screening: mu, mu*, sigma, and a word: negligible, linear, nonlinear or
                           interacting, undecided
  latin_hypercube, sobol   a surface (polynomial chaos or kriging) with its cross-validated error Q2,
                           and Sobol indices from it; none where Q2 is below 0.5
  grid, one_at_a_time      main effects: the mean at each value, and the range of the means
Indices are of the mean over luck; the variance that luck has is told apart. Intervals are 95 %. A
time that never came counts as the horizon. A partly finished study is analyzed as far as it is.

Writes sensitivity.json (--out), the object that --json prints:
  study title version design seed bootstrap runs failed missing parameters[] findings[]
  measures[]: measure scenario unit meaning kind runs failed never horizon replicates points
    variance {parameters,luck,shared_luck}: in squared units; luck is null with one replicate
    findings[]                     sentences that the intervals bear
    refused                        why there is no answer; null: there is one
    kind sobol: rows {all,made,used} explained additive {value,low,high}
      parameters[] {name, first, total {value,low,high,luck,bounds}}: luck is the half-width that
      luck adds, bounds the least and largest whatever the failed runs would have given
    kind morris: trajectories {all,used}; parameters[] {name, mu, mu_star, sigma {value,low,high},
      noise, word}
    kind surrogate: surface terms q2 {value,low,high} q2_limit; parameters[] {name, first, total}
    kind main_effect: parameters[] {name, range {value,low,high}, levels[] {value, points, mean}})";

/// A whole number in a range.
std::size_t whole(const std::string& option, const std::string& text, std::size_t low,
                  std::size_t high)
{
    const auto reading = io::read_whole(text);
    if (!reading.value || *reading.value < static_cast<std::int64_t>(low) ||
        *reading.value > static_cast<std::int64_t>(high))
        throw CLI::ValidationError(
            option, fmt::format("'{}' is not a whole number from {} to {}", text, low, high));
    return static_cast<std::size_t>(*reading.value);
}

void add_sensitivity(CLI::App& app, SensitivityOptions& o)
{
    constexpr std::size_t most_samples = 100'000;
    constexpr std::size_t most_seed = 999'999'999'999'999'999;
    CLI::App& s =
        *app.add_subcommand("sensitivity", "Say which parameters of a study matter, and how much");
    s.add_option("folder", o.folder, "Folder of the study, or its store")->required();
    s.add_option("--measure", o.measures,
                 "Only this measure or outcome; may be repeated (default: all)")
        ->type_name("M")
        ->allow_extra_args(false);
    s.add_option("--out", o.out, "File for the JSON (default: sensitivity.json beside the store)")
        ->type_name("FILE");
    s.add_flag("--surrogate", o.surrogate,
               "Fit a surface to points A and B of a Saltelli design instead");
    s.add_option_function<std::string>(
         "--bootstrap",
         [&o](const std::string& text) {
             o.bootstrap = whole("--bootstrap", text, 100, most_samples);
         },
         "Samples of the intervals, 100 to 100000 (default 1000)")
        ->type_name("N");
    s.add_option_function<std::string>(
         "--seed", [&o](const std::string& text) { o.seed = whole("--seed", text, 0, most_seed); },
         "Seed of the intervals (default: the study's)")
        ->type_name("N");
    s.add_flag("--json", o.json, "Print one JSON object instead of text");
    s.footer(sensitivity_footer);
}

} // namespace

StudyOptions parse_study_options(int argc, char** argv)
{
    CLI::App app("Walkout: what the runs of a study say.", "walkout");
    SensitivityOptions sensitivity;
    add_sensitivity(app, sensitivity);
    if (const auto text = program::parse_words(app, version, argc, argv))
        return *text;
    return sensitivity;
}

} // namespace walkout::cli
