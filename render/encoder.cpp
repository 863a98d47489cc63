#include "render/encoder.hpp"

#include "sim/io/failure.hpp"
#include "sim/program/signals.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace walkout::render {

namespace {

/// Words by which ffmpeg tells that writing failed, not it.
constexpr std::array file_errors{ENOSPC, EFBIG, EDQUOT, EACCES, EROFS, EIO};

std::string last_line(std::string_view text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    return std::string(text.substr(text.find_last_of("\r\n") + 1));
}

void close_file(int& file)
{
    if (file >= 0)
        ::close(file);
    file = -1;
}

} // namespace

std::filesystem::path ffmpeg()
{
    const char* path = std::getenv("PATH");
    std::string_view rest = path != nullptr ? path : "";
    while (!rest.empty()) {
        const std::size_t colon = rest.find(':');
        const std::filesystem::path file = std::filesystem::path(rest.substr(0, colon)) / "ffmpeg";
        if (::access(file.c_str(), X_OK) == 0)
            return file;
        rest = colon == std::string_view::npos ? "" : rest.substr(colon + 1);
    }
    throw io::Missing("films need ffmpeg, which is not installed: apt-get install ffmpeg");
}

Encoder::Encoder(const std::vector<std::string>& arguments, std::filesystem::path what)
    : what_(std::move(what))
{
    start(arguments);
}

void Encoder::start(const std::vector<std::string>& arguments)
{
    const std::string program = ffmpeg().string();
    std::vector<std::string> words{program, "-hide_banner", "-loglevel", "error", "-y"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);

    std::array<int, 2> ends{};
    complaints_ = ::memfd_create("ffmpeg", MFD_CLOEXEC);
    if (complaints_ < 0 || ::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw io::Missing(fmt::format("cannot start ffmpeg: {}", std::strerror(errno)));
    pipe_ = ends[1];

    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, complaints_, STDERR_FILENO);
    // Ctrl-C in the terminal is for us alone: we end ffmpeg when we stop.
    posix_spawnattr_t attributes{};
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM})
        sigaddset(&usual, number);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    const int error =
        posix_spawn(&child_, program.c_str(), &files, &attributes, pointers.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    close_file(ends[0]);
    if (error != 0) {
        child_ = -1;
        throw io::Missing(fmt::format("cannot start {}: {}", program, std::strerror(error)));
    }
}

Encoder::~Encoder()
{
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        wait();
    }
    close_file(pipe_);
    close_file(complaints_);
}

int Encoder::wait()
{
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
    child_ = -1;
    return status;
}

void Encoder::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(pipe_, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EINTR) {
            program::SignalGuard::check();
        } else {
            close_file(pipe_);
            complain(wait());
        }
    }
}

void Encoder::finish()
{
    close_file(pipe_);
    const int status = wait();
    // It tells of a full disk, yet ends as if all were well.
    if (status != 0 || !complaints().empty())
        complain(status);
}

std::string Encoder::complaints() const
{
    std::string text;
    std::array<char, 4096> block{};
    for (off_t at = 0;;) {
        const ssize_t count = ::pread(complaints_, block.data(), block.size(), at);
        if (count <= 0)
            return text;
        text.append(block.data(), static_cast<std::size_t>(count));
        at += count;
    }
}

void Encoder::complain(int status) const
{
    const std::string text = complaints();
    for (const int error : file_errors)
        if (text.find(std::strerror(error)) != std::string::npos)
            throw io::FileError(
                fmt::format("cannot write '{}': {}", what_.string(), std::strerror(error)));
    if (WIFSIGNALED(status))
        throw io::Missing(fmt::format("ffmpeg was killed (signal {}); '{}' was not written",
                                      WTERMSIG(status), what_.string()));
    const std::string said = last_line(text);
    throw io::Missing(
        fmt::format("ffmpeg failed, '{}' was not written: {}", what_.string(),
                    said.empty() ? fmt::format("exit {}", WEXITSTATUS(status)) : said));
}

} // namespace walkout::render
