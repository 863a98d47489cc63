#include "sim/cli/options.hpp"

#include "sim/cli/option_parts.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/cli/version.hpp"
#include "sim/program/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace walkout::cli {

namespace {

constexpr const char* footer = R"(Examples:
  walkout run scenarios/openai_2023.yaml
  walkout run scenarios/openai_2023_no_offer.yaml --replicates 500
  walkout explain scenarios/openai_2023.yaml --person 12
  walkout sweep scenarios/studies/offer_and_board.yaml

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

constexpr const char* sweep_footer = R"(Examples:
  walkout sweep scenarios/studies/offer_and_board.yaml
  walkout sweep scenarios/studies/why_did_they_rally.yaml --dry-run

Runs are stored one by one in --out (default results/<study>/study.sqlite). Whatever ends the
program, the same command goes on where it stopped: nothing stored is lost or made twice. If the
scenario, the study or the program has changed meanwhile it refuses and says what; --new begins
again beside it. What a failed run means is told by the study: on_failure stop, finish (exit code
3) or ignore. Refused without --yes: more than 200000 runs, an hour, or 2 GB.

At its end it writes report.html beside the store: see `walkout report --help`.

On several machines: --shard 1/8 to --shard 8/8, each into the same folder, then --merge; or
mpirun -n 8 walkout-mpi sweep STUDY, see `walkout-mpi --help`.

JSON (--json): study store points scenarios runs stored failed complete fingerprint outcomes.<class>;
with --run: run scenario point replicate seed parameters measures outcome fingerprint error overrides)";

constexpr const char* export_footer = R"(Examples:
  walkout export-study results/offer_and_board
  walkout export-study results/offer_and_board --curves --no-netcdf --out /tmp/tables

Writes, each file whole or not at all:
  runs.csv    one line per run: parameters, measures, outcome, fingerprint, error
  curves.csv  with --curves: one line per run and time: signed, posted, gone
  study.nc    NetCDF-4: the same by point (or by parameter, for a grid), replicate and time)";

void take_act(std::optional<Rung>& act, const std::string& text)
{
    if (text != "post" && text != "sign" && text != "leave")
        throw CLI::ValidationError("--act",
                                   fmt::format("'{}' is no act: write post, sign or leave", text));
    act = text == "post" ? Rung::post : text == "sign" ? Rung::sign : Rung::leave;
}

void add_run(CLI::App& app, RunOptions& o)
{
    CLI::App& run = *app.add_subcommand("run", "Run a scenario many times and say what happened");
    add_input(run, o.input);
    add_seed(run, o.seed);
    add_replicates(run, o.replicates);
    add_jobs(run, o.jobs);
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
    add_json(run, o.json);
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
    add_json(explain, o.json);
    explain.footer("Examples:\n  walkout explain scenarios/openai_2023.yaml --person 12\n"
                   "  walkout explain scenarios/letter.yaml --person 3 --act sign --replicate 7");
}

void add_check(CLI::App& app, CheckOptions& o)
{
    CLI::App& check = *app.add_subcommand("check", "Check a scenario and say what it rests on");
    add_input(check, o.input);
    add_seed(check, o.seed);
    check.add_flag("--organization", o.organization, "Build and measure the network of the seed");
    add_json(check, o.json);
    check.footer("Examples:\n  walkout check scenarios/openai_2023.yaml\n"
                 "  walkout check scenarios/openai_2023.yaml --organization");
}

void add_small(CLI::App& app, ResolveOptions& resolve, SchemaOptions& schema,
               ReproduceOptions& reproduce)
{
    CLI::App& r =
        *app.add_subcommand("resolve", "Write the scenario with all defaults, bases and overrides");
    add_input(r, resolve.input);
    r.footer("Examples:\n  walkout resolve scenarios/openai_2023_no_offer.yaml\n"
             "  walkout resolve scenarios/letter.yaml --set people.vigil=50% > mine.yaml");
    CLI::App& s =
        *app.add_subcommand("schema", "Write the JSON Schema of scenario files, for editors");
    s.add_flag("--study", schema.study, "That of study files");
    s.footer("Examples:\n  walkout schema > walkout.schema.json\n  first line of a scenario, "
             "for editors:\n"
             "  # yaml-language-server: $schema=walkout.schema.json");
    app.add_subcommand("reference", "Write the reference of all parameters (Markdown)")
        ->footer("Examples:\n  walkout reference\n  walkout reference | grep people");
    CLI::App& again =
        *app.add_subcommand("reproduce", "Run again from provenance.json and compare fingerprints");
    again.add_option("folder", reproduce.folder, "Folder with provenance.json")->required();
    add_jobs(again, reproduce.jobs);
    again.footer("Examples:\n  walkout reproduce results/openai_2023\n  walkout reproduce "
                 "results/letter --jobs 1");
}

