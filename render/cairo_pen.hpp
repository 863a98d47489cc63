#pragma once

#include "render/device.hpp"
#include "render/display_list.hpp"

#include <cairo.h>

#include <array>
#include <memory>
#include <vector>

namespace walkout::render {

struct CairoDeleter {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
};
using CairoContext = std::unique_ptr<cairo_t, CairoDeleter>;
using CairoSurface = std::unique_ptr<cairo_surface_t, CairoDeleter>;
using CairoFace = std::unique_ptr<cairo_font_face_t, CairoDeleter>;

/// Draws any item with cairo's paths, on whatever surface: pictures of pixels and of vectors.
class CairoPen {
public:
    CairoPen(cairo_t* context, const ToDevice& to_device);

    void draw(const Item& item);
    /// Close the clips that a layer left open.
    void unclip_all();
    /// Until `Unclip`: only within whole pixels of the device, and with other coordinates.
    void enter(const Rect& pixels, const ToDevice& to_device);

    const ToDevice& to_device() const { return to_device_.back(); }

    void draw_item(const Disc& disc);
    void draw_item(const Ring& ring);
    void draw_item(const Arc& arc);
    void draw_item(const Sector& sector);
    void draw_item(const Box& box);
    void draw_item(const Line& line);
    void draw_item(const Path& path);
    void draw_item(const Area& area);
    void draw_item(const Shape& shape);
    void draw_item(const Glow& glow);
    void draw_item(const Text& text);
    void draw_item(const Clip& clip);
    void draw_item(const Loupe& loupe);
    void draw_item(const Unclip& unclip);

private:
    void use(Color color);
    void use(float width, Dash dash);
    void fill(Color color);
    void stroke(Color color, float width, Dash dash);
    void trace(const std::vector<Point>& points);

    cairo_t* context_;
    std::vector<ToDevice> to_device_; ///< the last one is in force
    std::array<CairoFace, 4> faces_;
};

} // namespace walkout::render
