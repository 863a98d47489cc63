/// The parts around the stage: numbers that equal the trace, words that fit, controls that can be
/// reached.

#include "tests/render_support.hpp"
#include "tests/support.hpp"

#include "render/chrome.hpp"
#include "render/inspector.hpp"
#include "sim/core/trace.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace walkout;
using namespace walkout::render;

namespace {

Scenario small_crisis()
{
    Scenario scenario = crisis();
    scenario.organization.headcount = 120;
    for (const auto& [hours, count] : {std::pair{65.8, 60}, {68.2, 80}, {74.0, 90}}) {
        RecordPoint point;
        point.time = hours;
        point.count = count;
        point.low = count - 4;
        point.high = count + 5;
        point.fit = true;
        scenario.record.push_back(point);
    }
    return scenario;
}

/// One run for all tests that only look.
const std::shared_ptr<const Story>& crisis_story()
{
    static const std::shared_ptr<const Story> story = story_of(small_crisis());
    return story;
}

/// One frame of the parts around the stage, with what a scene would give them.
struct Chrome {
    std::shared_ptr<const Story> story;
    View view;
    Regions places;
    Seating seating;
    Motion motion;
    std::vector<Spot> spots;
    std::vector<std::pair<AgentId, Point>> dots;
    Layer backdrop, layer;

    Chrome(std::shared_ptr<const Story> told, const View& seen, double second)
        : story(std::move(told)), view(seen), places(regions(view)),
          seating(*story, stage_geometry(places.stage, *story)), motion(*story, seating)
    {
        const Hours time = story->clock().time(second);
        Picture p{{*story, view, palette(view.theme), places, spots, second, time},
                  seating,
                  motion,
                  {},
                  story->tally(time),
                  dots};
        p.returned = p.tally.back;
        draw_chrome_backdrop(p, backdrop);
        draw_top_bar(p, layer);
        if (inspecting(view)) {
            draw_inspector(p, layer);
        } else {
            draw_panel(p, layer);
        }
        draw_timeline(p, layer);
        draw_overlays(p, layer);
    }

    std::vector<Text> texts() const
    {
        std::vector<Text> found;
        for (const Layer* each : {&backdrop, &layer}) {
            for (const Item& item : each->items) {
                if (const Text* text = std::get_if<Text>(&item)) {
                    found.push_back(*text);
                }
            }
        }
        return found;
    }
    bool says(const std::string& words) const
    {
        const std::vector<Text> all = texts();
        return std::any_of(all.begin(), all.end(),
                           [&](const Text& text) { return text.text == words; });
    }
    bool mentions(const std::string& words) const
    {
        const std::vector<Text> all = texts();
        return std::any_of(all.begin(), all.end(), [&](const Text& text) {
            return text.text.find(words) != std::string::npos;
        });
    }
    bool has(Control control) const
    {
        return std::any_of(spots.begin(), spots.end(),
                           [&](const Spot& spot) { return spot.id.control == control; });
    }
};

View view_of(float width, float height)
{
    View view;
    view.width = width;
    view.height = height;
    return view;
}

double second_of(const Story& story, Hours time)
{
    return story.clock().second(time);
}

float left_of(const Text& text)
{
    const float width = text_width(text.text, text.size, text.font);
    return text.at.x - (text.align == Align::left     ? 0
                        : text.align == Align::center ? width / 2
                                                      : width);
}

float right_of(const Text& text)
{
    return left_of(text) + text_width(text.text, text.size, text.font);
}

AgentId first_signer(const Story& story)
{
    for (AgentId person = 0; person < story.people(); ++person) {
        if (story.fate(person).rank == 1) {
            return person;
        }
    }
    FAIL("nobody signed");
    return 0;
}

AgentId signer_by_review(const Story& story)
{
    const std::vector<Change>& changes = story.trace().changes;
    const auto found = std::find_if(changes.rbegin(), changes.rend(), [](const Change& change) {
        return change.to == Stance::signed_letter && change.cause == Cause::review;
    });
    REQUIRE(found != changes.rend());
    return found->person;
}

std::vector<double> some_seconds(const Story& story)
{
    std::vector<double> seconds;
    for (int k = 0; k <= 8; ++k) {
        seconds.push_back(story.clock().length() * k / 8);
    }
    return seconds;
}

} // namespace

