#include "render/ranks.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

constexpr int moments = 480; ///< from the start to the horizon

int count_at(const RunResult& run, bool letter, Hours time)
{
    return letter ? run.names_at(time) : run.departures_at(time);
}

} // namespace

std::size_t Ranks::row(Hours time) const
{
    const auto after = std::ranges::upper_bound(times, time);
    return after == times.begin() ? 0 : static_cast<std::size_t>(after - times.begin()) - 1;
}

Ranks ranks_of(const Futures& futures, std::uint32_t run, bool letter, Hours horizon)
{
    Ranks ranks;
    for (std::uint32_t k = 0; k < futures.count; ++k)
        ranks.runs += futures[k].result.error.empty();
    for (int moment = 0; moment <= moments; ++moment) {
        const Hours time = horizon * moment / moments;
        const int own = count_at(futures[run].result, letter, time);
        std::uint32_t fewer = 0, more = 0;
        for (std::uint32_t k = 0; k < futures.count; ++k) {
            if (!futures[k].result.error.empty())
                continue;
            const int other = count_at(futures[k].result, letter, time);
            fewer += other < own;
            more += other > own;
        }
        const double ties = ranks.runs - fewer - more;
        ranks.times.push_back(time);
        ranks.place.push_back((fewer + ties / 2) / ranks.runs);
        ranks.rank.push_back(fewer + more == 0 ? 0 : more + 1);
    }
    return ranks;
}

} // namespace walkout::render
