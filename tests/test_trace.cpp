#include "sim/core/mechanisms.hpp"
#include "sim/core/trace.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/trace_file.hpp"
#include "tests/cli_support.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <array>
#include <boost/random/taus88.hpp>
#include <cmath>
#include <fmt/core.h>
#include <zlib.h>

namespace walkout {

namespace {

Scenario seed_case()
{
    return io::read_scenario((checkout() / "scenarios/openai_2023.yaml").string()).scenario;
}

/// A trace of the seed case, made once: many tests look at it.
const Trace& seed_trace()
{
    static const Trace trace = [] {
        Trace made = trace_run(seed_case(), {.seed = 2023, .replicate = 3});
        made.version = "0.1.0";
        return made;
    }();
    return trace;
}

/// Has everything a trace can have: both petitions, packages, ties, ids, vacated seats.
Trace rich_trace()
{
    Scenario scenario = turmoil(80);
    scenario.title = "Turmoil – everything at once";
    scenario.leaders[1].role = "the manager";
    scenario.board.vacated = {{"Seat", "event at 0"}, {"Other seat", "event at never"}};
    scenario.record = {{-1, 0, 0, 0, false, "before", ""}, {7, 20, 18, 22, true, "", "a link"}};
    scenario.events[3].kind = "recorded";
    scenario.events[3].precision = 0.5;
    scenario.events.push_back(
        happening(15, Broadcast{}, Convene{}, Appoint{.trust = 0.5}, Concede{.director = "first"}));
    scenario.events.push_back(happening(16, Reinstate{}, Appoint{}));
    scenario.events[2].effects.push_back(
        Breach{.among = {.department = "department 1", .visa = false}});
    Trace trace = trace_run(scenario, {.seed = 5});
    trace.version = "0.1.0";
    for (std::uint32_t i = 0; i < trace.organization->size(); ++i)
        trace.ids.push_back(fmt::format("p{}", i));
    return trace;
}

bool same(const Inclination& a, const Inclination& b)
{
    return a.allegiance == b.allegiance && a.distrust == b.distrust && a.contacts == b.contacts &&
           a.crowd == b.crowd;
}

bool same(const Cost& a, const Cost& b)
{
    return a.act == b.act && a.exposure == b.exposure && a.naming == b.naming && a.fear == b.fear &&
           a.relief == b.relief;
}

/// What differs first between two traces, apart from pressure; empty: nothing.
std::string difference(const Trace& a, const Trace& b)
{
    const auto head = [](const Trace& t) {
        return std::tuple(t.scenario, t.title, t.version, t.seed, t.replicate, t.fingerprint,
                          t.outcome, t.start_utc, t.utc_offset_minutes, t.horizon,
                          t.mass_exit_share, t.ids, t.leader_roles, t.in_office);
    };
    if (head(a) != head(b))
        return "head";
    const auto board = [](const Trace& t) {
        return std::tuple(t.directors, t.conceded, t.quorum, t.board_times, t.board_conceded,
                          t.settled, t.conceded_to);
    };
    if (board(a) != board(b))
        return "board";
    if (!std::ranges::equal(a.board, b.board, [](const auto& x, const auto& y) {
            return x.resolve == y.resolve && x.pressure == y.pressure;
        }))
        return "board samples";
    if (!std::ranges::equal(a.vacated, b.vacated, [](const auto& x, const auto& y) {
            return x.name == y.name && x.time == y.time;
        }))
        return "vacated";
    const auto same_changes = [](const std::vector<Change>& x, const std::vector<Change>& y) {
        return std::ranges::equal(x, y, [](const Change& c, const Change& d) {
            return std::tuple(c.time, c.person, c.from, c.to, c.side, c.cause) ==
                       std::tuple(d.time, d.person, d.from, d.to, d.side, d.cause) &&
                   same(c.why, d.why) && same(c.cost, d.cost);
        });
    };
    if (!same_changes(a.changes, b.changes) || !same_changes(a.closest, b.closest))
        return "changes";
    if (!std::ranges::equal(a.events, b.events, [](const TraceEvent& x, const TraceEvent& y) {
            return std::tuple(x.time, x.name, x.headline, x.caption, x.kind, x.source, x.precision,
                              x.effects.size()) == std::tuple(y.time, y.name, y.headline, y.caption,
                                                              y.kind, y.source, y.precision,
                                                              y.effects.size());
        }))
        return "events";
    if (!std::ranges::equal(a.record, b.record, [](const RecordPoint& x, const RecordPoint& y) {
            return std::tuple(x.time, x.count, x.low, x.high, x.fit, x.note, x.source) ==
                   std::tuple(y.time, y.count, y.low, y.high, y.fit, y.note, y.source);
        }))
        return "record";
    return "";
}

std::string difference(const Organization& a, const Organization& b)
{
    if (a.team != b.team || a.level != b.level || a.tenure != b.tenure)
        return "people";
    if (!std::ranges::equal(a.teams, b.teams, [](const Team& x, const Team& y) {
            return std::tuple(x.department, x.lead, x.size) ==
                   std::tuple(y.department, y.lead, y.size);
        }))
        return "teams";
    if (!std::ranges::equal(a.departments, b.departments, [](const auto& x, const auto& y) {
            return std::tuple(x.name, x.params, x.head, x.size) ==
                   std::tuple(y.name, y.params, y.head, y.size);
        }))
        return "departments";
    for (AgentId i = 0; i < a.size(); ++i) {
        if (!std::ranges::equal(a.ties.influenced_by(i), b.ties.influenced_by(i)))
            return fmt::format("ties of {}", i);
        for (std::size_t k = 0; k < a.ties.influenced_by(i).size(); ++k)
            if (a.ties.weights_of(i)[k] != b.ties.weights_of(i)[k])
                return fmt::format("weights of {}", i);
    }
    return "";
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b)
{
    float largest = a.size() == b.size() ? 0 : 1e9F;
    for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k)
        largest = std::max(largest, std::abs(a[k] - b[k]));
    return largest;
}

// ---------------------------------------------------------------- files in parts

constexpr std::size_t header_size = 28, section_header_size = 16;

std::uint32_t number_at(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t k = 4; k-- > 0;)
        value = (value << 8) | static_cast<unsigned char>(bytes[at + k]);
    return value;
}

