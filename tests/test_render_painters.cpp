#include "render/cairo_painter.hpp"
#include "render/fonts.hpp"
#include "render/palette.hpp"
#include "render/sfml_painter.hpp"
#include "render/svg_writer.hpp"
#include "render/tessellate.hpp"
#include "tests/xvfb.hpp"

#include <SFML/Graphics/Image.hpp>
#include <SFML/Graphics/RenderTexture.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>

#include <unistd.h>

namespace walkout::render {

namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr Color white{255, 255, 255};

DisplayList list_of(Layer layer, float width = 100, float height = 80, float scale = 1)
{
    return {width, height, scale, {std::make_shared<const Layer>(std::move(layer))}};
}

template <class... Items> Layer layer_of(Items... items)
{
    Layer layer;
    (layer.add(std::move(items)), ...);
    return layer;
}

// ---------------------------------------------------------------- every kind of item

void add_marks(const Palette& p, Layer& layer)
{
    for (int i = 0; i < 12; ++i) {
        const auto step = static_cast<float>(i);
        const Point at{20 + 17.3F * step, 20 + 0.37F * step};
        layer.add(Disc{at, 2 + 0.4F * step, p.signed_letter});
        layer.add(Ring{{at.x, at.y + 22.4F}, 2.5F + 0.4F * step, 1.3F, p.board});
        layer.add(Box{{at.x, at.y + 40, 2, 2}, 0, p.back});
    }
    layer.add(Disc{{60, 120}, 41.3F, p.boardroom});
    layer.add(Glow{{60, 120}, 40, p.gone.faded(0.4)});
    layer.add(Ring{{60, 120}, 36.5F, 2.2F, p.scenario_b});
    layer.add(Ring{{60, 120}, 28, 1.3F, p.third, {3, 4}});
}

void add_circles(const Palette& p, Layer& layer)
{
    const Point center{170, 120};
    for (int i = 0; i < 5; ++i) {
        const float from = 0.3F + 1.2F * static_cast<float>(i), to = from + 1;
        layer.add(Sector{center, 15, 30, from, to, p.at_work});
        layer.add(Arc{center, 34, from, to, 1, p.text});
        layer.add(Arc{center, 38.5F, from, to, 4.4F, p.signed_letter.faded(0.7)});
        layer.add(Arc{center, 43, from, to, 1.4F, p.second, {2, 5}});
    }
    layer.add(Sector{center, 0, 10, 0.5F, 2.2F, p.gone});
}

void add_boxes(const Palette& p, Layer& layer)
{
    layer.add(Box{{230.3F, 80.6F, 60, 24}, 7, p.card, p.hairline_strong, 1});
    layer.add(Box{{230, 110, 60, 24}, 0, p.signed_letter.faded(0.3), p.signed_letter, 2});
    layer.add(Box{{230, 140, 60, 24}, 10, {0, 0, 0, 0}, p.gone, 1.5F, {4, 5}});
    layer.add(Line{{300, 80.3F}, {370, 80.3F}, 1, p.text, p.text});
    layer.add(Line{{300.4F, 84}, {300.4F, 160}, 2, p.third, p.third});
    layer.add(Line{{305, 90}, {370, 120.5F}, 5, p.back.faded(0), p.back});
    layer.add(Line{{305, 100}, {370, 150}, 1.5F, p.board, p.board, {3, 4}});
    layer.add(Shape{{{310, 140}, {334, 152}, {310, 164}}, p.text});
    layer.add(Shape{{{340, 166}, {356, 150}, {350, 140}, {338, 146}}, p.scenario_b.faded(0.8)});
}

void add_curves(const Palette& p, Layer& layer)
{
    Path curve{{}, 2.2F, p.signed_letter};
    Area below{{}, {}, p.signed_letter.faded(0.5), p.signed_letter.faded(0)};
    Area thin{{}, {}, p.gone, p.gone};
    for (int x = 0; x <= 160; x += 4) {
        const auto dx = static_cast<float>(x);
        const Point on{20 + dx, 250 - 60 / (1 + std::exp(-(dx - 70) / 9))};
        curve.points.push_back(on);
        below.upper.push_back(on);
        below.lower.push_back({on.x, 250});
        thin.upper.push_back({on.x, 258 - dx / 25});
        thin.lower.push_back({on.x, 258});
    }
    layer.add(below);
    layer.add(thin);
    layer.add(curve);
    for (Point& point : curve.points)
        point.y -= 8;
    layer.add(Path{curve.points, 1.6F, p.second, {2, 4}});
    layer.add(Path{{{200, 180}, {230, 240}, {245, 190}, {290, 200}}, 4, p.board});
    layer.add(Path{{{200, 230}, {220, 256}, {240, 230}}, 3, p.text.faded(0.5)});
}

void add_texts(const Palette& p, Layer& layer)
{
    float y = 285;
    for (const Font font : {Font::regular, Font::medium, Font::bold, Font::condensed}) {
        const float size = y < 300 ? 11 : 13;
        layer.add(Text{{20.4F, y}, "The letter spreads: 501 of 770", size, font, p.text});
        layer.add(Text{{290, y}, "Zürich, größer", size, font, p.signed_text, Align::center});
        layer.add(Text{{390.7F, y}, "05:56", size, font, p.second, Align::right});
        y += 17;
    }
    layer.add(Text{{300, 260}, "501", 54, Font::bold, p.signed_text});
}

void add_cuts(const Palette& p, Layer& layer)
{
    layer.add(Clip{{380, 20, 60, 60}});
    layer.add(Disc{{380, 50}, 30, p.board});
    layer.add(Clip{{400, 40.4F, 100, 100}});
    layer.add(Text{{385, 60}, "cut twice", 18, Font::bold, p.text});
    layer.add(Disc{{440, 80}, 20, p.gone});
    layer.add(Unclip{});
    layer.add(Unclip{});
    layer.add(Disc{{420, 150}, 42, p.night});
    layer.add(Loupe{{420, 150}, 40, {60, 40}, 3});
    add_marks(p, layer);
    layer.add(Text{{50, 60}, "near", 11, Font::regular, p.text});
    layer.add(Line{{40, 50}, {80, 50}, 1, p.third, p.third});
    layer.add(Clip{{50, 30, 12, 12}});
    layer.add(Box{{0, 0, 200, 200}, 0, p.back.faded(0.5)});
    layer.add(Unclip{});
    layer.add(Unclip{});
    layer.add(Ring{{420, 150}, 41, 2, p.text});
}

DisplayList everything(const Palette& p, float scale)
{
    Layer layer;
    layer.add(Box{{0, 0, 480, 360}, 0, p.stage});
    add_marks(p, layer);
    add_circles(p, layer);
    add_boxes(p, layer);
    add_curves(p, layer);
    add_texts(p, layer);
    add_cuts(p, layer);
    return list_of(std::move(layer), 480, 360, scale);
}

// ---------------------------------------------------------------- pictures

struct Picture {
    int width = 0, height = 0;
    std::vector<Color> pixels;

