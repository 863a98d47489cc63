#pragma once

#include "render/report/compare_data.hpp"
#include "render/report/page.hpp"

namespace walkout::report {

/// Scenarios side by side, run by run with the same luck.
Page compare_page(const CompareData& data);

} // namespace walkout::report
