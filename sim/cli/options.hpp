#pragma once

#include "sim/core/world.hpp"
#include "sim/program/program.hpp"
#include "sim/study/factor.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace walkout::cli {

/// What every command that reads a scenario takes.
struct Input {
    std::string scenario;
    std::vector<std::string> overrides; ///< `path=value`
};

struct RunOptions {
    Input input;
    std::optional<std::uint64_t> seed;
    std::optional<std::uint32_t> replicates;
    std::uint32_t changes_of = 0;
    bool typical = true; ///< changes.csv holds the typical run, unless one was chosen
    unsigned jobs = 0;
    std::string out; ///< empty: results/<scenario>
    std::string against;
    bool twin = true;
    bool trace = false; ///< write the history of the run that changes.csv holds
    bool json = false;
};

struct ExplainOptions {
    Input input;
    std::optional<std::uint64_t> seed;
    std::uint32_t replicate = 0;
    AgentId person = 0;
    std::optional<Rung> act;
    bool json = false;
};

struct CheckOptions {
    Input input;
    bool organization = false;
    std::optional<std::uint64_t> seed;
    bool json = false;
};

struct ResolveOptions {
    Input input;
};

struct SchemaOptions {
    bool study = false; ///< of study files, not of scenarios
};

struct ReferenceOptions {};

struct ReproduceOptions {
    std::string folder;
    unsigned jobs = 0;
};

struct SweepOptions {
    std::string study;
    unsigned jobs = 0;
    std::string out;         ///< empty: results/<study>
    bool start_over = false; ///< under a new name
    bool dry_run = false;
    bool yes = false; ///< begin, however large
    bool page = true; ///< write report.html at the end
    bool merge = false;
    bool json = false;
    std::uint64_t stop_after = 0; ///< 0: all
    unsigned shard = 1, shards = 1;
    std::optional<std::uint64_t> run; ///< make this one again instead
};

struct ExportStudyOptions {
    std::string folder;  ///< or the store itself
    std::string out;     ///< empty: where the store is
    bool curves = false; ///< as CSV too
    bool netcdf = true;
};

struct CompareOptions {
    std::vector<std::string> scenarios;
    std::vector<std::string> overrides; ///< of all of them
    std::optional<std::uint64_t> seed;
    std::optional<std::uint32_t> replicates;
    unsigned jobs = 0;
    std::string out; ///< empty: results/<first>_vs_<second>
    bool json = false;
};

struct AttributeOptions {
    Input input;
    std::string study; ///< instead: one whose parameters are the factors
    FactorChoice factors;
    std::size_t orders = 8; ///< per replicate, where orders are sampled
    std::optional<std::uint64_t> seed;
    std::optional<std::uint32_t> replicates;
    unsigned jobs = 0;
    std::string out; ///< empty: results/<scenario or study>
    bool json = false;
};

struct CalibrateOptions {
    std::string study;
    unsigned jobs = 0;
    std::string out;         ///< empty: results/<study>
    bool start_over = false; ///< under a new name
    bool netcdf = true;
    bool page = true;
    bool json = false;
};

struct ValidateOptions {
    std::string study;
    std::optional<std::uint64_t> seed;
    std::optional<std::uint64_t> points; ///< empty: as the study says
    std::optional<std::uint32_t> replicates;
    std::uint32_t people = 1000; ///< larger organizations are run with so many
    bool coding_error = true;
    unsigned jobs = 0;
    std::string out;         ///< empty: results/validation
    bool start_over = false; ///< under a new name
    bool json = false;
};

using program::ShowText;

using Options =
    std::variant<ShowText, RunOptions, ExplainOptions, CheckOptions, ResolveOptions, SchemaOptions,
                 ReferenceOptions, ReproduceOptions, SweepOptions, ExportStudyOptions,
                 CompareOptions, AttributeOptions, CalibrateOptions, ValidateOptions>;

/// @throws io::InputError with a suggestion when the words make no sense
Options parse_options(int argc, char** argv);

} // namespace walkout::cli
