#pragma once

#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace walkout::io {

/// Reading or writing failed outside of the user's input: full disk, rights, lost pipe. Exit 5.
class FileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A file in the making: under a temporary name beside its place until it is whole. One that is not
/// finished leaves nothing behind.
class Draft {
public:
    /// @throws FileError when nothing can be written there
    explicit Draft(std::filesystem::path final_path);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::filesystem::path& path() const { return draft_; } ///< to write to
    const std::filesystem::path& final_path() const { return final_; }

    void write(std::string_view content); ///< @throws FileError
    void finish();                        ///< give it its name; @throws FileError

private:
    std::filesystem::path final_, draft_;
    bool finished_ = false;
};

/// Write a file whole or not at all: flushed to the disk, then renamed. @throws FileError
void write_whole(const std::filesystem::path& path, std::string_view content);

} // namespace walkout::io
