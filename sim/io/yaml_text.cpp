#include "sim/io/yaml_text.hpp"

#include "sim/io/parameter_reader.hpp"

#include <algorithm>
#include <string_view>

namespace walkout::io {

namespace {

bool is_plain(const std::string& text)
{
    const auto is_safe = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(" _-./").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::ranges::all_of(text, is_safe) && !reads_as_other_than_text(text) &&
           text.front() != ' ' && text.back() != ' ' && text.front() != '-' && text.front() != '.';
}

} // namespace

std::string as_yaml(const std::string& text)
{
    if (is_plain(text))
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' || c == '\\' ? std::string("\\") + c
                  : c == '\n'           ? std::string("\\n")
                  : c == '\t'           ? std::string("\\t")
                                        : std::string(1, c);
    return quoted + "\"";
}

} // namespace walkout::io
