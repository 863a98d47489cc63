#pragma once

#include <functional>

namespace walkout::cli {

/// Run a command and turn what it throws into a message on standard error and the exit code that
/// `walkout --help` tells.
int exit_code_of(const std::function<int()>& command);

} // namespace walkout::cli
