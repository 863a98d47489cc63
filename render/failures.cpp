#include "render/failures.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace walkout::render {

namespace {

std::atomic<int> caught = 0;
std::array<struct sigaction, 3> before{};
constexpr std::array numbers{SIGINT, SIGTERM, SIGPIPE};

void note(int number)
{
    caught = number;
}

} // namespace

Interrupted::Interrupted(int number)
    : std::runtime_error(number == SIGINT ? "interrupted; nothing unfinished was left"
                                          : "terminated; nothing unfinished was left"),
      number_(number)
{
}

SignalGuard::SignalGuard()
{
    for (std::size_t k = 0; k < numbers.size(); ++k) {
        struct sigaction action {};
        action.sa_handler = numbers[k] == SIGPIPE ? SIG_IGN : note;
        sigaction(numbers[k], &action, &before[k]);
    }
}

SignalGuard::~SignalGuard()
{
    for (std::size_t k = 0; k < numbers.size(); ++k)
        sigaction(numbers[k], &before[k], nullptr);
}

void SignalGuard::check()
{
    if (const int number = caught; number != 0)
        throw Interrupted(number);
}

} // namespace walkout::render
