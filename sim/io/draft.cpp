#include "sim/io/draft.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

namespace walkout::io {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error)
{
    throw FileError(fmt::format("cannot write '{}': {}", path.string(), std::strerror(error)));
}

/// Write all bytes and flush them to the disk; returns errno or 0.
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
    return ::fsync(file) == 0 ? 0 : errno;
}

} // namespace

Draft::Draft(std::filesystem::path final_path)
    : final_(std::move(final_path)),
      draft_(final_.parent_path() / fmt::format(".{}.{}", final_.filename().string(), ::getpid()))
{
    if (std::filesystem::is_directory(final_))
        fail(final_, EISDIR);
    const int file = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        fail(final_, errno);
    ::close(file);
}

Draft::~Draft()
{
    if (!finished_)
        ::unlink(draft_.c_str());
}

void Draft::write(std::string_view content)
{
    const int file = ::open(draft_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (file < 0)
        fail(final_, errno);
    int error = write_all(file, content);
    if (::close(file) != 0 && error == 0)
        error = errno;
    if (error != 0)
        fail(final_, error);
}

void Draft::finish()
{
    if (::rename(draft_.c_str(), final_.c_str()) != 0)
        fail(final_, errno);
    finished_ = true;
}

void write_whole(const std::filesystem::path& path, std::string_view content)
{
    Draft draft(path);
    draft.write(content);
    draft.finish();
}

} // namespace walkout::io
