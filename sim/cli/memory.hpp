#pragma once

#include <string_view>

namespace walkout::cli {

/// Set memory up for many runs: each takes and gives back a megabyte, and handing it to the system
/// each time costs a third of the run.
void keep_memory();

/// What to try when there is not enough of it.
inline constexpr std::string_view memory_cure = "try fewer people or replicates";

} // namespace walkout::cli
