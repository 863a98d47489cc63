#include "sim/cli/options.hpp"

#include "sim/cli/version.hpp"
#include "sim/io/did_you_mean.hpp"
#include "sim/io/problems.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace walkout::cli {

namespace {

constexpr const char* footer = R"(Examples:
  walkout run scenarios/openai_2023.yaml
  walkout run scenarios/openai_2023_no_offer.yaml --replicates 500
  walkout explain scenarios/openai_2023.yaml --person 12

Exit codes:
  0 done   1 a check failed   2 wrong input   3 some runs failed, the rest are complete
  4 refused by a limit   5 input or output failed   69 something outside is missing
  70 internal error   130 interrupted, 143 terminated   141 the reader of the output went away

`./walkout test` (from a checkout) builds and runs the test suite.)";

constexpr const char* run_footer = R"(Examples:
  walkout run scenarios/letter.yaml
  walkout run scenarios/openai_2023.yaml --set people.allegiance_mean=0.3 --json
  walkout run scenarios/openai_2023.yaml --trace

Writes to --out (default results/<scenario>/), each file whole or not at all:
  counts.csv       replicate,time,stance,count      time in hours since the start, every hour
  changes.csv      every change of stance of one run, with the terms that were compared
  summary.json     the object that --json prints
  provenance.json  command, resolved scenario, seed, version, fingerprints: see `reproduce`
  run.trace        with --trace: the whole history of the run in changes.csv, to be played

JSON (--json): scenario title version seed replicates failed fingerprint
  outcomes.<class>            share of runs; the classes sum to 1
  outcome_intervals.<class>   {share,low,high}: 95 % (Wilson)
  measures.<name>             {median,p05,p95,unit}; null: not within the horizon
  record[]                    {time,local_time,recorded,low,high,median,p05,p95,fit}; time in hours
  directors[]                 {name,gave_way,median,p05,p95}; hours since the start
  departments[]               {name,headcount,median,p05,p95} of the share that signed
  fan[]                       {time,median,p05,p95} of the signatures
  typical_replicate           the run nearest to the middle of all
  twin, against               the same run without peers, and the scenario compared with:
    outcomes, measures and differences.<name> {mean,low,high,larger,smaller}, paired by seed,
    this minus that; a time that never came counts as the horizon. differences_without_peers
    in `against`: the same between the twins of both)";

void add_input(CLI::App& command, Input& input)
{
    command.add_option("scenario", input.scenario, "Scenario file (YAML); - reads standard input")
        ->required();
    command
        .add_option("--set", input.overrides,
                    "Override a value, e.g. people.vigil=30%; may be repeated")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
}

/// CLI11 would wrap -5 into a huge number, and its own words are for programmers.
std::string whole_number(const std::string& text)
{
    const bool digits = !text.empty() && text.size() < 20 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "" : fmt::format("'{}' is not a whole number from 0", text);
}

void take_act(std::optional<Rung>& act, const std::string& text)
{
    if (text != "post" && text != "sign" && text != "leave")
        throw CLI::ValidationError("--act",
                                   fmt::format("'{}' is no act: write post, sign or leave", text));
    act = text == "post" ? Rung::post : text == "sign" ? Rung::sign : Rung::leave;
}

template <class T> void add_seed(CLI::App& command, std::optional<T>& seed)
{
    command.add_option("--seed", seed, "Seed of all chance (default: the scenario's)")
        ->type_name("N")
        ->check(whole_number);
}

void add_run(CLI::App& app, RunOptions& o)
{
    CLI::App& run = *app.add_subcommand("run", "Run a scenario many times and say what happened");
    add_input(run, o.input);
    add_seed(run, o.seed);
    run.add_option("--replicates", o.replicates,
                   "Number of runs (default: the scenario's), 1 to 1000000")
        ->type_name("R")
        ->check(whole_number)
        ->check(CLI::Range(1U, 1000000U));
    run.add_option("--jobs", o.jobs, "Threads (default: all cores)")
        ->type_name("N")
        ->check(whole_number);
    run.add_option("--out", o.out, "Folder for the results (default: results/<scenario>)")
        ->type_name("DIR");
    run.add_option("--against", o.against,
                   "Compare with this scenario, paired by seed (default: the base)")
        ->type_name("SCENARIO");
    run.add_option("--changes-of", o.changes_of,
                   "Replicate whose changes are written (default: the typical one)")
        ->type_name("K")
        ->check(whole_number)
        ->each([&o](const std::string&) { o.typical = false; });
    run.add_flag_callback(
        "--no-twin", [&o] { o.twin = false; }, "Leave out the twin without peer influence");
    run.add_flag("--trace", o.trace, "Also write run.trace, for 'walkout play'");
    run.add_flag("--json", o.json, "Print one JSON object instead of text");
    run.footer(run_footer);
}

void add_explain(CLI::App& app, ExplainOptions& o)
{
    CLI::App& explain =
        *app.add_subcommand("explain", "Say why a person acted, and what would have kept them");
    add_input(explain, o.input);
    add_seed(explain, o.seed);
    explain.add_option("--person", o.person, "Id of the person, from 0")
        ->required()
        ->type_name("ID")
        ->check(whole_number);
    explain.add_option("--replicate", o.replicate, "Which run (default 0)")
        ->type_name("K")
        ->check(whole_number);
    explain
        .add_option_function<std::string>(
            "--act", [&o](const std::string& text) { take_act(o.act, text); },
            "post, sign or leave (default: the costliest the person did)")
        ->type_name("ACT");
    explain.add_flag("--json", o.json, "Print one JSON object instead of text");
    explain.footer("Examples:\n  walkout explain scenarios/openai_2023.yaml --person 12\n"
                   "  walkout explain scenarios/letter.yaml --person 3 --act sign --replicate 7");
}

