#include "sim/study/ensemble_job.hpp"

#include "sim/core/branch.hpp"
#include "sim/core/mechanisms.hpp"
#include "sim/study/workers.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace walkout {

namespace {

using Clock = std::chrono::steady_clock;

/// Whose signatures are counted together.
struct Groups {
    std::vector<std::uint32_t> of; ///< by person
    std::vector<std::uint32_t> sizes;

    explicit Groups(const Organization& org)
    {
        const bool by_department = org.departments.size() > 1;
        sizes.resize(by_department ? org.departments.size() : org.teams.size());
        for (const std::uint32_t team : org.team) {
            of.push_back(by_department ? org.teams[team].department : team);
            ++sizes[of.back()];
        }
    }
};

/// Notes when groups come to have signed in their majority.
class MajorityWatch {
public:
    explicit MajorityWatch(const Groups& groups) : groups_(groups), names_(groups.sizes.size()) {}

    void see(const World& world)
    {
        for (const Change& change : world.changes) {
            if (change.to != Stance::signed_letter || change.side == Pole::minus)
                continue;
            const std::uint32_t group = groups_.of[change.person];
            const std::uint32_t size = groups_.sizes[group];
            if (2 * ++names_[group] > size && 2 * (names_[group] - 1) <= size)
                moments_.push_back(change.time);
        }
    }

    std::vector<Hours> take()
    {
        std::ranges::sort(moments_); // changes of one step come person by person
        return std::move(moments_);
    }

private:
    const Groups& groups_;
    std::vector<std::uint32_t> names_;
    std::vector<Hours> moments_;
};

struct GivenUp {};

} // namespace

int EnsembleMember::majorities_at(Hours time) const
{
    return static_cast<int>(std::ranges::upper_bound(majorities, time) - majorities.begin());
}

// ---------------------------------------------------------------- one order

struct EnsembleJob::State {
    State(EnsembleOrder wanted, Urgency how_urgent)
        : order(std::move(wanted)), urgency(how_urgent), members(order.runs), is_made(order.runs)
    {
    }

    void make(std::uint32_t run)
    {
        EnsembleMember member;
        try {
            std::call_once(prepared, [this] { prepare(); });
            member = run_member(order.first + run);
        } catch (const GivenUp&) {
            return;
        } catch (const std::exception& error) {
            member.result = {.replicate = order.first + run, .error = error.what()};
        }
        members[run] = std::move(member);
        if (++done == order.runs)
            seconds = std::chrono::duration<double>(Clock::now() - ordered).count();
        is_made[run].store(true, std::memory_order_release);
    }

    const EnsembleOrder order;
    const Urgency urgency;
    std::uint32_t next = 0; ///< run to start; guarded by the queue
    std::uint32_t busy = 0; ///< runs under way; guarded by the queue
    std::atomic<bool> cancelled = false;
    std::vector<EnsembleMember> members;
    std::vector<std::atomic<bool>> is_made;
    const Clock::time_point ordered = Clock::now();
    std::atomic<std::uint32_t> done = 0;
    std::atomic<double> seconds = 0; ///< until all were made

private:
    /// What all runs share. When it throws, the next run tries again and tells the same.
    void prepare()
    {
        const Scenario written = order.scenario();
        organization =
            order.organization ? order.organization : organization_of(written, order.seed);
        groups = std::make_unique<const Groups>(*organization);
        scenario = ready_to_run(written);
    }

    EnsembleMember run_member(std::uint32_t replicate)
    {
        MajorityWatch majorities(*groups);
        const RunPlan plan{.seed = order.seed,
                           .replicate = replicate,
                           .sample_every = 0,
                           .organization = organization};
        EnsembleMember member;
        member.result = run_prepared(scenario, plan, [&](const World& world) {
            if (cancelled.load(std::memory_order_relaxed))
                throw GivenUp{};
            majorities.see(world);
            member.board_conceded = world.board.conceded;
        });
        member.majorities = majorities.take();
        return member;
    }

