#include "sim/io/study_file.hpp"

#include "sim/core/measures.hpp"
#include "sim/io/did_you_mean.hpp"
#include "sim/io/source_file.hpp"
#include "sim/io/study_calibration.hpp"
#include "sim/io/study_design.hpp"
#include "sim/io/study_parameter.hpp"
#include "sim/io/yaml_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

namespace walkout::io {

namespace fs = std::filesystem;

namespace {

constexpr double most_replicates = 1e6;
constexpr std::size_t most_curve_points = 1000;
constexpr std::size_t most_parameters = 500;

std::vector<std::string> measure_names()
{
    std::vector<std::string> names;
    for (const MeasureInfo& info : measure_infos())
        names.emplace_back(info.name);
    names.insert(names.end(), outcome_names.begin(), outcome_names.end());
    return names;
}

/// Reads one study file; the parts of the grammar are functions in its order.
class StudyReader {
public:
    StudyReader(const SourcePtr& source, const Value& root, StudyFile& file, Problems& problems)
        : source_(source), file_(file), study_(file.study), problems_(problems),
          in_(root, "", "the study", problems)
    {
    }

    void read()
    {
        study_.title = in_.text("title").value_or("");
        study_.summary = in_.text("summary").value_or("");
        read_scenarios();
        load_scenarios();
        study_.seed = static_cast<std::uint64_t>(
            in_.whole("seed", {0, 1e18}).value_or(static_cast<std::int64_t>(default_seed())));
        study_.common_luck = in_.flag("common_luck").value_or(true);
        const auto places = read_parameters();
        const auto* const sound = parameters_are_sound_ ? &places : nullptr;
        if (in_.has("calibrate"))
            read_study_calibration(in_, sound, file_, problems_);
        else
            read_runs(sound);
        in_.finish();
    }

    /// What scenarios say that cannot be read.
    const std::string& scenario_mistakes() const { return scenario_mistakes_; }

private:
    /// What is run: all but what a fit decides by itself.
    void read_runs(const std::vector<Place>* places)
    {
        read_study_design(in_, places, file_, problems_);
        read_replicates();
        read_measures();
        read_curves();
        if (const auto policy = in_.word("on_failure", policy_names()))
            study_.on_failure = static_cast<FailurePolicy>(*policy);
    }

    // ------------------------------------------------------------ scenarios

    void read_scenarios()
    {
        const Value* one = in_.scalar("scenario", "the name of a scenario file");
        const Value* many = in_.map("scenarios", "a map from names to scenario files");
        const Value* library = in_.scalar("library", "the name of a folder of recorded crises");
        check_one_way({"scenario", "scenarios", "library"});
        if (one)
            add_scenario("", *one, nullptr);
        for (const Field& field : fields_of(many))
            read_named_scenario(field);
        if (library)
            add_library(*library);
        read_settings();
    }

    void check_one_way(const std::vector<std::string>& keys)
    {
        std::vector<std::string> given;
        for (const std::string& key : keys)
            if (in_.has(key))
                given.push_back(key);
        if (given.empty())
            problems_.add(in_.place(), "the study names no scenario",
                          "add one like 'scenario: ../openai_2023.yaml'");
        if (given.size() > 1)
            problems_.add(in_.place(given[1]),
                          fmt::format("the study has both '{}' and '{}'", given[0], given[1]),
                          "keep one of the two");
    }

    /// The recorded crises of a folder, by name of their files.
    void add_library(const Value& value)
    {
        const auto text = read_text_at(value, "the library", problems_);
        if (!text)
            return;
        const fs::path folder = fs::path(join_path(source_->folder, *text)).lexically_normal();
        if (fs::path(*text).is_absolute())
            return problems_.add(value.place, fmt::format("'{}' is absolute", printable(*text)),
                                 "name the folder relative to the study file");
        if (!fs::is_directory(folder))
            return problems_.add(value.place,
                                 fmt::format("'{}' is no folder", printable(folder.string())),
                                 "the name counts from the study's own folder");
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".yaml")
                files.push_back(entry.path());
        std::ranges::sort(files);
        for (const fs::path& file : files)
            add_case(file.string(), value.place);
        if (study_.scenarios.empty() && scenario_mistakes_.empty())
            problems_.add(value.place,
                          fmt::format("no recorded crisis in '{}'", printable(folder.string())),
                          "a case has a 'record' with a point to fit to, or an 'outcome'");
    }