    Color at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width + x)]; }
    bool operator==(const Picture&) const = default;
};

Picture picture_of(const CairoPainter& painter)
{
    Picture picture{painter.width(), painter.height(), {}};
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const std::uint8_t* const p = painter.pixels() + y * painter.stride() + 4 * x;
            picture.pixels.push_back({p[2], p[1], p[0], p[3]});
        }
    return picture;
}

Picture by_cairo(const DisplayList& list)
{
    CairoPainter painter(static_cast<int>(list.width * list.scale),
                         static_cast<int>(list.height * list.scale));
    painter.draw(list);
    return picture_of(painter);
}

Picture by_sfml(const DisplayList& list, SfmlPainter& painter)
{
    sf::RenderTexture target;
    target.create(static_cast<unsigned>(list.width * list.scale),
                  static_cast<unsigned>(list.height * list.scale));
    painter.draw(list, target);
    target.display();
    const sf::Image image = target.getTexture().copyToImage();
    const sf::Vector2i size(image.getSize());
    Picture picture{size.x, size.y, {}};
    for (const sf::Uint8* p = image.getPixelsPtr();
         picture.pixels.size() != static_cast<std::size_t>(size.x * size.y); p += 4)
        picture.pixels.push_back({p[0], p[1], p[2], p[3]});
    return picture;
}

struct Difference {
    double mean = 0;
    int almost_all = 0; ///< 99.9 % of the channels differ by at most this
    int largest = 0;
};