/// `3/7`: the third of seven.
void take_shard(SweepOptions& o, const std::string& text)
{
    constexpr std::size_t longest = 4; // digits
    const std::size_t slash = text.find('/');
    const std::string number = text.substr(0, slash);
    const std::string of = slash == std::string::npos ? "" : text.substr(slash + 1);
    const auto is_count = [](const std::string& digits) {
        return !digits.empty() && digits.size() <= longest && whole_number(digits).empty();
    };
    if (is_count(number) && is_count(of)) {
        o.shard = static_cast<unsigned>(std::stoul(number));
        o.shards = static_cast<unsigned>(std::stoul(of));
    }
    if (!is_count(number) || !is_count(of) || o.shard < 1 || o.shard > o.shards)
        throw CLI::ValidationError(
            "--shard", fmt::format("'{}' is no shard: write 3/7 for the third of seven", text));
}

void add_sweep(CLI::App& app, SweepOptions& o)
{
    CLI::App& sweep = *app.add_subcommand("sweep", "Run a study: many points, many replicates");
    sweep.add_option("study", o.study, "Study file (YAML)")->required();
    sweep.add_flag("--dry-run", o.dry_run, "Print the plan and make no run");
    add_jobs(sweep, o.jobs);
    sweep.add_option("--out", o.out, "Folder for the results (default: results/<study>)")
        ->type_name("DIR");
    add_new(sweep, o.start_over);
    sweep.add_option("--stop-after", o.stop_after, "Stop after N more runs; resumable")
        ->type_name("N")
        ->check(whole_number)
        ->check(CLI::PositiveNumber);
    sweep.add_flag("--yes", o.yes, "Begin however large the study is");
    sweep
        .add_option_function<std::string>(
            "--shard", [&o](const std::string& text) { take_shard(o, text); },
            "Only the I-th of N shares of the points")
        ->type_name("I/N");
    sweep.add_flag("--merge", o.merge, "Put the stores of all shards together");
    sweep.add_option("--run", o.run, "Make one run again and show it; nothing is stored")
        ->type_name("K")
        ->check(whole_number);
    sweep.add_flag_callback(
        "--no-page", [&o] { o.page = false; }, "Leave out report.html");
    add_json(sweep, o.json);
    sweep.footer(sweep_footer);
}

void add_export_study(CLI::App& app, ExportStudyOptions& o)
{
    CLI::App& e = *app.add_subcommand("export-study", "Write a study's tables: CSV and NetCDF");
    e.add_option("folder", o.folder, "Folder of the study, or its store")->required();
    e.add_option("--out", o.out, "Folder for the files (default: that of the store)")
        ->type_name("DIR");
    e.add_flag("--curves", o.curves, "Write the curves as CSV too, which is long");
    e.add_flag_callback(
        "--no-netcdf", [&o] { o.netcdf = false; }, "Leave out study.nc");
    e.footer(export_footer);
}

struct Parsed {
    CompareOptions compare;
    AttributeOptions attribute;
    CalibrateOptions calibrate;
    ValidateOptions validate;
    SchemaOptions schema;
    SweepOptions sweep;
    ExportStudyOptions export_study;
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
    if (app.got_subcommand("compare"))
        return parsed.compare;
    if (app.got_subcommand("attribute"))
        return parsed.attribute;
    if (app.got_subcommand("calibrate"))
        return parsed.calibrate;
    if (app.got_subcommand("validate"))
        return parsed.validate;
    if (app.got_subcommand("explain"))
        return parsed.explain;
    if (app.got_subcommand("check"))
        return parsed.check;
    if (app.got_subcommand("resolve"))
        return parsed.resolve;
    if (app.got_subcommand("schema"))
        return parsed.schema;
    if (app.got_subcommand("reference"))
        return ReferenceOptions{};
    if (app.got_subcommand("sweep"))
        return parsed.sweep;
    if (app.got_subcommand("export-study"))
        return parsed.export_study;
    return parsed.reproduce;
}

} // namespace

Options parse_options(int argc, char** argv)
{
    CLI::App app("Walkout: a laboratory for organizational crises.", "walkout");
    app.footer(footer);
    Parsed parsed;
    add_run(app, parsed.run);
    add_compare(app, parsed.compare);
    add_attribute(app, parsed.attribute);
    add_calibrate(app, parsed.calibrate);
    add_validate(app, parsed.validate);
    add_explain(app, parsed.explain);
    add_check(app, parsed.check);
    add_small(app, parsed.resolve, parsed.schema, parsed.reproduce);
    add_sweep(app, parsed.sweep);
    add_export_study(app, parsed.export_study);
    for (const Sibling& sibling : siblings()) // main has handed these over; here for --help
        app.add_subcommand(sibling.command, sibling.about);
    if (const auto text = program::parse_words(app, version, argc, argv))
        return *text;
    return chosen(app, parsed);
}

} // namespace walkout::cli
