#include "render/report/compare_data.hpp"

#include "render/chart_kit.hpp"
#include "render/report/json_file.hpp"
#include "render/report/quantity.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace walkout::report {

namespace {

/// Null stands for a time that never came.
double time_in(const Json& json)
{
    return json.is_null() ? never : json.get<double>();
}

std::size_t outcome_of(const std::string& name)
{
    const auto found = std::ranges::find(outcome_names, name);
    return static_cast<std::size_t>(found - outcome_names.begin()) % outcome_names.size();
}

Fan fan_in(const Json& scenario)
{
    Fan fan{.runs = scenario.at("runs"), .people = scenario.at("headcount")};
    set_clock(fan, scenario.at("start"));
    const Json& points = scenario.at("fan");
    if (points.size() < 2)
        return fan;
    fan.every = points.at(1).at("time").get<double>() - points.at(0).at("time").get<double>();
    FanGroup group{.runs = fan.runs, .share = 1};
    for (const Json& point : points)
        for (std::size_t level = 0; level < group.names.size(); ++level)
            group.names[level].push_back(point.at(level < 3   ? "p05"
                                                  : level > 3 ? "p95"
                                                              : "median"));
    fan.groups.push_back(std::move(group));
    return fan;
}

ComparedScenario scenario_in(const Json& json, const std::vector<ComparedMeasure>& measures)
{
    ComparedScenario scenario{.words = render::readable(json.at("name").get<std::string>()),
                              .file = json.at("file"),
                              .fingerprint = json.at("fingerprint"),
                              .runs = json.at("runs"),
                              .failed = json.at("failed"),
                              .fan = fan_in(json)};
    for (const auto& [name, share] : json.at("outcomes").items())
        scenario.outcomes[outcome_of(name)] = share;
    for (const ComparedMeasure& measure : measures)
        scenario.medians.push_back(time_in(json.at("measures").at(measure.name).at("median")));
    return scenario;
}

std::string divergence_in(const Json& json)
{
    if (json.is_null())
        return "In the typical run nobody acts otherwise.";
    const std::string kind = json.at("kind");
    const std::string who =
        kind == "person" ? fmt::format("person {} of {} acts otherwise", json.at("person").dump(),
                                       json.at("department").get<std::string>())
        : kind == "director" ? json.at("director").get<std::string>() + " decides otherwise"
                             : "the settlement comes otherwise";
    const auto hour = [&](const char* key) { return quantity("hours", time_in(json.at(key))); };
    return fmt::format("In the typical run the first to differ, at {}: {} (after {} in the first, "
                       "{} in this).",
                       quantity("hours", json.at("time")), who, hour("first"), hour("second"));
}

void read_flips(ComparedContrast& contrast, const Json& flips)
{
    if (flips.is_null())
        return;
    contrast.flips = flips.at("mean");
    for (const Json& d : flips.at("departments"))
        contrast.departments.push_back({d.at("name"), d.at("headcount"), d.at("share")});
    std::ranges::stable_sort(contrast.departments, std::greater<>{}, &DepartmentFlip::share);
}

ComparedContrast contrast_in(const Json& json, const CompareData& data)
{
    ComparedContrast contrast{.scenario = data.contrasts.size() + 1,
                              .pairs = json.at("pairs"),
                              .ceiling = json.at("ceiling"),
                              .divergence = divergence_in(json.at("divergence")),
                              .same_luck = json.value("same_luck", true),
                              .same_people = json.at("same_people")};
    for (const ComparedMeasure& measure : data.measures)
        contrast.differences.push_back(estimate_in(json.at("differences").at(measure.name)));
    for (const auto& [name, difference] : json.at("outcome_differences").items())
        contrast.outcomes[outcome_of(name)] = estimate_in(difference);
    for (const auto& [from, row] : json.at("outcome_flow").items())
        for (const auto& [to, runs] : row.items())
            contrast.flow.push_back({outcome_of(from), outcome_of(to), runs});
    std::ranges::stable_sort(contrast.flow, std::greater<>{}, &OutcomeChange::runs);
    read_flips(contrast, json.at("flips"));
    return contrast;
}

std::string command_in(const Json& all)
{
    std::string command = "walkout compare";
    for (const Json& scenario : all.at("scenarios"))
        command += " " + scenario.at("file").get<std::string>();
    for (const Json& setting : all.at("overrides"))
        command += " --set " + setting.get<std::string>();
    return command + fmt::format(" --replicates {} --seed {}", all.at("replicates").dump(),
                                 all.at("seed").dump());
}

/// Their titles where they tell the scenarios apart; of a variant what it adds to the first one's.
void call_by_titles(std::vector<ComparedScenario>& scenarios, const Json& all)
{
    std::vector<std::string> titles;
    for (const Json& scenario : all)
        titles.push_back(scenario.at("title"));
    const std::set<std::string> different(titles.begin(), titles.end());
    if (different.size() < titles.size() || different.contains(""))
        return;
    const std::string start = titles[0] + ", ";
    for (std::size_t k = 0; k < scenarios.size(); ++k)
        scenarios[k].words =
            titles[k].starts_with(start) ? capitalized(titles[k].substr(start.size())) : titles[k];
}

CompareData data_in(const Json& all)
{
    CompareData data{.version = all.at("version"),
                     .seed = all.at("seed").dump(),
                     .command = command_in(all),
                     .replicates = all.at("replicates")};
    for (const auto& [name, measure] : all.at("scenarios").at(0).at("measures").items())
        data.measures.push_back({name, render::readable(name), measure.at("unit")});
    for (const Json& scenario : all.at("scenarios"))
        data.scenarios.push_back(scenario_in(scenario, data.measures));
    call_by_titles(data.scenarios, all.at("scenarios"));
    for (const Json& contrast : all.at("contrasts"))
        data.contrasts.push_back(contrast_in(contrast, data));
    return data;
}

} // namespace

CompareData read_comparison(const std::string& path)
{
    return read_report(path, "compare", data_in);
}

} // namespace walkout::report
