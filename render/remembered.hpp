#pragma once

/// Small files that outlive a window: how somebody likes it, and bookmarks. One that is damaged
/// counts as missing.

#include "render/palette.hpp"
#include "render/story.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace walkout::render {

/// What a person set once and wants to find again.
struct Settings {
    std::optional<Theme> theme = {};
    std::optional<float> ui_scale = {}; ///< 0.75 .. 3
    std::optional<bool> reduced_motion = {};
    bool operator==(const Settings&) const = default;
};

/// `$XDG_CONFIG_HOME/walkout/window.json`, or below `~/.config`; empty: there is no home.
std::filesystem::path settings_file();

Settings read_settings(const std::filesystem::path& file);

/// @throws io::FileError
void write_settings(const std::filesystem::path& file, const Settings& settings);

/// Bookmarks as story seconds. In the file they are moments of the clock, with the seconds into a
/// beat, so that they survive another pacing.
std::vector<double> read_bookmarks(const std::filesystem::path& file, const Story& story);

/// Removes the file when there are none. @throws io::FileError
void write_bookmarks(const std::filesystem::path& file, const Story& story,
                     const std::vector<double>& seconds);

} // namespace walkout::render
