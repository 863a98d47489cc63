#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/problems.hpp"

#include <vector>

namespace walkout::io {

/// Read what history counted: CSV with `time` (ISO 8601 with an offset) and `count`, and any of
/// `low`, `high` (the count, when left out), `fit` (yes or no), `note`, `source`, `counted`
/// (signatures, when left out, or departures); in order of time.
std::vector<RecordPoint> read_record(const SourcePtr& source, const Scenario& scenario,
                                     Problems& problems);

} // namespace walkout::io
