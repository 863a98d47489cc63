#include "tests/support.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace walkout;

namespace {

constexpr Hours horizon = 100;

/// Times on a fine grid, so that many coincide and many lie on the edge of a bucket.
rc::Gen<Occurrence> occurrences(int from = 0, int to = 1000)
{
    return rc::gen::apply(
        [](int time, std::uint32_t who, int kind) {
            return Occurrence{time / 10.0, who, static_cast<Due>(kind)};
        },
        rc::gen::inRange(from, to), rc::gen::inRange<std::uint32_t>(0, 50),
        rc::gen::inRange(0, 11));
}

double any_tick()
{
    return *rc::gen::element(0.01, 0.05, 0.1, 0.25, 1.0, 7.0, 1000.0);
}

std::vector<Occurrence> drain(Agenda& agenda, Hours end)
{
    std::vector<Occurrence> order;
    while (const auto next = agenda.next_before(end))
        order.push_back(*next);
    return order;
}

} // namespace

namespace rc {

void showValue(const walkout::Occurrence& occurrence, std::ostream& os)
{
    os << occurrence.time << "/" << occurrence.who << "/" << static_cast<int>(occurrence.kind);
}

} // namespace rc

namespace walkout {

void showValue(const Occurrence& occurrence, std::ostream& os)
{
    rc::showValue(occurrence, os);
}

} // namespace walkout

TEST_CASE("an agenda hands out what a sorted list would, for any tick", "[agenda][property]")
{
    REQUIRE(holds_always([] {
        auto noted = *rc::gen::container<std::vector<Occurrence>>(occurrences());
        Agenda agenda(any_tick(), horizon);
        for (const Occurrence& occurrence : noted)
            agenda.add(occurrence);
        std::sort(noted.begin(), noted.end());
        RC_ASSERT(drain(agenda, horizon + 1) == noted);
    }));
}

TEST_CASE("an agenda read tick by tick keeps each occurrence for its tick", "[agenda][property]")
{
    REQUIRE(holds_always([] {
        auto noted = *rc::gen::container<std::vector<Occurrence>>(occurrences());
        const double tick = *rc::gen::element(0.05, 0.1, 0.25, 0.3, 1.0);
        Agenda agenda(tick, horizon);
        for (const Occurrence& occurrence : noted)
            agenda.add(occurrence);
        std::sort(noted.begin(), noted.end());
        auto next = noted.begin();
        for (Tick k = 0; k * tick < horizon; ++k) {
            const Hours end = (k + 1) * tick;
            const auto due = drain(agenda, end);
            const auto last =
                std::find_if(next, noted.end(), [&](const Occurrence& o) { return o.time >= end; });
            RC_ASSERT(due == std::vector<Occurrence>(next, last));
            next = last;
        }
    }));
}

TEST_CASE("an agenda takes additions while it is drained", "[agenda][property]")
{
    REQUIRE(holds_always([] {
        const auto noted = *rc::gen::container<std::vector<Occurrence>>(occurrences());
        Agenda agenda(any_tick(), horizon);
        std::multiset<Occurrence> list;
        for (const Occurrence& occurrence : noted) {
            agenda.add(occurrence);
            list.insert(occurrence);
        }
        std::size_t additions = 40;
        while (const auto next = agenda.next_before(horizon + 1)) {
            RC_ASSERT(!list.empty());
            RC_ASSERT(*next == *list.begin());
            list.erase(list.begin());
            if (additions == 0)
                continue;
            --additions; // as clocks do: from now on, sometimes at once
            const Occurrence more{next->time + *rc::gen::inRange(0, 30) / 10.0, 60, Due::nudge};
            if (more.time <= horizon) {
                agenda.add(more);
                list.insert(more);
            }
        }
        RC_ASSERT(list.empty());
    }));
}

TEST_CASE("an agenda forgets exactly what is obsolete", "[agenda][property]")
{
    REQUIRE(holds_always([] {
        auto noted = *rc::gen::container<std::vector<Occurrence>>(occurrences());
        const Hours from = *rc::gen::inRange(0, 100);
        const std::uint32_t whose = *rc::gen::inRange<std::uint32_t>(0, 50);
        const auto obsolete = [&](const Occurrence& o) { return o.who <= whose; };
        Agenda agenda(any_tick(), horizon);
        for (const Occurrence& occurrence : noted)
            agenda.add(occurrence);
        std::sort(noted.begin(), noted.end());
        const auto before = drain(agenda, from);
        noted.erase(noted.begin(), noted.begin() + static_cast<std::ptrdiff_t>(before.size()));
        agenda.remove_if(obsolete);
        std::erase_if(noted, obsolete);
        RC_ASSERT(drain(agenda, horizon + 1) == noted);
    }));
}

TEST_CASE("freed places of an agenda are used again", "[agenda]")
{
    Agenda agenda(0.1, horizon);
    const auto fill = [&] {
        for (std::uint32_t i = 0; i < 1000; ++i)
            agenda.add({50 + i / 100.0, i, Due::nudge});
    };
    fill();
    const std::size_t bytes = agenda.bytes();
    for (int round = 0; round < 10; ++round) {
        agenda.remove_if([](const Occurrence&) { return true; });
        REQUIRE_FALSE(agenda.next_before(1).has_value());
        fill();
    }
    REQUIRE(agenda.bytes() == bytes);
}

TEST_CASE("what lies in the past comes due next", "[agenda]")
{
    Agenda agenda(0.1, horizon);
    agenda.add({5, 1, Due::nudge});
    agenda.add({7, 2, Due::nudge});
    REQUIRE(agenda.next_before(6)->who == 1);
    agenda.add({2, 3, Due::nudge});
    agenda.add({-1, 4, Due::nudge});
    REQUIRE(agenda.next_before(6)->who == 4);
    REQUIRE(agenda.next_before(6)->who == 3);
    REQUIRE_FALSE(agenda.next_before(6).has_value());
    REQUIRE(agenda.next_before(8)->who == 2);
}

TEST_CASE("what lies at the horizon, beyond it, or nowhere in time is forgotten", "[agenda]")
{
    Agenda agenda(0.1, horizon);
    agenda.add({std::nextafter(horizon, 0), 1, Due::nudge});
    agenda.add({horizon, 2, Due::nudge});
    agenda.add({never, 3, Due::nudge});
    agenda.add({std::numeric_limits<double>::quiet_NaN(), 4, Due::nudge});
    const auto all = drain(agenda, never);
    REQUIRE(all.size() == 1);
    REQUIRE(all[0].who == 1);
}

TEST_CASE("at the same moment the kind decides, then the number", "[agenda]")
{
    Agenda agenda(1, horizon);
    agenda.add({3, 0, Due::director_review});
    agenda.add({3, 9, Due::voice_review});
    agenda.add({3, 2, Due::voice_review});
    agenda.add({3, 1, Due::deadline});
    agenda.add({3, 7, Due::event});
    const auto all = drain(agenda, 4);
    REQUIRE(all.size() == 5);
    CHECK(all[0].kind == Due::event);
    CHECK(all[1].kind == Due::deadline);
    CHECK(all[2].who == 2);
    CHECK(all[3].who == 9);
    CHECK(all[4].kind == Due::director_review);
}

TEST_CASE("an occurrence keeps its person's number up to 268 million", "[agenda]")
{
    Agenda agenda(1, horizon);
    agenda.add({50, (1U << 28) - 1, Due::director_review});
    const auto next = agenda.next_before(60);
    REQUIRE(next->who == (1U << 28) - 1);
    REQUIRE(next->kind == Due::director_review);
}
