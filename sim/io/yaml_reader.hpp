#pragma once

#include "sim/io/value.hpp"

#include <optional>
#include <string_view>

namespace walkout::io {

/// Read one YAML document of the strict subset: maps, lists and scalars; no aliases, anchors, merge
/// keys, tags, second document or repeated keys.
///
/// @param yaml    the text, the whole of `source` or a part of its first line
/// @param column  where in that line the part begins, in bytes
/// @return nothing when the text is no YAML or holds no value; `problems` tells why
/// @throws LimitError when it has too many values
std::optional<Value> parse_yaml(std::string_view yaml, const SourcePtr& source, Problems& problems,
                                int column = 0);

} // namespace walkout::io