Difference difference(const Picture& a, const Picture& b)
{
    REQUIRE(a.width == b.width);
    REQUIRE(a.height == b.height);
    std::vector<int> all;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        all.push_back(std::abs(a.pixels[i].r - b.pixels[i].r));
        all.push_back(std::abs(a.pixels[i].g - b.pixels[i].g));
        all.push_back(std::abs(a.pixels[i].b - b.pixels[i].b));
    }
    std::sort(all.begin(), all.end());
    double sum = 0;
    for (const int d : all)
        sum += d;
    return {sum / static_cast<double>(all.size()), all[all.size() * 999 / 1000], all.back()};
}

// ---------------------------------------------------------------- meshes

Mesh mesh_of(const DisplayList& list, Atlas& atlas)
{
    Mesh mesh;
    tessellate(list, static_cast<int>(list.width * list.scale),
               static_cast<int>(list.height * list.scale), atlas, mesh);
    return mesh;
}

/// The surface of a mesh in pixels, each weighted with its opacity.
double ink_of(const Mesh& mesh)
{
    double ink = 0;
    const auto triangle = [&](const Vertex& a, const Vertex& b, const Vertex& c) {
        const double area = std::abs((b.at.x - a.at.x) * (c.at.y - a.at.y) -
                                     (b.at.y - a.at.y) * (c.at.x - a.at.x)) /
                            2;
        ink += area * (a.color.a + b.color.a + c.color.a) / 3 / 255;
    };
    const std::vector<Vertex>& v = mesh.quads.vertices;
    for (std::size_t i = 0; i < v.size(); i += 4) {
        triangle(v[i], v[i + 1], v[i + 2]);
        triangle(v[i], v[i + 2], v[i + 3]);
    }
    return ink;
}

template <class T> double ink_of(T item)
{
    Atlas atlas;
    return ink_of(mesh_of(list_of(layer_of(std::move(item)), 400, 400), atlas));
}

std::size_t count(std::string_view text, std::string_view word)
{
    std::size_t n = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        ++n;
    return n;
}

} // namespace

// ---------------------------------------------------------------- lists

TEST_CASE("lists hash alike exactly if they look alike", "[render]")
{
    const auto hash = [](Layer layer) { return hash_of(list_of(std::move(layer))); };
    const Disc disc{{10, 20}, 4, white};
    const Arc arc{{10, 20}, 4, 0, 1, 1, white};
    const auto same = hash(layer_of(disc, arc));

    Disc moved = disc;
    moved.at.x += 0.002F;
    CHECK(hash(layer_of(moved, arc)) == same);
    moved.at.x += 0.02F;
    CHECK(hash(layer_of(moved, arc)) != same);
    CHECK(hash(layer_of(arc, disc)) != same);
    CHECK(hash(layer_of(disc)) != same);
    Arc turned = arc;
    turned.to += 0.001F; // 0.3 px on the outer ring
    CHECK(hash(layer_of(disc, turned)) != same);
    Disc paler = disc;
    paler.fill.a = 254;
    CHECK(hash(layer_of(paler, arc)) != same);
    CHECK(hash(layer_of(Text{{}, "one", 13})) != hash(layer_of(Text{{}, "two", 13})));
    CHECK(hash(layer_of(Text{{}, "a text of many words", 13})) !=
          hash(layer_of(Text{{}, "b text of many words", 13})));
    CHECK(hash_of(list_of(layer_of(disc), 100, 80, 2)) != hash_of(list_of(layer_of(disc))));
}

TEST_CASE("how a list is split into layers does not change its hash", "[render]")
{
    const Disc disc{{10, 20}, 4, white};
    const Text text{{5, 5}, "word", 13};
    DisplayList two = list_of(layer_of(disc));
    two.layers.push_back(std::make_shared<const Layer>(layer_of(text)));
    CHECK(hash_of(two) == hash_of(list_of(layer_of(disc, text))));
}

TEST_CASE("a list reads as one item a line", "[render]")
{
    const DisplayList list =
        list_of(layer_of(Disc{{10.004F, -0.001F}, 4.25F, Color::hex(0xF2B134)},
                         Arc{{1, 2}, 3, 0, 1.57079F, 1, white},
                         Line{{0, 0}, {5, 0.5F}, 1, white.faded(0), white, {2, 4}},
                         Text{{5, 5}, "say \"hi\"", 13, Font::bold, white, Align::right},
                         Clip{{1, 2, 3, 4}}, Unclip{}));
    CHECK(dump(list) ==
          "picture 100,80 scale 1\n"
          "layer\n"
          "disc 10,0 r 4.25 fill #F2B134\n"
          "arc 1,2 r 3 from 0 to 1.5708 width 1 color #FFFFFF\n"
          "line 0,0 to 5,0.5 width 1 start #FFFFFF00 end #FFFFFF dash 2,4\n"
          "text 5,5 size 13 font bold align right color #FFFFFF says \"say \\\"hi\\\"\"\n"
          "clip 1,2,3,4\n"
          "unclip\n");
}

