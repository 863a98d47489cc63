#include "render/cairo_pen.hpp"

#include "render/freetype_face.hpp"

#include <cairo-ft.h>

#include <numbers>

namespace walkout::render {

namespace {

using Pattern =
    std::unique_ptr<cairo_pattern_t,
                    decltype([](cairo_pattern_t* pattern) { cairo_pattern_destroy(pattern); })>;

struct Rgba {
    double r, g, b, a;
};

Rgba rgba(Color c)
{
    return {c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0};
}

void add_stop(cairo_pattern_t* pattern, double at, Color color)
{
    const Rgba c = rgba(color);
    cairo_pattern_add_color_stop_rgba(pattern, at, c.r, c.g, c.b, c.a);
}

void trace_circle(cairo_t* context, Point at, double r)
{
    cairo_new_sub_path(context);
    cairo_arc(context, at.x, at.y, r, 0, full_turn);
    cairo_close_path(context);
}

void trace_box(cairo_t* context, const Rect& r, double radius)
{
    if (radius <= 0) {
        cairo_rectangle(context, r.x, r.y, r.w, r.h);
        return;
    }
    constexpr double quarter = std::numbers::pi / 2;
    const double left = r.x + radius, right = r.x + r.w - radius;
    const double top = r.y + radius, bottom = r.y + r.h - radius;
    cairo_new_sub_path(context);
    cairo_arc(context, right, top, radius, -quarter, 0);
    cairo_arc(context, right, bottom, radius, 0, quarter);
    cairo_arc(context, left, bottom, radius, quarter, 2 * quarter);
    cairo_arc(context, left, top, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(context);
}

/// A face for cairo that keeps FreeType's face open as long as cairo needs it.
CairoFace open_face(Font font)
{
    static const cairo_user_data_key_t key{};
    auto file = std::make_unique<FreeTypeFace>(font);
    CairoFace face(cairo_ft_font_face_create_for_ft_face(file->get(), FT_LOAD_NO_HINTING));
    cairo_font_face_set_user_data(face.get(), &key, file.release(),
                                  [](void* data) { delete static_cast<FreeTypeFace*>(data); });
    return face;
}

} // namespace

CairoPen::CairoPen(cairo_t* context, const ToDevice& to_device)
    : context_(context), to_device_{to_device}
{
    cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
    const std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(
        cairo_font_options_create(), cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(context_, options.get());
}

void CairoPen::draw(const Item& item)
{
    std::visit([this](const auto& it) { draw_item(it); }, item);
}

void CairoPen::unclip_all()
{
    while (to_device_.size() > 1)
        draw_item(Unclip{});
}

void CairoPen::enter(const Rect& pixels, const ToDevice& to_device)
{
    cairo_save(context_);
    cairo_rectangle(context_, pixels.x, pixels.y, pixels.w, pixels.h);
    cairo_clip(context_);
    to_device_.push_back(to_device);
}

void CairoPen::use(Color color)
{
    const Rgba c = rgba(color);
    cairo_set_source_rgba(context_, c.r, c.g, c.b, c.a);
}

void CairoPen::use(float width, Dash dash)
{
    cairo_set_line_width(context_, width);
    const double scale = to_device().scale;
    const std::array lengths = {dash.on * scale, dash.off * scale};
    cairo_set_dash(context_, lengths.data(), dash.solid() ? 0 : 2, 0);
}

void CairoPen::fill(Color color)
{
    use(color);
    cairo_fill(context_);
}

void CairoPen::stroke(Color color, float width, Dash dash)
{
    use(color);
    use(width, dash);
    cairo_stroke(context_);
}

void CairoPen::trace(const std::vector<Point>& points)
{
    for (const Point p : points) {
        const Point d = to_device()(p);
        cairo_line_to(context_, d.x, d.y);
    }
}

void CairoPen::draw_item(const Disc& disc)
{
    trace_circle(context_, to_device()(disc.at), disc.r * to_device().scale);
    fill(disc.fill);
}

void CairoPen::draw_item(const Ring& ring)
{
    trace_circle(context_, to_device()(ring.at), ring.r * to_device().scale);
    stroke(ring.color, ring.width * to_device().scale, ring.dash);
}

void CairoPen::draw_item(const Arc& arc)
{
    const Point at = to_device()(arc.at);
    const auto [from, to] = std::minmax(arc.from, arc.to);
    cairo_arc(context_, at.x, at.y, arc.r * to_device().scale, from, to);
    stroke(arc.color, arc.width * to_device().scale, arc.dash);
}

void CairoPen::draw_item(const Sector& sector)
{
    const Point at = to_device()(sector.at);
    const auto [from, to] = std::minmax(sector.from, sector.to);
    cairo_arc(context_, at.x, at.y, sector.outer * to_device().scale, from, to);
    cairo_arc_negative(context_, at.x, at.y, sector.inner * to_device().scale, to, from);
    cairo_close_path(context_);
    fill(sector.fill);
}

void CairoPen::draw_item(const Box& box)
{
    const Rect r = box_on_device(box, to_device());
    const float radius = std::min({box.radius * to_device().scale, r.w / 2, r.h / 2});
    if (box.fill.a > 0) {
        trace_box(context_, r, radius);
        fill(box.fill);
    }
    const float width = border_on_device(box.width, to_device());
    if (box.border.a > 0 && width > 0) {
        const float inset = width / 2;
        trace_box(context_, {r.x + inset, r.y + inset, r.w - width, r.h - width}, radius - inset);
        cairo_set_line_join(context_, radius > 0 ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
        stroke(box.border, width, box.dash);
        cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
    }
}

void CairoPen::draw_item(const Line& line)
{
    const Segment s = line_on_device(line, to_device());
    cairo_move_to(context_, s.from.x, s.from.y);
    cairo_line_to(context_, s.to.x, s.to.y);
    if (line.start == line.end) {
        stroke(line.start, s.width, line.dash);
        return;
    }
    const Pattern run(cairo_pattern_create_linear(s.from.x, s.from.y, s.to.x, s.to.y));
    add_stop(run.get(), 0, line.start);
    add_stop(run.get(), 1, line.end);
    cairo_set_source(context_, run.get());
    use(s.width, line.dash);
    cairo_stroke(context_);
}

void CairoPen::draw_item(const Path& path)
{
    trace(path.points);
    stroke(path.color, path.width * to_device().scale, path.dash);
}

void CairoPen::draw_item(const Area& area)
{
    if (area.upper.empty() || area.lower.empty())
        return;
    const auto [top, bottom] = vertical_extent(area);
    trace(area.upper);
    trace({area.lower.rbegin(), area.lower.rend()});
    cairo_close_path(context_);
    const Pattern run(cairo_pattern_create_linear(0, to_device()(Point{0, top}).y, 0,
                                                  to_device()(Point{0, bottom}).y));
    add_stop(run.get(), 0, area.top);
    add_stop(run.get(), 1, area.bottom);
    cairo_set_source(context_, run.get());
    cairo_fill(context_);
}

void CairoPen::draw_item(const Shape& shape)
{
    trace(shape.points);
    cairo_close_path(context_);
    fill(shape.fill);
}

void CairoPen::draw_item(const Glow& glow)
{
    const Point at = to_device()(glow.at);
    const double r = glow.r * to_device().scale;
    const Pattern light(cairo_pattern_create_radial(at.x, at.y, 0, at.x, at.y, r));
    add_stop(light.get(), 0, glow.color);
    add_stop(light.get(), 1, glow.color.faded(0));
    cairo_set_source(context_, light.get());
    trace_circle(context_, at, r);
    cairo_fill(context_);
}

void CairoPen::draw_item(const Text& text)
{
    const PlacedText placed = text_on_device(text, to_device());
    std::vector<cairo_glyph_t> glyphs;
    glyphs.reserve(placed.run.glyphs.size());
    for (const Glyph& glyph : placed.run.glyphs)
        glyphs.push_back({glyph.index, placed.at.x + glyph.x, placed.at.y});
    CairoFace& face = faces_[static_cast<std::size_t>(text.font)];
    if (!face)
        face = open_face(text.font);
    cairo_set_font_face(context_, face.get());
    cairo_set_font_size(context_, placed.size);
    use(text.color);
    cairo_show_glyphs(context_, glyphs.data(), static_cast<int>(glyphs.size()));
}

void CairoPen::draw_item(const Clip& clip)
{
    enter(whole_pixels(to_device()(clip.rect)), to_device());
}

void CairoPen::draw_item(const Loupe& loupe)
{
    cairo_save(context_);
    trace_circle(context_, to_device()(loupe.at), loupe.r * to_device().scale);
    cairo_clip(context_);
    to_device_.push_back(to_device().through(loupe));
}

void CairoPen::draw_item(const Unclip&)
{
    if (to_device_.size() == 1)
        return;
    to_device_.pop_back();
    cairo_restore(context_);
}

} // namespace walkout::render
