#pragma once

#include <filesystem>
#include <string_view>

namespace walkout::render {

/// A file in the making: under a temporary name beside its place until it is whole. One that is not
/// finished leaves nothing behind.
class Draft {
public:
    /// @throws FileFailure when nothing can be written there
    explicit Draft(std::filesystem::path final_path);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::filesystem::path& path() const { return draft_; } ///< to write to
    const std::filesystem::path& final_path() const { return final_; }

    void write(std::string_view content); ///< @throws FileFailure
    void finish();                        ///< give it its name; @throws FileFailure

private:
    std::filesystem::path final_, draft_;
    bool finished_ = false;
};

/// Write a file whole or not at all. @throws FileFailure
void write_whole(const std::filesystem::path& path, std::string_view content);

} // namespace walkout::render
