#pragma once

#include "sim/study/store.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace walkout {

using Bytes = std::vector<std::uint8_t>;

/// A row on its way between two copies of this program: CBOR (RFC 8949), a list of the fields of
/// `RunRow` in their order. NaN stays NaN, everything else stays bit for bit.
Bytes bytes_of(const RunRow& row);
RunRow row_from(const Bytes& bytes);

/// The same for `StudyRecord::world`.
using WorldLines = std::vector<std::pair<std::string, std::string>>;
std::string text_of(const WorldLines& world);
WorldLines world_from(const std::string& text);

} // namespace walkout