    std::once_flag prepared;
    std::shared_ptr<const Organization> organization;
    std::unique_ptr<const Groups> groups;
    Scenario scenario;
};

EnsembleJob& EnsembleJob::operator=(EnsembleJob&& other) noexcept
{
    if (this != &other) {
        cancel();
        state_ = std::move(other.state_);
        made_ = other.made_;
    }
    return *this;
}

std::uint32_t EnsembleJob::runs() const
{
    return state_ ? state_->order.runs : 0;
}

std::uint32_t EnsembleJob::made()
{
    while (made_ < runs() && state_->is_made[made_].load(std::memory_order_acquire))
        ++made_;
    return made_;
}

void EnsembleJob::wait(const std::function<void()>& check)
{
    constexpr auto nap = std::chrono::milliseconds(5);
    while (ordered() && !finished()) {
        check();
        std::this_thread::sleep_for(nap);
    }
}

const EnsembleMember& EnsembleJob::member(std::uint32_t run) const
{
    return state_->members[run];
}

std::vector<RunResult> EnsembleJob::results(std::uint32_t count) const
{
    std::vector<RunResult> all;
    for (std::uint32_t k = 0; k < count; ++k)
        all.push_back(state_->members[k].result);
    return all;
}

double EnsembleJob::seconds() const
{
    return state_ ? state_->seconds.load() : 0;
}

void EnsembleJob::cancel()
{
    if (state_)
        state_->cancelled = true;
}

// ---------------------------------------------------------------- workers

struct EnsembleWorkers::Queue {
    using Order = std::shared_ptr<EnsembleJob::State>;

    void add(Order order)
    {
        const std::scoped_lock lock(guard);
        const auto place = std::ranges::upper_bound(orders, order->urgency, {},
                                                    [](const Order& o) { return o->urgency; });
        orders.insert(place, std::move(order));
        something.notify_all();
    }

    void work()
    {
        std::unique_lock lock(guard);
        while (true) {
            drop_done();
            const auto order = std::ranges::find_if(
                orders, [](const Order& o) { return o->next < o->order.runs; });
            if (stopping)
                return;
            if (order == orders.end()) {
                something.wait(lock);
                continue;
            }
            const Order mine = *order;
            const std::uint32_t run = mine->next++;
            ++mine->busy;
            lock.unlock();
            mine->make(run);
            lock.lock();
            --mine->busy;
        }
    }

    void drop_done()
    {
        std::erase_if(orders, [](const Order& o) {
            return o->busy == 0 && (o->cancelled || o->next == o->order.runs);
        });
        for (const Order& order : orders)
            if (order->cancelled)
                order->next = order->order.runs;
    }

    void stop()
    {
        const std::scoped_lock lock(guard);
        stopping = true;
        for (const Order& order : orders)
            order->cancelled = true;
        something.notify_all();
    }

    std::mutex guard;
    std::condition_variable something;
    std::vector<Order> orders; ///< most urgent first, then as they came
    bool stopping = false;
    std::vector<std::jthread> threads;
};

EnsembleWorkers::EnsembleWorkers(unsigned threads) : queue_(std::make_unique<Queue>())
{
    for (unsigned k = threads_for(threads); k > 0; --k)
        queue_->threads.emplace_back([queue = queue_.get()] { queue->work(); });
}

EnsembleWorkers::~EnsembleWorkers()
{
    queue_->stop();
    queue_->threads.clear(); // joins
}

EnsembleJob EnsembleWorkers::start(EnsembleOrder order, Urgency urgency)
{
    auto state = std::make_shared<EnsembleJob::State>(std::move(order), urgency);
    queue_->add(state);
    return EnsembleJob(std::move(state));
}

std::size_t EnsembleWorkers::open_orders() const
{
    const std::scoped_lock lock(queue_->guard);
    queue_->drop_done();
    return queue_->orders.size();
}

} // namespace walkout