TEST_CASE("colors mix and fade channel by channel", "[render]")
{
    CHECK(mix(Color::hex(0x000000), Color::hex(0xFF8000), 0.5) == Color{128, 64, 0, 255});
    CHECK(mix(white, Color::hex(0x123456), 1) == Color::hex(0x123456));
    CHECK(Color{1, 2, 3, 200}.faded(0.5) == Color{1, 2, 3, 100});
}

// ---------------------------------------------------------------- fonts

TEST_CASE("text is as wide as its advances, whatever its size", "[render]")
{
    for (const Font font : {Font::regular, Font::medium, Font::bold, Font::condensed}) {
        const float one = text_width("AVAToken 12", 10, font);
        CHECK(one > 0);
        CHECK(text_width("AVAToken 12", 37, font) == Approx(3.7 * one).epsilon(1e-4));
        CHECK(text_width("A", 10, font) + text_width("V", 10, font) ==
              Approx(text_width("AV", 10, font)));                     // no kerning
        CHECK(text_width("1", 10, font) == text_width("8", 10, font)); // counters do not jitter
    }
    CHECK(text_width("", 10, Font::regular) == 0);
}

TEST_CASE("what is no UTF-8 is drawn as something, not skipped", "[render]")
{
    const float unknown = text_width("\uFFFD", 10, Font::regular);
    CHECK(text_width("a\xFF", 10, Font::regular) ==
          Approx(text_width("a", 10, Font::regular) + unknown));
    CHECK(shaped("\xC3", 10, Font::regular).glyphs.size() == 1);
    CHECK(shaped("gr\u00F6\u00DFer", 10, Font::regular).glyphs.size() == 6);
}

TEST_CASE("a text that does not fit ends in an ellipsis", "[render]")
{
    const std::string text = "gr\u00F6\u00DFer als die Stra\u00DFe";
    CHECK(fitted(text, 1000, 13, Font::regular) == text);
    for (float width = 20; width < text_width(text, 13, Font::regular); width += 7) {
        const std::string cut = fitted(text, width, 13, Font::regular);
        CAPTURE(width, cut);
        CHECK(text_width(cut, 13, Font::regular) <= width);
        CHECK(cut.ends_with("\u2026"));
        CHECK(text.starts_with(cut.substr(0, cut.size() - 3)));
        CHECK(!cut.ends_with(" \u2026"));
    }
}

TEST_CASE("wrapped lines fit and hold all words in order", "[render]")
{
    const std::string text = "Leads signed first.  Alignment and Safety systems lag behind.";
    const std::vector<std::string> lines = wrapped(text, 120, 13, Font::regular);
    CHECK(lines.size() > 2);
    std::string again;
    for (const std::string& line : lines) {
        CHECK(text_width(line, 13, Font::regular) <= 120);
        again += (again.empty() ? "" : " ") + line;
    }
    CHECK(again == "Leads signed first. Alignment and Safety systems lag behind.");
    CHECK(wrapped("a incomprehensibilities b", 30, 13, Font::regular) ==
          std::vector<std::string>{"a", "incomprehensibilities", "b"});
    CHECK(wrapped("  ", 30, 13, Font::regular).empty());
}

TEST_CASE("fonts are looked for by folder, Roboto before DejaVu", "[render]")
{
    namespace fs = std::filesystem;
    const fs::path folder =
        fs::temp_directory_path() / ("walkout_fonts_" + std::to_string(getpid()));
    const fs::path first = folder / "first", second = folder / "second";
    fs::create_directories(first);
    fs::create_directories(second);
    const std::vector<fs::path> folders = {first, second};

    CHECK_THROWS_AS(find_font(Font::bold, folders), MissingFont);
    CHECK_THROWS_WITH(find_font(Font::bold, folders),
                      Catch::Contains("fonts-roboto-unhinted") && !Catch::Contains("\n"));
    std::ofstream(first / "DejaVuSans-Bold.ttf") << "x";
    CHECK(find_font(Font::bold, folders) == first / "DejaVuSans-Bold.ttf");
    std::ofstream(second / "Roboto-Bold.ttf") << "x";
    CHECK(find_font(Font::bold, folders) == second / "Roboto-Bold.ttf");
    std::ofstream(first / "Roboto-Bold.ttf") << "x";
    CHECK(find_font(Font::bold, folders) == first / "Roboto-Bold.ttf");
    fs::remove_all(folder);
}

