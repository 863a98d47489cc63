#include "sim/cli/names.hpp"
#include "sim/cli/run_report.hpp"

#include <fmt/format.h>
#include <iterator>
#include <string_view>

namespace walkout::cli {

namespace {

void add_change(fmt::memory_buffer& out, const Change& c)
{
    // {} prints the shortest text that reads back to the same bits, whatever the locale.
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                   c.time, c.person, name_of(c.from), name_of(c.to), sign_of(c.side),
                   name_of(c.cause), c.why.allegiance, c.why.distrust, c.why.contacts, c.why.crowd,
                   c.why.total(), c.cost.act, c.cost.exposure, c.cost.naming, c.cost.fear,
                   c.cost.relief, c.cost.total());
}

} // namespace

std::string counts_csv(const RunReport& report)
{
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out), "replicate,time,stance,count\n");
    for (const RunResult& run : report.runs)
        for (const Sample& sample : run.samples) {
            const std::string when = fmt::format("{},{},", run.replicate, sample.time);
            for (std::size_t k = 0; k < stance_count; ++k) {
                // Piece by piece, since there are a quarter of a million lines.
                out.append(when);
                out.append(std::string_view(name_of(static_cast<Stance>(k))));
                out.push_back(',');
                const fmt::format_int count(sample.stances[k]);
                out.append(count.data(), count.data() + count.size());
                out.push_back('\n');
            }
        }
    return fmt::to_string(out);
}

std::string changes_csv(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate)
{
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out),
                   "time,person,from,to,side,cause,allegiance,distrust,contacts,crowd,inclination,"
                   "cost_act,cost_exposure,cost_naming,cost_fear,cost_relief,cost\n");
    run(scenario, {.seed = seed, .replicate = replicate}, [&](const World& world) {
        for (const Change& change : world.changes)
            add_change(out, change);
    });
    return fmt::to_string(out);
}

} // namespace walkout::cli
