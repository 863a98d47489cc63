#include "sim/cli/siblings.hpp"

#include "sim/cli/files.hpp"
#include "sim/io/failure.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace walkout::cli {

namespace {

constexpr std::array all{
    Sibling{"play", "walkout-play", "Watch a scenario or a trace in the window"},
    Sibling{"export", "walkout-play", "Write pictures and films without a display"},
    Sibling{"report", "walkout-report", "Write the page of a study"},
    Sibling{"sensitivity", "walkout-study", "Say which parameters of a study matter, and how much"},
};

std::filesystem::path beside_us(const std::string& program)
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / program;
}

} // namespace

std::span<const Sibling> siblings()
{
    return all;
}

void hand_over(char** arguments)
{
    if (arguments[0] == nullptr || arguments[1] == nullptr)
        return;
    for (const Sibling& sibling : all)
        if (std::strcmp(arguments[1], sibling.command) == 0) {
            const std::filesystem::path program = beside_us(sibling.program);
            ::execv(program.c_str(), arguments);
            fmt::print(stderr,
                       "walkout: cannot start '{}': {}; './walkout {}' of a checkout builds it\n",
                       program.string(), std::strerror(errno), sibling.command);
            ::_exit(69);
        }
}

int run_sibling(const std::string& program, const std::vector<std::string>& arguments)
{
    std::string path = beside_us(program).string();
    if (!std::filesystem::exists(path))
        return 69;
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers{path.data()};
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    if (const int error =
            ::posix_spawn(&child, path.c_str(), nullptr, nullptr, pointers.data(), environ);
        error != 0)
        throw io::FileError(fmt::format("cannot start '{}': {}", path, std::strerror(error)));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void write_page(const std::filesystem::path& folder)
{
    if (run_sibling("walkout-report", {"report", folder.string()}) != 0)
        say(fmt::format("the page was left out; './walkout report {}' makes it", folder.string()));
}

int write_netcdf(const std::filesystem::path& store, const std::filesystem::path& target)
{
    const int code = run_sibling("walkout-netcdf", {store.string(), target.string()});
    if (code == 69)
        say(fmt::format("{} was left out: this program was built without NetCDF; './walkout build "
                        "netcdf' installs it, --no-netcdf does without",
                        target.filename().string()));
    return code;
}

} // namespace walkout::cli