std::string bytes_of(std::uint32_t value)
{
    std::string bytes;
    for (int k = 0; k < 4; ++k)
        bytes += static_cast<char>(static_cast<unsigned char>(value >> (8 * k)));
    return bytes;
}

/// Where sections begin, and where the file ends.
std::vector<std::size_t> boundaries(const std::string& bytes)
{
    std::vector<std::size_t> all{header_size};
    while (all.back() < bytes.size())
        all.push_back(all.back() + section_header_size + number_at(bytes, all.back() + 4));
    return all;
}

const Bytef* data_of(const std::string& bytes)
{
    return reinterpret_cast<const Bytef*>(bytes.data());
}

/// A section with right lengths and checksum around any payload.
std::string section(const std::string& tag, const std::string& plain)
{
    uLongf size = compressBound(plain.size());
    std::string packed(size, '\0');
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, data_of(plain), plain.size());
    packed.resize(size);
    const std::string front = tag + bytes_of(static_cast<std::uint32_t>(packed.size())) +
                              bytes_of(static_cast<std::uint32_t>(plain.size()));
    const uLong crc =
        crc32(crc32(0, data_of(front), 12), data_of(packed), static_cast<uInt>(packed.size()));
    return front + bytes_of(static_cast<std::uint32_t>(crc)) + packed;
}

std::string plain_of(const std::string& bytes, std::size_t at)
{
    uLongf size = number_at(bytes, at + 8);
    std::string plain(size, '\0');
    uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
               data_of(bytes) + at + section_header_size, number_at(bytes, at + 4));
    return plain;
}

/// How a file is refused; empty: it is read.
std::string refusal(std::string_view bytes)
{
    try {
        io::parse_trace(bytes, "my.trace");
    } catch (const io::InputError& error) {
        return error.what();
    }
    return "";
}

bool is_one_sentence(const std::string& message)
{
    return message.starts_with("walkout: error: 'my.trace' ") &&
           message.find('\n') == std::string::npos;
}

const std::string cure = "; write it again with 'walkout run --trace'";

} // namespace

// ---------------------------------------------------------------- what a trace holds

