#include "sim/io/ties_file.hpp"

#include "sim/io/csv.hpp"
#include "sim/io/quantity.hpp"

#include <fmt/core.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/range/iterator_range.hpp>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

namespace walkout::io {

namespace {

constexpr double heaviest = 1e6;

/// From ids as files write them to people.
class People {
public:
    explicit People(const OrganizationParams& organization)
        : headcount_(organization.headcount), has_table_(!organization.staff.empty())
    {
        for (std::size_t i = 0; i < organization.staff.size(); ++i)
            by_id_.emplace(organization.staff[i].id, static_cast<AgentId>(i));
    }

    std::optional<AgentId> find(const std::string& id) const
    {
        if (has_table_) {
            const auto found = by_id_.find(id);
            return found == by_id_.end() ? std::nullopt : std::optional(found->second);
        }
        const auto number = read_whole(id);
        if (!number.value || *number.value < 0 || *number.value >= headcount_)
            return std::nullopt;
        return static_cast<AgentId>(*number.value);
    }

    /// Why an id is unknown.
    std::string help() const
    {
        return has_table_ ? "ids are those of organization.staff"
                          : fmt::format("without organization.staff ids are the numbers 0 to {}",
                                        headcount_ - 1);
    }

private:
    int headcount_ = 0;
    bool has_table_ = false;
    std::unordered_map<std::string, AgentId> by_id_;
};

/// Finds ties that are given twice: a later weight would silently win or add up.
class Seen {
public:
    bool insert(const TieRow& tie)
    {
        return pairs_.insert(static_cast<std::uint64_t>(tie.from) << 32 | tie.to).second;
    }

private:
    std::unordered_set<std::uint64_t> pairs_;
};

// ---------------------------------------------------------------- CSV

enum Column : std::size_t { from, to, weight };

std::optional<AgentId> read_person(CsvReader& table, Column column, const People& people)
{
    const auto person = people.find(table[column]);
    if (!person)
        table.reject(column, fmt::format("nobody has the id '{}'", printable(table[column])),
                     people.help());
    return person;
}

double read_weight(CsvReader& table)
{
    if (table[weight].empty())
        return 1;
    const auto number = read_number(table[weight]);
    if (!number.value)
        table.reject(weight, number.error, number.help);
    else if (!(*number.value > 0 && *number.value <= heaviest))
        table.reject(weight, fmt::format("{} is outside (0, {:.0f}]", table[weight], heaviest));
    return number.value.value_or(1);
}

std::vector<TieRow> read_csv(const SourcePtr& source, const People& people, Problems& problems)
{
    CsvReader table(source, {"from", "to", "weight"}, 2, problems);
    std::vector<TieRow> ties;
    Seen seen;
    while (table.next()) {
        const auto begin = read_person(table, from, people), end = read_person(table, to, people);
        const TieRow tie{begin.value_or(0), end.value_or(0), read_weight(table)};
        if (!begin || !end)
            continue;
        if (tie.from == tie.to)
            table.reject(to, "nobody influences themselves", "remove the line");
        else if (!seen.insert(tie))
            table.reject(from,
                         fmt::format("the tie from '{}' to '{}' is given twice",
                                     printable(table[from]), printable(table[to])),
                         "keep one line with the whole weight");
        ties.push_back(tie);
    }
    return ties;
}

// ---------------------------------------------------------------- GraphML

struct NodeText {
    std::string id;
};

struct EdgeWeight {
    double weight = 1;
};

using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, NodeText, EdgeWeight>;

/// How many elements of a name begin in an XML text, comments aside.
std::size_t count_elements(std::string_view xml, std::string_view name)
{
    std::size_t count = 0;
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        if (xml.substr(at).starts_with("<!--")) {
            at = std::min(xml.find("-->", at), xml.size() - 1);
            continue;
        }
        const std::string_view rest = xml.substr(at + 1);
        const bool ends = rest.size() > name.size() &&
                          !std::isalnum(static_cast<unsigned char>(rest[name.size()]));
        count += rest.starts_with(name) && ends;
    }
    return count;
}

/// Whether edges go both ways unless told otherwise. If so the text is made to say they do not:
/// Boost refuses undirected edges in a directed graph, and the other way is added later.
bool make_directed(std::string& xml)
{
    constexpr std::string_view undirected = "undirected";
    for (const std::string quote : {"\"", "'"}) {
        const std::string attribute = "edgedefault=" + quote;
        const std::size_t at = xml.find(attribute + "undirected" + quote);
        if (at == std::string::npos)
            continue;
        xml.replace(at + attribute.size(), undirected.size(), "directed");
        return true;
    }
    return false;
}

/// A mistake of the XML as Boost tells it, like "<unspecified file>(9): unexpected end of data".
void report_xml(std::string_view failure, const Place& whole, Problems& problems)
{
    constexpr std::string_view before = "<unspecified file>(", after = "): ";
    Place place = whole;
    const std::size_t end = failure.find(after);
    if (failure.starts_with(before) && end != std::string_view::npos) {
        const auto line = read_whole(failure.substr(before.size(), end - before.size()));
        place.line = static_cast<int>(line.value.value_or(0));
        place.column = 1;
        failure.remove_prefix(end + after.size());
    }
    problems.add(place, fmt::format("not the GraphML of ties: {}", printable(failure)),
                 "nodes need the property 'id' (string), edges may have 'weight' (double)");
}

/// Behind a pointer: Boost's graphs can be copied, not moved.
std::unique_ptr<Graph> parse_graphml(const std::string& xml, const Place& whole, Problems& problems)
{
    auto owner = std::make_unique<Graph>();
    Graph& graph = *owner;
    boost::dynamic_properties properties;
    properties.property("id", boost::get(&NodeText::id, graph));
    properties.property("weight", boost::get(&EdgeWeight::weight, graph));
    std::istringstream stream(xml);
    try {
        boost::read_graphml(stream, graph, properties);
    } catch (const std::exception& failure) {
        report_xml(failure.what(), whole, problems);
        return nullptr;
    }
    // Boost makes a node for every undeclared end of an edge without a word.
    const std::size_t declared = count_elements(xml, "node");
    if (declared == boost::num_vertices(graph))
        return owner;
    problems.add(whole,
                 fmt::format("{} nodes are declared, but edges name {}", declared,
                             boost::num_vertices(graph)),
                 "declare every node with its property 'id'");
    return nullptr;
}

/// The person of every node of a graph; mistakes are noted.
std::vector<std::optional<AgentId>> people_of(const Graph& graph, const Place& whole,
                                              const People& people, Problems& problems)
{
    std::vector<std::optional<AgentId>> found;
    std::unordered_map<std::string, int> times;
    for (std::size_t i = 0; i < boost::num_vertices(graph); ++i) {
        const std::string& id = graph[i].id;
        found.push_back(people.find(id));
        if (!found.back())
            problems.add(whole, fmt::format("nobody has the id '{}'", printable(id)),
                         people.help());
        else if (++times[id] == 2)
            problems.add(whole, fmt::format("two nodes have the id '{}'", printable(id)));
    }
    return found;
}

void check_tie(const TieRow& tie, const std::string& id, const Place& whole, Seen& seen,
               Problems& problems)
{
    if (!(tie.weight > 0 && tie.weight <= heaviest))
        problems.add(whole, fmt::format("an edge of '{}' has a weight outside (0, {:.0f}]",
                                        printable(id), heaviest));
    if (tie.from == tie.to)
        problems.add(whole, fmt::format("an edge joins '{}' to itself", printable(id)));
    else if (!seen.insert(tie))
        problems.add(whole, fmt::format("an edge of '{}' is given twice", printable(id)));
}

std::vector<TieRow> read_graph(const SourcePtr& source, const People& people, Problems& problems)
{
    const Place whole{source, 0, 0, 1};
    std::string xml = source->text;
    const bool both_ways = make_directed(xml);
    const auto graph = parse_graphml(xml, whole, problems);
    if (!graph)
        return {};
    const auto person = people_of(*graph, whole, people, problems);
    std::vector<TieRow> ties;
    Seen seen;
    const auto add = [&](std::size_t begin, std::size_t end, double weight) {
        ties.push_back({*person[begin], *person[end], weight});
        check_tie(ties.back(), (*graph)[begin].id, whole, seen, problems);
    };
    for (std::size_t begin = 0; begin < person.size(); ++begin)
        for (const auto& edge : boost::make_iterator_range(boost::out_edges(begin, *graph))) {
            const std::size_t end = boost::target(edge, *graph);
            if (!person[begin] || !person[end])
                continue;
            add(begin, end, (*graph)[edge].weight);
            if (both_ways && begin != end)
                add(end, begin, (*graph)[edge].weight);
        }
    return ties;
}

} // namespace

std::vector<TieRow> read_ties(const SourcePtr& source, const OrganizationParams& organization,
                              Problems& problems)
{
    const People people(organization);
    return source->name.ends_with(".graphml") ? read_graph(source, people, problems)
                                              : read_csv(source, people, problems);
}

} // namespace walkout::io
