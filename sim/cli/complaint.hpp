#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace walkout::cli {

/// What to say when the words of a command line make no sense: cause and cure.
std::string complaint(const CLI::App& app, const std::string& cause, int argc, char** argv);

} // namespace walkout::cli