// ---------------------------------------------------------------- words and ticks

TEST_CASE("Numbers are written with thousands apart and a true minus", "[render]")
{
    CHECK(grouped(7) == "7");
    CHECK(grouped(1234) == "1,234");
    CHECK(grouped(20000) == "20,000");
    CHECK(grouped(-1234567) == "\u22121,234,567");
    CHECK(signed_count(253) == "+253");
    CHECK(signed_count(0) == "0");
    CHECK(signed_value(-0.09) == "\u22120.09");
    CHECK(signed_value(-0.001) == "0.00");
    CHECK(signed_value(0.26) == "+0.26");
    CHECK(percent(0.651) == "65.1 %");
}

TEST_CASE("Ranks end as people say them", "[render]")
{
    CHECK(ordinal(1) == "1st");
    CHECK(ordinal(2) == "2nd");
    CHECK(ordinal(3) == "3rd");
    CHECK(ordinal(11) == "11th");
    CHECK(ordinal(112) == "112th");
    CHECK(ordinal(121) == "121st");
    CHECK(ordinal(1130) == "1,130th");
}

TEST_CASE("Hours passed and the clock agree to the minute", "[render]")
{
    CHECK(duration_text(64.8) == "64 h 48 min");
    CHECK(duration_text(65 + 56.0 / 60) == "65 h 56 min");
    CHECK(duration_text(65 + 56.9 / 60) == "65 h 56 min");
    CHECK(duration_text(-(2 + 19.5 / 60)) == "2 h 20 min");
    CHECK(duration_text(0) == "0 h 00 min");
}

TEST_CASE("Ticks are round, inside, and few", "[render]")
{
    CHECK(nice_ticks(0, 770 * 0.92, 5) == std::vector<double>{0, 200, 400, 600});
    CHECK(nice_ticks(0, 1, 3) == std::vector<double>{0, 0.5, 1});
    for (const double high : {0.03, 0.7, 1.0, 9.0, 50.0, 770.0, 20000.0, 41234.0}) {
        for (const int most : {2, 3, 4, 5, 8}) {
            const std::vector<double> ticks = nice_ticks(-0.2 * high, high, most);
            CAPTURE(high, most);
            REQUIRE(!ticks.empty());
            CHECK(static_cast<int>(ticks.size()) <= most);
            CHECK(ticks.front() >= -0.2 * high * (1 + 1e-9));
            CHECK(ticks.back() <= high * (1 + 1e-9));
        }
    }
    CHECK(nice_ticks(1, 1, 4).empty());
}

TEST_CASE("Hours of an axis divide the day and stay few", "[render]")
{
    for (const Hours span : {0.5, 3.0, 26.0, 100.0, 240.0, 2000.0, 9000.0}) {
        const Hours step = nice_hours(span, 7);
        CAPTURE(span, step);
        CHECK(span / step <= 7);
        CHECK((std::fmod(24, step) == 0 || std::fmod(step, 24) == 0));
    }
}

TEST_CASE("A clock axis shows whole hours of the local day", "[render]")
{
    const Story& story = *crisis_story();
    const std::vector<Hours> ticks = hour_ticks(story, 3.3, 40, 4);
    REQUIRE(ticks.size() >= 9);
    for (const Hours time : ticks) {
        const double hour = story.hour_of_day(time + 1e-6);
        CHECK(std::fmod(hour + 1e-3, 4) < 0.01);
    }
}

TEST_CASE("The words for a director go from firm to about to break", "[render]")
{
    CHECK(hold_word(1) == "firm");
    CHECK(hold_word(0.76) == "firm");
    CHECK(hold_word(0.75) == "uneasy");
    CHECK(hold_word(0.5) == "wavering");
    CHECK(hold_word(0.25) == "about to break");
    CHECK(hold_word(-1) == "about to break");
}

// ---------------------------------------------------------------- panel