TEST_CASE("looking at a run for its trace changes nothing", "[trace][determinism]")
{
    const RunResult seen = run(seed_case(), {.seed = 2023, .replicate = 3});
    CHECK(seed_trace().fingerprint == seen.fingerprint);
    CHECK(seed_trace().outcome == seen.outcome);
    CHECK(seed_trace().conceded == seen.director_conceded);
    CHECK(difference(seed_trace().changes, history(seed_case(), 2023, 3)) == "");
    for (const Scenario& scenario : {turmoil(60), crisis()})
        CHECK(trace_run(scenario, {.seed = 4, .replicate = 1}).fingerprint ==
              run(scenario, {.seed = 4, .replicate = 1}).fingerprint);
}

TEST_CASE("a trace follows the plan's adjustments and organization", "[trace]")
{
    const Scenario scenario = turmoil(60);
    const RunPlan plan{.seed = 4, .adjustments = {{.person = 7, .allegiance = 1}}};
    const Trace trace = trace_run(scenario, plan);
    CHECK(trace.fingerprint == run(scenario, plan).fingerprint);
    const Trace plain = trace_run(scenario, {.seed = 4});
    CHECK(trace.pressure.inclination[7] > plain.pressure.inclination[7]); // at hour 0
    CHECK(trace.pressure.inclination[8] == plain.pressure.inclination[8]);
    const auto org = std::make_shared<const Organization>(
        make_organization(scenario.organization, Chance(9, 0)));
    CHECK(trace_run(scenario, {.seed = 4, .organization = org}).organization == org);
}

TEST_CASE("people counted from the changes are those that the run counted", "[trace]")
{
    const Trace& trace = seed_trace();
    const RunResult seen = run(seed_case(), {.seed = 2023, .replicate = 3});
    std::array<std::int32_t, stance_count> count{
        static_cast<std::int32_t>(trace.organization->size())};
    std::int32_t names = 0;
    auto next = trace.changes.begin();
    for (const Sample& sample : seen.samples) {
        for (; next != trace.changes.end() && next->time < sample.time; ++next) {
            --count[static_cast<std::size_t>(next->from)];
            ++count[static_cast<std::size_t>(next->to)];
            names += next->to == Stance::signed_letter && next->side == Pole::plus;
        }
        INFO("hour " << sample.time);
        CHECK(count == sample.stances);
        CHECK(names == sample.names);
    }
    CHECK(names > 700);
    CHECK(std::ranges::is_sorted(trace.changes, {}, &Change::time));
}

TEST_CASE("events stand in a trace as they happened", "[trace]")
{
    Scenario scenario = turmoil(60);
    scenario.events[1].enabled = false;
    scenario.events[6].headline = "An offer";
    Event late = happening(0, Breach{});
    late.name = "many_have_signed";
    late.when = condition([](const Outlook& o) { return o.signed_count >= 10; });
    late.after = 2;
    scenario.events.insert(scenario.events.begin(), late);
    Event idle = happening(0);
    idle.name = "nobody_comes";
    idle.when = condition([](const Outlook&) { return false; });
    scenario.events.push_back(idle);
    scenario.board.vacated = {{"Seat", "event at 8"}, {"Chair", "nobody_comes"}};

    const Trace trace = trace_run(scenario, {.seed = 2});
    CHECK(std::ranges::is_sorted(trace.events, {}, &TraceEvent::time));
    const auto find = [&](const std::string& name) {
        return std::ranges::find(trace.events, name, &TraceEvent::name);
    };
    CHECK(trace.events.size() == scenario.events.size() - 2);
    CHECK(find("event at 0.7") == trace.events.end());
    CHECK(find("nobody_comes") == trace.events.end());
    REQUIRE(find("many_have_signed") != trace.events.end());
    CHECK(find("many_have_signed")->headline == "Many have signed");
    CHECK(find("event at 10.13")->headline == "An offer");
    CHECK(std::holds_alternative<Offer>(find("event at 10.13")->effects.at(0)));

    Hours tenth = never;
    int names = 0;
    for (const Change& change : trace.changes)
        if (change.to == Stance::signed_letter && ++names == 10)
            tenth = change.time;
    CHECK(find("many_have_signed")->time >= tenth + 2);
    CHECK(find("many_have_signed")->time <= tenth + 2 + 2 * scenario.tick);
    REQUIRE(trace.vacated.size() == 2);
    CHECK(trace.vacated[0].time == 8);
    CHECK(trace.vacated[1].time == never);
}

