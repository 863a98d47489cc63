#include "sim/cli/sweep_command.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/monitor.hpp"
#include "sim/cli/output_folder.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/cli/sweep_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/study/journal.hpp"
#include "sim/study/merge.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/sweep.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/core.h>
#include <set>

namespace walkout::cli {

namespace {

io::StudyFile study_to_run(const std::string& path)
{
    io::StudyFile file = io::read_study(path);
    if (file.study.calibration)
        throw io::InputError(fmt::format("walkout: error: '{0}' fits parameters: it has no design\n"
                                         "   help: ./walkout calibrate {0}",
                                         path));
    return file;
}

} // namespace

PreparedStudy::PreparedStudy(const std::string& path)
    : file(study_to_run(path)), plan(file.study), members(file, plan),
      make(file, plan, [this](const PlannedRun& run) { return members.make(run); })
{
    members.check_points();
}

StudyRecord PreparedStudy::record(Shard shard) const
{
    return record_of(file, plan, shard, version);
}

namespace {

namespace fs = std::filesystem;

std::string store_name(Shard shard)
{
    return shard.of == 1 ? "study.sqlite"
                         : fmt::format("study-{}-of-{}.sqlite", shard.number, shard.of);
}

fs::path folder_of(const SweepOptions& options, const Study& study)
{
    return results_folder(options.out, study.name, options.start_over);
}

// ---------------------------------------------------------------- going on

/// The program itself may have changed without saying so: make a stored run again.
void check_program(const Store& store, const PreparedStudy& study, const std::string& path)
{
    const Store::Cursor first(store);
    if (!first.row() || !first.row()->error.empty())
        return;
    const RunRow again = study.make(study.plan.run(first.row()->number));
    if (again.fingerprint != first.row()->fingerprint)
        throw io::InputError(fmt::format(
            "walkout: error: '{}' was begun in another world\n"
            "   run {} had fingerprint {}, has {}: this program computes other numbers\n"
            "   help: go on with the program that began it, or begin again beside it with --new",
            path, first.row()->number, first.row()->fingerprint, again.fingerprint));
}

Store open_store(const std::string& path, const PreparedStudy& study, const StudyRecord& record)
{
    if (!Store::is_begun(path))
        return Store::create(path, record);
    Store store = Store::open(path);
    check_same_world(store, record, path);
    check_program(store, study, path);
    store.set_fact("background", record.facts.at("background")); // titles may have changed
    return store;
}

// ---------------------------------------------------------------- parts of the command

int repeat_run(const SweepOptions& options, const PreparedStudy& study)
{
    if (*options.run >= study.plan.most_runs())
        throw io::InputError(
            fmt::format("walkout: error: --run: there is no run {}: they go from 0 to {}",
                        *options.run, study.plan.most_runs() - 1));
    const PlannedRun run = study.plan.run(*options.run);
    const RunRow row = study.make(run);
    const auto overrides = study.members.overrides(run);
    print(options.json ? run_json(study.file, row, overrides)
                       : run_text(study.file, row, overrides));
    return row.error.empty() ? 0 : 3;
}

/// How many shards the stores in a folder are of.
unsigned shards_begun_in(const fs::path& folder)
{
    std::set<unsigned> counts;
    std::error_code ignored; // no folder: no shards
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        Shard shard;
        const std::string name = entry.path().filename().string();
        if (std::sscanf(name.c_str(), "study-%u-of-%u.sqlite", &shard.number, &shard.of) == 2 &&
            name == store_name(shard))
            counts.insert(shard.of);
    }
    if (counts.empty())
        throw io::InputError(fmt::format("walkout: error: no 'study-1-of-N.sqlite' in {}\n   help: "
                                         "make the shards first, with --shard 1/N to --shard N/N",
                                         folder.string()));
    if (counts.size() > 1)
        throw io::InputError(
            fmt::format("walkout: error: {} holds shards of {} and of {}\n   help: "
                        "move those away that are not to be merged",
                        folder.string(), *counts.begin(), *counts.rbegin()));
    return *counts.begin();
}

/// All shards of one study in a folder, shard 1 first.
std::vector<std::string> shards_in(const fs::path& folder)
{
    const unsigned of = shards_begun_in(folder);
    std::vector<std::string> paths;
    for (unsigned k = 1; k <= of; ++k) {
        paths.push_back((folder / store_name({k, of})).string());
        if (!fs::exists(paths.back()))
            throw io::InputError(fmt::format("walkout: error: shard {} of {} is missing in {}\n"
                                             "   help: make it with --shard {}/{}",
                                             k, of, folder.string(), k, of));
    }
    return paths;
}

int finish(const SweepOptions& options, const PreparedStudy& study, const Store& store,
           const std::string& path, bool complete)
{
    const SweepReport report{&study.file, &study.plan, &store, path, complete};
    print(options.json ? json_of(report) : text_of(report));
    const std::uint64_t failed = store.failed();
    say(fmt::format("{} runs are stored in {}{}", store.runs(), path,
                    complete ? "" : "; the same command goes on"));
    if (options.page && complete && failed < store.runs() && options.shards == 1)
        write_page(fs::path(path).parent_path());
    const bool matters = study.file.study.on_failure != FailurePolicy::ignore;
    return failed > 0 && matters ? 3 : 0;
}

int merge_shards(const SweepOptions& options, const PreparedStudy& study)
{
    const fs::path folder = folder_of(options, study.file.study);
    const std::string target = (folder / store_name({})).string();
    if (fs::exists(target))
        throw io::InputError(fmt::format("walkout: error: '{}' is there already\n   help: move it "
                                         "away to merge again",
                                         target));
    const auto paths = shards_in(folder);
    const auto of = static_cast<unsigned>(paths.size());
    std::uint64_t all = 0;
    for (unsigned k = 1; k <= of; ++k) {
        const Store shard = Store::open(paths[k - 1]);
        check_same_world(shard, study.record({k, of}), paths[k - 1]);
        all += shard.runs();
    }
    const SignalGuard guard;
    Progress progress;
    try {
        const Monitor monitor(
            "merge", [&] { return Tally{.done = progress.done, .of = all}; },
            [&] { progress.stop = true; });
        merge(study.file.study, study.plan, paths, target, study.record(), progress);
    } catch (const Stopped&) {
        guard.check("the shards are as they were; the same command begins again");
        throw;
    }
    say(fmt::format("{} shards merged: no gap, no overlap", of));
    return finish(options, study, Store::open(target), target, true);
}

/// Add to the seconds that all calls have spent on the study.
void add_seconds(Store& store, std::chrono::steady_clock::time_point since)
{
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - since;
    const auto& facts = store.record().facts;
    const auto before = facts.find("seconds");
    const double earlier = before == facts.end() ? 0 : std::stod(before->second);
    store.set_fact("seconds", fmt::format("{:.1f}", earlier + spent.count()));
}

/// Make what is left and show how far it has come. @return whether nothing is left
bool make_runs(const SweepOptions& options, const PreparedStudy& study, RunSequence& sequence,
               Store& store, Workers& workers)
{
    const Study& s = study.file.study;
    SweepProgress progress;
    progress.stored = store.runs();
    progress.failed = store.failed();
    const SweepSettings settings{.stop_after = options.stop_after,
                                 .on_failure = s.on_failure,
                                 .until_measure = s.replicates.measure};
    const std::uint64_t most = sequence.most_runs();
    const Monitor monitor(
        s.name,
        [&] {
            return Tally{.done = progress.stored,
                         .of = most,
                         .failed = progress.failed,
                         .at_most = !s.replicates.measure.empty()};
        },
        [&] { progress.stop = true; });
    return sweep(sequence, store, workers, settings, progress);
}

int make_study(const SweepOptions& options, const PreparedStudy& study, const Crew& crew)
{
    const SignalGuard guard;
    const Shard shard{options.shard, options.shards};
    const SweepEstimate size = estimate(study, shard, crew);
    if (options.dry_run) {
        print(plan_text(study.file, study.plan, size));
        return 0;
    }
    check_estimate(size, options.study, options.yes);
    const fs::path folder = folder_of(options, study.file.study);
    make_folder(folder);
    const std::string path = (folder / store_name(shard)).string();
    Store store = open_store(path, study, study.record(shard));
    RunSequence sequence(study.file.study, study.plan, shard);
    resume(sequence, store, study.file.study.replicates.measure);
    const auto begun = std::chrono::steady_clock::now();
    const std::uint64_t before = store.runs();
    const auto workers = crew.gather(study);
    const bool complete = make_runs(options, study, sequence, store, *workers);
    if (store.runs() > before)
        add_seconds(store, begun);
    if (!complete)
        guard.check(
            fmt::format("{} runs are stored in {}; the same command goes on", store.runs(), path));
    return finish(options, study, store, path, complete);
}

} // namespace

int sweep_with(const Crew& crew, const SweepOptions& options)
{
    const PreparedStudy study(options.study);
    if (options.run)
        return repeat_run(options, study);
    return options.merge ? merge_shards(options, study) : make_study(options, study, crew);
}

int execute(const SweepOptions& options)
{
    const unsigned threads = threads_for(options.jobs);
    const Crew crew{.size = threads,
                    .processors = threads_for(0),
                    .unit = "thread",
                    .gather = [&](const PreparedStudy& study) {
                        return std::make_unique<ThreadWorkers>(study.make, threads);
                    }};
    return sweep_with(crew, options);
}

} // namespace walkout::cli
