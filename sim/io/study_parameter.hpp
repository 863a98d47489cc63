#pragma once

#include "sim/io/map_reader.hpp"
#include "sim/io/study_file.hpp"

#include <optional>

namespace walkout::io {

/// Read one entry of `parameters` and try its extreme values on the scenarios. `file.scenarios` may
/// be empty when they cannot be read: then only the form is checked.
/// @return nothing when it is wrong
std::optional<StudyParameter> read_study_parameter(const Field& field, const StudyFile& file,
                                                   Problems& problems);

/// One value of a parameter: a number in its unit, or a switch.
std::optional<double> read_parameter_value(const Value& value, const std::string& name,
                                           const StudyParameter& parameter, const StudyFile& file,
                                           Problems& problems);

/// Read the rows of a design: CSV with one column per parameter; a parameter without a column, or
/// an empty field, stays as the scenario has it.
/// @param own  the row of a point that changes nothing
void read_design_table(const SourcePtr& source, StudyFile& file, const std::vector<double>& own,
                       Problems& problems);

/// The `path=value` texts that a parameter's value stands for in one scenario; none: as it is.
std::vector<std::string> overrides_of(const StudyParameter& parameter, double value,
                                      const ScenarioVariants& scenario);

/// Note that the scenario's own reader refused something: its first mistake, at our place.
/// @param what  what was tried; @param message  the reader's whole text
void tell_refusal(const Place& place, const std::string& what, std::string_view message,
                  Problems& problems);

} // namespace walkout::io
