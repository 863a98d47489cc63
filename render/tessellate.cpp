#include "render/tessellate.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

class Tessellator {
public:
    Tessellator(float scale, const PixelRect& all, Atlas& atlas, Mesh& mesh)
        : atlas_(atlas), quads_(mesh.quads), steps_(mesh.steps)
    {
        windows_.push_back({{.scale = scale, .shift = {}}, all, false});
    }

    void draw(const Layer& layer)
    {
        for (const Item& item : layer.items)
            std::visit([this](const auto& it) { draw_item(it); }, item);
        while (windows_.size() > 1)
            draw_item(Unclip{});
        end_run();
    }

private:
    struct Window {
        ToDevice to_device;
        PixelRect clip;
        bool loupe = false;
    };

    void draw_item(const Disc& disc)
    {
        if (stamped(disc, disc.fill))
            return;
        use(ink_for(disc.r * disc.r * 3));
        quads_.disc(to_device()(disc.at), disc.r * scale(), disc.fill);
    }

    void draw_item(const Ring& ring)
    {
        if (!stamped(ring, ring.color))
            draw_item(Arc{ring.at, ring.r, 0, full_turn, ring.width, ring.color, ring.dash});
    }

    void draw_item(const Arc& arc)
    {
        const auto [from, to] = std::minmax(arc.from, arc.to);
        const float end = std::min(to, from + full_turn);
        use(ink_for(arc.r * (end - from) * arc.width));
        quads_.arc(to_device()(arc.at), arc.r * scale(), from, end, arc.width * scale(), arc.color,
                   scaled(arc.dash));
    }

    void draw_item(const Sector& sector)
    {
        draw_item(Arc{sector.at, (sector.inner + sector.outer) / 2, sector.from, sector.to,
                      sector.outer - sector.inner, sector.fill});
    }

    void draw_item(const Box& box)
    {
        if (stamped(box, box.fill))
            return;
        const Rect r = box_on_device(box, to_device());
        const float radius = std::min({box.radius * scale(), r.w / 2, r.h / 2});
        if (box.fill.a > 0) {
            const bool whole = radius <= 0 && !is_mark(box, to_device());
            const Ink ink = ink_for(box.rect.w * box.rect.h);
            use(whole && box.fill.a == 255 && ink == Ink::plain ? Ink::opaque : ink);
            if (whole)
                quads_.rectangle(r, box.fill);
            else
                quads_.box(r, radius, box.fill);
        }
        const float width = border_on_device(box.width, to_device());
        if (box.border.a == 0 || width <= 0)
            return;
        use(Ink::atlas);
        quads_.border({r.x + width / 2, r.y + width / 2, r.w - width, r.h - width},
                      radius - width / 2, width, box.border, scaled(box.dash));
    }

    void draw_item(const Line& line)
    {
        use(Ink::atlas);
        const Segment s = line_on_device(line, to_device());
        quads_.line(s.from, s.to, s.width, line.start, line.end, scaled(line.dash));
    }

    void draw_item(const Path& path)
    {
        use(Ink::atlas);
        quads_.path(moved(path.points), path.width * scale(), path.color, scaled(path.dash));
    }

    void draw_item(const Area& area)
    {
        if (area.upper.size() < 2 || area.upper.size() != area.lower.size())
            return;
        const auto [top, bottom] = vertical_extent(area);
        use(ink_for((area.upper.back().x - area.upper.front().x) * (bottom - top)));
        const auto colors = [&, start = top, size = bottom - top](const std::vector<Point>& line) {
            std::vector<Color> list;
            for (const Point p : line)
                list.push_back(
                    size > 0 ? mix(area.top, area.bottom, static_cast<double>((p.y - start) / size))
                             : area.top);
            return list;
        };
        quads_.area(moved(area.upper), moved(area.lower), colors(area.upper), colors(area.lower));
    }

    void draw_item(const Shape& shape)
    {
        use(Ink::atlas);
        quads_.polygon(moved(shape.points), shape.fill);
    }

