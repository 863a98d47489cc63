/// How fast the engine is, beside a loop that only streams the same people once per tick: the
/// ratio travels between machines, the absolute times do not. Not a test: run it on a quiet
/// machine.
///
///   cmake --build build/release --target walkout_benchmark &&
///   build/release/tests/walkout_benchmark

#include "sim/core/mechanisms.hpp"
#include "sim/core/run.hpp"
#include "sim/core/step.hpp"
#include "sim/io/scenario_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <malloc.h>
#include <sys/resource.h>

using namespace walkout;

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Read every attribute of all people once, as a coin-per-tick engine at the least would.
double stream(const std::vector<Person>& people)
{
    double total = 0;
    for (const Person& p : people) {
        const Surroundings& around = p.around;
        total += static_cast<double>(p.risk + p.own_fallback + p.anchor + p.trust + p.fallback);
        total += around.posted + around.signed_letter + around.resigned;
        total += static_cast<double>(around.inverse_weight + around.residual);
        total += p.bed + p.sleep + p.flags + static_cast<int>(p.stance) + sign_of(p.side);
        total += static_cast<double>(p.around.calm_until > 0);
    }
    return total;
}

/// Seconds of one pass of `stream`, the median of some.
double streaming_pass(const std::vector<Person>& people, int passes)
{
    std::vector<double> times;
    volatile double sink = 0;
    for (int k = 0; k < passes; ++k) {
        const auto begin = std::chrono::steady_clock::now();
        sink = sink + stream(people);
        times.push_back(seconds_since(begin));
    }
    return median(times);
}

void one_replicate(Scenario scenario)
{
    scenario.horizon = 120;
    const double ticks = scenario.horizon / scenario.tick;
    const auto organization =
        std::make_shared<const Organization>(make_organization(scenario.organization, Chance(1)));
    std::vector<double> times;
    std::size_t traced = 0;
    for (std::uint32_t k = 0; k < 300; ++k) {
        std::vector<Change> changes; // tracing on: every change is kept with its terms
        const auto begin = std::chrono::steady_clock::now();
        run(scenario, {.seed = 1, .replicate = k, .organization = organization},
            [&](const World& world) {
                changes.insert(changes.end(), world.changes.begin(), world.changes.end());
            });
        times.push_back(seconds_since(begin));
        traced += changes.size();
    }
    const World world = make_world(ready_to_run(scenario), Chance(1), {}, organization);
    const double streaming = ticks * streaming_pass(world.people, 200);
    const double typical = median(times);
    std::printf("one replicate, %u people, 120 h, tracing on (%zu changes): %.2f ms, %.2f of "
                "streaming the people\n",
                world.size(), traced / times.size(), 1e3 * typical, typical / streaming);
}

void ensemble(const Scenario& scenario)
{
    Progress progress;
    const auto begin = std::chrono::steady_clock::now();
    run_all(scenario, 1, 200, 2, progress);
    std::printf("200 replicates of %g h on 2 threads: %.3f s\n", scenario.horizon,
                seconds_since(begin));
}

/// A ring of contacts at distances that grow: `ties` each, local and long.
std::vector<TieRow> ring(std::uint32_t people, std::uint32_t ties)
{
    std::vector<TieRow> rows;
    rows.reserve(std::size_t{people} * ties);
    for (AgentId i = 0; i < people; ++i)
        for (std::uint32_t k = 0; k < ties / 2; ++k) {
            const std::uint32_t reach = k < ties / 4 ? k + 1 : 97 * k * k * k + 11;
            rows.push_back({i, (i + reach) % people, 1});
            rows.push_back({(i + reach) % people, i, 1});
        }
    return rows;
}

void million(Scenario scenario)
{
    constexpr std::uint32_t people = 1'000'000;
    scenario.organization.headcount = people;
    scenario.organization.departments.clear(); // named ones have sizes of their own
    scenario.organization.ties = ring(people, 20);
    scenario.horizon = 120;
    World world = make_world(ready_to_run(scenario), Chance(1));
    scenario.organization.ties.reset();
    malloc_trim(0);
    const Scenario effective = ready_to_run(scenario);
    const Chance chance(1);
    const auto ticks = static_cast<Tick>(scenario.horizon / scenario.tick);
    const auto begin = std::chrono::steady_clock::now();
    std::size_t most = world.bytes();
    while (world.tick < ticks) {
        step(world, effective, chance);
        most = std::max(most, world.bytes());
    }
    const double seconds = seconds_since(begin);
    const double rate = static_cast<double>(people) * ticks / seconds;
    const double streaming = ticks * streaming_pass(world.people, 5);
    std::printf("%u people with 20 ties each, %u ticks: %.1f s, %.0f M employee-ticks/s, %.2f of "
                "streaming the "
                "columns, %.0f bytes per employee at most (%d signed)\n",
                people, ticks, seconds, rate / 1e6, seconds / streaming,
                static_cast<double>(most) / people, world.names[1]);
}

} // namespace

int main(int argc, char** argv)
{
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    const std::string file = argc > 1 ? argv[1] : WALKOUT_SOURCE_DIR "/scenarios/openai_2023.yaml";
    const Scenario scenario = io::read_scenario(file).scenario;
    one_replicate(scenario);
    ensemble(scenario);
    million(scenario);
}
