/// A trace made ready to be drawn: two clocks that agree, nobody lost, captions that say what the
/// run did.

#include "tests/render_support.hpp"

#include "render/text_playback.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

using namespace walkout;
using namespace walkout::render;

namespace {

/// Story seconds evenly over the whole story.
std::vector<double> some_seconds(const Story& story, int count = 200)
{
    std::vector<double> seconds;
    for (int i = 0; i < count; ++i)
        seconds.push_back(story.clock().length() * i / (count - 1));
    return seconds;
}

StoryClock busy_clock()
{
    std::vector<Hours> acts;
    for (int i = 0; i < 700; ++i)
        acts.push_back(60 + 4 * std::sqrt(i / 700.0));
    return {-4, 114, acts, 770, {0, 60, 100}, {{0, 4.2}, {100, 2.6}, {100, 7.5}, {-20, 3}}};
}

render::Flag flag_labeled(const Story& story, const std::string& label)
{
    for (const render::Flag& flag : story.flags())
        if (flag.label == label)
            return flag;
    FAIL("no flag " << label);
    return {};
}

bool has_flag(const Story& story, FlagKind kind)
{
    return std::ranges::any_of(story.flags(),
                               [&](const render::Flag& flag) { return flag.kind == kind; });
}

} // namespace

// ---------------------------------------------------------------- the clock

TEST_CASE("Hours and story seconds are inverse outside beats", "[render]")
{
    const StoryClock clock = busy_clock();
    for (int i = 0; i <= 5000; ++i) {
        const Hours time = clock.begin() + (clock.end() - clock.begin()) * i / 5000;
        REQUIRE(clock.time(clock.second(time)) == Approx(time).margin(1e-9));
    }
    CHECK(clock.time(0) == clock.begin());
    CHECK(clock.time(clock.length()) == Approx(clock.end()).margin(1e-9));
    CHECK(clock.second(clock.begin()) == 0);
}

TEST_CASE("Later hours come later in the story, and the clock never runs back", "[render]")
{
    const StoryClock clock = busy_clock();
    for (int i = 1; i <= 5000; ++i) {
        const double step = (clock.end() - clock.begin()) / 5000;
        const Hours time = clock.begin() + step * i;
        REQUIRE(clock.second(time) > clock.second(time - step));
        const double second = clock.length() * i / 5000;
        REQUIRE(clock.time(second) >= clock.time(second - clock.length() / 5000));
    }
}

TEST_CASE("The clock stands still for the length of a beat, and goes on after it", "[render]")
{
    const StoryClock clock = busy_clock();
    const double firing = clock.second(0);
    for (const double since : {0.0, 1.0, 4.1, 4.2})
        CHECK(clock.time(firing + since) == 0);
    CHECK(clock.time(firing + 4.3) > 0);
    CHECK(clock.time(firing - 0.1) < 0);
    // Two beats of one moment follow each other.
    const double end = clock.second(100);
    CHECK(clock.time(end + 10.0) == 100);
    CHECK(clock.time(end + 10.2) > 100);
}

TEST_CASE("All cells take 92 seconds; beats inside the story come on top", "[render]")
{
    CHECK(busy_clock().length() == Approx(92 + 4.2 + 2.6 + 7.5));
    CHECK(StoryClock(0, 10, {}, 1, {}, {}).length() == Approx(92));
}

TEST_CASE("Busy hours take long and quiet ones pass fast", "[render]")
{
    const StoryClock clock = busy_clock();
    CHECK(clock.second(64) - clock.second(60) > 5 * (clock.second(40) - clock.second(36)));
}

