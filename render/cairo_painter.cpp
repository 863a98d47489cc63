#include "render/cairo_painter.hpp"

#include "render/cairo_pen.hpp"
#include "render/coverage.hpp"
#include "render/pixels.hpp"
#include "render/still_layers.hpp"

#include <cairo-pdf.h>

#include <new>
#include <optional>
#include <unordered_map>

namespace walkout::render {

namespace {

cairo_status_t append(void* file, const unsigned char* data, unsigned int length)
{
    static_cast<std::string*>(file)->append(data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

/// Masks once made; emptied when it has grown large.
class MaskStore {
public:
    const Mask& at(const MaskKey& key)
    {
        const auto found = masks_.find(key);
        if (found != masks_.end())
            return found->second;
        if (bytes_ > largest) {
            masks_.clear();
            bytes_ = 0;
        }
        const Mask& made = masks_.emplace(key, maker_.make(key)).first->second;
        bytes_ += made.alpha.size();
        return made;
    }

private:
    static constexpr std::size_t largest = 32U << 20;

    MaskMaker maker_;
    std::unordered_map<MaskKey, Mask, MaskKey::Hash> masks_;
    std::size_t bytes_ = 0;
};

/// Draws one layer into pixels: marks, glyphs, glows and plain boxes by itself, the rest by cairo.
class PixelPen {
public:
    PixelPen(cairo_t* context, const Pixels& pixels, MaskStore& masks, float scale)
        : surface_(cairo_get_target(context)), pixels_(pixels), masks_(masks),
          cairo_(context, {.scale = scale, .shift = {}})
    {
        windows_.push_back({.to_device = cairo_.to_device(), .clip = pixels.all()});
    }

    void draw(const Layer& layer)
    {
        for (const Item& item : layer.items)
            std::visit([this](const auto& it) { draw_item(it); }, item);
        while (windows_.size() > 1)
            draw_item(Unclip{});
        hand_over(false);
    }

private:
    /// Where drawing goes to at the moment.
    struct Window {
        ToDevice to_device;
        PixelRect clip;
        std::optional<Loupe> loupe = {};               ///< made this window
        std::optional<Surroundings> surroundings = {}; ///< of the loupe
    };

    template <class T> void draw_item(const T& item) { draw_with_cairo(item); }
    void draw_item(const Disc& disc) { stamp_or_draw(disc, disc.fill); }
    void draw_item(const Ring& ring) { stamp_or_draw(ring, ring.color); }

    void draw_item(const Box& box)
    {
        if (box.radius > 0 || (box.width > 0 && box.border.a > 0) || is_mark(box, to_device())) {
            stamp_or_draw(box, box.fill);
            return;
        }
        hand_over(false);
        fill(pixels_, pixel_rect(box_on_device(box, to_device())).cut_to(window().clip), box.fill);
    }

    void draw_item(const Glow& light)
    {
        hand_over(false);
        glow(pixels_, window().clip, to_device()(light.at), light.r * to_device().scale,
             light.color);
    }

    void draw_item(const Text& text)
    {
        hand_over(false);
        const PlacedText placed = text_on_device(text, to_device());
        for (const Glyph& glyph : placed.run.glyphs)
            put(stamp_of(glyph, placed, text.font), text.color);
    }

    void draw_item(const Clip& clip)
    {
        const Rect r = whole_pixels(to_device()(clip.rect));
        enter({.to_device = to_device(), .clip = window().clip.cut_to(pixel_rect(r))}, r);
    }

    void draw_item(const Loupe& loupe)
    {
        hand_over(false);
        const Point at = to_device()(loupe.at);
        const float r = loupe.r * to_device().scale + 1;
        const Rect around = whole_pixels({at.x - r, at.y - r, 2 * r, 2 * r});
        const PixelRect clip = window().clip.cut_to(pixel_rect(around));
        enter({.to_device = to_device().through(loupe),
               .clip = clip,
               .loupe = loupe,
               .surroundings = Surroundings(pixels_, clip)},
              around);
    }

    void draw_item(const Unclip& unclip)
    {
        if (windows_.size() == 1)
            return;
        const Window left = std::move(windows_.back());
        windows_.pop_back();
        cairo_.draw_item(unclip);
        if (!left.loupe)
            return;
        hand_over(false);
        left.surroundings->restore_outside(pixels_, to_device()(left.loupe->at),
                                           left.loupe->r * to_device().scale);
    }

    void enter(Window window, const Rect& pixels)
    {
        cairo_.enter(pixels, window.to_device);
        windows_.push_back(std::move(window));
    }

    template <class T> void stamp_or_draw(const T& item, Color color)
    {
        if (const auto stamp = stamp_of(item, to_device())) {
            hand_over(false);
            put(*stamp, color);
        } else {
            draw_with_cairo(item);
        }
    }

    template <class T> void draw_with_cairo(const T& item)
    {
        hand_over(true);
        cairo_.draw_item(item);
    }

    void put(const Stamp& at, Color color)
    {
        stamp(pixels_, window().clip, masks_.at(at.key), at.x, at.y, color);
    }

    /// Cairo wants to be told before and after others touch its pixels.
    void hand_over(bool to_cairo)
    {
        if (to_cairo == cairo_has_it_)
            return;
        if (to_cairo)
            cairo_surface_mark_dirty(surface_);
        else
            cairo_surface_flush(surface_);
        cairo_has_it_ = to_cairo;
    }

    const Window& window() const { return windows_.back(); }
    const ToDevice& to_device() const { return window().to_device; }

    cairo_surface_t* surface_;
    Pixels pixels_;
    MaskStore& masks_;
    CairoPen cairo_;
    std::vector<Window> windows_; ///< the last one is in force
    bool cairo_has_it_ = true;
};

} // namespace

struct CairoPainter::Canvas {
    CairoSurface surface;
    CairoContext context;
    Pixels pixels;
    MaskStore masks;
    StillLayers still;
    std::vector<std::uint32_t> still_pixels;

    Canvas(int width, int height)
        : surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)),
          context(cairo_create(surface.get()))
    {
        if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS)
            throw std::bad_alloc();
        // Cairo aligns its pixels to words.
        pixels = {reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface.get())),
                  width, height, cairo_image_surface_get_stride(surface.get()) / 4};
    }

    void draw(const Layer& layer, float scale)
    {
        PixelPen(context.get(), pixels, masks, scale).draw(layer);
    }

    std::size_t size() const { return static_cast<std::size_t>(pixels.stride * pixels.height); }

    /// The layers at the bottom that do not change from frame to frame.
    /// @return their number
    std::size_t draw_still_layers(const DisplayList& list)
    {
        if (still.kept_for(list)) {
            std::copy(still_pixels.begin(), still_pixels.end(), pixels.data);
            return still.count();
        }
        fill(pixels, pixels.all(), Color{});
        still.keep(list);
        for (std::size_t i = 0; i < still.count(); ++i)
            draw(*list.layers[i], list.scale);
        still_pixels.assign(pixels.data, pixels.data + size());
        return still.count();
    }
};

