#pragma once

#include "render/report/page.hpp"
#include "render/report/report_data.hpp"

namespace walkout::report {

/// The page of a study.
Page study_page(const ReportData& data);

} // namespace walkout::report
