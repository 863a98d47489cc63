#include "sim/io/study_calibration.hpp"

#include "sim/core/measures.hpp"
#include "sim/io/did_you_mean.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace walkout::io {

namespace {

constexpr double most_particles = 100'000;
constexpr double most_iterations = 1e6;

Unit unit_of(const MeasureInfo& info)
{
    return info.unit == "share" ? Unit::share : info.unit == "hours" ? Unit::duration : Unit::none;
}

class CalibrationReader {
public:
    CalibrationReader(MapReader& study, const std::vector<Place>* places, StudyFile& file,
                      Problems& problems)
        : study_(study), places_(places), file_(file), problems_(problems)
    {
    }

    void read()
    {
        const Value* value = study_.map("calibrate", "a map of keys to values");
        if (!value)
            return;
        MapReader map(*value, "calibrate", "calibrate", problems_);
        if (const auto method = map.word("method", fit_method_names()))
            fit_.method = static_cast<FitMethod>(*method);
        else if (!map.has("method"))
            problems_.add(map.place(), "calibrate names no method",
                          "add 'method: abc_smc' or 'method: synthetic_likelihood'");
        read_sizes(map);
        for (const Value& item : items_of(map.list("targets", "a list of recorded measures")))
            read_target(item);
        map.finish();
        check_priors();
        check_targets();
        file_.study.calibration = fit_;
    }

private:
    void read_sizes(MapReader& map)
    {
        take(map, "draws", {10, most_particles}, fit_.draws);
        if (fit_.method == FitMethod::abc_smc) {
            take(map, "particles", {20, most_particles}, fit_.particles);
            take(map, "generations", {1, 100}, fit_.generations);
            fit_.keep = map.number("keep", Unit::share, {0.05, 0.95}).value_or(fit_.keep);
            fit_.least_acceptance =
                map.number("least_acceptance", Unit::share, {0, 1}).value_or(fit_.least_acceptance);
        } else {
            take(map, "chains", {2, 64}, fit_.chains);
            take(map, "iterations", {20, most_iterations}, fit_.iterations);
            take(map, "runs", {2, 1000}, fit_.runs);
        }
    }

    static void take(MapReader& map, std::string_view key, Range range, std::uint32_t& number)
    {
        if (const auto value = map.whole(key, range))
            number = static_cast<std::uint32_t>(*value);
    }

    // ------------------------------------------------------------ targets

    void read_target(const Value& item)
    {
        const std::string path = fmt::format("calibrate.targets.{}", targets_++);
        if (item.kind != Value::Kind::map)
            return problems_.add(item.place, path + " must be a map of keys to values",
                                 "write it like '{measure: hours_to_return, value: 106h, sd: 1h}'");
        MapReader map(item, path, path, problems_);
        MeasureTarget target;
        const bool placed = read_scenario_name(map, target);
        const bool named = read_measure(map, target);
        map.finish();
        if (placed && named)
            fit_.targets.push_back(target);
    }

    bool read_scenario_name(MapReader& map, MeasureTarget& target)
    {
        std::vector<std::string> names;
        for (const StudyScenario& scenario : file_.study.scenarios)
            names.push_back(scenario.name);
        if (map.has("scenario")) {
            const auto which = map.word("scenario", names);
            target.scenario = which.value_or(0);
            return which.has_value();
        }
        if (names.size() > 1)
            problems_.add(map.place(), map.path_to("scenario") + " is missing",
                          "say which of the scenarios the target belongs to");
        return names.size() == 1;
    }

    bool read_measure(MapReader& map, MeasureTarget& target)
    {
        std::vector<std::string> names;
        for (const MeasureInfo& info : measure_infos())
            names.emplace_back(info.name);
        const auto which = map.word("measure", names);
        if (!which) {
            map.know("value");
            map.know("sd");
            if (!map.has("measure"))
                problems_.add(map.place(), map.path_to("measure") + " is missing");
            return false;
        }
        target.measure = names[*which];
        const Unit unit = unit_of(measure_infos()[*which]);
        const auto value = map.number("value", unit, {0, unbounded});
        const auto sd = map.number("sd", unit, {0, unbounded, true});
        for (const char* key : {"value", "sd"})
            if (!map.has(key))
                problems_.add(map.place(), map.path_to(key) + " is missing",
                              "a target has a 'value' and the 'sd' of its error");
        target.value = value.value_or(0);
        target.sd = sd.value_or(1);
        return value && sd;
    }

    bool has_target(std::size_t scenario) const
    {
        return std::ranges::any_of(file_.scenarios[scenario]->file().scenario.record,
                                   &RecordPoint::fit) ||
               std::ranges::any_of(fit_.targets, [&](const MeasureTarget& target) {
                   return target.scenario == scenario;
               });
    }

    void check_targets()
    {
        for (std::size_t s = 0; s < file_.scenarios.size(); ++s)
            if (!has_target(s))
                problems_.add(
                    study_.place("calibrate"),
                    fmt::format("scenario {} has nothing to fit to", file_.study.scenarios[s].name),
                    "give it a record with 'fit' yes at a point, or add 'targets:'");
    }

    // ------------------------------------------------------------ priors

    void check_priors()
    {
        for (const char* key : {"design", "replicates", "measures", "curves", "on_failure"}) {
            study_.know(key);
            if (study_.has(key))
                problems_.add(study_.place(key),
                              fmt::format("a study that calibrates has no '{}'", key),
                              "take the line out: the fit chooses its own runs");
        }
        if (!places_)
            return;
        if (places_->empty())
            problems_.add(study_.place("calibrate"), "there is nothing to calibrate",
                          "add 'parameters:' with a range or distribution each");
        for (std::size_t k = 0; k < places_->size(); ++k)
            check_prior(file_.study.parameters[k], (*places_)[k]);
    }

    void check_prior(const StudyParameter& parameter, const Place& place)
    {
        const std::string name = "parameters." + parameter.name;
        if (parameter.spread == Spread::levels || parameter.spread == Spread::rows)
            problems_.add(place, name + " has no prior",
                          parameter.flag ? "switches cannot be fitted: compare two scenarios"
                                         : "write 'range: [low, high]' or a distribution");
        else if (parameter.whole)
            problems_.add(place, name + " takes whole numbers only",
                          "numbers of people or seats cannot be fitted");
    }

    MapReader& study_;
    const std::vector<Place>* places_;
    StudyFile& file_;
    Problems& problems_;
    CalibrationParams fit_;
    std::size_t targets_ = 0;
};

} // namespace

const std::vector<std::string>& fit_method_names()
{
    static const std::vector<std::string> names{"abc_smc", "synthetic_likelihood"};
    return names;
}

void read_study_calibration(MapReader& study, const std::vector<Place>* places, StudyFile& file,
                            Problems& problems)
{
    CalibrationReader(study, places, file, problems).read();
}

} // namespace walkout::io
