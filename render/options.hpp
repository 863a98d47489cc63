#pragma once

#include "render/palette.hpp"
#include "sim/core/types.hpp"
#include "sim/program/program.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace walkout::render {

/// What to show: a recorded run, or a scenario that is run now.
struct Source {
    std::string file = {}; ///< trace or scenario; - is a scenario on standard input
    std::vector<std::string> overrides = {}; ///< `path=value`
    std::optional<std::uint64_t> seed = {};
    std::optional<std::uint32_t> replicate = {}; ///< 0 unless given
};

struct Size {
    int width = 0, height = 0;
    bool operator==(const Size&) const = default;
};

/// How to show it.
struct Look {
    std::string at = {};     ///< a moment: `Mon 05:48`, `h 64.5`, `45s` of the story
    std::string select = {}; ///< id of a person
    std::optional<Theme> theme = {};
    std::optional<bool> reduced_motion = {};
    std::optional<Size> size = {};   ///< device pixels
    std::optional<float> scale = {}; ///< device pixels per logical one
    bool presenter = false;
};

struct PlayOptions {
    Source source = {};
    Look look = {};
    bool text = false;
    std::optional<Hours> every = {}; ///< of the text
    std::string screenshot = {};     ///< write the first frame as the screen shows it
    bool quit = false;               ///< after the first frame
    std::string compare = {};        ///< a second scenario or trace, beside the first
    std::string log_state = {};      ///< file for one JSON line per change of what is shown
};

struct ExportOptions {
    Source source = {};
    Look look = {};
    std::string compare = {}; ///< a second scenario or trace, beside the first
    std::string png = {}, svg = {}, pdf = {}, mp4 = {}, gif = {},
                frames = {};        ///< where to; empty: not wanted
    std::string page = {};          ///< folder of the page of both; empty: not wanted
    std::string from = {}, to = {}; ///< moments; empty: start, end
    std::optional<double> fps = {};
    std::optional<bool> highlights = {}; ///< in short; empty: GIF yes, others no
};

using Options = std::variant<program::ShowText, PlayOptions, ExportOptions>;

/// @throws io::InputError with a suggestion when the words make no sense
Options parse_options(int argc, char** argv);

} // namespace walkout::render
