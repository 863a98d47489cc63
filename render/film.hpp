#pragma once

#include "render/compared.hpp"
#include "render/scene.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace walkout::render {

/// A part of a story, story seconds.
struct Span {
    double from = 0, to = 0;
    bool operator==(const Span&) const = default;
};

/// The frames of some parts, one after the other: frame i of a part is at `from + i / fps`, up to
/// and with its end.
std::vector<double> frame_seconds(const std::vector<Span>& spans, double fps);

/// The parts worth seeing in short: the beats, and the twelve seconds in which most is done; about
/// half a minute in the reference case. Rising, apart.
std::vector<Span> highlights(const Story& story);

/// The twelve story seconds in which most people act.
Span steepest(const Story& story);

/// Draws a moment of a story, or of two runs side by side.
using Camera = std::function<Frame(double second, const View& view)>;

/// @param compared  none: `story` alone; else both its runs, `story` being the first, and views
/// must
///                  be of the tab "Compare"
Camera camera_of(const std::shared_ptr<const Story>& story,
                 const std::shared_ptr<const Compared>& compared);

/// A film: which frames, of what, at what rate. The picture has the size of the view.
struct Film {
    std::shared_ptr<const Story> story = {};
    std::shared_ptr<const Compared> compared = {}; ///< see `camera_of`
    View view = {};
    std::vector<double> seconds = {};
    double fps = 60;
};

/// Told after each frame; may throw to stop.
using Watch = std::function<void(std::size_t done, std::size_t count)>;

/// Write films. Each appears under its name when it is whole, and not at all otherwise.
///
/// @throws io::FileError, io::Missing; what `watch` throws
void write_mp4(const Film& film, const std::filesystem::path& path, const Watch& watch);
void write_gif(const Film& film, const std::filesystem::path& path, const Watch& watch);

/// `frame-00000.png` and so on in a folder, which is made if need be.
void write_frames(const Film& film, const std::filesystem::path& folder, const Watch& watch);

} // namespace walkout::render
