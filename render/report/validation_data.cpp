#include "render/report/validation_data.hpp"

#include "render/chart_kit.hpp"
#include "render/report/json_file.hpp"
#include "render/report/words.hpp"

namespace walkout::report {

namespace {

constexpr std::array levels{"80", "90", "95"};

ValidatedPrediction prediction_in(const Json& json)
{
    ValidatedPrediction made;
    if (const Json& share = json.at("share"); !share.is_null()) {
        made.share = ValidatedShare{.median = share.at("median")};
        for (std::size_t k = 0; k < levels.size(); ++k) {
            const Json& interval = share.at("intervals").at(levels[k]);
            made.share->low[k] = interval.at("low");
            made.share->high[k] = interval.at("high");
        }
        made.share->inside = share.at("intervals").at("90").at("inside");
    }
    if (const Json& chances = json.at("chances"); !chances.is_null()) {
        for (std::size_t k = 0; k < outcome_names.size(); ++k)
            made.chances[k] = chances.at(std::string(outcome_names[k]));
        made.likeliest = json.at("likeliest");
    }
    if (const Json& right = json.at("outcome_right"); !right.is_null())
        made.outcome_right = right;
    return made;
}

std::string text_or_nothing(const Json& json)
{
    return json.is_null() ? std::string() : json.get<std::string>();
}

ValidationCase case_in(const Json& all, const Json& json)
{
    ValidationCase made{.words = json.at("title"),
                        .headcount = json.at("headcount"),
                        .outcome = text_or_nothing(json.at("outcome")),
                        .effective_points = json.at("effective_points"),
                        .miss = text_or_nothing(json.at("miss"))};
    if (const Json& recorded = json.at("recorded"); !recorded.is_null()) {
        made.recorded = recorded.at("share").get<double>();
        made.counted = recorded.at("counted");
    }
    for (const auto& [name, score] : all.at("scores").items())
        made.by.push_back(prediction_in(json.at("by").at(name)));
    return made;
}

ValidationScore score_in(const std::string& name, const Json& json)
{
    ValidationScore made{.words = capitalized(name),
                         .interval_score = json.at("interval_score"),
                         .crps = json.at("crps"),
                         .interval_score_points = json.at("interval_score_points"),
                         .crps_points = json.at("crps_points"),
                         .brier = json.at("brier"),
                         .shares = json.at("shares"),
                         .outcomes = json.at("outcomes"),
                         .outcomes_right = json.at("outcomes_right")};
    for (std::size_t k = 0; k < levels.size(); ++k)
        made.inside[k] = json.at("inside").at(levels[k]);
    return made;
}

std::string command_in(const Json& all)
{
    return fmt::format("walkout validate {} --points {} --replicates {} --people {} --seed {}{}",
                       all.at("file").get<std::string>(), all.at("points").dump(),
                       all.at("replicates").dump(), all.at("people").dump(), all.at("seed").dump(),
                       all.at("coding_error").get<bool>() ? "" : " --no-coding-error");
}

ValidationData data_in(const Json& all)
{
    ValidationData data{.title = all.at("title"),
                        .command = command_in(all),
                        .version = all.at("version"),
                        .fingerprint = all.at("fingerprint"),
                        .seed = all.at("seed"),
                        .points = all.at("points"),
                        .runs = all.at("runs"),
                        .failed = all.at("failed"),
                        .replicates = all.at("replicates"),
                        .coding_error = all.at("coding_error"),
                        .own_error = all.at("discrepancy").at("median"),
                        .findings = all.at("findings")};
    for (const auto& [name, score] : all.at("scores").items())
        data.scores.push_back(score_in(name, score));
    for (const Json& json : all.at("cases"))
        data.cases.push_back(case_in(all, json));
    for (const Json& json : all.at("mechanisms"))
        data.mechanisms.push_back({render::readable(json.at("name").get<std::string>()),
                                   json.at("p05"), json.at("median"), json.at("p95"),
                                   json.at("shrinkage")});
    return data;
}

} // namespace

ValidationData read_validation(const std::string& path)
{
    return read_report(path, "validate", data_in);
}

} // namespace walkout::report
