#include "render/pixels.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

std::uint32_t packed(Color c)
{
    return 0xFF000000U | std::uint32_t{c.r} << 16 | std::uint32_t{c.g} << 8 | c.b;
}

/// From `under` (weight 0) to `over` (weight 256), two channels at a time.
std::uint32_t blended(std::uint32_t under, std::uint32_t over, std::uint32_t weight)
{
    constexpr std::uint32_t outer = 0x00FF00FF, half = 0x00800080;
    const std::uint32_t rest = 256 - weight;
    const std::uint32_t red_blue =
        ((under & outer) * rest + (over & outer) * weight + half) >> 8 & outer;
    const std::uint32_t alpha_green =
        ((under >> 8 & outer) * rest + (over >> 8 & outer) * weight + half) & ~outer;
    return red_blue | alpha_green;
}

/// A coverage and an alpha, both in [0, 255], as a weight.
std::uint32_t weight_of(std::uint32_t coverage, std::uint32_t alpha)
{
    return (coverage * alpha * 256 + 255 * 255 / 2) / (255 * 255);
}

} // namespace

PixelRect PixelRect::cut_to(const PixelRect& other) const
{
    return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
            std::min(bottom, other.bottom)};
}

PixelRect pixel_rect(const Rect& whole)
{
    return {static_cast<int>(whole.x), static_cast<int>(whole.y),
            static_cast<int>(whole.x + whole.w), static_cast<int>(whole.y + whole.h)};
}

void fill(const Pixels& pixels, const PixelRect& area, Color color)
{
    const PixelRect seen = area.cut_to(pixels.all());
    if (seen.empty())
        return;
    const std::uint32_t over = packed(color), weight = weight_of(255, color.a);
    for (int y = seen.top; y < seen.bottom; ++y) {
        std::uint32_t* const row = pixels.row(y);
        if (color.a == 255)
            std::fill(row + seen.left, row + seen.right, over);
        else
            for (int x = seen.left; x < seen.right; ++x)
                row[x] = blended(row[x], over, weight);
    }
}

void stamp(const Pixels& pixels, const PixelRect& clip, const Mask& mask, int x, int y, Color color)
{
    const int left = x + mask.left, top = y + mask.top;
    const PixelRect seen =
        clip.cut_to({left, top, left + mask.width, top + mask.height}).cut_to(pixels.all());
    if (seen.empty())
        return;
    const std::uint32_t over = packed(color);
    for (int row = seen.top; row < seen.bottom; ++row) {
        std::uint32_t* to = pixels.row(row) + seen.left;
        const std::uint8_t* coverage =
            mask.alpha.data() + (row - top) * mask.width + (seen.left - left);
        for (int i = 0; i < seen.width(); ++i)
            if (coverage[i] != 0)
                to[i] = blended(to[i], over, weight_of(coverage[i], color.a));
    }
}

void glow(const Pixels& pixels, const PixelRect& clip, Point at, float r, Color color)
{
    const PixelRect around{
        static_cast<int>(std::floor(at.x - r)), static_cast<int>(std::floor(at.y - r)),
        static_cast<int>(std::ceil(at.x + r)), static_cast<int>(std::ceil(at.y + r))};
    const PixelRect seen = clip.cut_to(around).cut_to(pixels.all());
    const std::uint32_t over = packed(color);
    const float strength = static_cast<float>(color.a) * 256 / 255;
    for (int y = seen.top; y < seen.bottom; ++y) {
        std::uint32_t* const row = pixels.row(y);
        const float dy = static_cast<float>(y) + 0.5F - at.y;
        for (int x = seen.left; x < seen.right; ++x) {
            const float dx = static_cast<float>(x) + 0.5F - at.x;
            const float light = 1 - std::sqrt(dx * dx + dy * dy) / r;
            if (light > 0)
                row[x] = blended(row[x], over, static_cast<std::uint32_t>(light * strength + 0.5F));
        }
    }
}

Surroundings::Surroundings(const Pixels& pixels, const PixelRect& area)
    : area_(area.cut_to(pixels.all()))
{
    for (int y = area_.top; y < area_.bottom; ++y)
        if (!area_.empty())
            kept_.insert(kept_.end(), pixels.row(y) + area_.left, pixels.row(y) + area_.right);
}

void Surroundings::restore_outside(const Pixels& pixels, Point center, float r) const
{
    const std::uint32_t* kept = kept_.data();
    for (int y = area_.top; y < area_.bottom && !area_.empty(); ++y) {
        std::uint32_t* const row = pixels.row(y);
        for (int x = area_.left; x < area_.right; ++x, ++kept) {
            const float distance = std::hypot(static_cast<float>(x) + 0.5F - center.x,
                                              static_cast<float>(y) + 0.5F - center.y);
            const float outside = std::clamp(distance - r + 0.5F, 0.F, 1.F);
            row[x] = blended(row[x], *kept, static_cast<std::uint32_t>(outside * 256 + 0.5F));
        }
    }
}

} // namespace walkout::render
