#pragma once

#include <string>
#include <utility>
#include <vector>

namespace walkout::io {

/// A path and what is to stand there, as `--set` would have it.
using PathValue = std::pair<std::string, std::string>;

/// Values at their paths as YAML, map in map.
/// @param changes  texts of YAML, in the order in which they are to stand; later ones win
std::string nested_yaml(const std::vector<PathValue>& changes);

/// A scenario file that changes another one and says nothing else: `base`, a title, a summary, and
/// the values at their paths, map in map.
///
/// @param base  named from the folder of the new file
/// @param changes  in the order in which they are to stand; later ones win
std::string variant_yaml(const std::string& base, const std::string& title,
                         const std::string& summary, const std::vector<PathValue>& changes);

} // namespace walkout::io
