#include "sim/io/variant_file.hpp"

#include "sim/io/yaml_text.hpp"

#include <algorithm>

namespace walkout::io {

namespace {

/// A key with a value, or with keys of its own.
struct Node {
    std::string key;
    std::string text; ///< YAML; empty: there are children
    std::vector<Node> children;
};

void set(Node& map, std::string_view path, const std::string& text)
{
    const std::size_t dot = path.find('.');
    const std::string key(path.substr(0, dot));
    auto child = std::ranges::find(map.children, key, &Node::key);
    if (child == map.children.end())
        child = map.children.insert(child, Node{key, {}, {}});
    if (dot == std::string_view::npos)
        child->text = text;
    else
        set(*child, path.substr(dot + 1), text);
}

void print(const Node& map, std::size_t indent, std::string& text)
{
    for (const Node& node : map.children) {
        text += std::string(indent, ' ') + as_yaml(node.key) + ":";
        text += node.text.empty() ? "\n" : " " + node.text + "\n";
        print(node, indent + 2, text);
    }
}

} // namespace

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
