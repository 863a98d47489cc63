#include "sim/cli/option_parts.hpp"

#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr const char* compare_footer = R"(Examples:
  walkout compare scenarios/openai_2023.yaml scenarios/openai_2023_no_offer.yaml
  walkout compare scenarios/letter.yaml mine.yaml other.yaml --replicates 500 --json

All scenarios are run with the same seed, and each is compared with the first run by run. The
typical run is that replicate of the first scenario which is nearest to the middle of all.

Writes to --out (default results/<first>_vs_<second>/), each file whole or not at all:
  compare.json     the object that --json prints
  differences.csv  scenario,first,measure,unit,mean,low,high,larger,smaller,median,first_median,pairs
  flips.csv        scenario,first,person,department,runs,pairs,usual,first_usual,typical,first_typical
  report.html      the page: see `walkout report --help`

JSON (--json): version seed replicates overrides first typical_replicate; times in hours
  scenarios[]   {name,file,title,headcount,start,horizon,runs,failed,fingerprint,outcomes,
                outcome_intervals,measures,record,fan} as `run` has them
  contrasts[]   one per scenario but the first:
    scenario pairs ceiling             pairs of runs; what a time that never came counts as
    differences.<measure>              {mean,low,high,larger,smaller}: this minus the first
    outcome_differences.<class>        the same of the share of runs that end so
    outcome_flow.<class>.<class>       of the pairs that end so in the first: ends in this
    script       {time,local_time,event,headline,first,second} of the first event that happens in
                 one typical run only, or elsewhen; null: none
    divergence   {time,local_time,kind,first,second} of what people or board do; kind person adds
                 person, department, first_act, second_act {time,from,to,side,cause}, kind director
                 adds director; null: none
    same_luck    false: one is a branch, so differences hold chance too
    same_people  false: flips and divergence are null, since persons cannot be followed
    flips        {ever,mean,typical,departments[],people[]}: whose furthest act (working, posted,
                 signed, left; _minus for the authority) differs;
      departments[] {name,headcount,share,typical}, people[] the 100 most often
      {person,department,runs,first_usual,second_usual,first_typical,second_typical})";

constexpr const char* attribute_footer = R"(Examples:
  walkout attribute scenarios/openai_2023.yaml
  walkout attribute scenarios/openai_2023.yaml --events job_offer,letter_public
  walkout attribute scenarios/openai_2023.yaml --causes peers,outside_offer
      --factor distrust=mechanisms.inclination.distrust_weight=0
  walkout attribute --study scenarios/studies/what_made_them_rally.yaml

What each factor contributed to peak_signed_share, to the share of runs that end in the return, and
to hours_to_concession (a concession that never came counts as the horizon). Up to 10 factors all
combinations are run: 2^factors runs per replicate. Above, --orders random orders per replicate.
Without --causes, --events and --factor: all causes.

Causes, and what holds without them:
)";

constexpr const char* attribute_footer_end = R"(
A factor of your own is name=path=value[,path=value], the values being those that hold without it.
In a study each parameter is a factor with one value (values: [x]): what holds without it. With
several scenarios each is attributed; files and page are of the first, with the others beside it.

Writes to --out (default results/<scenario>/), each file whole or not at all:
  attribution.json  the object that --json prints
  attribution.csv   measure,unit,factor,kind, then shapley, drop_one, alone, each with _low, _high
  combinations.csv  scenario, 1 (with) or 0 (without) per factor, the mean of each measure; up to
                    10 factors
  report.html       the page, and its charts as figure.svg: see `walkout report --help`

JSON (--json): scenario name file study title summary headcount horizon version seed replicates
  failed overrides fingerprint
  study                  true: the file is a study, else a scenario
  method orders runs     exact or sampled_orders; orders per replicate; runs made
  factors[]              {name,kind,meaning,without[]}: kind cause, event or own
  left_out[]             {name,why}: asked for, but the scenario has nothing to take away
  measures.<name>        {unit,meaning,with_all,with_none,total,factors}
    factors.<name>       {shapley,sampling,drop_one,alone}; estimates are {mean,low,high}, 95 % over
                         replicates; sampling: half-width that is due to sampled orders
  others[]               the same for each further scenario of the study)";

/// The table of causes for the help.
std::string causes_text()
{
    std::string text;
    for (const CauseInfo& info : cause_infos())
        text += fmt::format("  {:<17} {}\n", info.name, info.meaning);
    return text;
}

void add_names(CLI::App& command, const char* option, std::vector<std::string>& names,
               const char* what)
{
    command.add_option(option, names, what)
        ->type_name("NAME,...")
        ->delimiter(',')
        ->allow_extra_args(false);
}

std::string even_number(const std::string& text)
{
    const bool even = whole_number(text).empty() && text.size() < 6 && std::stoul(text) % 2 == 0 &&
                      std::stoul(text) >= 4;
    return even ? "" : fmt::format("'{}' is not an even number from 4 to 99998", text);
}

} // namespace

void add_compare(CLI::App& app, CompareOptions& o)
{
    CLI::App& compare =
        *app.add_subcommand("compare", "Set scenarios side by side, run by run with the same luck");
    compare
        .add_option("scenarios", o.scenarios,
                    "Two or more scenario files (YAML); each is compared with the first")
        ->required()
        ->expected(2, 100);
    add_set(compare, o.overrides);
    add_seed(compare, o.seed);
    add_replicates(compare, o.replicates);
    add_jobs(compare, o.jobs);
    compare
        .add_option("--out", o.out, "Folder for the results (default: results/<first>_vs_<second>)")
        ->type_name("DIR");
    add_json(compare, o.json);
    compare.footer(compare_footer);
}

void add_attribute(CLI::App& app, AttributeOptions& o)
{
    CLI::App& attribute = *app.add_subcommand(
        "attribute", "Say what each event and cause contributed to the outcome");
    add_input(attribute, o.input).required(false);
    attribute
        .add_option("--study", o.study, "Study file whose parameters are the factors, instead")
        ->type_name("STUDY");
    add_names(attribute, "--causes", o.factors.causes, "Causes by name, or all");
    add_names(attribute, "--events", o.factors.events, "Events by name, or all that act");
    attribute.add_option("--factor", o.factors.own, "A factor of your own; may be repeated")
        ->type_name("NAME=PATH=VALUE")
        ->allow_extra_args(false);
    attribute
        .add_option("--orders", o.orders,
                    "Orders per replicate above 10 factors, an even number from 4 (default 8)")
        ->type_name("N")
        ->check(even_number);
    add_seed(attribute, o.seed);
    add_replicates(attribute, o.replicates);
    add_jobs(attribute, o.jobs);
    attribute.add_option("--out", o.out, "Folder for the results (default: results/<scenario>)")
        ->type_name("DIR");
    add_json(attribute, o.json);
    attribute.footer(attribute_footer + causes_text() + attribute_footer_end);
}

} // namespace walkout::cli
