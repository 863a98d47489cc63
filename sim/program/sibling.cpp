#include "sim/program/sibling.hpp"

#include "sim/io/failure.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace walkout::program {

namespace {

pid_t start(std::string path, std::vector<std::string> words, bool quiet)
{
    std::vector<char*> pointers{path.data()};
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    if (quiet)
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int error =
        ::posix_spawn(&child, path.c_str(), &files, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0)
        throw io::FileError(fmt::format("cannot start '{}': {}", path, std::strerror(error)));
    return child;
}

/// Its status at the end.
int wait_for(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/// The same, asking meanwhile whether it is to be ended.
int wait_for(pid_t child, const std::function<bool()>& stop)
{
    constexpr auto nap = std::chrono::milliseconds(20);
    int status = 0;
    while (true) {
        const pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child)
            return status;
        if (stop()) {
            ::kill(child, SIGTERM);
            return wait_for(child);
        }
        std::this_thread::sleep_for(nap);
    }
}

} // namespace

std::filesystem::path beside_us(const std::string& program)
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / program;
}

int run_sibling(const std::string& program, const std::vector<std::string>& arguments,
                const SiblingStyle& style)
{
    const std::string path = beside_us(program).string();
    if (!std::filesystem::exists(path))
        return 69;
    const pid_t child = start(path, arguments, style.quiet);
    const int status = style.stop ? wait_for(child, style.stop) : wait_for(child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace walkout::program
