#pragma once

#include "render/report/attribution_data.hpp"
#include "render/report/page.hpp"

namespace walkout::report {

/// What each factor contributed: a finding and a chart for each number.
Page attribution_page(const AttributionData& data);

} // namespace walkout::report
