#pragma once

#include "render/player.hpp"

#include <string>

namespace walkout::render {

/// `person Infrastructure-41`, `play`, `flag 3`: what a control is, in words; empty: none.
std::string name_of(const Story& story, ControlId id);

/// What a player shows, as one line of JSON; the fields stand in the help of `walkout play`.
std::string state_line(const Story& story, const Player& player);

} // namespace walkout::render
