#include "sim/cli/siblings.hpp"

#include "sim/cli/files.hpp"
#include "sim/program/sibling.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <unistd.h>

namespace walkout::cli {

namespace {

constexpr std::array all{
    Sibling{"play", "walkout-play", "Watch a scenario or a trace in the window"},
    Sibling{"export", "walkout-play", "Write pictures and films without a display"},
    Sibling{"report", "walkout-report", "Write the page of a study"},
    Sibling{"sensitivity", "walkout-study", "Say which parameters of a study matter, and how much"},
};

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
            const std::filesystem::path program = program::beside_us(sibling.program);
            ::execv(program.c_str(), arguments);
            fmt::print(stderr,
                       "walkout: cannot start '{}': {}; './walkout {}' of a checkout builds it\n",
                       program.string(), std::strerror(errno), sibling.command);
            ::_exit(69);
        }
}

void write_page(const std::filesystem::path& folder)
{
    if (program::run_sibling("walkout-report", {"report", folder.string()}) != 0)
        say(fmt::format("the page was left out; './walkout report {}' makes it", folder.string()));
}

int write_netcdf(const std::filesystem::path& store, const std::filesystem::path& target)
{
    const int code = program::run_sibling("walkout-netcdf", {store.string(), target.string()});
    if (code == 69)
        say(fmt::format("{} was left out: this program was built without NetCDF; './walkout build "
                        "netcdf' installs it, --no-netcdf does without",
                        target.filename().string()));
    return code;
}

} // namespace walkout::cli
