#pragma once

#include "sim/io/problems.hpp"

#include <cstdint>
#include <string>

namespace walkout::io {

inline constexpr std::uintmax_t largest_scenario = 8ULL << 20;
inline constexpr std::uintmax_t largest_table = 512ULL << 20;

/// A file's text, or why there is none.
struct Loaded {
    SourcePtr source;
    std::string error; ///< "cannot read 'x.yaml': ..."
    std::string help;
};

/// Read a whole text file. Text that is not UTF-8 is an error; a byte order mark is taken off.
///
/// @param about  what the source is to be called, and where it stands; its `text` is filled in
/// @throws LimitError, before reading, when the file is larger than `largest` bytes
Loaded load_file(const std::string& path, Source about, std::uintmax_t largest);

/// The same for standard input.
Loaded load_standard_input(Source about, std::uintmax_t largest);

/// Why a text cannot be read as UTF-8 without NUL bytes; empty: it can.
std::string encoding_error(std::string_view text);

/// The path of a file that a scenario names, seen from the program.
///
/// Refused (with a mistake at `place`) when it is absolute, or leaves the folder of the file that
/// names it, also through a symbolic link.
/// @return empty when refused
std::string path_inside(const std::string& name, const Place& place, Problems& problems);

/// `folder/name`, or `name` when the folder is empty.
std::string join_path(const std::string& folder, const std::string& name);

} // namespace walkout::io
