#include "sim/cli/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <fstream>
#include <sstream>
#include <unistd.h>
#include <utility>

namespace walkout::cli {

namespace {

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path, int error)
{
    throw FileError(fmt::format("cannot {} '{}': {}", what, path.string(), std::strerror(error)));
}

/// Write all bytes; returns errno or 0.
int write_all(int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

} // namespace

void make_folder(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        fail("make the folder", folder, error.value());
}

DraftFile::DraftFile(std::filesystem::path path)
    : path_(std::move(path)),
      draft_(path_.parent_path() / fmt::format(".{}.{}", path_.filename().string(), ::getpid())),
      file_(::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644))
{
    if (file_ < 0)
        fail("write", path_, errno);
}

DraftFile::~DraftFile()
{
    if (file_ < 0)
        return;
    ::close(file_);
    ::unlink(draft_.c_str());
}

void DraftFile::give_up(int error)
{
    if (file_ >= 0)
        ::close(file_);
    file_ = -1;
    ::unlink(draft_.c_str());
    fail("write", path_, error);
}

void DraftFile::append(std::string_view content)
{
    if (const int error = write_all(file_, content); error != 0)
        give_up(error);
}

void DraftFile::finish()
{
    int error = ::fsync(file_) == 0 ? 0 : errno;
    if (::close(std::exchange(file_, -1)) != 0 && error == 0)
        error = errno;
    if (error == 0 && ::rename(draft_.c_str(), path_.c_str()) != 0)
        error = errno;
    if (error != 0)
        give_up(error);
}

void write_file(const std::filesystem::path& path, std::string_view content)
{
    DraftFile file(path);
    file.append(content);
    file.finish();
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

void print(std::string_view text)
{
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!written || std::fflush(stdout) != 0)
        throw FileError(fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

void say(std::string_view line)
{
    fmt::print(stderr, "walkout: {}\n", line);
}

} // namespace walkout::cli