// ---------------------------------------------------------------- cairo

TEST_CASE("hairlines and boxes land on whole pixels", "[render]")
{
    const Picture picture = by_cairo(
        list_of(layer_of(Line{{10, 10.4F}, {30, 10.4F}, 1, white, white},
                         Line{{40.7F, 10}, {40.7F, 30}, 1.4F, white, white},
                         Box{{10.3F, 40.4F, 20.2F, 10}, 0, Color::hex(0xFF0000), white, 1})));
    const Color black{0, 0, 0};
    CHECK(picture.at(15, 9) == black);
    CHECK(picture.at(15, 10) == white);
    CHECK(picture.at(15, 11) == black);
    int lit = 0;
    for (int x = 38; x < 44; ++x)
        lit += picture.at(x, 20) == white ? 1 : picture.at(x, 20) == black ? 0 : 100;
    CHECK(lit == 1);
    CHECK(picture.at(9, 45) == black);
    CHECK(picture.at(10, 45) == white);
    CHECK(picture.at(11, 45) == Color::hex(0xFF0000));
    CHECK(picture.at(30, 45) == white);
    CHECK(picture.at(31, 45) == black);
    CHECK(picture.at(20, 39) == black);
    CHECK(picture.at(20, 40) == white);
}

TEST_CASE("discs and rings cover their area wherever they stand", "[render]")
{
    const auto lit = [](auto item) {
        double sum = 0;
        for (const Color pixel : by_cairo(list_of(layer_of(item))).pixels)
            sum += pixel.g / 255.0;
        return sum;
    };
    for (const float shift : {0.F, 0.2F, 0.5F, 0.9F}) {
        CAPTURE(shift);
        const Point at{40 + shift, 40 - shift};
        for (const float r : {2.F, 4.3F, 5.85F, 20.F, 33.F})
            CHECK(lit(Disc{at, r, white}) == Approx(pi * r * r).epsilon(0.045));
        for (const float r : {3.4F, 10.F, 35.F})
            CHECK(lit(Ring{at, r, 1.3F, white}) == Approx(2 * pi * r * 1.3).epsilon(0.04));
        CHECK(lit(Box{{at.x, at.y, 2, 2}, 0, white}) == Approx(4).epsilon(0.02));
    }
}

TEST_CASE("the first glyph of a text stands on a whole pixel", "[render]")
{
    const auto text_at = [](float x, float y) {
        return by_cairo(list_of(layer_of(Text{{x, y}, "Board", 13, Font::medium, white})));
    };
    CHECK(text_at(10.3F, 30.4F) == text_at(10, 30));
    CHECK(text_at(10.6F, 29.6F) == text_at(11, 30));
    CHECK(text_at(10, 30) != text_at(11, 30));
}

TEST_CASE("clips nest and end with their layer", "[render]")
{
    DisplayList list =
        list_of(layer_of(Clip{{10, 10, 40, 40}}, Clip{{30, 30, 60, 60}},
                         Box{{0, 0, 100, 80}, 0, white}, Unclip{}, Box{{12, 12, 4, 4}, 0, white}));
    list.layers.push_back(std::make_shared<const Layer>(layer_of(Box{{90, 70, 5, 5}, 0, white})));
    const Picture picture = by_cairo(list);
    CHECK(picture.at(40, 40) == white);
    CHECK(picture.at(29, 40) == Color{});
    CHECK(picture.at(50, 40) == Color{});
    CHECK(picture.at(13, 13) == white);
    CHECK(picture.at(92, 72) == white);
}

