#include "render/svg_writer.hpp"

#include "render/decimal.hpp"
#include "render/device.hpp"

#include <array>
#include <numbers>
#include <string_view>

namespace walkout::render {

namespace {

constexpr std::string_view families = "Roboto, 'DejaVu Sans', sans-serif";
constexpr std::string_view condensed_families =
    "'Roboto Condensed', Roboto, 'DejaVu Sans', sans-serif";

class SvgWriter {
public:
    SvgWriter(const DisplayList& list, const SvgPart& part)
        : to_device_{{.scale = list.scale, .shift = {}}}, prefix_(part.prefix)
    {
        const float width = list.width * list.scale, height = list.height * list.scale;
        open("svg");
        text_attribute("xmlns", "http://www.w3.org/2000/svg");
        attribute("width", width);
        attribute("height", height);
        out_ += " viewBox=\"0 0";
        numbers({width, height});
        out_ += '"';
        text_attribute("font-family", families);
        text_attribute("style", "font-kerning:none;white-space:pre");
        if (!part.label.empty()) {
            text_attribute("role", "img");
            text_attribute("aria-label", escaped(part.label));
        }
        out_ += ">\n";
        for (const auto& layer : list.layers)
            draw(*layer);
        out_ += "</svg>\n";
    }

    std::string take() { return std::move(out_); }

private:
    void draw(const Layer& layer)
    {
        for (const Item& item : layer.items)
            std::visit([this](const auto& it) { draw_item(it); }, item);
        while (to_device_.size() > 1)
            draw_item(Unclip{});
    }

    void draw_item(const Disc& disc)
    {
        circle(disc.at, disc.r);
        fill(disc.fill);
        close();
    }

    void draw_item(const Ring& ring)
    {
        circle(ring.at, ring.r);
        stroke(ring.color, ring.width * scale(), ring.dash);
        close();
    }

    void draw_item(const Arc& arc)
    {
        const auto [from, to] = std::minmax(arc.from, arc.to);
        if (is_full_turn(from, to)) {
            draw_item(Ring{arc.at, arc.r, arc.width, arc.color, arc.dash});
            return;
        }
        open_path();
        const Point at = to_device()(arc.at);
        const float r = arc.r * scale();
        move_to(polar(at, r, from));
        arc_to(at, r, from, to, true);
        out_ += '"';
        stroke(arc.color, arc.width * scale(), arc.dash);
        close();
    }

    void draw_item(const Sector& sector)
    {
        const auto [from, to] = std::minmax(sector.from, sector.to);
        if (is_full_turn(from, to)) {
            const float width = sector.outer - sector.inner;
            draw_item(Ring{sector.at, sector.inner + width / 2, width, sector.fill});
            return;
        }
        open_path();
        const Point at = to_device()(sector.at);
        const float inner = sector.inner * scale(), outer = sector.outer * scale();
        move_to(polar(at, outer, from));
        arc_to(at, outer, from, to, true);
        out_ += 'L';
        numbers({polar(at, inner, to).x, polar(at, inner, to).y});
        if (inner > 0)
            arc_to(at, inner, to, from, false);
        out_ += "Z\"";
        fill(sector.fill);
        close();
    }

    void draw_item(const Box& box)
    {
        const Rect r = box_on_device(box, to_device());
        const float radius = std::min({box.radius * scale(), r.w / 2, r.h / 2});
        if (box.fill.a > 0) {
            rectangle(r, radius);
            fill(box.fill);
            close();
        }
        const float width = border_on_device(box.width, to_device());
        if (box.border.a > 0 && width > 0) {
            const float inset = width / 2;
            rectangle({r.x + inset, r.y + inset, r.w - width, r.h - width}, radius - inset);
            stroke(box.border, width, box.dash);
            close();
        }
    }

