#pragma once

/// Two runs with the same luck side by side, and what is said of their scenarios.

#include "render/story.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::render {

/// A number or switch that the scenarios do not share.
struct DifferentValue {
    std::string name = {};
    std::string a = {}, b = {};
};

/// `60 of 100`, rounded as `walkout compare` rounds it; of fewer runs than that `33 of 40`.
std::string in_runs(std::size_t hits, std::size_t runs);

/// What the ensembles of both say: shares of runs in which the leader comes back.
struct ComparedRuns {
    std::uint32_t runs = 0;     ///< of each
    std::string a = {}, b = {}; ///< `93 of 100`
    double a_share = 0, b_share = 0;
    double difference = 0, low = 0, high = 0; ///< b minus a with its 95 % interval, shares
};

/// A scenario as `walkout compare` can read it.
struct PageScenario {
    std::string file = {};
    std::string yaml = {}; ///< what to write into it first; empty: it is there
};

/// What the page about all runs of both is made of.
struct PageSource {
    PageScenario a = {}, b = {};
    std::vector<std::string> overrides = {}; ///< `path=value`, of both
    std::uint64_t seed = 1;
    std::uint32_t runs = 0; ///< of each; 0: there is no page
};

struct Compared {
    std::shared_ptr<const Story> a = {}, b = {};
    std::string a_title = {}, b_title = {};
    std::string a_below = {}, b_below = {}; ///< a second line each
    std::string leader = {};
    std::vector<DifferentValue> values = {};
    ComparedRuns ensembles = {};
    PageSource page = {};
    // From the traces:
    Hours script_parts = never; ///< first event that is not in both as it is
    std::string script_words = {};
    Hours acts_part = never; ///< first act that is not in both
    std::string act_words = {};
    std::size_t different = 0; ///< people whose furthest state differs

    /// Where to jump: the first difference of any kind; `never`: the runs are one.
    Hours parting() const { return std::min(script_parts, acts_part); }
};

/// Of pairs in which both runs finished.
ComparedRuns compared_runs(const std::vector<RunResult>& a, const std::vector<RunResult>& b);

/// Find out where two runs of the same people part. Fills the last part of `compared`.
void find_parting(Compared& compared);

/// The same the other way round.
Compared swapped(const Compared& compared);

} // namespace walkout::render
