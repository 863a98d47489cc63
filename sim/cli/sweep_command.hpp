#pragma once

#include "sim/cli/options.hpp"
#include "sim/io/study_file.hpp"
#include "sim/study/members.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/workers.hpp"

#include <functional>
#include <memory>
#include <string>

namespace walkout::cli {

/// Everything that follows from a study file, checked.
struct PreparedStudy {
    io::StudyFile file;
    Plan plan;
    Members members;
    RowMaker make;

    /// @throws io::InputError with all mistakes
    explicit PreparedStudy(const std::string& path);
    PreparedStudy(const PreparedStudy&) = delete;
    PreparedStudy& operator=(const PreparedStudy&) = delete;

    StudyRecord record(Shard shard = {}) const;
};

/// Who makes the runs of `sweep`.
struct Crew {
    unsigned size = 1;
    unsigned processors = 1;                                              ///< that they share
    const char* unit = "";                                                ///< what one of them is
    std::function<std::unique_ptr<Workers>(const PreparedStudy&)> gather; ///< when all is checked
};

/// The command `sweep`. @return its exit code
int sweep_with(const Crew& crew, const SweepOptions& options);

} // namespace walkout::cli
