#pragma once

#include "sim/core/run.hpp"

#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

namespace walkout::cli {

/// Ctrl-C or SIGTERM arrived and the work was put down in order. Exit 128 + signal.
class Interrupted : public std::runtime_error {
public:
    Interrupted(int number, const std::string& what_of_it);
    int signal() const { return number_; }

private:
    int number_;
};

/// Ctrl-C and SIGTERM ask for an orderly stop while this lives; the former dispositions return
/// after.
class SignalGuard {
public:
    SignalGuard();
    ~SignalGuard();
    SignalGuard(const SignalGuard&) = delete;
    SignalGuard& operator=(const SignalGuard&) = delete;

    /// The signal that has arrived; 0: none.
    static int caught();

    /// @throws Interrupted saying `what_of_it` when a signal has arrived
    void check(const std::string& what_of_it) const;

private:
    struct sigaction interrupt_ {};
    struct sigaction terminate_ {};
};

/// Runs of one scenario on all cores, with a progress bar on a terminal's standard error.
///
/// @param label  what the bar calls the work
/// @param jobs   threads; 0: all cores
/// @throws Interrupted
std::vector<RunResult> run_farm(const Scenario& scenario, std::uint64_t seed, std::uint32_t count,
                                unsigned jobs, Hours sample_every, const std::string& label);

/// Say on standard error how many runs failed, and why the first did.
/// @param name  of the scenario; empty: there is only one
/// @return the exit code: 3 when some failed, else 0
int tell_failures(const std::string& name, const std::vector<RunResult>& runs);

} // namespace walkout::cli
