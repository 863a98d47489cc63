#pragma once

#include "sim/io/map_reader.hpp"
#include "sim/io/study_file.hpp"

#include <vector>

namespace walkout::io {

/// Read the key `design` of a study, and whether it can make points of the parameters.
/// @param places  where each parameter stands; none: some parameter is wrong, so that the design is
///                checked by itself only
void read_study_design(MapReader& study, const std::vector<Place>* places, StudyFile& file,
                       Problems& problems);

} // namespace walkout::io
