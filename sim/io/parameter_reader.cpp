#include "sim/io/parameter_reader.hpp"

#include "sim/io/condition.hpp"
#include "sim/io/did_you_mean.hpp"
#include "sim/io/source_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace walkout::io {

namespace {

bool is_standing_key(std::string_view key)
{
    return std::ranges::find(standing_keys, key) != standing_keys.end();
}

std::string_view expected_word(Unit unit)
{
    switch (unit) {
    case Unit::share:
        return "a share like 12% or 0.12";
    case Unit::rate:
        return "a rate like 2.56/h";
    case Unit::duration:
        return "a duration like 4h";
    case Unit::clock:
        return "an hour of the day like 23:30";
    case Unit::none:
    case Unit::allegiance:
    case Unit::people:
    case Unit::years:
        break;
    }
    return "a number";
}

/// In a quoted scalar only what is text anyway may be a number: `"12%"`, but not `"0.12"`.
bool is_quoted_number(const Value& value)
{
    return value.quoted && read_number(value.text).value.has_value();
}

bool has_control_characters(std::string_view text)
{
    return std::ranges::any_of(
        text, [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
}

constexpr double seconds_per_hour = 3600;

std::string did_you_mean_or_list(std::string_view word, const std::vector<std::string>& known,
                                 std::string title)
{
    const std::string help = did_you_mean(word, known);
    if (!help.empty())
        return help;
    for (const std::string& name : known)
        title += " " + name;
    return title;
}

/// A range in the words of the number that is outside.
std::string range_as_written(const About& about, std::string_view number)
{
    if (about.unit == Unit::share && number.ends_with('%'))
        return fmt::format("[{}%, {}%]", format_number(about.range.low * 100),
                           format_number(about.range.high * 100));
    return text_of(about.range, about.unit);
}

/// `30` where `30%` would be a share.
std::string help_for_share(const About& about, std::string_view text, double number)
{
    const bool percent_forgotten =
        about.unit == Unit::share && !text.ends_with('%') && about.range.holds(number / 100);
    return percent_forgotten ? fmt::format("write {}% or {}", text, format_number(number / 100))
                             : std::string();
}

} // namespace

const Place& Places::of(std::string path) const
{
    while (!path.empty() && !places_.contains(path)) {
        const std::size_t dot = path.rfind('.');
        path.resize(dot == std::string::npos ? 0 : dot);
    }
    return places_.at(path);
}

std::string text_of(const Range& range, Unit unit)
{
    const std::string low = format_quantity(range.low, unit);
    if (range.high == unbounded)
        return (range.above_low ? "above " : "at least ") + low;
    return (range.above_low ? "(" : "[") + low + ", " + format_quantity(range.high, unit) + "]";
}

bool reads_as_other_than_text(const std::string& text)
{
    static const std::vector<std::string> words{"true", "True", "TRUE", "false", "False", "FALSE",
                                                "null", "Null", "NULL", "~",     ".inf",  ".nan"};
    const bool radix = text.starts_with("0x") || text.starts_with("0o");
    return radix || std::ranges::find(words, text) != words.end() ||
           (!text.empty() && text.find_first_not_of("+-.0123456789eE") == std::string::npos &&
            text.find_first_of("0123456789") != std::string::npos &&
            text.find('-', 1) == std::string::npos);
}

std::string name_error(std::string_view name)
{
    constexpr std::size_t longest = 64;
    const auto is_letter_or_digit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const auto fits = [&](char c) {
        return is_letter_or_digit(c) || c == ' ' || c == '_' || c == '-';
    };
    if (name.empty() || name.size() > longest || !is_letter_or_digit(name[0]) ||
        name.back() == ' ' || !std::ranges::all_of(name, fits))
        return fmt::format(
            "names consist of letters, digits, spaces, - and _, begin with a letter or "
            "digit and are at most {} characters long",
            longest);
    return {};
}

// ---------------------------------------------------------------- walking

ParameterReader::ParameterReader(const Value& root, Problems& problems) : problems_(problems)
{
    places_.set("", root.place);
    Frame frame;
    frame.map = &root;
    frames_.push_back(std::move(frame));
}

std::string ParameterReader::path_to(std::string_view key) const
{
    const std::string& path = frames_.back().path;
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

const Field* ParameterReader::field(std::string_view key)
{
    Frame& frame = frames_.back();
    frame.known.emplace_back(key);
    const Field* found = frame.map ? frame.map->find(key) : nullptr;
    if (!found)
        return nullptr;
    places_.set(path_to(key),
                found->value.kind == Value::Kind::scalar ? found->value.place : found->place);
    if (!found->value.null)
        return found;
    problems_.add(found->place, fmt::format("{} has no value", path_to(key)),
                  "give one, or remove the key");
    return nullptr;
}

const Value* ParameterReader::scalar(const About& about, std::string_view expected)
{
    const Field* found = field(about.key);
    if (!found)
        return nullptr;
    if (found->value.kind == Value::Kind::scalar)
        return &found->value;
    problems_.add(found->place, fmt::format("{} must be {}", path_to(about.key), expected));
    return nullptr;
}

/// A scalar that is no number, and so has no long form.
const Value* ParameterReader::word(const About& about, std::string_view expected)
{
    const Value* text = scalar(about, expected);
    if (!text || !text->wrapped)
        return text;
    reject(about, *text, "only numbers are written long, with 'value'",
           "write it right after the key");
    return nullptr;
}

void ParameterReader::reject(const About& about, const Value& value, const std::string& error,
                             const std::string& help)
{
    problems_.add(value.place, fmt::format("{}: {}", path_to(about.key), error), help);
}

void ParameterReader::push_map(const About& about)
{
    const Field* found = field(about.key);
    Frame frame;
    frame.path = path_to(about.key);
    if (found && found->value.kind == Value::Kind::map)
        frame.map = &found->value;
    else if (found)
        problems_.add(
            found->place, fmt::format("{} must be a map of keys to values", frame.path),
            found->value.kind == Value::Kind::list ? "write 'name: ...' instead of '- ...'" : "");
    frames_.push_back(std::move(frame));
}

void ParameterReader::begin_section(const About& about)
{
    push_map(about);
}

bool ParameterReader::begin_branch(const About& about, bool)
{
    push_map(about);
    return frames_.back().map != nullptr;
}

void ParameterReader::begin_leader(const About& about, LeaderParams&)
{
    push_map(about);
    const Value* map = frames_.back().map;
    if (map && !map->find("role"))
        problems_.add(places_.of(frames_.back().path),
                      fmt::format("{} has no role", frames_.back().path),
                      "say what texts call this leader, like 'role: the CEO'");
}

bool ParameterReader::check_name(const Field& field, const std::string& path)
{
    const std::string error = name_error(field.key);
    if (!error.empty())
        problems_.add(field.place,
                      fmt::format("'{}' cannot be a name in {}", printable(field.key), path),
                      error);
    return error.empty();
}

void ParameterReader::add_entry(Frame& frame, const Field& field, const std::string& path)
{
    places_.set(path, field.place);
    if (field.value.kind == Value::Kind::map) {
        frame.entries.push_back(&field);
        frame.entry_paths.push_back(path);
    } else {
        problems_.add(field.place, fmt::format("{} must be a map of keys to values", path),
                      field.value.null
                          ? fmt::format("write '{}: {{}}' for defaults only", field.key)
                          : fmt::format("write '{}: {{key: value}}'", field.key));
    }
}

std::vector<std::string> ParameterReader::begin_named(const About& about,
                                                      const std::vector<std::string>&)
{
    push_map(about);
    Frame& frame = frames_.back();
    frame.holds_entries = true;
    std::vector<std::string> present;
    for (const Field& entry : frame.map ? frame.map->fields : std::vector<Field>())
        if (!entry.value.implied)
            present.push_back(entry.key);
    std::vector<std::string> names;
    for (std::size_t i = 0; frame.map && i < frame.map->fields.size(); ++i) {
        const Field& entry = frame.map->fields[i];
        if (is_standing_key(entry.key))
            continue;
        if (entry.value.implied)
            problems_.add(entry.place,
                          fmt::format("{} has no '{}'", frame.path, printable(entry.key)),
                          did_you_mean(entry.key, present));
        else if (check_name(entry, frame.path))
            add_entry(frame, entry, fmt::format("{}.{}", frame.path, entry.key));
    }
    for (const Field* entry : frame.entries)
        names.push_back(entry->key);
    return names;
}

void ParameterReader::add_effects(Frame& frame, const Value& map, const std::string& path)
{
    const auto& known = effect_names();
    for (const Field& effect : map.fields) {
        if (is_standing_key(effect.key))
            continue;
        if (std::ranges::find(known, effect.key) != known.end())
            add_entry(frame, effect, fmt::format("{}.{}", path, effect.key));
        else
            problems_.add(effect.place,
                          fmt::format("unknown effect '{}' in {}", printable(effect.key), path),
                          did_you_mean_or_list(effect.key, known, "known effects:"));
    }
}

std::vector<std::string> ParameterReader::begin_effects(const About& about,
                                                        const std::vector<std::string>&)
{
    const Field* found = field(about.key);
    Frame frame;
    frame.path = path_to(about.key);
    frame.holds_entries = true;
    if (found && found->value.kind == Value::Kind::map)
        add_effects(frame, found->value, frame.path);
    else if (found && found->value.kind == Value::Kind::scalar)
        problems_.add(found->place, frame.path + " must be a map from effects to their parameters",
                      "write it like 'do: {breach: {severity: 0.3}}'");
    for (std::size_t i = 0; found && i < found->value.items.size(); ++i) {
        const Value& item = found->value.items[i];
        if (item.kind == Value::Kind::map)
            add_effects(frame, item, fmt::format("{}.{}", frame.path, i));
        else
            problems_.add(item.place, frame.path + " lists maps from effects to their parameters",
                          "write it like '- breach: {severity: 0.3}'");
    }
    std::vector<std::string> names;
    for (const Field* entry : frame.entries)
        names.push_back(entry->key);
    frames_.push_back(std::move(frame));
    return names;
}

void ParameterReader::begin_entry(const std::string&)
{
    Frame& parent = frames_.back();
    Frame frame;
    frame.map = &parent.entries[parent.next_entry]->value;
    frame.path = parent.entry_paths[parent.next_entry];
    ++parent.next_entry;
    frames_.push_back(std::move(frame));
}

void ParameterReader::begin_effect(const About& about)
{
    begin_entry(std::string(about.key));
}

void ParameterReader::end()
{
    if (frames_.back().map && !frames_.back().holds_entries)
        report_unknown_keys(frames_.back());
    frames_.pop_back();
}

void ParameterReader::report_unknown_keys(const Frame& frame)
{
    bool listed = false; // once is enough
    for (const Field& field : frame.map->fields) {
        if (is_standing_key(field.key) ||
            std::ranges::find(frame.known, field.key) != frame.known.end())
            continue;
        std::string help = did_you_mean(field.key, frame.known);
        if (help.empty() && !listed) {
            help = frame.known.empty() ? "it takes no parameters"
                                       : did_you_mean_or_list("", frame.known, "known keys:");
            listed = true;
        }
        problems_.add(field.place,
                      fmt::format("unknown key '{}' in {}", printable(field.key),
                                  frame.path.empty() ? "the scenario" : frame.path),
                      help);
    }
}

// ---------------------------------------------------------------- numbers

bool ParameterReader::check_range(const About& about, const Value& value, double number)
{
    if (about.range.holds(number))
        return true;
    const std::string error =
        fmt::format("{} is outside {}", printable(value.text), range_as_written(about, value.text));
    if (!about.range.is_limit || number < about.range.high) {
        reject(about, value,
               about.range.high == unbounded ? fmt::format("{} must be {}", printable(value.text),
                                                           text_of(about.range, about.unit))
                                             : error,
               help_for_share(about, value.text, number));
    } else if (limit_.empty()) {
        constexpr double bytes_per_person = 200;
        limit_ = format_problem(value.place,
                                fmt::format("{}: {} people would need about {:.1f} GiB of memory",
                                            path_to(about.key), printable(value.text),
                                            number * bytes_per_person / (1 << 30)),
                                fmt::format("the limit is {}", format_number(about.range.high)));
    }
    return false;
}

void ParameterReader::on_number(const About& about, double& value)
{
    const Value* text = scalar(about, expected_word(about.unit));
    if (!text)
        return;
    const auto number = read_quantity(text->text, about.unit);
    if (!number.value)
        return reject(about, *text, number.error, number.help);
    if (is_quoted_number(*text))
        return reject(about, *text, "a number in quotes is text", "remove the quotes");
    if (!check_range(about, *text, *number.value))
        return;
    value = *number.value;
    origins_.push_back({path_to(about.key), text->standing.kind, text->standing.source});
}

void ParameterReader::on_number(const About& about, std::optional<double>& value)
{
    double number = std::nan("");
    on_number(about, number);
    if (!std::isnan(number))
        value = number;
}

std::optional<std::int64_t> ParameterReader::whole(const About& about)
{
    const Value* text = scalar(about, "a whole number");
    if (!text)
        return std::nullopt;
    const auto number = read_whole(text->text);
    if (!number.value)
        reject(about, *text, number.error, number.help);
    else if (text->quoted)
        reject(about, *text, "a number in quotes is text", "remove the quotes");
    else if (check_range(about, *text, static_cast<double>(*number.value))) {
        origins_.push_back({path_to(about.key), text->standing.kind, text->standing.source});
        return number.value;
    }
    return std::nullopt;
}

void ParameterReader::on_whole(const About& about, int& value)
{
    if (const auto number = whole(about))
        value = static_cast<int>(*number);
}

void ParameterReader::on_whole(const About& about, std::uint64_t& value)
{
    if (const auto number = whole(about))
        value = static_cast<std::uint64_t>(*number);
}

// ---------------------------------------------------------------- everything else

void ParameterReader::on_flag(const About& about, std::optional<bool>& value)
{
    const Value* text = word(about, "true or false");
    if (!text)
        return;
    if (!text->quoted && (text->text == "true" || text->text == "false"))
        value = text->text == "true";
    else
        reject(about, *text, fmt::format("'{}' is neither true nor false", printable(text->text)),
               "write true or false, without quotes");
}

void ParameterReader::on_flag(const About& about, bool& value)
{
    std::optional<bool> given;
    on_flag(about, given);
    value = given.value_or(value);
}

void ParameterReader::on_text(const About& about, std::string& value)
{
    const Value* text = word(about, "text");
    if (!text)
        return;
    if (!text->quoted && reads_as_other_than_text(text->text))
        return reject(about, *text, fmt::format("{} is not text", printable(text->text)),
                      "put it in quotes");
    if (has_control_characters(text->text))
        return reject(about, *text, "control characters in a text", "remove them");
    value = text->text;
}

void ParameterReader::on_file(const About& about, std::string& value)
{
    std::string name;
    on_text(about, name);
    const Field* found = frames_.back().map ? frames_.back().map->find(about.key) : nullptr;
    if (name.empty() || !found)
        return;
    if (!path_inside(name, found->value.place, problems_).empty())
        value = found->value.place.source->prefix +
                std::filesystem::path(name).lexically_normal().string();
}

void ParameterReader::on_pole(const About& about, Pole& value, bool none_allowed)
{
    const Value* text = word(about, none_allowed ? "plus, minus or none" : "plus or minus");
    if (!text)
        return;
    for (const Pole pole : {Pole::plus, Pole::minus, Pole::none})
        if (text->text == name_of(pole) && (pole != Pole::none || none_allowed)) {
            value = pole;
            return;
        }
    reject(about, *text, fmt::format("'{}' is no pole", printable(text->text)),
           none_allowed ? "write plus, minus or none" : "write plus or minus");
}

void ParameterReader::on_outcome(const About& about, std::optional<Outcome>& value)
{
    const std::vector<std::string> names(outcome_names.begin(), outcome_names.end());
    const Value* text = word(about, "an outcome like returned");
    if (!text)
        return;
    const auto found = std::ranges::find(names, text->text);
    if (found == names.end())
        return reject(about, *text, fmt::format("'{}' is no outcome", printable(text->text)),
                      did_you_mean_or_list(text->text, names, "outcomes:"));
    value = static_cast<Outcome>(found - names.begin());
}

void ParameterReader::on_start(const About& about, Scenario& scenario)
{
    const Value* text = scalar(about, "a time like 2023-11-17T12:00-08:00");
    if (!text) {
        if (!frames_.back().map->find(about.key))
            problems_.add(places_.of(""), "the scenario has no 'start'",
                          "add one like 'start: 2023-11-17T12:00-08:00'");
        return;
    }
    const auto instant = read_instant(text->text);
    if (!instant.value)
        return reject(about, *text, instant.error, instant.help);
    scenario.start = text->text;
    scenario.start_utc = instant.value->utc;
    scenario.utc_offset_minutes = instant.value->offset_minutes;
    scenario.start_hour = instant.value->local_hour;
    start_utc_ = instant.value->utc;
    origins_.push_back({path_to(about.key), text->standing.kind, text->standing.source});
}

void ParameterReader::on_time(const About& about, Hours& value)
{
    const Value* text =
        scalar(about, "a time like 2023-11-17T12:00-08:00, or a duration since the start");
    if (!text)
        return;
    std::string error, help;
    std::optional<double> hours;
    if (looks_like_date(text->text)) {
        auto instant = read_instant(text->text);
        if (instant.value)
            hours =
                static_cast<double>(instant.value->utc - start_utc_.value_or(instant.value->utc)) /
                seconds_per_hour;
        error = instant.error;
        help = instant.help;
    } else {
        auto since_start = read_duration(text->text);
        hours = since_start.value;
        error = since_start.error;
        help = since_start.help;
        if (text->text.find_first_of("0123456789") == std::string::npos) {
            error = fmt::format("'{}' is neither a time nor a duration", printable(text->text));
            help = "write it like 2023-11-17T12:00-08:00, or 4h after the start";
        }
    }
    if (!hours)
        return reject(about, *text, error, help);
    value = *hours;
    origins_.push_back({path_to(about.key), text->standing.kind, text->standing.source});
}

void ParameterReader::on_condition(const About& about, std::optional<Condition>& value)
{
    const Value* text = word(about, "a condition like signed >= 100");
    if (text)
        value = compile_condition(*text, problems_);
}

void ParameterReader::on_base(const About& about)
{
    frames_.back().known.emplace_back(about.key);
}

void ParameterReader::on_past(const About& about)
{
    frames_.back().known.emplace_back(about.key);
}

void ParameterReader::on_vacated(const About& about, std::vector<VacatedParams>& value)
{
    push_map(about);
    frames_.back().holds_entries = true;
    const Frame frame = frames_.back();
    for (std::size_t i = 0; frame.map && i < frame.map->fields.size(); ++i) {
        const Field& seat = frame.map->fields[i];
        if (is_standing_key(seat.key) || !check_name(seat, frame.path))
            continue;
        if (const Value* event = word({seat.key, ""}, "the name of an event"))
            value.push_back({seat.key, event->text});
    }
    end();
}

void ParameterReader::on_standing(std::string& kind, std::string& source)
{
    const Value& map = *frames_.back().map;
    const Field* at = map.find("at");
    const Field* time = at ? at : map.find("when");
    const Standing* standing = &map.standing;
    // A nearer file that moves an event does not speak for the farther one's source.
    if (time && standing->stated_in && time->value.place.source->rank < standing->stated_in->rank)
        standing = &time->value.standing;
    kind = standing->kind;
    source = standing->source;
}

} // namespace walkout::io
