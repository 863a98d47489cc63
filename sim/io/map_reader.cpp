#include "sim/io/map_reader.hpp"

#include "sim/io/did_you_mean.hpp"
#include "sim/io/parameter_reader.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace walkout::io {

MapReader::MapReader(const Value& map, std::string path, std::string what, Problems& problems)
    : map_(map), path_(std::move(path)), what_(std::move(what)), problems_(problems)
{
}

std::string MapReader::path_to(std::string_view key) const
{
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const Place& MapReader::place(std::string_view key) const
{
    const Field* field = map_.find(key);
    return field ? field->place : map_.place;
}

const Value* MapReader::find(std::string_view key)
{
    known_.emplace_back(key);
    const Field* field = map_.find(key);
    if (!field)
        return nullptr;
    if (!field->value.null)
        return &field->value;
    problems_.add(field->place, path_to(key) + " has no value", "give one, or remove the key");
    return nullptr;
}

const Value* MapReader::scalar(std::string_view key, std::string_view expected)
{
    const Value* value = find(key);
    if (!value || value->kind == Value::Kind::scalar)
        return value;
    problems_.add(place(key), fmt::format("{} must be {}", path_to(key), expected));
    return nullptr;
}

const Value* MapReader::list(std::string_view key, std::string_view expected)
{
    const Value* value = find(key);
    if (!value || value->kind == Value::Kind::list)
        return value;
    problems_.add(place(key), fmt::format("{} must be {}", path_to(key), expected),
                  value->kind == Value::Kind::scalar
                      ? fmt::format("write it like '{}: [{}]'", key, printable(value->text))
                      : "");
    return nullptr;
}

const Value* MapReader::map(std::string_view key, std::string_view expected)
{
    const Value* value = find(key);
    if (!value || value->kind == Value::Kind::map)
        return value;
    problems_.add(place(key), fmt::format("{} must be {}", path_to(key), expected));
    return nullptr;
}

std::optional<std::string> MapReader::text(std::string_view key)
{
    const Value* value = scalar(key, "text");
    return value ? read_text_at(*value, path_to(key), problems_) : std::nullopt;
}

std::optional<double> MapReader::number(std::string_view key, Unit unit, Range range)
{
    const Value* value = scalar(key, "a number");
    return value ? read_number_at(*value, path_to(key), unit, range, problems_) : std::nullopt;
}

std::optional<std::int64_t> MapReader::whole(std::string_view key, Range range)
{
    const Value* value = scalar(key, "a whole number");
    return value ? read_whole_at(*value, path_to(key), range, problems_) : std::nullopt;
}

std::optional<bool> MapReader::flag(std::string_view key)
{
    const Value* value = scalar(key, "true or false");
    return value ? read_flag_at(*value, path_to(key), problems_) : std::nullopt;
}

std::optional<std::size_t> MapReader::word(std::string_view key,
                                           const std::vector<std::string>& words)
{
    const Value* value = scalar(key, "a word");
    if (!value)
        return std::nullopt;
    const auto found = std::ranges::find(words, value->text);
    if (found != words.end())
        return static_cast<std::size_t>(found - words.begin());
    problems_.add(value->place,
                  fmt::format("{}: unknown word '{}'", path_to(key), printable(value->text)),
                  did_you_mean_or_all(value->text, words, "known words:"));
    return std::nullopt;
}

void MapReader::finish()
{
    text("note");
    bool listed = false; // once is enough
    for (const Field& field : map_.fields) {
        if (std::ranges::find(known_, field.key) != known_.end())
            continue;
        std::string help = did_you_mean(field.key, known_);
        if (help.empty() && !listed) {
            help = did_you_mean_or_all("", known_, "known keys:");
            listed = true;
        }
        problems_.add(field.place,
                      fmt::format("unknown key '{}' in {}", printable(field.key), what_), help);
    }
}

const std::vector<Field>& fields_of(const Value* map)
{
    static const std::vector<Field> none;
    return map ? map->fields : none;
}

const std::vector<Value>& items_of(const Value* list)
{
    static const std::vector<Value> none;
    return list ? list->items : none;
}

// ---------------------------------------------------------------- scalars

namespace {

bool is_scalar(const Value& value, const std::string& name, std::string_view expected,
               Problems& problems)
{
    if (value.kind == Value::Kind::scalar && !value.null)
        return true;
    problems.add(value.place, fmt::format("{} must be {}", name, expected));
    return false;
}

bool is_in_range(const Value& value, const std::string& name, double number, Unit unit,
                 const Range& range, Problems& problems)
{
    if (range.holds(number))
        return true;
    const std::string limits = text_of(range, unit);
    problems.add(value.place,
                 range.high == unbounded
                     ? fmt::format("{}: {} must be {}", name, printable(value.text), limits)
                     : fmt::format("{}: {} is outside {}", name, printable(value.text), limits));
    return false;
}

} // namespace

std::optional<double> read_number_at(const Value& value, const std::string& name, Unit unit,
                                     const Range& range, Problems& problems)
{
    if (!is_scalar(value, name, "a number", problems))
        return std::nullopt;
    const auto number = read_quantity(value.text, unit);
    if (!number.value) {
        problems.add(value.place, fmt::format("{}: {}", name, number.error), number.help);
        return std::nullopt;
    }
    if (value.quoted && read_number(value.text).value) {
        problems.add(value.place, name + ": a number in quotes is text", "remove the quotes");
        return std::nullopt;
    }
    if (!is_in_range(value, name, *number.value, unit, range, problems))
        return std::nullopt;
    return number.value;
}

std::optional<std::int64_t> read_whole_at(const Value& value, const std::string& name,
                                          const Range& range, Problems& problems)
{
    if (!is_scalar(value, name, "a whole number", problems))
        return std::nullopt;
    const auto number = read_whole(value.text);
    if (!number.value) {
        problems.add(value.place, fmt::format("{}: {}", name, number.error), number.help);
        return std::nullopt;
    }
    if (value.quoted) {
        problems.add(value.place, name + ": a number in quotes is text", "remove the quotes");
        return std::nullopt;
    }
    if (!is_in_range(value, name, static_cast<double>(*number.value), Unit::none, range, problems))
        return std::nullopt;
    return number.value;
}

std::optional<bool> read_flag_at(const Value& value, const std::string& name, Problems& problems)
{
    if (!is_scalar(value, name, "true or false", problems))
        return std::nullopt;
    if (!value.quoted && (value.text == "true" || value.text == "false"))
        return value.text == "true";
    problems.add(value.place,
                 fmt::format("{}: '{}' is neither true nor false", name, printable(value.text)),
                 "write true or false, without quotes");
    return std::nullopt;
}

std::optional<std::string> read_text_at(const Value& value, const std::string& name,
                                        Problems& problems)
{
    if (!is_scalar(value, name, "text", problems))
        return std::nullopt;
    if (!value.quoted && reads_as_other_than_text(value.text)) {
        problems.add(value.place, fmt::format("{}: {} is not text", name, printable(value.text)),
                     "put it in quotes");
        return std::nullopt;
    }
    const auto is_control = [](unsigned char c) {
        return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    };
    if (std::ranges::any_of(value.text, is_control)) {
        problems.add(value.place, name + ": control characters in a text", "remove them");
        return std::nullopt;
    }
    return value.text;
}

std::string did_you_mean_or_all(std::string_view word, const std::vector<std::string>& known,
                                std::string_view title)
{
    std::string help = did_you_mean(word, known);
    if (!help.empty())
        return help;
    help = title;
    for (const std::string& name : known)
        help += " " + name;
    return help;
}

} // namespace walkout::io
