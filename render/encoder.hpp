#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace walkout::render {

/// Where ffmpeg is. @throws io::Missing naming the package
std::filesystem::path ffmpeg();

/// ffmpeg at work: it reads from us and writes a file.
class Encoder {
public:
    /// @param arguments  those of ffmpeg; the pictures come as `pipe:0`
    /// @param what       the file that messages name
    Encoder(const std::vector<std::string>& arguments, std::filesystem::path what);
    ~Encoder(); ///< one that has not finished is killed
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;

    /// @throws io::FileError or io::Missing when ffmpeg is gone
    void write(std::string_view bytes);

    /// That was all. @throws io::FileError or io::Missing when ffmpeg was not content
    void finish();

private:
    void start(const std::vector<std::string>& arguments);
    int wait(); ///< for its end; returns its status
    [[noreturn]] void complain(int status) const;
    std::string complaints() const;

    std::filesystem::path what_;
    pid_t child_ = -1;
    int pipe_ = -1;
    int complaints_ = -1; ///< a file in memory that takes what ffmpeg says
};

} // namespace walkout::render
