#include "render/coverage.hpp"

#include "render/freetype_face.hpp"

#include FT_OUTLINE_H

namespace walkout::render {

namespace {

constexpr float sixteenths = 16;
constexpr float largest = 32; ///< radius of a stamped mark, device pixels

std::uint16_t in_sixteenths(float length)
{
    return static_cast<std::uint16_t>(std::lround(length * sixteenths));
}

float from_sixteenths(std::uint16_t length)
{
    return length / sixteenths;
}

struct Quarters {
    int whole = 0;
    std::uint8_t quarter = 0;

    explicit Quarters(float x)
    {
        const auto quarters = static_cast<int>(std::floor(x * 4 + 0.5F));
        whole = quarters >> 2;
        quarter = static_cast<std::uint8_t>(quarters & 3);
    }
};

Stamp placed(MaskKey key, Point at)
{
    const Quarters x(at.x), y(at.y);
    key.quarter_x = x.quarter;
    key.quarter_y = y.quarter;
    return {key, x.whole, y.whole};
}

std::uint8_t to_byte(float coverage)
{
    return static_cast<std::uint8_t>(coverage * 255 + 0.5F);
}

/// A mask around a mark at `at` (quarters of a pixel) from a function of the pixel's center.
template <class Coverage> Mask sampled(Rect extent, Coverage coverage)
{
    const int left = static_cast<int>(std::floor(extent.x));
    const int top = static_cast<int>(std::floor(extent.y));
    Mask mask{.left = left,
              .top = top,
              .width = static_cast<int>(std::ceil(extent.x + extent.w)) - left,
              .height = static_cast<int>(std::ceil(extent.y + extent.h)) - top};
    mask.alpha.reserve(static_cast<std::size_t>(mask.width * mask.height));
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            mask.alpha.push_back(to_byte(
                coverage(static_cast<float>(left + x) + 0.5F, static_cast<float>(top + y) + 0.5F)));
    return mask;
}

/// A ring; a disc is a ring as wide as its radius is long.
Mask ring_mask(Point at, float inner, float outer)
{
    const float reach = outer + 0.5F;
    return sampled({at.x - reach, at.y - reach, 2 * reach, 2 * reach}, [&](float x, float y) {
        const float distance = std::hypot(x - at.x, y - at.y);
        const float within = std::clamp(outer - distance + 0.5F, 0.F, 1.F);
        return inner > 0 ? within - std::clamp(inner - distance + 0.5F, 0.F, 1.F) : within;
    });
}

Mask box_mask(const Rect& r)
{
    const auto overlap = [](float from, float length, float center) {
        return std::clamp(std::min(from + length, center + 0.5F) - std::max(from, center - 0.5F),
                          0.F, 1.F);
    };
    return sampled(r,
                   [&](float x, float y) { return overlap(r.x, r.w, x) * overlap(r.y, r.h, y); });
}

Mask glyph_mask(FT_Face face, const MaskKey& key)
{
    FT_Set_Char_Size(face, 0, key.size * 4, 72, 72); // sizes in 1/64 of a point, a pixel at 72 dpi
    FT_Load_Glyph(face, key.other, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    FT_Outline_Translate(&face->glyph->outline, key.quarter_x * 16, 0);
    FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL);
    const FT_Bitmap& bitmap = face->glyph->bitmap;
    Mask mask{.left = face->glyph->bitmap_left,
              .top = -face->glyph->bitmap_top,
              .width = static_cast<int>(bitmap.width),
              .height = static_cast<int>(bitmap.rows)};
    for (int y = 0; y < mask.height; ++y) {
        const unsigned char* row = bitmap.buffer + y * bitmap.pitch;
        mask.alpha.insert(mask.alpha.end(), row, row + mask.width);
    }
    return mask;
}

} // namespace

std::optional<Stamp> stamp_of(const Disc& disc, const ToDevice& to_device)
{
    const float r = disc.r * to_device.scale;
    if (r > largest || r <= 0)
        return {};
    return placed({.kind = MaskKey::Kind::disc, .size = in_sixteenths(r)}, to_device(disc.at));
}

std::optional<Stamp> stamp_of(const Ring& ring, const ToDevice& to_device)
{
    const float r = ring.r * to_device.scale, width = ring.width * to_device.scale;
    if (!ring.dash.solid() || r + width > largest || r <= 0)
        return {};
    return placed(
        {.kind = MaskKey::Kind::ring, .size = in_sixteenths(r), .other = in_sixteenths(width)},
        to_device(ring.at));
}

std::optional<Stamp> stamp_of(const Box& box, const ToDevice& to_device)
{
    if (box.radius > 0 || box.width > 0 || !is_mark(box, to_device))
        return {};
    const Rect r = to_device(box.rect);
    return placed(
        {.kind = MaskKey::Kind::box, .size = in_sixteenths(r.w), .other = in_sixteenths(r.h)},
        {r.x, r.y});
}

Stamp stamp_of(const Glyph& glyph, const PlacedText& text, Font font)
{
    return placed({.kind = MaskKey::Kind::glyph,
                   .font = font,
                   .size = in_sixteenths(text.size),
                   .other = static_cast<std::uint16_t>(glyph.index)},
                  {text.at.x + glyph.x, text.at.y});
}

struct MaskMaker::Fonts {
    std::array<std::unique_ptr<FreeTypeFace>, 4> faces;
};

MaskMaker::MaskMaker() : fonts_(std::make_unique<Fonts>()) {}
MaskMaker::~MaskMaker() = default;

Mask MaskMaker::make(const MaskKey& key)
{
    const Point at{static_cast<float>(key.quarter_x) / 4, static_cast<float>(key.quarter_y) / 4};
    const float size = from_sixteenths(key.size), other = from_sixteenths(key.other);
    switch (key.kind) {
    case MaskKey::Kind::disc:
        return ring_mask(at, 0, size);
    case MaskKey::Kind::ring:
        return ring_mask(at, size - other / 2, size + other / 2);
    case MaskKey::Kind::box:
        return box_mask({at.x, at.y, size, other});
    case MaskKey::Kind::glyph:
        break;
    }
    auto& face = fonts_->faces[static_cast<std::size_t>(key.font)];
    if (!face)
        face = std::make_unique<FreeTypeFace>(key.font);
    return glyph_mask(face->get(), key);
}

} // namespace walkout::render
