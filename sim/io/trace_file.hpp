#pragma once

/// Traces as files: small, checked, and never a reason to crash.
///
/// All numbers are little-endian. A file is the signature (8 bytes), the format (u32) and the
/// version of the program that wrote it (16 bytes of text, filled up with NUL); then sections: a
/// tag (4 bytes), the lengths of the payload compressed and plain (u32 each), a CRC-32 of these and
/// of the payload (u32), the payload (zlib). The last section has the tag `end.` and no payload.
/// Sections that a reader does not know are skipped, so that later programs may add some; what an
/// older reader could misunderstand needs a new format.

#include "sim/core/trace.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace walkout::io {

/// The format that is written, and the newest that is read.
inline constexpr std::uint32_t trace_format = 1;

/// Step to which inclinations and costs of `PressureSamples` are rounded in a file, allegiance
/// units; they are cut at +-16. All else is kept to the bit.
inline constexpr float pressure_step = 1.0F / 2048;

/// The content of a trace file.
///
/// @throws LimitError when a section would be larger than 1 GiB
std::string trace_bytes(const Trace& trace);

/// Read what `trace_bytes` made.
///
/// @throws InputError in one sentence: no file, no trace, a newer format, cut short (at which
/// byte), or damaged (in which section); LimitError when it is too large
Trace read_trace(const std::string& path);

/// The same for bytes at hand; `name` is what messages call them.
Trace parse_trace(std::string_view bytes, const std::string& name);

/// Whether a file begins like a trace; false for all that cannot be read.
bool is_trace(const std::string& path);

} // namespace walkout::io