TEST_CASE("a trace says how the board ended", "[trace]")
{
    const Trace& trace = seed_trace();
    CHECK(trace.directors ==
          std::vector<std::string>{"Director A", "Director B", "Director C", "Chief scientist"});
    CHECK(trace.quorum == 3);
    std::vector<Hours> conceded = trace.conceded;
    std::ranges::sort(conceded);
    REQUIRE(trace.outcome == Outcome::returned);
    CHECK(trace.board_conceded == conceded[2]);
    CHECK(trace.conceded_to == Pole::plus);
    CHECK(trace.settled > trace.board_conceded);
    CHECK(trace.leader_roles[1] == "the dismissed CEO");
    CHECK(trace.leader_roles[0].empty());
    CHECK(trace.in_office[1]);
    CHECK(trace.vacated.at(0).time == 0);
    CHECK(trace.vacated.at(1).time == Approx(23.0 / 60));
}

TEST_CASE("lines between the samples of the board are as the engine has it", "[trace]")
{
    const Scenario scenario = turmoil(120);
    const Trace trace = trace_run(scenario, {.seed = 3});
    const std::size_t n = trace.directors.size();
    REQUIRE(n == 3);
    REQUIRE(trace.board.size() == n * trace.board_times.size());
    CHECK(trace.board_times.front() == 0);
    CHECK(trace.board_times.back() == Approx(scenario.horizon));
    CHECK(std::ranges::adjacent_find(trace.board_times, std::greater_equal<>()) ==
          trace.board_times.end());
    CHECK(trace.board_times.size() < 600); // of 1201 ticks

    const auto line = [&](std::size_t d, Hours time, float DirectorSample::*part) {
        const auto after = std::ranges::lower_bound(trace.board_times, time - 1e-9);
        const auto k = static_cast<std::size_t>(after - trace.board_times.begin());
        const auto value = [&](std::size_t at) {
            return static_cast<double>(trace.board[at * n + d].*part);
        };
        if (k == 0)
            return value(0);
        const double span = trace.board_times[k] - trace.board_times[k - 1];
        const double share = (time - trace.board_times[k - 1]) / span;
        return value(k - 1) + share * (value(k) - value(k - 1));
    };
    double off = 0;
    run(scenario, {.seed = 3}, [&](const World& world) {
        World now = world;
        endure(now, scenario.board, now.now); // what the engine would do to look at the board
        const double net = board_pressure(now, scenario.board, Pole::plus) -
                           board_pressure(now, scenario.board, Pole::minus);
        for (std::size_t d = 0; d < n; ++d) {
            const Director& director = now.board.directors[d];
            const double resolve = resolve_left(now, scenario.board, director, Pole::plus);
            off = std::max(off, std::abs(resolve - line(d, now.now, &DirectorSample::resolve)));
            off = std::max(
                off, std::abs(net + director.lean - line(d, now.now, &DirectorSample::pressure)));
        }
    });
    CHECK(off < 2.0 / 256);
}

TEST_CASE("a director gives way where pressure has reached the resolve left", "[trace]")
{
    const Trace& trace = seed_trace();
    int seen = 0;
    for (std::size_t d = 0; d < trace.directors.size(); ++d) {
        if (trace.conceded[d] == never)
            continue;
        const auto after = std::ranges::lower_bound(trace.board_times, trace.conceded[d]);
        REQUIRE(after != trace.board_times.end());
        const auto k = static_cast<std::size_t>(after - trace.board_times.begin());
        const DirectorSample& sample = trace.board[k * trace.directors.size() + d];
        CHECK(sample.pressure > sample.resolve - 0.01F);
        ++seen;
    }
    CHECK(seen >= 3);
}

