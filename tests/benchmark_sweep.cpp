/// What planning, threads and the store cost a study of the seed case, beside the bare engine on
/// one thread. Both are measured in turns, so that what else the machine does hits both; processor
/// time says more than time on the wall when it is not quiet. Not a test:
///
///   cmake --build build/release --target walkout_sweep_benchmark &&
///   build/release/tests/walkout_sweep_benchmark

#include "sim/core/mechanisms.hpp"
#include "sim/core/run.hpp"
#include "sim/io/study_file.hpp"
#include "sim/study/members.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/sweep.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <malloc.h>

using namespace walkout;

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t runs_per_turn = 400;
constexpr unsigned threads = 2;

/// Seconds per run.
struct PerRun {
    double wall = 0;
    double processor = 0; ///< of all threads together
};

template <class Work> PerRun cost_of(const Work& work)
{
    const auto processor = [] {
        timespec now{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
    };
    const auto begin = std::chrono::steady_clock::now();
    const double before = processor();
    work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    return {wall.count() / runs_per_turn, (processor() - before) / runs_per_turn};
}

void make_bare(const Scenario& scenario, const std::shared_ptr<const Organization>& organization)
{
    std::uint64_t sum = 0;
    for (std::uint32_t k = 0; k < runs_per_turn; ++k)
        sum += run(scenario, {.seed = 1, .replicate = k, .organization = organization}).fingerprint;
    if (sum == 0)
        std::abort();
}

void make_study(const fs::path& folder)
{
    const io::StudyFile file = io::read_study((folder / "study.yaml").string());
    const Plan plan(file.study);
    const Members members(file, plan);
    const std::string path = (folder / "study.sqlite").string();
    Store store = Store::create(path, record_of(file, plan, {}, "benchmark"));
    ThreadWorkers workers(
        RowMaker(file, plan, [&](const PlannedRun& planned) { return members.make(planned); }),
        threads);
    RunSequence sequence(file.study, plan);
    SweepProgress progress;
    if (!sweep(sequence, store, workers, {}, progress) || progress.stored != runs_per_turn)
        std::abort();
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main()
{
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    std::string name = (fs::temp_directory_path() / "walkout-benchmark-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
        return 5;
    const fs::path folder = name;
    fs::copy(fs::path(WALKOUT_SOURCE_DIR) / "scenarios", folder, fs::copy_options::recursive);
    std::ofstream(folder / "study.yaml")
        << "scenario: openai_2023.yaml\nseed: 1\nparameters: {all: {path: people.vigil, change: "
           "factor, values: [1]}}\n"
        << "replicates: " << runs_per_turn << "\n";

    const Scenario scenario = io::read_scenario((folder / "openai_2023.yaml").string()).scenario;
    const auto organization =
        std::make_shared<const Organization>(make_organization(scenario.organization, Chance(1)));
    std::vector<double> speed, overhead;
    for (int turn = 0; turn < 9; ++turn) {
        const PerRun bare = cost_of([&] { make_bare(scenario, organization); });
        const PerRun study = cost_of([&] { make_study(folder); });
        for (const char* end : {"", "-wal", "-shm"})
            fs::remove(folder / (std::string("study.sqlite") + end));
        speed.push_back(bare.wall / threads / study.wall);
        overhead.push_back(study.processor / bare.processor - 1);
    }
    fs::remove_all(folder);
    std::printf(
        "a study of the seed case on %u threads, everything stored: %.0f %% of %u times the "
        "bare engine's runs per second; %+.1f %% processor time per run\n",
        threads, 100 * median(speed), threads, 100 * median(overhead));
}
