#pragma once

/// From what somebody typed to a story and a view of it.

#include "render/options.hpp"
#include "render/story.hpp"
#include "render/view.hpp"

#include <filesystem>
#include <memory>

namespace walkout::render {

/// A story, and where things that belong to it are kept.
struct Opened {
    std::shared_ptr<const Story> story;
    bool ran = false;                ///< made now from a scenario, not read
    std::filesystem::path bookmarks; ///< file beside the trace, or with the scenario's results
};

/// Read a trace, or read a scenario and run it once.
///
/// @throws io::InputError, io::LimitError
Opened open_story(const Source& source);

/// The moment at which a run can be left for what else could follow the shown one: six minutes
/// later at most, the usual tick, so that all that was shown has happened. Nothing where the story
/// is over.
std::optional<Hours> branch_moment(const Story& story, double second);

/// Whether a file holds a recorded run, and no scenario.
bool is_recorded_run(const std::string& file);

/// The story second of what people type: a time of the clock, or `45s`.
/// @throws io::InputError naming `option`
double second_of(const Story& story, const std::string& text, const std::string& option);

/// @throws io::InputError, with the id that was likely meant
AgentId person_of(const Story& story, const std::string& id);

/// A view as `look` asks for, in `size`.
View view_of(const Story& story, const Look& look, Size size, float scale);

/// `openai_2023-mon-0548`: the name of a picture of a moment, without its ending.
std::string picture_name(const Story& story, double second);

} // namespace walkout::render
