#pragma once

/// What can go wrong outside of the user's input; `main` turns each into an exit code.

#include <stdexcept>
#include <string>

namespace walkout::render {

/// Something the program does not bring along is missing or died: display, encoder. Exit 69.
class Missing : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Ctrl-C or SIGTERM arrived. Exit 128 + signal.
class Interrupted : public std::runtime_error {
public:
    explicit Interrupted(int number);
    int signal() const { return number_; }

private:
    int number_;
};

/// Ctrl-C and SIGTERM are noted while this lives instead of ending the program; a pipe whose reader
/// has gone is an error of writing.
class SignalGuard {
public:
    SignalGuard();
    ~SignalGuard();
    SignalGuard(const SignalGuard&) = delete;
    SignalGuard& operator=(const SignalGuard&) = delete;

    /// @throws Interrupted when a signal has arrived
    static void check();
};

} // namespace walkout::render