TEST_CASE("The count of the letter is the count of the trace", "[render]")
{
    const Story& story = *crisis_story();
    REQUIRE(story.letter_opened() < never);
    for (const Hours after : {0.5, 1.0, 3.0, 8.0}) {
        const Hours time = story.letter_opened() + after;
        const auto names = std::count_if(
            story.trace().changes.begin(), story.trace().changes.end(), [&](const Change& change) {
                return change.to == Stance::signed_letter && change.time <= time;
            });
        const Chrome chrome(crisis_story(), view_of(1600, 900), second_of(story, time));
        CAPTURE(after, names);
        CHECK(chrome.says("Signed the letter"));
        CHECK(chrome.says(grouped(names)));
        CHECK(chrome.says("of 120"));
    }
}

TEST_CASE("Before the letter the panel counts unsettled people", "[render]")
{
    const Story& story = *crisis_story();
    const Hours time = story.letter_opened() - 1;
    const Chrome chrome(crisis_story(), view_of(1600, 900), second_of(story, time));
    CHECK(chrome.says("The letter"));
    CHECK(chrome.says("not started"));
    CHECK(chrome.says(grouped(story.tally(time).unsettled)));
}

TEST_CASE("A recorded count stands beside what the run had then", "[render]")
{
    const Story& story = *crisis_story();
    const Chrome chrome(crisis_story(), view_of(1600, 900), second_of(story, 67));
    CHECK(chrome.says("recorded 60"));
    CHECK(chrome.says("at " + story.clock_text(65.8) + ", run had " +
                      grouped(story.tally(65.8).signed_letter)));
    const Chrome earlier(crisis_story(), view_of(1600, 900), second_of(story, 65));
    CHECK_FALSE(earlier.mentions("recorded 60"));
}

TEST_CASE("A scenario without a letter, a leader or a board still has a panel", "[render]")
{
    Scenario quiet = small_world(30);
    quiet.horizon = 48;
    const auto story = story_of(quiet);
    const Chrome chrome(story, view_of(1600, 900), story->clock().length() / 2);
    CHECK(chrome.says("none in this run"));
    CHECK(chrome.says("since the start"));
    CHECK(chrome.says("none in this scenario"));
}

TEST_CASE("Every director has a row, and a crowd of them the most pressed ones", "[render]")
{
    Scenario scenario = small_crisis();
    scenario.board.directors.clear();
    for (int k = 1; k <= 14; ++k) {
        scenario.board.directors.push_back(
            {.name = "member_" + std::to_string(k), .resolve = 0.4 + 0.1 * k});
    }
    scenario.board.quorum = 8;
    const auto story = story_of(scenario);
    const Hours time = story->letter_opened() + 2;
    const Chrome chrome(story, view_of(1600, 900), second_of(*story, time));
    const auto rows = std::count_if(chrome.spots.begin(), chrome.spots.end(), [](const Spot& spot) {
        return spot.id.control == Control::director;
    });
    CHECK(rows >= 6);
    CHECK(rows < 14);
    CHECK(chrome.says("+ " + std::to_string(14 - rows) + " more"));
    CHECK(chrome.says("Member 1"));
    CHECK_FALSE(chrome.says("Member 14"));
}

TEST_CASE("The heading of the board counts who holds and who is needed", "[render]")
{
    const Story& story = *crisis_story();
    for (const double second : some_seconds(story)) {
        const Hours time = story.clock().time(second);
        const Chrome chrome(crisis_story(), view_of(1600, 900), second);
        const std::size_t needed = story.breaks_needed(time);
        CAPTURE(time, needed);
        if (time < story.fired()) {
            CHECK(chrome.mentions("no vote yet"));
        } else if (needed == 0) {
            CHECK(chrome.mentions("conceded"));
        } else if (needed > 1) {
            CHECK(chrome.says(std::to_string(story.holding(time)) + " hold, " +
                              std::to_string(needed) + " needed"));
        } else {
            CHECK((chrome.mentions("one more breaks it") || chrome.mentions("the last")));
        }
    }
}

// ---------------------------------------------------------------- room

