#include "sim/cli/calibrate_report.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/io/study_calibration.hpp"
#include "sim/study/csv_fields.hpp"

#include <fmt/format.h>
#include <iterator>

namespace walkout::cli {

namespace {

Json parameter_json(const CalibrateReport& report, std::size_t k)
{
    const StudyParameter& parameter = report.file->study.parameters[k];
    const ParameterPosterior& p = report.posterior.parameters[k];
    const auto& all = report.file->study.parameters;
    return {{"name", parameter.name},
            {"paths", parameter.paths},
            {"change", io::change_names()[static_cast<std::size_t>(parameter.change)]},
            {"unit", std::string(io::name_of(parameter.unit))},
            {"meaning", parameter.meaning},
            {"prior", p.prior},
            {"posterior", p.quantiles},
            {"shrinkage", p.shrinkage},
            {"identified", identified_names()[static_cast<std::size_t>(p.identified)]},
            {"partner", all[p.partner].name},
            {"correlation", p.correlation},
            {"tie", tie_sentence(report, k)},
            {"effective_size", p.effective},
            {"r_hat", p.r_hat == p.r_hat ? Json(p.r_hat) : Json(nullptr)},
            {"density", p.density}};
}

Json generation_json(const Generation& generation)
{
    return {{"tolerance", number(generation.tolerance)},
            {"trials", generation.trials},
            {"acceptance", generation.acceptance},
            {"effective_size", generation.effective}};
}

Json number_json(const CalibrateReport& report, const PredictedNumber& n)
{
    return {{"scenario", report.file->study.scenarios[n.scenario].name},
            {"name", n.name},
            {"unit", n.unit},
            {"time", n.time},
            {"recorded", n.value},
            {"low", n.low},
            {"high", n.high},
            {"fit", n.fit},
            {"quantiles", n.quantiles},
            {"inside_80", n.inside_80()},
            {"inside_95", n.inside_95()}};
}

Json curve_json(const CalibrateReport& report, const PredictedCurve& curve)
{
    const Scenario& scenario = report.file->scenarios[curve.scenario]->file().scenario;
    return {{"scenario", report.file->study.scenarios[curve.scenario].name},
            {"title", scenario.title},
            {"start", iso_text(scenario, 0)},
            {"headcount", scenario.organization.headcount},
            {"counted", curve.counted == Counted::signatures ? "signatures" : "departures"},
            {"times", curve.times},
            {"quantiles", curve.quantiles}};
}

/// Draws as ranks within the priors, by parameter: for pictures of pairs.
Json rank_columns(const CalibrateReport& report)
{
    Json columns = Json::array();
    for (std::size_t k = 0; k < report.space->size(); ++k)
        columns.push_back(array(report.posterior.draws,
                                [&](const Point& point) { return report.space->ranks(point)[k]; }));
    return columns;
}

} // namespace

std::string json_of(const CalibrateReport& report)
{
    const Study& study = report.file->study;
    Json parameters = Json::array();
    for (std::size_t k = 0; k < study.parameters.size(); ++k)
        parameters.push_back(parameter_json(report, k));
    Json outcomes = Json::object();
    for (std::size_t s = 0; s < study.scenarios.size(); ++s)
        outcomes[study.scenarios[s].name] = report.predictive.outcomes[s];
    const Json all = {
        {"study", report.file->path},
        {"name", study.name},
        {"title", study.title},
        {"summary", study.summary},
        {"method", io::fit_method_names()[static_cast<std::size_t>(study.calibration->method)]},
        {"version", version},
        {"seed", study.seed},
        {"trials", report.trials},
        {"draws", report.posterior.draws.size()},
        {"failed", report.predictive.failed},
        {"fingerprint", hex(report.fingerprint)},
        {"levels", posterior_levels},
        {"parameters", parameters},
        {"correlations", report.posterior.correlations},
        {"generations", array(report.posterior.generations, generation_json)},
        {"acceptances", report.posterior.acceptances},
        {"record", array(report.predictive.numbers,
                         [&](const PredictedNumber& n) { return number_json(report, n); })},
        {"outcomes", outcomes},
        {"curves", array(report.predictive.curves,
                         [&](const PredictedCurve& curve) { return curve_json(report, curve); })},
        {"ranks", rank_columns(report)}};
    return all.dump() + "\n";
}

std::string draws_csv(const CalibrateReport& report)
{
    fmt::memory_buffer out;
    const auto to = std::back_inserter(out);
    const auto& parameters = report.file->study.parameters;
    for (std::size_t k = 0; k < parameters.size(); ++k)
        fmt::format_to(to, "{}{}", k == 0 ? "" : ",", csv_text(parameters[k].name));
    fmt::format_to(to, "\n");
    for (const Point& point : report.posterior.draws) {
        const std::vector<double> values = report.space->values(point);
        for (std::size_t k = 0; k < values.size(); ++k) {
            const io::Unit unit =
                parameters[k].change == ChangeKind::factor ? io::Unit::none : parameters[k].unit;
            fmt::format_to(to, "{}{}", k == 0 ? "" : ",", io::format_quantity(values[k], unit));
        }
        fmt::format_to(to, "\n");
    }
    return fmt::to_string(out);
}

} // namespace walkout::cli
