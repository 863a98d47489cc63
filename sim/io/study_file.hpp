#pragma once

#include "sim/io/variants.hpp"
#include "sim/study/study.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::io {

/// A study with the scenarios it varies.
struct StudyFile {
    Study study;
    std::string path;                ///< as the user named it
    std::string text;                ///< of the study file
    std::vector<std::string> inputs; ///< every file read, the study first
    std::vector<std::shared_ptr<const ScenarioVariants>> scenarios; ///< by row of `study`
    Place design; ///< where the design stands, for mistakes that only its points show
};

/// Read a study file, its scenarios and the table of its design.
///
/// The same strict YAML as scenarios. Files are named relative to the study; a scenario may lie
/// beside its folder (`../mine.yaml`), a table lies in it. Each value of each parameter is checked
/// against the scenarios as `--set` would be.
/// @throws InputError listing every mistake with its place; LimitError when it is too large
StudyFile read_study(const std::string& path);

/// Whether history told how a scenario ended, by a count sound enough to fit to or by an outcome.
/// A variant of a story only inherits them.
bool is_recorded_crisis(const Scenario& scenario);

/// JSON Schema draft-07 of study files, for editors and independent checks.
std::string study_json_schema();

/// The words of study files, in the order of the enumerations.
const std::vector<std::string>& design_names();
const std::vector<std::string>& change_names();
const std::vector<std::string>& policy_names();

/// Columns of the table of runs that no parameter may be called like.
const std::vector<std::string>& reserved_columns();

} // namespace walkout::io
