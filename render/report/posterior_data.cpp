#include "render/report/posterior_data.hpp"

#include "render/chart_kit.hpp"
#include "render/report/json_file.hpp"
#include "render/report/words.hpp"
#include "sim/io/study_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace walkout::report {

namespace {

constexpr std::size_t slices = 20; ///< of the prior's mass

/// Null stands for what a number cannot say.
double number_in(const Json& json, double null)
{
    return json.is_null() ? null : json.get<double>();
}

double known_or_nan(const Json& json)
{
    return number_in(json, std::numeric_limits<double>::quiet_NaN());
}

Levels levels_in(const Json& json)
{
    Levels levels{};
    for (std::size_t k = 0; k < levels.size(); ++k)
        levels[k] = number_in(json.at(k), never);
    return levels;
}

/// Exactly so many numbers; too few are a damaged file.
std::vector<double> numbers_in(const Json& json, std::size_t count)
{
    std::vector<double> numbers;
    for (std::size_t k = 0; k < count; ++k)
        numbers.push_back(json.at(k).get<double>());
    return numbers;
}

// ---------------------------------------------------------------- parameters

io::Unit unit_in(const Json& json)
{
    const std::string name = json;
    for (const auto unit : {io::Unit::allegiance, io::Unit::people, io::Unit::years,
                            io::Unit::share, io::Unit::rate, io::Unit::duration, io::Unit::clock})
        if (name == io::name_of(unit))
            return unit;
    return io::Unit::none;
}

ChangeKind change_in(const Json& json)
{
    const auto& names = io::change_names();
    const auto found = std::ranges::find(names, json.get<std::string>());
    return found == names.end() ? ChangeKind::value
                                : static_cast<ChangeKind>(found - names.begin());
}

StudyParameter study_parameter_in(const Json& json)
{
    StudyParameter parameter{.name = json.at("name")};
    parameter.paths = json.at("paths").get<std::vector<std::string>>();
    parameter.change = change_in(json.at("change"));
    parameter.unit = unit_in(json.at("unit"));
    parameter.meaning = json.at("meaning");
    return parameter;
}

std::size_t place_of(const Json& parameters, const Json& name)
{
    std::size_t k = 0;
    while (parameters.at(k).at("name") != name)
        ++k;
    return k;
}

/// When a scripted event happens, which one clock can tell.
bool is_moment(const StudyParameter& parameter, const Json& all)
{
    return parameter.unit == io::Unit::duration && parameter.change == ChangeKind::value &&
           all.at("curves").size() == 1 &&
           std::ranges::all_of(parameter.paths, [](const std::string& path) {
               return path.starts_with("events.") && path.ends_with(".at");
           });
}

FittedParameter parameter_in(const Json& all, std::size_t k, std::size_t draws)
{
    const Json& json = all.at("parameters").at(k);
    FittedParameter fitted{.parameter = study_parameter_in(json),
                           .verdict = json.at("identified"),
                           .prior = levels_in(json.at("prior")),
                           .posterior = levels_in(json.at("posterior")),
                           .shrinkage = known_or_nan(json.at("shrinkage")),
                           .partner = place_of(all.at("parameters"), json.at("partner")),
                           .correlation = known_or_nan(json.at("correlation")),
                           .tied = !json.at("tie").get<std::string>().empty(),
                           .effective = known_or_nan(json.at("effective_size")),
                           .r_hat = known_or_nan(json.at("r_hat")),
                           .density = numbers_in(json.at("density"), slices),
                           .ranks = numbers_in(all.at("ranks").at(k), draws)};
    fitted.words = lever_words(fitted.parameter);
    fitted.moment = is_moment(fitted.parameter, all);
    return fitted;
}

// ---------------------------------------------------------------- the record and the runs

RecordedNumber recorded_in(const Json& json, const Json& curves)
{
    RecordedNumber number{.name = json.at("name"),
                          .unit = json.at("unit"),
                          .time = json.at("time"),
                          .value = json.at("recorded"),
                          .low = json.at("low"),
                          .high = json.at("high"),
                          .fit = json.at("fit"),
                          .runs = levels_in(json.at("quantiles")),
                          .inside_80 = json.at("inside_80"),
                          .inside_95 = json.at("inside_95")};
    while (curves.at(number.scenario).at("scenario") != json.at("scenario"))
        ++number.scenario;
    number.counted = number.name == curves.at(number.scenario).at("counted");
    return number;
}

/// Quantiles by time as a fan has them: by level, and fewer of those.
FanGroup group_in(const Json& quantiles, std::size_t runs)
{
    static constexpr std::array levels{p025, p10, p25, median, p75, p90, p975};
    FanGroup group{.runs = runs, .share = 1};
    for (const Json& moment : quantiles)
        for (std::size_t level = 0; level < levels.size(); ++level)
            group.names[level].push_back(moment.at(levels[level]));
    return group;
}

FittedScenario scenario_in(const Json& curve, const Json& all, std::size_t runs)
{
    FittedScenario scenario{.name = curve.at("scenario"),
                            .words = curve.at("title"),
                            .counted = curve.at("counted"),
                            .fan = {.runs = runs, .people = curve.at("headcount")}};
    if (scenario.words.empty())
        scenario.words = render::readable(scenario.name);
    set_clock(scenario.fan, curve.at("start"));
    const Json& times = curve.at("times");
    scenario.fan.every = times.at(1).get<double>() - times.at(0).get<double>();
    scenario.fan.groups.push_back(group_in(curve.at("quantiles"), runs));
    for (const auto& [outcome, share] : all.at("outcomes").at(scenario.name).items())
        scenario.outcomes.emplace_back(render::readable(outcome), share.get<double>());
    std::ranges::stable_sort(scenario.outcomes, std::greater<>{},
                             [](const auto& outcome) { return outcome.second; });
    return scenario;
}

void add_counts(FittedScenario& scenario, const std::vector<RecordedNumber>& record,
                std::size_t place)
{
    for (const RecordedNumber& number : record)
        if (number.counted && number.scenario == place) {
            RecordPoint point;
            point.time = number.time;
            point.count = static_cast<int>(std::lround(number.value));
            point.low = static_cast<int>(std::lround(number.low));
            point.high = static_cast<int>(std::lround(number.high));
            point.fit = number.fit;
            scenario.fan.record.push_back(std::move(point));
        }
}

// ---------------------------------------------------------------- the fit

FitGeneration generation_in(const Json& json)
{
    return {number_in(json.at("tolerance"), never), json.at("trials"), json.at("acceptance"),
            known_or_nan(json.at("effective_size"))};
}

PosteriorData data_in(const Json& all)
{
    PosteriorData data{.title = all.at("title"),
                       .summary = all.at("summary"),
                       .command = "walkout calibrate " + all.at("study").get<std::string>(),
                       .version = all.at("version"),
                       .fingerprint = all.at("fingerprint"),
                       .seed = all.at("seed"),
                       .trials = all.at("trials"),
                       .draws = all.at("draws"),
                       .failed = all.at("failed"),
                       .particles = all.at("method") == "abc_smc",
                       .acceptances = all.at("acceptances")};
    if (data.title.empty())
        data.title = render::readable(all.at("name").get<std::string>());
    // Without a parameter or a draw there is nothing to tell: the first one is asked for.
    const std::size_t count = std::max<std::size_t>(1, all.at("parameters").size());
    const std::size_t draws = std::max<std::size_t>(1, data.draws);
    for (std::size_t k = 0; k < count; ++k) {
        data.parameters.push_back(parameter_in(all, k, draws));
        data.correlations.emplace_back();
        for (std::size_t other = 0; other < count; ++other)
            data.correlations[k].push_back(known_or_nan(all.at("correlations").at(k).at(other)));
    }
    for (const Json& generation : all.at("generations"))
        data.generations.push_back(generation_in(generation));
    for (const Json& number : all.at("record"))
        data.record.push_back(recorded_in(number, all.at("curves")));
    for (const Json& curve : all.at("curves")) {
        data.scenarios.push_back(scenario_in(curve, all, data.draws));
        add_counts(data.scenarios.back(), data.record, data.scenarios.size() - 1);
    }
    return data;
}

} // namespace

double PosteriorData::effective() const
{
    return std::ranges::min_element(parameters, {}, &FittedParameter::effective)->effective;
}

const FittedParameter& PosteriorData::slow() const
{
    // Chains too short for a number agree least of all.
    return *std::ranges::max_element(parameters, {}, [](const FittedParameter& parameter) {
        return std::isnan(parameter.r_hat) ? never : parameter.r_hat;
    });
}

PosteriorData read_posterior(const std::string& path)
{
    return read_report(path, "calibrate", data_in);
}

} // namespace walkout::report
