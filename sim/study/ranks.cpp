#include "sim/study/ranks.hpp"

#include "sim/io/problems.hpp"
#include "sim/study/row_code.hpp"

#include <fmt/core.h>
#include <mpi.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <thread>

namespace walkout {

namespace {

using Clock = std::chrono::steady_clock;

/// What a message says.
enum Tag : int {
    tag_join = 1, ///< from rank 0: the world to agree with
    tag_joined,   ///< to rank 0: empty, or why not
    tag_make,     ///< from rank 0: a run
    tag_made,     ///< to rank 0: its row
    tag_end,      ///< from rank 0: nothing more to do
    tag_ended,    ///< to rank 0: the last message of a rank
};

struct Message {
    int from = 0;
    int tag = 0;
    Bytes bytes;
};

/// Sleeps between looks: short at first, longer the longer nothing comes. MPI's own waiting keeps a
/// processor busy.
class Naps {
public:
    void take()
    {
        constexpr std::chrono::microseconds longest(2000);
        std::this_thread::sleep_for(nap_);
        nap_ = std::min(2 * nap_, longest);
    }

private:
    std::chrono::microseconds nap_{20};
};

/// Waits until a message has been taken over, whole: the other side may be held up half way.
void finish(MPI_Request request)
{
    int done = 0;
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    for (Naps naps; done == 0; MPI_Test(&request, &done, MPI_STATUS_IGNORE))
        naps.take();
}

/// The next message, if one has come.
std::optional<Message> receive_if_any()
{
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status);
    if (there == 0)
        return std::nullopt;
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    Message message{status.MPI_SOURCE, status.MPI_TAG, Bytes(static_cast<std::size_t>(size))};
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Irecv(message.bytes.data(), size, MPI_BYTE, message.from, message.tag, MPI_COMM_WORLD,
              &request);
    finish(request);
    return message;
}

void send(int to, Tag tag, const void* data, std::size_t size)
{
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Isend(data, static_cast<int>(size), MPI_BYTE, to, tag, MPI_COMM_WORLD, &request);
    finish(request);
}

Message receive()
{
    for (Naps naps;; naps.take())
        if (auto message = receive_if_any())
            return std::move(*message);
}

std::string host_name()
{
    std::array<char, MPI_MAX_PROCESSOR_NAME> name{};
    int length = 0;
    MPI_Get_processor_name(name.data(), &length);
    return {name.data(), static_cast<std::size_t>(length)};
}

} // namespace

// ---------------------------------------------------------------- the job

