#pragma once

#include "render/display_list.hpp"

#include <string>

namespace walkout::render {

/// The list as an SVG file. Text stays text, set in Roboto where the reader has it. The same list
/// gives the same file, numbers rounded to 0.01 px.
std::string svg(const DisplayList& list);

} // namespace walkout::render
