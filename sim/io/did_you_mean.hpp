#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace walkout::io {

/// Edits that turn one word into the other: insert, delete, replace, swap neighbors.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate most like `word`, or nothing when none is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean 'x'?", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

} // namespace walkout::io