    void draw_item(const Line& line)
    {
        const Segment s = line_on_device(line, to_device());
        if (line.start == line.end) {
            segment(s);
            stroke(line.start, s.width, line.dash);
        } else {
            const std::string id = gradient(s.from, s.to, line.start, line.end);
            segment(s);
            paint("stroke", "url(#" + id + ')');
            stroke_shape(s.width, line.dash);
        }
        close();
    }

    void draw_item(const Path& path)
    {
        if (path.points.empty())
            return;
        open("polyline");
        points(path.points);
        stroke(path.color, path.width * scale(), path.dash);
        text_attribute("stroke-linejoin", "round");
        close();
    }

    void draw_item(const Area& area)
    {
        if (area.upper.empty() || area.lower.empty())
            return;
        const auto [top, bottom] = vertical_extent(area);
        const std::string id = gradient(to_device()(Point{0, top}), to_device()(Point{0, bottom}),
                                        area.top, area.bottom);
        std::vector<Point> outline = area.upper;
        outline.insert(outline.end(), area.lower.rbegin(), area.lower.rend());
        open("polygon");
        points(outline);
        paint("fill", "url(#" + id + ')');
        close();
    }

    void draw_item(const Shape& shape)
    {
        open("polygon");
        points(shape.points);
        fill(shape.fill);
        close();
    }

    void draw_item(const Glow& glow)
    {
        const std::string id = next_id("g");
        open("radialGradient");
        text_attribute("id", id);
        out_ += ">";
        stop(0, glow.color);
        stop(1, glow.color.faded(0));
        out_ += "</radialGradient>\n";
        circle(glow.at, glow.r);
        paint("fill", "url(#" + id + ')');
        close();
    }

    void draw_item(const Text& text)
    {
        static constexpr std::array anchors = {"start", "middle", "end"};
        static constexpr std::array weights = {"400", "500", "700", "400"};
        const Point at = to_device()(text.at);
        open("text");
        attribute("x", std::round(at.x));
        attribute("y", std::round(at.y));
        attribute("font-size", text.size * scale());
        if (text.font == Font::condensed)
            text_attribute("font-family", condensed_families);
        if (text.font == Font::medium || text.font == Font::bold)
            text_attribute("font-weight", weights[static_cast<std::size_t>(text.font)]);
        if (text.align != Align::left)
            text_attribute("text-anchor", anchors[static_cast<std::size_t>(text.align)]);
        fill(text.color);
        out_ += '>';
        out_ += escaped(text.text);
        out_ += "</text>\n";
    }

    void draw_item(const Clip& clip)
    {
        const std::string id = open_clip();
        rectangle(whole_pixels(to_device()(clip.rect)), 0);
        enter(id, to_device());
    }

    void draw_item(const Loupe& loupe)
    {
        const std::string id = open_clip();
        circle(loupe.at, loupe.r);
        enter(id, to_device().through(loupe));
    }

    void draw_item(const Unclip&)
    {
        if (to_device_.size() == 1)
            return;
        to_device_.pop_back();
        out_ += "</g>\n";
    }

    // ---- elements

    void open(std::string_view name) { out_.append("<").append(name); }
    void close() { out_ += "/>\n"; }

    void open_path()
    {
        open("path");
        out_ += " d=\"";
    }

    void circle(Point at, float r)
    {
        const Point center = to_device()(at);
        open("circle");
        attribute("cx", center.x);
        attribute("cy", center.y);
        attribute("r", r * scale());
    }

    void rectangle(const Rect& r, float radius)
    {
        open("rect");
        attribute("x", r.x);
        attribute("y", r.y);
        attribute("width", r.w);
        attribute("height", r.h);
        if (radius > 0)
            attribute("rx", radius);
    }

    void segment(const Segment& s)
    {
        open("line");
        attribute("x1", s.from.x);
        attribute("y1", s.from.y);
        attribute("x2", s.to.x);
        attribute("y2", s.to.y);
    }

    std::string open_clip()
    {
        std::string id = next_id("c");
        out_ += "<clipPath id=\"" + id + "\">";
        return id;
    }

