#include "sim/io/condition.hpp"

#include "sim/io/did_you_mean.hpp"

#include <fmt/core.h>
#include <muParser.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>

namespace walkout::io {

namespace {

constexpr std::size_t longest_text = 1'000;
constexpr int not_precedence = 3;  // tighter than `and`, looser than comparisons
constexpr int sign_precedence = 7; // tighter than every operator between two numbers

bool holds(double value)
{
    return std::isfinite(value) && value != 0;
}

/// What a comparison with something that is not finite gives: no number either.
double truth(double a, double b, bool value)
{
    return std::isfinite(a) && std::isfinite(b) ? static_cast<double>(value) : std::nan("");
}

void define_operators(mu::Parser& parser)
{
    parser.EnableBuiltInOprt(false); // its `=` assigns
    parser.ClearFun();
    parser.ClearConst();
    parser.DefineInfixOprtChars("not-");
    parser.DefineOprt(
        "or", [](double a, double b) { return static_cast<double>(holds(a) || holds(b)); }, 1);
    parser.DefineOprt(
        "and", [](double a, double b) { return static_cast<double>(holds(a) && holds(b)); }, 2);
    parser.DefineInfixOprt(
        "not", [](double a) { return static_cast<double>(!holds(a)); }, not_precedence);
    parser.DefineOprt(
        "<", [](double a, double b) { return truth(a, b, a < b); }, mu::prCMP);
    parser.DefineOprt(
        "<=", [](double a, double b) { return truth(a, b, a <= b); }, mu::prCMP);
    parser.DefineOprt(
        ">", [](double a, double b) { return truth(a, b, a > b); }, mu::prCMP);
    parser.DefineOprt(
        ">=", [](double a, double b) { return truth(a, b, a >= b); }, mu::prCMP);
    parser.DefineOprt(
        "==", [](double a, double b) { return truth(a, b, a == b); }, mu::prCMP);
    parser.DefineOprt(
        "!=", [](double a, double b) { return truth(a, b, a != b); }, mu::prCMP);
    parser.DefineOprt(
        "+", [](double a, double b) { return a + b; }, mu::prADD_SUB);
    parser.DefineOprt(
        "-", [](double a, double b) { return a - b; }, mu::prADD_SUB);
    parser.DefineOprt(
        "*", [](double a, double b) { return a * b; }, mu::prMUL_DIV);
    parser.DefineOprt(
        "/", [](double a, double b) { return a / b; }, mu::prMUL_DIV);
    parser.DefineInfixOprt(
        "-", [](double a) { return -a; }, sign_precedence);
    parser.DefinePostfixOprt("%", [](double a) { return a / 100; });
    parser.DefineFun("min", [](double a, double b) { return std::min(a, b); });
    parser.DefineFun("max", [](double a, double b) { return std::max(a, b); });
}

/// A parser bound to its own copy of the outlook. Not copyable: the parser points into it.
class Evaluator {
public:
    explicit Evaluator(const std::string& text)
    {
        define_operators(parser_);
        for (const OutlookVariable& variable : outlook_variables())
            parser_.DefineVar(std::string(variable.name), &(outlook_.*variable.member));
        parser_.SetExpr(text);
    }
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;

    double operator()(const Outlook& outlook)
    {
        outlook_ = outlook;
        return parser_.Eval();
    }

