#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/problems.hpp"

#include <vector>

namespace walkout::io {

/// Read who influences whom.
///
/// CSV: `from`, `to`, and `weight` (1, when left out). A name ending in `.graphml`: GraphML whose
/// nodes have a property `id` and whose edges may have `weight`; an undirected edge goes both ways.
/// Ids are those of the staff table; without one they are the numbers 0 to headcount - 1.
std::vector<TieRow> read_ties(const SourcePtr& source, const OrganizationParams& organization,
                              Problems& problems);

} // namespace walkout::io
