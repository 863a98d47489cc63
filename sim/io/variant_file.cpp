#include "sim/io/variant_file.hpp"

#include "sim/io/describe.hpp"
#include "sim/io/flatten.hpp"
#include "sim/io/quantity.hpp"
#include "sim/io/value.hpp"
#include "sim/io/yaml_reader.hpp"
#include "sim/io/yaml_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <memory>

namespace walkout::io {

namespace {

/// A key with a value, or with keys of its own.
struct Node {
    std::string key;
    std::string text; ///< YAML; empty: there are children
    std::vector<Node> children;
};

std::vector<Node> nodes_of(const Value& map)
{
    std::vector<Node> nodes;
    for (const Field& field : map.fields) {
        const Value& value = field.value;
        Node node{field.key, {}, {}};
        if (value.kind == Value::Kind::map)
            node.children = nodes_of(value);
        else
            node.text = value.quoted ? as_yaml(value.text) : value.text;
        if (node.text.empty() && node.children.empty())
            node.text = "{}";
        nodes.push_back(std::move(node));
    }
    return nodes;
}

/// A map that was given as one text becomes keys with values, so that they can be changed.
void take_apart(Node& node)
{
    if (node.text.empty())
        return;
    Problems problems;
    const auto source = std::make_shared<const Source>(Source{"", "", "", 0, node.text});
    if (const auto value = parse_yaml(node.text, source, problems))
        node.children = nodes_of(*value);
    node.text.clear();
}

void set(Node& map, std::string_view path, const std::string& text)
{
    const std::size_t dot = path.find('.');
    const std::string key(path.substr(0, dot));
    auto child = std::ranges::find(map.children, key, &Node::key);
    if (child == map.children.end())
        child = map.children.insert(child, Node{key, {}, {}});
    if (dot == std::string_view::npos)
        child->text = text;
    else {
        take_apart(*child);
        set(*child, path.substr(dot + 1), text);
    }
}

/// On one line. Keys that are positions make a list.
std::string flow_of(const Node& map)
{
    const bool list = !map.children.empty() && map.children[0].key == "0";
    std::string text;
    for (const Node& node : map.children)
        text += (text.empty() ? "" : ", ") + (list ? "" : as_yaml(node.key) + ": ") +
                (node.text.empty() ? flow_of(node) : node.text);
    return list ? "[" + text + "]" : "{" + text + "}";
}

/// Numbers with units and single words, which need no quotes on one line.
bool is_plain(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '_' || c == '%' || c == '/' || c == '+' ||
               c == '-' || c == ':';
    });
}

void print(const Node& map, std::size_t indent, std::string& text)
{
    for (const Node& node : map.children) {
        text += std::string(indent, ' ') + as_yaml(node.key) + ":";
        text += node.text.empty() ? "\n" : " " + node.text + "\n";
        print(node, indent + 2, text);
    }
}

/// What an event does, under the keys of a file.
void set_effects(Node& root, const Scenario& scenario, const Event& event)
{
    const std::string prefix = "events." + event.name + ".";
    const auto lines = flatten(scenario);
    const bool list = std::ranges::any_of(
        lines, [&](const auto& line) { return line.first.starts_with(prefix + "do.0."); });
    set(root, "do", "{}");
    for (std::size_t k = 0; k < event.effects.size(); ++k)
        set(root,
            fmt::format("do.{}{}", list ? fmt::format("{}.", k) : "", name_of(event.effects[k])),
            "{}");
    for (const auto& [path, value] : lines)
        if (path.starts_with(prefix + "do."))
            set(root, path.substr(prefix.size()), is_plain(value) ? value : as_yaml(value));
}

/// The event in whose list of effects a path stands; empty: in none.
std::string event_of_list(std::string_view path)
{
    constexpr std::string_view events = "events.";
    const std::size_t effects = path.find(".do.");
    if (!path.starts_with(events) || effects == std::string_view::npos ||
        effects + 4 >= path.size() || !std::isdigit(static_cast<unsigned char>(path[effects + 4])))
        return {};
    return std::string(path.substr(events.size(), effects - events.size()));
}

} // namespace

std::vector<PathValue> with_whole_lists(const std::vector<PathValue>& changes,
                                        const Scenario& changed)
{
    std::vector<PathValue> all;
    for (const PathValue& change : changes) {
        const std::string name = event_of_list(change.first);
        const std::string path = "events." + name + ".do";
        if (name.empty()) {
            all.push_back(change);
            continue;
        }
        if (std::ranges::find(all, path, &PathValue::first) != all.end())
            continue;
        Node root;
        set_effects(root, changed, *std::ranges::find(changed.events, name, &Event::name));
        all.emplace_back(path, flow_of(root.children.front()));
    }
    return all;
}

std::string once_more(const Scenario& scenario, const Event& event, Hours at,
                      const std::string& headline)
{
    const std::string prefix = "events." + event.name + ".";
    Node root;
    set(root, "at", format_quantity(at, Unit::duration));
    set(root, "enabled", "false");
    set(root, "headline", as_yaml(headline));
    set(root, "kind", "assumed");
    set_effects(root, scenario, event);
    for (const auto& [path, value] : flatten(scenario))
        if (path == prefix + "by")
            set(root, "by", is_plain(value) ? value : as_yaml(value));
    return flow_of(root);
}

std::string nested_yaml(const std::vector<PathValue>& changes)
{
    Node root;
    for (const auto& [path, text] : changes)
        set(root, path, text);
    std::string yaml;
    print(root, 0, yaml);
    return yaml;
}

std::string variant_yaml(const std::string& base, const std::string& title,
                         const std::string& summary, const std::vector<PathValue>& changes)
{
    std::string yaml = "base: " + as_yaml(base) + "\n";
    if (!title.empty())
        yaml += "title: " + as_yaml(title) + "\n";
    if (!summary.empty())
        yaml += "summary: " + as_yaml(summary) + "\n";
    if (!changes.empty())
        yaml += "\n";
    return yaml + nested_yaml(changes);
}

} // namespace walkout::io