    void draw_item(const Glow& glow)
    {
        use(ink_for(glow.r * glow.r * 3));
        quads_.glow(to_device()(glow.at), glow.r * scale(), glow.color);
    }

    void draw_item(const Text& text)
    {
        const PlacedText placed = text_on_device(text, to_device());
        for (const Glyph& glyph : placed.run.glyphs)
            put(stamp_of(glyph, placed, text.font), text.color);
    }

    void draw_item(const Clip& clip)
    {
        const PixelRect area = pixel_rect(whole_pixels(to_device()(clip.rect)));
        enter({to_device(), window().clip.cut_to(area), false});
    }

    void draw_item(const Loupe& loupe)
    {
        const Point at = to_device()(loupe.at);
        const float r = loupe.r * scale();
        const Rect around = whole_pixels({at.x - r - 1, at.y - r - 1, 2 * r + 2, 2 * r + 2});
        const PixelRect area = window().clip.cut_to(pixel_rect(around));
        enter({to_device().through(loupe), area, true});
        steps_.emplace_back(LoupeStart{at, r, area});
    }

    void draw_item(const Unclip&)
    {
        if (windows_.size() == 1)
            return;
        end_run();
        if (window().loupe)
            steps_.emplace_back(LoupeEnd{});
        windows_.pop_back();
    }

    template <class T> bool stamped(const T& item, Color color)
    {
        const auto stamp = stamp_of(item, to_device());
        if (stamp)
            put(*stamp, color);
        return stamp.has_value();
    }

    void put(const Stamp& stamp, Color color)
    {
        const auto slot = atlas_.slot(stamp.key);
        if (!slot)
            return;
        const int left = stamp.x + slot->left, top = stamp.y + slot->top;
        const PixelRect covered{left, top, left + slot->width, top + slot->height};
        if (covered.cut_to(window().clip).empty())
            return;
        use(Ink::atlas);
        quads_.stamp(*slot, stamp.x, stamp.y, color);
    }

    std::vector<Point> moved(const std::vector<Point>& points) const
    {
        std::vector<Point> list(points.size());
        std::transform(points.begin(), points.end(), list.begin(),
                       [this](Point p) { return to_device()(p); });
        return list;
    }

    Dash scaled(Dash dash) const { return {dash.on * scale(), dash.off * scale()}; }

    /// For a plain shape of about some area, logical pixels: a change costs as much as some texels.
    Ink ink_for(float area) const
    {
        constexpr float large = 30000;
        return area * scale() * scale() > large ? Ink::plain : Ink::atlas;
    }

    /// What quads from here on need.
    void use(Ink ink)
    {
        if (ink == ink_)
            return;
        end_run();
        ink_ = ink;
    }

    void enter(const Window& window)
    {
        end_run();
        windows_.push_back(window);
    }

    /// What was drawn since the last run becomes a run, unless nothing of it can be seen.
    void end_run()
    {
        const std::size_t count = quads_.vertices.size() - run_start_;
        if (window().clip.empty())
            quads_.vertices.resize(run_start_);
        else if (count > 0)
            steps_.emplace_back(Run{ink_, window().clip, run_start_, count});
        run_start_ = quads_.vertices.size();
    }

    const Window& window() const { return windows_.back(); }
    const ToDevice& to_device() const { return window().to_device; }
    float scale() const { return to_device().scale; }

    Atlas& atlas_;
    Quads& quads_;
    std::vector<Step>& steps_;
    Ink ink_ = Ink::atlas; ///< of the run that grows
    std::size_t run_start_ = 0;
    std::vector<Window> windows_; ///< the last one is in force
};

} // namespace

void tessellate(const DisplayList& list, int width, int height, Atlas& atlas, Mesh& mesh)
{
    mesh.quads.vertices.clear();
    mesh.steps.clear();
    Tessellator tessellator(list.scale, {0, 0, width, height}, atlas, mesh);
    for (const auto& layer : list.layers)
        tessellator.draw(*layer);
}

} // namespace walkout::render