TEST_CASE("Story seconds follow the density of acts and flags", "[render]")
{
    // The definition, cell by cell: 385 people, acts weigh double.
    const std::vector<Hours> acts{10.01, 10.02, 10.03, 50.5};
    const std::vector<Hours> flags{10.01, 70.2};
    const StoryClock clock(0, 90, acts, 385, flags, {});
    constexpr int cells = 1800;
    std::vector<double> rate(cells, 0.0), cost;
    for (const Hours act : acts)
        rate[static_cast<std::size_t>(act / 90 * cells)] += 2;
    for (const Hours flag : flags)
        rate[static_cast<std::size_t>(flag / 90 * cells)] += 7;
    double total = 0;
    for (int i = 0; i < cells; ++i) {
        double sum = 0, weight = 0;
        for (int j = std::max(0, i - 14); j <= std::min(cells - 1, i + 14); ++j) {
            const double w = std::exp(-(i - j) * (i - j) / 60.0);
            sum += w * rate[static_cast<std::size_t>(j)];
            weight += w;
        }
        cost.push_back(0.30 + std::pow(sum / weight, 0.60));
        total += cost.back();
    }
    double second = 0;
    for (int i = 0; i < cells; ++i) {
        REQUIRE(clock.second(90.0 * i / cells) == Approx(second).margin(1e-6));
        second += 92 * cost[static_cast<std::size_t>(i)] / total;
    }
}

TEST_CASE("Seconds outside the story show its first and last moment", "[render]")
{
    const StoryClock clock = busy_clock();
    CHECK(clock.time(-5) == clock.begin());
    CHECK(clock.time(clock.length() + 5) == Approx(clock.end()).margin(1e-9));
    CHECK(clock.second(-1000) == 0);
    CHECK(clock.second(1000) == Approx(clock.length()));
}

// ---------------------------------------------------------------- people

TEST_CASE("A later state hides an earlier one, and of one moment the highest counts", "[render]")
{
    Fate fate{.unsettled = 1, .signed_letter = 2, .gone = 3, .back = 4};
    CHECK(fate.at(0.5) == State::at_work);
    CHECK(fate.at(1) == State::unsettled);
    CHECK(fate.at(2) == State::signed_letter);
    CHECK(fate.at(3) == State::gone);
    CHECK(fate.at(4) == State::back);
    fate.back = 3;
    CHECK(fate.at(3) == State::back);
    fate.back = 2.5; // returned to the seat, then left
    CHECK(fate.at(2.7) == State::back);
    CHECK(fate.at(3) == State::gone);
}

TEST_CASE("Tallies equal the stances of the trace at every moment", "[render]")
{
    const Plotline plot{.sign = 0.7, .leave = 0.4, .leave_again = 0.2};
    for (const Story& story :
         {Story(made_trace({30, 5, 60, 1}, plot)), Story(made_trace({9}, {.settled = false}))}) {
        for (const double second : some_seconds(story)) {
            const Hours time = story.clock().time(second);
            std::vector<Stance> stance(story.people(), Stance::working);
            int names = 0;
            for (const Change& change : story.trace().changes)
                if (change.time <= time) {
                    stance[change.person] = change.to;
                    names += change.to == Stance::signed_letter ? 1 : 0;
                }
            const auto count = [&](Stance wanted) {
                return static_cast<int>(std::ranges::count(stance, wanted));
            };
            CAPTURE(time);
            const Tally tally = story.tally(time);
            REQUIRE(tally.unsettled == count(Stance::posted));
            REQUIRE(tally.signed_letter == names);
            REQUIRE(tally.gone == count(Stance::resigned));
            REQUIRE(tally.back == count(Stance::returned));
        }
    }
}

TEST_CASE("Tallies of blocks add up to that of all", "[render]")
{
    const Story story(made_trace({30, 5, 60, 1}, {.leave_again = 0.1}));
    for (const double second : some_seconds(story)) {
        const Hours time = story.clock().time(second);
        Tally sum;
        for (std::size_t b = 0; b < story.blocks().size(); ++b) {
            const Tally one = story.tally_of_block(b, time);
            sum.unsettled += one.unsettled;
            sum.signed_letter += one.signed_letter;
            sum.gone += one.gone;
            sum.back += one.back;
        }
        const Tally all = story.tally(time);
        REQUIRE(sum.unsettled == all.unsettled);
        REQUIRE(sum.signed_letter == all.signed_letter);
        REQUIRE(sum.gone == all.gone);
        REQUIRE(sum.back == all.back);
    }
}