    void add_case(const std::string& file, const Place& place)
    {
        try {
            if (!is_recorded_crisis(read_scenario(file).scenario))
                return;
        } catch (const InputError& error) {
            scenario_mistakes_ +=
                std::string(scenario_mistakes_.empty() ? "" : "\n") + error.what();
            return;
        }
        study_.scenarios.push_back({fs::path(file).stem().string(), file, {}});
        scenario_places_.push_back(place);
        settings_.push_back(nullptr);
    }

    void read_named_scenario(const Field& field)
    {
        const std::string error = name_error(field.key);
        if (!error.empty())
            return problems_.add(
                field.place,
                fmt::format("'{}' cannot be a name in scenarios", printable(field.key)), error);
        if (field.value.kind == Value::Kind::scalar && !field.value.null)
            return add_scenario(field.key, field.value, nullptr);
        const std::string path = "scenarios." + field.key;
        if (field.value.kind != Value::Kind::map)
            return problems_.add(field.place, path + " must be a scenario file",
                                 fmt::format("write '{}: ../openai_2023.yaml'", field.key));
        MapReader map(field.value, path, path, problems_);
        const Value* file = map.scalar("file", "the name of a scenario file");
        if (!map.has("file"))
            problems_.add(field.place, path + " names no file", "add 'file: ...'");
        const Value* settings = map.map("set", "a map from paths to values");
        if (file)
            add_scenario(field.key, *file, settings);
        map.finish();
    }

    void add_scenario(const std::string& name, const Value& file, const Value* settings)
    {
        const auto text = read_text_at(file, "the scenario", problems_);
        if (!text)
            return;
        if (fs::path(*text).is_absolute())
            return problems_.add(file.place, fmt::format("'{}' is absolute", printable(*text)),
                                 "name the scenario relative to the study file");
        const std::string path =
            fs::path(join_path(source_->folder, *text)).lexically_normal().string();
        study_.scenarios.push_back(
            {name.empty() ? fs::path(path).stem().string() : name, path, {}});
        scenario_places_.push_back(file.place);
        settings_.push_back(settings);
    }

    /// Settings for all scenarios, then those of one: the nearer ones win.
    void read_settings()
    {
        const Value* all = in_.map("set", "a map from paths to values");
        for (std::size_t s = 0; s < study_.scenarios.size(); ++s)
            for (const Value* settings : {all, settings_[s]})
                for (const Field& field : fields_of(settings))
                    add_setting(study_.scenarios[s], field);
    }

    void add_setting(StudyScenario& scenario, const Field& field)
    {
        if (field.value.kind != Value::Kind::scalar || field.value.null)
            problems_.add(
                field.place,
                fmt::format("set.{} must be a number, a switch or a word", printable(field.key)),
                "write paths in one, like 'people.vigil: 5%'");
        else
            scenario.overrides.push_back(field.key + "=" + field.value.text);
        setting_places_[field.key + "=" + field.value.text] = field.place;
    }

    void load_scenarios()
    {
        for (std::size_t s = 0; s < study_.scenarios.size(); ++s) {
            const StudyScenario& scenario = study_.scenarios[s];
            if (!fs::exists(scenario.file)) {
                const Loaded missing = load_file(scenario.file, {}, largest_scenario);
                problems_.add(scenario_places_[s], missing.error,
                              missing.help.empty() ? "the name counts from the study's own folder"
                                                   : missing.help);
                continue;
            }
            try {
                file_.scenarios.push_back(
                    std::make_shared<ScenarioVariants>(scenario.file, scenario.overrides));
                const auto& inputs = file_.scenarios.back()->file().inputs;
                file_.inputs.insert(file_.inputs.end(), inputs.begin(), inputs.end());
            } catch (const InputError& error) {
                if (blame_setting(scenario)) // the rest can be checked without the settings
                    file_.scenarios.push_back(std::make_shared<ScenarioVariants>(scenario.file));
                else
                    scenario_mistakes_ +=
                        std::string(scenario_mistakes_.empty() ? "" : "\n") + error.what();
            }
        }
        if (file_.scenarios.size() != study_.scenarios.size())
            file_.scenarios.clear(); // nothing can be checked against them
    }

    /// Whether a setting alone makes the scenario wrong; each that does is told at its place.
    bool blame_setting(const StudyScenario& scenario)
    {
        if (!is_sound(scenario.file))
            return false;
        bool found = false;
        for (const std::string& text : scenario.overrides)
            try {
                read_scenario(scenario.file, {text});
            } catch (const InputError& error) {
                found = true;
                tell_refusal(setting_places_.at(text),
                             fmt::format("with {} the scenario is wrong", printable(text)),
                             error.what(), problems_);
            }
        return found;
    }