TEST_CASE("Every word stays in the window at every size", "[render]")
{
    const Story& story = *crisis_story();
    const AgentId person = signer_by_review(story);
    for (const auto& [width, height] : std::vector<std::pair<float, float>>{
             {1600, 900}, {1920, 1080}, {1280, 720}, {1279, 700}, {960, 600}, {800, 450}}) {
        for (int variant = 0; variant < 8; ++variant) {
            View view = view_of(width, height);
            view.drawer = variant != 1;
            view.help = variant == 2;
            view.going_to = variant == 3;
            view.go_to_text = "mon 5:48";
            if (variant == 4) {
                view.selected = person;
            }
            if (variant == 5) {
                view.selected = person;
                view.second = first_signer(story);
            }
            if (variant == 6) {
                view.selected_director = 0;
            }
            if (variant == 7) {
                view.finding = true;
                view.find_text = "a very long text that nobody would ever type";
                view.matches = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
                view.toast = "Saved openai-mon-0532.png";
                view.toast_action = "Open folder";
                view.recording = true;
                view.in = 3;
                view.out = story.clock().length() - 4;
            }
            for (const double second : some_seconds(story)) {
                const Chrome chrome(crisis_story(), view, second);
                for (const Text& text : chrome.texts()) {
                    CAPTURE(width, height, variant, second, text.text, text.at.x, text.at.y);
                    CHECK(left_of(text) >= 0);
                    CHECK(right_of(text) <= width);
                    CHECK(text.at.y - text.size * 0.8F >= 0);
                    CHECK(text.at.y + text.size * 0.2F <= height);
                    CHECK(text.size >= 11);
                }
                for (const Spot& spot : chrome.spots) {
                    CAPTURE(width, height, variant, static_cast<int>(spot.id.control));
                    CHECK(spot.rect.x >= -1);
                    CHECK(spot.rect.x + spot.rect.w <= width + 1);
                    CHECK(spot.rect.y >= -1);
                    CHECK(spot.rect.y + spot.rect.h <= height + 1);
                }
            }
        }
    }
}

TEST_CASE("Words of the panel do not run into each other", "[render]")
{
    const Story& story = *crisis_story();
    for (const auto& [width, height] :
         std::vector<std::pair<float, float>>{{1600, 900}, {1280, 720}, {960, 600}, {800, 450}}) {
        for (const bool inspects : {false, true}) {
            View view = view_of(width, height);
            view.drawer = true;
            if (inspects) {
                view.selected = signer_by_review(story);
            }
            const Hours time = story.letter_opened() + 4;
            const Chrome chrome(crisis_story(), view, second_of(story, time));
            std::vector<Text> words;
            for (const Text& text : chrome.texts()) {
                if (!text.text.empty() &&
                    chrome.places.panel.contains({text.at.x - 1, text.at.y})) {
                    words.push_back(text);
                }
            }
            for (std::size_t i = 0; i < words.size(); ++i) {
                for (std::size_t j = i + 1; j < words.size(); ++j) {
                    const Text& a = words[i];
                    const Text& b = words[j];
                    const bool beside =
                        right_of(a) <= left_of(b) + 0.5F || right_of(b) <= left_of(a) + 0.5F;
                    const bool apart =
                        a.at.y <= b.at.y - 0.72F * b.size || b.at.y <= a.at.y - 0.72F * a.size;
                    CAPTURE(width, height, inspects, a.text, b.text, a.at.y, b.at.y);
                    CHECK((beside || apart));
                }
            }
        }
    }
}

// ---------------------------------------------------------------- timeline

TEST_CASE("Labels of flags cover neither each other nor another flag", "[render]")
{
    const Story& story = *crisis_story();
    for (const float width : {1600.0F, 1100.0F, 800.0F}) {
        for (const double second : some_seconds(story)) {
            const Chrome chrome(crisis_story(), view_of(width, 900), second);
            const float base = chrome.places.track.y - 6;
            std::vector<std::pair<float, float>> taken;
            for (const Text& text : chrome.texts()) {
                if (text.at.y == base) {
                    taken.emplace_back(left_of(text), right_of(text));
                }
            }
            CHECK(!taken.empty());
            std::sort(taken.begin(), taken.end());
            for (std::size_t k = 1; k < taken.size(); ++k) {
                CAPTURE(width, second, k);
                CHECK(taken[k - 1].second < taken[k].first);
            }
            for (const Spot& spot : chrome.spots) {
                if (spot.id.control != Control::flag) {
                    continue;
                }
                const float middle = spot.rect.x + spot.rect.w / 2;
                for (const auto& [from, to] : taken) {
                    CAPTURE(width, second, middle, from, to);
                    CHECK((middle < from || middle > to));
                }
            }
        }
    }
}

