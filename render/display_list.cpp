#include "render/display_list.hpp"

#include "render/decimal.hpp"
#include "sim/core/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace walkout::render {

namespace {

/// So that angles are not taken for lengths: they need more digits.
struct Angle {
    float radians = 0;
};

// What an item consists of, listed once for hashing and for dumping.
// clang-format off
void list_fields(const Disc& d, auto& to)   { to("disc", d.at); to("r", d.r); to("fill", d.fill); }
void list_fields(const Ring& r, auto& to)   { to("ring", r.at); to("r", r.r); to("width", r.width); to("color", r.color); to("dash", r.dash); }
void list_fields(const Arc& a, auto& to)    { to("arc", a.at); to("r", a.r); to("from", Angle{a.from}); to("to", Angle{a.to}); to("width", a.width); to("color", a.color); to("dash", a.dash); }
void list_fields(const Sector& s, auto& to) { to("sector", s.at); to("inner", s.inner); to("outer", s.outer); to("from", Angle{s.from}); to("to", Angle{s.to}); to("fill", s.fill); }
void list_fields(const Box& b, auto& to)    { to("box", b.rect); to("radius", b.radius); to("fill", b.fill); to("border", b.border); to("width", b.width); to("dash", b.dash); }
void list_fields(const Line& l, auto& to)   { to("line", l.from); to("to", l.to); to("width", l.width); to("start", l.start); to("end", l.end); to("dash", l.dash); }
void list_fields(const Path& p, auto& to)   { to("path", p.points); to("width", p.width); to("color", p.color); to("dash", p.dash); }
void list_fields(const Area& a, auto& to)   { to("area", a.upper); to("lower", a.lower); to("top", a.top); to("bottom", a.bottom); }
void list_fields(const Shape& s, auto& to)  { to("shape", s.points); to("fill", s.fill); }
void list_fields(const Glow& g, auto& to)   { to("glow", g.at); to("r", g.r); to("color", g.color); }
void list_fields(const Text& t, auto& to)   { to("text", t.at); to("size", t.size); to("font", t.font); to("align", t.align); to("color", t.color); to("says", t.text); }
void list_fields(const Clip& c, auto& to)   { to("clip", c.rect); }
void list_fields(const Loupe& l, auto& to)  { to("loupe", l.at); to("r", l.r); to("focus", l.focus); to("zoom", l.zoom); }
void list_fields(const Unclip&, auto& to)   { to("unclip"); }
// clang-format on

class Hasher {
public:
    void operator()(std::string_view) {}
    void operator()(std::string_view, Point p) { add(hundredths(p.x), hundredths(p.y)); }
    void operator()(std::string_view, const Rect& r)
    {
        add(hundredths(r.x), hundredths(r.y));
        add(hundredths(r.w), hundredths(r.h));
    }
    void operator()(std::string_view, float length) { add(hundredths(length), 0); }
    void operator()(std::string_view, Angle angle) { add(hundredths(angle.radians * 100), 1); }
    void operator()(std::string_view, Dash d) { add(hundredths(d.on), hundredths(d.off)); }
    void operator()(std::string_view, Font font) { add(static_cast<std::int32_t>(font), 2); }
    void operator()(std::string_view, Align align) { add(static_cast<std::int32_t>(align), 3); }
    void operator()(std::string_view, Color c) { add(c.r << 8 | c.g, c.b << 8 | c.a); }
    void operator()(std::string_view label, const std::vector<Point>& points)
    {
        hash_.add(std::uint64_t{points.size()});
        for (const Point p : points)
            (*this)(label, p);
    }
    void operator()(std::string_view, std::string_view text)
    {
        hash_.add(std::uint64_t{text.size()});
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            word = word << 8 | static_cast<unsigned char>(text[i]);
            if (i % 8 == 7)
                hash_.add(word);
        }
        hash_.add(word);
    }

