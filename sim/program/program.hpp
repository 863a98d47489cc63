#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace walkout::program {

/// What `main` of a program does around its work: whatever goes wrong is told on standard error.
/// @param memory_cure  what to try when there is not enough memory
/// @return the exit code, as in `walkout --help`
int exit_code_of(const std::function<int()>& work, std::string_view memory_cure);

/// Help or the version was asked for: print and be done.
struct ShowText {
    std::string text = {};
};
int execute(const ShowText& options);

/// Print to standard output. @throws io::FileError when it cannot take the text
void print(std::string_view text);

/// Talk: one line to standard error after "walkout: ".
void say(std::string_view line);

} // namespace walkout::program
