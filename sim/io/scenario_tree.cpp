#include "sim/io/scenario_tree.hpp"

#include "sim/io/describe.hpp"
#include "sim/io/did_you_mean.hpp"
#include "sim/io/parameter_reader.hpp"
#include "sim/io/quantity.hpp"
#include "sim/io/source_file.hpp"
#include "sim/io/yaml_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

namespace walkout::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t deepest_base = 8;

// ---------------------------------------------------------------- standing

/// The text behind one of the keys that no visitor asks for.
const Value* text_field(const Value& map, std::string_view key, Problems& problems)
{
    const Field* field = map.find(key);
    if (!field)
        return nullptr;
    const Value& value = field->value;
    if (value.kind == Value::Kind::scalar && !value.null &&
        (value.quoted || !reads_as_other_than_text(value.text)))
        return &value;
    problems.add(field->place, fmt::format("'{}' must be text", key),
                 key == "base" ? "write it like 'base: other.yaml'"
                 : value.kind == Value::Kind::scalar
                     ? "put it in quotes"
                     : fmt::format("'{}' is kept for texts and no name for anything else", key));
    return nullptr;
}

std::vector<std::string> kinds()
{
    return {standing_kinds.begin(), standing_kinds.end()};
}

/// What a map says of the numbers in it. A new kind does not keep the outer source.
Standing standing_in(const Value& map, const Standing& outer, Problems& problems)
{
    Standing standing = outer;
    text_field(map, "note", problems);
    if (const Value* kind = text_field(map, "kind", problems)) {
        const auto known = kinds();
        if (std::ranges::find(known, kind->text) == known.end())
            problems.add(kind->place, fmt::format("unknown kind '{}'", printable(kind->text)),
                         "numbers are recorded, coded, fitted or assumed");
        standing = {kind->text, "", kind->place.source};
    }
    if (const Value* source = text_field(map, "source", problems)) {
        standing.source = source->text;
        standing.stated_in = source->place.source;
    }
    return standing;
}

void remove_key(Value& map, std::string_view key)
{
    std::erase_if(map.fields, [&](const Field& field) { return field.key == key; });
}

/// `{value: 4h, kind: fitted}` becomes the scalar `4h` with that standing.
void unwrap(Value& map, Field& wrapped, Problems& problems)
{
    for (const Field& field : map.fields)
        if (field.key != "value" &&
            std::ranges::find(standing_keys, field.key) == standing_keys.end())
            problems.add(field.place,
                         fmt::format("unknown key '{}' beside 'value'", printable(field.key)),
                         "known keys: kind source note; a unit belongs to the value, like 4h");
    if (wrapped.value.kind != Value::Kind::scalar) {
        problems.add(wrapped.place, "'value' must be a number",
                     "'value' is the long form of a number and no name for anything else");
        remove_key(map, "value");
        return;
    }
    Value inner = std::move(wrapped.value);
    inner.standing = map.standing;
    inner.wrapped = true;
    map = std::move(inner);
}

/// Tell every value what its own file says of it, before files are merged.
void settle_standing(Value& value, const Standing& outer, Problems& problems)
{
    value.standing = outer;
    if (value.kind == Value::Kind::map)
        value.standing = standing_in(value, outer, problems);
    for (Field& field : value.fields)
        settle_standing(field.value, value.standing, problems);
    for (Value& item : value.items)
        settle_standing(item, value.standing, problems);
    if (Field* wrapped = value.find("value"))
        unwrap(value, *wrapped, problems);
}

// ---------------------------------------------------------------- merging

/// Keys that say the same thing in two ways: the nearer file's way replaces the other.
void drop_alternatives(Value& base, const Value& near)
{
    if (near.find("at") && !near.find("when")) {
        remove_key(base, "when");
        remove_key(base, "after");
    }
    if (near.find("when") && !near.find("at"))
        remove_key(base, "at");
}

Value merge(Value base, Value near);

/// The position in a list that an override's path names, like the 2 of `do.2.breach`.
std::optional<std::size_t> position(const Value& list, const Field& field)
{
    const auto number = read_whole(field.key);
    if (!number.value || *number.value < 0 ||
        static_cast<std::size_t>(*number.value) >= list.items.size())
        return std::nullopt;
    return static_cast<std::size_t>(*number.value);
}

