#include "sim/io/parameter_reader.hpp"
#include "sim/io/path_visitor.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/yaml_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace walkout::io {

namespace {

/// A key and what is to be written behind it.
struct Node {
    enum class Kind { text, number, map, list };

    std::string key;
    Kind kind = Kind::map;
    std::string text;              ///< of a text or number, as YAML
    std::string comment;           ///< behind it
    Standing standing;             ///< of a number
    std::optional<Standing> whole; ///< of a map that speaks for all numbers in it: an event
    bool left_out = false;
    std::vector<Node> children;
};

// ---------------------------------------------------------------- collecting

/// Turns a scenario into nodes.
class TreeWriter : public PathVisitor {
public:
    explicit TreeWriter(const ScenarioFile& file) : past_(file.past.get())
    {
        for (const Origin& origin : file.origins)
            standings_[origin.path] = {origin.kind, origin.source, nullptr};
        open_.emplace_back();
    }

    const Node& root() const { return open_.front(); }

    void on_number(const About& about, double& value) override
    {
        if (about.in_use && std::isfinite(value))
            add_number(about, format_quantity(value, about.unit));
    }
    void on_number(const About& about, std::optional<double>& value) override
    {
        if (value)
            add_number(about, format_quantity(*value, about.unit));
    }
    void on_whole(const About& about, int& value) override
    {
        add_number(about, std::to_string(value));
    }
    void on_whole(const About& about, std::uint64_t& value) override
    {
        add_number(about, std::to_string(value));
    }
    void on_flag(const About& about, bool& value) override { add(about, value ? "true" : "false"); }
    void on_flag(const About& about, std::optional<bool>& value) override
    {
        if (value)
            add(about, *value ? "true" : "false");
    }
    void on_text(const About& about, std::string& value) override
    {
        if (!value.empty())
            add(about, as_yaml(value));
    }
    void on_file(const About& about, std::string& value) override { on_text(about, value); }
    void on_pole(const About& about, Pole& value, bool) override
    {
        add(about, std::string(name_of(value)));
    }
    void on_outcome(const About& about, std::optional<Outcome>& value) override
    {
        if (value)
            add(about, std::string(name_of(*value)));
    }
    void on_start(const About& about, Scenario& scenario) override
    {
        start_ = {scenario.start_utc, scenario.utc_offset_minutes, scenario.start_hour};
        add_number(about, scenario.start);
    }
    void on_time(const About& about, Hours& value) override
    {
        if (!about.in_use)
            return;
        add_number(about, format_quantity(value, Unit::duration));
        const double seconds = std::round(value * 3600);
        open_.back().children.back().comment = format_instant(
            {start_.utc + static_cast<std::int64_t>(seconds), start_.offset_minutes, 0});
    }
    void on_condition(const About& about, std::optional<Condition>& value) override
    {
        if (value)
            add(about, as_yaml(value->text));
    }
    void on_past(const About& about) override;
    void on_vacated(const About& about, std::vector<VacatedParams>& value) override
    {
        PathVisitor::begin_section(about);
        open(std::string(about.key), Node::Kind::map).left_out = value.empty();
        for (const VacatedParams& seat : value)
            add({seat.name, ""}, as_yaml(seat.event));
        end();
    }
    void on_standing(std::string& kind, std::string& source) override
    {
        open_.back().whole = Standing{kind, source, nullptr};
    }

    void begin_section(const About& about) override
    {
        PathVisitor::begin_section(about);
        open(std::string(about.key), Node::Kind::map);
    }
    bool begin_branch(const About& about, bool present) override
    {
        PathVisitor::begin_branch(about, present);
        open(std::string(about.key), Node::Kind::map).left_out = !present;
        return present;
    }
    void begin_leader(const About& about, LeaderParams& leader) override
    {
        PathVisitor::begin_leader(about, leader);
        open(std::string(about.key), Node::Kind::map).left_out = leader.role.empty();
    }
    std::vector<std::string> begin_named(const About& about,
                                         const std::vector<std::string>& present) override
    {
        open(std::string(about.key), Node::Kind::map).left_out = present.empty();
        return PathVisitor::begin_named(about, present);
    }
    std::vector<std::string> begin_effects(const About& about,
                                           const std::vector<std::string>& present) override
    {
        auto names = PathVisitor::begin_effects(about, present);
        open(std::string(about.key), effects_are_listed() ? Node::Kind::list : Node::Kind::map)
            .left_out = present.empty();
        return names;
    }
    void begin_entry(const std::string& name) override
    {
        PathVisitor::begin_entry(name);
        open(name, Node::Kind::map);
    }
    void begin_effect(const About& about) override
    {
        PathVisitor::begin_effect(about);
        open(std::string(about.key), Node::Kind::map);
    }
    void end() override
    {
        PathVisitor::end();
        Node node = std::move(open_.back());
        open_.pop_back();
        if (!node.left_out)
            open_.back().children.push_back(std::move(node));
    }

private:
    Node& open(std::string key, Node::Kind kind)
    {
        Node node;
        node.key = std::move(key);
        node.kind = kind;
        open_.push_back(std::move(node));
        return open_.back();
    }

