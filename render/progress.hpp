#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace walkout::render {

/// A bar with rate and time left, on standard error if that is a terminal; gone at the end.
class ProgressBar {
public:
    explicit ProgressBar(std::string label);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(std::size_t done, std::size_t count);

private:
    using Clock = std::chrono::steady_clock;

    std::string label_;
    Clock::time_point begin_, drawn_;
    bool terminal_ = false, visible_ = false;
};

} // namespace walkout::render
