#pragma once

#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>

namespace walkout::program {

/// Ctrl-C or SIGTERM arrived and the work was put down in order. Exit 128 + signal.
class Interrupted : public std::runtime_error {
public:
    /// @param what_of_it  what has become of the work: the end of the message
    Interrupted(int number, std::string_view what_of_it);
    int signal() const { return number_; }

private:
    int number_;
};

/// What happens when the reader of something that is being written goes away.
enum class LostPipe {
    ends,    ///< the program, without a word: exit 141
    is_told, ///< writing fails, as on a full disk
};

/// Ctrl-C and SIGTERM ask for an orderly stop while this lives; the former dispositions return
/// after.
class SignalGuard {
public:
    explicit SignalGuard(LostPipe lost_pipe = LostPipe::ends);
    ~SignalGuard();
    SignalGuard(const SignalGuard&) = delete;
    SignalGuard& operator=(const SignalGuard&) = delete;

    /// The signal that has arrived; 0: none.
    static int caught();

    /// @throws Interrupted saying `what_of_it` when a signal has arrived
    static void check(std::string_view what_of_it = "nothing unfinished was left");

private:
    std::array<struct sigaction, 3> before_{}; ///< of SIGINT, SIGTERM and SIGPIPE
};

} // namespace walkout::program