TEST_CASE("Ranks count the signatures in the order of the trace", "[render]")
{
    const Story story(made_trace({30, 5, 60, 1}));
    std::uint32_t rank = 0;
    for (const Change& change : story.trace().changes)
        if (change.to == Stance::signed_letter)
            REQUIRE(story.fate(change.person).rank == ++rank);
    CHECK(rank == story.signings().size());
    CHECK(std::ranges::is_sorted(story.signings()));
}

TEST_CASE("Where the only letter is against the leader, its signers are shown", "[render]")
{
    Trace trace = made_trace({20, 20});
    std::get<Petition>(trace.events.back().effects.front()).pole = Pole::minus;
    const Trace for_the_leader = trace;
    for (Change& change : trace.changes)
        change.side = Pole::minus;
    const Story story(std::move(trace));
    CHECK(story.side() == Pole::minus);
    CHECK(story.letter_opened() == 10);
    CHECK(story.signings().size() == 36);
    CHECK(Story(for_the_leader).signings().empty());
}

TEST_CASE("Blocks hold everybody once, leads first", "[render]")
{
    const Story story(made_trace({30, 5, 60, 1}));
    REQUIRE(story.blocks().size() == 4);
    CHECK(story.blocks_are_departments());
    std::vector<AgentId> all;
    const auto& levels = story.trace().organization->level;
    for (std::uint32_t b = 0; b < 4; ++b) {
        const auto& people = story.blocks()[b].people;
        CHECK(std::ranges::is_sorted(people, std::greater{}, [&](AgentId i) { return levels[i]; }));
        for (const AgentId person : people)
            CHECK(story.block_of(person) == b);
        all.insert(all.end(), people.begin(), people.end());
    }
    std::ranges::sort(all);
    REQUIRE(all.size() == story.people());
    for (AgentId i = 0; i < story.people(); ++i)
        REQUIRE(all[i] == i);
}

TEST_CASE("People have readable names, or those of their table", "[render]")
{
    Trace trace = made_trace({3, 2});
    const Story story(trace);
    CHECK(story.id(0) == "Block 1-1");
    CHECK(story.id(4) == "Block 2-2");
    CHECK(story.role(0) == "Head of department");
    CHECK(story.place(4) == "Block 2, team 1");
    trace.ids = {"ann", "bob", "cid", "dee", "eve"};
    CHECK(Story(trace).id(4) == "eve");
}

// ---------------------------------------------------------------- the board

TEST_CASE("A director's hold falls as pressure nears twice the resolve that is left", "[render]")
{
    const Story story(made_trace({20}, {.settled = false}));
    CHECK(story.hold(0, -1) == 1);
    CHECK(story.hold(0, 0) == Approx(1));
    const double resolve = 1 - 20 / 120.0, pressure = 0.3;
    CHECK(story.stand(0, 20).resolve == Approx(resolve).margin(1e-6));
    CHECK(story.stand(0, 20).pressure == Approx(pressure).margin(1e-6));
    CHECK(story.hold(0, 20) == Approx(1 - pressure / (2 * resolve)).margin(1e-6));
    CHECK(story.stand(0, 15).pressure == Approx(pressure / 2).margin(1e-6));
    CHECK(story.hold(0, 1000) == Approx(story.hold(0, 60)));
    CHECK(story.hold(0, 60) < Story::yields_at); // pressure 0.6 against resolve 0.5
    CHECK(story.hold(0, 20) > Story::yields_at);
}

