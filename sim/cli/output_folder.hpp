#pragma once

#include "sim/cli/farm.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace walkout::cli {

/// Where results go: as the user named it, else results/<usual>; with `start_over` the next free
/// name beside it.
std::filesystem::path results_folder(const std::string& out, const std::string& usual,
                                     bool start_over = false);

/// Where a command writes its results: each file whole or not at all, none after a signal.
class OutputFolder {
public:
    /// Makes the folder. @throws FileError
    OutputFolder(std::filesystem::path folder, const SignalGuard& guard);
    OutputFolder(const std::string& out, const std::string& usual, const SignalGuard& guard)
        : OutputFolder(results_folder(out, usual), guard)
    {
    }

    const std::filesystem::path& path() const { return path_; }

    /// @throws FileError, Interrupted
    void write(const std::string& name, const std::string& content);

    /// Tell the user what was written, on standard error.
    void say_written() const;

private:
    std::filesystem::path path_;
    const SignalGuard& guard_;
    std::vector<std::string> written_;
};

} // namespace walkout::cli
