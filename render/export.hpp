#pragma once

#include "render/options.hpp"
#include "render/story.hpp"
#include "render/view.hpp"

namespace walkout::render {

/// Write what was asked for. Returns the exit code.
///
/// @throws io::InputError, io::FileError, io::Missing, program::Interrupted
int write_exports(const ExportOptions& options);

/// Pixels per unit of the design unless one is given: a picture shows what a window of 1600 x 900
/// shows, as long as that leaves words legible.
float export_scale(Size size);

} // namespace walkout::render