TEST_CASE("Directors give way at the moments of the trace", "[render]")
{
    const Story story(made_trace({20}));
    CHECK(story.holding(25.9) == 4);
    CHECK(story.breaks_needed(25.9) == 3);
    CHECK(story.gave_way(0, 26));
    CHECK(story.hold(0, 26) == 0);
    CHECK(story.holding(27) == 2);
    CHECK(story.breaks_needed(27) == 1);
    CHECK(story.breaks_needed(40) == 0);
}

TEST_CASE("Every director has a letter of the own name, all different", "[render]")
{
    Trace trace = made_trace({20}, {.settled = false, .directors = 5});
    trace.directors = {"Director A", "Chief scientist", "Chair", "director_1", "Director A"};
    const Story story(trace);
    CHECK(story.director_letter(0) == "A");
    CHECK(story.director_letter(1) == "S");
    CHECK(story.director_letter(2) == "C");
    CHECK(story.director_letter(3) == "1");
    CHECK(story.director_letter(4) == "D");
}

// ---------------------------------------------------------------- flags and captions

TEST_CASE("The dismissal and the return stop the clock and say who", "[render]")
{
    const Story story(made_trace({40, 40}));
    const render::Flag fired = flag_labeled(story, "The board fires the CEO");
    CHECK(fired.time == 0);
    CHECK(fired.beat == 4.2);
    CHECK(fired.kind == FlagKind::script);
    CHECK(fired.headline == "The board fires the CEO.");
    const render::Flag back = flag_labeled(story, "CEO reinstated");
    CHECK(back.time == 30);
    CHECK(back.beat == 7.5);
    CHECK(back.headline == "The CEO is back.");
    CHECK(story.clock().time(story.clock().second(30) + 7) == 30);
}

TEST_CASE("Shares of signatures are flagged when they are reached", "[render]")
{
    const Story story(made_trace({100, 100}));
    for (const auto& [label, people] :
         {std::pair{"10 % signed", 20}, {"50 % signed", 100}, {"90 % signed", 180}}) {
        const render::Flag flag = flag_labeled(story, label);
        CHECK(flag.kind == FlagKind::milestone);
        CHECK(story.tally(flag.time).signed_letter == people);
        CHECK(story.tally(flag.time - 1e-6).signed_letter == people - 1);
    }
}

TEST_CASE("Each director who breaks before the board does is told, with what is left", "[render]")
{
    const Story story(made_trace({40, 40}));
    const render::Flag first = flag_labeled(story, "Director A breaks");
    CHECK(first.headline == "Director A breaks with the board.");
    CHECK(first.detail == "Three directors hold. Two more must give way.");
    CHECK(flag_labeled(story, "Director B breaks").detail ==
          "Two directors hold. One more break ends it.");
    CHECK(flag_labeled(story, "Board concedes").time == 28);
    CHECK(std::ranges::count(story.flags(), FlagKind::director, &render::Flag::kind) == 2);
}

TEST_CASE("A board that holds while people leave is told so, and how it ends", "[render]")
{
    const Story story(made_trace({100, 100}, {.leave = 0.6, .settled = false}));
    CHECK(flag_labeled(story, "First wave leaves").headline == "The board holds. People leave.");
    CHECK(flag_labeled(story, "First wave leaves").detail == "20 have gone.");
    CHECK(story.tally(flag_labeled(story, "Half have left").time).gone == 100);
    const render::Flag end = flag_labeled(story, "CEO stays out");
    CHECK(end.headline == "Day 3: the CEO stays out.");
    CHECK(end.detail == "180 signed, 120 gone.");
    CHECK_FALSE(has_flag(story, FlagKind::settlement));
}

TEST_CASE("A caption that fits in two lines is the headline, a longer one the detail", "[render]")
{
    Trace trace = made_trace({20, 20});
    trace.events[1].caption = "The offer opens to all staff.";
    trace.events[2].caption = "The press prints the letter and the count."; // three lines
    const Story story(trace);
    CHECK(flag_labeled(story, "An offer to all").headline == "The offer opens to all staff.");
    CHECK(flag_labeled(story, "An offer to all").detail.empty());
    const render::Flag letter = flag_labeled(story, "A letter starts to circulate");
    CHECK(letter.headline == "A letter starts to circulate.");
    CHECK(letter.detail == trace.events[2].caption);
}

