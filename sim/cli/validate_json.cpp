#include "sim/cli/run_report.hpp"
#include "sim/cli/summary_json.hpp"
#include "sim/cli/validate_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/study/csv_fields.hpp"

#include <fmt/format.h>
#include <iterator>

namespace walkout::cli {

namespace {

/// Six figures: sums of many terms are not told beyond what they know.
double rounded(double value)
{
    return std::stod(fmt::format("{:.6g}", value));
}

std::string level_name(std::size_t level)
{
    return fmt::format("{:.0f}", 100 * interval_levels[level]);
}

Json share_json(const SharePrediction& share)
{
    Json json = {{"median", rounded(share_of(share.median))}};
    Json intervals = Json::object();
    for (std::size_t k = 0; k < interval_levels.size(); ++k)
        intervals[level_name(k)] = {{"low", rounded(share_of(share.low[k]))},
                                    {"high", rounded(share_of(share.high[k]))},
                                    {"inside", static_cast<bool>(share.holds[k])}};
    json["intervals"] = intervals;
    json["interval_score"] = rounded(share.interval_score);
    json["crps"] = rounded(share.crps);
    json["interval_score_points"] = rounded(share.interval_score_points);
    json["crps_points"] = rounded(share.crps_points);
    return json;
}

Json chances_json(const OutcomeChances& chances)
{
    Json json = Json::object();
    for (std::size_t k = 0; k < chances.size(); ++k)
        json[std::string(outcome_names[k])] = rounded(chances[k]);
    return json;
}

Json prediction_json(const PredictedCase& by)
{
    return {{"share", by.share ? share_json(*by.share) : Json(nullptr)},
            {"chances", by.chances ? chances_json(*by.chances) : Json(nullptr)},
            {"likeliest", by.chances ? Json(std::string(name_of(by.likeliest))) : Json(nullptr)},
            {"outcome_right", by.brier ? Json(by.outcome_right) : Json(nullptr)},
            {"brier", by.brier ? Json(rounded(*by.brier)) : Json(nullptr)}};
}

Json recorded_json(const LibraryCase& about)
{
    if (!about.recorded)
        return nullptr;
    const RecordedShare& r = *about.recorded;
    const double people = about.headcount;
    return {{"count", r.count},
            {"low", r.low},
            {"high", r.high},
            {"counted", r.counted == Counted::signatures ? "signatures" : "departures"},
            {"hour", rounded(r.time)},
            {"share", rounded(r.count / people)},
            {"share_low", rounded(r.low / people)},
            {"share_high", rounded(r.high / people)}};
}

Json coding_json(const CodingEffect& effect)
{
    return {{"path", effect.path},
            {"step", rounded(effect.step)},
            {"factor", effect.factor},
            {"slope", rounded(effect.slope)},
            {"error", rounded(effect.error)},
            {"steps_needed", rounded(effect.needed)}};
}

Json case_json(const ValidatedCase& one)
{
    Json features = Json::object();
    for (std::size_t f = 0; f < feature_names.size(); ++f)
        features[std::string(feature_names[f])] = rounded(one.about.features[f]);
    Json by = Json::object();
    for (std::size_t k = 0; k < predictor_names.size(); ++k)
        by[std::string(predictor_names[k])] = prediction_json(one.by[k]);
    const bool missed = one.by[0].share && !one.by[0].share->holds[scored_level];
    return {{"name", one.about.name},
            {"title", one.about.title},
            {"headcount", one.about.headcount},
            {"people", one.about.people},
            {"recorded", recorded_json(one.about)},
            {"outcome",
             one.about.outcome ? Json(std::string(name_of(*one.about.outcome))) : Json(nullptr)},
            {"effective_points", rounded(one.effective_points)},
            {"enough_points", one.enough},
            {"failed", one.failed},
            {"miss", missed ? Json(reason_of(one)) : Json(nullptr)},
            {"features", features},
            {"by", by},
            {"coding", array(one.coding, coding_json)}};
}

Json score_json(const PredictorScore& s)
{
    Json held = Json::object();
    for (std::size_t k = 0; k < interval_levels.size(); ++k)
        held[level_name(k)] = s.held[k];
    return {{"shares", s.shares},
            {"interval_score", rounded(s.interval_score)},
            {"crps", rounded(s.crps)},
            {"interval_score_points", rounded(s.interval_score_points)},
            {"crps_points", rounded(s.crps_points)},
            {"inside", held},
            {"outcomes", s.outcomes},
            {"outcomes_right", s.outcomes_right},
            {"brier", rounded(s.brier)}};
}

Json mechanism_json(const FittedMechanism& m)
{
    return {{"name", m.name},
            {"p05", rounded(m.p05)},
            {"median", rounded(m.median)},
            {"p95", rounded(m.p95)},
            {"shrinkage", rounded(m.shrinkage)}};
}

std::string flag(bool value)
{
    return value ? "yes" : "no";
}

} // namespace

std::string json_of(const ValidateReport& report)
{
    const Validation& v = report.validation;
    const Study& study = report.file.study;
    Json scores = Json::object();
    for (std::size_t k = 0; k < predictor_names.size(); ++k)
        scores[std::string(predictor_names[k])] = score_json(v.scores[k]);
    const Json all = {
        {"study", study.name},
        {"file", report.file.path},
        {"title", study.title.empty() ? study.name : study.title},
        {"version", version},
        {"seed", report.settings.seed},
        {"points", v.points},
        {"replicates", report.settings.replicates},
        {"people", report.settings.most_people},
        {"coding_error", report.settings.coding_error},
        {"runs", v.runs},
        {"failed", v.failed},
        {"fingerprint", hex(v.fingerprint)},
        {"findings", findings_of(report)},
        {"scores", scores},
        {"cases", array(v.cases, case_json)},
        {"mechanisms", array(v.mechanisms, mechanism_json)},
        {"discrepancy",
         {{"prior_scale", report.settings.discrepancy}, {"median", rounded(v.discrepancy_median)}}},
        {"effective_points", rounded(v.effective_points)}};
    return all.dump(2) + "\n";
}

std::string predictions_csv(const ValidateReport& report)
{
    fmt::memory_buffer out;
    const auto to = std::back_inserter(out);
    fmt::format_to(to,
                   "case,predictor,recorded,median,low_80,high_80,low_90,high_90,low_95,high_95,"
                   "inside_80,inside_90,inside_95,interval_score,crps,interval_score_points,"
                   "crps_points,outcome,likeliest,outcome_right,brier");
    for (const std::string_view name : outcome_names)
        fmt::format_to(to, ",chance_{}", name);
    fmt::format_to(to, "\n");
    for (const ValidatedCase& one : report.validation.cases)
        for (std::size_t k = 0; k < predictor_names.size(); ++k) {
            const PredictedCase& by = one.by[k];
            fmt::format_to(to, "{},{}", csv_text(one.about.name), predictor_names[k]);
            if (by.share) {
                const SharePrediction& s = *by.share;
                fmt::format_to(to, ",{:.6g},{:.6g}", share_of(one.about.recorded->logit),
                               share_of(s.median));
                for (std::size_t l = 0; l < interval_levels.size(); ++l)
                    fmt::format_to(to, ",{:.6g},{:.6g}", share_of(s.low[l]), share_of(s.high[l]));
                for (const bool holds : s.holds)
                    fmt::format_to(to, ",{}", flag(holds));
                fmt::format_to(to, ",{:.6g},{:.6g},{:.6g},{:.6g}", s.interval_score, s.crps,
                               s.interval_score_points, s.crps_points);
            } else {
                fmt::format_to(to, "{:,>15}", "");
            }
            fmt::format_to(to, ",{}", one.about.outcome ? name_of(*one.about.outcome) : "");
            if (by.brier)
                fmt::format_to(to, ",{},{},{:.6g}", name_of(by.likeliest), flag(by.outcome_right),
                               *by.brier);
            else
                fmt::format_to(to, ",,,");
            for (std::size_t c = 0; c < outcome_names.size(); ++c)
                fmt::format_to(to, ",{}",
                               by.chances ? fmt::format("{:.6g}", (*by.chances)[c]) : "");
            fmt::format_to(to, "\n");
        }
    return fmt::to_string(out);
}

std::string cases_csv(const ValidateReport& report)
{
    fmt::memory_buffer out;
    const auto to = std::back_inserter(out);
    fmt::format_to(to, "case,headcount,people,counted,count,low,high,hour,outcome,"
                       "effective_points,nearest_coded,steps_needed");
    for (const std::string_view name : feature_names)
        fmt::format_to(to, ",{}", name);
    fmt::format_to(to, "\n");
    for (const ValidatedCase& one : report.validation.cases) {
        const LibraryCase& about = one.about;
        fmt::format_to(to, "{},{},{},", csv_text(about.name), about.headcount, about.people);
        if (const auto& r = about.recorded)
            fmt::format_to(to, "{},{},{},{},{:.6g}",
                           r->counted == Counted::signatures ? "signatures" : "departures",
                           r->count, r->low, r->high, r->time);
        else
            fmt::format_to(to, ",,,,");
        fmt::format_to(to, ",{},{:.6g}", about.outcome ? name_of(*about.outcome) : "",
                       one.effective_points);
        if (one.coding.empty())
            fmt::format_to(to, ",,");
        else
            fmt::format_to(to, ",{},{:.6g}", csv_text(one.coding.front().path),
                           one.coding.front().needed);
        for (const double feature : about.features)
            fmt::format_to(to, ",{:.6g}", feature);
        fmt::format_to(to, "\n");
    }
    return fmt::to_string(out);
}

} // namespace walkout::cli
