#pragma once

#include "render/report/levers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// The measure over two parameters.
struct HeatMap {
    std::string across_words = {}, up_words = {};     ///< names of the parameters
    std::vector<std::string> columns = {}, rows = {}; ///< values, rising; rows from the bottom
    std::vector<Estimate> cells = {};         ///< row after row; no runs: none were made there
    bool binned = false;                      ///< a column is a range of values
    std::size_t averaged_over = 0;            ///< other parameters
    std::optional<std::size_t> baseline = {}; ///< cell
    bool exact = false;                       ///< the baseline is the scenario itself
    std::string baseline_words = {};          ///< `history`

    const Estimate& at(std::size_t row, std::size_t column) const
    {
        return cells[row * columns.size() + column];
    }
};

/// The measure over one parameter.
struct Response {
    std::string words = {};
    std::vector<LeverEnd> steps = {};
    std::optional<std::size_t> baseline = {}; ///< step
    bool others_fixed = false;                ///< the other parameters are as the scenario has them
    bool binned = false;
};

/// Of the two strongest levers of a grid or a sample in the first scenario; none when fewer vary.
std::optional<HeatMap> heat_map_of(const StudyRuns& study, const Levers& levers);

/// Of the strongest lever with three values or more.
std::optional<Response> response_of(const StudyRuns& study, const Levers& levers);

} // namespace walkout::report