    void item(const Item& item)
    {
        hash_.add(std::uint64_t{item.index()});
        std::visit([this](const auto& it) { list_fields(it, *this); }, item);
    }
    std::uint64_t value() const { return hash_.value(); }

private:
    static std::int32_t hundredths(float x)
    {
        return static_cast<std::int32_t>(x * 100 + (x < 0 ? -0.5F : 0.5F));
    }
    void add(std::int32_t a, std::int32_t b)
    {
        hash_.add(std::uint64_t{static_cast<std::uint32_t>(a)} << 32 |
                  static_cast<std::uint32_t>(b));
    }

    Fingerprint hash_;
};

class Dumper {
public:
    explicit Dumper(std::string& out) : out_(out) {}

    void operator()(std::string_view word) { out_ += word; }
    void operator()(std::string_view label, Point p) { labelled(label, {p.x, p.y}); }
    void operator()(std::string_view label, const Rect& r)
    {
        labelled(label, {r.x, r.y, r.w, r.h});
    }
    void operator()(std::string_view label, float length) { labelled(label, {length}); }
    void operator()(std::string_view label, Angle angle)
    {
        start(label);
        append_decimal(out_, static_cast<double>(angle.radians), 10'000);
    }
    void operator()(std::string_view label, Dash dash)
    {
        if (!dash.solid())
            labelled(label, {dash.on, dash.off});
    }
    void operator()(std::string_view label, Font font)
    {
        static constexpr std::array names = {"regular", "medium", "bold", "condensed"};
        start(label);
        out_ += names[static_cast<std::size_t>(font)];
    }
    void operator()(std::string_view label, Align align)
    {
        static constexpr std::array names = {"left", "center", "right"};
        start(label);
        out_ += names[static_cast<std::size_t>(align)];
    }
    void operator()(std::string_view label, Color color)
    {
        start(label);
        out_ += '#';
        for (const std::uint8_t channel : {color.r, color.g, color.b})
            hex(channel);
        if (color.a != 255)
            hex(color.a);
    }
    void operator()(std::string_view label, const std::vector<Point>& points)
    {
        start(label);
        for (const Point p : points) {
            numbers({p.x, p.y});
            out_ += ' ';
        }
        if (!points.empty())
            out_.pop_back();
    }
    void operator()(std::string_view label, std::string_view text)
    {
        start(label);
        out_ += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out_ += '\\';
            if (c == '\n')
                out_ += "\\n";
            else
                out_ += c;
        }
        out_ += '"';
    }

private:
    void start(std::string_view label)
    {
        if (!out_.empty() && out_.back() != '\n')
            out_ += ' ';
        out_ += label;
        out_ += ' ';
    }
    void labelled(std::string_view label, std::initializer_list<float> values)
    {
        start(label);
        numbers(values);
    }
    void numbers(std::initializer_list<float> values)
    {
        for (const float value : values) {
            append_decimal(out_, static_cast<double>(value));
            out_ += ',';
        }
        out_.pop_back();
    }
    void hex(std::uint8_t byte)
    {
        static constexpr std::string_view digits = "0123456789ABCDEF";
        out_ += digits[byte >> 4];
        out_ += digits[byte & 15];
    }

    std::string& out_;
};

std::uint8_t channel(double value)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

} // namespace

Color Color::faded(double alpha) const
{
    return {r, g, b, channel(a * alpha)};
}

Color mix(Color a, Color b, double t)
{
    const auto between = [t](std::uint8_t x, std::uint8_t y) { return channel(x + (y - x) * t); };
    return {between(a.r, b.r), between(a.g, b.g), between(a.b, b.b), between(a.a, b.a)};
}

std::uint64_t hash_of(const DisplayList& list)
{
    Hasher hasher;
    hasher("size", Rect{list.width, list.height, list.scale, 0});
    for (const auto& layer : list.layers)
        for (const Item& item : layer->items)
            hasher.item(item);
    return hasher.value();
}

std::string dump(const DisplayList& list)
{
    std::string out;
    Dumper dumper(out);
    dumper("picture", Point{list.width, list.height});
    dumper("scale", list.scale);
    out += '\n';
    for (const auto& layer : list.layers) {
        out += layer->still ? "still layer\n" : "layer\n";
        for (const Item& item : layer->items) {
            std::visit([&](const auto& it) { list_fields(it, dumper); }, item);
            out += '\n';
        }
    }
    return out;
}

} // namespace walkout::render
