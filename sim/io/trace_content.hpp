#pragma once

#include "sim/core/trace.hpp"
#include "sim/io/trace_archive.hpp"

#include <span>
#include <string_view>

namespace walkout::io {

/// A part of a trace that stands in its own section of a file.
struct Section {
    std::string_view tag;  ///< in the file, four bytes
    std::string_view name; ///< in messages
    void (*write)(Writer&, const Trace&);
    void (*read)(Reader&, Trace&);
    void (*check)(const Trace&); ///< throws `Senseless` when what was read does not fit together
};

/// All sections, in the order in which they stand in a file and must be read: later ones speak of
/// people of earlier ones.
std::span<const Section> sections();

} // namespace walkout::io
