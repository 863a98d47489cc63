#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/problems.hpp"

#include <vector>

namespace walkout::io {

/// Read people: CSV with `id` and any of `department`, `team`, `level`, `tenure`, `allegiance`,
/// `trust`, `risk`, `fallback`, `visa` (yes or no), `bed`, `wake`. An empty number is drawn as for
/// anybody else; departments and teams are given for all people or for none.
///
/// @param departments  those of the scenario; empty: the table makes its own
std::vector<StaffRow> read_staff(const SourcePtr& source,
                                 const std::vector<DepartmentParams>& departments,
                                 Problems& problems);

} // namespace walkout::io