TEST_CASE("What is not on record is marked as assumed", "[render]")
{
    Trace trace = made_trace({20, 20});
    trace.events[1].kind = "assumed";
    CHECK(flag_labeled(Story(trace), "An offer to all").kind == FlagKind::assumption);
}

TEST_CASE("An event that only tells stops no clock", "[render]")
{
    Trace trace = made_trace({20, 20});
    trace.events.insert(trace.events.begin() + 1,
                        TraceEvent{.time = 2, .headline = "A rumor", .kind = "recorded"});
    CHECK(flag_labeled(Story(trace), "A rumor").beat == 0);
}

TEST_CASE("What the script imposes is not told twice", "[render]")
{
    Trace trace = made_trace({40, 40});
    trace.events.push_back({.time = 26,
                            .headline = "A director steps back",
                            .kind = "recorded",
                            .effects = {Concede{.director = "Director A"}}});
    const Story story(trace);
    CHECK(std::ranges::count(story.flags(), FlagKind::director, &render::Flag::kind) == 1);
    CHECK(flag_labeled(story, "A director steps back").beat > 0);
}

TEST_CASE("Of very many events those that matter are on the track, apart from each other",
          "[render]")
{
    Trace trace = made_trace({100, 100});
    for (int i = 0; i < 60; ++i)
        trace.events.push_back(
            {.time = 0.2 + 0.4 * i, .headline = "Rumor " + std::to_string(i), .kind = "recorded"});
    std::ranges::stable_sort(trace.events, {}, &TraceEvent::time);
    const Story story(trace);
    std::vector<double> seconds;
    for (const render::Flag& flag : story.flags()) {
        if (flag.shown)
            seconds.push_back(story.clock().second(flag.time));
        if (flag.kind == FlagKind::settlement || flag.label == "The board fires the CEO" ||
            flag.label == "A letter starts to circulate")
            CHECK(flag.shown);
    }
    CHECK(seconds.size() <= 14);
    CHECK(std::ranges::any_of(story.flags(), [](const render::Flag& flag) {
        return flag.shown && flag.label.starts_with("Rumor"); // where nothing else happens
    }));
    for (std::size_t i = 1; i < seconds.size(); ++i)
        CHECK(seconds[i] - seconds[i - 1] > 0.002 * story.clock().length());
    CHECK(story.flags().size() > 60);
}

TEST_CASE("Of two flags of the same moment one is on the track", "[render]")
{
    Trace trace = made_trace({100, 100});
    TraceEvent twin = trace.events.back();
    twin.headline = "A second letter";
    trace.events.push_back(twin);
    const Story story(trace);
    CHECK(flag_labeled(story, "A letter starts to circulate").shown);
    CHECK_FALSE(flag_labeled(story, "A second letter").shown);
}

TEST_CASE("Captions of the track come at their moment, others only with time to read", "[render]")
{
    const Story& story = story_of("openai_2023");
    CHECK(story.caption(0) == nullptr);
    for (const render::Flag& flag : story.flags())
        if (flag.shown)
            CHECK(story.caption(story.clock().second(flag.time)) == &flag);
    const render::Flag* before = nullptr;
    double since = 0;
    int told = 0;
    for (double second = 0; second < story.clock().length(); second += 0.02) {
        const render::Flag* now = story.caption(second);
        if (now == before)
            continue;
        CAPTURE(second, now->headline);
        if (before != nullptr && !before->shown)
            CHECK(second - since > 3.9);
        told += now->shown ? 0 : 1;
        before = now;
        since = second;
    }
    CHECK(told > 0);
}

