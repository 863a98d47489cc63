#include "render/chart_kit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace walkout::render {

Rect grown(Rect rect, float by)
{
    return {rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by};
}

std::string grouped(long number)
{
    std::string digits = std::to_string(std::abs(number));
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return number < 0 ? std::string(minus) + digits : digits;
}

std::string signed_count(long number)
{
    return number > 0 ? "+" + grouped(number) : grouped(number);
}

std::string signed_number(double value, int digits)
{
    std::string text = fmt::format("{:.{}f}", std::abs(value), digits);
    if (text.find_first_of("123456789") == std::string::npos)
        return text;
    return (value < 0 ? std::string(minus) : "+") + text;
}

int digits_of_change(double low, double high)
{
    return high - low < 6 ? 1 : 0;
}

std::string percent(double share)
{
    const std::string digits = fmt::format("{:.1f} %", 100 * std::abs(share));
    return share < 0 && digits != "0.0 %" ? std::string(minus) + digits : digits;
}

std::string ordinal(std::uint32_t number)
{
    const std::uint32_t tens = number % 100;
    const char* ending = tens >= 11 && tens <= 13 ? "th"
                         : number % 10 == 1       ? "st"
                         : number % 10 == 2       ? "nd"
                         : number % 10 == 3       ? "rd"
                                                  : "th";
    return grouped(number) + ending;
}

std::string counted(long number, std::string_view one, std::string_view many)
{
    return grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string readable(std::string_view key)
{
    std::string words(key);
    std::replace(words.begin(), words.end(), '_', ' ');
    if (!words.empty()) {
        words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    }
    return words;
}

std::vector<double> nice_ticks(double low, double high, int most)
{
    const double rough = (high - low) / std::max(1, most - 1);
    if (!(rough > 0) || !std::isfinite(rough)) {
        return {};
    }
    const double power = std::pow(10, std::floor(std::log10(rough)));
    std::vector<double> ticks;
    for (const double factor : {1.0, 2.0, 5.0, 10.0, 20.0}) {
        const double step = factor * power;
        const auto first = static_cast<long>(std::ceil(low / step - 1e-9));
        const auto last = static_cast<long>(std::floor(high / step + 1e-9));
        if (last - first + 1 > most) {
            continue;
        }
        for (long k = first; k <= last; ++k) {
            ticks.push_back(static_cast<double>(k) * step);
        }
        break;
    }
    return ticks;
}

Hours nice_hours(Hours span, int most)
{
    constexpr std::array steps{0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0};
    for (const Hours step : steps) {
        if (span / step <= most) {
            return step;
        }
    }
    return steps.back() * std::ceil(span / (steps.back() * most));
}

void draw_value_axis(const Palette& c, Layer& layer, const Plot& plot,
                     const std::vector<std::pair<double, std::string>>& ticks)
{
    const float left = plot.area.x;
    const float right = plot.area.x + plot.area.w;
    for (std::size_t k = 0; k < ticks.size(); ++k) {
        const float y = std::floor(plot.y(ticks[k].first));
        draw_hline(layer, left, right, y, k == 0 ? c.hairline_strong : c.hairline);
        write(layer, {left - 7, y + 4}, ticks[k].second,
              {11, Font::regular, c.third, Align::right});
    }
}

namespace {

bool meet(const Rect& a, const Rect& b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

} // namespace

bool Taken::take(const Rect& rect, const Rect& inside)
{
    const bool out = rect.x < inside.x || rect.y < inside.y - 6 ||
                     rect.x + rect.w > inside.x + inside.w + 2 ||
                     rect.y + rect.h > inside.y + inside.h;
    if (out || std::any_of(rects_.begin(), rects_.end(),
                           [&](const Rect& other) { return meet(rect, other); })) {
        return false;
    }
    rects_.push_back(rect);
    return true;
}

Color sequential(double share)
{
    static constexpr std::array stops{0xF3F1EAU, 0xCFE3DCU, 0x7FBFAEU, 0x2F8F7CU, 0x0B4F45U};
    const double at = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto k = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    return mix(Color::hex(stops[k]), Color::hex(stops[k + 1]), at - static_cast<double>(k));
}

void write(Layer& layer, Point at, std::string text, const Type& type)
{
    layer.add(Text{at, std::move(text), type.size, type.font, type.color, type.align});
}

void draw_hline(Layer& layer, float from, float to, float y, Color color, float width)
{
    layer.add(Line{{from, y + 0.5F}, {to, y + 0.5F}, width, color, color});
}

void draw_vline(Layer& layer, float x, float from, float to, Color color, float width)
{
    const float middle = std::floor(x) + 0.5F;
    layer.add(Line{{middle, from}, {middle, to}, width, color, color});
}

} // namespace walkout::render
