#pragma once

#include "sim/cli/sweep_command.hpp"
#include "sim/study/store.hpp"

#include <string>

namespace walkout::cli {

/// What a study will take: the times and sizes of a few runs that were made to see, extrapolated.
struct SweepEstimate {
    double runs = 0; ///< with `until`: at most
    bool at_most = false;
    double seconds = 0;
    double disk = 0;   ///< bytes
    double memory = 0; ///< bytes
    unsigned workers = 1;
    const char* unit = ""; ///< what a worker is
};

// ---------------------------------------------------------------- how numbers are written

std::string bytes_text(double bytes);

/// A parameter's value as a person would write it.
std::string value_text(const StudyParameter& parameter, double value);

/// A measure; `unit` as in `StoreColumn`. "-" for NaN.
std::string number_text(double value, const std::string& unit);

// ---------------------------------------------------------------- before and after

/// Make some runs and extrapolate.
SweepEstimate estimate(const PreparedStudy& study, Shard shard, const Crew& crew);

/// Refuse what is large, unless the user said yes. @throws io::LimitError
void check_estimate(const SweepEstimate& estimate, const std::string& study, bool yes);

/// The plan: design, runs, estimate, first and last points.
std::string plan_text(const io::StudyFile& file, const Plan& plan, const SweepEstimate& estimate);

/// Where a study stands.
struct SweepReport {
    const io::StudyFile* file = nullptr;
    const Plan* plan = nullptr;
    const Store* store = nullptr;
    std::string path; ///< of the store
    bool complete = false;
};

std::string text_of(const SweepReport& report);

/// Medians of the first measures, point by point; empty where there are too many for a page.
std::string members_table(const SweepReport& report);
std::string json_of(const SweepReport& report);

/// One run made again: for people or as the documented object.
std::string run_text(const io::StudyFile& file, const RunRow& row,
                     const std::vector<std::string>& overrides);
std::string run_json(const io::StudyFile& file, const RunRow& row,
                     const std::vector<std::string>& overrides);

} // namespace walkout::cli