TEST_CASE("pressure is what the engine computes, looked at where people act", "[trace]")
{
    const Scenario scenario = seed_case();
    const PressureSamples& pressure = seed_trace().pressure;
    const std::size_t people = 770;
    REQUIRE(pressure.times.size() > 100);
    CHECK(pressure.times.size() <= 420);
    REQUIRE(pressure.inclination.size() == people * pressure.times.size());
    REQUIRE(pressure.cost.size() == pressure.inclination.size());
    CHECK(std::ranges::adjacent_find(pressure.times, std::greater_equal<>()) ==
          pressure.times.end());
    CHECK(pressure.times.front() == 0);
    CHECK(pressure.times.back() >= seed_trace().changes.back().time);
    const auto in_rush = std::ranges::count_if(
        pressure.times, [](Hours t) { return t >= 63.5 && t <= 69.5; }); // most signatures
    CHECK(in_rush > 30);

    std::size_t k = 0;
    run(scenario, {.seed = 2023, .replicate = 3}, [&](const World& world) {
        if (k == pressure.times.size() || world.now != pressure.times[k])
            return;
        for (const AgentId i : {0U, 111U, 444U, 769U}) {
            const double y = inclination(world, scenario, i, Rung::sign).total();
            const double c = cost(world, scenario, i, Rung::sign, Pole::plus).total();
            REQUIRE(pressure.inclination[k * people + i] == static_cast<float>(y));
            REQUIRE(pressure.cost[k * people + i] == static_cast<float>(c));
        }
        ++k;
    });
    CHECK(k == pressure.times.size());
}

TEST_CASE("who never signed has the moment at which they came closest", "[trace]")
{
    const Trace& trace = seed_trace();
    const std::uint32_t people = trace.organization->size();
    std::vector<bool> signs(people);
    for (const Change& change : trace.changes)
        if (change.to == Stance::signed_letter && change.side == Pole::plus)
            signs[change.person] = true;
    std::vector<bool> told(people);
    const Hours opened = 62.8;
    for (const Change& closest : trace.closest) {
        CHECK_FALSE(signs[closest.person]);
        CHECK_FALSE(told[closest.person]);
        told[closest.person] = true;
        CHECK(closest.to == Stance::signed_letter);
        CHECK(closest.side == Pole::plus);
        CHECK(closest.time >= opened);
        CHECK(closest.time <= trace.settled + 0.1);
        float nearest = -1e9F;
        for (std::size_t k = 0; k < trace.pressure.times.size(); ++k)
            if (trace.pressure.times[k] >= opened && trace.pressure.times[k] < trace.settled) {
                const std::size_t at = k * people + closest.person;
                nearest =
                    std::max(nearest, trace.pressure.inclination[at] - trace.pressure.cost[at]);
            }
        CHECK(closest.why.total() - closest.cost.total() ==
              Approx(static_cast<double>(nearest)).margin(1e-5));
    }
    std::size_t others = 0;
    for (const Change& change : trace.changes) // gone before they could sign
        others += change.to == Stance::resigned && !signs[change.person] && !told[change.person];
    CHECK(trace.closest.size() + others ==
          static_cast<std::size_t>(std::ranges::count(signs, false)));
    CHECK_FALSE(trace.closest.empty());
}

TEST_CASE("large organizations have no pressure in their traces", "[trace]")
{
    Scenario scenario = turmoil(2501);
    scenario.horizon = 12;
    const Trace trace = trace_run(scenario, {.seed = 1});
    CHECK(trace.pressure.empty());
    CHECK_FALSE(trace.closest.empty());
    scenario.organization.headcount = 2500;
    CHECK_FALSE(trace_run(scenario, {.seed = 1}).pressure.empty());
}

TEST_CASE("a scenario without board, letter and events has a trace", "[trace]")
{
    Scenario scenario = small_world(3);
    scenario.horizon = 5;
    const Trace trace = trace_run(scenario, {.seed = 1});
    CHECK(trace.outcome == Outcome::no_petition);
    CHECK(trace.closest.empty());
    CHECK(trace.board.empty());
    CHECK(difference(trace, io::parse_trace(io::trace_bytes(trace), "x")) == "");
}

// ---------------------------------------------------------------- files

TEST_CASE("a trace comes back from its file as it was", "[trace][io]")
{
    for (const Trace& trace : {seed_trace(), rich_trace()}) {
        INFO(trace.scenario);
        const Trace again = io::parse_trace(io::trace_bytes(trace), "x");
        CHECK(difference(trace, again) == "");
        CHECK(difference(*trace.organization, *again.organization) == "");
        CHECK(trace.pressure.times == again.pressure.times);
        const float half_step = io::pressure_step / 2 + 1e-7F;
        CHECK(largest_difference(trace.pressure.inclination, again.pressure.inclination) <=
              half_step);
        CHECK(largest_difference(trace.pressure.cost, again.pressure.cost) <= half_step);
        CHECK(io::trace_bytes(again) == io::trace_bytes(trace)); // effects too
    }
}

