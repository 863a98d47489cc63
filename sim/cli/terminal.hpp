#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace walkout::cli {

/// Columns of running text.
inline constexpr std::size_t text_width = 78;

/// Where people see what goes to a standard stream: the descriptor of a terminal, or -1. Under
/// `mpirun`, which stands between with pipes and terminals of its own, it is mpirun's terminal.
/// @param stream  STDOUT_FILENO or STDERR_FILENO
int terminal_behind(int stream);

/// How standard output may look: color only on a terminal and without NO_COLOR.
class Style {
public:
    Style();

    std::string bold(std::string_view text) const { return wrap("1", text); }
    std::string dim(std::string_view text) const { return wrap("2", text); }
    std::string accent(std::string_view text) const { return wrap("36", text); }
    std::string warn(std::string_view text) const { return wrap("33", text); }

private:
    std::string wrap(const char* code, std::string_view text) const;

    bool colored_ = false;
};

/// Width of a text on a terminal, in columns (code points; we print no wide ones), without escapes.
std::size_t width_of(std::string_view text);

/// `text` filled with blanks to `width`; `right` puts them in front.
std::string padded(std::string_view text, std::size_t width, bool right = false);

/// A table: first row is the head; the first column is left, the others right aligned.
std::string table(const std::vector<std::vector<std::string>>& rows, const Style& style);

/// Seconds as people say them.
std::string duration_text(double seconds);

/// A bar of `share` of `width` columns in eighths.
std::string bar(double share, std::size_t width);

/// `text` broken into lines of at most `width` columns at blanks, each after `indent` blanks.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// A blank line, then the title of a section.
std::string heading(const Style& style, std::string_view text);

/// Grid of characters for a chart, row 0 on top; marks outside are moved to the edge.
class Canvas {
public:
    Canvas(std::size_t columns, int rows);

    void put(double column, double row, const std::string& mark);
    std::string row(int number) const;

private:
    std::vector<std::vector<std::string>> cells_;
};

} // namespace walkout::cli
