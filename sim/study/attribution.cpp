#include "sim/study/attribution.hpp"

#include "sim/study/statistics.hpp"
#include "sim/study/workers.hpp"

#include "sim/core/branch.hpp"
#include "sim/core/fingerprint.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <unordered_map>

namespace walkout {

namespace {

constexpr std::size_t most_factors = 63;

/// One number per factor.
using Shares = std::vector<double>;

/// What one replicate says of one number.
struct ReplicateShares {
    double with_all = 0, with_none = 0;
    Shares shapley = {}, drop_one = {}, alone = {};
    std::vector<Shares> by_pair = {};    ///< of orders; empty: exact
    std::vector<double> coalitions = {}; ///< the value of each; empty: not exact
};

struct ReplicateAnswer {
    std::array<ReplicateShares, attributed_count> measures;
    std::uint64_t runs = 0;
    std::uint64_t fingerprint = 0;
    std::string error;
};

/// The values of a replicate's coalitions, each run once.
class Memory {
public:
    Memory(const Game& game, std::uint32_t replicate, Progress& progress)
        : game_(game), replicate_(replicate), progress_(progress)
    {
    }

    const AttributedValues& at(Coalition coalition)
    {
        const auto [place, is_new] = values_.try_emplace(coalition);
        if (is_new) {
            if (progress_.stop)
                throw std::runtime_error("stopped");
            place->second = game_(coalition, replicate_);
            for (const double value : place->second)
                hash_.add(value);
            ++progress_.done;
        }
        return place->second;
    }

    std::uint64_t runs() const { return values_.size(); }
    std::uint64_t fingerprint() const { return hash_.value(); }

private:
    const Game& game_;
    std::uint32_t replicate_;
    Progress& progress_;
    std::unordered_map<Coalition, AttributedValues> values_;
    Fingerprint hash_;
};

/// One replicate, from its game to its shares.
class Replicate {
public:
    Replicate(const Game& game, std::size_t factors, const AttributionSettings& settings,
              std::uint32_t number, Progress& progress)
        : factors_(factors), memory_(game, number, progress), exact_(factors <= settings.exact_to)
    {
        if (!exact_)
            orders_ = antithetic_orders(factors, settings.pairs, settings.seed, number);
    }

    ReplicateAnswer answer()
    {
        ReplicateAnswer answer;
        for (std::size_t m = 0; m < attributed_count; ++m)
            answer.measures[m] = shares_of(m);
        answer.runs = memory_.runs();
        answer.fingerprint = memory_.fingerprint();
        return answer;
    }

private:
    ReplicateShares shares_of(std::size_t measure)
    {
        const auto value = [&](Coalition coalition) { return memory_.at(coalition)[measure]; };
        const Coalition all = full_coalition(factors_);
        ReplicateShares shares{.with_all = value(all), .with_none = value(0)};
        if (exact_) {
            for (Coalition coalition = 0; coalition <= all; ++coalition)
                shares.coalitions.push_back(value(coalition));
            shares.shapley = shapley_values(factors_, shares.coalitions);
        } else {
            sample(shares, value);
        }
        for (std::size_t i = 0; i < factors_; ++i) {
            const Coalition one = Coalition{1} << i;
            shares.drop_one.push_back(shares.with_all - value(all & ~one));
            shares.alone.push_back(value(one) - shares.with_none);
        }
        return shares;
    }

    void sample(ReplicateShares& shares, const CoalitionValue& value) const
    {
        shares.shapley = mean_additions(orders_, value);
        for (std::size_t k = 0; k + 1 < orders_.size(); k += 2)
            shares.by_pair.push_back(mean_additions(std::span(orders_).subspan(k, 2), value));
    }

