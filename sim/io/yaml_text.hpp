#pragma once

#include <string>

namespace walkout::io {

/// A text as YAML: plain where that is safe, else in double quotes.
std::string as_yaml(const std::string& text);

} // namespace walkout::io
