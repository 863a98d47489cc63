#include "sim/cli/files.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <fstream>
#include <sstream>
#include <string_view>

namespace walkout::cli {

namespace {

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path, int error)
{
    throw FileError(fmt::format("cannot {} '{}': {}", what, path.string(), std::strerror(error)));
}

} // namespace

void make_folder(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        fail("make the folder", folder, error.value());
}

std::string read_file(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (in && in.peek() == std::ifstream::traits_type::eof() && !in.bad())
        return {}; // streaming nothing counts as a failure
    if (!in || !(text << in.rdbuf()))
        fail("read", path, errno != 0 ? errno : EIO);
    return text.str();
}

std::filesystem::path store_in(const std::string& name)
{
    const std::filesystem::path path = name;
    return std::filesystem::is_directory(path) ? path / "study.sqlite" : path;
}

} // namespace walkout::cli
