#pragma once

#include "sim/io/map_reader.hpp"
#include "sim/io/study_file.hpp"

#include <vector>

namespace walkout::io {

/// Read the key `calibrate` of a study, and whether its parameters are priors that can be fitted
/// and its scenarios have something to fit them to.
/// @param places  where each parameter stands; none: some parameter is wrong
void read_study_calibration(MapReader& study, const std::vector<Place>* places, StudyFile& file,
                            Problems& problems);

/// The words for methods, in the order of `FitMethod`.
const std::vector<std::string>& fit_method_names();

} // namespace walkout::io
