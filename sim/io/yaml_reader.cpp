#include "sim/io/yaml_reader.hpp"

#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace walkout::io {

namespace {

constexpr std::size_t deepest = 32;
constexpr std::size_t most_values = 200'000;

/// Thrown after a mistake that leaves nothing sensible to read on.
struct Stop {};

/// The bytes of a scalar in its line, as far as they can be told: for the caret only.
int length_of_scalar(std::string_view line, std::size_t column, const std::string& text)
{
    if (column >= line.size())
        return 1;
    const std::string_view rest = line.substr(column);
    if (rest.front() == '"' || rest.front() == '\'') {
        const std::size_t end = rest.find(rest.front(), 1);
        return static_cast<int>(end == std::string_view::npos ? rest.size() : end + 1);
    }
    const std::string_view first_line = std::string_view(text).substr(0, text.find('\n'));
    return rest.starts_with(first_line) ? std::max(1, static_cast<int>(first_line.size())) : 1;
}

/// Builds a tree of values from yaml-cpp's events and refuses what is outside the subset.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(std::vector<std::string_view> lines, const SourcePtr& source, Problems& problems,
                int column)
        : lines_(std::move(lines)), source_(source), problems_(problems), column_(column),
          written_lines_(lines_.size())
    {
        while (written_lines_ > 0 && lines_[written_lines_ - 1].empty())
            --written_lines_;
    }

    Place place_of(const YAML::Mark& mark, int length = 1) const
    {
        std::size_t line = static_cast<std::size_t>(std::max(0, mark.line));
        int column = std::max(0, mark.column);
        if (line >= written_lines_ &&
            written_lines_ > 0) { // at the end: show the last line there is
            line = written_lines_ - 1;
            column = static_cast<int>(lines_[line].size());
        }
        return {source_, static_cast<int>(line) + 1, column + 1 + (line == 0 ? column_ : 0),
                length};
    }

    /// The bracket that is open when the parser gives up, and where.
    std::string open_bracket() const
    {
        if (open_.empty())
            return "a bracket";
        const Value& value = open_.back().value;
        return fmt::format("the '{}' of line {}, column {},",
                           value.kind == Value::Kind::map ? '{' : '[', value.place.line,
                           value.place.column);
    }

    std::string_view line_at(const YAML::Mark& mark) const
    {
        const auto line = static_cast<std::size_t>(std::max(0, mark.line));
        return line < lines_.size() ? lines_[line] : std::string_view();
    }

    const std::optional<Value>& root() const { return root_; }
    const YAML::Mark& latest() const { return latest_; }

    void OnDocumentStart(const YAML::Mark&) override { ++documents_; }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        check(mark, "", anchor);
        Value value;
        value.null = true;
        const bool has_key = !open_.empty() && open_.back().key_is_set;
        value.place = has_key ? open_.back().key_place : place_of(mark);
        accept(mark, std::move(value));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        stop(mark, "aliases (*name) are not part of scenario files", "write the value out");
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override
    {
        check(mark, tag, anchor);
        Value value;
        value.text = text;
        value.quoted = tag == "!";
        value.place = place_of(mark);
        value.place.length =
            length_of_scalar(line_at(mark), static_cast<std::size_t>(mark.column), text);
        accept(mark, std::move(value));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        begin(mark, tag, anchor, Value::Kind::list);
    }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        begin(mark, tag, anchor, Value::Kind::map);
    }

    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    /// A list or map that is still being read.
    struct Open {
        Value value;
        std::string key;
        Place key_place;
        bool key_is_set = false;
    };

    [[noreturn]] void stop(const YAML::Mark& mark, std::string message, std::string help = {})
    {
        problems_.add(place_of(mark), std::move(message), std::move(help));
        throw Stop();
    }

    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
    {
        latest_ = mark;
        if (++values_ > most_values)
            throw LimitError(format_problem(place_of(mark),
                                            fmt::format("more than {} values", most_values),
                                            "put lists of people and ties into CSV files"));
        if (anchor != 0)
            stop(mark, "anchors (&name) are not part of scenario files", "write the value out");
        if (!tag.empty() && tag != "?" && tag != "!")
            stop(mark, "tags (!name) are not part of scenario files", "leave the tag out");
    }

    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
               Value::Kind kind)
    {
        check(mark, tag, anchor);
        if (open_.size() >= deepest)
            stop(mark, fmt::format("nested deeper than {} levels", deepest));
        if (wants_key())
            stop(mark, "a key must be a plain word, not a list or map");
        Open open;
        open.value.kind = kind;
        open.value.place = place_of(mark);
        open_.push_back(std::move(open));
    }

    bool wants_key() const
    {
        return !open_.empty() && open_.back().value.kind == Value::Kind::map &&
               !open_.back().key_is_set;
    }

    void accept(const YAML::Mark& mark, Value value)
    {
        if (wants_key())
            take_key(mark, value);
        else
            attach(std::move(value));
    }

    void take_key(const YAML::Mark& mark, const Value& value)
    {
        Open& open = open_.back();
        if (value.null || value.text.empty())
            stop(mark, "a key is missing before ':'");
        if (value.text == "<<")
            stop(mark, "merge keys (<<) are not part of scenario files",
                 "use 'base: other.yaml' to build on another scenario");
        open.key = value.text;
        open.key_place = value.place;
        open.key_is_set = true;
    }

    void attach(Value value)
    {
        if (open_.empty())
            return finish(std::move(value));
        Open& open = open_.back();
        if (open.value.kind == Value::Kind::list) {
            open.value.items.push_back(std::move(value));
            return;
        }
        open.key_is_set = false;
        if (const Field* first = open.value.find(open.key))
            problems_.add(open.key_place,
                          fmt::format("key '{}' given twice (first at {})", printable(open.key),
                                      reference_to(first->place, open.key_place)),
                          "keep one of the two");
        else
            open.value.fields.push_back({open.key, open.key_place, std::move(value)});
    }

    void finish(Value value)
    {
        if (documents_ == 1)
            root_ = std::move(value);
        else if (!value.null) // an end marker at the end of the file makes an empty one
            problems_.add(value.place, "a second document in the file",
                          "keep one scenario per file");
    }

    void close()
    {
        Value value = std::move(open_.back().value);
        open_.pop_back();
        attach(std::move(value));
    }

    std::vector<std::string_view> lines_;
    SourcePtr source_;
    Problems& problems_;
    int column_ = 0;
    std::size_t written_lines_ = 0; ///< without empty ones at the end
    std::vector<Open> open_;
    std::optional<Value> root_;
    std::size_t values_ = 0;
    int documents_ = 0;
    YAML::Mark latest_;
};

