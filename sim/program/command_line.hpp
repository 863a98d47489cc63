#pragma once

#include "sim/program/program.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

namespace walkout::program {

/// Read the words of a command line, which start with a command, into what the options of `app`
/// are bound to.
///
/// @param version  of the program, for --version
/// @param check    of the words as a whole, after each was read; may throw CLI::ValidationError
/// @return the text to print and be done with, when help or the version was asked for
/// @throws io::InputError with cause and cure when the words make no sense
std::optional<ShowText> parse_words(
    CLI::App& app, const std::string& version, int argc, char** argv,
    const std::function<void()>& check = [] {});

} // namespace walkout::program
