#pragma once

#include "render/story.hpp"

#include <optional>
#include <string>

namespace walkout::render {

/// The story in words, for terminals and screen readers: one block per flag of the track, or one
/// every so many hours (more than 0). Lines have at most 80 columns.
std::string text_playback(const Story& story, std::optional<Hours> every = {});

} // namespace walkout::render
