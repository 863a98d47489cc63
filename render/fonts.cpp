#include "render/fonts.hpp"

#include "render/freetype_face.hpp"

#include FT_ADVANCES_H

#include <array>
#include <cstdlib>
#include <unordered_map>

namespace walkout::render {

namespace {

constexpr char32_t replacement = U'\uFFFD';
constexpr std::string_view ellipsis = "\u2026";

/// The character at the front of `utf8`, which is cut off; U+FFFD for each byte that is no UTF-8.
char32_t take_character(std::string_view& utf8)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80             ? 1
                               : (lead & 0xE0) == 0xC0 ? 2
                               : (lead & 0xF0) == 0xE0 ? 3
                               : (lead & 0xF8) == 0xF0 ? 4
                                                       : 0;
    char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    bool valid = length > 0 && length <= utf8.size();
    for (std::size_t i = 1; valid && i < length; ++i) {
        valid = (byte(i) & 0xC0) == 0x80;
        code = code << 6 | (byte(i) & 0x3F);
    }
    utf8.remove_prefix(valid ? length : 1);
    return valid ? code : replacement;
}

/// Glyphs and advances of one font, in font units; never changes once read, so that any thread may
/// measure text.
class FontTable {
public:
    explicit FontTable(Font font) { read(FreeTypeFace(font).get()); }

    struct Entry {
        std::uint32_t glyph = 0;
        float advance = 0; ///< of a font of size 1
    };

    const Entry& at(char32_t character) const
    {
        const auto found = entries_.find(character);
        return found == entries_.end() ? unknown_ : found->second;
    }

private:
    void read(FT_Face face)
    {
        const auto entry = [face](FT_UInt glyph) {
            FT_Fixed advance = 0;
            FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &advance);
            return Entry{glyph,
                         static_cast<float>(advance) / static_cast<float>(face->units_per_EM)};
        };
        unknown_ = entry(0);
        FT_UInt glyph = 0;
        for (FT_ULong code = FT_Get_First_Char(face, &glyph); glyph != 0;
             code = FT_Get_Next_Char(face, code, &glyph))
            entries_.emplace(static_cast<char32_t>(code), entry(glyph));
    }

    Entry unknown_;
    std::unordered_map<char32_t, Entry> entries_;
};

const FontTable& table(Font font)
{
    switch (font) {
    case Font::medium: {
        static const FontTable medium(Font::medium);
        return medium;
    }
    case Font::bold: {
        static const FontTable bold(Font::bold);
        return bold;
    }
    case Font::condensed: {
        static const FontTable condensed(Font::condensed);
        return condensed;
    }
    case Font::regular:
        break;
    }
    static const FontTable regular(Font::regular);
    return regular;
}

std::vector<std::filesystem::path> font_folders()
{
    const std::filesystem::path truetype = "/usr/share/fonts/truetype";
    std::vector<std::filesystem::path> folders;
    if (const char* own = std::getenv("WALKOUT_FONTS"); own != nullptr && *own != '\0')
        folders.emplace_back(own);
    folders.push_back(truetype / "roboto/unhinted/RobotoTTF");
    folders.push_back(truetype / "roboto/unhinted");
    folders.push_back(truetype / "dejavu");
    return folders;
}

} // namespace

std::filesystem::path find_font(Font font, std::span<const std::filesystem::path> folders)
{
    static constexpr std::array<std::array<const char*, 2>, 4> names = {{
        {"Roboto-Regular.ttf", "DejaVuSans.ttf"},
        {"Roboto-Medium.ttf", "DejaVuSans-Bold.ttf"},
        {"Roboto-Bold.ttf", "DejaVuSans-Bold.ttf"},
        {"RobotoCondensed-Regular.ttf", "DejaVuSans.ttf"},
    }};
    for (const char* name : names[static_cast<std::size_t>(font)])
        for (const auto& folder : folders)
            if (std::error_code ignored; std::filesystem::is_regular_file(folder / name, ignored))
                return folder / name;
    throw MissingFont("no font found; install the package fonts-roboto-unhinted, or set "
                      "WALKOUT_FONTS to a folder that holds Roboto-Regular.ttf");
}

const std::filesystem::path& font_file(Font font)
{
    static const std::array<std::filesystem::path, 4> files = [] {
        const auto folders = font_folders();
        return std::array{find_font(Font::regular, folders), find_font(Font::medium, folders),
                          find_font(Font::bold, folders), find_font(Font::condensed, folders)};
    }();
    return files[static_cast<std::size_t>(font)];
}

TextRun shaped(std::string_view utf8, float size, Font font)
{
    const FontTable& entries = table(font);
    TextRun run;
    run.glyphs.reserve(utf8.size());
    while (!utf8.empty()) {
        const FontTable::Entry& entry = entries.at(take_character(utf8));
        run.glyphs.push_back({entry.glyph, run.width});
        run.width += entry.advance * size;
    }
    return run;
}

float text_width(std::string_view utf8, float size, Font font)
{
    const FontTable& entries = table(font);
    float width = 0;
    while (!utf8.empty())
        width += entries.at(take_character(utf8)).advance * size;
    return width;
}

std::string fitted(std::string_view utf8, float width, float size, Font font)
{
    if (text_width(utf8, size, font) <= width)
        return std::string(utf8);
    const float room = width - text_width(ellipsis, size, font);
    const FontTable& entries = table(font);
    std::string_view rest = utf8;
    std::size_t kept = 0;
    for (float used = 0; !rest.empty();) {
        used += entries.at(take_character(rest)).advance * size;
        if (used > room)
            break;
        kept = utf8.size() - rest.size();
    }
    std::string_view start = utf8.substr(0, kept);
    while (start.ends_with(' '))
        start.remove_suffix(1);
    return std::string(start).append(ellipsis);
}

std::vector<std::string> wrapped(std::string_view utf8, float width, float size, Font font)
{
    std::vector<std::string> lines;
    while (true) {
        const std::size_t from = utf8.find_first_not_of(' ');
        if (from == std::string_view::npos)
            return lines;
        const std::string_view word = utf8.substr(from, utf8.find(' ', from) - from);
        utf8.remove_prefix(from + word.size());
        if (!lines.empty()) {
            const std::string longer = lines.back() + ' ' + std::string(word);
            if (text_width(longer, size, font) <= width) {
                lines.back() = longer;
                continue;
            }
        }
        lines.emplace_back(word);
    }
}

} // namespace walkout::render
