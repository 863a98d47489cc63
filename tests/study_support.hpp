#pragma once

/// What the tests of studies share: a small study in a folder of its own, and its tables.

#include "tests/cli_support.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace walkout {

/// A study of many short runs in a folder, beside its scenario: 6 points.
struct StudyFolder {
    TemporaryFolder folder;

    explicit StudyFolder(int replicates = 3, const std::string& more = "");

    void write(int replicates, const std::string& more = "") const;

    /// Run `walkout sweep small.yaml` with options, in the folder.
    Ended sweep(std::vector<std::string> options, Setting setting = {}) const;

    /// The table of runs in a folder of results.
    std::string runs_csv(const std::string& out = "results/small") const;
};

/// The fields of a table without quoted ones, line by line.
std::vector<std::vector<std::string>> fields_of(const std::string& csv);

} // namespace walkout
