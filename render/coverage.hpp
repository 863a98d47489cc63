#pragma once

/// Small marks and glyphs as masks: how much of each pixel they cover. Both painters draw from the
/// same masks, so that their pictures agree; marks stand on quarters of a pixel.

#include "render/device.hpp"
#include "render/display_list.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace walkout::render {

struct Mask {
    int left = 0, top = 0; ///< of its first pixel, from the whole pixel where the mark stands
    int width = 0, height = 0;
    std::vector<std::uint8_t> alpha = {}; ///< row by row
};

/// What a mask shows. Lengths are in sixteenths of a device pixel.
struct MaskKey {
    enum class Kind : std::uint8_t { disc, ring, box, glyph };

    Kind kind = Kind::disc;
    Font font = Font::regular;
    std::uint8_t quarter_x = 0, quarter_y = 0; ///< of a pixel, 0 .. 3
    std::uint16_t size = 0;                    ///< radius, width of a box, size of a glyph's font
    std::uint16_t other = 0; ///< width of a ring, height of a box, index of a glyph

    bool operator==(const MaskKey&) const = default;
    struct Hash {
        std::size_t operator()(const MaskKey& key) const
        {
            return std::bit_cast<std::uint64_t>(key) * 0x9e3779b97f4a7c15U >> 13;
        }
    };
};

/// A mask and the whole pixel where it stands.
struct Stamp {
    MaskKey key;
    int x = 0, y = 0;
};

/// How a mark is stamped; nothing if it is too large or of another kind.
std::optional<Stamp> stamp_of(const Disc& disc, const ToDevice& to_device);
std::optional<Stamp> stamp_of(const Ring& ring, const ToDevice& to_device);
std::optional<Stamp> stamp_of(const Box& box, const ToDevice& to_device);
Stamp stamp_of(const Glyph& glyph, const PlacedText& text, Font font);

/// Makes masks. Opens font files when first needed; one maker per thread.
class MaskMaker {
public:
    MaskMaker();
    ~MaskMaker();
    Mask make(const MaskKey& key);

private:
    struct Fonts;
    std::unique_ptr<Fonts> fonts_;
};

} // namespace walkout::render
