#include "sim/core/measures.hpp"
#include "sim/io/study_calibration.hpp"
#include "sim/io/study_file.hpp"

#include <nlohmann/json.hpp>

namespace walkout::io {

namespace {

using Json = nlohmann::ordered_json;

Json described(Json schema, const char* meaning)
{
    schema["description"] = meaning;
    return schema;
}

Json text(const char* meaning)
{
    return {{"description", meaning}, {"type", "string"}};
}

Json whole(const char* meaning, double low, double high)
{
    return {{"description", meaning}, {"type", "integer"}, {"minimum", low}, {"maximum", high}};
}

/// A closed map.
Json map_of(Json properties, const char* meaning, const std::vector<std::string>& required = {})
{
    properties["note"] = text("For people only.");
    Json schema{{"description", meaning},
                {"type", "object"},
                {"properties", std::move(properties)},
                {"additionalProperties", false}};
    if (!required.empty())
        schema["required"] = required;
    return schema;
}

Json map_to(const Json& values, const char* meaning)
{
    return {{"description", meaning}, {"type", "object"}, {"additionalProperties", values}};
}

/// A value of a parameter: which unit it wants depends on its path, so the program checks that.
Json value()
{
    return {{"type", {"number", "string", "boolean"}}};
}

Json list_of(const Json& items, const char* meaning)
{
    return {{"description", meaning}, {"type", "array"}, {"items", items}, {"minItems", 1}};
}

Json settings()
{
    return map_to(value(), "Values for paths of the scenario, before any parameter.");
}

Json scenario()
{
    return {
        {"anyOf",
         {text("A scenario file, relative to the study."),
          map_of({{"file", text("A scenario file, relative to the study.")}, {"set", settings()}},
                 "A scenario with settings of its own.", {"file"})}}};
}

Json steps(const char* meaning)
{
    return map_of({{"from", described(value(), "First value.")},
                   {"to", described(value(), "Last value.")},
                   {"steps", whole("How many values, both ends included; without it all values "
                                   "between may be drawn.",
                                   2, 1e6)}},
                  meaning, {"from", "to"});
}

Json parameter()
{
    Json range = list_of(value(), "Lowest and highest value; all between may be drawn.");
    range["minItems"] = range["maxItems"] = 2;
    Json values = list_of(value(), "Single values.");
    Json schema = map_of(
        {{"path", text("The number or switch that varies, like people.vigil.")},
         {"paths", list_of(text("A path."), "Several that vary together.")},
         {"change",
          {{"description", "What the value does: it replaces each number, multiplies it, or is "
                           "added to it."},
           {"enum", change_names()},
           {"default", "value"}}},
         {"values", values},
         {"range", range},
         {"linear", steps("Values in equal steps.")},
         {"log", steps("Values in equal ratios.")},
         {"triangular", map_of({{"low", value()}, {"mode", value()}, {"high", value()}},
                               "Triangular distribution.", {"low", "mode", "high"})},
         {"normal", map_of({{"mean", value()}, {"sd", value()}},
                           "Normal distribution, cut where the parameter ends.", {"mean", "sd"})},
         {"lognormal",
          map_of({{"median", value()}, {"log_sd", {{"type", "number"}, {"exclusiveMinimum", 0}}}},
                 "Lognormal distribution, cut where the parameter ends.", {"median", "log_sd"})}},
        "Something that varies.");
    return schema;
}

Json sized(const char* key, Json properties, const char* meaning)
{
    return map_of(std::move(properties), meaning, {key});
}

Json design()
{
    const Json points = whole("How many points.", 1, 1e8);
    Json maps = {
        {"grid", map_of(Json::object(), "All combinations of the values.")},
        {"one_at_a_time", map_of(Json::object(), "As it is, then each value of each parameter.")},
        {"list",
         list_of(map_to(value(), "A point: parameters and their values."), "Points one by one.")},
        {"table", text("CSV with one column per parameter, one line per point.")},
        {"latin_hypercube", sized("points", {{"points", points}}, "A Latin hypercube sample.")},
        {"sobol", sized("points", {{"points", points}}, "The Sobol sequence, shifted.")},
        {"saltelli", sized("points", {{"points", points}},
                           "For Sobol indices: base points times (parameters + 2).")},
        {"morris", sized("trajectories",
                         {{"trajectories", whole("How many trajectories.", 1, 1e8)},
                          {"levels", whole("Levels of the grid, even.", 2, 1000)}},
                         "For screening: trajectories times (parameters + 1).")}};
    Json one{{"type", "object"},
             {"properties", maps},
             {"additionalProperties", false},
             {"minProperties", 1},
             {"maxProperties", 1}};
    return {{"description", "Which combinations of values are run."},
            {"default", "grid"},
            {"anyOf", {{{"enum", {"grid", "one_at_a_time"}}}, one}}};
}

std::vector<std::string> measures()
{
    std::vector<std::string> names;
    for (const MeasureInfo& info : measure_infos())
        names.emplace_back(info.name);
    names.insert(names.end(), outcome_names.begin(), outcome_names.end());
    return names;
}

Json replicates()
{
    const Json until =
        map_of({{"measure", {{"description", "Whose mean."}, {"enum", measures()}}},
                {"half_width", described(value(), "Of the mean's 95% interval, in the unit of the "
                                                  "measure.")}},
               "Until the mean of a measure is known well enough.", {"measure", "half_width"});
    return {{"description", "How often each point is run."},
            {"anyOf",
             {whole("So many times.", 1, 1e6),
              map_of({{"until", until},
                      {"at_least", whole("Replicates of every point.", 2, 1e6)},
                      {"at_most", whole("Replicates of any point.", 2, 1e6)}},
                     "As often as needed.", {"until"})}}};
}

Json curves()
{
    return {{"description", "How often a run's counts are kept."},
            {"anyOf",
             {{{"enum", {"none"}}},
              map_of({{"every", text("Time between two points of a curve, like 2h.")}},
                     "At equal times.")}}};
}

Json target()
{
    Json names = Json::array();
    for (const MeasureInfo& info : measure_infos())
        names.push_back(std::string(info.name));
    return map_of({{"scenario", text("Which of several scenarios, by name.")},
                   {"measure", {{"description", "What was recorded."}, {"enum", names}}},
                   {"value", described(value(), "As recorded, in the unit of the measure.")},
                   {"sd", described(value(), "Standard deviation of its error.")}},
                  "A recorded measure, beside the counts of the records.",
                  {"measure", "value", "sd"});
}

Json calibrate()
{
    return map_of(
        {{"method", {{"description", "How the posterior is found."}, {"enum", fit_method_names()}}},
         {"targets", list_of(target(), "Recorded measures to meet.")},
         {"draws", whole("Draws of the posterior that are kept and run.", 10, 1e5)},
         {"particles", whole("ABC-SMC: particles of each generation.", 20, 1e5)},
         {"generations", whole("ABC-SMC: at most so many.", 1, 100)},
         {"keep", described(value(), "ABC-SMC: quantile of the distances that the next generation "
                                     "must beat.")},
         {"least_acceptance",
          described(value(), "ABC-SMC: below it no further generation is begun.")},
         {"chains", whole("Synthetic likelihood: chains.", 2, 64)},
         {"iterations",
          whole("Synthetic likelihood: per chain; the first half is warm-up.", 20, 1e6)},
         {"runs", whole("Synthetic likelihood: runs of each scenario per evaluation.", 2, 1000)}},
        "How parameters, whose distributions are priors, are fitted to the records.", {"method"});
}

} // namespace

std::string study_json_schema()
{
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "Walkout study"}};
    schema.update(map_of(
        {{"title", text("What to call the study.")},
         {"summary", text("One or two sentences for people.")},
         {"scenario", text("The scenario that is varied, relative to the study.")},
         {"scenarios", map_to(scenario(), "Several scenarios by name; each point is run in all.")},
         {"library", text("A folder, relative to the study: all recorded crises in it.")},
         {"set", settings()},
         {"seed", whole("Where chance begins (default: the scenario's).", 0, 1e18)},
         {"common_luck",
          {{"description", "Whether all points share the luck of a replicate, so that differences "
                           "are paired."},
           {"type", "boolean"},
           {"default", true}}},
         {"parameters",
          map_to(parameter(), "What varies, by name; the name may be the path itself.")},
         {"design", design()},
         {"replicates", replicates()},
         {"measures", list_of({{"enum", measures()}}, "What is kept of each run (default: all).")},
         {"curves", curves()},
         {"on_failure",
          {{"description", "What a failed run means for the others."},
           {"enum", policy_names()},
           {"default", "finish"}}},
         {"calibrate", calibrate()}},
        "A study of Walkout."));
    const Json one_scenario = {{"oneOf",
                                {{{"required", {"scenario"}}},
                                 {{"required", {"scenarios"}}},
                                 {{"required", {"library"}}}}}};
    const Json runs_or_fit = {
        {"oneOf", {{{"required", {"replicates"}}}, {{"required", {"calibrate"}}}}}};
    schema["allOf"] = {one_scenario, runs_or_fit};
    return schema.dump(2) + "\n";
}

} // namespace walkout::io