TEST_CASE("Hovering the track tells the moment and the count of that moment", "[render]")
{
    const Story& story = *crisis_story();
    const Hours time = story.letter_opened() + 3;
    View view = view_of(1600, 900);
    view.scrub_hint = second_of(story, time);
    const Hours shown = story.clock().time(*view.scrub_hint);
    const std::string words = story.weekday(shown) + " " + story.clock_text(shown) + "   " +
                              grouped(story.tally(shown).signed_letter) + " signed";
    CHECK(Chrome(crisis_story(), view, 1).says(words));

    view.hide_future = true;
    CHECK_FALSE(Chrome(crisis_story(), view, 1).mentions("signed"));
}

TEST_CASE("Track pixels and story seconds are inverse, zoomed too", "[render]")
{
    const Story& story = *crisis_story();
    View view = view_of(1600, 900);
    for (const auto& [from, to] : {std::pair{0.0, 1.0}, {0.25, 0.4}}) {
        view.zoom_from = from;
        view.zoom_to = to;
        const TrackScale scale(story.clock(), view, {24, 820, 1552, 48});
        for (const double share : {0.0, 0.3, 1.0}) {
            const double second = story.clock().length() * (from + share * (to - from));
            CHECK(scale.second(scale.x(second)) == Approx(second).margin(0.01));
        }
        CHECK(scale.x(story.clock().length() * from) == Approx(24).margin(0.01));
        CHECK(scale.x(story.clock().length() * to) == Approx(24 + 1552).margin(0.01));
    }
}

TEST_CASE("The future is nowhere to be read when it is hidden", "[render]")
{
    const Story& story = *crisis_story();
    View view = view_of(1600, 900);
    view.hide_future = true;
    const Hours time = story.letter_opened() + 0.5;
    const Chrome chrome(crisis_story(), view, second_of(story, time));
    for (const Spot& spot : chrome.spots) {
        if (spot.id.control == Control::flag) {
            CHECK(story.flags()[spot.id.index].time <=
                  chrome.story->clock().time(second_of(story, time)));
        }
    }
    for (const Layer* layer : {&chrome.backdrop, &chrome.layer}) {
        for (const Item& item : layer->items) {
            if (const Area* area = std::get_if<Area>(&item)) {
                const TrackScale scale(story.clock(), view, chrome.places.track);
                const float now = scale.x(second_of(story, time));
                const bool on_track = area->upper.front().y > chrome.places.track.y;
                CHECK((!on_track || area->upper.back().x <= now + 0.1F));
            }
        }
    }
}

// ---------------------------------------------------------------- controls

TEST_CASE("Every control of the playback can be touched, also in a small window", "[render]")
{
    const Story& story = *crisis_story();
    for (const auto& [width, height] :
         std::vector<std::pair<float, float>>{{1600, 900}, {960, 600}, {800, 450}}) {
        View view = view_of(width, height);
        view.bookmarks = {story.clock().length() / 2};
        const Chrome chrome(crisis_story(), view, story.clock().length() / 2);
        for (const Control control :
             {Control::find, Control::save_picture, Control::full_screen, Control::help,
              Control::to_start, Control::previous_flag, Control::play, Control::next_flag,
              Control::to_end, Control::speed, Control::pace, Control::loop, Control::track,
              Control::flag, Control::bookmark}) {
            CAPTURE(width, static_cast<int>(control));
            CHECK(chrome.has(control));
        }
        CHECK(chrome.has(Control::panel_drawer) == (width < 1280));
    }
    View view = view_of(1600, 900);
    view.selected = signer_by_review(story);
    const Chrome chrome(crisis_story(), view, story.clock().length());
    for (const Control control :
         {Control::follow, Control::close_inspector, Control::history_row}) {
        CAPTURE(static_cast<int>(control));
        CHECK(chrome.has(control));
    }
}

