#pragma once

#include "render/opening.hpp"
#include "render/options.hpp"

namespace walkout::render {

/// Show a story in a window until it is closed. Returns the exit code.
///
/// @throws io::Missing without a display, io::FileError when a file asked for cannot be written,
/// program::Interrupted
int run_window(const PlayOptions& options);

/// What a screen suggests: 1 at 1080 rows, within [0.75, 3].
float guessed_scale(unsigned desktop_height);

} // namespace walkout::render
