#pragma once

#include "sim/cli/options.hpp"

namespace walkout::cli {

/// One function per command; each returns the exit code of a command that ran.
using program::execute; // of a text
int execute(const RunOptions& options);
int execute(const ExplainOptions& options);
int execute(const CheckOptions& options);
int execute(const ResolveOptions& options);
int execute(const SchemaOptions& options);
int execute(const ReferenceOptions& options);
int execute(const ReproduceOptions& options);
int execute(const SweepOptions& options);
int execute(const ExportStudyOptions& options);
int execute(const CompareOptions& options);
int execute(const AttributeOptions& options);
int execute(const CalibrateOptions& options);
int execute(const ValidateOptions& options);

} // namespace walkout::cli
