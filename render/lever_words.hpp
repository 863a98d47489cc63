#pragma once

/// Plain words for the numbers of a scenario, as the inspector has them for the terms of a
/// decision.

#include "render/story.hpp"
#include "sim/study/lever.hpp"

#include <string>

namespace walkout::render {

/// `Loyalty to the leader`; of an event's number `The letter goes public: speed of the news`.
std::string lever_name(const Lever& lever, const Scenario& scenario);

/// The heading that a lever stands under: `People`, `Board`.
std::string lever_group(const Lever& lever);

/// A value as a person would write it: `62 %`, `1.38/h`, `Sun 23:55`, `1.2×`.
std::string lever_value(const Lever& lever, double value, const Story& story);

/// What somebody typed for a lever: as a scenario would have it, for a moment also a time of the
/// clock. @return nothing when it is no value of the lever
std::optional<double> typed_value(const Lever& lever, const std::string& text, const Story& story);

} // namespace walkout::render
