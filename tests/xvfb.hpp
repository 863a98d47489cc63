#pragma once

#include <string>

#include <sys/types.h>

namespace walkout::test {

/// An X server without a screen, for as long as this lives; it also ends with the test program.
class Xvfb {
public:
    /// Starts a server on a free display and waits until it can be used.
    /// @throws std::runtime_error, which says what to install
    Xvfb();
    ~Xvfb();
    Xvfb(const Xvfb&) = delete;
    Xvfb& operator=(const Xvfb&) = delete;

    /// For the environment variable DISPLAY.
    const std::string& display() const { return display_; }

private:
    pid_t server_ = 0;
    std::string display_;
};

/// Makes sure that DISPLAY names a display: if there is none, with a server that lives as long as
/// the test program.
/// @throws std::runtime_error
void need_display();

} // namespace walkout::test
