#pragma once

/// Painting straight into opaque pixels: what a frame holds hundreds of.

#include "render/coverage.hpp"
#include "render/display_list.hpp"

#include <cstdint>
#include <vector>

namespace walkout::render {

/// Whole pixels: from left and top up to but not including right and bottom.
struct PixelRect {
    int left = 0, top = 0, right = 0, bottom = 0;

    bool empty() const { return left >= right || top >= bottom; }
    int width() const { return right - left; }
    int height() const { return bottom - top; }
    PixelRect cut_to(const PixelRect& other) const;
};

/// The pixels that a rectangle of whole numbers holds.
PixelRect pixel_rect(const Rect& whole);

/// Opaque pixels somebody else owns: blue, green, red, 255 from the top left.
struct Pixels {
    std::uint32_t* data = nullptr;
    int width = 0, height = 0, stride = 0; ///< stride in pixels

    PixelRect all() const { return {0, 0, width, height}; }
    std::uint32_t* row(int y) const { return data + std::ptrdiff_t{stride} * y; }
};

void fill(const Pixels& pixels, const PixelRect& area, Color color);
void stamp(const Pixels& pixels, const PixelRect& clip, const Mask& mask, int x, int y,
           Color color);
/// Light of full strength at `at` (device pixels) and none at `r`.
void glow(const Pixels& pixels, const PixelRect& clip, Point at, float r, Color color);

/// The pixels of an area, to put back what lies outside of a disc after something was drawn there.
class Surroundings {
public:
    Surroundings(const Pixels& pixels, const PixelRect& area);
    void restore_outside(const Pixels& pixels, Point center, float r) const;

private:
    PixelRect area_;
    std::vector<std::uint32_t> kept_;
};

} // namespace walkout::render