    static bool is_sound(const std::string& file)
    {
        try {
            read_scenario(file);
            return true;
        } catch (const InputError&) {
            return false;
        }
    }

    std::uint64_t default_seed() const
    {
        return file_.scenarios.empty() ? 1 : file_.scenarios.front()->file().scenario.ensemble.seed;
    }

    // ------------------------------------------------------------ parameters

    /// @return where each parameter stands
    std::vector<Place> read_parameters()
    {
        std::vector<Place> places;
        const Value* map = in_.map("parameters", "a map from names to what varies");
        if (map && map->fields.size() > most_parameters)
            throw LimitError(format_problem(in_.place("parameters"),
                                            fmt::format("{} parameters; the limit is {}",
                                                        map->fields.size(), most_parameters)));
        for (const Field& field : fields_of(map)) {
            if (auto parameter = read_study_parameter(field, file_, problems_)) {
                study_.parameters.push_back(std::move(*parameter));
                places.push_back(field.place);
            } else {
                parameters_are_sound_ = false;
            }
        }
        return places;
    }

    // ------------------------------------------------------------ runs

    void read_replicates()
    {
        ReplicateParams& r = study_.replicates;
        const Value* value = in_.find("replicates");
        if (!value && !in_.has("replicates"))
            problems_.add(in_.place(), "the study has no 'replicates'",
                          "add 'replicates: 50', or 'replicates: {until: {measure: ..., "
                          "half_width: ...}}'");
        if (!value)
            return;
        if (value->kind != Value::Kind::map) {
            const auto count = read_whole_at(*value, "replicates", {1, most_replicates}, problems_);
            r.least = r.most = static_cast<std::uint32_t>(count.value_or(1));
            return;
        }
        MapReader map(*value, "replicates", "replicates", problems_);
        if (const Value* until = map.map("until", "a map with 'measure' and 'half_width'"))
            read_until(*until);
        else if (!map.has("until"))
            problems_.add(
                in_.place("replicates"), "replicates names no 'until'",
                "write 'replicates: 50', or add 'until: {measure: ..., half_width: ...}'");
        r.least =
            static_cast<std::uint32_t>(map.whole("at_least", {2, most_replicates}).value_or(20));
        r.most = static_cast<std::uint32_t>(
            map.whole("at_most", {2, most_replicates}).value_or(std::max(1000U, r.least)));
        if (r.least > r.most)
            problems_.add(
                map.place("at_most"),
                fmt::format("replicates: at_least {} is above at_most {}", r.least, r.most),
                "swap the two");
        map.finish();
    }

    void read_until(const Value& value)
    {
        MapReader map(value, "replicates.until", "replicates.until", problems_);
        const auto names = measure_names();
        if (const auto index = map.word("measure", names)) {
            study_.replicates.measure = names[*index];
            read_half_width(map, *index);
        } else {
            map.find("half_width");
            if (!map.has("measure"))
                problems_.add(map.place(), "replicates.until names no measure",
                              "add 'measure: peak_signed_share'");
        }
        map.finish();
    }

    /// In the unit of its measure: shares may be percent, hours are durations.
    void read_half_width(MapReader& map, std::size_t measure)
    {
        const auto infos = measure_infos();
        const std::string_view unit = measure < infos.size() ? infos[measure].unit : "share";
        const Unit written = unit == "share"   ? Unit::share
                             : unit == "hours" ? Unit::duration
                                               : Unit::none;
        if (unit == "hours") // a time that never came is at least the horizon
            study_.replicates.ceiling = longest_horizon();
        if (const auto width = map.number("half_width", written, {0, unbounded, true}))
            study_.replicates.half_width = *width;
        else if (!map.has("half_width"))
            problems_.add(map.place(), "replicates.until has no half_width",
                          "add the half-width of the 95% interval that you want, like 2%");
    }

    void read_measures()
    {
        const auto known = measure_names();
        const Value* list = in_.list("measures", "a list of measures");
        for (const Value& item : items_of(list)) {
            const std::string& name = item.text;
            if (item.kind != Value::Kind::scalar || std::ranges::find(known, name) == known.end())
                problems_.add(item.place, fmt::format("unknown measure '{}'", printable(name)),
                              did_you_mean_or_all(name, known, "measures:"));
            else if (std::ranges::find(study_.measures, name) != study_.measures.end())
                problems_.add(item.place, fmt::format("measure '{}' given twice", name));
            else
                study_.measures.push_back(name);
        }
        if (list && list->items.empty())
            problems_.add(in_.place("measures"), "measures: the list is empty",
                          "leave the key out to keep all measures");
        for (const MeasureInfo& info : measure_infos())
            if (!in_.has("measures"))
                study_.measures.emplace_back(info.name);
        const std::string& needed = study_.replicates.measure; // to go on where it stopped
        if (!needed.empty() && std::ranges::find(study_.measures, needed) == study_.measures.end())
            study_.measures.push_back(needed);
    }

