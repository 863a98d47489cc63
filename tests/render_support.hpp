#pragma once

/// What tests of the pictures share: traces of scenarios and traces made by hand.

#include "render/story.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::render {

/// The story of replicate 0 of `scenarios/<name>.yaml`; made once per process.
const Story& story_of(const std::string& name);

/// The story of a run of a scenario.
std::shared_ptr<const Story> story_of(const Scenario& scenario, std::uint64_t seed = 3);

/// What the people of a trace made by hand do. Times are spread evenly over hours: the dismissal at
/// 0, the letter at 10, signatures from 10 to 20, departures from 22 to 28, the settlement at 30.
struct Plotline {
    double post = 1; ///< shares of all people
    double sign = 0.9;
    double leave = 0.2; ///< from the ring or from the seat
    bool settled = true;
    double come_back = 0.5; ///< share of leavers who return from outside later
    double leave_again = 0; ///< share of returned signers who leave after the settlement
    std::uint64_t seed = 1; ///< of who does what
    int directors = 4;
};

/// A company of one department with a team, or of a department each, of these sizes. The first
/// person of each leads, some are senior.
std::shared_ptr<const Organization> company(const std::vector<int>& sizes);

/// A trace of such a company.
Trace made_trace(const std::vector<int>& sizes, const Plotline& plot = {});

/// `people` in blocks that halve in size: uneven, as departments are.
std::vector<int> uneven_blocks(int people, int blocks);

} // namespace walkout::render