TEST_CASE("every effect comes back from a file with what it says", "[trace][io]")
{
    const Trace again = io::parse_trace(io::trace_bytes(rich_trace()), "x");
    const auto effects = [&](Hours time) {
        const auto event = std::ranges::find(again.events, time, &TraceEvent::time);
        REQUIRE(event != again.events.end());
        return event->effects;
    };
    CHECK(std::get<Breach>(effects(0.7)[0]).severity == 0.4);
    CHECK(std::get<Evidence>(effects(3.3)[0]).among.reach == 0.5);
    CHECK(std::get<Breach>(effects(3.3)[1]).among.department == "department 1");
    CHECK(std::get<Breach>(effects(3.3)[1]).among.visa == false);
    CHECK(std::get<Petition>(effects(5.01)[0]).first_signers == 5);
    CHECK(std::get<Persuade>(effects(6.2)[0]).strength == 0.15);
    CHECK(std::get<Petition>(effects(8)[0]).pole == Pole::minus);
    CHECK(std::get<Offer>(effects(10.13)[0]).quality == 0.6);
    CHECK(std::get<Vigil>(effects(11.5)[0]).share == 0.7);
    CHECK(std::get<Package>(effects(14)[0]).open_for == 30);
    CHECK(std::get<Concede>(effects(15)[3]).director == "first");
    CHECK(std::get<Appoint>(effects(15)[2]).trust == 0.5);
    CHECK_FALSE(std::get<Appoint>(effects(16)[1]).trust.has_value());
    CHECK(std::get<Retaliate>(effects(20)[0]).factor == 0.2);
    CHECK(std::get<Deadline>(effects(22.22)[0]).in == 30);
    CHECK(std::get<Invest>(effects(26)[0]).stance == 0.6);
    CHECK(std::get<Reassure>(effects(60.6)[0]).gain == 0.2);
    CHECK(std::get<Close>(effects(61)[0]).pole == Pole::minus);
}

TEST_CASE("pressure beyond what a file can say is cut", "[trace][io]")
{
    Trace trace = rich_trace();
    trace.pressure.cost[3] = 100;
    trace.pressure.inclination[4] = -100;
    const Trace again = io::parse_trace(io::trace_bytes(trace), "x");
    CHECK(again.pressure.cost[3] == Approx(16).margin(0.01));
    CHECK(again.pressure.inclination[4] == Approx(-16).margin(0.01));
}

TEST_CASE("the trace of the seed case is small", "[trace][io]")
{
    CHECK(io::trace_bytes(seed_trace()).size() < 1'000'000);
}

TEST_CASE("sections of later programs are passed over", "[trace][io]")
{
    std::string bytes = io::trace_bytes(rich_trace());
    bytes.insert(boundaries(bytes)[2], section("new.", "what nobody knows yet"));
    CHECK(difference(io::parse_trace(bytes, "x"), rich_trace()) == "");
}

TEST_CASE("a trace is told from a scenario by how it begins", "[trace][io]")
{
    TemporaryFolder folder;
    write_text(folder / "run.trace", io::trace_bytes(rich_trace()));
    write_text(folder / "short.trace", "\x89WLK");
    CHECK(io::is_trace((folder / "run.trace").string()));
    CHECK(io::read_trace((folder / "run.trace").string()).fingerprint == rich_trace().fingerprint);
    CHECK_FALSE(io::is_trace((folder / "short.trace").string()));
    CHECK_FALSE(io::is_trace((checkout() / "scenarios/letter.yaml").string()));
    CHECK_FALSE(io::is_trace((folder / "none").string()));
    CHECK_FALSE(io::is_trace(folder.path().string()));
}

// ---------------------------------------------------------------- wrong files

