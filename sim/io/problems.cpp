#include "sim/io/problems.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace walkout::io {

namespace {

/// One code point as it stands in the text and as it may be shown.
struct Cell {
    std::size_t bytes = 1;
    std::string shown;
    std::size_t width = 1;
};

constexpr char32_t broken = 0xffffffff;

/// The code point at the front of `text` (not empty) and its length in bytes.
std::pair<char32_t, std::size_t> decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0x80             ? 1
                             : (first & 0xe0) == 0xc0 ? 2
                             : (first & 0xf0) == 0xe0 ? 3
                             : (first & 0xf8) == 0xf0 ? 4
                                                      : 0;
    if (size == 0 || size > text.size())
        return {broken, 1};
    char32_t code = size == 1 ? first : first & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {broken, 1};
        code = (code << 6) | (byte(i) & 0x3fU);
    }
    return {code, size};
}

/// Control characters, and the marks that turn the reading direction around.
bool is_hidden(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xfeff;
}

/// Whether a terminal draws a code point over the one before it.
bool is_combining(char32_t code)
{
    return (code >= 0x300 && code <= 0x36f) || (code >= 0x1ab0 && code <= 0x1aff) ||
           (code >= 0x1dc0 && code <= 0x1dff) || (code >= 0x20d0 && code <= 0x20ff) ||
           (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xfe20 && code <= 0xfe2f);
}

/// Whether a terminal gives a code point two columns: East Asian scripts and most pictures.
bool is_wide(char32_t code)
{
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
           (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
           (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1f64f) ||
           (code >= 0x1f900 && code <= 0x1f9ff) || (code >= 0x20000 && code <= 0x3fffd);
}

Cell cell_at(std::string_view text)
{
    const auto [code, size] = decode(text);
    if (code == broken)
        return {1, fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0])), 4};
    if (code == '\t')
        return {1, " ", 1}; // one column, so that the caret stands right under any tab width
    if (!is_hidden(code))
        return {size, std::string(text.substr(0, size)),
                is_combining(code) ? 0U
                : is_wide(code)    ? 2U
                                   : 1U};
    std::string name = code < 0x100 ? fmt::format("\\x{:02x}", static_cast<std::uint32_t>(code))
                                    : fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code));
    const std::size_t width = name.size();
    return {size, std::move(name), width};
}

std::vector<Cell> cells_of(std::string_view line)
{
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < line.size(); i += cells.back().bytes)
        cells.push_back(cell_at(line.substr(i)));
    return cells;
}

/// How many cells begin before byte `offset`.
std::size_t cell_index(const std::vector<Cell>& cells, std::size_t offset)
{
    std::size_t i = 0;
    for (std::size_t at = 0; i < cells.size() && at < offset; ++i)
        at += cells[i].bytes;
    return i;
}

std::size_t width_of(const std::vector<Cell>& cells, std::size_t from, std::size_t to)
{
    std::size_t width = 0;
    for (std::size_t i = from; i < std::min(to, cells.size()); ++i)
        width += cells[i].width;
    return width;
}

/// The line and the caret below it; a very long line is cut around the caret.
std::string excerpt(int number, const std::vector<Cell>& cells, std::size_t from, std::size_t to)
{
    constexpr std::size_t before = 60, span = 100;
    const std::size_t first = from > before && cells.size() > span ? from - before : 0;
    const std::size_t last = std::min(cells.size(), first + span);
    std::string line = first > 0 ? "..." : "";
    const std::size_t indent = line.size() + width_of(cells, first, from);
    for (std::size_t i = first; i < last; ++i)
        line += cells[i].shown;
    if (last < cells.size())
        line += "...";
    const std::size_t carets = std::max<std::size_t>(1, width_of(cells, from, std::min(to, last)));
    line.erase(line.find_last_not_of(' ') + 1);
    return fmt::format("\n{:>5} |{}{}\n      | {}{}", number, line.empty() ? "" : " ", line,
                       std::string(indent, ' '), std::string(carets, '^'));
}

} // namespace

std::string_view line_of(std::string_view text, int number)
{
    for (int i = 1; i < number; ++i) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            return {};
        text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

std::string printable(std::string_view text)
{
    std::string shown;
    for (std::size_t i = 0; i < text.size();) {
        const Cell cell = cell_at(text.substr(i));
        shown += cell.shown;
        i += cell.bytes;
    }
    return shown;
}

std::string reference_to(const Place& place, const Place& seen_from)
{
    if (place.line == 0)
        return printable(place.source->name);
    if (place.source == seen_from.source)
        return fmt::format("line {}", place.line);
    return fmt::format("{}:{}", printable(place.source->name), place.line);
}

std::string format_problem(const Place& place, std::string_view message, std::string_view help)
{
    std::string text = printable(place.source->name);
    if (place.line == 0) {
        text += fmt::format(": error: {}", message);
    } else {
        const auto cells = cells_of(line_of(place.source->text, place.line));
        const auto column = static_cast<std::size_t>(std::max(1, place.column)) - 1;
        const auto end = column + static_cast<std::size_t>(std::max(1, place.length));
        const std::size_t from = cell_index(cells, column);
        text += fmt::format(":{}:{}: error: {}", place.line, from + 1, message);
        text += excerpt(place.line, cells, from, cell_index(cells, end));
    }
    if (!help.empty())
        text += fmt::format("\n   help: {}", help);
    return text;
}

void Problems::add(const Place& place, std::string message, std::string help)
{
    found_.push_back({place, std::move(message), std::move(help)});
}

std::string Problems::text() const
{
    std::vector<const Problem*> order;
    for (const Problem& problem : found_)
        order.push_back(&problem);
    const auto key = [](const Problem* p) {
        return std::tuple(p->place.source->rank, p->place.line, p->place.column);
    };
    std::ranges::stable_sort(order, {}, key);
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, order.size()); ++i)
        text += (i == 0 ? "" : "\n") +
                format_problem(order[i]->place, order[i]->message, order[i]->help);
    if (order.size() > shown)
        text += fmt::format("\n... and {} more", order.size() - shown);
    return text;
}

void Problems::raise() const
{
    if (any())
        throw InputError(text());
}

} // namespace walkout::io
