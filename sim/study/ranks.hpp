#pragma once

#include "sim/study/workers.hpp"

#include <functional>
#include <string>
#include <vector>

namespace walkout {

/// This program among those of one MPI job: rank 0 plans and stores, the others make runs. Nobody
/// who waits keeps a processor busy.
class Ranks {
public:
    /// @param argc, argv  of `main`; the launcher's own words are taken out
    Ranks(int& argc, char**& argv);

    /// Ends the job: rank 0 sends the others home and waits until they go.
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    int rank() const { return rank_; }
    int size() const { return size_; }

private:
    int rank_ = 0;
    int size_ = 1;
};

/// The other ranks, as rank 0 sees them. While one is slow the others go on with runs after it; how
/// far is bounded. After a stop what is under way is given up.
class RankWorkers final : public Workers {
public:
    /// Ask all to take part. `ranks` must stay.
    /// @param world  what they must agree with, see `serve`
    /// @throws io::InputError when one cannot, with its reason
    RankWorkers(const Ranks& ranks, const std::string& world);

    bool work(const Take& take, const Keep& keep, const std::atomic<bool>& stop) override;

private:
    struct Window;

    const Ranks& ranks_;
};

/// What every rank but 0 does: make runs until rank 0 ends the job.
///
/// @param join  called with the `world` of rank 0 when there is something to do; gives what makes
/// runs, or throws what to tell the user about this rank
void serve(const std::function<MakeRow(const std::string& world)>& join);

} // namespace walkout
