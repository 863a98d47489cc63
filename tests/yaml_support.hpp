#pragma once

/// YAML files before an independent validator.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

namespace walkout {

/// A YAML file as JSON; nothing when it is not of the strict subset.
std::optional<nlohmann::json> json_of_yaml(const std::filesystem::path& path);

/// Complaints of an independent validator of JSON Schema, by document; nothing when it is not
/// installed.
std::optional<nlohmann::json> schema_verdicts(const nlohmann::json& schema,
                                              const nlohmann::json& documents);

} // namespace walkout