void add_check(CLI::App& app, CheckOptions& o)
{
    CLI::App& check = *app.add_subcommand("check", "Check a scenario and say what it rests on");
    add_input(check, o.input);
    add_seed(check, o.seed);
    check.add_flag("--organization", o.organization, "Build and measure the network of the seed");
    check.add_flag("--json", o.json, "Print one JSON object instead of text");
    check.footer("Examples:\n  walkout check scenarios/openai_2023.yaml\n"
                 "  walkout check scenarios/openai_2023.yaml --organization");
}

void add_small(CLI::App& app, ResolveOptions& resolve, ReproduceOptions& reproduce)
{
    CLI::App& r =
        *app.add_subcommand("resolve", "Write the scenario with all defaults, bases and overrides");
    add_input(r, resolve.input);
    r.footer("Examples:\n  walkout resolve scenarios/openai_2023_no_offer.yaml\n"
             "  walkout resolve scenarios/letter.yaml --set people.vigil=50% > mine.yaml");
    app.add_subcommand("schema", "Write the JSON Schema of scenario files, for editors")
        ->footer("Examples:\n  walkout schema > walkout.schema.json\n  first line of a scenario, "
                 "for editors:\n"
                 "  # yaml-language-server: $schema=walkout.schema.json");
    app.add_subcommand("reference", "Write the reference of all parameters (Markdown)")
        ->footer("Examples:\n  walkout reference\n  walkout reference | grep people");
    CLI::App& again =
        *app.add_subcommand("reproduce", "Run again from provenance.json and compare fingerprints");
    again.add_option("folder", reproduce.folder, "Folder with provenance.json")->required();
    again.add_option("--jobs", reproduce.jobs, "Threads (default: all cores)")
        ->type_name("N")
        ->check(whole_number);
    again.footer("Examples:\n  walkout reproduce results/openai_2023\n  walkout reproduce "
                 "results/letter --jobs 1");
}

struct Parsed {
    RunOptions run;
    ExplainOptions explain;
    CheckOptions check;
    ResolveOptions resolve;
    ReproduceOptions reproduce;
};

Options chosen(const CLI::App& app, const Parsed& parsed)
{
    if (app.got_subcommand("run"))
        return parsed.run;
    if (app.got_subcommand("explain"))
        return parsed.explain;
    if (app.got_subcommand("check"))
        return parsed.check;
    if (app.got_subcommand("resolve"))
        return parsed.resolve;
    if (app.got_subcommand("schema"))
        return SchemaOptions{};
    if (app.got_subcommand("reference"))
        return ReferenceOptions{};
    return parsed.reproduce;
}

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands)
{
    std::vector<std::string> names;
    for (const CLI::App* command : commands)
        names.push_back(command->get_name());
    return names;
}

std::string help_line(const std::string& suggestion, const std::string& command)
{
    return "\n   help: " +
           (suggestion.empty() ? fmt::format("see 'walkout {}--help'", command) : suggestion);
}

/// The first option that the command does not know: the likeliest mistake.
std::string wrong_option(const CLI::App& command, int argc, char** argv)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        names.push_back(option->get_name());
    for (int k = 2; k < argc; ++k) {
        const std::string word = std::string(argv[k]).substr(0, std::string(argv[k]).find('='));
        if (word.starts_with("--") && std::find(names.begin(), names.end(), word) == names.end())
            return io::did_you_mean(word, names);
    }
    return "";
}

/// What to say when the words make no sense: cause and cure.
std::string complaint(const CLI::App& app, const std::string& cause, int argc, char** argv)
{
    const auto commands = names_of(app.get_subcommands([](const CLI::App*) { return true; }));
    const std::string first = argc > 1 ? argv[1] : "";
    if (first.empty())
        return "walkout: error: no command was given" + help_line("", "");
    const bool known = std::find(commands.begin(), commands.end(), first) != commands.end();
    if (!known && !first.starts_with("-"))
        return fmt::format("walkout: error: unknown command '{}'", first) +
               help_line(io::did_you_mean(first, commands), "");
    const std::string nearest = known ? wrong_option(*app.get_subcommand(first), argc, argv) : "";
    return "walkout: error: " + cause + help_line(nearest, known ? first + " " : "");
}

} // namespace

Options parse_options(int argc, char** argv)
{
    CLI::App app("Walkout: a laboratory for organizational crises.", "walkout");
    app.footer(footer);
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("walkout ") + version);
    Parsed parsed;
    add_run(app, parsed.run);
    add_explain(app, parsed.explain);
    add_check(app, parsed.check);
    add_small(app, parsed.resolve, parsed.reproduce);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        const auto asked = app.get_subcommands();
        return ShowText{asked.empty() ? app.help()
                                      : asked.front()->help("walkout", CLI::AppFormatMode::Normal)};
    } catch (const CLI::CallForVersion&) {
        return ShowText{std::string("walkout ") + version + "\n"};
    } catch (const CLI::ParseError& e) {
        throw io::InputError(complaint(app, e.what(), argc, argv));
    }
    return chosen(app, parsed);
}

} // namespace walkout::cli
