#pragma once

#include "sim/core/types.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace walkout {

/// What can come due. The order decides between two occurrences of the very same moment.
/// Thirty-two bits, so that an occurrence has no padding and is moved as a whole.
enum class Due : std::uint32_t {
    event,
    deadline,
    package_end,
    settlement,
    broadcast,
    nudge,
    voice_review,
    exit_review,
    departure,
    comeback,
    director_review,
};

/// Something that comes due at an exact moment: which clock, and whose (an event's or director's
/// number, or a person).
struct Occurrence {
    Hours time = 0;
    std::uint32_t who = 0;
    Due kind = Due::event;

    /// By time, then by kind, then by number.
    friend std::partial_ordering operator<=>(const Occurrence& a, const Occurrence& b)
    {
        if (a.time != b.time)
            return a.time <=> b.time;
        return a.kind != b.kind ? a.kind <=> b.kind : a.who <=> b.who;
    }
    friend bool operator==(const Occurrence& a, const Occurrence& b) = default;
};

/// Pending occurrences, handed out in the order of time.
///
/// A calendar queue (Brown 1988): four buckets per tick, put in order only when their time comes,
/// so that a million pending clocks cost one list link each. The width of a bucket cannot change
/// the order, hence no result depends on the tick.
class Agenda {
public:
    Agenda(Hours tick, Hours horizon);

    /// Note an occurrence; one at or beyond the horizon is forgotten, one in the past comes due
    /// next.
    void add(const Occurrence& occurrence);

    /// The earliest occurrence before `end`, taken off the agenda; nothing when there is none.
    std::optional<Occurrence> next_before(Hours end);

    /// Take off all occurrences for which `obsolete` holds.
    void remove_if(const std::function<bool(const Occurrence&)>& obsolete);

    /// Bytes held, for the memory account.
    std::size_t bytes() const;

private:
    static constexpr std::uint32_t end_of_list = 0xffffffffU;

    struct Node {
        Hours time = 0;
        std::uint32_t who_and_kind = 0; // the lowest four bits are the kind
        std::uint32_t next = end_of_list;
    };

    static std::uint32_t pack(const Occurrence& occurrence);
    static Occurrence unpack(const Node& node);
    Hours start_of(std::int64_t bucket) const { return static_cast<double>(bucket) * width_; }
    std::size_t bucket_of(Hours time) const;
    void open_bucket();
    bool bucket_done() const { return sorted_.empty() && added_.empty(); }

    Hours width_ = 0;      // of a bucket
    double per_width_ = 0; // 1 / width
    Hours horizon_ = 0;
    std::size_t current_ = 0;          // the bucket in progress, taken apart into the next two
    std::vector<Occurrence> sorted_;   // what it held when it was opened, earliest last
    std::vector<Occurrence> added_;    // what has come since: a heap, earliest first
    std::vector<std::uint32_t> heads_; // per bucket, first node of its list
    std::vector<Node> nodes_;          // all lists share one pool
    std::uint32_t free_ = end_of_list; // list of unused nodes
};

} // namespace walkout
