#include "render/progress.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace walkout::render {

namespace {

constexpr double width = 24; ///< columns of the bar

std::string blocks(double share)
{
    const auto full = static_cast<long>(std::lround(std::clamp(share, 0.0, 1.0) * width));
    std::string text;
    for (long k = 0; k < static_cast<long>(width); ++k)
        text += k < full ? "█" : "░";
    return text;
}

} // namespace

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), begin_(Clock::now()), drawn_(begin_),
      terminal_(isatty(STDERR_FILENO) == 1)
{
}

ProgressBar::~ProgressBar()
{
    if (visible_)
        fmt::print(stderr, "\r\x1b[K");
}

void ProgressBar::show(std::size_t done, std::size_t count)
{
    const auto now = Clock::now();
    if (!terminal_ || now - drawn_ < std::chrono::milliseconds(100))
        return;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double rate = static_cast<double>(done) / seconds;
    const double left = static_cast<double>(count - done) / rate;
    fmt::print(stderr, "\r\x1b[K{} {} {}/{} frames  {:.0f}/s  {:.0f} s left", label_,
               blocks(static_cast<double>(done) / static_cast<double>(count)), done, count, rate,
               left);
    drawn_ = now;
    visible_ = true;
}

} // namespace walkout::render
