#include "sim/cli/sweep_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/io/problems.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/core.h>
#include <sys/resource.h>

namespace walkout::cli {

namespace {

double peak_memory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

/// Bytes of a row in the store, as measured: numbers take nine, texts their length.
double bytes_of(const RunRow& row)
{
    constexpr double per_number = 9, fixed = 60;
    const auto numbers = static_cast<double>(row.parameters.size() + row.measures.size());
    return fixed + per_number * numbers +
           static_cast<double>(row.scenario.size() + row.outcome.size() + row.fingerprint.size() +
                               row.curve.size());
}

/// What a run takes, on average.
struct Pilot {
    double seconds = 0;
    double bytes = 0; ///< in the store
};

/// Make some runs, spread over the plan: eight, or as many as a quarter of a second allows.
Pilot try_runs(const Plan& plan, const RowMaker& make)
{
    using Clock = std::chrono::steady_clock;
    constexpr std::uint64_t most = 8;
    make(plan.run(0)); // warms the caches
    Pilot sum;
    double made = 0;
    const auto begin = Clock::now();
    for (std::uint64_t k = 1; k <= most && sum.seconds < 0.25; ++k) {
        sum.bytes += bytes_of(make(plan.run(k * (plan.members() - 1) / most)));
        sum.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        ++made;
    }
    return {sum.seconds / made, sum.bytes / made};
}

std::string amount(double count)
{
    return count < 1e6 ? fmt::format("{:.0f}", count) : fmt::format("{:.3g} million", count / 1e6);
}

} // namespace

SweepEstimate estimate(const PreparedStudy& study, Shard shard, const Crew& crew)
{
    constexpr double per_member = 32;  // of `until`
    constexpr double per_worker = 4e6; // runs under way, and the store's cache
    const Plan& plan = study.plan;
    const Pilot pilot = try_runs(plan, study.make);
    SweepEstimate e;
    e.workers = crew.size;
    e.unit = crew.unit;
    e.runs = static_cast<double>(RunSequence(study.file.study, plan, shard).most_runs());
    e.at_most = !study.file.study.replicates.measure.empty();
    e.seconds = e.runs * pilot.seconds / std::min(crew.size, crew.processors);
    e.disk = e.runs * pilot.bytes;
    e.memory = peak_memory() + per_worker * crew.size +
               (e.at_most ? per_member * static_cast<double>(plan.members()) : 0);
    return e;
}

void check_estimate(const SweepEstimate& e, const std::string& study, bool yes)
{
    constexpr double most_runs = 200'000, most_seconds = 3600, most_bytes = 2e9;
    if (yes || (e.runs <= most_runs && e.seconds <= most_seconds && e.disk <= most_bytes))
        return;
    throw io::LimitError(fmt::format("walkout: error: {}: {}{} runs, about {} and {}\n"
                                     "   help: look at the plan with --dry-run; --yes begins",
                                     study, e.at_most ? "at most " : "", amount(e.runs),
                                     duration_text(e.seconds), bytes_text(e.disk)));
}

} // namespace walkout::cli
