#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace walkout::cli {

/// How far some runs have come.
struct Tally {
    std::uint64_t done = 0;
    std::uint64_t of = 0;
    std::uint64_t failed = 0;
    bool at_most = false; ///< `of` is an upper bound: the work may end earlier
    const char* what = "runs";
    std::string note = {}; ///< where the work stands, instead of rate and time left
};

/// Shows progress on a terminal's standard error, and passes a signal on, while it lives.
class Monitor {
public:
    /// @param label  what the bar calls the work
    /// @param tally  asked twenty times a second, from another thread
    /// @param stop   called when Ctrl-C or SIGTERM has arrived, maybe more than once
    Monitor(std::string label, std::function<Tally()> tally, std::function<void()> stop);

private:
    void watch(const std::stop_token& stopped, const std::string& label,
               const std::function<Tally()>& tally, const std::function<void()>& stop);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_; // last: it ends before the others go
};

} // namespace walkout::cli
