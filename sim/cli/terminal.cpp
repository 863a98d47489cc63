#include "sim/cli/terminal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

namespace walkout::cli {

namespace {

int find_terminal(int stream)
{
    if (std::getenv("OMPI_COMM_WORLD_RANK") == nullptr)
        return isatty(stream) == 1 ? stream : -1;
    const int file = ::open(fmt::format("/proc/{}/fd/{}", ::getppid(), stream).c_str(),
                            O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (file < 0 || isatty(file) == 1)
        return file;
    ::close(file);
    return -1;
}

} // namespace

int terminal_behind(int stream)
{
    static const int out = find_terminal(STDOUT_FILENO), err = find_terminal(STDERR_FILENO);
    return stream == STDOUT_FILENO ? out : err;
}

Style::Style() : colored_(terminal_behind(STDOUT_FILENO) >= 0 && std::getenv("NO_COLOR") == nullptr)
{
}

std::string Style::wrap(const char* code, std::string_view text) const
{
    return colored_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::size_t width_of(std::string_view text)
{
    std::size_t width = 0;
    bool escape = false;
    for (const char c : text) {
        if (c == '\x1b')
            escape = true;
        else if (!escape)
            width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        else if (c == 'm')
            escape = false;
    }
    return width;
}

std::string padded(std::string_view text, std::size_t width, bool right)
{
    const std::string blanks(width - std::min(width, width_of(text)), ' ');
    return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string table(const std::vector<std::vector<std::string>>& rows, const Style& style)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t c = 0; c < row.size(); ++c)
            widths[c] = std::max(widths[c], width_of(row[c]));
    }
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::string line = " ";
        for (std::size_t c = 0; c < rows[r].size(); ++c)
            line += " " + padded(rows[r][c], widths[c], c > 0) + " ";
        line.erase(line.find_last_not_of(' ') + 1);
        text += (r == 0 ? style.dim(line) : line) + "\n";
    }
    return text;
}

std::string duration_text(double seconds)
{
    if (seconds < 1)
        return "a second";
    return seconds < 120    ? fmt::format("{:.0f} s", seconds)
           : seconds < 7200 ? fmt::format("{:.0f} min", seconds / 60)
                            : fmt::format("{:.1f} h", seconds / 3600);
}

std::string bar(double share, std::size_t width)
{
    static constexpr std::array<const char*, 8> parts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const auto eighths = static_cast<std::size_t>(
        std::lround(std::clamp(share, 0.0, 1.0) * 8 * static_cast<double>(width)));
    std::string text;
    for (std::size_t k = 0; k < eighths / 8; ++k)
        text += "█";
    return padded(text + parts[eighths % 8], width);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent)
{
    const std::string margin(indent, ' ');
    std::string out, line;
    const auto flush = [&] {
        if (!line.empty())
            out += margin + line + "\n";
        line.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty())
            continue;
        if (!line.empty() && width_of(line) + 1 + width_of(word) > width)
            flush();
        line += (line.empty() ? "" : " ") + std::string(word);
    }
    flush();
    return out;
}

std::string heading(const Style& style, std::string_view text)
{
    return "\n" + style.bold(text) + "\n";
}

Canvas::Canvas(std::size_t columns, int rows)
    : cells_(static_cast<std::size_t>(rows), std::vector<std::string>(columns, " "))
{
}

void Canvas::put(double column, double row, const std::string& mark)
{
    const auto r = std::clamp(std::lround(row), 0L, static_cast<long>(cells_.size()) - 1);
    const auto c = std::clamp(std::lround(column), 0L, static_cast<long>(cells_[0].size()) - 1);
    cells_[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)] = mark;
}

std::string Canvas::row(int number) const
{
    std::string line;
    for (const std::string& cell : cells_[static_cast<std::size_t>(number)])
        line += cell;
    return line;
}

} // namespace walkout::cli