    std::size_t factors_;
    Memory memory_;
    bool exact_;
    std::vector<Order> orders_;
};

ReplicateAnswer guarded_answer(const Game& game, std::size_t factors,
                               const AttributionSettings& settings, std::uint32_t number,
                               Progress& progress)
{
    try {
        return Replicate(game, factors, settings, number, progress).answer();
    } catch (const std::exception& e) {
        ReplicateAnswer failed;
        failed.error = e.what();
        return failed;
    }
}

/// One number over all replicates.
template <class Pick>
Estimate estimate(const std::vector<ReplicateAnswer>& answers, std::size_t measure, Pick pick)
{
    std::vector<double> values;
    for (const ReplicateAnswer& answer : answers)
        values.push_back(pick(answer.measures[measure]));
    return mean_of(values, false);
}

/// Half of the 95 % interval that the choice of orders alone brings: variance between the pairs of
/// a replicate, over the pairs, averaged over replicates.
double sampling_error(const std::vector<ReplicateAnswer>& answers, std::size_t measure,
                      std::size_t factor)
{
    double variance = 0;
    for (const ReplicateAnswer& answer : answers) {
        const auto& by_pair = answer.measures[measure].by_pair;
        if (by_pair.size() < 2)
            return 0;
        const double count = static_cast<double>(by_pair.size());
        double squares = 0;
        for (const Shares& shares : by_pair)
            squares += std::pow(shares[factor] - answer.measures[measure].shapley[factor], 2);
        variance += squares / (count - 1) / count;
    }
    const double replicates = static_cast<double>(answers.size());
    return z95 * std::sqrt(variance) / replicates;
}

/// The mean of each coalition over the replicates; empty where not all were run.
std::vector<double> mean_coalitions(const std::vector<ReplicateAnswer>& answers,
                                    std::size_t measure)
{
    if (answers.empty())
        return {};
    std::vector<double> means(answers[0].measures[measure].coalitions.size());
    for (const ReplicateAnswer& answer : answers)
        for (std::size_t k = 0; k < means.size(); ++k)
            means[k] += answer.measures[measure].coalitions[k];
    for (double& mean : means)
        mean /= static_cast<double>(answers.size());
    return means;
}

AttributedMeasure measure_of(const std::vector<ReplicateAnswer>& answers, std::size_t measure,
                             std::size_t factors)
{
    using Answer = ReplicateShares;
    AttributedMeasure all{
        .with_all = estimate(answers, measure, [](const Answer& s) { return s.with_all; }),
        .with_none = estimate(answers, measure, [](const Answer& s) { return s.with_none; }),
        .total =
            estimate(answers, measure, [](const Answer& s) { return s.with_all - s.with_none; }),
        .coalitions = mean_coalitions(answers, measure)};
    for (std::size_t i = 0; i < factors; ++i)
        all.contributions.push_back(
            {.shapley = estimate(answers, measure, [i](const Answer& s) { return s.shapley[i]; }),
             .sampling = sampling_error(answers, measure, i),
             .drop_one = estimate(answers, measure, [i](const Answer& s) { return s.drop_one[i]; }),
             .alone = estimate(answers, measure, [i](const Answer& s) { return s.alone[i]; })});
    return all;
}

} // namespace

const std::array<AttributedInfo, attributed_count>& attributed_infos()
{
    static constexpr std::array<AttributedInfo, attributed_count> infos = {{
        {"peak_signed_share", "share",
         "largest share of staff whose names stood under the petition for the leader"},
        {"returned", "share", "share of runs that end with the leader's return"},
        {"hours_to_concession", "hours",
         "from the dismissal to the quorum of directors giving way; the horizon if never"},
    }};
    return infos;
}

AttributedValues attributed_values(const RunResult& run, Hours horizon)
{
    return {run.measures.peak_signed_share, run.outcome == Outcome::returned ? 1.0 : 0.0,
            std::min(run.measures.hours_to_concession, horizon)};
}

std::uint64_t runs_per_replicate_at_most(std::size_t factors, const AttributionSettings& settings)
{
    if (factors <= settings.exact_to)
        return full_coalition(factors) + 1;
    const std::uint64_t inner = factors - 1; // of an order, without none and all
    return 2 + 2 * settings.pairs * inner + 2 * factors;
}

Attribution attribute(const Game& game, std::size_t factors, const AttributionSettings& settings,
                      Progress& progress)
{
    if (factors == 0 || factors > most_factors)
        throw std::invalid_argument("attribution needs 1 to 63 factors");
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    threads_for(settings.jobs));
    std::vector<ReplicateAnswer> answers(settings.replicates);
    tbb::parallel_for(std::uint32_t{0}, settings.replicates, [&](std::uint32_t k) {
        answers[k] = guarded_answer(game, factors, settings, k, progress);
    });

    Attribution all;
    all.exact = factors <= settings.exact_to;
    all.orders = all.exact ? 0 : 2 * settings.pairs;
    for (const ReplicateAnswer& answer : answers)
        if (!answer.error.empty() && all.failed++ == 0)
            all.first_error = answer.error;
    std::erase_if(answers, [](const ReplicateAnswer& answer) { return !answer.error.empty(); });
    all.replicates = static_cast<std::uint32_t>(answers.size());
    Fingerprint hash;
    for (const ReplicateAnswer& answer : answers) {
        all.runs += answer.runs;
        hash.add(answer.fingerprint);
    }
    all.fingerprint = hash.value();
    for (std::size_t m = 0; m < attributed_count; ++m)
        all.measures[m] = measure_of(answers, m, factors);
    return all;
}

// ---------------------------------------------------------------- the game of a scenario

ScenarioGame::ScenarioGame(const io::ScenarioVariants& variants, const std::vector<Factor>& factors,
                           std::uint64_t seed)
    : variants_(variants), factors_(factors), seed_(seed)
{
    const bool rebuilds = std::ranges::any_of(factors, [&](const Factor& factor) {
        return std::ranges::any_of(factor.without, [&](const io::Assignment& assignment) {
            return variants.settings()[assignment.setting].path.starts_with("organization.");
        });
    });
    if (!rebuilds)
        organization_ = walkout::organization_of(variants.file().scenario, seed);
}

void ScenarioGame::check() const
{
    const Coalition all = full_coalition(factors_.size());
    scenario(0);
    for (std::size_t i = 0; i < factors_.size(); ++i)
        for (const Coalition one : {Coalition{1} << i, all & ~(Coalition{1} << i)})
            scenario(one);
}

Scenario ScenarioGame::scenario(Coalition coalition) const
{
    std::vector<io::Assignment> without;
    for (std::size_t i = 0; i < factors_.size(); ++i)
        if ((coalition >> i & 1U) == 0)
            without.insert(without.end(), factors_[i].without.begin(), factors_[i].without.end());
    std::ranges::sort(without, {}, &io::Assignment::setting);
    return variants_.with(without);
}

AttributedValues ScenarioGame::operator()(Coalition coalition, std::uint32_t replicate) const
{
    const Scenario scenario = this->scenario(coalition);
    const RunResult result = run(
        scenario,
        {.seed = seed_, .replicate = replicate, .sample_every = 0, .organization = organization_});
    return attributed_values(result, scenario.horizon);
}

} // namespace walkout
