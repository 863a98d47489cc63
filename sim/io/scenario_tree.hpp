#pragma once

#include "sim/io/value.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace walkout::io {

/// A scenario file with its bases and overrides merged, not yet understood.
struct ScenarioTree {
    std::optional<Value> root;       ///< none: some text is not YAML; `problems` tells which
    std::vector<std::string> bases;  ///< of them those that tell a story (have a start), as named
                                     ///< from the scenario, nearest first
    std::vector<std::string> inputs; ///< paths of files read, nearest first
    std::shared_ptr<const ScenarioTree> past = {}; ///< of a branch: what it goes on from
};

/// Parse a scenario's text, the chain of its bases and overrides `path=value`, and merge them: maps
/// key by key, everything else replaced by the nearer value.
///
/// A map `branch` makes all it is merged with its past: the chain of bases behind the file in which
/// it stands, or what was said before the override.
///
/// Each value keeps its own file's place and standing: a base's `kind: fitted` says nothing about a
/// number that the scenario replaces.
ScenarioTree load_tree(const SourcePtr& source, const std::vector<std::string>& overrides,
                       Problems& problems);

} // namespace walkout::io
