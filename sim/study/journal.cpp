#include "sim/study/journal.hpp"

#include "sim/study/workers.hpp"

#include <algorithm>
#include <bit>
#include <fmt/core.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <utility>

namespace walkout {

namespace {

constexpr std::size_t rows_at_a_time = 512; ///< at most so many are lost by a kill

bool same(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::ranges::equal(a, b, [](double x, double y) {
        return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y) ||
               (x != x && y != y); // a store knows one NaN only
    });
}

bool shows_the_same(const RunRow& a, const RunRow& b)
{
    return same(a.measures, b.measures) && a.outcome == b.outcome && a.error == b.error;
}

} // namespace

Journal::Journal(Store* store, unsigned jobs, Progress& progress)
    : store_(store), jobs_(threads_for(jobs)), progress_(progress)
{
    if (store_ != nullptr)
        stored_.emplace(*store_);
}

std::vector<RunRow> Journal::operator()(std::vector<RunRow> asked, const Make& make)
{
    std::size_t first = 0;
    while (first < asked.size() && read_again(asked[first], make))
        ++first;
    progress_.done += first;
    for (; first < asked.size(); first += rows_at_a_time)
        make_some(std::span(asked).subspan(first, std::min(rows_at_a_time, asked.size() - first)),
                  make);
    return asked;
}

bool Journal::read_again(RunRow& asked, const Make& make)
{
    if (!stored_)
        return false;
    if (!stored_->row()) {
        stored_.reset(); // ends its transaction: what follows is written
        return false;
    }
    const RunRow& row = *stored_->row();
    if (row.number != asked.number || row.scenario != asked.scenario || row.point != asked.point ||
        row.replicate != asked.replicate || !same(row.parameters, asked.parameters))
        throw StoreError(fmt::format("run {} in the store is not the one this program would make; "
                                     "begin again beside it with --new",
                                     row.number));
    if (!std::exchange(checked_, true)) {
        RunRow again = asked;
        make(again);
        if (!shows_the_same(again, row))
            throw StoreError(fmt::format("run {} in the store shows other numbers than this "
                                         "program computes; go on with the program that began "
                                         "it, or begin again beside it with --new",
                                         row.number));
    }
    asked = row;
    stored_->advance();
    return true;
}

void Journal::make_some(std::span<RunRow> asked, const Make& make)
{
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, jobs_);
    tbb::parallel_for(std::size_t{0}, asked.size(), [&](std::size_t k) {
        if (progress_.stop)
            return;
        make(asked[k]);
        ++progress_.done;
    });
    if (progress_.stop)
        throw Stopped();
    if (store_ == nullptr)
        return;
    for (const RunRow& row : asked)
        store_->add(row);
    store_->commit();
}

} // namespace walkout
