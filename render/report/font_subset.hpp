#pragma once

#include "render/display_list.hpp"

#include <string>
#include <string_view>

namespace walkout::report {

/// The bytes of a font that has the glyphs of a text and no others: for embedding. Layout tables
/// and hints are left out, as everything here is set without them.
/// @throws std::runtime_error when the font cannot be read
std::string font_subset(render::Font font, std::string_view utf8);

/// RFC 4648, with padding.
std::string base64(std::string_view bytes);

} // namespace walkout::report