TEST_CASE("a loupe enlarges around its focus and keeps to its disc", "[render]")
{
    const Color red = Color::hex(0xFF0000);
    const Picture picture = by_cairo(
        list_of(layer_of(Loupe{{50, 40}, 20, {10, 10}, 4}, Disc{{10, 10}, 2, white},
                         Box{{12, 0, 50, 50}, 0, red}, Unclip{}, Box{{95, 75, 3, 3}, 0, white})));
    CHECK(picture.at(50, 40) == white);
    CHECK(picture.at(44, 40) == white); // 2 units to the left of the focus are 8 pixels
    CHECK(picture.at(40, 40) == Color{});
    CHECK(picture.at(60, 40) == red);
    CHECK(picture.at(68, 40) == red);
    CHECK(picture.at(72, 40) == Color{});
    CHECK(picture.at(66, 54) == Color{}); // in the loupe's square, not in its disc
    CHECK(picture.at(96, 76) == white);
}

TEST_CASE("still layers look the same kept as drawn again", "[render]")
{
    const auto frame = [](const std::shared_ptr<const Layer>& below, float x) {
        const auto above = std::make_shared<const Layer>(layer_of(Disc{{x, 40}, 5, white}));
        return DisplayList{100, 80, 1, {below, above}};
    };
    Layer backdrop = layer_of(Box{{0, 0, 100, 80}, 0, Color::hex(0x102030)},
                              Text{{10, 20}, "Outside", 13, Font::regular, white});
    const auto drawn = std::make_shared<const Layer>(backdrop);
    backdrop.still = true;
    auto kept = std::make_shared<const Layer>(backdrop);

    CairoPainter painter(100, 80);
    for (const float x : {20.F, 30.F, 40.F}) {
        painter.draw(frame(kept, x));
        CHECK(picture_of(painter) == by_cairo(frame(drawn, x)));
    }
    backdrop.items.erase(backdrop.items.begin() + 1);
    kept = std::make_shared<const Layer>(backdrop);
    painter.draw(frame(kept, 20));
    CHECK(picture_of(painter) == by_cairo(frame(kept, 20)));
    CHECK(picture_of(painter) != by_cairo(frame(drawn, 20)));
}

TEST_CASE("pictures are written as PNG and PDF", "[render]")
{
    const DisplayList list = everything(palette(Theme::dark), 1);
    CairoPainter painter(480, 360);
    painter.draw(list);
    const std::string png = painter.png();
    REQUIRE(png.size() > 1000);
    CHECK(png.substr(1, 3) == "PNG");
    CHECK(png.substr(16, 8) == std::string("\0\0\1\xE0\0\0\1\x68", 8)); // 480 x 360
    CHECK(painter.png() == png);
    const std::string page = pdf(list);
    CHECK(page.starts_with("%PDF"));
    CHECK(page.find("Roboto") != std::string::npos);
}

TEST_CASE("an SVG keeps text as text and numbers short", "[render]")
{
    const std::string file = svg(list_of(layer_of(
        Text{{10.4F, 20}, "R&D <1>", 13, Font::bold, white, Align::center},
        Disc{{10.123F, 20}, 4.3F, white.faded(0.5)}, Line{{0, 0}, {5, 9}, 2, white.faded(0), white},
        Clip{{1, 2, 3, 4}}, Box{{0, 0, 10, 10}, 3, white})));
    CHECK(
        file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"80\""));
    CHECK(file.find("<text x=\"10\" y=\"20\" font-size=\"13\" font-weight=\"700\" "
                    "text-anchor=\"middle\" fill=\"#FFFFFF\">R&amp;D &lt;1&gt;</text>") !=
          std::string::npos);
    CHECK(file.find("<circle cx=\"10.12\" cy=\"20\" r=\"4.3\" fill=\"#FFFFFF\" "
                    "fill-opacity=\"0.502\"/>") != std::string::npos);
    CHECK(file.find("Roboto") != std::string::npos);
    CHECK(count(file, "<linearGradient") == 1);
    CHECK(count(file, "<g ") == count(file, "</g>")); // the layer closes its clip
}

// ---------------------------------------------------------------- quads

