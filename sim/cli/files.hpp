#pragma once

#include "sim/io/failure.hpp"
#include "sim/program/program.hpp"

#include <filesystem>
#include <string>

namespace walkout::cli {

using io::FileError;
using program::print;
using program::say;

/// Make a folder with all above it. @throws FileError
void make_folder(const std::filesystem::path& folder);

/// The whole content. @throws FileError
std::string read_file(const std::filesystem::path& path);

/// The store of a study, by its folder or its own name.
std::filesystem::path store_in(const std::string& name);

} // namespace walkout::cli
