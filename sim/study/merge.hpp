#pragma once

#include "sim/core/run.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/store.hpp"

#include <string>
#include <vector>

namespace walkout {

/// Put the stores of all shards of a study together.
///
/// Walks the plan of the whole study beside the shards: each run must come from its own shard, as
/// the next one there, and no shard may have more. So there is no gap and no overlap, and the
/// result is what one program alone would have stored.
///
/// @param paths   of the shards' stores, shard 1 first; their worlds have been compared with the
/// study's
/// @param target  path of the store to make; nothing is there before, or after a failure
/// @return how many runs it holds
/// @throws Stopped; StoreError naming the shard where a run is missing or too many
std::uint64_t merge(const Study& study, const Plan& plan, const std::vector<std::string>& paths,
                    const std::string& target, const StudyRecord& record, Progress& progress);

} // namespace walkout
