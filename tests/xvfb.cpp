#include "tests/xvfb.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace walkout::test {

namespace {

constexpr int patience_ms = 20'000;

/// In the child: becomes the server, or ends.
[[noreturn]] void become_server(int report, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) // it has ended meanwhile
        _exit(1);
    const std::string descriptor = std::to_string(report);
    fcntl(report, F_SETFD, 0); // to survive exec
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", "1700x1000x24",
           "-nolisten", "tcp", "-noreset", static_cast<char*>(nullptr));
    _exit(127);
}

/// What the server writes when it is ready, without the newline; empty if it never is.
std::string read_line(int from)
{
    std::string line;
    pollfd wait{from, POLLIN, 0};
    while (poll(&wait, 1, patience_ms) > 0) {
        char c = 0;
        const ssize_t got = read(from, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got != 1)
            return {};
        if (c == '\n')
            return line;
        line += c;
    }
    return {};
}

} // namespace

Xvfb::Xvfb()
{
    std::array<int, 2> report{};
    if (pipe2(report.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe for Xvfb");
    const pid_t parent = getpid();
    server_ = fork();
    if (server_ == 0)
        become_server(report[1], parent);
    close(report[1]);
    const std::string number = server_ > 0 ? read_line(report[0]) : std::string();
    close(report[0]);
    if (!number.empty()) {
        display_ = ":" + number;
        return;
    }
    if (server_ > 0) {
        kill(server_, SIGTERM);
        waitpid(server_, nullptr, 0);
    }
    throw std::runtime_error("no display, and Xvfb does not start; install the package xvfb");
}

Xvfb::~Xvfb()
{
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
}

void need_display()
{
    const char* display = std::getenv("DISPLAY");
    if (display != nullptr && *display != '\0')
        return;
    static const Xvfb server;
    setenv("DISPLAY", server.display().c_str(), 1);
}

} // namespace walkout::test
