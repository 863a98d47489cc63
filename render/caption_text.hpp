#pragma once

#include "render/stage_parts.hpp"

#include <functional>

namespace walkout::render {

/// A size to try for a headline, and how many lines it may take.
struct CaptionStep {
    float size = 26;
    int lines = 2;
};

/// Lines of a caption, placed but not colored.
struct CaptionText {
    std::vector<Text> headline = {};
    std::vector<Text> detail = {};
    float bottom = 0;
};

/// The width that is free from the left edge on, between two heights.
using Room = std::function<float(float top, float bottom)>;

/// Set a headline in the largest size that fits, and a few smaller lines under it.
///
/// @param corner  left top; the first baseline is a good line below
/// @param until   no line of the detail goes below
CaptionText fit_caption(const std::string& headline, const std::string& detail, Point corner,
                        float until, std::span<const CaptionStep> steps, float detail_size,
                        const Room& room);

/// Room to the left of the ring and of the names around it.
float room_beside_ring(const Crowd& crowd, float left, float top, float bottom);

} // namespace walkout::render
