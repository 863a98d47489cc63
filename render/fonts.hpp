#pragma once

#include "render/display_list.hpp"
#include "sim/io/failure.hpp"

#include <filesystem>
#include <span>
#include <string_view>

namespace walkout::render {

/// No usable font on this machine; one line that says what to install. Exit 69.
class MissingFont : public io::Missing {
public:
    using io::Missing::Missing;
};

/// The file of a font: Roboto as Debian installs it (`fonts-roboto-unhinted`), else DejaVu Sans.
/// `WALKOUT_FONTS` names another folder to look in first.
/// @throws MissingFont (one line: what to install) when there is none
const std::filesystem::path& font_file(Font font);

/// The first of the files that `font` may come from which exists in one of `folders`: Roboto from
/// any folder is better than DejaVu Sans.
/// @throws MissingFont when there is none
std::filesystem::path find_font(Font font, std::span<const std::filesystem::path> folders);

/// Width of a text in logical pixels: the sum of the unhinted advances, no kerning; what both
/// painters draw.
float text_width(std::string_view utf8, float size, Font font);

/// Cut with an ellipsis to fit.
std::string fitted(std::string_view utf8, float width, float size, Font font);

/// Broken at spaces into lines that fit; a longer word stands alone.
std::vector<std::string> wrapped(std::string_view utf8, float width, float size, Font font);

/// One glyph of a line of text.
struct Glyph {
    std::uint32_t index = 0; ///< in the font's file; 0 where the font has no such character
    float x = 0;             ///< from the start of the line
};

struct TextRun {
    std::vector<Glyph> glyphs;
    float width = 0;
};

/// Which glyphs make up a text and where they stand, in the unit of `size`.
TextRun shaped(std::string_view utf8, float size, Font font);

} // namespace walkout::render
