#include "sim/cli/option_parts.hpp"

namespace walkout::cli {

namespace {

constexpr const char* calibrate_footer = R"(Examples:
  walkout calibrate scenarios/studies/openai_2023_fit.yaml
  walkout calibrate scenarios/studies/openai_2023_fit.yaml --jobs 1 --out /tmp/fit

Fits the parameters of a study, whose distributions are their priors, to the counts of its
scenarios' records with 'fit' yes and to its own targets; see scenarios/README.md, Calibration.
Every trial is stored in --out (default results/<study>/fit.sqlite). Whatever ends the program, the
same command goes on where it stopped and comes to the same posterior, with any number of threads.

Writes, each file whole or not at all:
  posterior.csv   equally weighted draws, one column per parameter: a table for 'design: {table:}'
  posterior.nc    the same with a run of each draw: measures and curves (NetCDF-4)
  posterior.json  the object that --json prints
  fitted.yaml     medians, as a fragment that a scenario can take as 'base:'
  study.sqlite    the runs of the draws: './walkout export-study' writes them as CSV
  report.html     marginals, pairs, what the record tells, and the record beside the runs;
                  its charts stand beside it as figure.svg

JSON (--json): study name title summary method version seed trials draws failed fingerprint
  levels         of all quantiles
  parameters[]   {name,paths,change,unit,prior,posterior,shrinkage,identified,partner,correlation,
                 tie,effective_size,r_hat,density}: quantiles at `levels`; density in 20 slices of
                 equal prior mass
  correlations   matrix of ranks; generations[] of ABC-SMC, acceptances of chains
  record[]       {scenario,name,unit,time,recorded,low,high,fit,quantiles,inside_80,inside_95}
  outcomes.<scenario>.<class>; curves[] {scenario,title,start,headcount,
                 counted,times,quantiles}
  ranks          draws as ranks within the priors, by parameter)";

} // namespace

void add_calibrate(CLI::App& app, CalibrateOptions& o)
{
    CLI::App& calibrate =
        *app.add_subcommand("calibrate", "Fit a study's parameters to what history recorded");
    calibrate.add_option("study", o.study, "Study file (YAML) with 'calibrate:'")->required();
    add_jobs(calibrate, o.jobs);
    calibrate.add_option("--out", o.out, "Folder for the results (default: results/<study>)")
        ->type_name("DIR");
    add_new(calibrate, o.start_over);
    calibrate.add_flag_callback(
        "--no-netcdf", [&o] { o.netcdf = false; }, "Leave out posterior.nc");
    calibrate.add_flag_callback(
        "--no-page", [&o] { o.page = false; }, "Leave out report.html");
    add_json(calibrate, o.json);
    calibrate.footer(calibrate_footer);
}

} // namespace walkout::cli
