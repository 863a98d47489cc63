#include "sim/cli/json.hpp"
#include "sim/cli/sensitivity_report.hpp"

namespace walkout::cli {

namespace {

Json interval(const Interval& i)
{
    return {{"value", number(i.value)}, {"low", number(i.low)}, {"high", number(i.high)}};
}

Json index(const Interval& i, double luck, const Interval& bounds)
{
    Json json = interval(i);
    json["luck"] = number(luck);
    json["bounds"] = {{"low", number(bounds.low)}, {"high", number(bounds.high)}};
    return json;
}

/// One entry per parameter, beginning with its name.
template <class Effects, class Make>
Json by_parameter(const SensitivityReport& report, const Effects& effects, Make make)
{
    Json all = Json::array();
    for (std::size_t k = 0; k < effects.size(); ++k) {
        Json one = {{"name", report.sample.parameters[k].name}};
        one.update(make(effects[k]));
        all.push_back(one);
    }
    return all;
}

/// What each kind of answer adds to its measure.
struct AnswerJson {
    const SensitivityReport& report;

    Json operator()(const NoAnswer& answer) const
    {
        return {{"refused", answer.reason}, {"parameters", Json::array()}};
    }

    Json operator()(const SobolAnalysis& a) const
    {
        return {{"refused", nullptr},
                {"rows", {{"all", a.rows}, {"made", a.rows_made}, {"used", a.rows_used}}},
                {"explained", interval(a.explained)},
                {"additive", interval(a.additive)},
                {"parameters", by_parameter(report, a.parameters, [](const SobolIndex& s) {
                     return Json{{"first", index(s.first, s.first_luck, s.first_bounds)},
                                 {"total", index(s.total, s.total_luck, s.total_bounds)}};
                 })}};
    }

    Json operator()(const MorrisAnalysis& a) const
    {
        return {{"refused", nullptr},
                {"trajectories", {{"all", a.trajectories}, {"used", a.trajectories_used}}},
                {"parameters", by_parameter(report, a.parameters, [](const MorrisEffect& e) {
                     return Json{{"mu", interval(e.mu)},
                                 {"mu_star", interval(e.mu_star)},
                                 {"sigma", interval(e.sigma)},
                                 {"noise", number(e.noise)},
                                 {"word", name_of(e.word)}};
                 })}};
    }

    Json operator()(const SurrogateAnalysis& a) const
    {
        const bool poor = a.parameters.empty();
        return {{"refused", poor ? Json(refusal_of(a)) : Json(nullptr)},
                {"surface", a.kind},
                {"terms", a.terms},
                {"q2", interval(a.q2)},
                {"q2_limit", number(a.q2_limit)},
                {"parameters", by_parameter(report, a.parameters, [](const SurrogateIndex& s) {
                     return Json{{"first", interval(s.first)}, {"total", interval(s.total)}};
                 })}};
    }

    Json operator()(const MainEffects& a) const
    {
        const auto level = [](const LevelMean& l) {
            return Json{
                {"value", number(l.value)}, {"points", l.points}, {"mean", interval(l.mean)}};
        };
        return {{"refused", nullptr},
                {"parameters", by_parameter(report, a.parameters, [&](const MainEffect& e) {
                     return Json{{"range", interval(e.range)}, {"levels", array(e.levels, level)}};
                 })}};
    }
};

Json measure_json(const SensitivityReport& report, const MeasureSensitivity& m)
{
    const Response& r = m.response;
    Json json = {{"measure", r.measure},
                 {"scenario", r.scenario},
                 {"unit", r.unit},
                 {"meaning", r.meaning},
                 {"kind", report.kind},
                 {"runs", r.made},
                 {"failed", r.failed},
                 {"never", r.never},
                 {"horizon", r.horizon},
                 {"replicates", m.replicates},
                 {"points", report.sample.points.size()},
                 {"variance",
                  {{"parameters", number(m.variance.parameters)},
                   {"luck", number(m.variance.luck)},
                   {"shared_luck", number(m.variance.shared)}}},
                 {"findings", findings(report, m)}};
    json.update(std::visit(AnswerJson{report}, m.answer));
    return json;
}

} // namespace

std::string json_of(const SensitivityReport& report)
{
    const StudySample& s = report.sample;
    const Json json = {
        {"study", s.name},
        {"title", s.title},
        {"version", s.version},
        {"design", s.design},
        {"seed", report.params.bootstrap.seed},
        {"bootstrap", report.params.bootstrap.samples},
        {"runs", s.runs},
        {"failed", s.failed},
        {"missing", s.missing},
        {"parameters",
         array(s.parameters,
               [](const StoreColumn& c) {
                   return Json{{"name", c.name}, {"unit", c.unit}, {"meaning", c.meaning}};
               })},
        {"findings", study_findings(report)},
        {"measures", array(report.measures,
                           [&](const MeasureSensitivity& m) { return measure_json(report, m); })}};
    return json.dump(2) + "\n";
}

} // namespace walkout::cli
