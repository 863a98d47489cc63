#include "sim/cli/monitor.hpp"

#include "sim/cli/terminal.hpp"
#include "sim/program/signals.hpp"

#include <chrono>
#include <fmt/core.h>
#include <unistd.h>

namespace walkout::cli {

namespace {

using Clock = std::chrono::steady_clock;

/// Write to a terminal; what it does not take is not worth a word.
void draw(int terminal, const std::string& text)
{
    [[maybe_unused]] const auto written = ::write(terminal, text.data(), text.size());
}

/// @param before  runs that were done when the work began
std::string bar_of(const std::string& label, const Tally& tally, std::uint64_t before,
                   double seconds)
{
    if (!tally.note.empty())
        return fmt::format("\r\x1b[K{} {} {}/{}  {}", label,
                           bar(static_cast<double>(tally.done) / static_cast<double>(tally.of), 24),
                           tally.done, tally.of, tally.note);
    const double share = static_cast<double>(tally.done) / static_cast<double>(tally.of);
    const double rate = seconds > 0 ? static_cast<double>(tally.done - before) / seconds : 0;
    const double left = rate > 0 ? static_cast<double>(tally.of - tally.done) / rate : 0;
    return fmt::format("\r\x1b[K{} {} {}/{}{} {}  {:.0f}/s  {}{} left{}", label, bar(share, 24),
                       tally.done, tally.at_most ? "at most " : "", tally.of, tally.what, rate,
                       tally.at_most ? "at most " : "", duration_text(left),
                       tally.failed > 0 ? fmt::format("  {} failed", tally.failed) : "");
}

} // namespace

Monitor::Monitor(std::string label, std::function<Tally()> tally, std::function<void()> stop)
    : thread_([this, label = std::move(label), tally = std::move(tally), stop = std::move(stop)](
                  const std::stop_token& stopped) { watch(stopped, label, tally, stop); })
{
}

void Monitor::watch(const std::stop_token& stopped, const std::string& label,
                    const std::function<Tally()>& tally, const std::function<void()>& stop)
{
    constexpr auto patience = std::chrono::milliseconds(300); // short work needs no bar
    const int terminal = terminal_behind(STDERR_FILENO);
    const auto begin = Clock::now();
    const std::uint64_t before = tally().done;
    bool drawn = false;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, stopped, std::chrono::milliseconds(50),
                           [&] { return stopped.stop_requested(); })) {
        if (stopped.stop_requested())
            break;
        if (program::SignalGuard::caught() != 0)
            stop();
        const auto elapsed = Clock::now() - begin;
        if (terminal < 0 || elapsed < patience)
            continue;
        draw(terminal,
             bar_of(label, tally(), before, std::chrono::duration<double>(elapsed).count()));
        drawn = true;
    }
    if (drawn)
        draw(terminal, "\r\x1b[K");
}

} // namespace walkout::cli
