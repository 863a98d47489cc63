/// Ensembles made in the background: the same runs as in the foreground, whoever makes them, and
/// nothing left behind when nobody wants them any more.

#include "sim/study/ensemble_job.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace walkout {

namespace {

EnsembleOrder order_of(const Scenario& scenario, std::uint32_t runs, std::uint64_t seed = 1)
{
    return {.scenario = [scenario] { return scenario; }, .seed = seed, .runs = runs};
}

template <class Done> bool comes(Done done)
{
    const auto begin = std::chrono::steady_clock::now();
    while (!done()) {
        if (std::chrono::steady_clock::now() - begin > std::chrono::minutes(1))
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

/// Majorities by department, counted from a trace of the run.
std::vector<Hours> majorities_of(const Scenario& scenario, std::uint32_t replicate)
{
    std::vector<Hours> moments;
    std::vector<std::uint32_t> names;
    run(scenario, {.seed = 1, .replicate = replicate}, [&](const World& world) {
        const Organization& org = *world.organization;
        names.resize(org.departments.size());
        for (const Change& change : world.changes) {
            if (change.to != Stance::signed_letter || change.side == Pole::minus)
                continue;
            const std::uint32_t department = org.teams[org.team[change.person]].department;
            ++names[department];
            if (names[department] == org.departments[department].size / 2 + 1)
                moments.push_back(change.time);
        }
    });
    std::ranges::sort(moments);
    return moments;
}

} // namespace

TEST_CASE("a background ensemble is the one of the foreground, whoever makes it", "[ensemble_job]")
{
    const Scenario scenario = turmoil(60);
    Progress progress;
    const auto expected = fingerprint_of(run_all(scenario, 1, 30, 1, progress, 0));
    for (const unsigned threads : {1U, 2U, 5U}) {
        EnsembleWorkers workers(threads);
        EnsembleJob job = workers.start(order_of(scenario, 30));
        REQUIRE(comes([&] { return job.finished(); }));
        CHECK(fingerprint_of(job.results(30)) == expected);
        CHECK(job.seconds() > 0);
        for (std::uint32_t k = 0; k < 30; ++k) {
            CHECK(job.member(k).result.replicate == k);
            CHECK(job.member(k).majorities == majorities_of(scenario, k));
        }
    }
}

TEST_CASE("runs are there from the first on, without a gap", "[ensemble_job]")
{
    EnsembleWorkers workers(3);
    EnsembleJob job = workers.start(order_of(turmoil(60), 40));
    std::uint32_t before = 0;
    REQUIRE(comes([&] {
        const std::uint32_t made = job.made();
        CHECK(made >= before);
        before = made;
        for (std::uint32_t k = 0; k < made; ++k)
            CHECK(job.member(k).result.furthest_acts.size() == 60);
        return job.finished();
    }));
    CHECK(job.made() == 40);
}

TEST_CASE("letting go of an order leaves no work behind", "[ensemble_job]")
{
    EnsembleWorkers workers(2);
    {
        EnsembleJob dropped = workers.start(order_of(turmoil(200), 100'000));
        EnsembleJob replaced = workers.start(order_of(turmoil(200), 100'000), Urgency::idle);
        replaced = workers.start(order_of(turmoil(20), 3), Urgency::idle);
        CHECK(workers.open_orders() >= 2);
        dropped.cancel();
        REQUIRE(comes([&] { return replaced.finished(); })); // waits for nobody else
        CHECK(dropped.made() < 100'000);
    }
    CHECK(comes([&] { return workers.open_orders() == 0; }));
}

TEST_CASE("what is urgent comes before what was ordered earlier", "[ensemble_job]")
{
    EnsembleWorkers workers(1);
    EnsembleJob idle = workers.start(order_of(turmoil(200), 5'000), Urgency::idle);
    EnsembleJob now = workers.start(order_of(turmoil(20), 10), Urgency::now);
    REQUIRE(comes([&] { return now.finished(); }));
    CHECK_FALSE(idle.finished());
}

TEST_CASE("a scenario that cannot be made is an error of each run, not of the program",
          "[ensemble_job]")
{
    EnsembleWorkers workers(2);
    EnsembleJob job = workers.start(
        {.scenario = []() -> Scenario { throw std::runtime_error("these do not fit together"); },
         .runs = 4});
    REQUIRE(comes([&] { return job.finished(); }));
    for (const RunResult& result : job.results(4))
        CHECK(result.error == "these do not fit together");
}

TEST_CASE("many runs may share an organization made before", "[ensemble_job]")
{
    const Scenario scenario = turmoil(60);
    EnsembleWorkers workers(2);
    EnsembleOrder order = order_of(scenario, 8, 5);
    EnsembleJob own = workers.start(order);
    order.organization =
        std::make_shared<const Organization>(make_organization(scenario.organization, Chance(5)));
    EnsembleJob shared = workers.start(order);
    REQUIRE(comes([&] { return own.finished() && shared.finished(); }));
    CHECK(fingerprint_of(own.results(8)) == fingerprint_of(shared.results(8)));
}

} // namespace walkout
