#pragma once

#include "sim/core/world.hpp"

namespace walkout::cli {

/// The words of files and tables for the engine's enumerations.
const char* name_of(Stance stance);
const char* name_of(Cause cause);
const char* name_of(Rung rung);
const char* name_of(Pole pole);

} // namespace walkout::cli
