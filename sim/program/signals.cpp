#include "sim/program/signals.hpp"

#include <atomic>
#include <string>

namespace walkout::program {

namespace {

constexpr std::array numbers{SIGINT, SIGTERM, SIGPIPE};

std::atomic<int> caught_signal = 0;

void catch_signal(int number)
{
    caught_signal = number;
}

} // namespace

Interrupted::Interrupted(int number, std::string_view what_of_it)
    : std::runtime_error((number == SIGINT ? "interrupted; " : "terminated; ") +
                         std::string(what_of_it)),
      number_(number)
{
}

SignalGuard::SignalGuard(LostPipe lost_pipe)
{
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        const bool ours = numbers[k] != SIGPIPE || lost_pipe == LostPipe::is_told;
        struct sigaction action {};
        action.sa_handler = numbers[k] == SIGPIPE ? SIG_IGN : catch_signal;
        sigaction(numbers[k], ours ? &action : nullptr, &before_[k]);
    }
}

SignalGuard::~SignalGuard()
{
    for (std::size_t k = 0; k < numbers.size(); ++k)
        sigaction(numbers[k], &before_[k], nullptr);
}

int SignalGuard::caught()
{
    return caught_signal;
}

void SignalGuard::check(std::string_view what_of_it)
{
    if (const int number = caught_signal; number != 0)
        throw Interrupted(number, what_of_it);
}

} // namespace walkout::program
