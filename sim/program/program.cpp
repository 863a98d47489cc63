#include "sim/program/program.hpp"

#include "sim/io/failure.hpp"
#include "sim/io/problems.hpp"
#include "sim/program/signals.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/core.h>
#include <new>

namespace walkout::program {

namespace {

int complain(int code, std::string_view text)
{
    say(text);
    return code;
}

} // namespace

int exit_code_of(const std::function<int()>& work, std::string_view memory_cure)
{
    try {
        return work();
    } catch (const io::InputError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 2;
    } catch (const io::LimitError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 4;
    } catch (const io::Failure& e) {
        return complain(e.exit_code(), e.what());
    } catch (const Interrupted& e) {
        return complain(128 + e.signal(), e.what());
    } catch (const std::bad_alloc&) {
        return complain(4, fmt::format("out of memory; {}", memory_cure));
    } catch (const std::exception& e) {
        return complain(70, fmt::format("internal error: {}; please report it", e.what()));
    }
}

void print(std::string_view text)
{
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!written || std::fflush(stdout) != 0)
        throw io::FileError(
            fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

int execute(const ShowText& options)
{
    print(options.text);
    return 0;
}

void say(std::string_view line)
{
    fmt::print(stderr, "walkout: {}\n", line);
}

} // namespace walkout::program
