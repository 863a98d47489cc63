#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace walkout::program {

/// A program in the folder of the one that runs.
std::filesystem::path beside_us(const std::string& program);

/// How a program beside us is run.
struct SiblingStyle {
    bool quiet = false;                   ///< its standard output goes nowhere
    std::function<bool()> stop = nullptr; ///< asked now and then; true ends it
};

/// Run a program beside this one and wait. Returns its exit code, 128 + signal, or 69 when it is
/// not there. @throws io::FileError when it cannot be started
int run_sibling(const std::string& program, const std::vector<std::string>& arguments,
                const SiblingStyle& style = {});

} // namespace walkout::program
