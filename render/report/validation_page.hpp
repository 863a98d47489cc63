#pragma once

#include "render/report/page.hpp"
#include "render/report/validation_data.hpp"

namespace walkout::report {

/// Each recorded crisis predicted from the others, beside what needs no model.
Page validation_page(const ValidationData& data);

} // namespace walkout::report
