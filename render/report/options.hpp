#pragma once

#include "sim/program/program.hpp"

#include <string>
#include <variant>
#include <vector>

namespace walkout::report {

struct ReportOptions {
    std::vector<std::string> folders = {}; ///< of studies, or their stores
    std::string out = {};                  ///< empty: report.html in the first folder
    std::string measure = {};              ///< empty: what the first study is about
};

using Options = std::variant<program::ShowText, ReportOptions>;

/// @throws io::InputError when the words make no sense
Options parse_options(int argc, char** argv);

} // namespace walkout::report