    /// @return the longest horizon of the scenarios, hours
    Hours longest_horizon() const
    {
        Hours longest = 1;
        for (const auto& scenario : file_.scenarios)
            longest = std::max(longest, scenario->file().scenario.horizon);
        return longest;
    }

    void read_curves()
    {
        const Hours longest = longest_horizon();
        study_.curves_every = std::max(1.0, longest / most_curve_points);
        const Value* value = in_.find("curves");
        if (value && value->kind == Value::Kind::scalar && value->text == "none")
            study_.curves_every = 0;
        else if (value && value->kind == Value::Kind::map) {
            MapReader map(*value, "curves", "curves", problems_);
            const Hours shortest = longest / most_curve_points;
            const auto every = map.number("every", Unit::duration, {0, 20'000, true});
            if (every && *every < shortest)
                problems_.add(
                    map.place("every"),
                    fmt::format("curves.every: more than {} points in a curve", most_curve_points),
                    fmt::format("at least {} would do",
                                format_quantity(std::ceil(shortest * 60) / 60, Unit::duration)));
            study_.curves_every = every.value_or(study_.curves_every);
            map.finish();
        } else if (value)
            problems_.add(in_.place("curves"), "curves must be 'none' or a map with 'every'",
                          "write 'curves: {every: 2h}'");
    }

    SourcePtr source_;
    StudyFile& file_;
    Study& study_;
    Problems& problems_;
    MapReader in_;
    std::vector<Place> scenario_places_;
    std::vector<const Value*> settings_; ///< of one scenario, by row; may be none
    std::map<std::string, Place> setting_places_;
    std::string scenario_mistakes_;
    bool parameters_are_sound_ = true;
};

SourcePtr load_study(const std::string& path)
{
    Source about;
    about.name = path;
    about.folder = fs::path(path).parent_path().string();
    const Loaded loaded = load_file(path, about, largest_scenario);
    if (!loaded.source)
        throw InputError("walkout: error: " + loaded.error +
                         (loaded.help.empty() ? "" : "; " + loaded.help));
    return loaded.source;
}

/// The tree of a study; throws when there is none.
Value parse_study(const SourcePtr& source, Problems& problems)
{
    auto root = parse_yaml(source->text, source, problems);
    if (root && root->null && !problems.any())
        problems.add({source, 0, 0, 1}, "the file is empty", "begin with 'title:' and 'scenario:'");
    else if (root && !root->null && root->kind != Value::Kind::map)
        problems.add(root->place, "a study is a map of keys to values",
                     "write lines like 'scenario: ../openai_2023.yaml'");
    if (!root || root->null || root->kind != Value::Kind::map)
        problems.raise();
    return std::move(*root);
}

} // namespace

const std::vector<std::string>& design_names()
{
    static const std::vector<std::string> names{
        "grid", "list", "table", "one_at_a_time", "latin_hypercube", "sobol", "saltelli", "morris"};
    return names;
}

const std::vector<std::string>& change_names()
{
    static const std::vector<std::string> names{"value", "factor", "shift"};
    return names;
}

const std::vector<std::string>& policy_names()
{
    static const std::vector<std::string> names{"stop", "finish", "ignore"};
    return names;
}

const std::vector<std::string>& reserved_columns()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all = measure_names();
        all.insert(all.end(),
                   {"run", "scenario", "point", "replicate", "seed", "outcome", "fingerprint",
                    "error", "command", "time", "signed", "posted", "gone"});
        return all;
    }();
    return names;
}

bool is_recorded_crisis(const Scenario& scenario)
{
    return scenario.bases.empty() &&
           (scenario.outcome || std::ranges::any_of(scenario.record, &RecordPoint::fit));
}

StudyFile read_study(const std::string& path)
{
    const SourcePtr source = load_study(path);
    Problems problems;
    const Value root = parse_study(source, problems);
    StudyFile file;
    file.path = path;
    file.text = source->text;
    file.inputs = {path};
    file.study.name = fs::path(path).stem().string();
    StudyReader reader(source, root, file, problems);
    reader.read();
    if (!reader.scenario_mistakes().empty())
        throw InputError(problems.any() ? problems.text() + "\n" + reader.scenario_mistakes()
                                        : reader.scenario_mistakes());
    problems.raise();
    return file;
}

} // namespace walkout::io
