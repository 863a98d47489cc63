#pragma once

#include "sim/study/store.hpp"

#include <string>

namespace walkout {

/// Write a study as NetCDF-4, whole or not at all.
///
/// Dimensions: `scenario` where there are several; of a grid one per parameter, of other designs
/// `point` with the parameters as coordinates; `replicate`; for curves `time`. Variables: the
/// measures (infinite: not within the horizon), `outcome` (flags), `failed` (1: the run failed),
/// `run`, `fingerprint`, and the curves `signed`, `posted`, `gone`. What was not run is missing.
/// Units follow CF, but hours are called `h`, which readers do not take for dates.
/// @throws StoreError
void write_netcdf(const Store& store, const std::string& path);

} // namespace walkout