TEST_CASE("a file that cannot be played says why in one sentence", "[trace][errors]")
{
    const std::string bytes = io::trace_bytes(rich_trace());
    const auto ends = boundaries(bytes);
    const std::string begin = "walkout: error: 'my.trace' ";
    CHECK(refusal("title: x\nstart: 2025-03-03T09:00+00:00\n") ==
          begin + "is no trace; 'walkout run SCENARIO --trace' writes one");
    CHECK(refusal("") == begin + "is no trace; 'walkout run SCENARIO --trace' writes one");
    CHECK(refusal(bytes.substr(0, 20)) ==
          begin + "ends at byte 20, in the middle of the header" + cure);
    CHECK(refusal(bytes.substr(0, ends[1])) ==
          begin + fmt::format("ends at byte {}, before its last section", ends[1]) + cure);
    CHECK(refusal(bytes.substr(0, ends[1] + 5)) ==
          begin +
              fmt::format("ends at byte {}, in the middle of the head of a section", ends[1] + 5) +
              cure);
    CHECK(refusal(bytes.substr(0, ends[4] - 1)) ==
          begin + fmt::format("ends at byte {}, in the middle of section 'acts'", ends[4] - 1) +
              cure);
    CHECK(refusal(bytes + "x") ==
          begin + fmt::format("goes on after its end at byte {}", bytes.size()) + cure);

    std::string damaged = bytes;
    damaged[ends[4] + section_header_size + 3] ^= 1;
    CHECK(refusal(damaged) ==
          begin + fmt::format("is damaged in section 'board' before byte {}", ends[5]) + cure);
    std::string without = bytes;
    without.erase(ends[5], ends[6] - ends[5]);
    CHECK(refusal(without) == begin + "lacks the section 'record'" + cure);
    std::string senseless = bytes;
    senseless.replace(ends[3], ends[4] - ends[3], section("acts", "nonsense"));
    CHECK(refusal(senseless) == begin + "makes no sense in section 'acts'" + cure);

    std::string newer = bytes;
    newer[8] = 2;
    newer.replace(12, 5, "7.5.3");
    CHECK(refusal(newer) ==
          begin + "was written by walkout 7.5.3 as trace format 2, and this program reads up to "
                  "format 1; play it there, or write it again here with 'walkout run --trace'");
}

TEST_CASE("a trace that contradicts itself is refused", "[trace][errors]")
{
    const Trace sound = rich_trace();
    const auto refused = [&](const std::string& section, auto spoil) {
        Trace trace = sound;
        spoil(trace);
        CHECK(refusal(io::trace_bytes(trace)) ==
              "walkout: error: 'my.trace' makes no sense in section '" + section + "'" + cure);
    };
    refused("head", [](Trace& t) { t.horizon = 0; });
    refused("organization", [](Trace& t) { t.ids.pop_back(); });
    refused("organization", [](Trace& t) {
        Organization org = *t.organization;
        ++org.teams[0].size;
        t.organization = std::make_shared<const Organization>(org);
    });
    refused("events", [](Trace& t) { std::swap(t.events.front(), t.events.back()); });
    refused("events", [](Trace& t) { t.events[0].name = "\xff"; });
    refused("acts", [](Trace& t) { t.changes[0].person = t.organization->size(); });
    refused("acts", [](Trace& t) { t.changes.back().time = never; });
    refused("acts", [](Trace& t) { t.closest[0].why.crowd = never; });
    refused("board", [](Trace& t) { t.conceded.pop_back(); });
    refused("board", [](Trace& t) { t.settled = -1; });
    refused("board", [](Trace& t) { t.board.pop_back(); });
    refused("record", [](Trace& t) { t.record[0].time = 8; });
    refused("pressure", [](Trace& t) { t.pressure.times[0] = 50; });
    refused("pressure", [](Trace& t) { t.pressure.cost.pop_back(); });
}

TEST_CASE("a file that is not there says so", "[trace][errors]")
{
    TemporaryFolder folder;
    CHECK_THROWS_WITH(io::read_trace("none.trace"), "walkout: error: no file 'none.trace'");
    const std::string path = folder.path().string();
    CHECK_THROWS_WITH(io::read_trace(path), "walkout: error: '" + path + "' is a folder");
}

TEST_CASE("a section that claims to be huge is refused before it is unpacked", "[trace][errors]")
{
    std::string bytes = io::trace_bytes(rich_trace());
    const auto at = boundaries(bytes)[1];
    const std::string front = "org." + bytes_of(3) + bytes_of(0xffffffffU);
    const std::string payload = "abc";
    const uLong crc = crc32(crc32(0, data_of(front), 12), data_of(payload), 3);
    bytes.replace(at, std::string::npos,
                  front + bytes_of(static_cast<std::uint32_t>(crc)) + payload);
    CHECK_THROWS_AS(io::parse_trace(bytes, "x"), io::LimitError);
    bytes.replace(at + 8, 4, bytes_of(1U << 29));
    const uLong again = crc32(crc32(0, data_of(bytes) + at, 12), data_of(payload), 3);
    bytes.replace(at + 12, 4, bytes_of(static_cast<std::uint32_t>(again)));
    CHECK(refusal(bytes).find("makes no sense in section 'organization'") != std::string::npos);
}