    void enter(const std::string& clip, const ToDevice& to_device)
    {
        out_ += "/></clipPath>\n<g clip-path=\"url(#" + clip + ")\">\n";
        to_device_.push_back(to_device);
    }

    std::string gradient(Point from, Point to, Color start, Color end)
    {
        std::string id = next_id("g");
        open("linearGradient");
        text_attribute("id", id);
        text_attribute("gradientUnits", "userSpaceOnUse");
        attribute("x1", from.x);
        attribute("y1", from.y);
        attribute("x2", to.x);
        attribute("y2", to.y);
        out_ += ">";
        stop(0, start);
        stop(1, end);
        out_ += "</linearGradient>\n";
        return id;
    }

    void stop(float offset, Color color)
    {
        open("stop");
        attribute("offset", offset);
        paint("stop-color", hex(color));
        opacity("stop-opacity", color);
        out_ += "/>";
    }

    // ---- attributes

    void text_attribute(std::string_view name, std::string_view value)
    {
        out_.append(" ").append(name).append("=\"").append(value).append("\"");
    }
    void attribute(std::string_view name, float value)
    {
        out_.append(" ").append(name).append("=\"");
        append_decimal(out_, value);
        out_ += '"';
    }
    void paint(std::string_view name, const std::string& value) { text_attribute(name, value); }

    void opacity(std::string_view name, Color color)
    {
        if (color.a == 255)
            return;
        out_.append(" ").append(name).append("=\"");
        append_decimal(out_, color.a / 255.0, 1000);
        out_ += '"';
    }

    void fill(Color color)
    {
        paint("fill", hex(color));
        opacity("fill-opacity", color);
    }

    void stroke(Color color, float width, Dash dash)
    {
        paint("stroke", hex(color));
        opacity("stroke-opacity", color);
        stroke_shape(width, dash);
    }

    void stroke_shape(float width, Dash dash)
    {
        paint("fill", "none");
        attribute("stroke-width", width);
        if (dash.solid())
            return;
        out_ += " stroke-dasharray=\"";
        append_decimal(out_, dash.on * scale());
        numbers({dash.off * scale()});
        out_ += '"';
    }

    void points(const std::vector<Point>& list)
    {
        out_ += " points=\"";
        for (const Point p : list) {
            const Point at = to_device()(p);
            numbers({at.x, at.y});
        }
        out_ += '"';
    }

    // ---- paths

    static Point polar(Point at, float r, float angle)
    {
        return {at.x + r * std::cos(angle), at.y + r * std::sin(angle)};
    }
    static bool is_full_turn(float from, float to) { return to - from >= full_turn - 1e-4F; }
    void move_to(Point p)
    {
        out_ += 'M';
        numbers({p.x, p.y});
    }
    void arc_to(Point at, float r, float from, float to, bool clockwise)
    {
        const Point end = polar(at, r, to);
        out_ += 'A';
        numbers({r, r, 0, std::abs(to - from) > std::numbers::pi_v<float> ? 1.F : 0.F,
                 clockwise ? 1.F : 0.F, end.x, end.y});
    }

    // ---- text

    void numbers(std::initializer_list<float> values)
    {
        for (const float value : values) {
            out_ += ' ';
            append_decimal(out_, value);
        }
    }

    static std::string hex(Color color)
    {
        static constexpr std::string_view digits = "0123456789ABCDEF";
        std::string text = "#";
        for (const std::uint8_t channel : {color.r, color.g, color.b})
            text.append({digits[channel >> 4], digits[channel & 15]});
        return text;
    }

    std::string next_id(const char* kind) { return prefix_ + kind + std::to_string(++ids_); }
    const ToDevice& to_device() const { return to_device_.back(); }
    float scale() const { return to_device().scale; }

    std::string out_;
    std::vector<ToDevice> to_device_; ///< the last one is in force
    std::string prefix_;
    int ids_ = 0;
};

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string svg(const DisplayList& list, const SvgPart& part)
{
    return SvgWriter(list, part).take();
}

} // namespace walkout::render
