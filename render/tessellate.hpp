#pragma once

/// Display lists as quads for a graphics card: everything, text included, takes its texels from
/// one atlas and so goes in one draw call; only clips and loupes start another.

#include "render/atlas.hpp"
#include "render/display_list.hpp"
#include "render/pixels.hpp"
#include "render/quads.hpp"

#include <variant>
#include <vector>

namespace walkout::render {

/// What quads need. Telling large plain ones apart saves software renderers most of their work.
enum class Ink : std::uint8_t {
    atlas, ///< texels and blending
    plain, ///< blending only
    opaque ///< neither
};

/// Quads that are drawn together, cut to whole pixels.
struct Run {
    Ink ink = Ink::atlas;
    PixelRect clip;
    std::size_t first = 0, count = 0; ///< vertices
};
/// What follows is drawn apart and then laid on the picture where a disc lets it.
struct LoupeStart {
    Point center; ///< device pixels
    float r = 0;
    PixelRect area; ///< that is drawn on; may be empty
};
struct LoupeEnd {};
using Step = std::variant<Run, LoupeStart, LoupeEnd>;

struct Mesh {
    Quads quads;
    std::vector<Step> steps;
};

/// A list as quads, for a target of a size in device pixels, into a mesh whose memory is used
/// again. When the atlas overflows, masks are missing: start the atlas over and try again.
void tessellate(const DisplayList& list, int width, int height, Atlas& atlas, Mesh& mesh);

} // namespace walkout::render