TEST_CASE("a file cut anywhere is refused in one sentence", "[trace][errors]")
{
    const std::string bytes = io::trace_bytes(rich_trace());
    std::vector<std::size_t> cuts = boundaries(bytes);
    cuts.pop_back();
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 50)
        cuts.push_back(size);
    for (const std::size_t size : cuts) {
        INFO(size << " bytes");
        CHECK(is_one_sentence(refusal(bytes.substr(0, size))));
    }
}

TEST_CASE("a file with flipped bytes is refused in one sentence", "[trace][errors]")
{
    const std::string bytes = io::trace_bytes(rich_trace());
    boost::random::taus88 random(1);
    for (int k = 0; k < 500; ++k) {
        std::string damaged = bytes;
        const std::size_t at = header_size + random() % (bytes.size() - header_size);
        damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1 + random() % 255));
        if (k % 5 == 0)
            damaged.resize(at + random() % (bytes.size() - at));
        INFO("byte " << at);
        CHECK(is_one_sentence(refusal(damaged)));
    }
}

TEST_CASE("a file with a right checksum around nonsense never does harm", "[trace][errors]")
{
    const std::string bytes = io::trace_bytes(rich_trace());
    const auto ends = boundaries(bytes);
    boost::random::taus88 random(2);
    int refused = 0;
    for (int k = 0; k < 700; ++k) {
        const auto part = static_cast<std::size_t>(k) % (ends.size() - 2);
        std::string plain = plain_of(bytes, ends[part]);
        const std::size_t at = random() % plain.size();
        if (k % 4 == 0)
            plain.resize(at);
        else if (k % 4 == 1 && at + 4 <= plain.size())
            plain.replace(at, 4, bytes_of(0xffffffffU));
        else
            plain[at] = static_cast<char>(random());
        std::string crafted = bytes;
        crafted.replace(ends[part], ends[part + 1] - ends[part],
                        section(bytes.substr(ends[part], 4), plain));
        const std::string message = refusal(crafted);
        INFO(message);
        CHECK((message.empty() || is_one_sentence(message)));
        refused += !message.empty();
    }
    CHECK(refused > 200);
}

// ---------------------------------------------------------------- the command

TEST_CASE("run --trace writes the history of the run that changes.csv holds", "[trace][cli]")
{
    TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    const Ended ended =
        walkout({"run", "scenarios/startup_50.yaml", "--replicates", "5", "--trace", "--out", out});
    CHECK(ended.code == 0);
    CHECK(ended.err.find("wrote counts.csv, changes.csv, summary.json, provenance.json and "
                         "run.trace to " +
                         out) != std::string::npos);
    CHECK(ended.err.find("walkout play " + out + "/run.trace\n") != std::string::npos);
    const Trace trace = io::read_trace(out + "/run.trace");
    CHECK(trace.version == "0.1.0");
    CHECK(trace.scenario == "startup_50");
    CHECK(trace.seed == 7);
    CHECK(line_count(read_text(folder / "out/changes.csv")) == trace.changes.size() + 1);
    CHECK(read_text(folder / "out/summary.json")
              .find(fmt::format("\"typical_replicate\": {}", trace.replicate)) !=
          std::string::npos);
    CHECK(
        read_text(folder / "out/provenance.json").find(fmt::format("{:016x}", trace.fingerprint)) !=
        std::string::npos);
    CHECK(walkout({"reproduce", out}).code == 0);
}

TEST_CASE("run --trace --changes-of writes the run that was asked for", "[trace][cli]")
{
    TemporaryFolder folder;
    const std::string out = folder.path().string();
    for (const std::uint32_t replicate : {0U, 2U}) {
        CHECK(walkout({"run", "scenarios/letter.yaml", "--replicates", "3", "--trace",
                       "--changes-of", std::to_string(replicate), "--no-twin", "--out", out})
                  .code == 0);
        CHECK(io::read_trace(out + "/run.trace").replicate == replicate);
    }
}

} // namespace walkout
