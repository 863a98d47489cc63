#pragma once

#include "render/report/page.hpp"

namespace walkout::report {

/// The charts of a page side by side under their titles, on white: for texts that cannot show a
/// page.
render::DisplayList figure(const std::vector<Chart>& charts);

} // namespace walkout::report
