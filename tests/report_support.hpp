#pragma once

/// What the tests of pages share: studies whose runs are made up, so that every number is known.

#include "render/report/posterior_data.hpp"
#include "render/report/report_data.hpp"
#include "sim/study/store.hpp"
#include "tests/cli_support.hpp"

#include <functional>
#include <string>
#include <vector>

namespace walkout {

/// What a made-up run found.
struct MadeUp {
    bool returned = true;
    double peak = 0.5; ///< share
    double half = 10;  ///< hours; may be infinite
    bool fails = false;
    std::vector<std::int32_t> names = {0, 0, 1, 3, 4, 4}; ///< signatures every hour
};

using Maker = std::function<MadeUp(const std::vector<double>& values, std::uint32_t replicate)>;

/// A study of the five people of letter.yaml whose store holds made-up runs.
class MadeUpStudy {
public:
    /// @param yaml  title, parameters, design and replicates; scenario and measures are added
    MadeUpStudy(const std::string& yaml, const Maker& maker);

    std::string folder() const { return (folder_ / "results").string(); }
    report::StudyRuns runs(const std::string& measure = "") const;
    report::ReportData data() const;

private:
    TemporaryFolder folder_;
};

/// What `walkout calibrate` finds about two parameters of letter.yaml and three counts, two of them
/// fitted; page and all stay in the folder.
/// @param fit  what stands in the map `calibrate`
report::PosteriorData small_posterior(
    const TemporaryFolder& folder,
    const std::string& fit = "method: abc_smc, particles: 60, generations: 2, draws: 40");

} // namespace walkout