TEST_CASE("Every shown flag can be pressed and carries its own number", "[render]")
{
    const Story& story = *crisis_story();
    const Chrome chrome(crisis_story(), view_of(1600, 900), 0);
    std::set<std::uint32_t> touched;
    for (const Spot& spot : chrome.spots) {
        if (spot.id.control == Control::flag) {
            touched.insert(spot.id.index);
        }
    }
    std::set<std::uint32_t> shown;
    for (std::uint32_t k = 0; k < story.flags().size(); ++k) {
        if (story.flags()[k].shown) {
            shown.insert(k);
        }
    }
    CHECK(touched == shown);
}

TEST_CASE("Buttons look different when hovered, pressed, focused or off", "[render]")
{
    const Story& story = *crisis_story();
    const auto looks = [&](View view, double second) {
        const Chrome chrome(crisis_story(), view, second);
        DisplayList list;
        list.layers = {std::make_shared<const Layer>(chrome.layer)};
        return hash_of(list);
    };
    const double middle = story.clock().length() / 2;
    View hovered = view_of(1600, 900);
    hovered.hover = {Control::speed};
    View pressed = hovered;
    pressed.pressed = {Control::speed};
    View focused = view_of(1600, 900);
    focused.focus = {Control::speed};
    const std::set<std::uint64_t> all{looks(view_of(1600, 900), middle), looks(hovered, middle),
                                      looks(pressed, middle), looks(focused, middle)};
    CHECK(all.size() == 4);

    const Chrome at_start(crisis_story(), view_of(1600, 900), 0);
    const auto back = std::find_if(at_start.spots.begin(), at_start.spots.end(),
                                   [](const Spot& s) { return s.id.control == Control::to_start; });
    REQUIRE(back != at_start.spots.end());
    CHECK_FALSE(back->focusable);
}

// ---------------------------------------------------------------- inspector

TEST_CASE("The terms of an act add up to the inclination the engine compared", "[render]")
{
    const Story& story = *crisis_story();
    int explained = 0;
    for (const Change& change : story.trace().changes) {
        if (change.to != Stance::signed_letter) {
            continue;
        }
        const std::optional<Reason> reason = reason_of(story, change.person);
        REQUIRE(reason);
        double sum = 0;
        for (const Term& term : reason->terms) {
            sum += term.value;
        }
        double cost = 0;
        for (const Term& term : reason->cost) {
            cost += term.value;
        }
        CHECK(sum == Approx(sign_of(change.side) * change.why.total()));
        CHECK(reason->push == Approx(sum));
        CHECK(cost == Approx(change.cost.total()));
        CHECK(reason->threshold == Approx(cost));
        if (change.cause == Cause::review) {
            CHECK(reason->push >= reason->threshold);
        }
        ++explained;
    }
    CHECK(explained > 20);
}

TEST_CASE("Somebody who never signed is shown at the closest moment and what was missing",
          "[render]")
{
    const Story& story = *crisis_story();
    REQUIRE(!story.trace().closest.empty());
    for (const Change& change : story.trace().closest) {
        if (story.fate(change.person).gone < never) {
            continue;
        }
        const std::optional<Reason> reason = reason_of(story, change.person);
        REQUIRE(reason);
        CHECK_FALSE(reason->acted);
        CHECK(reason->time == change.time);
        View view = view_of(1600, 900);
        view.selected = change.person;
        const Chrome chrome(crisis_story(), view, story.clock().length());
        const double missing = reason->threshold - reason->push;
        CHECK(chrome.mentions(missing > 0 ? value_text(missing) + " short"
                                          : "reaches the threshold, never acts"));
        return;
    }
}

TEST_CASE("Rows of a history jump to the moments of the trace", "[render]")
{
    const Story& story = *crisis_story();
    View view = view_of(1600, 900);
    view.selected = signer_by_review(story);
    const std::vector<HistoryRow> rows = history_rows(story, view);
    const Fate& fate = story.fate(*view.selected);
    CHECK(std::any_of(rows.begin(), rows.end(), [&](const HistoryRow& row) {
        return row.own && row.time == fate.signed_letter;
    }));
    for (std::size_t k = 1; k < rows.size(); ++k) {
        CHECK(rows[k - 1].time <= rows[k].time);
    }
    const Chrome chrome(crisis_story(), view, story.clock().length());
    for (const Spot& spot : chrome.spots) {
        if (spot.id.control == Control::history_row) {
            REQUIRE(spot.id.index < rows.size());
            CHECK(rows[spot.id.index].time < never);
        }
    }
}

