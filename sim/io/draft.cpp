#include "sim/io/draft.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>
#include <utility>

namespace walkout::io {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error)
{
    throw FileError(fmt::format("cannot write '{}': {}", path.string(), std::strerror(error)));
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

Draft::Draft(std::filesystem::path final_path)
    : final_(std::move(final_path)),
      draft_(final_.parent_path() / fmt::format(".{}.{}", final_.filename().string(), ::getpid()))
{
    if (std::filesystem::is_directory(final_))
        fail(final_, EISDIR);
    file_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
    if (file_ < 0)
        fail(final_, errno);
}

Draft::~Draft()
{
    if (file_ < 0)
        return;
    ::close(file_);
    ::unlink(draft_.c_str());
}

void Draft::append(std::string_view content)
{
    if (const int error = write_all(file_, content); error != 0)
        fail(final_, error);
}

void Draft::finish()
{
    if (::fsync(file_) != 0 || ::rename(draft_.c_str(), final_.c_str()) != 0)
        fail(final_, errno);
    ::close(std::exchange(file_, -1));
}

void write_whole(const std::filesystem::path& path, std::string_view content)
{
    Draft draft(path);
    draft.append(content);
    draft.finish();
}

} // namespace walkout::io
