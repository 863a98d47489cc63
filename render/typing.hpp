#pragma once

/// What boxes do with what is typed into them. Texts are UTF-8.

#include <cstddef>
#include <string>

namespace walkout::render {

inline constexpr std::size_t longest_text = 64; ///< bytes that a box takes

/// Latin letters in lower case; all else stays.
std::string lower(std::string text);

void append(std::string& text, char32_t character);

/// Take the last character away, if there is one.
void drop_last(std::string& text);

} // namespace walkout::render