TEST_CASE("The seed case: a calm start, fourteen flags, a hundred seconds and some", "[render]")
{
    const Story& story = story_of("openai_2023");
    CHECK(story.clock().begin() == Approx(-3.7).margin(0.5));
    CHECK(story.clock().end() > story.settled());
    CHECK(story.clock().end() < story.trace().horizon);
    CHECK(story.clock().length() == Approx(113).margin(6));
    CHECK(story.fired() == 0);
    CHECK(story.day(0) == "Fri 17 Nov");
    CHECK(story.clock_text(65.8) == "05:48");
    CHECK(story.zone() == "UTC-08:00");
    const auto shown = std::ranges::count(story.flags(), true, &render::Flag::shown);
    CHECK(shown >= 10);
    CHECK(shown <= 14);
}

// ---------------------------------------------------------------- time as people type it

TEST_CASE("Typed times are understood", "[render]")
{
    const Story& story = story_of("openai_2023"); // begins on a Friday noon
    const auto typed = [&](const char* text) { return story.parse_time(text, 50).value_or(-999); };
    CHECK(typed("mon 5:48") == Approx(65.8));
    CHECK(typed("  Monday 05:48 ") == Approx(65.8));
    CHECK(typed("Mon") == Approx(60));
    CHECK(typed("5:48") == Approx(41.8)); // of the day at hour 50, a Sunday
    CHECK(typed("65h") == 65);
    CHECK(typed("h 64.5") == 64.5);
    CHECK(typed("+2h") == 52);
    CHECK(typed("-30min") == 49.5);
    CHECK(typed("2023-11-20 05:48") == Approx(65.8));
    CHECK(typed("2023-11-20T05:48:30") == Approx(65.8 + 0.5 / 60));
    CHECK(typed("2023-11-20") == Approx(60));
    for (const char* nonsense : {"", "soon", "25:00", "5:60", "mon 5:48 pm", "2023-13-01",
                                 "2023-11", "5", "h", "mo", "12:00x", "1h2"})
        CHECK_FALSE(story.parse_time(nonsense, 50));
}

TEST_CASE("Of two such weekdays the nearer one is meant", "[render]")
{
    Trace trace = made_trace({20, 20}, {.settled = false});
    trace.horizon = 600;
    trace.events.push_back(
        {.time = 500, .headline = "Much later", .kind = "recorded", .effects = {Petition{}}});
    const Story story(trace);
    CHECK(story.parse_time("mon", 40) == Approx(60));
    CHECK(story.parse_time("mon", 230) == Approx(60 + 168));
}

// ---------------------------------------------------------------- the story in words

TEST_CASE("The story in words fits a terminal and has a block per flag of the track", "[render]")
{
    for (const Story* story : {&story_of("openai_2023"), &story_of("startup_50")}) {
        const std::string text = text_playback(*story);
        std::istringstream lines(text);
        std::string line;
        int blocks = 0;
        while (std::getline(lines, line)) {
            CAPTURE(line);
            CHECK(line.size() <= 80);
            CHECK((line.empty() || line.back() != ' '));
            blocks +=
                line.ends_with("]") && !line.starts_with("signed") && !line.starts_with("staff");
        }
        CHECK(blocks == std::ranges::count(story->flags(), true, &render::Flag::shown));
    }
    const std::string text = text_playback(story_of("openai_2023"));
    CHECK(text.find("[RECORDED]") != std::string::npos);
    CHECK(text.find("record 505") != std::string::npos);
}

TEST_CASE("The story in words can come hour by hour", "[render]")
{
    const Story story(made_trace({20, 20}));
    const std::string text = text_playback(story, 6.0);
    const int expected = static_cast<int>(std::floor(story.clock().end() / 6)) + 1;
    int blocks = 0;
    for (std::size_t at = text.find("\n\n"); at != std::string::npos;
         at = text.find("\n\n", at + 1))
        ++blocks;
    CHECK(blocks == expected);
    CHECK(text.find("12 h 00 min") != std::string::npos);
}
