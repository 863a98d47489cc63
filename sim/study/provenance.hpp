#pragma once

#include "sim/io/study_file.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/store.hpp"

#include <string>
#include <vector>

namespace walkout {

/// What a store tells about its study: everything needed to make the same numbers again, and the
/// world that must not change while it grows.
///
/// Facts: study (the file's text), name, title, version, seed, design, points, scenarios, axes (of
/// a grid), curve_every (hours), horizon (hours), start (UTC), shard,
/// background (see `background.hpp`); `sweep` adds seconds.
StudyRecord record_of(const io::StudyFile& file, const Plan& plan, Shard shard,
                      const std::string& version);

/// How the world of a store differs from the one at hand, one line per difference: "scenario
/// openai_2023: people.vigil was 0.05, is 0.1". Empty: it is the same.
std::vector<std::string> differences(const StudyRecord& before, const StudyRecord& now);

/// One number for all runs: the hash of their fingerprints in order; a failed run counts as 0.
std::string fingerprint_of(const Store& store);

} // namespace walkout