    int results() const { return parser_.GetNumResults(); }

private:
    Outlook outlook_;
    mu::Parser parser_;
};

/// Where a part of a scalar's text stands in the file. A quoted or folded text that is not written
/// as it reads is marked as a whole.
Place place_within(const Value& scalar, std::size_t begin, std::size_t length)
{
    Place place = scalar.place;
    const std::string_view line = line_of(place.source->text, place.line);
    const std::size_t from = static_cast<std::size_t>(place.column - 1) + (scalar.quoted ? 1 : 0);
    if (from > line.size() || !line.substr(from).starts_with(scalar.text) ||
        begin > scalar.text.size())
        return place;
    place.column = static_cast<int>(from + begin) + 1;
    place.length = static_cast<int>(std::max<std::size_t>(1, length));
    return place;
}

std::vector<std::string> variable_names()
{
    std::vector<std::string> names;
    for (const OutlookVariable& variable : outlook_variables())
        names.emplace_back(variable.name);
    return names;
}

std::string list_of_names()
{
    std::string list;
    for (const std::string& name : variable_names())
        list += (list.empty() ? "" : " ") + name;
    return list;
}

bool is_word_character(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

/// The word, or number, at `begin`.
std::string word_at(std::string_view text, std::size_t begin)
{
    std::size_t end = begin;
    while (end < text.size() && is_word_character(text[end]))
        ++end;
    return std::string(text.substr(begin, end - begin));
}

/// Whether a word that begins with a digit is a number, perhaps up to the sign of its exponent.
bool is_number(std::string_view word)
{
    const std::size_t end = std::min(word.find_first_not_of("0123456789"), word.size());
    const std::string_view rest = word.substr(end);
    return rest.empty() || ((rest[0] == 'e' || rest[0] == 'E') &&
                            rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

/// Every word must be known. Done before muParser looks, to whom `notice` is `not ice`.
bool check_words(const Value& scalar, Problems& problems)
{
    const auto names = variable_names();
    auto known = names;
    known.insert(known.end(), {"and", "or", "not", "min", "max"});
    bool all_known = true;
    for (std::size_t at = 0; at < scalar.text.size(); ++at) {
        if (!is_word_character(scalar.text[at]))
            continue;
        const std::string word = word_at(scalar.text, at);
        if (std::isdigit(static_cast<unsigned char>(word[0]))) {
            if (!is_number(word)) {
                problems.add(place_within(scalar, at, word.size()),
                             fmt::format("'{}' is not a number in a condition", printable(word)),
                             "numbers stand without a unit: 'hours' counts hours, 'day' days");
                all_known = false;
            }
        } else if (std::ranges::find(known, word) == known.end()) {
            const std::string help = did_you_mean(word, known);
            problems.add(place_within(scalar, at, word.size()),
                         fmt::format("unknown name '{}' in a condition", printable(word)),
                         help.empty() ? "known names: " + list_of_names() : help);
            all_known = false;
        }
        at += word.size();
    }
    return all_known;
}

/// Whether the operator at `at` compares.
bool compares(std::string_view text, std::size_t at)
{
    return text[at] == '<' || text[at] == '>' ||
           (text.substr(at, 2) == "==" || text.substr(at, 2) == "!=");
}

/// `3 < signed < 5` would compare a truth with 5, which is never what it says.
bool check_chains(const Value& scalar, Problems& problems)
{
    const std::string& text = scalar.text;
    std::vector<bool> compared(1); ///< by depth of brackets
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string word = word_at(text, at);
        if (!word.empty()) {
            if (word == "and" || word == "or")
                compared.back() = false;
            at += word.size() - 1;
        } else if (text[at] == '(') {
            compared.push_back(false);
        } else if (text[at] == ')' && compared.size() > 1) {
            compared.pop_back();
        } else if (text[at] == ',') {
            compared.back() = false;
        } else if (compares(text, at)) {
            if (compared.back()) {
                problems.add(place_within(scalar, at, 1),
                             "two comparisons in a row do not make a condition",
                             "join them, like 3 < signed and signed < 5");
                return false;
            }
            compared.back() = true;
            at += text.substr(at + 1, 1) == "=";
        }
    }
    return true;
}

void report(const Value& scalar, const mu::ParserError& failure, Problems& problems)
{
    const std::string& text = scalar.text;
    const std::size_t begin =
        std::min(static_cast<std::size_t>(std::max(0, failure.GetPos())), text.size());
    const std::string word = word_at(text, begin);
    const Place place = place_within(scalar, begin, word.size());
    if (begin >= text.size() && failure.GetCode() == mu::ecMISSING_PARENS)
        return problems.add(place, "a '(' in the condition is not closed", "add ')'");
    if (begin >= text.size())
        return problems.add(place, "the condition ends too early",
                            text.empty() ? "write one like signed >= 100" : "");
    const std::string token = word.empty() ? text.substr(begin, 1) : word;
    problems.add(place, fmt::format("'{}' is not expected here in a condition", printable(token)),
                 token == "=" ? "write == to compare"
                              : "operators: or and not < <= > >= == != + - * / %");
}

/// Outlooks at which a sound condition must have a value.
std::vector<Outlook> probes()
{
    Outlook middle;
    for (const OutlookVariable& variable : outlook_variables())
        middle.*variable.member = 1;
    Outlook late = middle;
    late.headcount = 1000;
    late.signed_count = 700;
    return {middle, late};
}

bool check_values(const Value& scalar, Evaluator& evaluate, Problems& problems)
{
    for (const Outlook& probe : probes()) {
        const double value = evaluate(probe);
        if (evaluate.results() != 1)
            problems.add(scalar.place, "a condition is one expression",
                         "join the parts with 'and' or 'or'");
        else if (!std::isfinite(value))
            problems.add(scalar.place, "the condition divides by zero");
        else if (value != 0 && value != 1)
            problems.add(scalar.place, "this is a number, not a condition",
                         "compare it, like signed >= 100");
        else
            continue;
        return false;
    }
    return true;
}

/// muParser keeps `? :` and string constants even without its built-in operators.
bool check_characters(const Value& scalar, Problems& problems)
{
    const std::size_t at =
        scalar.text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_ .,()<>=!+-*/%\n");
    if (at == std::string::npos)
        return true;
    problems.add(
        place_within(scalar, at, 1),
        fmt::format("'{}' has no meaning in a condition", printable(scalar.text.substr(at, 1))),
        scalar.text[at] == '&'   ? "write 'and'"
        : scalar.text[at] == '|' ? "write 'or'"
                                 : "operators: or and not < <= > >= == != + - * / %");
    return false;
}

} // namespace

const std::vector<OutlookVariable>& outlook_variables()
{
    static const std::vector<OutlookVariable> variables{
        {"hours", &Outlook::hours, "Hours since the start."},
        {"day", &Outlook::day, "Whole days since the start."},
        {"headcount", &Outlook::headcount, "People at the start."},
        {"posted", &Outlook::posted, "People who have spoken up in public and gone no further."},
        {"signed", &Outlook::signed_count, "Names under petitions so far, of either side."},
        {"left", &Outlook::left, "People who are gone."},
        {"conceded", &Outlook::conceded, "1 once the board has conceded."},
        {"directors_conceding", &Outlook::directors_conceding, "Directors who have given way."},
        {"petition_open", &Outlook::petition_open, "1 while a petition is open."},
    };
    return variables;
}

std::optional<Condition> compile_condition(const Value& scalar, Problems& problems)
{
    const std::string& text = scalar.text;
    if (text.size() > longest_text) {
        problems.add(scalar.place,
                     fmt::format("a condition is at most {} characters long", longest_text));
        return std::nullopt;
    }
    if (!check_characters(scalar, problems) || !check_words(scalar, problems) ||
        !check_chains(scalar, problems))
        return std::nullopt;
    try {
        Evaluator evaluate(text);
        if (!check_values(scalar, evaluate, problems))
            return std::nullopt;
    } catch (const mu::ParserError& failure) {
        report(scalar, failure, problems);
        return std::nullopt;
    }
    return Condition{text, [text]() -> std::function<bool(const Outlook&)> {
                         auto evaluator = std::make_shared<Evaluator>(text);
                         return [evaluator](const Outlook& outlook) {
                             return holds((*evaluator)(outlook));
                         };
                     }};
}

} // namespace walkout::io
