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

/// Of it what every store of a study says: its text and seed, the world that its inputs make
/// (program, seed, parameters, scenarios), and the columns of its parameters.
StudyRecord record_of_study(const io::StudyFile& file, const std::string& version);

/// Refuse to go on with numbers that would not belong together.
/// @throws io::InputError naming the differences
void check_same_world(const Store& store, const StudyRecord& now, const std::string& path);

/// Open the store of some work, or begin one. @throws as `check_same_world`; StoreError
Store store_at(const std::string& path, const StudyRecord& record);

/// How the world of a store differs from the one at hand, one line per difference: "scenario
/// openai_2023: people.vigil was 0.05, is 0.1". Empty: it is the same.
std::vector<std::string> differences(const StudyRecord& before, const StudyRecord& now);

/// One number for all runs: the hash of their fingerprints in order; a failed run counts as 0.
std::string fingerprint_of(const Store& store);

} // namespace walkout