/// Overrides reach into lists by position; files replace them as a whole.
bool merge_items(Value& list, Value& near)
{
    if (list.kind != Value::Kind::list || !near.implied || near.fields.size() != 1)
        return false;
    const auto at = position(list, near.fields[0]);
    if (at)
        list.items[*at] = merge(std::move(list.items[*at]), std::move(near.fields[0].value));
    return at.has_value();
}

Value merge(Value base, Value near)
{
    if (merge_items(base, near))
        return base;
    if (base.kind != Value::Kind::map || near.kind != Value::Kind::map)
        return near;
    drop_alternatives(base, near);
    if (near.standing.stated_in)
        base.standing = near.standing;
    for (Field& field : near.fields) {
        if (Field* old = base.find(field.key)) {
            old->value = merge(std::move(old->value), std::move(field.value));
            old->place = field.place;
        } else {
            base.fields.push_back(std::move(field));
        }
    }
    if (!near.implied) {
        base.place = near.place;
        base.implied = false;
    }
    return base;
}

// ---------------------------------------------------------------- bases

std::optional<Value> parse_map(const SourcePtr& source, Problems& problems)
{
    auto root = parse_yaml(source->text, source, problems);
    if (root && root->null) {
        if (!problems.any()) // else something stands in a second document
            problems.add({source, 0, 0, 1}, "the file is empty",
                         "begin with 'title:' and 'start:'");
        return std::nullopt;
    }
    if (root && root->kind != Value::Kind::map) {
        problems.add(root->place, "a scenario is a map of keys to values",
                     "write lines like 'title: ...'");
        return std::nullopt;
    }
    if (root)
        settle_standing(*root, Standing(), problems);
    return root;
}

/// What a base is called in messages, and where its own files are.
Source base_source(const std::string& name, const std::string& path, const Place& place)
{
    Source about;
    about.name = path;
    about.folder = fs::path(path).parent_path().string();
    const fs::path folder = fs::path(place.source->prefix + name).lexically_normal().parent_path();
    about.prefix = folder.empty() ? "" : folder.string() + "/";
    about.rank = place.source->rank + 1;
    return about;
}

/// The base that a tree names, loaded; nothing when it names a wrong one.
SourcePtr load_base(const Value& root, ScenarioTree& tree, Problems& problems)
{
    const Value* base = text_field(root, "base", problems);
    if (!base)
        return nullptr;
    const std::string path = path_inside(base->text, base->place, problems);
    if (path.empty())
        return nullptr;
    const auto same = [&](const std::string& input) {
        std::error_code failure;
        return fs::equivalent(input, path, failure);
    };
    if (std::ranges::any_of(tree.inputs, same)) {
        problems.add(base->place, "the chain of bases comes back to " + printable(path),
                     "the last one in a chain has no 'base'");
        return nullptr;
    }
    if (tree.inputs.size() > deepest_base) {
        problems.add(base->place, fmt::format("more than {} bases in a chain", deepest_base));
        return nullptr;
    }
    const Loaded loaded =
        load_file(path, base_source(base->text, path, base->place), largest_scenario);
    if (!loaded.source) {
        problems.add(base->place, loaded.error, loaded.help);
        return nullptr;
    }
    tree.inputs.push_back(path);
    return loaded.source;
}

// ---------------------------------------------------------------- pasts

/// The pasts that a branch writes out, innermost last.
std::shared_ptr<const ScenarioTree> written_past(const Value& root, Problems& problems)
{
    const Field* branch = root.find("branch");
    const Field* base = branch ? branch->value.find("base") : nullptr;
    if (!base)
        return nullptr;
    if (base->value.kind != Value::Kind::map) {
        problems.add(base->place, "branch.base must be a whole scenario",
                     "name a file with 'base: other.yaml' at the outermost level");
        return nullptr;
    }
    ScenarioTree past;
    past.root = base->value;
    past.past = written_past(base->value, problems);
    return std::make_shared<const ScenarioTree>(std::move(past));
}

/// What a tree says so far is the past of the branch that follows.
void leave_behind(std::optional<Value>& root, ScenarioTree& tree)
{
    ScenarioTree past;
    past.root = root;
    past.past = std::move(tree.past);
    tree.past = std::make_shared<const ScenarioTree>(std::move(past));
    remove_key(*root, "branch");
}

