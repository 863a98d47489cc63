#pragma once

#include "sim/core/scenario.hpp"

#include <string>
#include <utility>
#include <vector>

namespace walkout::io {

/// A path and what is to stand there, as `--set` would have it.
using PathValue = std::pair<std::string, std::string>;

/// Values at their paths as YAML, map in map.
/// @param changes  texts of YAML, in the order in which they are to stand; later ones win, and a
/// later path into an earlier map changes that
std::string nested_yaml(const std::vector<PathValue>& changes);

/// An event of a scenario once more, at another moment and switched off: the map behind its name,
/// on one line.
///
/// @param headline  of the new one, at most 40 characters
std::string once_more(const Scenario& scenario, const Event& event, Hours at,
                      const std::string& headline);

/// A file replaces a list as a whole: changes of effects that stand in a list become one of the
/// list.
/// @param changed  the scenario with all changes
std::vector<PathValue> with_whole_lists(const std::vector<PathValue>& changes,
                                        const Scenario& changed);

/// A scenario file that changes another one and says nothing else: `base`, a title, a summary, and
/// the values at their paths, map in map.
///
/// @param base  named from the folder of the new file
/// @param changes  in the order in which they are to stand; later ones win
std::string variant_yaml(const std::string& base, const std::string& title,
                         const std::string& summary, const std::vector<PathValue>& changes);

} // namespace walkout::io
