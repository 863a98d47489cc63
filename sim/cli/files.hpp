#pragma once

#include "sim/io/draft.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace walkout::cli {

using io::FileError;

/// Make a folder with all above it. @throws FileError
void make_folder(const std::filesystem::path& folder);

/// The whole content. @throws FileError
std::string read_file(const std::filesystem::path& path);

/// The store of a study, by its folder or its own name.
std::filesystem::path store_in(const std::string& name);

/// Print to standard output. @throws FileError when it cannot take the text
void print(std::string_view text);

/// Talk: one line to standard error after "walkout: ".
void say(std::string_view line);

} // namespace walkout::cli
