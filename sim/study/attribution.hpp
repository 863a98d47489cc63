#pragma once

#include "sim/core/run.hpp"
#include "sim/study/estimate.hpp"
#include "sim/study/factor.hpp"
#include "sim/study/shapley.hpp"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// The numbers that are attributed, one each per run.
struct AttributedInfo {
    std::string_view name;
    std::string_view unit; ///< share or hours
    std::string_view meaning;
};

inline constexpr std::size_t attributed_count = 3;
using AttributedValues = std::array<double, attributed_count>;

/// peak_signed_share, returned (0 or 1), hours_to_concession.
const std::array<AttributedInfo, attributed_count>& attributed_infos();

/// Those of one run; an hour that never came counts as the horizon.
AttributedValues attributed_values(const RunResult& run, Hours horizon);

struct AttributionSettings {
    std::uint64_t seed = 1;
    std::uint32_t replicates = 200;
    unsigned jobs = 0;     ///< threads; 0: all cores
    std::size_t pairs = 4; ///< of antithetic orders per replicate, where orders are sampled; >= 2
    std::size_t exact_to = 10; ///< most factors for which all coalitions are run
};

/// Runs of one replicate: all coalitions, or those that some orders and the drop-ones need.
std::uint64_t runs_per_replicate_at_most(std::size_t factors, const AttributionSettings& settings);

/// What one factor did to one number. Differences within a replicate; intervals over replicates.
struct Contribution {
    Estimate shapley = {};
    double sampling = 0;    ///< half of the 95 % interval that is due to sampled orders; 0: exact
    Estimate drop_one = {}; ///< all minus all but this
    Estimate alone = {};    ///< only this minus none
};

struct AttributedMeasure {
    Estimate with_all = {};
    Estimate with_none = {};
    Estimate total = {}; ///< with all minus with none: the sum of the Shapley values
    std::vector<Contribution> contributions = {}; ///< by factor
    std::vector<double> coalitions = {}; ///< mean by coalition, see `Coalition`; only when exact
};

struct Attribution {
    bool exact = true;
    std::size_t orders = 0; ///< per replicate, when not exact
    std::uint64_t runs = 0;
    std::uint32_t replicates = 0; ///< finished
    std::uint32_t failed = 0;     ///< replicates left out because a run of theirs failed
    std::string first_error = {};
    std::array<AttributedMeasure, attributed_count> measures = {};
    std::uint64_t fingerprint = 0; ///< of all values, in order
};

/// The numbers of a coalition under the luck of a replicate. Called from many threads, once for
/// each pair at most. What it throws fails the replicate.
using Game = std::function<AttributedValues(Coalition, std::uint32_t replicate)>;

/// Shapley values, drop-ones and alones of a game's factors.
///
/// Up to `exact_to` factors all coalitions are run and Shapley values are exact for each replicate.
/// Above, each replicate averages over its own antithetic orders: the sum stays the total in every
/// replicate, and the intervals over replicates contain both luck and sampling.
/// @throws std::invalid_argument for no factors, or more than 63
Attribution attribute(const Game& game, std::size_t factors, const AttributionSettings& settings,
                      Progress& progress);

/// The game of a scenario: a factor that is not in a coalition is taken away.
/// @param variants, factors  must stay; coalitions that cannot be run have been refused by `check`
class ScenarioGame {
public:
    ScenarioGame(const io::ScenarioVariants& variants, const std::vector<Factor>& factors,
                 std::uint64_t seed);

    /// Try the full and the empty coalition and those with one factor more or less.
    /// @throws io::InputError when what factors set does not fit together
    void check() const;

    Scenario scenario(Coalition coalition) const;
    AttributedValues operator()(Coalition coalition, std::uint32_t replicate) const;

private:
    const io::ScenarioVariants& variants_;
    const std::vector<Factor>& factors_;
    std::uint64_t seed_;
    std::shared_ptr<const Organization> organization_; ///< where all coalitions share one
};

} // namespace walkout
