#include "sim/core/agenda.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace walkout {

namespace {

/// The order of `b < a`, with the common case first: moments practically never coincide.
constexpr auto later = [](const Occurrence& a, const Occurrence& b) {
    return a.time > b.time || (a.time == b.time && b < a);
};

/// A power of two, so that the end of a tick is the end of a bucket to the bit.
constexpr int buckets_per_tick = 4;

} // namespace

Agenda::Agenda(Hours tick, Hours horizon)
    : width_(tick / buckets_per_tick), per_width_(buckets_per_tick / tick), horizon_(horizon),
      heads_(static_cast<std::size_t>(horizon / width_) + 2, end_of_list)
{
}

std::uint32_t Agenda::pack(const Occurrence& occurrence)
{
    assert(occurrence.who < (1U << 28));
    return (occurrence.who << 4) | static_cast<std::uint32_t>(occurrence.kind);
}

Occurrence Agenda::unpack(const Node& node)
{
    return {node.time, node.who_and_kind >> 4, static_cast<Due>(node.who_and_kind & 15U)};
}

std::size_t Agenda::bucket_of(Hours time) const
{
    auto bucket = static_cast<std::int64_t>(time * per_width_); // signed converts faster
    // The quotient may round across an edge that the product, by which steps end, does not.
    if (start_of(bucket) > time)
        --bucket;
    else if (start_of(bucket + 1) <= time)
        ++bucket;
    return std::max(current_, static_cast<std::size_t>(bucket));
}

void Agenda::add(const Occurrence& occurrence)
{
    if (!(occurrence.time < horizon_))
        return;
    const std::size_t bucket = occurrence.time <= 0 ? current_ : bucket_of(occurrence.time);
    if (bucket == current_) {
        added_.push_back(occurrence);
        std::push_heap(added_.begin(), added_.end(), later);
        return;
    }
    std::uint32_t slot = free_;
    if (slot == end_of_list) {
        if (nodes_.size() == nodes_.capacity()) // by an eighth: doubling would hold too much
            nodes_.reserve(nodes_.size() + nodes_.size() / 8 + 1024);
        slot = static_cast<std::uint32_t>(nodes_.size());
        nodes_.emplace_back();
    } else {
        free_ = nodes_[slot].next;
    }
    nodes_[slot] = {occurrence.time, pack(occurrence), heads_[bucket]};
    heads_[bucket] = slot;
}

void Agenda::open_bucket()
{
    std::uint32_t slot = std::exchange(heads_[current_], end_of_list);
    while (slot != end_of_list) {
        sorted_.push_back(unpack(nodes_[slot]));
        const std::uint32_t next = std::exchange(nodes_[slot].next, free_);
        free_ = slot;
        slot = next;
    }
    std::sort(sorted_.begin(), sorted_.end(), later);
}

std::optional<Occurrence> Agenda::next_before(Hours end)
{
    while (bucket_done()) {
        if (current_ + 1 == heads_.size() ||
            start_of(static_cast<std::int64_t>(current_ + 1)) >= end)
            return std::nullopt;
        ++current_;
        if (heads_[current_] != end_of_list)
            open_bucket();
    }
    const bool from_sorted =
        added_.empty() || (!sorted_.empty() && later(added_.front(), sorted_.back()));
    const Occurrence first = from_sorted ? sorted_.back() : added_.front();
    if (first.time >= end)
        return std::nullopt;
    if (!from_sorted)
        std::pop_heap(added_.begin(), added_.end(), later);
    (from_sorted ? sorted_ : added_).pop_back();
    return first;
}

void Agenda::remove_if(const std::function<bool(const Occurrence&)>& obsolete)
{
    std::erase_if(sorted_, obsolete);
    std::erase_if(added_, obsolete);
    std::make_heap(added_.begin(), added_.end(), later);
    for (std::size_t bucket = current_; bucket < heads_.size(); ++bucket) { // none are earlier
        std::uint32_t* link = &heads_[bucket];
        while (*link != end_of_list) {
            Node& node = nodes_[*link];
            if (!obsolete(unpack(node))) {
                link = &node.next;
                continue;
            }
            const std::uint32_t slot = *link;
            *link = node.next;
            node.next = std::exchange(free_, slot);
        }
    }
}

std::size_t Agenda::bytes() const
{
    return (sorted_.capacity() + added_.capacity()) * sizeof(Occurrence) +
           heads_.capacity() * sizeof(std::uint32_t) + nodes_.capacity() * sizeof(Node);
}

} // namespace walkout
