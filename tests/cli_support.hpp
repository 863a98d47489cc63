#pragma once

/// What the tests of input and of the command line share: the program in a child process, folders
/// that vanish, and texts that are compared with files.

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace walkout {

// ---------------------------------------------------------------- files

/// The root of the checkout.
std::filesystem::path checkout();

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, std::string_view text);

/// The scenarios that come with the program, sorted by name.
std::vector<std::filesystem::path> gallery();

/// Compare a text with `tests/golden/<name>`; `WALKOUT_UPDATE_GOLDEN=1` writes the file instead.
void check_golden(const std::string& name, const std::string& text);

/// An empty folder, removed with all in it when the test ends.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

    /// Names of all files in it, at any depth, sorted.
    std::vector<std::string> files() const;

private:
    std::filesystem::path path_;
};

/// Stand in a folder until the end of the scope.
class WorkingFolder {
public:
    explicit WorkingFolder(const std::filesystem::path& folder);
    ~WorkingFolder();
    WorkingFolder(const WorkingFolder&) = delete;
    WorkingFolder& operator=(const WorkingFolder&) = delete;

private:
    std::filesystem::path before_;
};

/// A file system of a given size (like `64k`) mounted on a folder, gone at the end of the scope.
class TinyDisk {
public:
    TinyDisk(const std::filesystem::path& folder, const std::string& size);
    ~TinyDisk();
    TinyDisk(const TinyDisk&) = delete;
    TinyDisk& operator=(const TinyDisk&) = delete;

    /// False where mounting is not permitted.
    bool mounted() const { return mounted_; }

private:
    std::filesystem::path folder_;
    bool mounted_ = false;
};

// ---------------------------------------------------------------- programs

/// How a child process is started.
struct Setting {
    std::filesystem::path folder = {};             ///< empty: the checkout
    std::string input = {};                        ///< its standard input
    std::map<std::string, std::string> extra = {}; ///< environment variables
    std::string output_to = {};   ///< a path for standard output; empty: collect it
    std::size_t largest_file = 0; ///< bytes that the child may write to one; 0: any
    bool reader_leaves = false;   ///< close the pipe of standard output at once
    /// Called again and again while the child runs, with its process id and what it wrote so far.
    std::function<void(pid_t, const std::string&)> meanwhile = {};
};

/// The same, but the child is killed (SIGKILL) once the store it writes has grown by so many bytes.
Setting killed_as_it_grows(Setting setting, const std::filesystem::path& store,
                           std::uintmax_t bytes);

/// What a child process left behind.
struct Ended {
    int code = 0; ///< as a shell tells it: 128 + signal when it was killed
    std::string out;
    std::string err;
};

/// Run a program to its end. One that hangs is killed after five minutes, which fails the test.
Ended run_program(const std::vector<std::string>& words, const Setting& setting = {});

/// Run `walkout` with these arguments.
Ended walkout(std::vector<std::string> arguments, const Setting& setting = {});

/// Run it with words that make no sense: exit 2, nothing on standard output. @return what it says
std::string refused(std::vector<std::string> arguments);

/// Check that a text contains another.
void tells(const std::string& text, const std::string& part);

/// How many lines a text has.
std::size_t line_count(std::string_view text);

} // namespace walkout
