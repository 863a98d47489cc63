#include "render/palette.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace walkout::render {

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

Triple operator*(const Matrix& m, const Triple& v)
{
    Triple product{};
    for (std::size_t i = 0; i < 3; ++i)
        product[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return product;
}

double linear(std::uint8_t channel)
{
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

Triple linear(Color c)
{
    return {linear(c.r), linear(c.g), linear(c.b)};
}

/// Web Content Accessibility Guidelines 2.1.
double contrast(Color a, Color b)
{
    const auto luminance = [](Color c) {
        const Triple rgb = linear(c);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    };
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

/// CIE L*a*b* under D65.
Triple lab(const Triple& rgb)
{
    static constexpr Matrix to_xyz = {{{0.4124564, 0.3575761, 0.1804375},
                                       {0.2126729, 0.7151522, 0.0721750},
                                       {0.0193339, 0.1191920, 0.9503041}}};
    static constexpr Triple white = {0.95047, 1.0, 1.08883};
    const Triple xyz = to_xyz * rgb;
    const auto f = [&](std::size_t i) {
        const double t = xyz[i] / white[i];
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    return {116 * f(1) - 16, 500 * (f(0) - f(1)), 200 * (f(1) - f(2))};
}

double degrees(double radians)
{
    return radians * 180 / std::numbers::pi;
}
double radians(double degrees)
{
    return degrees * std::numbers::pi / 180;
}

/// CIEDE2000 (Sharma, Wu & Dalal 2005).
double difference(const Triple& lab1, const Triple& lab2)
{
    const auto to_7th = [](double x) { return std::pow(x, 7); };
    const double mean_c = (std::hypot(lab1[1], lab1[2]) + std::hypot(lab2[1], lab2[2])) / 2;
    const double g = 0.5 * (1 - std::sqrt(to_7th(mean_c) / (to_7th(mean_c) + to_7th(25))));
    const double a1 = (1 + g) * lab1[1], a2 = (1 + g) * lab2[1];
    const double c1 = std::hypot(a1, lab1[2]), c2 = std::hypot(a2, lab2[2]);
    const auto hue = [](double b, double a) {
        return a == 0 && b == 0 ? 0 : std::fmod(degrees(std::atan2(b, a)) + 360, 360);
    };
    const double h1 = hue(lab1[2], a1), h2 = hue(lab2[2], a2);

    const double dl = lab2[0] - lab1[0], dc = c2 - c1;
    double dh = c1 * c2 == 0 ? 0 : h2 - h1;
    if (std::abs(dh) > 180)
        dh -= std::copysign(360, dh);
    const double dh_length = 2 * std::sqrt(c1 * c2) * std::sin(radians(dh) / 2);

    const double mean_l = (lab1[0] + lab2[0]) / 2, mean_c2 = (c1 + c2) / 2;
    double mean_h = h1 + h2;
    if (c1 * c2 != 0) {
        if (std::abs(h1 - h2) > 180)
            mean_h += mean_h < 360 ? 360 : -360;
        mean_h /= 2;
    }
    const double t =
        1 - 0.17 * std::cos(radians(mean_h - 30)) + 0.24 * std::cos(radians(2 * mean_h)) +
        0.32 * std::cos(radians(3 * mean_h + 6)) - 0.20 * std::cos(radians(4 * mean_h - 63));
    const double turn = 30 * std::exp(-std::pow((mean_h - 275) / 25, 2));
    const double rc = 2 * std::sqrt(to_7th(mean_c2) / (to_7th(mean_c2) + to_7th(25)));
    const double l50 = std::pow(mean_l - 50, 2);
    const double sl = 1 + 0.015 * l50 / std::sqrt(20 + l50);
    const double sc = 1 + 0.045 * mean_c2, sh = 1 + 0.015 * mean_c2 * t;
    const double rt = -std::sin(radians(2 * turn)) * rc;
    const double l = dl / sl, c = dc / sc, h = dh_length / sh;
    return std::sqrt(l * l + c * c + h * h + rt * c * h);
}

struct Vision {
    std::string name;
    Matrix seen; ///< linear RGB to linear RGB
};

/// Machado, Oliveira & Fernandes 2009, severity 1.
const std::vector<Vision>& visions()
{
    static const std::vector<Vision> all = {
        {"full color", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
        {"protan",
         {{{0.152286, 1.052583, -0.204868},
           {0.114503, 0.786281, 0.099216},
           {-0.003882, -0.048116, 1.051998}}}},
        {"deutan",
         {{{0.367322, 0.860646, -0.227968},
           {0.280085, 0.672501, 0.047413},
           {-0.011820, 0.042940, 0.968881}}}},
        {"tritan",
         {{{1.255528, -0.076749, -0.178779},
           {-0.078411, 0.930809, 0.147602},
           {0.004733, 0.691367, 0.303900}}}},
    };
    return all;
}

std::vector<Color> data_colors(const Palette& p)
{
    return {p.at_work, p.signed_letter, p.gone, p.back, p.board, p.scenario_b};
}

double smallest_difference(const std::vector<Color>& colors, const Vision& vision)
{
    const auto seen = [&](Color color) {
        Triple rgb = vision.seen * linear(color);
        for (double& channel : rgb)
            channel = std::clamp(channel, 0.0, 1.0);
        return lab(rgb);
    };
    double smallest = 1000;
    for (std::size_t i = 0; i < colors.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            smallest = std::min(smallest, difference(seen(colors[i]), seen(colors[j])));
    return smallest;
}

} // namespace

TEST_CASE("the color difference agrees with its published examples", "[render]")
{
    CHECK(difference({50, 2.6772, -79.7751}, {50, 0, -82.7485}) == Approx(2.0425).margin(5e-5));
    CHECK(difference({50, -1, 2}, {50, 0, 0}) == Approx(2.3669).margin(5e-5));
    CHECK(difference({50, 2.49, -0.001}, {50, -2.49, 0.0011}) == Approx(7.2195).margin(5e-5));
    CHECK(difference({50, 2.5, 0}, {73, 25, -18}) == Approx(27.1492).margin(5e-5));
    CHECK(difference({2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}) ==
          Approx(0.9082).margin(5e-5));
}

TEST_CASE("words can be read on every surface they stand on", "[render]")
{
    const Palette& p = palette(GENERATE(Theme::dark, Theme::light));
    CAPTURE(p.dark);
    for (const Color surface : {p.stage, p.panel}) {
        for (const Color words : {p.text, p.second, p.third, p.signed_text, p.gone})
            CHECK(contrast(words, surface) >= 4.5);
    }
    for (const Color words : {p.text, p.second})
        CHECK(contrast(words, p.card) >= 4.5);
    CHECK(contrast(p.on_signed, p.signed_letter) >= 4.5);
    CHECK(contrast(p.on_leader, p.leader) >= 4.5);
}

TEST_CASE("marks stand out from the stage", "[render]")
{
    const Palette& p = palette(GENERATE(Theme::dark, Theme::light));
    CAPTURE(p.dark);
    std::vector<Color> marks = data_colors(p);
    marks.insert(marks.end(), {p.leader, p.recorded});
    for (const Color mark : marks)
        CHECK(contrast(mark, p.stage) >= 3);
}

TEST_CASE("data colors differ for every kind of color vision", "[render]")
{
    struct Measured {
        Theme theme;
        std::array<double, 4> smallest; ///< when the palette was chosen, in the order of visions()
    };
    const auto measured =
        GENERATE(Measured{Theme::dark, {30, 15, 14, 12}}, Measured{Theme::light, {19, 15, 11, 13}});
    for (std::size_t i = 0; i < visions().size(); ++i) {
        const double smallest =
            smallest_difference(data_colors(palette(measured.theme)), visions()[i]);
        CAPTURE(palette(measured.theme).dark, visions()[i].name);
        CHECK(smallest >= 10);
        CHECK(smallest == Approx(measured.smallest[i]).margin(1));
    }
}

} // namespace walkout::render
