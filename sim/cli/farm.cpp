#include "sim/cli/farm.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fmt/core.h>
#include <mutex>
#include <thread>
#include <unistd.h>

#include "sim/cli/terminal.hpp"

namespace walkout::cli {

namespace {

using Clock = std::chrono::steady_clock;

std::atomic<int> caught_signal = 0;

void catch_signal(int number)
{
    caught_signal = number;
}

void draw_bar(const std::string& label, std::size_t done, std::size_t count, double seconds)
{
    const double share = static_cast<double>(done) / static_cast<double>(count);
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    const double left = rate > 0 ? static_cast<double>(count - done) / rate : 0;
    fmt::print(stderr, "\r\x1b[K{} {} {}/{} runs  {:.0f}/s  {:.0f} s left", label, bar(share, 24),
               done, count, rate, left);
}

/// Shows progress and passes signals on until it is told that the work is over.
class Monitor {
public:
    Monitor(Progress& progress, const std::string& label, std::size_t count)
        : thread_([this, &progress, label, count](std::stop_token stop) {
              watch(stop, progress, label, count);
          })
    {
    }

private:
    void watch(std::stop_token stop, Progress& progress, const std::string& label,
               std::size_t count)
    {
        constexpr auto patience = std::chrono::milliseconds(300); // short work needs no bar
        const bool terminal = isatty(STDERR_FILENO) == 1;
        const auto begin = Clock::now();
        bool drawn = false;
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, stop, std::chrono::milliseconds(50),
                               [&] { return stop.stop_requested(); })) {
            if (stop.stop_requested())
                break;
            if (caught_signal != 0)
                progress.stop = true;
            const auto elapsed = Clock::now() - begin;
            if (!terminal || elapsed < patience)
                continue;
            draw_bar(label, progress.done, count, std::chrono::duration<double>(elapsed).count());
            drawn = true;
        }
        if (drawn)
            fmt::print(stderr, "\r\x1b[K");
    }

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

} // namespace

Interrupted::Interrupted(int number, const std::string& what_of_it)
    : std::runtime_error((number == SIGINT ? "interrupted; " : "terminated; ") + what_of_it),
      number_(number)
{
}

SignalGuard::SignalGuard()
{
    struct sigaction action {};
    action.sa_handler = catch_signal;
    sigaction(SIGINT, &action, &interrupt_);
    sigaction(SIGTERM, &action, &terminate_);
}

SignalGuard::~SignalGuard()
{
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGTERM, &terminate_, nullptr);
}

void SignalGuard::check(const std::string& what_of_it) const
{
    if (const int number = caught_signal; number != 0)
        throw Interrupted(number, what_of_it);
}

std::vector<RunResult> run_farm(const Scenario& scenario, std::uint64_t seed, std::uint32_t count,
                                unsigned jobs, Hours sample_every, const std::string& label)
{
    const SignalGuard guard;
    Progress progress;
    std::vector<RunResult> results;
    {
        const Monitor monitor(progress, label, count);
        results = run_all(scenario, seed, count, jobs, progress, sample_every);
    }
    guard.check("nothing was written");
    return results;
}

} // namespace walkout::cli
