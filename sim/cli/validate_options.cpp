#include "sim/cli/option_parts.hpp"

namespace walkout::cli {

namespace {

constexpr const char* footer = R"(Examples:
  walkout validate scenarios/studies/library.yaml
  walkout validate scenarios/studies/library.yaml --points 256 --no-coding-error

Leave-one-out over a library of recorded crises. The study names a folder (library: ..) or scenarios;
a case is a scenario of its own with a record that has a point with fit: yes, or with an outcome.
Drop a file into the folder and it takes part. The study's parameters are the mechanisms that all cases
share, their values are priors, its design draws points (sobol or latin_hypercube).

One pool of runs serves all cases. Every run moves each coded number by up to half a step of the
rubric. For each case the points are weighed by how well all other cases agree with their last
recorded count (without one, with their outcome), given an error of the model itself that differs by
case; the prediction is the mixture of the case's own runs under these weights. Later points follow
what the records say so far.
The class of an outcome rests on the share at that count, since nobody knows what it was later; a return
counts up to the horizon.
Three baselines predict the same way: the mean share of the others, the case before in time, and a
ridge regression on seven coded inputs and the size of the group.

Every run is stored in --out (validation.sqlite). Whatever ends the program, the same command goes on
where it stopped and comes to the same numbers, with any number of threads.

Writes to --out (default results/validation/), each file whole or not at all:
  validation.json  the object that --json prints
  predictions.csv  case,predictor, interval ends as shares, scores, chances of the outcomes
  cases.csv        case, record, effective points, what would have to be coded otherwise, inputs
  report.html      the page: see `walkout report --help`

JSON (--json): study file title version seed points replicates people coding_error runs failed
fingerprint effective_points
  findings[]           sentences that the numbers bear
  scores.<predictor>   {shares,interval_score,crps,interval_score_points,crps_points,inside,outcomes,
                       outcomes_right,brier}: means; in logits, _points in points of the share
  cases[]              {name,title,headcount,people,recorded,outcome,effective_points,enough_points,
                       failed,miss,features}
    by.<predictor>     {share {median,intervals.<level> {low,high,inside},scores}, chances, likeliest,
                       outcome_right, brier}
    coding[]           {path,step,factor,slope,error,steps_needed}: logits per step of the rubric
  mechanisms[]         {name,p05,median,p95,shrinkage}, all records seen
  discrepancy          {prior_scale,median} of the model's own error, logits)";

/// A range that the help tells in words.
CLI::Validator between(std::uint64_t low, std::uint64_t high)
{
    return CLI::Range(low, high).description("");
}

} // namespace

void add_validate(CLI::App& app, ValidateOptions& o)
{
    CLI::App& validate = *app.add_subcommand(
        "validate", "Predict each recorded crisis from the others, and score it");
    validate.add_option("study", o.study, "Study of a library (YAML)")->required();
    validate.add_option("--seed", o.seed, "Seed of all chance (default: the study's)")
        ->type_name("N")
        ->check(whole_number);
    validate.add_option("--points", o.points, "Points of the priors (default: the study's)")
        ->type_name("N")
        ->check(whole_number)
        ->check(between(8, 10'000'000));
    validate
        .add_option("--replicates", o.replicates,
                    "Runs of each case at a point, 1 to 1000 (default: the study's)")
        ->type_name("R")
        ->check(whole_number)
        ->check(between(1, 1000));
    validate
        .add_option("--people", o.people,
                    "Run larger organizations with so many people (default 1000)")
        ->type_name("N")
        ->check(whole_number)
        ->check(between(50, 2'000'000));
    validate.add_flag_callback(
        "--no-coding-error", [&o] { o.coding_error = false; }, "Take every coded number as exact");
    add_jobs(validate, o.jobs);
    validate.add_option("--out", o.out, "Folder for the results (default: results/validation)")
        ->type_name("DIR");
    add_new(validate, o.start_over);
    add_json(validate, o.json);
    validate.footer(footer);
}

} // namespace walkout::cli
