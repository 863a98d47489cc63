#pragma once

#include <functional>

namespace walkout::cli {

/// What `main` of a program does around its work: memory is set up for many runs, and whatever goes
/// wrong is told on standard error.
/// @return the exit code, as in `walkout --help`
int run_as_program(const std::function<int()>& work);

} // namespace walkout::cli
