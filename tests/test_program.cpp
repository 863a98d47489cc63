#include "sim/io/failure.hpp"
#include "sim/io/problems.hpp"
#include "sim/program/program.hpp"
#include "sim/program/sibling.hpp"
#include "sim/program/signals.hpp"
#include "sim/study/store.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <new>

namespace walkout {

namespace {

template <class Problem> int exit_code_after(const Problem& problem)
{
    return program::exit_code_of([&]() -> int { throw problem; }, "try less");
}

using Handler = void (*)(int);

Handler handler_of(int number)
{
    struct sigaction now {};
    sigaction(number, nullptr, &now);
    return now.sa_handler;
}

} // namespace

TEST_CASE("a program that we run tells its end, and ends when it is to", "[program]")
{
    CHECK(program::run_sibling("no such program", {}) == 69);
    CHECK(program::run_sibling("/bin/sh", {"-c", "exit 3"}) == 3);
    CHECK(program::run_sibling("/bin/sh", {"-c", "kill -9 $$"}) == 128 + SIGKILL);
    int asked = 0;
    CHECK(program::run_sibling("/bin/sleep", {"3600"}, {.stop = [&] { return ++asked == 2; }}) ==
          128 + SIGTERM);
    CHECK(program::run_sibling("/bin/sh", {"-c", "echo words; exit 4"},
                               {.quiet = true, .stop = [] { return false; }}) == 4);
}

TEST_CASE("each kind of failure has its exit code", "[program][errors]")
{
    CHECK(exit_code_after(io::InputError("wrong")) == 2);
    CHECK(exit_code_after(io::LimitError("too much")) == 4);
    CHECK(exit_code_after(std::bad_alloc()) == 4);
    CHECK(exit_code_after(io::FileError("no space")) == 5);
    CHECK(exit_code_after(StoreError("damaged")) == 5);
    CHECK(exit_code_after(io::Missing("no display")) == 69);
    CHECK(exit_code_after(std::runtime_error("a mistake of ours")) == 70);
    CHECK(exit_code_after(program::Interrupted(SIGINT, "nothing was written")) == 130);
    CHECK(exit_code_after(program::Interrupted(SIGTERM, "nothing was written")) == 143);
    CHECK(program::exit_code_of([] { return 3; }, "") == 3);
}

TEST_CASE("a guard takes the signals it was made for and gives them back", "[program]")
{
    std::signal(SIGPIPE, SIG_DFL); // whatever tests before this one left
    const Handler interrupt = handler_of(SIGINT), terminate = handler_of(SIGTERM),
                  pipe = handler_of(SIGPIPE);
    {
        const program::SignalGuard quiet;
        CHECK(handler_of(SIGINT) != interrupt);
        CHECK(handler_of(SIGTERM) != terminate);
        CHECK(handler_of(SIGPIPE) == pipe);
        const program::SignalGuard told(program::LostPipe::is_told);
        CHECK(handler_of(SIGPIPE) == SIG_IGN);
    }
    CHECK(handler_of(SIGINT) == interrupt);
    CHECK(handler_of(SIGTERM) == terminate);
    CHECK(handler_of(SIGPIPE) == pipe);
}

} // namespace walkout
