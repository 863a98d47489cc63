#pragma once

#include "render/display_list.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace walkout::render {

/// Draws display lists into a picture in memory; needs no display.
class CairoPainter {
public:
    /// Size in device pixels, at least 1 x 1.
    CairoPainter(int width, int height);
    ~CairoPainter();
    CairoPainter(CairoPainter&&) noexcept;
    CairoPainter& operator=(CairoPainter&&) noexcept;

    /// Draw a list from the top left corner, over black.
    void draw(const DisplayList& list);

    int width() const;
    int height() const;
    /// Rows of `stride` bytes from the top; four bytes a pixel: blue, green, red, 255.
    const std::uint8_t* pixels() const;
    int stride() const;
    /// The picture as a PNG file.
    std::string png() const;

private:
    struct Canvas;
    std::unique_ptr<Canvas> canvas_;
};

/// The list as a PDF of one page, all of it vectors, fonts inside.
std::string pdf(const DisplayList& list);

} // namespace walkout::render
