#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace walkout::cli {

/// Reading or writing failed outside of the user's input: full disk, rights, lost pipe. Exit 5.
class FileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Make a folder with all above it. @throws FileError
void make_folder(const std::filesystem::path& folder);

/// A file that is written piece by piece, whole or not at all: under a temporary name beside it,
/// flushed to the disk, then renamed. All functions throw FileError; nothing is left behind then,
/// nor when it goes before it is finished.
class DraftFile {
public:
    explicit DraftFile(std::filesystem::path path);
    ~DraftFile();
    DraftFile(const DraftFile&) = delete;
    DraftFile& operator=(const DraftFile&) = delete;

    void append(std::string_view content);
    void finish();

private:
    [[noreturn]] void give_up(int error);

    std::filesystem::path path_, draft_;
    int file_ = -1;
};

/// Write a file whole or not at all. @throws FileError
void write_file(const std::filesystem::path& path, std::string_view content);

/// The whole content. @throws FileError
std::string read_file(const std::filesystem::path& path);

/// Print to standard output. @throws FileError when it cannot take the text
void print(std::string_view text);

/// Talk: one line to standard error after "walkout: ".
void say(std::string_view line);

} // namespace walkout::cli