/// A base without a start, its own bases included, is a fragment: shared numbers and no story.
void note_story(const Value& merged, const Value& root, const Source& base, ScenarioTree& tree)
{
    if (merged.find("start"))
        tree.bases.insert(tree.bases.begin(),
                          base.prefix +
                              fs::path(root.find("base")->value.text).filename().string());
}

std::optional<Value> load_with_bases(const SourcePtr& source, ScenarioTree& tree,
                                     Problems& problems)
{
    auto root = parse_map(source, problems);
    if (!root)
        return root;
    if (!root->find("base")) {
        tree.past = written_past(*root, problems);
        return root;
    }
    const SourcePtr base = load_base(*root, tree, problems);
    if (!base)
        return std::nullopt; // all that it would have given would be reported as missing
    auto base_root = load_with_bases(base, tree, problems);
    if (!base_root)
        return std::nullopt;
    note_story(*base_root, *root, *base, tree);
    if (root->find("branch"))
        leave_behind(base_root, tree);
    if (auto past = written_past(*root, problems))
        tree.past = std::move(past);
    return merge(std::move(*base_root), std::move(*root));
}

// ---------------------------------------------------------------- overrides

/// The tree of one override: maps along the path, the value at its end.
std::optional<Value> parse_override(const std::string& text, const SourcePtr& source,
                                    Problems& problems)
{
    const std::size_t equals = text.find('=');
    const Place whole{source, 1, 1, static_cast<int>(text.size())};
    if (equals == std::string::npos || equals == 0) {
        problems.add(whole, "an override has the form path=value",
                     "write it like people.vigil=12%");
        return std::nullopt;
    }
    auto value = parse_yaml(std::string_view(text).substr(equals + 1), source, problems,
                            static_cast<int>(equals) + 1);
    if (!value)
        return value;
    const std::string path = text.substr(0, equals);
    if (path.starts_with('.') || path.ends_with('.') || path.find("..") != std::string::npos) {
        problems.add(whole, "the path has an empty part", "write it like people.vigil=12%");
        return std::nullopt;
    }
    if (path == "base") {
        problems.add(whole, "'base' cannot be overridden", "write a scenario with that base");
        return std::nullopt;
    }
    std::size_t end = path.size();
    while (true) {
        const std::size_t dot = end == 0 ? std::string::npos : path.rfind('.', end - 1);
        const std::size_t begin = dot == std::string::npos ? 0 : dot + 1;
        Field field;
        field.key = path.substr(begin, end - begin);
        field.place = {source, 1, static_cast<int>(begin) + 1,
                       std::max(1, static_cast<int>(end - begin))};
        if (value->null)
            value->place = field.place;
        field.value = std::move(*value);
        value = Value();
        value->kind = Value::Kind::map;
        value->implied = true;
        value->place = field.place;
        value->fields.push_back(std::move(field));
        if (dot == std::string::npos)
            return value;
        end = dot;
    }
}

std::optional<Value> apply_override(std::optional<Value> root, const std::string& text, int rank,
                                    ScenarioTree& tree, Problems& problems)
{
    Source about;
    about.name = "--set " + text;
    about.folder = root->place.source->folder;
    about.rank = rank;
    about.text = text;
    const std::string error = encoding_error(text);
    if (!error.empty())
        throw InputError("walkout: error: '" + printable(about.name) + "' " + error);
    const auto source = std::make_shared<const Source>(std::move(about));
    auto change = parse_override(text, source, problems);
    if (!change)
        return root;
    const Field& first = change->fields[0];
    if (first.key == "branch" && (!first.value.implied || !root->find("branch")))
        leave_behind(root, tree);
    settle_standing(*change, {"assumed", "--set", nullptr}, problems);
    return merge(std::move(*root), std::move(*change));
}

} // namespace

ScenarioTree load_tree(const SourcePtr& source, const std::vector<std::string>& overrides,
                       Problems& problems)
{
    ScenarioTree tree;
    tree.inputs.push_back(source->name);
    tree.root = load_with_bases(source, tree, problems);
    int rank = -static_cast<int>(overrides.size()); // nearer than the scenario, told in their order
    for (const std::string& text : overrides)
        if (tree.root)
            tree.root = apply_override(std::move(tree.root), text, rank++, tree, problems);
    return tree;
}

} // namespace walkout::io
