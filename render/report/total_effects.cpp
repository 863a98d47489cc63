#include "render/report/levers.hpp"

#include "render/report/json_file.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <filesystem>

namespace walkout::report {

namespace {

/// `{value, low, high}`, or a bare number without interval.
Estimate estimate_from(const Json& json)
{
    if (json.is_number()) {
        const double value = json;
        return {value, value, value, 0};
    }
    const double value = json.at("value");
    return {value, json.value("low", value), json.value("high", value), 0};
}

TotalEffects effects_of(const Json& measure, const StudyRuns& study)
{
    TotalEffects all;
    all.kind = measure.at("kind") == "morris" ? "Morris" : "Sobol";
    for (const Json& json : measure.at("parameters")) {
        const std::string key = json.contains("total") ? "total" : "mu_star";
        if (!json.contains(key) || json.at(key).is_null() ||
            (json.at(key).is_object() && json.at(key).at("value").is_null()))
            return {};
        const auto parameter = std::ranges::find(
            study.background.parameters, json.at("name").get<std::string>(), &StudyParameter::name);
        if (parameter == study.background.parameters.end())
            return {}; // of another study
        all.effects.push_back({lever_words(*parameter), estimate_from(json.at(key))});
    }
    std::ranges::stable_sort(all.effects, std::greater<>{},
                             [](const TotalEffect& effect) { return effect.effect.value; });
    return all;
}

} // namespace

TotalEffects read_total_effects(const StudyRuns& study)
{
    const auto path = std::filesystem::path(study.folder) / "sensitivity.json";
    if (!std::filesystem::exists(path))
        return {};
    const std::string& first = study.background.scenarios[0].name;
    return read_report(path.string(), "sensitivity", [&](const Json& all) -> TotalEffects {
        for (const Json& measure : all.at("measures"))
            if (measure.at("measure") == study.measure.name &&
                measure.value("scenario", first) == first)
                return effects_of(measure, study);
        return {};
    });
}

} // namespace walkout::report
