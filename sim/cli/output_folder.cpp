#include "sim/cli/output_folder.hpp"

#include "sim/cli/files.hpp"
#include "sim/io/draft.hpp"

#include <fmt/core.h>

namespace walkout::cli {

OutputFolder::OutputFolder(const std::string& out, const std::string& usual,
                           const SignalGuard& guard)
    : path_(out.empty() ? std::filesystem::path("results") / usual : std::filesystem::path(out)),
      guard_(guard)
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