TEST_CASE("Ties before an act are those of people who influence the person", "[render]")
{
    const Story& story = *crisis_story();
    const AgentId person = signer_by_review(story);
    const Hours time = story.fate(person).signed_letter;
    const Ties& ties = story.trace().organization->ties;
    int signed_before = 0;
    std::size_t all = 0;
    for (AgentId other = 0; other < ties.size(); ++other) {
        for (const AgentId to : ties.influenced_by(other)) {
            if (to == person) {
                ++all;
                signed_before += story.fate(other).signed_letter < time ? 1 : 0;
            }
        }
    }
    const std::vector<AgentId> found = influencers_of(story, person);
    CHECK(found.size() == all);
    CHECK(acted_before(story, found, time).people >= signed_before);
    CHECK(acted_before(story, found, 0).people == 0);
}

TEST_CASE("Followers signed within the hour, and not before", "[render]")
{
    const Story& story = *crisis_story();
    int with_followers = 0;
    for (AgentId person = 0; person < story.people(); ++person) {
        int expected = 0;
        const Hours own = story.fate(person).signed_letter;
        for (const AgentId other : story.trace().organization->ties.influenced_by(person)) {
            const Hours theirs = story.fate(other).signed_letter;
            expected += own < never && theirs > own && theirs - own <= 1 ? 1 : 0;
        }
        CHECK(signed_within_the_hour(story, person) == expected);
        with_followers += expected > 0 ? 1 : 0;
    }
    CHECK(with_followers > 0);
}

TEST_CASE("A trace without samples of pressure says so instead of drawing a curve", "[render]")
{
    RunPlan plan;
    plan.seed = 3;
    Trace trace = trace_run(small_crisis(), plan);
    trace.pressure = {};
    const auto story = std::make_shared<const Story>(std::move(trace));
    View view = view_of(1600, 900);
    view.selected = signer_by_review(*story);
    const Chrome chrome(story, view, story->clock().length());
    CHECK(chrome.says("This trace has no pressure over time."));
    CHECK(chrome.mentions("What made up the pressure"));
}

TEST_CASE("Two people stand side by side", "[render]")
{
    const Story& story = *crisis_story();
    View view = view_of(1600, 900);
    view.selected = signer_by_review(story);
    view.second = first_signer(story);
    const Chrome chrome(crisis_story(), view, story.clock().length());
    CHECK(chrome.says("1st"));
    CHECK(chrome.says(ordinal(story.fate(*view.selected).rank)));
    CHECK(chrome.mentions(story.id(*view.second)));
}

TEST_CASE("A director can be inspected: resolve, pressure and whether it held", "[render]")
{
    const Story& story = *crisis_story();
    REQUIRE(story.directors() > 0);
    View view = view_of(1600, 900);
    view.selected_director = 0;
    const Chrome chrome(crisis_story(), view, story.clock().length());
    CHECK(chrome.says("Resolve and pressure"));
    CHECK(chrome.says("Resolve left"));
    CHECK(chrome.mentions(story.gave_way(0, story.clock().end()) ? "Gave way" : "Holds"));
}

// ---------------------------------------------------------------- the layer that stays

TEST_CASE("What is kept between frames does not depend on the moment or the pointer", "[render]")
{
    const Story& story = *crisis_story();
    const auto backdrop = [&](const View& view, double second) {
        const Chrome chrome(crisis_story(), view, second);
        DisplayList list;
        list.layers = {std::make_shared<const Layer>(chrome.backdrop)};
        return hash_of(list);
    };
    View moved = view_of(1600, 900);
    moved.hover = {Control::play};
    moved.focus = {Control::track};
    moved.playing = true;
    moved.scrub_hint = 3;
    moved.toast = "Saved";
    CHECK(backdrop(view_of(1600, 900), 0) == backdrop(moved, story.clock().length() / 2));
    View light = view_of(1600, 900);
    light.theme = Theme::light;
    CHECK(backdrop(view_of(1600, 900), 0) != backdrop(light, 0));
}