CairoPainter::CairoPainter(int width, int height) : canvas_(std::make_unique<Canvas>(width, height))
{
}
CairoPainter::~CairoPainter() = default;
CairoPainter::CairoPainter(CairoPainter&&) noexcept = default;
CairoPainter& CairoPainter::operator=(CairoPainter&&) noexcept = default;

void CairoPainter::draw(const DisplayList& list)
{
    cairo_surface_flush(canvas_->surface.get());
    for (std::size_t i = canvas_->draw_still_layers(list); i < list.layers.size(); ++i)
        canvas_->draw(*list.layers[i], list.scale);
    cairo_surface_mark_dirty(canvas_->surface.get());
}

int CairoPainter::width() const
{
    return canvas_->pixels.width;
}
int CairoPainter::height() const
{
    return canvas_->pixels.height;
}
int CairoPainter::stride() const
{
    return canvas_->pixels.stride * 4;
}

const std::uint8_t* CairoPainter::pixels() const
{
    return cairo_image_surface_get_data(canvas_->surface.get());
}

std::string CairoPainter::png() const
{
    // The same pixels called opaque: cairo then writes no fourth channel.
    const CairoSurface opaque(
        cairo_image_surface_create_for_data(cairo_image_surface_get_data(canvas_->surface.get()),
                                            CAIRO_FORMAT_RGB24, width(), height(), stride()));
    std::string file;
    cairo_surface_write_to_png_stream(opaque.get(), append, &file);
    return file;
}

std::string pdf(const DisplayList& list)
{
    constexpr double points_per_pixel = 0.75;
    std::string file;
    const CairoSurface page(cairo_pdf_surface_create_for_stream(
        append, &file, list.width * points_per_pixel, list.height * points_per_pixel));
    const CairoContext context(cairo_create(page.get()));
    cairo_scale(context.get(), points_per_pixel, points_per_pixel);
    CairoPen pen(context.get(), {});
    for (const auto& layer : list.layers) {
        for (const Item& item : layer->items)
            pen.draw(item);
        pen.unclip_all();
    }
    cairo_surface_finish(page.get());
    return file;
}

} // namespace walkout::render
