#pragma once

#include "sim/io/failure.hpp"

#include <filesystem>
#include <string_view>

namespace walkout::io {

/// A file in the making: under a temporary name beside its place until it is whole. One that is not
/// finished leaves nothing behind.
class Draft {
public:
    /// @throws FileError when nothing can be written there
    explicit Draft(std::filesystem::path final_path);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::filesystem::path& path() const { return draft_; } ///< for others that write to it
    const std::filesystem::path& final_path() const { return final_; }

    void append(std::string_view content); ///< @throws FileError
    void finish(); ///< flush it to the disk and give it its name; @throws FileError

private:
    std::filesystem::path final_, draft_;
    int file_ = -1; ///< open until finished
};

/// Write a file whole or not at all: flushed to the disk, then renamed. @throws FileError
void write_whole(const std::filesystem::path& path, std::string_view content);

} // namespace walkout::io
