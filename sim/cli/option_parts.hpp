#pragma once

/// Options that several commands take, and commands whose options have a file of their own.

#include "sim/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace walkout::cli {

/// A check: CLI11 would wrap -5 into a huge number, and its own words are for programmers.
std::string whole_number(const std::string& text);

void add_set(CLI::App& command, std::vector<std::string>& overrides);

/// A scenario and --set.
CLI::Option& add_input(CLI::App& command, Input& input);

void add_seed(CLI::App& command, std::optional<std::uint64_t>& seed);
void add_replicates(CLI::App& command, std::optional<std::uint32_t>& replicates);
void add_jobs(CLI::App& command, unsigned& jobs);
void add_new(CLI::App& command, bool& start_over);
void add_json(CLI::App& command, bool& json);

void add_compare(CLI::App& app, CompareOptions& options);
void add_attribute(CLI::App& app, AttributeOptions& options);
void add_calibrate(CLI::App& app, CalibrateOptions& options);
void add_validate(CLI::App& app, ValidateOptions& options);

} // namespace walkout::cli
