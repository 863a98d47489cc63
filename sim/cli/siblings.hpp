#pragma once

#include <filesystem>
#include <span>

namespace walkout::cli {

/// A command that a program beside this one knows, so that a cluster node needs neither X nor GL
/// and a short run loads no heavy library.
struct Sibling {
    const char* command;
    const char* program;
    const char* about; ///< for --help
};

std::span<const Sibling> siblings();

/// Become the program that knows the command of these arguments; returns when it is one of our own,
/// ends with exit code 69 when the program is not there.
void hand_over(char** arguments);

/// Have the sibling that knows fonts and charts write the page of a folder. Results without a page
/// are whole: when it cannot, say how the page is made.
void write_page(const std::filesystem::path& folder);

/// Have the sibling that knows NetCDF write a store as such a file. @return its exit code; 69, and
/// a word to the user, when it is not there
int write_netcdf(const std::filesystem::path& store, const std::filesystem::path& target);

} // namespace walkout::cli
