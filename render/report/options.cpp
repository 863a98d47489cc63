#include "render/report/options.hpp"

#include "sim/program/command_line.hpp"

#include <CLI/CLI.hpp>

namespace walkout::report {

namespace {

constexpr const char* footer = R"(Examples:
  walkout report results/offer_and_board
  walkout report results/what_decides results/offer_and_investors results/six_stories
  walkout report results/why_did_they_rally

Writes one HTML file (report.html beside the first store): findings, charts, a table, all numbers
folded below. It loads nothing, runs no script and prints on one landscape A4. `sweep` makes it at
its end. Of several studies on one subject, each chart comes from the first that has it: levers from
one_at_a_time, a map from a grid of two, triangles from three parameters that sum to 1 at every
point, the table from named scenarios. Where they overlap their numbers must agree. A measure in
hours shows the share of runs that still wait. With sensitivity.json beside the store the bars are
its total effects.

Of a folder with attribution.json the page says what each factor contributed; its charts stand
beside it as figure.svg, for texts that show pictures only. Of a folder with compare.json it shows
the scenarios side by side. Of a folder with posterior.json it says what the record tells about the
parameters, with figure.svg beside it, and prints on two sheets; of one with validation.json it sets
each recorded crisis beside its prediction. `attribute`, `compare`, `calibrate` and `validate` make
their pages at their end.

The measure of a study is a number that the study kept (mean; a time that never came counts as the horizon) or
an outcome: returned mass_exit standoff partial failed_petition no_petition (share of runs).)";

} // namespace

Options parse_options(int argc, char** argv)
{
    CLI::App app("Walkout: pages of studies.", "walkout");
    ReportOptions options;
    CLI::App& command = *app.add_subcommand("report", "Write the page of a study");
    command.add_option("folder", options.folders, "Folders of studies, or their stores")
        ->required();
    command.add_option("--out", options.out, "The page (default: report.html in the first folder)")
        ->type_name("FILE");
    command
        .add_option("--measure", options.measure,
                    "What the page is about (default: the first outcome or measure of the study)")
        ->type_name("NAME");
    command.footer(footer);
    if (const auto text = program::parse_words(app, WALKOUT_VERSION, argc, argv))
        return *text;
    return options;
}

} // namespace walkout::report
