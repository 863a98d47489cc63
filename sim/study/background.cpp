#include "sim/study/background.hpp"

#include "sim/core/measures.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace walkout {

namespace {

using Json = nlohmann::json;

bool is_outcome(const std::string& name)
{
    return std::ranges::find(outcome_names, name) != outcome_names.end();
}

/// JSON has no NaN: null.
Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

double number(const Json& value)
{
    return value.is_null() ? own_value : value.get<double>();
}

Json json_of(const RecordPoint& point)
{
    return {{"time", point.time},
            {"count", point.count},
            {"low", point.low},
            {"high", point.high},
            {"fit", point.fit}};
}

Json json_of(const ScenarioBackground& scenario)
{
    Json record = Json::array();
    for (const RecordPoint& point : scenario.record)
        record.push_back(json_of(point));
    return {{"name", scenario.name},           {"title", scenario.title},
            {"start", scenario.start},         {"horizon", scenario.horizon},
            {"headcount", scenario.headcount}, {"leader", scenario.leader},
            {"in_office", scenario.in_office}, {"record", record}};
}

Json json_of(const StudyParameter& p)
{
    return {{"name", p.name},
            {"paths", p.paths},
            {"change", io::change_names()[static_cast<std::size_t>(p.change)]},
            {"own", number(p.own)},
            {"unit", static_cast<int>(p.unit)},
            {"flag", p.flag},
            {"whole", p.whole}};
}

ScenarioBackground scenario_from(const Json& json)
{
    ScenarioBackground s{.name = json.at("name"),
                         .title = json.at("title"),
                         .start = json.at("start"),
                         .horizon = json.at("horizon"),
                         .headcount = json.at("headcount"),
                         .leader = json.at("leader"),
                         .in_office = json.at("in_office")};
    for (const Json& point : json.at("record")) {
        RecordPoint p;
        p.time = point.at("time");
        p.count = point.at("count");
        p.low = point.at("low");
        p.high = point.at("high");
        p.fit = point.at("fit");
        s.record.push_back(p);
    }
    return s;
}

StudyParameter parameter_from(const Json& json)
{
    StudyParameter p{.name = json.at("name"), .paths = json.at("paths")};
    const auto& changes = io::change_names();
    const auto change = std::ranges::find(changes, json.at("change").get<std::string>());
    p.change = static_cast<ChangeKind>(change - changes.begin());
    p.own = number(json.at("own"));
    p.unit = static_cast<io::Unit>(json.at("unit").get<int>());
    p.flag = json.at("flag");
    p.whole = json.at("whole");
    return p;
}

} // namespace

std::string headline_of(const Study& study)
{
    if (!study.replicates.measure.empty())
        return study.replicates.measure;
    const auto outcome = std::ranges::find_if(study.measures, is_outcome);
    if (outcome != study.measures.end())
        return *outcome;
    const bool all = study.measures.size() >= measure_infos().size();
    return study.measures.empty() || all ? std::string(outcome_names[0]) : study.measures.front();
}

StudyBackground background_of(const io::StudyFile& file)
{
    const Study& study = file.study;
    StudyBackground background{.file = file.path,
                               .summary = study.summary,
                               .parameters = study.parameters,
                               .common_luck = study.common_luck,
                               .headline = headline_of(study)};
    for (std::size_t s = 0; s < study.scenarios.size(); ++s) {
        const Scenario& scenario = file.scenarios[s]->file().scenario;
        background.scenarios.push_back(
            {.name = study.scenarios[s].name,
             .title = scenario.title,
             .start = scenario.start,
             .horizon = scenario.horizon,
             .headcount = scenario.organization.headcount,
             .leader = scenario.leaders[index_of(Pole::plus)].role,
             .in_office = scenario.leaders[index_of(Pole::plus)].in_office,
             .record = scenario.record});
    }
    return background;
}

std::string to_json(const StudyBackground& background)
{
    Json scenarios = Json::array(), parameters = Json::array();
    for (const ScenarioBackground& scenario : background.scenarios)
        scenarios.push_back(json_of(scenario));
    for (const StudyParameter& parameter : background.parameters)
        parameters.push_back(json_of(parameter));
    return Json{{"file", background.file},
                {"summary", background.summary},
                {"scenarios", scenarios},
                {"parameters", parameters},
                {"common_luck", background.common_luck},
                {"headline", background.headline}}
        .dump();
}

StudyBackground background_from_json(const std::string& text)
{
    try {
        const Json json = Json::parse(text);
        StudyBackground background{.file = json.at("file"),
                                   .summary = json.at("summary"),
                                   .common_luck = json.at("common_luck"),
                                   .headline = json.at("headline")};
        for (const Json& scenario : json.at("scenarios"))
            background.scenarios.push_back(scenario_from(scenario));
        for (const Json& parameter : json.at("parameters"))
            background.parameters.push_back(parameter_from(parameter));
        return background;
    } catch (const Json::exception& error) {
        throw std::invalid_argument(std::string("no background of a study: ") + error.what());
    }
}

} // namespace walkout