Ranks::Ranks(int& argc, char**& argv)
{
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

Ranks::~Ranks()
{
    if (rank_ == 0) {
        for (int k = 1; k < size_; ++k)
            send(k, tag_end, nullptr, 0);
        for (int left = size_ - 1; left > 0;)
            if (receive().tag == tag_ended) // rows of runs that were given up may come before
                --left;
    }
    MPI_Finalize();
}

// ---------------------------------------------------------------- rank 0

RankWorkers::RankWorkers(const Ranks& ranks, const std::string& world) : ranks_(ranks)
{
    for (int k = 1; k < ranks.size(); ++k)
        send(k, tag_join, world.data(), world.size());
    std::optional<Message> refusal;
    for (int k = 1; k < ranks.size(); ++k) {
        Message answer = receive();
        if (!answer.bytes.empty() && (!refusal || answer.from < refusal->from))
            refusal = std::move(answer);
    }
    if (refusal)
        throw io::InputError(
            fmt::format("walkout: error: rank {} {}", refusal->from,
                        std::string(refusal->bytes.begin(), refusal->bytes.end())));
}

/// The runs under way, in order, and who makes them.
struct RankWorkers::Window {
    struct Slot {
        PlannedRun run;
        std::optional<RunRow> row = {};
    };

    std::deque<Slot> slots;
    std::vector<std::size_t> orders; ///< by rank: sent and not made yet
    std::size_t made = 0;
    bool more = true;
    Clock::time_point begin = Clock::now();

    explicit Window(const Ranks& ranks) : orders(static_cast<std::size_t>(ranks.size())) {}

    /// Orders that keep a rank busy for some milliseconds: the time of a message there and back.
    std::size_t ahead() const
    {
        constexpr double busy = 5e-3;
        constexpr std::size_t least = 2, most = 32;
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        const auto workers = static_cast<double>(orders.size() - 1);
        const double in_time = static_cast<double>(made) / workers * busy / seconds;
        return std::clamp(static_cast<std::size_t>(in_time), least, most);
    }

    /// Give every rank enough to do, one run at a time, so that the last runs are shared out
    /// evenly.
    void hand_out(const Take& take)
    {
        constexpr std::size_t per_rank = 64; // runs that wait for a slow one before them
        const std::size_t enough = ahead();
        for (bool any = true; any;) {
            any = false;
            for (std::size_t rank = 1; rank < orders.size(); ++rank)
                if (orders[rank] < enough && slots.size() < per_rank * orders.size())
                    any = hand_out_one(take, static_cast<int>(rank)) || any;
        }
    }

    bool hand_out_one(const Take& take, int rank)
    {
        const auto run = more ? take() : std::nullopt;
        more = run.has_value();
        if (!run)
            return false;
        slots.push_back({*run});
        ++orders[static_cast<std::size_t>(rank)];
        send(rank, tag_make, &*run, sizeof *run); // a copy of this program: the same layout
        return true;
    }

    void put(const Message& message)
    {
        RunRow row = row_from(message.bytes);
        --orders[static_cast<std::size_t>(message.from)];
        ++made;
        const auto number = [](const Slot& slot) { return slot.run.number; };
        std::ranges::lower_bound(slots, row.number, {}, number)->row = std::move(row);
    }

    void keep_first(const Keep& keep)
    {
        for (; !slots.empty() && slots.front().row; slots.pop_front())
            keep(slots.front().run, *slots.front().row);
    }
};

bool RankWorkers::work(const Take& take, const Keep& keep, const std::atomic<bool>& stop)
{
    Window window(ranks_);
    Naps naps;
    for (window.hand_out(take); !window.slots.empty() && !stop;) {
        const auto message = receive_if_any();
        if (!message) {
            naps.take();
            continue;
        }
        naps = {};
        window.put(*message);
        window.keep_first(keep);
        window.hand_out(take);
    }
    return window.slots.empty();
}

// ---------------------------------------------------------------- the others

namespace {

/// Answer rank 0. @return what makes runs; nothing when this rank cannot
MakeRow answer(const std::function<MakeRow(const std::string&)>& join, const Message& message)
{
    try {
        MakeRow make = join(std::string(message.bytes.begin(), message.bytes.end()));
        send(0, tag_joined, nullptr, 0);
        return make;
    } catch (const std::exception& error) {
        const std::string reason =
            fmt::format("on {} cannot take part\n{}", host_name(), error.what());
        send(0, tag_joined, reason.data(), reason.size());
        return {};
    }
}

/// The run of an order; rank 0 sends its bytes as they lie in memory.
PlannedRun run_from(const Bytes& bytes)
{
    PlannedRun run;
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::uint8_t*>(&run));
    return run;
}

} // namespace

void serve(const std::function<MakeRow(const std::string& world)>& join)
{
    MakeRow make;
    std::deque<PlannedRun> orders;
    for (;;) {
        auto message = receive_if_any(); // between any two runs: the end is not kept waiting
        if (!message && orders.empty())
            message = receive();
        if (!message) {
            const Bytes row = bytes_of(make(orders.front()));
            orders.pop_front();
            send(0, tag_made, row.data(), row.size());
        } else if (message->tag == tag_make) {
            orders.push_back(run_from(message->bytes));
        } else if (message->tag == tag_join) {
            make = answer(join, *message);
        } else {
            send(0, tag_ended, nullptr, 0);
            return;
        }
    }
}

} // namespace walkout
