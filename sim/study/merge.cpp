#include "sim/study/merge.hpp"

#include "sim/study/journal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace walkout {

namespace {

namespace fs = std::filesystem;

void remove_store(const std::string& path)
{
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(path + end, ignored);
}

/// The shards, each at the run that it has next.
class Shards {
public:
    explicit Shards(const std::vector<std::string>& paths) : paths_(paths)
    {
        stores_.reserve(paths.size());
        for (const std::string& path : paths) {
            stores_.push_back(Store::open(path));
            cursors_.emplace_back(stores_.back());
        }
    }

    /// The row of a run that comes next in the plan.
    RunRow take(const PlannedRun& run)
    {
        const std::size_t shard = run.point % cursors_.size();
        const auto& row = cursors_[shard].row();
        if (!row || row->number > run.number)
            throw StoreError(fmt::format("run {} is missing in '{}'; let its shard finish: "
                                         "--shard {}/{}",
                                         run.number, paths_[shard], shard + 1, paths_.size()));
        if (row->number < run.number)
            refuse_surplus(shard);
        RunRow taken = *row;
        cursors_[shard].advance();
        return taken;
    }

    void check_ends() const
    {
        for (std::size_t shard = 0; shard < cursors_.size(); ++shard)
            if (cursors_[shard].row())
                refuse_surplus(shard);
    }

private:
    [[noreturn]] void refuse_surplus(std::size_t shard) const
    {
        throw StoreError(fmt::format("run {} in '{}' does not belong to that shard",
                                     cursors_[shard].row()->number, paths_[shard]));
    }

    const std::vector<std::string>& paths_;
    std::vector<Store> stores_;
    std::vector<Store::Cursor> cursors_;
};

void copy_runs(const Study& study, const Plan& plan, Shards& shards, Store& target,
               Progress& progress)
{
    constexpr std::uint64_t at_once = 10'000;
    const auto measures = target.record().measures();
    const auto until = std::ranges::find(measures, study.replicates.measure, &StoreColumn::name);
    RunSequence sequence(study, plan);
    do {
        while (const auto run = sequence.next()) {
            if (progress.stop)
                throw Stopped();
            const RunRow row = shards.take(*run);
            target.add(row);
            if (until != measures.end())
                sequence.note(*run,
                              row.measures[static_cast<std::size_t>(until - measures.begin())]);
            if (++progress.done % at_once == 0)
                target.commit();
        }
    } while (sequence.advance());
    target.commit();
    shards.check_ends();
}

} // namespace

std::uint64_t merge(const Study& study, const Plan& plan, const std::vector<std::string>& paths,
                    const std::string& target, const StudyRecord& record, Progress& progress)
{
    const std::string draft = target + ".merging";
    remove_store(draft); // of a merge that was killed
    try {
        {
            Shards shards(paths);
            Store store = Store::create(draft, record);
            copy_runs(study, plan, shards, store, progress);
        }
        fs::rename(draft, target);
        return progress.done;
    } catch (...) {
        remove_store(draft);
        throw;
    }
}

} // namespace walkout
