#pragma once

#include "render/report/stories.hpp"

#include <string>
#include <vector>

namespace walkout::report {

/// How long the runs of one row waited for something.
struct WaitLine {
    std::string words = {};
    std::vector<double> hours = {}; ///< by run, rising; the horizon where it never came

    /// The hour from which at most half of the runs wait.
    double half() const;
};

/// Of a measure in hours: one line per row of the table, as many as a chart can hold.
struct Waits {
    Hours horizon = 0;
    std::vector<WaitLine> lines = {};

    bool never(double hours) const { return hours >= horizon; }
    /// Share of the runs of a line in which it had not come at an hour, the end included.
    double waiting(const WaitLine& line, Hours hour) const;
};

Waits waits_of(const StudyRuns& study, const Stories& stories);

} // namespace walkout::report
