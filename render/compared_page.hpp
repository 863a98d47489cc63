#pragma once

/// The page of `walkout compare`, about all runs of the scenarios of which two stand side by side.

#include "render/compared.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace walkout::render {

/// Where the page goes unless somebody says: `results/<a>_vs_<b>`.
std::filesystem::path page_folder(const Compared& compared);

/// The words behind `walkout` that make it. Writes scenarios that have no file into the folder.
/// @throws io::FileError
std::vector<std::string> compare_command(const PageSource& page,
                                         const std::filesystem::path& folder);

/// Have the sibling that knows how run both scenarios and make the page, with the tables beside it.
/// @param stop  asked now and then; true ends it
/// @return the page
/// @throws io::InputError  recorded runs, or a scenario from standard input; io::FileError;
///         io::Missing  the page could not be made
std::filesystem::path make_page(const Compared& compared, const std::filesystem::path& folder,
                                const std::function<bool()>& stop);

} // namespace walkout::render
