#include "render/caption_text.hpp"

#include "render/fonts.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

// Lengths of the design, for a headline of 26 px and a detail of 13.5 px.
constexpr float head_pitch = 31.0F / 26, first_baseline = 30.0F / 26;
constexpr float detail_pitch = 19.0F / 13.5F, detail_gap = 25;
// About 19 characters a line.
constexpr float head_measure = 9.4F, detail_measure = 18.5F;
constexpr int most_details = 4;

bool all_fit(const std::vector<std::string>& lines, float width, float size, Font font)
{
    return std::ranges::all_of(
        lines, [&](const std::string& line) { return text_width(line, size, font) <= width; });
}

/// Broken into lines of about the same length, as many as the width needs.
std::vector<std::string> balanced(const std::string& text, float width, float size, Font font)
{
    std::vector<std::string> lines = wrapped(text, width, size, font);
    for (float narrower = width - 4; narrower > width / 2; narrower -= 4) {
        std::vector<std::string> other = wrapped(text, narrower, size, font);
        if (other.size() > lines.size() || !all_fit(other, narrower, size, font))
            break;
        lines = std::move(other);
    }
    return lines;
}

/// The lines that there is room for; the last one tells that there is more.
std::vector<std::string> cut(std::vector<std::string> lines, int allowed, float width, float size,
                             Font font)
{
    const auto most = static_cast<std::size_t>(allowed);
    if (lines.size() > most) {
        for (std::size_t i = most; i < lines.size(); ++i)
            lines[most - 1] += " " + lines[i];
        lines.resize(most);
    }
    for (std::string& line : lines)
        line = fitted(line, width, size, font);
    return lines;
}

struct Setting {
    float size = 0;
    std::vector<std::string> lines = {};
};

Setting set_headline(const std::string& headline, float top, std::span<const CaptionStep> steps,
                     const Room& room)
{
    for (const CaptionStep& step : steps) {
        const float height =
            step.size * (first_baseline + head_pitch * (static_cast<float>(step.lines) - 0.7F));
        const float width = std::min(room(top, top + height), head_measure * step.size);
        std::vector<std::string> lines = balanced(headline, width, step.size, Font::medium);
        const bool fits =
            std::ssize(lines) <= step.lines && all_fit(lines, width, step.size, Font::medium);
        if (fits || &step == &steps.back())
            return {step.size, cut(std::move(lines), step.lines, width, step.size, Font::medium)};
    }
    return {};
}

/// Width that all lines from one to before another have.
using LineRoom = std::function<float(int from, int to)>;

/// Line by line as wide as each may be; the last one tells that there is more.
std::vector<std::string> poured(const std::string& text, float size, int most, const LineRoom& room)
{
    std::vector<std::string> lines;
    std::string rest = text;
    while (!rest.empty() && std::ssize(lines) < most) {
        const auto line = static_cast<int>(lines.size());
        const float width = room(line, line + 1);
        const std::string first =
            line + 1 == most ? rest : wrapped(rest, width, size, Font::regular).front();
        lines.push_back(fitted(first, width, size, Font::regular));
        rest.erase(0, first.size());
        rest.erase(0, rest.find_first_not_of(' '));
    }
    return lines;
}

/// A block of even lines if there is room for one, else as it comes.
std::vector<std::string> set_detail(const std::string& detail, float size, int most,
                                    const LineRoom& room)
{
    for (int count = 1; count <= most; ++count) {
        const float width = room(0, count);
        std::vector<std::string> lines = balanced(detail, width, size, Font::regular);
        if (std::ssize(lines) <= count && all_fit(lines, width, size, Font::regular))
            return lines;
    }
    return poured(detail, size, most, room);
}

} // namespace

CaptionText fit_caption(const std::string& headline, const std::string& detail, Point corner,
                        float until, std::span<const CaptionStep> steps, float detail_size,
                        const Room& room)
{
    CaptionText text;
    const Setting head = set_headline(headline, corner.y, steps, room);
    float y = corner.y + first_baseline * head.size;
    for (const std::string& line : head.lines) {
        text.headline.push_back(Text{{corner.x, y}, line, head.size, Font::medium, {}});
        y += head_pitch * head.size;
    }
    text.bottom = y - (head_pitch - 0.25F) * head.size;
    if (detail.empty())
        return text;

    y += (detail_gap / 26 - head_pitch) * head.size;
    const float pitch = detail_pitch * detail_size;
    const int most = std::min(most_details, static_cast<int>(std::floor((until - y) / pitch)) + 1);
    const auto width = [&](int from, int to) {
        const float top = y - detail_size + pitch * static_cast<float>(from);
        return std::min(room(top, top + pitch * static_cast<float>(to - from)),
                        detail_measure * detail_size);
    };
    for (const std::string& line : set_detail(detail, detail_size, most, width)) {
        text.detail.push_back(Text{{corner.x, y}, line, detail_size, Font::regular, {}});
        text.bottom = y + 4;
        y += pitch;
    }
    return text;
}

float room_beside_ring(const Crowd& crowd, float left, float top, float bottom)
{
    const StageGeometry& g = crowd.seating.geometry();
    const float margin = 10;
    const float r = g.ring_to + 1.7F * std::max(crowd.seating.dot(), 3 * g.k);
    const float off = std::max({top - g.center.y, g.center.y - bottom, 0.0F});
    float right = off < r ? g.center.x - std::sqrt(r * r - off * off) : g.center.x;
    for (const BlockLabel& label : crowd.labels.blocks)
        if (label.form != BlockLabel::Form::hidden && label.box.y < bottom &&
            label.box.y + label.box.h > top)
            right = std::min(right, label.box.x);
    return right - margin - left;
}

} // namespace walkout::render