TEST_CASE("soft edges keep the area of shapes", "[render]")
{
    CHECK(ink_of(Disc{{200, 200}, 90, white}) == Approx(pi * 90 * 90).epsilon(0.005));
    CHECK(ink_of(Sector{{200, 200}, 80, 120, 0.4F, 2, white}) ==
          Approx(1.6 / 2 * (120 * 120 - 80 * 80)).epsilon(0.005));
    CHECK(ink_of(Box{{100, 100, 60, 40}, 12, white}) ==
          Approx(60 * 40 - (4 - pi) * 144).epsilon(0.005));
    CHECK(ink_of(Shape{{{10, 10}, {60, 20}, {30, 80}}, white}) == Approx(1650).epsilon(0.005));
    for (const float width : {0.3F, 0.5F, 1.F, 1.4F, 3.F, 8.F}) {
        CAPTURE(width);
        CHECK(ink_of(Line{{10, 20}, {90, 80}, width, white, white}) ==
              Approx(100 * width).epsilon(0.02));
        CHECK(ink_of(Arc{{200, 200}, 100, 1, 3, width, white}) ==
              Approx(200 * width).epsilon(0.02));
    }
    CHECK(ink_of(Line{{10, 20}, {90, 80}, 3, white, white, {2, 4}}) == Approx(100).epsilon(0.05));
}

TEST_CASE("only cuts divide what one draw call can draw", "[render]")
{
    const auto steps = [](Layer layer) {
        Atlas atlas;
        return mesh_of(list_of(std::move(layer)), atlas).steps;
    };
    Layer mixed;
    const Palette& p = palette(Theme::dark);
    add_circles(p, mixed);
    add_curves(p, mixed);
    add_texts(p, mixed);
    CHECK(steps(mixed).size() == 1);
    const Disc disc{{20, 20}, 5, white};
    CHECK(steps(layer_of(disc, Clip{{0, 0, 50, 50}}, disc, disc, Unclip{}, disc)).size() == 3);
    CHECK(steps(layer_of(Clip{{0, 0, 10, 10}}, Clip{{50, 50, 10, 10}}, disc)).empty());
    CHECK(steps(layer_of(Loupe{{20, 20}, 9, {20, 20}, 2}, disc, Unclip{})).size() == 3);
}

TEST_CASE("an atlas that is full says so and works once it has started over", "[render]")
{
    const DisplayList list = list_of(
        layer_of(Text{{5, 50}, "Quite a number of letters", 30, Font::bold, white}), 400, 100);
    Atlas atlas(64);
    mesh_of(list, atlas);
    REQUIRE(atlas.overflowed());
    atlas.start_over(512);
    const Mesh mesh = mesh_of(list, atlas);
    CHECK(!atlas.overflowed());
    CHECK(mesh.quads.vertices.size() == 4 * 21); // all but the spaces
}

// ---------------------------------------------------------------- the window's painter

TEST_CASE("both painters draw the same picture", "[render][display]")
{
    test::need_display();
    const float scale = GENERATE(1.F, 1.25F, 2.F);
    SfmlPainter painter;
    for (const Theme theme : {Theme::dark, Theme::light}) {
        const DisplayList list = everything(palette(theme), scale);
        const Difference d = difference(by_cairo(list), by_sfml(list, painter));
        CAPTURE(scale, palette(theme).dark, d.largest);
        CHECK(d.mean < 0.25);
        CHECK(d.almost_all <= 24);
    }
}

TEST_CASE("marks and text are the same pixels in both painters", "[render][display]")
{
    test::need_display();
    Layer layer = layer_of(Box{{0, 0, 480, 360}, 0, palette(Theme::dark).stage});
    add_texts(palette(Theme::dark), layer);
    for (int i = 0; i < 40; ++i) {
        const auto step = static_cast<float>(i);
        layer.add(Disc{{20 + 10.7F * step, 30 + 3.1F * step}, 4.3F, white});
        layer.add(Ring{{30 + 10.7F * step, 20 + 3.1F * step}, 5, 1.3F, white.faded(0.5)});
    }
    const DisplayList list = list_of(std::move(layer), 480, 360);
    SfmlPainter painter;
    CHECK(difference(by_cairo(list), by_sfml(list, painter)).largest <= 2); // rounding
}

TEST_CASE("a painter draws any list after any other", "[render][display]")
{
    test::need_display();
    const DisplayList dark = everything(palette(Theme::dark), 1);
    const DisplayList light = everything(palette(Theme::light), 1.25F);
    SfmlPainter fresh, used;
    const Picture expected = by_sfml(dark, fresh);
    by_sfml(light, used);
    by_sfml(dark, used);
    by_sfml(light, used);
    CHECK(by_sfml(dark, used) == expected);
}

TEST_CASE("a test can have an X server of its own", "[render][display]")
{
    test::Xvfb first, second;
    CHECK(first.display().starts_with(":"));
    CHECK(first.display() != second.display());
}

} // namespace walkout::render
