#include "sim/study/plan.hpp"

#include "sim/core/measures.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/statistics.hpp"

#include <Random123/philox.h>
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

/// The seed of a point that shares no luck with others; below the limit of seeds, 1e18.
std::uint64_t own_seed(std::uint64_t seed, std::uint64_t point)
{
    constexpr std::uint32_t tag = 0x504f494eU;
    const auto block = r123::Philox4x32()(
        {{static_cast<std::uint32_t>(point), static_cast<std::uint32_t>(point >> 32), tag, 0}},
        {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}});
    return ((std::uint64_t{block[1]} << 32) | block[0]) >> 5;
}

} // namespace

Plan::Plan(const Study& study)
    : design_(study), scenarios_(study.scenarios.size()), most_replicates_(study.replicates.most),
      seed_(study.seed), common_luck_(study.common_luck)
{
    constexpr double most = 1e12;
    const double runs = static_cast<double>(members()) * most_replicates_;
    if (runs > most)
        throw io::LimitError(fmt::format("walkout: error: {:.0e} runs; the limit is {:.0e}\n"
                                         "   help: fewer points or replicates",
                                         runs, most));
}

PlannedRun Plan::run(std::uint64_t number) const
{
    const std::uint64_t turn = number % members();
    PlannedRun run;
    run.number = number;
    run.scenario = turn % scenarios_;
    run.point = design_.point_of_turn(turn / scenarios_);
    run.replicate = static_cast<std::uint32_t>(number / members());
    run.seed = common_luck_ ? seed_ : own_seed(seed_, run.point);
    return run;
}

RunSequence::RunSequence(const Study& study, const Plan& plan, Shard shard)
    : plan_(plan), shard_(shard), replicates_(study.replicates)
{
    proportion_ = std::ranges::find(outcome_names, replicates_.measure) != outcome_names.end();
    round_end_ = plan.members() * replicates_.least;
    if (replicates_.measure.empty())
        return;
    constexpr std::uint64_t most_members = 10'000'000;
    if (plan.members() > most_members)
        throw io::LimitError("walkout: error: 'until' keeps account of every point; the limit is "
                             "10 million points");
    settled_.resize(plan.members());
    moments_.resize(plan.members());
}

std::uint64_t RunSequence::most_runs() const
{
    const std::uint64_t points = plan_.design().size();
    const std::uint64_t mine = points / shard_.of + (points % shard_.of >= shard_.number ? 1 : 0);
    return mine * plan_.scenarios() * replicates_.most;
}

std::optional<PlannedRun> RunSequence::next()
{
    while (next_ < round_end_) {
        const PlannedRun run = plan_.run(next_++);
        const bool settled = !settled_.empty() && settled_[run.number % plan_.members()];
        if (!settled && shard_.holds(run.point))
            return run;
    }
    return std::nullopt;
}

void RunSequence::note(const PlannedRun& run, double measure)
{
    if (moments_.empty() || std::isnan(measure))
        return;
    measure = std::min(measure, replicates_.ceiling);
    Moments& m = moments_[run.number % plan_.members()];
    ++m.count;
    const double before = measure - m.mean;
    m.mean += before / m.count;
    m.squares += before * (measure - m.mean);
}

double RunSequence::half_width(const Moments& m) const
{
    if (m.count < 2)
        return never;
    if (proportion_) { // where all runs agree a variance of 0 would promise too much
        const Proportion p = proportion(static_cast<std::size_t>(std::lround(m.mean * m.count)),
                                        static_cast<std::size_t>(m.count));
        return (p.high - p.low) / 2;
    }
    return z95 * std::sqrt(m.squares / (m.count - 1) / m.count);
}

bool RunSequence::advance()
{
    round_from_ += replicates_.least;
    if (moments_.empty() || round_from_ >= replicates_.most)
        return false;
    bool any = false;
    for (std::uint64_t turn = 0; turn < plan_.members(); ++turn) {
        settled_[turn] = settled_[turn] || half_width(moments_[turn]) <= replicates_.half_width;
        any = any || (!settled_[turn] && shard_.holds(plan_.run(turn).point));
    }
    const std::uint64_t until = std::uint64_t{round_from_} + replicates_.least;
    next_ = plan_.members() * round_from_;
    round_end_ = plan_.members() * std::min<std::uint64_t>(until, replicates_.most);
    return any;
}

} // namespace walkout
