#pragma once

#include "render/display_list.hpp"

#include <string>
#include <string_view>

namespace walkout::render {

/// For an SVG that is a part of a page.
struct SvgPart {
    std::string prefix = {}; ///< of its ids, which must be unique in the page
    std::string label = {};  ///< what it shows, for those who cannot see it
};

/// The list as an SVG file. Text stays text, set in Roboto where the reader has it. The same list
/// gives the same file, numbers rounded to 0.01 px.
std::string svg(const DisplayList& list, const SvgPart& part = {});

/// A text as XML and HTML want it, in attributes too.
std::string escaped(std::string_view text);

} // namespace walkout::render
