#pragma once

#include "sim/io/scenario_file.hpp"
#include "sim/study/summary.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::cli {

/// Another ensemble with the same seeds, and the differences to it.
struct Counterpart {
    std::string name;
    Summary summary;
    std::vector<Comparison> differences; ///< ours minus the counterpart's
    std::vector<Comparison> without_peers =
        {}; ///< the same between the twins of both; empty: not run
};

/// Everything `walkout run` has to say.
struct RunReport {
    io::ScenarioFile file;
    std::uint64_t seed = 0;
    std::uint32_t replicates = 0;
    std::vector<RunResult> runs;
    Summary summary;
    std::optional<Counterpart> twin;
    std::optional<Counterpart> against;
};

/// The report for people.
std::string text_of(const RunReport& report);

/// The documented object of `--json`, also summary.json.
std::string json_of(const RunReport& report);

/// `replicate,time,stance,count`, one row per replicate, sampled hour and stance.
std::string counts_csv(const RunReport& report);

/// Every change of one replicate with the terms that were compared. Runs it again.
std::string changes_csv(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate);

/// What is needed to make these numbers again.
std::string provenance_json(const RunReport& report, const std::string& command);

/// `0123456789abcdef`.
std::string hex(std::uint64_t fingerprint);

} // namespace walkout::cli
