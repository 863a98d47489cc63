#include "render/report/options.hpp"

#include "sim/io/did_you_mean.hpp"
#include "sim/io/problems.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace walkout::report {

namespace {

constexpr const char* footer = R"(Examples:
  walkout report results/offer_and_board
  walkout report results/what_decides results/offer_and_investors results/six_stories
  walkout report results/why_did_they_rally

Writes one HTML file (report.html beside the first store): findings, charts, a table, all numbers
folded below. It loads nothing, runs no script and prints on one landscape A4. `sweep` makes it at
its end. Of several studies on one subject, each chart comes from the first that has it: levers from
one_at_a_time, a map from a grid of two, the table from named scenarios. Where they overlap their
numbers must agree. With sensitivity.json beside the store the bars are its total effects.

Of a folder with attribution.json the page says what each factor contributed; its charts stand
beside it as figure.svg, for texts that show pictures only. Of a folder with compare.json it shows
the scenarios side by side, of one with validation.json each recorded crisis beside its prediction.
`attribute`, `compare` and `validate` make their pages at their end.

The measure of a study is a number that the study kept (mean; a time that never came counts as the horizon) or
an outcome: returned mass_exit standoff partial failed_petition no_petition (share of runs).)";

std::string likely_option(const CLI::App& command, int argc, char** argv)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        names.push_back(option->get_name());
    for (int k = 2; k < argc; ++k) {
        const std::string word = std::string(argv[k]).substr(0, std::string(argv[k]).find('='));
        if (word.starts_with("--") && std::ranges::find(names, word) == names.end())
            return io::did_you_mean(word, names);
    }
    return "";
}

} // namespace

Options parse_options(int argc, char** argv)
{
    CLI::App app("Walkout: pages of studies.", "walkout");
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("walkout ") + WALKOUT_VERSION);
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
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return ShowText{app.get_subcommands().empty()
                            ? app.help()
                            : command.help("walkout", CLI::AppFormatMode::Normal)};
    } catch (const CLI::CallForVersion&) {
        return ShowText{std::string("walkout ") + WALKOUT_VERSION + "\n"};
    } catch (const CLI::ParseError& error) {
        const std::string likely = likely_option(command, argc, argv);
        throw io::InputError(fmt::format("walkout: error: {}\n   help: {}", error.what(),
                                         likely.empty() ? "see 'walkout report --help'" : likely));
    }
    return options;
}

} // namespace walkout::report
