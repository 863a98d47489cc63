#include "sim/cli/output_folder.hpp"

#include "sim/cli/files.hpp"
#include "sim/io/draft.hpp"

#include <fmt/core.h>

namespace walkout::cli {

std::filesystem::path results_folder(const std::string& out, const std::string& usual,
                                     bool start_over)
{
    const std::filesystem::path first =
        out.empty() ? std::filesystem::path("results") / usual : std::filesystem::path(out);
    std::filesystem::path folder = first;
    for (int k = 2; start_over && std::filesystem::exists(folder); ++k)
        folder = fmt::format("{}-{}", first.string(), k);
    return folder;
}

OutputFolder::OutputFolder(std::filesystem::path folder, const SignalGuard& guard)
    : path_(std::move(folder)), guard_(guard)
{
    make_folder(path_);
}

void OutputFolder::write(const std::string& name, const std::string& content)
{
    guard_.check(fmt::format("{}/ is incomplete: '{}' is missing", path_.string(), name));
    io::write_whole(path_ / name, content);
    written_.push_back(name);
}

void OutputFolder::say_written() const
{
    std::string names;
    for (std::size_t k = 0; k < written_.size(); ++k)
        names += (k == 0 ? "" : k + 1 == written_.size() ? " and " : ", ") + written_[k];
    say(fmt::format("wrote {} to {}/", names, path_.string()));
}

} // namespace walkout::cli
