#pragma once

#include <string>

namespace walkout::render {

/// Whether a window can be opened. SFML would end the whole process without a display, so this is
/// asked before any of its objects is made.
///
/// @throws io::Missing with two lines, what is missing and what to do instead; `file` is what the
/// user wanted to see
void require_display(const std::string& file);

/// A display that goes away ends the program: one line on standard error, exit 69. Xlib allows
/// nothing else then.
void expect_loss_of_display();

} // namespace walkout::render
