#include "sim/io/study_parameter.hpp"

#include "sim/core/numeric.hpp"
#include "sim/io/csv.hpp"
#include "sim/io/did_you_mean.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace walkout::io {

namespace {

constexpr std::array<std::string_view, 7> spread_keys{"values",     "range",  "linear",   "log",
                                                      "triangular", "normal", "lognormal"};
constexpr double most_steps = 1e6;

std::string in_words(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// Reads one parameter of a study.
class ParameterOfStudy {
public:
    ParameterOfStudy(const Field& field, const StudyFile& file, Problems& problems)
        : field_(field), file_(file), problems_(problems), path_("parameters." + field.key),
          in_(field.value, path_, path_, problems)
    {
        parameter_.name = field.key;
    }

    std::optional<StudyParameter> read()
    {
        const std::size_t before = problems_.count();
        read_paths();
        if (const auto change = in_.word("change", change_names()))
            parameter_.change = static_cast<ChangeKind>(*change);
        if (sound_)
            settle_unit();
        read_spread();
        in_.finish();
        if (sound_ && problems_.count() == before)
            try_extremes();
        if (problems_.count() != before)
            return std::nullopt;
        return std::move(parameter_);
    }

private:
    void reject(const Place& place, const std::string& message, const std::string& help = {})
    {
        problems_.add(place, message, help);
        sound_ = false;
    }

    // ------------------------------------------------------------ what varies

    void read_paths()
    {
        const Value* one = in_.scalar("path", "a path like people.vigil");
        const Value* many = in_.list("paths", "a list of paths");
        if (one && many)
            return reject(in_.place("paths"), path_ + " has both 'path' and 'paths'",
                          "keep one of the two");
        if (one)
            add_path(*one);
        for (const Value& item : items_of(many))
            add_path(item);
        if (!in_.has("path") && !in_.has("paths"))
            add_path_of_name();
        else
            check_name();
        if (parameter_.paths.empty())
            sound_ = false;
    }

    /// Without a path the name is one.
    void add_path_of_name()
    {
        const bool like_a_path = parameter_.name.find('.') != std::string::npos;
        if (!like_a_path && !file_.scenarios.empty() && !find(parameter_.name))
            return reject(field_.place, path_ + " names no path",
                          "add 'path: people.vigil', or use the path itself as the name");
        Value name;
        name.text = parameter_.name;
        name.place = field_.place;
        add_path(name);
    }

    void check_name()
    {
        const std::string error = name_error(parameter_.name);
        if (!error.empty())
            reject(field_.place,
                   fmt::format("'{}' cannot be a name in parameters", printable(parameter_.name)),
                   error);
        const auto& reserved = reserved_columns();
        if (std::ranges::find(reserved, parameter_.name) != reserved.end())
            reject(field_.place,
                   fmt::format("'{}' is a column of the table of runs", parameter_.name),
                   "give the parameter another name");
    }

    std::optional<std::size_t> find(const std::string& path) const
    {
        return file_.scenarios.front()->find(path);
    }

    void add_path(const Value& value)
    {
        if (value.kind != Value::Kind::scalar || value.null)
            return reject(value.place, path_ + ": a path is a word like people.vigil");
        const std::string& path = value.text;
        if (path == "ensemble.seed" || path == "ensemble.replicates")
            return reject(value.place, path + " is no parameter of a study",
                          "the study has its own keys 'seed' and 'replicates'");
        if (std::ranges::find(parameter_.paths, path) != parameter_.paths.end())
            return reject(value.place, fmt::format("path '{}' given twice", printable(path)));
        for (const StudyParameter& other : file_.study.parameters)
            if (std::ranges::find(other.paths, path) != other.paths.end())
                return reject(value.place, fmt::format("'{}' is varied by parameter '{}' already",
                                                       printable(path), other.name));
        for (const auto& scenario : file_.scenarios)
            if (!scenario->find(path))
                return reject_path(value, *scenario);
        parameter_.paths.push_back(path);
    }

    void reject_path(const Value& value, const ScenarioVariants& scenario)
    {
        std::vector<std::string> known;
        for (const Setting& setting : scenario.settings())
            known.push_back(setting.path);
        std::string help = did_you_mean(value.text, known);
        if (help.empty())
            help = "'walkout resolve' writes out all that a scenario has";
        reject(value.place,
               fmt::format("scenario '{}' has no number or switch '{}'",
                           scenario.file().scenario.name, printable(value.text)),
               help);
    }

    // ------------------------------------------------------------ its unit

    const Setting& setting(const ScenarioVariants& scenario, const std::string& path) const
    {
        return scenario.settings()[*scenario.find(path)];
    }

    void settle_unit()
    {
        if (file_.scenarios.empty())
            return;
        const Setting& first = setting(*file_.scenarios.front(), parameter_.paths.front());
        parameter_.meaning = first.meaning;
        parameter_.unit = first.unit;
        parameter_.whole = first.whole;
        parameter_.flag = first.flag;
        if (parameter_.change == ChangeKind::factor) {
            parameter_.unit = Unit::none;
            parameter_.whole = false;
        } else if (parameter_.change == ChangeKind::shift && first.unit == Unit::clock) {
            parameter_.unit = Unit::duration;
        }
        for (const auto& scenario : file_.scenarios)
            for (const std::string& path : parameter_.paths)
                check_kind(first, setting(*scenario, path));
        settle_own();
    }

    void check_kind(const Setting& first, const Setting& other)
    {
        const bool alike = first.unit == other.unit && first.whole == other.whole;
        if (first.flag != other.flag || (parameter_.change != ChangeKind::factor && !alike))
            reject(field_.place,
                   fmt::format("{}: {} and {} are not of one kind", path_, first.path, other.path),
                   "vary switches, shares, rates and durations apart, or by 'change: factor'");
        if (parameter_.change == ChangeKind::value)
            return;
        if (other.flag)
            reject(field_.place, fmt::format("{}: {} is a switch", path_, other.path),
                   "only numbers can be multiplied or shifted");
        else if (!std::isfinite(other.value))
            reject(field_.place, fmt::format("{}: {} has no value to change", path_, other.path),
                   "give it one in the scenario");
    }

    /// The value that changes nothing, where there is one for all.
    void settle_own()
    {
        parameter_.own = parameter_.change == ChangeKind::factor ? 1 : 0;
        if (parameter_.change != ChangeKind::value)
            return;
        const Setting& first = setting(*file_.scenarios.front(), parameter_.paths.front());
        parameter_.own = std::isfinite(first.value) ? first.value : own_value;
        for (const auto& scenario : file_.scenarios)
            for (const std::string& path : parameter_.paths)
                if (setting(*scenario, path).value != first.value)
                    parameter_.own = own_value;
    }

    // ------------------------------------------------------------ its values

    void read_spread()
    {
        std::vector<std::string> given;
        for (const std::string_view key : spread_keys)
            if (in_.has(key))
                given.emplace_back(key);
        if (given.size() > 1)
            reject(in_.place(given[1]),
                   fmt::format("{} has {} ways to its values: {}", path_, given.size(),
                               in_words(given)),
                   "keep one of them");
        for (const std::string_view key : spread_keys)
            in_.know(key);
        if (given.empty())
            return;
        const std::string& key = given.front();
        if (parameter_.flag && key != "values")
            reject(in_.place(key), path_ + " is a switch", "write 'values: [true, false]'");
        else if (key == "values")
            read_values();
        else if (key == "range")
            read_range();
        else if (key == "linear" || key == "log")
            read_steps(key);
        else
            read_distribution(key);
    }

    std::optional<double> value(const Value& text, const std::string& name)
    {
        if (!sound_ || file_.scenarios.empty())
            return std::nullopt; // of unknown unit
        return read_parameter_value(text, name, parameter_, file_, problems_);
    }

    void read_values()
    {
        parameter_.spread = Spread::levels;
        const Value* list = in_.list("values", "a list of values");
        for (const Value& item : items_of(list)) {
            const auto level = value(item, in_.path_to("values"));
            if (!level)
                continue;
            if (std::ranges::find(parameter_.levels, *level) != parameter_.levels.end())
                problems_.add(item.place, fmt::format("{}: {} given twice", in_.path_to("values"),
                                                      printable(item.text)));
            parameter_.levels.push_back(*level);
        }
        if (list && list->items.empty())
            problems_.add(in_.place("values"), in_.path_to("values") + ": the list is empty");
    }

    void read_range()
    {
        parameter_.spread = Spread::uniform;
        const Value* list = in_.list("range", "a list of two values");
        if (!list)
            return;
        if (list->items.size() != 2)
            return problems_.add(in_.place("range"), in_.path_to("range") + " takes two values",
                                 "write 'range: [low, high]'");
        const auto low = value(list->items[0], in_.path_to("range"));
        const auto high = value(list->items[1], in_.path_to("range"));
        if (low && high)
            set_bounds("range", *low, *high);
    }

    void set_bounds(const std::string& key, double low, double high)
    {
        parameter_.low = low;
        parameter_.high = high;
        if (!(low < high))
            problems_.add(
                in_.place(key),
                fmt::format("{}: the first value must be below the second", in_.path_to(key)),
                low > high ? "swap the two" : "leave the parameter out to keep it fixed");
    }

    /// A value in a map under `key`; a mistake when it is missing.
    std::optional<double> part(MapReader& map, std::string_view key)
    {
        const Value* text = map.find(key);
        if (text)
            return value(*text, map.path_to(key));
        if (!map.has(key))
            tell_missing(map, key);
        return std::nullopt;
    }

    void tell_missing(const MapReader& map, std::string_view key)
    {
        static constexpr std::array<std::pair<std::string_view, const char*>, 9> wholes{{
            {"from", "{from: ..., to: ..., steps: 5}"},
            {"to", "{from: ..., to: ..., steps: 5}"},
            {"low", "{low: ..., mode: ..., high: ...}"},
            {"mode", "{low: ..., mode: ..., high: ...}"},
            {"high", "{low: ..., mode: ..., high: ...}"},
            {"mean", "{mean: ..., sd: ...}"},
            {"sd", "{mean: ..., sd: ...}"},
            {"median", "{median: ..., log_sd: 0.5}"},
            {"log_sd", "{median: ..., log_sd: 0.5}"},
        }};
        const auto* const whole =
            std::ranges::find(wholes, key, [](const auto& w) { return w.first; });
        problems_.add(map.place(), map.path_to(key) + " is missing",
                      fmt::format("all of it: {}", whole->second));
    }

    /// `linear` and `log`: with `steps` single values, without a range.
    void read_steps(const std::string& key)
    {
        const Value* value = in_.map(key, "a map with 'from', 'to' and 'steps'");
        if (!value)
            return;
        MapReader map(*value, in_.path_to(key), in_.path_to(key), problems_);
        const auto from = part(map, "from"), to = part(map, "to");
        const auto steps = map.whole("steps", {2, most_steps});
        const bool stepped = map.has("steps");
        map.finish();
        parameter_.spread = stepped        ? Spread::levels
                            : key == "log" ? Spread::log_uniform
                                           : Spread::uniform;
        if (!from || !to || (stepped && !steps))
            return;
        if (key == "log" && (*from <= 0 || *to <= 0))
            return problems_.add(in_.place(key),
                                 in_.path_to(key) + ": a logarithm needs values above 0",
                                 "begin above 0, or take 'linear'");
        if (!stepped)
            return set_bounds(key, *from, *to);
        add_levels(key, *from, *to, static_cast<std::size_t>(*steps));
    }

    void add_levels(const std::string& key, double from, double to, std::size_t steps)
    {
        for (std::size_t i = 0; i < steps; ++i) {
            const auto after = static_cast<double>(i), before = static_cast<double>(steps - 1 - i);
            const double all = static_cast<double>(steps - 1);
            const double level = i + 1 == steps ? to
                                 : i == 0       ? from
                                 : key == "log" ? from * pow_same_bits(to / from, after / all)
                                                : (from * before + to * after) / all;
            if (parameter_.whole && level != std::round(level))
                return problems_.add(in_.place(key),
                                     fmt::format("{}: {} is not a whole number", in_.path_to(key),
                                                 format_number(level)),
                                     "choose steps that fall on whole numbers, or list 'values'");
            parameter_.levels.push_back(level);
        }
        if (!(from < to))
            set_bounds(key, from, to);
    }

    // ------------------------------------------------------------ distributions

    void read_distribution(const std::string& key)
    {
        const Value* value = in_.map(key, "a map of keys to values");
        if (!value)
            return;
        MapReader map(*value, in_.path_to(key), in_.path_to(key), problems_);
        if (key == "triangular")
            read_triangular(map);
        else
            read_bell(map, key == "normal");
        map.finish();
    }

    void read_triangular(MapReader& map)
    {
        parameter_.spread = Spread::triangular;
        const auto low = part(map, "low"), mode = part(map, "mode"), high = part(map, "high");
        if (!low || !mode || !high)
            return;
        set_bounds("triangular", *low, *high);
        parameter_.middle = *mode;
        if (*low < *high && (*mode < *low || *mode > *high))
            problems_.add(map.place("mode"),
                          map.path_to("mode") + " must lie between 'low' and 'high'");
    }

    /// Normal or lognormal, cut where the parameter ends.
    void read_bell(MapReader& map, bool normal)
    {
        parameter_.spread = normal ? Spread::normal : Spread::lognormal;
        const auto middle = part(map, normal ? "mean" : "median");
        const Unit unit = !normal                          ? Unit::none
                          : parameter_.unit == Unit::clock ? Unit::duration
                                                           : parameter_.unit;
        const auto width = map.number(normal ? "sd" : "log_sd", unit, {0, unbounded, true});
        if (!map.has(normal ? "sd" : "log_sd"))
            tell_missing(map, normal ? "sd" : "log_sd");
        if (!middle || !width)
            return;
        if (!normal && *middle <= 0)
            problems_.add(map.place("median"), map.path_to("median") + " must be above 0");
        parameter_.middle = *middle;
        parameter_.width = *width;
        const Range range = range_of_parameter();
        parameter_.low = normal ? range.low : std::max(0.0, range.low);
        parameter_.high = range.high;
    }

    /// Where all paths are in their ranges.
    Range range_of_parameter() const
    {
        Range common;
        for (const auto& scenario : file_.scenarios)
            for (const std::string& path : parameter_.paths) {
                const Setting& one = setting(*scenario, path);
                double low = one.range.low, high = one.range.high;
                if (parameter_.change == ChangeKind::shift) {
                    low -= one.value;
                    high -= one.value;
                } else if (parameter_.change == ChangeKind::factor) {
                    low = 0;
                    high = one.value > 0 ? high / one.value : unbounded;
                }
                common.low = std::max(common.low, low);
                common.high = std::min(common.high, high);
            }
        return common;
    }

    // ------------------------------------------------------------ trial

    std::vector<double> extremes() const
    {
        if (parameter_.spread == Spread::rows)
            return {};
        if (parameter_.spread != Spread::levels)
            return {parameter_.low, parameter_.high};
        if (parameter_.levels.empty())
            return {};
        const auto [low, high] = std::ranges::minmax(parameter_.levels);
        return low == high ? std::vector{low} : std::vector{low, high};
    }

    void try_extremes()
    {
        for (std::size_t s = 0; s < file_.scenarios.size(); ++s)
            for (const double value : extremes())
                if (std::isfinite(value) && !try_value(s, value))
                    return; // the other end would mostly say the same
    }

    bool try_value(std::size_t s, double value)
    {
        std::vector<std::string> overrides = file_.study.scenarios[s].overrides;
        const auto more = overrides_of(parameter_, value, *file_.scenarios[s]);
        overrides.insert(overrides.end(), more.begin(), more.end());
        try {
            read_scenario(file_.study.scenarios[s].file, overrides);
            return true;
        } catch (const std::runtime_error& error) {
            tell_refusal(field_.place,
                         fmt::format("{}: with {} the scenario is wrong", path_, in_words(more)),
                         error.what(), problems_);
        }
        return false;
    }

    const Field& field_;
    const StudyFile& file_;
    Problems& problems_;
    std::string path_;
    StudyParameter parameter_;
    MapReader in_;
    bool sound_ = true;
};

} // namespace

std::optional<StudyParameter> read_study_parameter(const Field& field, const StudyFile& file,
                                                   Problems& problems)
{
    if (field.value.kind == Value::Kind::map)
        return ParameterOfStudy(field, file, problems).read();
    problems.add(field.place,
                 fmt::format("parameters.{} must be a map of keys to values", printable(field.key)),
                 field.value.null
                     ? "write '{values: [...]}', or '{}' when the design's rows say the values"
                     : "write it like '{values: [1, 2]}'");
    return std::nullopt;
}

void tell_refusal(const Place& place, const std::string& what, std::string_view message,
                  Problems& problems)
{
    constexpr std::string_view cause_mark = ": error: ", help_mark = "\n   help: ";
    const auto line_after = [&](std::string_view mark) {
        const std::size_t at = message.find(mark);
        return at == std::string_view::npos
                   ? std::string_view()
                   : message.substr(at + mark.size())
                         .substr(0, message.substr(at + mark.size()).find('\n'));
    };
    problems.add(place, fmt::format("{}: {}", what, line_after(cause_mark)),
                 std::string(line_after(help_mark)));
}

std::vector<std::string> overrides_of(const StudyParameter& parameter, double value,
                                      const ScenarioVariants& scenario)
{
    std::vector<std::string> overrides;
    if (std::isnan(value))
        return overrides;
    for (const std::string& path : parameter.paths) {
        const Setting& setting = scenario.settings()[*scenario.find(path)];
        const double number = changed(parameter.change, setting.value, value, setting.whole);
        overrides.push_back(path + "=" + text_of(setting, number));
    }
    return overrides;
}

std::optional<double> read_parameter_value(const Value& value, const std::string& name,
                                           const StudyParameter& parameter, const StudyFile& file,
                                           Problems& problems)
{
    if (parameter.flag) {
        const auto flag = read_flag_at(value, name, problems);
        return flag ? std::optional<double>(*flag) : std::nullopt;
    }
    Range range;
    if (parameter.change == ChangeKind::factor)
        range.low = 0;
    else if (parameter.change == ChangeKind::value) {
        const ScenarioVariants& scenario = *file.scenarios.front();
        range = scenario.settings()[*scenario.find(parameter.paths.front())].range;
    }
    if (!parameter.whole)
        return read_number_at(value, name, parameter.unit, range, problems);
    const auto number = read_whole_at(value, name, range, problems);
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

void read_design_table(const SourcePtr& source, StudyFile& file, const std::vector<double>& own,
                       Problems& problems)
{
    std::vector<std::string> columns;
    for (const StudyParameter& parameter : file.study.parameters)
        columns.push_back(parameter.name);
    CsvReader table(source, columns, 0, problems);
    while (table.next()) {
        std::vector<double> row = own;
        for (std::size_t k = 0; k < columns.size(); ++k) {
            if (table[k].empty())
                continue;
            Value cell;
            cell.text = table[k];
            cell.place = table.place(k);
            if (const auto number = read_parameter_value(cell, columns[k], file.study.parameters[k],
                                                         file, problems))
                row[k] = *number;
        }
        file.study.design.rows.push_back(std::move(row));
    }
    if (file.study.design.rows.empty() && !problems.any())
        problems.add({source, 0, 0, 1}, "the table has no rows");
}

} // namespace walkout::io