    void add(const About& about, std::string text)
    {
        open(std::string(about.key), Node::Kind::text).text = std::move(text);
        Node node = std::move(open_.back());
        open_.pop_back();
        open_.back().children.push_back(std::move(node));
    }

    void add_number(const About& about, std::string text)
    {
        add(about, std::move(text));
        Node& node = open_.back().children.back();
        node.kind = Node::Kind::number;
        const auto known = standings_.find(path_to(about.key));
        if (known != standings_.end())
            node.standing = known->second;
    }

    const ScenarioFile* past_; ///< of a branch
    std::unordered_map<std::string, Standing> standings_;
    std::vector<Node> open_;
    Instant start_;
};

Node tree_of(const ScenarioFile& file)
{
    Scenario scenario = file.scenario; // descriptions take what they may change
    TreeWriter writer(file);
    describe(writer, scenario);
    return writer.root();
}

void TreeWriter::on_past(const About& about)
{
    if (!past_)
        return;
    open_.back().children.push_back(tree_of(*past_));
    open_.back().children.back().key = std::string(about.key);
}

// ---------------------------------------------------------------- writing

/// The standing that a map states once for most of the numbers directly in it.
Standing common_standing(const Node& map, const Standing& outer)
{
    if (map.whole)
        return *map.whole;
    Standing best = outer;
    std::ptrdiff_t most = 0;
    const auto speaks_like = [](const Standing& standing) {
        return [&standing](const Node& node) {
            return node.kind == Node::Kind::number && node.standing == standing;
        };
    };
    most = std::ranges::count_if(map.children, speaks_like(outer));
    for (const Node& child : map.children) {
        const auto count = std::ranges::count_if(map.children, speaks_like(child.standing));
        if (child.kind == Node::Kind::number && count > most) {
            most = count;
            best = child.standing;
        }
    }
    return best;
}

std::string long_form(const Node& number)
{
    std::string text = fmt::format("{{value: {}, kind: {}", number.text, number.standing.kind);
    if (!number.standing.source.empty())
        text += ", source: " + as_yaml(number.standing.source);
    return text + "}";
}

class Printer {
public:
    std::string print(const Node& root)
    {
        print_fields(root, 0, Standing());
        return std::move(text_);
    }

private:
    void line(std::size_t indent, const std::string& key, const std::string& value,
              const std::string& comment = {})
    {
        text_ += std::string(indent, ' ') + key + ":" + (value.empty() ? "" : " " + value) +
                 (comment.empty() ? "" : " # " + comment) + "\n";
    }

    void print_fields(const Node& map, std::size_t indent, const Standing& outer)
    {
        const Standing standing = common_standing(map, outer);
        if (!(standing == outer)) {
            line(indent, "kind", standing.kind);
            if (!standing.source.empty())
                line(indent, "source", as_yaml(standing.source));
        }
        for (const Node& child : map.children)
            print_field(child, indent, standing);
    }

    void print_field(const Node& node, std::size_t indent, const Standing& outer)
    {
        const std::string key = as_yaml(node.key);
        if (node.kind == Node::Kind::text)
            line(indent, key, node.text);
        else if (node.kind == Node::Kind::number)
            line(indent, key, node.standing == outer ? node.text : long_form(node), node.comment);
        else if (node.children.empty())
            line(indent, key, "{}");
        else {
            line(indent, key, "");
            if (node.kind == Node::Kind::list)
                print_items(node, indent + 2, outer);
            else
                print_fields(node, indent + 2, outer);
        }
    }

    void print_items(const Node& list, std::size_t indent, const Standing& outer)
    {
        for (const Node& item : list.children) {
            const std::size_t begin = text_.size();
            print_field(item, indent + 2, outer);
            text_[begin + indent] = '-';
        }
    }

    std::string text_;
};

} // namespace

std::string resolve(const ScenarioFile& file)
{
    return Printer().print(tree_of(file));
}

} // namespace walkout::io