std::vector<std::string_view> lines_of(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (lines.back().ends_with('\r'))
            lines.back().remove_suffix(1);
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

struct Explanation {
    std::string_view message; ///< yaml-cpp's words begin with it
    std::string_view cause;
    std::string_view cure;
};

/// yaml-cpp speaks of tokens; people who write files do not.
constexpr std::array<Explanation, 10> explanations{{
    {"illegal map value", "':' is not expected here",
     "indent all keys of a map alike, with a space after ':'; put text that contains ': ' in "
     "quotes"},
    {"end of map not found", "this line does not fit the map it stands in",
     "indent all keys of a map alike; put text that contains ': ' in quotes"},
    {"end of sequence not found", "this line does not fit the list it stands in",
     "indent all '- ' of a list alike"},
    {"unknown token", "a text cannot begin with this character", "put the text in quotes"},
    {"illegal tab", "a tab cannot indent", "indent with spaces"},
    {"illegal block entry", "'- ' is not expected here",
     "check the indentation; put text that begins with '- ' in quotes"},
    {"illegal flow end", "a closing bracket without an opening one",
     "remove it, or put the text in quotes"},
    {"illegal map key", "a key is not expected here", "check the indentation"},
    {"the referenced anchor is not defined", "aliases (*name) are not part of scenario files",
     "write the value out; put text that begins with '*' in quotes"},
    {"unknown escape character", "an unknown escape in double quotes",
     "use single quotes, or write \\\\ for a backslash"},
}};

void explain(const YAML::ParserException& failure, const TreeBuilder& builder, Problems& problems)
{
    const std::string_view message = failure.msg, line = builder.line_at(failure.mark);
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::size_t tab = line.substr(0, indent).find('\t');
    const auto column = static_cast<std::size_t>(std::max(0, failure.mark.column));
    if (tab != std::string_view::npos) {
        YAML::Mark mark = failure.mark;
        mark.column = static_cast<int>(tab);
        return problems.add(builder.place_of(mark), "a tab cannot indent", "indent with spaces");
    }
    if (message.starts_with("end of map not found") && column > 0 && column <= line.size() &&
        line[column - 1] == '\'')
        return problems.add(builder.place_of(failure.mark), "the quoted text ends before this",
                            "in single quotes write '' for a quote, or use double quotes");
    if (message.starts_with("end of map flow") || message.starts_with("end of sequence flow"))
        return problems.add(builder.place_of(failure.mark),
                            builder.open_bracket() + " is not closed before this",
                            "close it, or write ',' between two entries");
    for (const Explanation& known : explanations)
        if (message.starts_with(known.message))
            return problems.add(builder.place_of(failure.mark), std::string(known.cause),
                                std::string(known.cure));
    problems.add(builder.place_of(failure.mark), "not YAML: " + printable(message));
}

/// The quote that was opened last and not closed: the first one after the last value.
Place open_quote(const TreeBuilder& builder, const std::vector<std::string_view>& lines)
{
    YAML::Mark mark = builder.latest();
    const auto first = static_cast<std::size_t>(std::max(0, mark.line));
    for (std::size_t i = first; i < lines.size(); ++i) {
        const auto from = i == first ? static_cast<std::size_t>(std::max(0, mark.column)) : 0;
        const std::size_t at = lines[i].find_first_of("\"'", from);
        if (at == std::string_view::npos)
            continue;
        mark.line = static_cast<int>(i);
        mark.column = static_cast<int>(at);
        return builder.place_of(mark);
    }
    return builder.place_of(mark);
}

void handle_documents(const std::string& text, TreeBuilder& builder)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
}

} // namespace

std::optional<Value> parse_yaml(std::string_view yaml, const SourcePtr& source, Problems& problems,
                                int column)
{
    const auto lines = lines_of(yaml);
    TreeBuilder builder(lines, source, problems, column);
    try {
        // The end marker makes yaml-cpp notice a quote that is never closed.
        handle_documents(std::string(yaml) + "\n...\n", builder);
        return builder.root();
    } catch (const Stop&) {
    } catch (const YAML::ParserException& failure) {
        if (failure.msg == "illegal document indicator in scalar" ||
            failure.msg == "illegal EOF in scalar")
            problems.add(open_quote(builder, lines), "a quote is opened here and never closed",
                         "close it");
        else
            explain(failure, builder, problems);
    }
    return std::nullopt;
}

} // namespace walkout::io
