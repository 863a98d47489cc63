/// Keys, pointer and passing time: what a player makes of them.

#include "render/cairo_painter.hpp"
#include "render/compare_scene.hpp"
#include "render/compared_page.hpp"
#include "render/comparing.hpp"
#include "render/inspector.hpp"
#include "render/opening.hpp"
#include "render/player.hpp"
#include "render/remembered.hpp"
#include "render/ui_kit.hpp"
#include "render/what_if_parts.hpp"
#include "tests/cli_support.hpp"

#include "sim/core/trace.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/study/divergence.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

using namespace walkout;
using namespace walkout::render;

namespace {

using Shared = std::shared_ptr<const Story>;

Shared played(const std::string& name, std::uint64_t seed)
{
    const auto path = checkout() / "scenarios" / (name + ".yaml");
    RunPlan plan;
    plan.seed = seed;
    return std::make_shared<const Story>(
        trace_run(io::read_scenario(path.string()).scenario, plan));
}

const Shared& reference()
{
    static const Shared story = played("openai_2023", 2023);
    return story;
}

View view_of(float width, float height)
{
    View view;
    view.width = width;
    view.height = height;
    return view;
}

/// Somebody in front of the picture.
struct Desk {
    Shared story;
    Player player;
    Scene scene;
    Frame frame;

    explicit Desk(Shared told = reference(), const View& view = view_of(1600, 900))
        : story(std::move(told)), player(story, view), scene(story)
    {
        look();
    }

    const View& view() const { return player.view(); }
    double second() const { return player.second(); }
    double length() const { return story->clock().length(); }
    Hours time() const { return story->clock().time(second()); }

    void look()
    {
        frame = scene.draw(player.second(), player.view());
        player.shown(frame);
    }

    /// Press what makes a chord, as a keyboard tells it: the key, then its text.
    void press(const Chord& chord)
    {
        player.key(chord.key, chord.mods);
        if (chord.character != 0)
            player.text(chord.character);
        else if (chord.key >= Key::a && chord.key <= Key::z && !chord.mods.ctrl)
            player.text(U'a' + static_cast<char32_t>(chord.key) - static_cast<char32_t>(Key::a));
        else if (chord.key == Key::space)
            player.text(U' ');
        if (chord.key != Key::z) // the loupe is held
            player.key_up(chord.key);
        look();
    }
    void press(Key key, Mods mods = {}) { press(Chord{key, mods}); }
    void type(std::u32string_view text)
    {
        for (const char32_t c : text)
            press(Chord{.character = c});
    }
    void wait(double seconds)
    {
        player.advance(seconds);
        look();
    }

    Point center_of(ControlId id) const
    {
        for (const Spot& spot : frame.spots)
            if (spot.id == id)
                return {spot.rect.x + spot.rect.w / 2, spot.rect.y + spot.rect.h / 2};
        FAIL("there is no such control");
        return {};
    }
    Point place_of(AgentId person) const
    {
        for (const auto& [id, at] : frame.dots)
            if (id == person)
                return at;
        FAIL("this person is not in the picture");
        return {};
    }
    void click(Point at, Mods mods = {})
    {
        player.mouse_move(at, frame);
        player.mouse_press(at, frame, mods);
        player.mouse_release(at, frame);
        look();
    }
    Point track_at(double second) const
    {
        const Rect track = regions(view()).track;
        const TrackScale scale(story->clock(), view(), track);
        return {scale.x(second), track.y + track.h / 2};
    }
    bool asked(Request request)
    {
        const auto requests = player.take_requests();
        return std::ranges::find(requests, request) != requests.end();
    }
    std::vector<double> flag_seconds() const
    {
        std::set<double> seconds;
        for (const auto& flag : story->flags())
            if (flag.shown)
                seconds.insert(story->clock().second(flag.time));
        return {seconds.begin(), seconds.end()};
    }
};

constexpr Mods shift{.shift = true}, ctrl{.ctrl = true};

Chord typed(char32_t character)
{
    return {.character = character};
}

AgentId second_person(AgentId first)
{
    return first == 5 ? 6 : 5;
}

/// The same with levers to move.
struct AtDesk : Desk {
    TemporaryFolder folder;
    WhatIfDesk desk;
    std::unique_ptr<CompareScene> panes;
    std::uint32_t row = 0; ///< of a lever in use

    explicit AtDesk(std::vector<std::string> overrides = {})
        : Desk(small()),
          desk(story, {.file = copy_of("startup_50").string(), .overrides = std::move(overrides)})
    {
        player.use_desk(&desk);
        player.key(Key::two, ctrl);
        player.key_up(Key::two);
        row = static_cast<std::uint32_t>(*desk.what_if()->levers().find("people.trust_mean"));
        player.key(Key::a);
        for (const char32_t c : std::u32string_view(U"apeople.trust_mean"))
            player.text(c);
        player.key(Key::enter);
        player.key_up(Key::enter);
        player.wheel(100, {100, 400});
        look();
    }

    static const Shared& small()
    {
        static const Shared story = played("startup_50", 50);
        return story;
    }
    std::filesystem::path copy_of(const std::string& name) const
    {
        std::filesystem::copy_file(checkout() / "scenarios" / (name + ".yaml"),
                                   folder / (name + ".yaml"));
        return folder / (name + ".yaml");
    }
    void look()
    {
        if (player.compared() && (!panes || &panes->compared() != player.compared().get()))
            panes = std::make_unique<CompareScene>(player.compared());
        frame = view().tab == Tab::what_if   ? draw_what_if(*story, desk.sheet(), view())
                : view().tab == Tab::compare ? panes->draw(player.second(), view())
                                             : scene.draw(player.second(), view());
        player.shown(frame);
    }
    void press(const Chord& chord)
    {
        Desk::press(chord);
        look();
    }
    void press(Key key, Mods mods = {}) { press(Chord{key, mods}); }
    void click(Point at)
    {
        look();
        Desk::click(at);
        look();
    }
    Point on_lever(double share)
    {
        look();
        for (const Spot& spot : frame.spots)
            if (spot.id == ControlId{Control::lever, row})
                return {spot.rect.x + 4 + (spot.rect.w - 8) * static_cast<float>(share),
                        spot.rect.y + spot.rect.h / 2};
        FAIL("the lever is not in the picture");
        return {};
    }
    void drag_lever(double share)
    {
        const Point from = on_lever(0.6), to = on_lever(share);
        player.mouse_move(from, frame);
        player.mouse_press(from, frame);
        player.mouse_move(to, frame);
        player.mouse_release(to, frame);
        player.advance(1); // the next click is no second one
        look();
    }
    /// Put a run beside the one of the baseline, as the window does.
    void compare()
    {
        player.key(Key::two, ctrl);
        drag_lever(0.9);
        complete();
        player.key(Key::c);
        player.key_up(Key::c);
        const auto watched = desk.take_watched();
        REQUIRE(watched);
        Compared both = watched->words;
        both.a = std::make_shared<const Story>(trace_run(*watched->own, watched->plan));
        both.b = std::make_shared<const Story>(trace_run(watched->scenario, watched->plan));
        find_parting(both);
        player.compare(std::make_shared<const Compared>(std::move(both)));
        player.take_requests();
    }
    template <class Done> void wait_for(Done done)
    {
        for (int k = 0; k < 60'000; ++k) {
            player.advance(0.2);
            if (done())
                return look();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        FAIL("the runs do not come");
    }
    /// Wait until all runs of the present values are on the sheet.
    void complete()
    {
        wait_for([&] {
            return !desk.what_if()->behind() && desk.sheet().shown == desk.sheet().runs &&
                   desk.sheet().own_shown == desk.sheet().runs;
        });
    }
    /// Wait until there is nothing more to find out.
    void rest()
    {
        wait_for([&] { return !desk.what_if()->busy(); });
        player.advance(0.2);
        player.advance(0.2);
        look();
    }
};

/// The same with one run and what can become of it.
struct AtBranch : AtDesk {
    static constexpr Hours moment = 24;
    WhatIfDesk branch;

    AtBranch() : branch(story, {.file = (folder / "startup_50.yaml").string()}, moment)
    {
        player.key(Key::one, ctrl);
        player.key_up(Key::one);
        player.change_desk(branch);
        look();
    }
    void look()
    {
        frame = draw_what_if(*story, branch.sheet(), view());
        player.shown(frame);
    }
    void press(Key key, Mods mods = {})
    {
        Desk::press(Chord{key, mods});
        look();
    }
    void complete()
    {
        wait_for([&] {
            return !branch.what_if()->behind() && branch.sheet().shown == branch.sheet().runs &&
                   branch.sheet().own_shown == branch.sheet().runs;
        });
        look();
    }
    /// Click a control that may have to be rolled to.
    void click(ControlId id)
    {
        player.wheel(-100, {100, 400});
        look();
        Desk::click(center_of(id));
        player.advance(1);
        look();
    }
    std::uint32_t event(const std::string& name) const
    {
        const auto& all = branch.what_if()->events();
        const auto found = std::ranges::find(all, name, &EventSwitch::name);
        REQUIRE(found != all.end());
        return static_cast<std::uint32_t>(found - all.begin());
    }
    double on(const std::string& name) const
    {
        return branch.what_if()->value(branch.what_if()->events()[event(name)].enabled);
    }
    /// Save, and read what was written.
    Scenario saved(const std::string& name)
    {
        press(Key::s, ctrl);
        INFO(view().toast);
        REQUIRE(std::filesystem::exists(folder / name));
        return io::read_scenario((folder / name).string()).scenario;
    }
};

/// What each row of the table does; by the caps it shows.
const std::map<std::string_view, void (*)()>& promises()
{
    static const std::map<std::string_view, void (*)()> all{
        {"Space",
         [] {
             Desk d;
             d.press(Key::space);
             CHECK(d.view().playing);
             d.wait(2);
             CHECK(d.second() == Approx(2));
             d.press(Key::space);
             CHECK_FALSE(d.view().playing);
             d.wait(2);
             CHECK(d.second() == Approx(2));
             d.press(Key::end);
             d.press(Key::space);
             CHECK(d.view().playing);
             CHECK(d.second() == 0);
         }},
        {"\u2039  \u203a",
         [] {
             Desk d;
             d.player.seek(10);
             d.press(Key::right);
             CHECK(d.second() == Approx(10 + 1.0 / 30));
             d.press(Key::left);
             d.press(Key::left);
             CHECK(d.second() == Approx(10 - 1.0 / 30));
         }},
        {"Shift \u2039  \u203a",
         [] {
             Desk d;
             d.player.seek(d.story->clock().second(65.5));
             d.press(Key::right, shift);
             CHECK(d.time() == Approx(65.5 + 1.0 / 60));
             d.press(Key::left, shift);
             d.press(Key::left, shift);
             CHECK(d.time() == Approx(65.5 - 1.0 / 60));
         }},
        {"Ctrl \u2039  \u203a",
         [] {
             Desk d;
             d.player.seek(d.story->clock().second(65.5));
             d.press(Key::right, ctrl);
             CHECK(d.time() == Approx(66.5));
             d.press(Key::left, ctrl);
             d.press(Key::left, ctrl);
             CHECK(d.time() == Approx(64.5));
         }},
        {",  .",
         [] {
             Desk d;
             for (const double second : d.flag_seconds()) {
                 d.press(typed(U'.'));
                 CHECK(d.second() == second);
             }
             d.press(Key::page_down);
             CHECK(d.second() == d.length());
             const auto flags = d.flag_seconds();
             for (auto flag = flags.rbegin(); flag != flags.rend(); ++flag) {
                 if (*flag == d.length())
                     continue;
                 d.press(typed(U','));
                 CHECK(d.second() == *flag);
             }
             d.press(Key::page_up);
             CHECK(d.second() == 0);
         }},
        {"J  K  L",
         [] {
             Desk d;
             d.player.seek(20);
             d.press(Key::l);
             CHECK((d.view().playing && d.view().speed == 1));
             d.press(Key::l);
             CHECK(d.view().speed == 2);
             d.wait(0.5);
             CHECK(d.second() == Approx(21));
             d.press(Key::j);
             CHECK(d.view().speed == -1);
             d.press(Key::j);
             d.press(Key::j);
             CHECK(d.view().speed == -4);
             d.wait(0.5);
             CHECK(d.second() == Approx(19));
             d.press(Key::k);
             CHECK_FALSE(d.view().playing);
             CHECK(d.view().speed == 1);
         }},
        {"[  ]",
         [] {
             Desk d;
             for (const double speed : {2.0, 4.0, 8.0, 8.0}) {
                 d.press(typed(U']'));
                 CHECK(d.view().speed == speed);
             }
             for (const double speed : {4.0, 2.0, 1.0, 0.5, 0.25, 0.25}) {
                 d.press(typed(U'['));
                 CHECK(d.view().speed == speed);
             }
         }},
        {"\\",
         [] {
             Desk d;
             d.press(typed(U']'));
             d.press(typed(U'\\'));
             CHECK(d.view().speed == 1);
         }},
        {"Home  End",
         [] {
             Desk d;
             d.press(Key::end);
             CHECK(d.second() == d.length());
             d.press(Key::home);
             CHECK(d.second() == 0);
         }},
        {"0\u20139",
         [] {
             Desk d;
             for (int tenth = 9; tenth >= 0; --tenth) {
                 d.press(typed(U'0' + static_cast<char32_t>(tenth)));
                 CHECK(d.second() == Approx(d.length() * tenth / 10));
             }
         }},
        {"G",
         [] {
             Desk d;
             d.press(Key::g);
             CHECK(d.view().going_to);
             CHECK(d.view().go_to_text.empty());
             d.type(U"mon 5:48");
             CHECK(d.view().go_to_text == "mon 5:48");
             d.press(Key::backspace);
             d.type(U"9");
             d.press(Key::enter);
             CHECK_FALSE(d.view().going_to);
             CHECK(d.story->clock_text(d.time() + 1e-6) == "05:49");
             d.press(Key::g);
             d.type(U"nonsense");
             d.press(Key::enter);
             CHECK(d.view().going_to);
             d.press(Key::escape);
             CHECK_FALSE(d.view().going_to);
         }},
        {"V",
         [] {
             Desk d;
             d.player.seek(d.story->clock().second(40));
             d.press(Key::v);
             CHECK(d.view().pace == Pace::clock);
             d.press(Key::space);
             d.wait(3);
             CHECK(d.time() == Approx(43)); // an hour a second
             d.press(Key::v);
             CHECK(d.view().pace == Pace::story);
         }},
        {"click  I",
         [] {
             Desk d;
             d.click(d.place_of(100));
             CHECK(d.view().selected == 100U);
             d.player.mouse_move(d.place_of(200), d.frame);
             d.press(Key::i);
             CHECK(d.view().selected == 200U);
             d.player.mouse_leave();
             d.press(Key::i);
             CHECK_FALSE(d.view().selected);
             d.click(d.center_of({Control::director, 1}));
             CHECK(d.view().selected_director == 1U);
         }},
        {"Shift click",
         [] {
             Desk d;
             d.click(d.place_of(100));
             d.click(d.place_of(second_person(100)), shift);
             CHECK(d.view().selected == 100U);
             CHECK(d.view().second == second_person(100));
             d.click(d.place_of(second_person(100)), shift);
             CHECK_FALSE(d.view().second);
         }},
        {"F",
         [] {
             Desk d;
             d.press(Key::f);
             CHECK_FALSE(d.view().following);
             d.player.select(30);
             d.press(Key::f);
             CHECK(d.view().following);
             d.press(Key::f);
             CHECK_FALSE(d.view().following);
         }},
        {"/",
         [] {
             Desk d;
             d.press(typed(U'/'));
             CHECK(d.view().finding);
             CHECK(d.view().find_text.empty());
             d.type(U"infrastructure-4");
             const auto matches = d.view().matches;
             REQUIRE(matches.size() > 2);
             CHECK(d.story->id(matches[0]) == "Infrastructure-4");
             for (const AgentId person : matches)
                 CHECK(d.story->id(person).starts_with("Infrastructure-4"));
             d.press(Key::down);
             d.press(Key::down);
             d.press(Key::up);
             CHECK(d.view().match == 1);
             d.press(Key::enter);
             CHECK(d.view().selected == matches[1]);
             CHECK_FALSE(d.view().finding);
             CHECK(d.view().matches.empty());
         }},
        {"N",
         [] {
             Desk d;
             d.press(Key::n);
             CHECK(d.view().ties);
             d.press(Key::n);
             CHECK_FALSE(d.view().ties);
         }},
        {"Z",
         [] {
             Desk d;
             d.player.mouse_move({400, 300}, d.frame);
             d.press(Key::z);
             CHECK(d.view().loupe == Point{400, 300});
             d.player.mouse_move({410, 320}, d.frame);
             CHECK(d.view().loupe == Point{410, 320});
             d.player.key_up(Key::z);
             CHECK_FALSE(d.view().loupe);
         }},
        {"H",
         [] {
             Desk d;
             d.press(Key::h);
             CHECK(d.view().how_to_read);
             d.press(Key::h);
             CHECK_FALSE(d.view().how_to_read);
         }},
        {"T",
         [] {
             Desk d;
             d.press(Key::t);
             CHECK(d.view().theme == Theme::light);
             CHECK(d.asked(Request::save_settings));
             d.press(Key::t);
             CHECK(d.view().theme == Theme::dark);
         }},
        {"U",
         [] {
             Desk d;
             d.press(Key::u);
             CHECK(d.view().hide_future);
             d.press(Key::u);
             CHECK_FALSE(d.view().hide_future);
         }},
        {"Tab",
         [] {
             Desk d;
             std::vector<ControlId> order;
             for (const Spot& spot : d.frame.spots)
                 if (spot.focusable)
                     order.push_back(spot.id);
             REQUIRE(order.size() > 10);
             for (const ControlId id : order) {
                 d.press(Key::tab);
                 CHECK(d.view().focus == id);
             }
             d.press(Key::tab);
             CHECK(d.view().focus == order.front());
             d.press(Key::tab, shift);
             CHECK(d.view().focus == order.back());

             Desk narrow(reference(), view_of(1000, 700));
             narrow.press(Key::tab);
             CHECK(narrow.view().drawer);
             narrow.press(Key::tab);
             CHECK_FALSE(narrow.view().drawer);
         }},
        {"wheel",
         [] {
             Desk d;
             d.player.seek(0.5 * d.length());
             const Point at = d.track_at(0.6 * d.length());
             d.player.wheel(3, at);
             CHECK(d.view().zoom_to - d.view().zoom_from == Approx(0.8 * 0.8 * 0.8));
             CHECK(d.track_at(0.6 * d.length()).x == Approx(at.x).margin(0.01));
             for (int turn = 0; turn < 60; ++turn)
                 d.player.wheel(1, at);
             CHECK(d.view().zoom_from <= 0.5 + 1e-9); // the playhead never leaves the track
             CHECK(d.view().zoom_to >= 0.5 - 1e-9);
             CHECK(d.view().zoom_to > d.view().zoom_from);
             d.player.wheel(-100, at);
             CHECK(d.view().zoom_from == 0);
             CHECK(d.view().zoom_to == 1);
             d.player.wheel(3, {500, 400}); // not on the track
             CHECK(d.view().zoom_to == 1);
         }},
        {"double click",
         [] {
             Desk d;
             const Point at = d.track_at(0.3 * d.length());
             d.player.wheel(4, at);
             REQUIRE(d.view().zoom_to < 1);
             d.click(at);
             d.player.advance(0.1);
             d.click(at);
             CHECK(d.view().zoom_from == 0);
             CHECK(d.view().zoom_to == 1);
         }},
        {"Backspace",
         [] {
             Desk d;
             d.click(d.center_of({Control::block, 2}));
             REQUIRE(d.view().expanded == d.story->blocks()[2].department);
             d.wait(0.2);
             CHECK(d.view().expansion == Approx(0.5));
             d.wait(0.3);
             CHECK(d.view().expansion == 1);
             d.press(Key::backspace);
             d.wait(0.2);
             CHECK(d.view().expanded);
             d.wait(0.3);
             CHECK_FALSE(d.view().expanded);
         }},
        {"Esc",
         [] {
             Desk d;
             d.player.select(10);
             d.look();
             d.click(d.place_of(20), shift);
             d.press(Key::h);
             d.press(typed(U'?'));
             d.press(Key::escape);
             CHECK_FALSE(d.view().help);
             d.press(Key::f5);
             d.press(Key::b);
             CHECK(d.view().second);
             d.press(Key::escape);
             CHECK_FALSE(d.view().second);
             CHECK(d.view().selected);
             d.press(Key::escape);
             CHECK_FALSE(d.view().selected);
             CHECK(d.view().how_to_read);
             d.press(Key::escape);
             CHECK_FALSE(d.view().how_to_read);
             CHECK(d.view().blank);
             d.press(Key::escape);
             CHECK_FALSE(d.view().blank);
             CHECK(d.view().presenter);
             d.press(Key::escape);
             CHECK_FALSE(d.view().presenter);
             d.player.set_full_screen(true);
             d.press(Key::escape);
             CHECK(d.asked(Request::toggle_full_screen));
         }},
        {"P",
         [] {
             Desk d;
             d.press(Key::p);
             CHECK(d.asked(Request::save_picture));
         }},
        {"Shift P",
         [] {
             Desk d;
             d.press(Key::p, shift);
             CHECK(d.asked(Request::start_film));
             d.player.recording(true, 0.5);
             CHECK(d.view().recording);
             d.press(Key::p, shift);
             CHECK(d.asked(Request::stop_film));
             d.press(Key::escape);
             CHECK(d.asked(Request::stop_film));
         }},
        {"Ctrl I",
         [] {
             Desk d;
             d.player.seek(20);
             d.press(Key::i, ctrl);
             CHECK(d.player.from() == 20);
             d.press(Key::i, ctrl); // a second time takes it away
             CHECK(d.player.from() == 0);
         }},
        {"Ctrl O",
         [] {
             Desk d;
             d.player.seek(30);
             d.press(Key::o, ctrl);
             CHECK(d.player.to() == 30);
             d.player.seek(40); // a start behind the end takes the end away
             d.press(Key::i, ctrl);
             CHECK(d.player.from() == 40);
             CHECK(d.player.to() == d.length());
         }},
        {"M",
         [] {
             Desk d;
             d.player.seek(30);
             d.press(Key::m);
             d.player.seek(10);
             d.press(Key::m);
             CHECK(d.view().bookmarks == std::vector<double>{10, 30});
             CHECK(d.asked(Request::save_bookmarks));
             d.press(Key::m);
             CHECK(d.view().bookmarks == std::vector<double>{30});
             d.click(d.center_of({Control::bookmark, 0}));
             CHECK(d.second() == 30);
         }},
        {"R",
         [] {
             Desk d;
             d.press(Key::r);
             CHECK(d.view().loop);
             d.player.seek(20);
             d.press(Key::o, ctrl);
             d.player.seek(10);
             d.press(Key::i, ctrl);
             d.press(Key::space);
             d.wait(12.5); // ten seconds long: once around and 2.5
             CHECK(d.second() == Approx(12.5));
             CHECK(d.view().playing);
             d.press(Key::j);
             d.wait(4);
             CHECK(d.second() == Approx(18.5));
         }},
        {"F5",
         [] {
             Desk d;
             d.press(Key::f5);
             CHECK(d.view().presenter);
             const auto flags = d.flag_seconds();
             d.press(Key::right);
             CHECK(d.second() == flags[0]);
             d.press(Key::right);
             CHECK(d.second() == flags[1]);
             d.press(Key::left);
             CHECK(d.second() == flags[0]);
             d.press(Key::space);
             CHECK(d.view().playing);
             d.wait(flags[1] - flags[0] + 3);
             CHECK_FALSE(d.view().playing);
             CHECK(d.second() == flags[1]);
             CHECK(d.player.pointer_hidden());
             d.player.mouse_move({20, 20}, d.frame);
             d.wait(1.9);
             CHECK_FALSE(d.player.pointer_hidden());
             d.wait(0.2);
             CHECK(d.player.pointer_hidden());
             d.press(Key::f5);
             d.wait(0.1);
             CHECK_FALSE(d.player.pointer_hidden());
         }},
        {"B",
         [] {
             Desk d;
             d.press(Key::b);
             CHECK_FALSE(d.view().blank);
             d.press(Key::f5);
             d.press(Key::b);
             CHECK(d.view().blank);
             d.press(Key::b);
             CHECK_FALSE(d.view().blank);
         }},
        {"F11",
         [] {
             Desk d;
             d.press(Key::f11);
             CHECK(d.asked(Request::toggle_full_screen));
         }},
        {"Ctrl +  \u2212",
         [] {
             Desk d;
             d.press(Key::plus, ctrl);
             CHECK(d.view().ui_scale == Approx(1.15));
             CHECK(d.asked(Request::save_settings));
             for (int times = 0; times < 20; ++times)
                 d.press(Key::plus, {true, true});
             CHECK(d.view().ui_scale == 3);
             for (int times = 0; times < 20; ++times)
                 d.press(Key::minus, ctrl);
             CHECK(d.view().ui_scale == 0.75F);
         }},
        {"Ctrl 0",
         [] {
             Player player(reference(), view_of(1600, 900), 1.4F);
             player.key(Key::zero, ctrl);
             CHECK(player.view().ui_scale == 1.4F);
         }},
        {"?",
         [] {
             Desk d;
             d.press(typed(U'?'));
             CHECK(d.view().help);
             d.press(typed(U'?'));
             CHECK_FALSE(d.view().help);
         }},
        {"Ctrl Q",
         [] {
             Desk d;
             d.press(Key::q, ctrl);
             CHECK(d.asked(Request::quit));
         }},

        {"Ctrl 1\u20133",
         [] {
             AtDesk d;
             CHECK(d.view().tab == Tab::what_if);
             d.press(Key::one, ctrl);
             CHECK(d.view().tab == Tab::playback);
             d.press(Key::two, ctrl);
             CHECK(d.view().tab == Tab::what_if);
             d.press(Key::three, ctrl); // nothing to compare yet
             CHECK(d.view().tab == Tab::what_if);
             CHECK(d.view().toast.find("compare") != std::string::npos);
             d.compare();
             d.press(Key::one, ctrl);
             d.press(Key::three, ctrl);
             CHECK(d.view().tab == Tab::compare);
             Desk without;
             without.press(Key::two, ctrl); // no desk, no tab
             CHECK(without.view().tab == Tab::playback);
         }},
        {"E",
         [] {
             AtDesk d;
             d.press(Key::e); // whole runs have no moment to go on from
             CHECK(d.view().toast.find("Playback") != std::string::npos);
             d.press(Key::one, ctrl);
             d.press(Key::e);
             CHECK(d.asked(Request::branch));
             AtDesk button;
             button.press(Key::one, ctrl);
             button.click(button.center_of({Control::branch}));
             CHECK(button.asked(Request::branch));
             AtBranch b;
             CHECK(b.view().tab == Tab::what_if);
             b.press(Key::e);
             CHECK(b.asked(Request::whole_run));
         }},
        {"drag",
         [] {
             AtDesk d;
             d.drag_lever(0.25);
             CHECK(d.desk.what_if()->changed(d.row));
         }},
        {"click twice",
         [] {
             AtDesk d;
             d.drag_lever(0.25);
             const Point at = d.on_lever(0.25);
             d.click(at);
             d.click(at);
             CHECK_FALSE(d.desk.what_if()->changed(d.row));
         }},
        {"Ctrl Z",
         [] {
             AtDesk d;
             d.drag_lever(0.25);
             d.press(Key::z, ctrl);
             CHECK(d.desk.what_if()->values().empty());
             CHECK_FALSE(d.view().loupe);
         }},
        {"Ctrl Y",
         [] {
             AtDesk d;
             d.drag_lever(0.25);
             const double value = d.desk.what_if()->value(d.row);
             d.press(Key::z, ctrl);
             d.press(Key::y, ctrl);
             CHECK(d.desk.what_if()->value(d.row) == value);
         }},
        {"Ctrl R",
         [] {
             AtDesk d;
             d.drag_lever(0.25);
             d.press(Key::r, ctrl);
             CHECK(d.desk.what_if()->values().empty());
             CHECK_FALSE(d.view().loop);
         }},
        {"A",
         [] {
             AtDesk d;
             d.press(Key::a);
             CHECK(d.view().what_if.adding);
             d.type(U"manager");
             CHECK(d.view().what_if.text == "manager");
             d.press(Key::enter);
             CHECK_FALSE(d.view().what_if.adding);
             const auto& used = d.desk.what_if()->in_use();
             const auto row =
                 d.desk.what_if()->levers().find("organization.network.manager_weight");
             REQUIRE(row);
             CHECK(std::ranges::find(used, *row) != used.end());
         }},
        {"Up  Down",
         [] {
             AtDesk d;
             d.complete();
             d.press(Key::down);
             CHECK(d.view().what_if.run == d.desk.sheet().dots.front().replicate);
             d.press(Key::up);
             CHECK(d.view().what_if.run == d.desk.sheet().dots.back().replicate);
             d.press(Key::escape);
             CHECK_FALSE(d.view().what_if.run);
         }},
        {"Enter",
         [] {
             AtDesk d;
             d.complete();
             d.press(Key::down);
             d.press(Key::enter);
             CHECK(d.asked(Request::watch_run));
             const auto watched = d.desk.take_watched();
             REQUIRE(watched);
             CHECK(watched->plan.replicate == d.view().what_if.run);
         }},
        {"Ctrl S",
         [] {
             AtDesk d;
             d.press(Key::s, ctrl);
             CHECK(d.view().toast.find("nothing to save") != std::string::npos);
             CHECK_FALSE(std::filesystem::exists(d.folder / "startup_50_what_if.yaml"));
             d.drag_lever(0.25);
             d.press(Key::s, ctrl);
             CHECK(std::filesystem::exists(d.folder / "startup_50_what_if.yaml"));
         }},
        {"C",
         [] {
             AtDesk d;
             d.complete();
             d.press(Key::c);
             CHECK(d.view().toast.find("nothing to compare") != std::string::npos);
             d.drag_lever(0.9);
             d.complete();
             d.press(Key::c);
             CHECK(d.asked(Request::watch_run));
             const auto watched = d.desk.take_watched();
             REQUIRE(watched);
             CHECK(watched->own);
         }},
        {"X",
         [] {
             AtDesk d;
             d.compare();
             const auto before = d.player.compared();
             const Hours time = before->a->clock().time(d.second());
             d.press(Key::x);
             CHECK(d.player.compared()->a == before->b);
             CHECK(d.player.compared()->b == before->a);
             CHECK(d.player.story() == before->b);
             CHECK(before->b->clock().time(d.second()) == Approx(time));
             d.press(Key::x);
             CHECK(d.player.compared()->ensembles.difference == before->ensembles.difference);
         }},
        {"D",
         [] {
             AtDesk d;
             d.compare();
             d.press(Key::d);
             CHECK(d.view().only_different);
             d.press(Key::escape);
             CHECK_FALSE(d.view().only_different);
         }},
        {"W",
         [] {
             AtDesk d;
             d.compare();
             d.press(Key::end);
             d.press(Key::w);
             const Compared& both = *d.player.compared();
             REQUIRE(both.parting() < never);
             CHECK(both.a->clock().time(d.second()) == Approx(both.parting()));
         }},
        {"Ctrl P",
         [] {
             AtDesk d;
             d.press(Key::p, ctrl); // of another tab
             CHECK_FALSE(d.asked(Request::make_page));
             d.compare();
             d.press(Key::p, ctrl);
             CHECK(d.asked(Request::make_page));
         }},
    };
    return all;
}

/// All words of a picture.
std::set<std::string> words_of(const DisplayList& list)
{
    std::set<std::string> words;
    for (const auto& layer : list.layers)
        for (const Item& item : layer->items)
            if (const Text* text = std::get_if<Text>(&item))
                words.insert(text->text);
    return words;
}

} // namespace

TEST_CASE("every key of the table does what its row says", "[player]")
{
    for (const KeyHelp& row : key_helps()) {
        INFO("row '" << row.keys << "': " << row.does);
        REQUIRE(promises().contains(row.keys));
        promises().at(row.keys)();
    }
    CHECK(promises().size() == key_helps().size());
}

TEST_CASE("no two rows want the same key", "[player]")
{
    std::vector<Chord> seen;
    for (const KeyHelp& row : key_helps())
        for (const Binding& binding : row.bindings) {
            INFO("row '" << row.keys << "'");
            CHECK(std::ranges::find(seen, binding.chord) == seen.end());
            seen.push_back(binding.chord);
        }
    CHECK_FALSE(binding_of({}));
}

TEST_CASE("the help card shows every row of the key table", "[player]")
{
    View view = view_of(1600, 900);
    view.help = true;
    const auto words = words_of(Scene(reference()).draw(0, view).list);
    for (const KeyHelp& row : key_helps()) {
        INFO("row '" << row.keys << "': " << row.does);
        CHECK(words.contains(std::string(row.does)));
    }
}

// ---------------------------------------------------------------- time

TEST_CASE("playing ends at the end and backwards at the start", "[player]")
{
    Desk d;
    d.player.seek(d.length() - 1);
    d.press(Key::space);
    d.wait(5);
    CHECK(d.second() == d.length());
    CHECK_FALSE(d.view().playing);
    CHECK_FALSE(d.player.animated());
    d.player.seek(1);
    d.press(Key::j);
    d.wait(5);
    CHECK(d.second() == 0);
    CHECK_FALSE(d.view().playing);
    d.press(Key::space); // forwards again
    d.wait(1);
    CHECK(d.second() == Approx(1));
}

TEST_CASE("at the pace of the clock a story takes as many seconds as it has hours", "[player]")
{
    Desk d;
    d.press(Key::v);
    d.press(Key::space);
    const StoryClock& clock = d.story->clock();
    double seconds = 0;
    for (; d.view().playing && seconds < 1e4; seconds += 0.25)
        d.player.advance(0.25);
    CHECK(d.second() == d.length());
    CHECK(seconds == Approx(clock.end() - clock.begin()).margin(0.5));
}

TEST_CASE("an event just passed can be left behind while the story plays", "[player]")
{
    Desk d;
    const auto flags = d.flag_seconds();
    REQUIRE(flags.size() > 3);
    d.player.seek(flags[2]);
    d.press(Key::space);
    d.wait(0.2);
    d.press(typed(U','));
    CHECK(d.second() == flags[1]);
    CHECK(d.view().playing);
}

TEST_CASE("a minute steps out of a beat, a frame stays in it", "[player]")
{
    Desk d;
    REQUIRE(d.story->fired() < never);
    const double begin = d.story->clock().second(d.story->fired());
    d.player.seek(begin + 1);
    const Hours standing = d.time();
    d.press(Key::right);
    CHECK(d.time() == standing);
    d.press(Key::right, shift);
    CHECK(d.time() == Approx(standing + 1.0 / 60));
    CHECK(d.second() > begin + 1);
}

TEST_CASE("any way to a moment shows the same picture", "[player]")
{
    Desk played_to, jumped_to;
    played_to.press(Key::space);
    for (int frame = 0; frame < 900; ++frame)
        played_to.player.advance(0.05);
    played_to.press(Key::space);
    jumped_to.player.seek(100);
    jumped_to.player.seek(played_to.second());
    played_to.look();
    jumped_to.look();
    CHECK(hash_of(played_to.frame.list) == hash_of(jumped_to.frame.list));
}

// ---------------------------------------------------------------- pointer

TEST_CASE("the story rests while the track is dragged and goes on after", "[player]")
{
    Desk d;
    d.press(Key::space);
    const double target = 0.5 * d.length();
    d.player.mouse_press(d.track_at(0.2 * d.length()), d.frame);
    CHECK(d.second() == Approx(0.2 * d.length()).margin(0.1));
    d.player.mouse_move(d.track_at(target), d.frame);
    CHECK(d.second() == Approx(target).margin(0.1));
    CHECK_FALSE(d.player.animated());
    d.wait(3);
    CHECK(d.second() == Approx(target).margin(0.1));
    d.player.mouse_release({5, 5}, d.frame); // the button may be let go anywhere
    d.wait(1);
    CHECK(d.second() == Approx(target + 1).margin(0.1));
}

TEST_CASE("dragging beyond the ends of the track shows its ends", "[player]")
{
    Desk d;
    d.player.mouse_press(d.track_at(30), d.frame);
    d.player.mouse_move({-500, 10}, d.frame);
    CHECK(d.second() == 0);
    d.player.mouse_move({5000, 2000}, d.frame);
    CHECK(d.second() == d.length());
}

TEST_CASE("a click on a flag goes to its moment", "[player]")
{
    Desk d;
    const auto spot = std::ranges::find_if(
        d.frame.spots, [](const Spot& s) { return s.id.control == Control::flag; });
    REQUIRE(spot != d.frame.spots.end());
    const ControlId id = spot->id;
    d.player.seek(d.length());
    d.look();
    d.click(d.center_of(id));
    CHECK(d.second() == d.story->clock().second(d.story->flags()[id.index].time));
}

TEST_CASE("every control can be pressed with the pointer and with the keyboard", "[player]")
{
    const auto pairs = {Control::to_start,  Control::previous_flag, Control::play,
                        Control::next_flag, Control::to_end,        Control::speed,
                        Control::pace,      Control::loop,          Control::find,
                        Control::help,      Control::director};
    for (const Control control : pairs) {
        Desk pointed, tabbed;
        for (Desk* d : {&pointed, &tabbed}) {
            d->player.seek(40);
            d->look();
        }
        pointed.click(pointed.center_of({control}));
        while (tabbed.view().focus != ControlId{control})
            tabbed.press(Key::tab);
        tabbed.press(Key::enter);
        INFO("control " << static_cast<int>(control));
        CHECK(pointed.second() == tabbed.second());
        View a = pointed.view(), b = tabbed.view();
        for (View* v : {&a, &b}) {
            v->hover = v->focus = v->pressed = {};
            v->pointer = {};
        }
        Scene scene(reference());
        CHECK(hash_of(scene.draw(pointed.second(), a).list) ==
              hash_of(scene.draw(tabbed.second(), b).list));
        View before = view_of(1600, 900);
        const bool changed =
            hash_of(scene.draw(40, before).list) != hash_of(scene.draw(pointed.second(), a).list);
        CHECK(changed);
    }
}

TEST_CASE("a press that is let go elsewhere does nothing", "[player]")
{
    Desk d;
    d.player.mouse_press(d.center_of({Control::play}), d.frame);
    CHECK(d.view().pressed == ControlId{Control::play});
    d.player.mouse_release(d.center_of({Control::pace}), d.frame);
    CHECK_FALSE(d.view().playing);
    CHECK(d.view().pace == Pace::story);
    CHECK(d.view().pressed == ControlId{});
}

TEST_CASE("the pointer is on the nearest person within reach or on nobody", "[player]")
{
    Desk d;
    d.player.seek(45);
    d.look();
    const Rect stage = regions(d.view()).stage;
    std::size_t found = 0;
    for (int k = 0; k < 1000; ++k) {
        const Point at{stage.x + static_cast<float>((k * 7919) % 1152),
                       stage.y + static_cast<float>((k * 104729) % 704)};
        d.player.mouse_move(at, d.frame);
        if (d.view().hover.control != Control::person)
            continue;
        ++found;
        const Point place = d.place_of(d.view().hover.index);
        const float distance = std::hypot(place.x - at.x, place.y - at.y);
        CHECK(distance < 9);
        for (const auto& [person, other] : d.frame.dots)
            CHECK(distance <= std::hypot(other.x - at.x, other.y - at.y));
    }
    CHECK(found > 100);
}

TEST_CASE("a step of history is a jump", "[player]")
{
    Desk d;
    AgentId signer = 0;
    while (d.story->fate(signer).signed_letter == never)
        ++signer;
    d.player.select(signer);
    d.press(Key::end);
    const auto row = std::ranges::find_if(
        d.frame.spots, [](const Spot& s) { return s.id.control == Control::history_row; });
    REQUIRE(row != d.frame.spots.end());
    d.click(d.center_of(row->id));
    CHECK(d.second() < d.length());
}

TEST_CASE("an idle pointer asks for no new picture", "[player]")
{
    Desk d;
    d.player.take_changed();
    d.player.advance(10);
    CHECK_FALSE(d.player.take_changed());
    d.player.mouse_move({30, 520}, d.frame); // nothing is there
    d.player.mouse_move({31, 520}, d.frame);
    CHECK_FALSE(d.player.take_changed());
    d.player.mouse_move(d.place_of(100), d.frame);
    CHECK(d.player.take_changed());
    d.press(Key::space);
    d.player.take_changed();
    d.player.advance(0.01);
    CHECK(d.player.take_changed());
}

// ---------------------------------------------------------------- find

TEST_CASE("people are found by id, team and role, wherever the text stands", "[player]")
{
    Desk d;
    const auto found = [&](std::u32string_view text) {
        d.press(typed(U'/'));
        d.type(text);
        const auto matches = d.view().matches;
        d.press(Key::escape);
        return matches;
    };
    const AgentId person = 100;
    const std::string id = d.story->id(person);
    const auto wide = [](std::string_view text) {
        return std::u32string(text.begin(), text.end());
    };
    for (const std::string& text : {id, d.story->place(person), d.story->role(person)}) {
        INFO(text);
        CHECK(std::ranges::count(found(wide(text)), person) == 1);
        CHECK(std::ranges::count(found(wide(text.substr(2))), person) == 1);
    }
    std::string shouted = id;
    std::ranges::transform(shouted, shouted.begin(), ::toupper);
    CHECK(found(wide(shouted)).front() == person);
    CHECK(found(U"no such person").empty());
    CHECK(found(U"   ").empty());
    CHECK(d.view().find_text.empty());
}

TEST_CASE("letters go into an open box and do nothing else", "[player]")
{
    Desk d;
    d.press(typed(U'/'));
    d.press(Key::t);
    d.press(Key::space);
    d.press(typed(U'?'));
    CHECK(d.view().find_text == "t ?");
    CHECK(d.view().theme == Theme::dark);
    CHECK_FALSE(d.view().playing);
    CHECK_FALSE(d.view().help);
    d.type(U"\u00e9\u20ac\U0001F600");
    CHECK(d.view().find_text == "t ?\u00e9\u20ac\U0001F600");
    d.press(Key::backspace);
    d.press(Key::backspace);
    CHECK(d.view().find_text == "t ?\u00e9");
    d.type(std::u32string(500, U'x'));
    CHECK(d.view().find_text.size() <= 64);
}

TEST_CASE("a key that is held steps on but toggles once", "[player]")
{
    Desk d;
    d.player.seek(10);
    for (int times = 0; times < 3; ++times)
        d.player.key(Key::right);
    CHECK(d.second() == Approx(10.1));
    d.player.key_up(Key::right);
    for (int times = 0; times < 4; ++times)
        d.player.key(Key::space);
    CHECK(d.view().playing);
    d.player.key_up(Key::space);
    d.player.key(Key::space);
    CHECK_FALSE(d.view().playing);
}

TEST_CASE("presenter mode opens no boxes", "[player]")
{
    Desk d;
    d.press(typed(U'?'));
    d.press(Key::f5);
    d.press(typed(U'/'));
    d.press(Key::g);
    CHECK_FALSE(d.view().help);
    CHECK_FALSE(d.view().finding);
    CHECK_FALSE(d.view().going_to);
}

// ---------------------------------------------------------------- messages and effects

TEST_CASE("a message stays four seconds", "[player]")
{
    Desk d;
    d.player.say("Saved x.png");
    d.wait(3.9);
    CHECK(d.view().toast == "Saved x.png");
    d.player.take_changed();
    d.player.advance(0.2);
    CHECK(d.view().toast.empty());
    CHECK(d.player.take_changed());
}

TEST_CASE("thirty slow frames in a row reduce the effects", "[player]")
{
    Desk d;
    for (int frame = 0; frame < 29; ++frame)
        d.player.frame_took(0.06);
    d.player.frame_took(0.01);
    for (int frame = 0; frame < 29; ++frame)
        d.player.frame_took(0.06);
    CHECK_FALSE(d.view().reduced_effects);
    d.player.frame_took(0.06);
    CHECK(d.view().reduced_effects);
}

TEST_CASE("keys that are held count as let go when the window loses the keyboard", "[player]")
{
    Desk d;
    d.press(Key::z);
    d.player.mouse_press(d.track_at(10), d.frame);
    d.player.lose_focus();
    CHECK_FALSE(d.view().loupe);
    d.player.mouse_move(d.track_at(50), d.frame);
    CHECK(d.second() == Approx(10).margin(0.1));
}

TEST_CASE("a picture of a view shows no pointer, box or message", "[player]")
{
    Desk d;
    const View still = picture_of(d.view());
    d.player.mouse_move(d.center_of({Control::play}), d.frame);
    d.press(typed(U'/'));
    d.type(U"a");
    d.player.say("hello");
    Scene scene(reference());
    CHECK(hash_of(scene.draw(0, picture_of(d.view())).list) == hash_of(scene.draw(0, still).list));
}

// ---------------------------------------------------------------- what is remembered

TEST_CASE("bookmarks come back where they were", "[player][files]")
{
    const TemporaryFolder folder;
    const Story& story = *reference();
    const double in_beat = story.clock().second(story.fired()) + 1.25;
    const std::vector<double> marks{in_beat, 40, 70};
    write_bookmarks(folder / "deep/run.trace.bookmarks.json", story, marks);
    const auto back = read_bookmarks(folder / "deep/run.trace.bookmarks.json", story);
    REQUIRE(back.size() == marks.size());
    for (std::size_t k = 0; k < marks.size(); ++k)
        CHECK(back[k] == Approx(marks[k]).margin(1e-6));
    write_bookmarks(folder / "deep/run.trace.bookmarks.json", story, {});
    CHECK(folder.files().empty());
}

TEST_CASE("a damaged settings or bookmarks file counts as missing", "[player][files]")
{
    const TemporaryFolder folder;
    const std::vector<std::string> texts{
        "",
        "{",
        "[]",
        "null",
        "\xff\xfe",
        R"({"theme": 7, "ui_scale": "big"})",
        R"({"bookmarks": 3})",
        R"({"bookmarks": [null, 3, {"hours": "x"}, {"hours": 1e9}]})"};
    for (const std::string& text : texts) {
        INFO(text);
        write_text(folder / "f", text);
        CHECK(read_settings(folder / "f") == Settings{});
        CHECK(read_bookmarks(folder / "f", *reference()).empty());
    }
    CHECK(read_settings(folder / "missing") == Settings{});
    const Settings settings{.theme = Theme::light, .ui_scale = 1.25F, .reduced_motion = true};
    write_settings(folder / "f", settings);
    CHECK(read_settings(folder / "f") == settings);
    write_text(folder / "f", R"({"ui_scale": 99})");
    CHECK(read_settings(folder / "f").ui_scale == 3);
}

// ---------------------------------------------------------------- what if

TEST_CASE("a lever moved away and back gives the very picture of before", "[player]")
{
    AtDesk d;
    d.complete();
    const auto picture = [&] {
        d.player.mouse_leave();
        d.look();
        return hash_of(d.frame.list);
    };
    const double own = d.desk.sheet().levers.front().own;
    d.drag_lever(own); // the pointer leaves its mark on neither
    d.rest();
    const std::uint64_t before = picture();
    d.drag_lever(0.9);
    d.complete();
    CHECK(picture() != before);
    d.drag_lever(own);
    d.rest();
    CHECK(d.desk.what_if()->values().empty());
    d.player.mouse_leave();
    // Undo remembers the way: leave it out.
    Sheet sheet = d.desk.sheet();
    sheet.can_undo = false;
    CHECK(hash_of(draw_what_if(*d.story, sheet, d.view()).list) == before);
}

TEST_CASE("typed values are taken as their unit wants them, nonsense is refused", "[player]")
{
    AtDesk d;
    d.click(d.center_of({Control::lever_value, d.row}));
    CHECK(d.view().what_if.typing == d.row);
    d.type(U"35%");
    d.press(Key::enter);
    CHECK(d.desk.what_if()->value(d.row) == 0.35);
    d.click(d.center_of({Control::lever_value, d.row}));
    d.type(U"170 %");
    d.press(Key::enter);
    CHECK(d.desk.what_if()->value(d.row) == 0.35);
    CHECK(d.view().toast.find("no value") != std::string::npos);
}

TEST_CASE("a click switches an event, a drag moves it in time, and keys do both", "[player]")
{
    AtDesk d;
    const ControlId id{Control::event_switch, 0};
    const EventSwitch& event = d.desk.what_if()->events().front();
    d.click(d.center_of(id));
    CHECK(d.desk.what_if()->value(event.enabled) == 0);
    d.press(Key::z, ctrl);
    CHECK(d.desk.what_if()->value(event.enabled) == 1);
    REQUIRE(event.at);
    const Point at = d.center_of(id);
    d.player.mouse_move(at, d.frame);
    d.player.mouse_press(at, d.frame);
    d.player.mouse_move({at.x + 20, at.y}, d.frame);
    d.player.mouse_release({at.x + 20, at.y}, d.frame);
    CHECK(d.desk.what_if()->value(event.enabled) == 1);
    CHECK(d.desk.what_if()->value(*event.at) ==
          Approx(d.desk.what_if()->levers()[*event.at].baseline + 4));
}

TEST_CASE("a run to watch is the member of the ensemble, to the bit", "[player]")
{
    AtDesk d;
    d.drag_lever(0.8);
    d.complete();
    d.press(Key::down);
    d.press(Key::enter);
    const auto watched = d.desk.take_watched();
    REQUIRE(watched);
    const Trace trace = trace_run(watched->scenario, watched->plan);
    const auto results = d.desk.what_if()->now().results();
    CHECK(trace.fingerprint == results.at(watched->plan.replicate).fingerprint);
    d.player.show(std::make_shared<const Story>(trace));
    CHECK(d.view().tab == Tab::playback);
    CHECK(d.view().playing);
}

TEST_CASE("what if fits windows of every size, in both themes", "[player]")
{
    AtDesk d;
    d.complete();
    for (const auto& [width, height] : {std::pair{1600.0F, 900.0F},
                                        {1280.0F, 720.0F},
                                        {960.0F, 600.0F},
                                        {800.0F, 450.0F},
                                        {2560.0F, 1440.0F}})
        for (const Theme theme : {Theme::dark, Theme::light}) {
            INFO(width << " x " << height);
            View view = d.view();
            view.width = width;
            view.height = height;
            view.theme = theme;
            const Frame frame = draw_what_if(*d.story, d.desk.sheet(), view);
            for (const Spot& spot : frame.spots) {
                INFO(static_cast<int>(spot.id.control) << " " << spot.id.index);
                CHECK(spot.rect.x >= 0);
                CHECK(spot.rect.x + spot.rect.w <= frame.list.width);
                CHECK(spot.rect.y + spot.rect.h / 2 <= frame.list.height);
            }
            CHECK(hash_of(frame.list) ==
                  hash_of(draw_what_if(*d.story, d.desk.sheet(), view).list));
        }
}

TEST_CASE("a saved scenario is told with the fingerprint that its own number of runs gives",
          "[player]")
{
    for (const auto& [replicates, runs, words] :
         {std::tuple{3, 3U, "run it for fingerprint"},
          {300, 200U, "run it with --replicates 200 for fingerprint"}}) {
        AtDesk d({fmt::format("ensemble.replicates={}", replicates)});
        d.drag_lever(0.25);
        d.complete();
        d.press(Key::s, ctrl);
        const Scenario saved =
            io::read_scenario((d.folder / "startup_50_what_if.yaml").string()).scenario;
        Progress progress;
        const auto made = run_all(saved, saved.ensemble.seed, runs, 2, progress, 0);
        INFO(d.view().toast);
        CHECK(d.view().toast.find(words) != std::string::npos);
        CHECK(d.view().toast.find(fmt::format("{:016x}", fingerprint_of(made))) !=
              std::string::npos);
    }
}

TEST_CASE("a recorded run has no levers and says so", "[player]")
{
    Desk d(AtDesk::small());
    WhatIfDesk desk(d.story, {.file = "results/startup_50/run.trace"});
    d.player.use_desk(&desk);
    d.player.key(Key::two, ctrl);
    CHECK(d.view().tab == Tab::what_if);
    CHECK(desk.what_if() == nullptr);
    CHECK(desk.sheet().unavailable.find("startup_50.yaml") != std::string::npos);
    CHECK_NOTHROW(draw_what_if(*d.story, desk.sheet(), d.view()));
}

// ---------------------------------------------------------------- branches

TEST_CASE("the moment of a branch is the end of the tick that is shown", "[player]")
{
    const Story& story = *AtDesk::small();
    const Hours horizon = story.trace().horizon;
    CHECK(branch_moment(story, story.clock().second(24)) == Approx(24));
    CHECK(branch_moment(story, story.clock().second(24.01)) == Approx(24.1));
    CHECK(branch_moment(story, 0).value() > 0);
    const auto last = branch_moment(story, story.clock().length());
    CHECK((!last || *last < horizon));
}

TEST_CASE("a branch locks what has happened and leaves open what is to come", "[player]")
{
    AtBranch b;
    const WhatIf& what_if = *b.branch.what_if();
    REQUIRE(what_if.branch());
    CHECK(what_if.branch()->at == AtBranch::moment);
    CHECK(what_if.branch()->seed == 50);
    bool past = false, to_come = false;
    for (const EventSwitch& event : what_if.events()) {
        past = past || event.happened < never;
        to_come = to_come || event.happened == never;
        CHECK((event.happened == never || event.happened < AtBranch::moment));
        if (event.at)
            CHECK(what_if.levers()[*event.at].low >= AtBranch::moment);
    }
    CHECK(past);
    CHECK(to_come);
    for (const Lever& lever : what_if.levers().all()) {
        CHECK_FALSE(lever.path.starts_with("organization."));
        CHECK_FALSE(lever.path.starts_with("branch."));
        CHECK_FALSE(lever.path.starts_with("events.dismissal."));
    }
    b.click({Control::event_switch, b.event("dismissal")});
    CHECK(what_if.values().empty());
    CHECK(b.view().toast.find("has happened already") != std::string::npos);
}

TEST_CASE("all futures of a branch share the run's past, and one can be watched", "[player]")
{
    AtBranch b;
    b.complete();
    CHECK(b.branch.sheet().from == AtBranch::moment);
    const FanChart& names = b.branch.sheet().names;
    for (const Fan& fan : names.fans)
        for (std::size_t k = 0; k < names.times.size(); ++k)
            if (names.times[k] <= AtBranch::moment) {
                CHECK(fan.bands[0][k].low == names.run[k]);
                CHECK(fan.bands[0][k].high == names.run[k]);
            }
    b.press(Key::down);
    b.press(Key::enter);
    const auto watched = b.branch.take_watched();
    REQUIRE(watched);
    CHECK(watched->from == AtBranch::moment);
    const Trace trace = trace_run(watched->scenario, watched->plan);
    CHECK(trace.fingerprint ==
          b.branch.what_if()->now().results().at(watched->plan.replicate).fingerprint);
    const auto before = [](const Trace& of) {
        std::vector<std::pair<Hours, AgentId>> acts;
        for (const Change& change : of.changes)
            if (change.time < AtBranch::moment)
                acts.emplace_back(change.time, change.person);
        return acts;
    };
    CHECK(before(trace) == before(b.story->trace()));
    b.player.show(std::make_shared<const Story>(trace), watched->from);
    CHECK(b.player.story()->clock().time(b.second()) == Approx(AtBranch::moment).margin(0.01));
}

TEST_CASE("a future stands beside the one of the same past with nothing changed", "[player]")
{
    AtBranch b;
    const auto& events = b.branch.what_if()->events();
    const auto to_come = std::ranges::find_if(
        events, [](const EventSwitch& e) { return e.happened == never && !e.added; });
    b.click({Control::event_switch, b.event(to_come->name)});
    b.complete();
    b.press(Key::c);
    const auto watched = b.branch.take_watched();
    REQUIRE(watched);
    REQUIRE(watched->own);
    Compared both = watched->words;
    both.a = std::make_shared<const Story>(trace_run(*watched->own, watched->plan));
    both.b = std::make_shared<const Story>(trace_run(watched->scenario, watched->plan));
    find_parting(both);
    CHECK(both.parting() >= AtBranch::moment);
    CHECK(both.a->trace().fingerprint ==
          b.branch.what_if()->baseline().results().at(watched->plan.replicate).fingerprint);
}

TEST_CASE("a saved branch gives the runs that were shown", "[player]")
{
    AtBranch b;
    const auto& events = b.branch.what_if()->events();
    const auto to_come = std::ranges::find_if(
        events, [](const EventSwitch& e) { return e.happened == never && !e.added; });
    REQUIRE(to_come != events.end());
    b.click({Control::event_switch, b.event(to_come->name)});
    CHECK(b.on(to_come->name) == 0);
    b.complete();
    const Scenario scenario = b.saved("startup_50_branch.yaml");
    REQUIRE(scenario.branch);
    CHECK(scenario.branch->at == AtBranch::moment);
    Progress progress;
    const auto runs = run_all(scenario, scenario.ensemble.seed, 200, 2, progress, 0);
    CHECK(fingerprint_of(runs) == fingerprint_of(b.branch.what_if()->now().results()));
    CHECK(b.view().toast.find(fmt::format("{:016x}", fingerprint_of(runs))) != std::string::npos);
}

TEST_CASE("an event of the past can happen once more, and is saved whole", "[player]")
{
    AtBranch b;
    b.click({Control::add_event});
    CHECK(b.view().what_if.adding_event);
    CHECK(b.view().what_if.matches.size() > 1);
    b.type(U"replaces the founder");
    REQUIRE(b.view().what_if.matches.size() == 1);
    b.press(Key::enter);
    CHECK_FALSE(b.view().what_if.adding);
    CHECK(b.on("dismissal_again") == 1);
    b.complete();
    const Scenario scenario = b.saved("startup_50_branch.yaml");
    const auto again = std::ranges::find(scenario.events, "dismissal_again", &Event::name);
    REQUIRE(again != scenario.events.end());
    CHECK(again->at == AtBranch::moment);
    CHECK(std::holds_alternative<Dismiss>(again->effects.at(0)));
    CHECK(std::ranges::count_if(scenario.events, [](const Event& event) {
              return event.name.ends_with("_again");
          }) == 1);
    Progress progress;
    const auto runs = run_all(scenario, scenario.ensemble.seed, 200, 2, progress, 0);
    CHECK(fingerprint_of(runs) == fingerprint_of(b.branch.what_if()->now().results()));
    b.press(Key::z, ctrl);
    CHECK(b.branch.what_if()->values().empty());
}

TEST_CASE("a run of a branch can be left for another branch, which is saved as a chain", "[player]")
{
    AtBranch b;
    b.click({Control::add_event});
    b.type(U"replaces the founder");
    b.press(Key::enter);
    b.complete();
    b.press(Key::down);
    b.press(Key::enter);
    const auto watched = b.branch.take_watched();
    REQUIRE(watched);
    auto story = std::make_shared<const Story>(trace_run(watched->scenario, watched->plan));
    WhatIfDesk second(story, watched->source, 40);
    b.player.show(story, watched->from);
    b.player.change_desk(second);
    REQUIRE(second.what_if());
    const Branch& branch = *second.what_if()->branch();
    CHECK(branch.at == 40);
    CHECK(branch.replicate == watched->plan.replicate);
    REQUIRE(branch.base->branch);
    CHECK(branch.base->branch->at == AtBranch::moment);
    CHECK(run(*branch.base, {.seed = branch.seed, .replicate = branch.replicate}).fingerprint ==
          story->trace().fingerprint);
    View view = b.view();
    second.wheel(-100, view);
    const auto& levers = second.what_if()->levers();
    const auto row = levers.find("people.trust_mean");
    REQUIRE(row);
    b.player.key(Key::a);
    for (const char32_t c : std::u32string_view(U"apeople.trust_mean"))
        b.player.text(c);
    b.player.key(Key::enter);
    b.player.key_up(Key::enter);
    b.frame = draw_what_if(*story, second.sheet(), b.view());
    b.Desk::click(b.center_of({Control::lever_value, static_cast<std::uint32_t>(*row)}));
    for (const char32_t c : std::u32string_view(U"12%"))
        b.player.text(c);
    b.player.key(Key::enter);
    b.player.key_up(Key::enter);
    CHECK(second.what_if()->value(*row) == 0.12);
    b.player.key(Key::s, ctrl);
    INFO(b.view().toast);
    REQUIRE(std::filesystem::exists(b.folder / "startup_50_branch_2.yaml"));
    const Scenario scenario =
        io::read_scenario((b.folder / "startup_50_branch_2.yaml").string()).scenario;
    CHECK(run(scenario, {.seed = 7, .replicate = 4}).fingerprint ==
          run(second.what_if()->scenario(), {.seed = 7, .replicate = 4}).fingerprint);
}

TEST_CASE("a scenario that is a branch has its past locked, and no way back to whole runs",
          "[player]")
{
    AtBranch b;
    const auto& events = b.branch.what_if()->events();
    const auto to_come = std::ranges::find_if(
        events, [](const EventSwitch& e) { return e.happened == never && !e.added; });
    b.click({Control::event_switch, b.event(to_come->name)});
    const Scenario scenario = b.saved("startup_50_branch.yaml");
    const auto story = std::make_shared<const Story>(trace_run(scenario, {.seed = 7}));
    WhatIfDesk desk(story, {.file = (b.folder / "startup_50_branch.yaml").string()});
    View view = b.view();
    desk.open(view);
    REQUIRE(desk.what_if());
    CHECK(desk.sheet().from == AtBranch::moment);
    CHECK(std::ranges::any_of(desk.sheet().events, &EventCard::past));
    for (const Spot& spot : draw_what_if(*story, desk.sheet(), view).spots)
        CHECK(spot.id.control != Control::whole_run);
}

TEST_CASE("whole runs keep their levers while a branch is looked at", "[player]")
{
    AtBranch b;
    CHECK(b.player.desk() == &b.branch);
    b.press(Key::escape);
    CHECK(b.asked(Request::whole_run));
    b.player.change_desk(b.desk);
    CHECK(b.view().tab == Tab::what_if);
    CHECK_FALSE(b.desk.sheet().from);
    const auto& used = b.desk.what_if()->in_use();
    CHECK(std::ranges::find(used, b.row) != used.end());
}

TEST_CASE("a branch fits windows of every size, in both themes", "[player]")
{
    AtBranch b;
    b.complete();
    for (const auto& [width, height] :
         {std::pair{1600.0F, 900.0F}, {1280.0F, 720.0F}, {960.0F, 600.0F}, {800.0F, 450.0F}})
        for (const Theme theme : {Theme::dark, Theme::light}) {
            INFO(width << " x " << height);
            View view = b.view();
            view.width = width;
            view.height = height;
            view.theme = theme;
            const Frame frame = draw_what_if(*b.story, b.branch.sheet(), view);
            CHECK(std::ranges::any_of(frame.spots, [](const Spot& spot) {
                return spot.id.control == Control::whole_run;
            }));
            for (const Spot& spot : frame.spots) {
                CHECK(spot.rect.x >= 0);
                CHECK(spot.rect.x + spot.rect.w <= frame.list.width);
            }
        }
}

// ---------------------------------------------------------------- compare

TEST_CASE("two panes show the same people on one clock, and the table what is different",
          "[player]")
{
    AtDesk d;
    d.compare();
    d.look();
    const Compared& both = *d.player.compared();
    const Hours time = both.a->clock().time(d.second());
    std::map<AgentId, std::vector<Point>> places;
    for (const auto& [person, at] : d.frame.dots)
        places[person].push_back(at);
    CHECK(places.size() == 50);
    const float middle = regions(d.view()).stage.w / 2;
    for (const auto& [person, points] : places) {
        REQUIRE(points.size() == 2);
        CHECK(points[0].x < middle);
        CHECK(points[1].x > middle);
    }
    const auto words = words_of(d.frame.list);
    const int a = both.a->tally(time).signed_letter, b = both.b->tally(time).signed_letter;
    REQUIRE(a != b);
    CHECK(words.contains(std::to_string(a)));
    CHECK(words.contains(std::to_string(b)));
    CHECK(words.contains(signed_count(b - a)));

    d.click(places.at(7).back()); // a person of the second pane
    CHECK(d.view().selected == AgentId{7});
    CHECK(words_of(d.frame.list).contains(both.a->id(7)));
}

TEST_CASE("a click on a person explains them in both runs, and each moment is a jump", "[player]")
{
    AtDesk d;
    d.compare();
    const Story &a = *d.player.compared()->a, &b = *d.player.compared()->b;
    AgentId person = 0; // who signs in both, but not at the same moment
    while (a.fate(person).signed_letter == never || b.fate(person).signed_letter == never ||
           a.fate(person).signed_letter == b.fate(person).signed_letter)
        REQUIRE(++person < a.people());
    d.press(Key::end);
    d.click(d.place_of(person));
    REQUIRE(d.view().selected == person);
    const auto words = words_of(d.frame.list);
    CHECK(words.contains(a.id(person)));
    for (const Story* story : {&a, &b}) {
        const Reason reason = *reason_of(*story, person);
        CHECK(words.contains(value_text(reason.push)));
        CHECK(words.contains(value_text(reason.threshold)));
        for (const Term& term : reason.terms)
            CHECK(words.contains(signed_value(term.value)));
        CHECK(words.contains(story->weekday(reason.time) + " " + story->clock_text(reason.time)));
    }
    std::size_t jumps = 0;
    const auto rows = history_rows(a, b, d.view());
    for (const Spot& spot : std::vector(d.frame.spots))
        if (spot.id.control == Control::history_row) {
            ++jumps;
            const HistoryRow& row = rows.at(spot.id.index);
            CHECK((row.in_a || row.in_b));
            d.click(d.center_of(spot.id));
            CHECK(a.clock().time(d.second()) ==
                  Approx(std::clamp(row.time, a.clock().begin(), a.clock().end())));
        }
    CHECK(jumps >= 2); // the two signatures
    d.press(Key::escape);
    CHECK_FALSE(d.view().selected);
    CHECK(words_of(d.frame.list).contains("First divergence"));
}

TEST_CASE("moments of two runs are in order, and what both share is one row", "[player]")
{
    AtDesk d;
    d.compare();
    const Story &a = *d.player.compared()->a, &b = *d.player.compared()->b;
    std::size_t shared = 0, apart = 0;
    for (AgentId person = 0; person < a.people(); ++person) {
        View view;
        view.selected = person;
        const auto rows = history_rows(a, b, view);
        CHECK(std::ranges::is_sorted(rows, {}, &HistoryRow::time));
        const auto in = [&](bool HistoryRow::*side) {
            return static_cast<std::size_t>(std::ranges::count(rows, true, side));
        };
        CHECK(in(&HistoryRow::in_a) == history_of(a, person).size());
        CHECK(in(&HistoryRow::in_b) == history_of(b, person).size());
        for (const HistoryRow& row : rows)
            ++(row.in_a && row.in_b ? shared : apart);
    }
    CHECK(shared > 0);
    CHECK(apart > 0);
}

TEST_CASE("a click on a director tells how they stand in both runs", "[player]")
{
    AtDesk d;
    d.compare();
    d.look();
    const Story &a = *d.player.compared()->a, &b = *d.player.compared()->b;
    d.click(d.center_of({Control::director, 0}));
    REQUIRE(d.view().selected_director == 0U);
    const auto words = words_of(d.frame.list);
    CHECK(words.contains(readable(a.trace().directors[0])));
    const Hours time = a.clock().time(d.second());
    for (const Story* story : {&a, &b}) {
        CHECK(words.contains(percent(story->stand(0, time).resolve)));
        CHECK(words.contains(percent(story->stand(0, time).pressure)));
    }
    d.press(Key::x);
    CHECK(d.view().selected_director == 0U);
    d.press(Key::escape);
    CHECK_FALSE(d.view().selected_director);
}

TEST_CASE("directors are followed by name where the boards differ", "[player]")
{
    const Shared nine = played("openai_2023_nine_directors", 2023);
    Compared both{.a = nine, .b = reference()};
    find_parting(both);
    REQUIRE(nine->directors() > reference()->directors());
    CompareScene panes(std::make_shared<const Compared>(both));
    View view;
    view.tab = Tab::compare;
    bool missed = false;
    for (std::uint32_t director = 0; director < nine->directors(); ++director) {
        view.selected_director = director;
        view.hover = {Control::director, director};
        const Frame frame = panes.draw(60, view);
        const bool there = same_director(*nine, *reference(), director).has_value();
        CHECK(words_of(frame.list).contains("Not on this board") == !there);
        missed = missed || !there;
        CHECK(std::ranges::count(frame.spots, ControlId{Control::director, director}, &Spot::id) ==
              (there ? 2 : 1));
    }
    CHECK(missed);
}

TEST_CASE("whoever the pointer is on is lit in both panes", "[player]")
{
    AtDesk d;
    d.compare();
    d.look();
    const auto rings_at = [&](Point at) {
        std::size_t count = 0;
        for (const auto& layer : d.frame.list.layers)
            for (const Item& item : layer->items)
                if (const Ring* ring = std::get_if<Ring>(&item))
                    count += ring->at.x == at.x && ring->at.y == at.y;
        return count;
    };
    std::vector<Point> places;
    for (const auto& [person, at] : d.frame.dots)
        if (person == 7)
            places.push_back(at);
    REQUIRE(places.size() == 2);
    const std::size_t left = rings_at(places[0]), right = rings_at(places[1]);
    d.player.mouse_move(places[1], d.frame);
    d.look();
    CHECK(rings_at(places[0]) > left);
    CHECK(rings_at(places[1]) > right);

    // A director is named in both panes, above the own seat.
    d.player.mouse_move(d.center_of({Control::director, 0}), d.frame);
    d.look();
    const std::string name = readable(d.player.compared()->a->trace().directors[0]);
    std::vector<bool> in_first;
    for (const Item& item : d.frame.list.layers.back()->items)
        if (const Text* text = std::get_if<Text>(&item); text != nullptr && text->text == name)
            in_first.push_back(text->at.x < regions(d.view()).stage.w / 2);
    CHECK(in_first == std::vector<bool>{true, false});
}

TEST_CASE("a film of two runs can be asked for by key and by button", "[player]")
{
    AtDesk d;
    d.compare();
    d.look();
    d.press(Key::p, shift);
    CHECK(d.asked(Request::start_film));
    d.click(d.center_of({Control::record_film}));
    CHECK(d.asked(Request::start_film));
    d.click(d.center_of({Control::make_page}));
    CHECK(d.asked(Request::make_page));
}

TEST_CASE("a comparison is a pure function of runs, second and view", "[player]")
{
    AtDesk d;
    d.compare();
    CompareScene fresh(d.player.compared());
    CompareScene used(d.player.compared());
    View small = d.view();
    small.width = 1000;
    small.height = 640;
    for (const double second : {0.0, 30.0, 11.0, 55.0, 42.5}) {
        used.draw(second + 3, small);
        CHECK(hash_of(used.draw(second, d.view()).list) ==
              hash_of(CompareScene(d.player.compared()).draw(second, d.view()).list));
        for (const Spot& spot : fresh.draw(second, small).spots)
            CHECK(spot.rect.x + spot.rect.w <= 1001);
    }
}

TEST_CASE("a page of moved levers is about the runs that the tab tells of", "[player]")
{
    AtDesk d;
    d.compare();
    const TemporaryFolder folder;
    const auto page = [&] {
        const Ended ended =
            walkout::walkout(compare_command(d.player.compared()->page, folder.path()));
        INFO(ended.err);
        REQUIRE(ended.code == 0);
        CHECK(std::filesystem::exists(folder / "report.html"));
        return nlohmann::json::parse(walkout::read_text(folder / "compare.json"));
    };
    const Compared before = *d.player.compared();
    CHECK(before.page.runs == before.ensembles.runs);
    auto told = page();
    CHECK(told["scenarios"][0]["outcomes"]["returned"] == before.ensembles.a_share);
    CHECK(told["scenarios"][1]["outcomes"]["returned"] == before.ensembles.b_share);
    CHECK(told["scenarios"][1]["title"].get<std::string>().ends_with(", what if"));
    CHECK(told["contrasts"][0]["outcome_differences"]["returned"]["low"] == before.ensembles.low);
    d.press(Key::x);
    told = page();
    CHECK(told["scenarios"][0]["outcomes"]["returned"] == before.ensembles.b_share);
    CHECK(page_folder(before) == "results/startup_50_vs_startup_50_what_if");
    CHECK(page_folder(*d.player.compared()) == "results/startup_50_what_if_vs_startup_50");

    Compared recorded = before;
    recorded.page = {};
    CHECK_THROWS_AS(make_page(recorded, folder.path(), [] { return false; }), io::InputError);
}

TEST_CASE("what the ensembles say fits beside the panes of a small film", "[player]")
{
    Compared both{.a = reference(), .b = reference()};
    both.leader = "CEO";
    both.ensembles = {.runs = 200, .a = "83 of 100", .b = "0 of 100"};
    both.script_parts = 1; // all lines of where they part
    both.script_words = "The board explains itself";
    View view;
    view.tab = Tab::compare;
    view.width = 1280;
    view.height = 720;
    const double end = reference()->clock().second(reference()->settled() - 1);
    const auto words =
        words_of(CompareScene(std::make_shared<const Compared>(both)).draw(end, view).list);
    CHECK(words.contains("CEO back in 83 of 100"));
    CHECK(words.contains("Jump to it"));
}

TEST_CASE("beats that both runs have go on in both panes", "[player]")
{
    const Shared& story = reference();
    Compared same{.a = story, .b = story};
    find_parting(same);
    CompareScene panes(std::make_shared<const Compared>(same));
    View view;
    view.tab = Tab::compare;
    const float width = regions(view).stage.w / 2;
    std::size_t beats = 0;
    for (const render::Flag& flag : story->flags()) {
        if (flag.beat == 0)
            continue;
        ++beats;
        CHECK(story->clock().beat(flag.time) == flag.beat);
        const double second = story->clock().second(flag.time) + 0.6 * flag.beat;
        std::map<AgentId, std::vector<Point>> places;
        for (const auto& [person, at] : panes.draw(second, view).dots)
            places[person].push_back(at);
        for (const auto& [person, points] : places) {
            REQUIRE(points.size() == 2);
            CHECK(points[1].x - points[0].x == Approx(width).margin(0.01));
            CHECK(points[1].y == Approx(points[0].y).margin(0.01));
        }
    }
    CHECK(beats > 1);
    CHECK(story->clock().beat(story->fired() + 0.01) == 0);
}

TEST_CASE("runs of one scenario do not part; those of two part where compare says so", "[player]")
{
    const Shared& story = AtDesk::small();
    Compared same{.a = story, .b = story};
    find_parting(same);
    CHECK(same.parting() == never);
    CHECK(same.different == 0);

    AtDesk d;
    d.compare();
    const Compared& both = *d.player.compared();
    const auto acts = first_divergence(both.a->trace(), both.b->trace());
    REQUIRE(acts);
    CHECK(both.acts_part == acts->time);
    CHECK(both.different > 0);
    const Compared other = swapped(both);
    CHECK(other.acts_part == both.acts_part);
    CHECK(other.different == both.different);
    CHECK(other.ensembles.low == -both.ensembles.high);
}

TEST_CASE("two files stand side by side with the numbers of walkout compare", "[player]")
{
    const TemporaryFolder folder;
    const auto first = checkout() / "scenarios" / "startup_50.yaml";
    std::filesystem::copy_file(first, folder / "startup_50.yaml");
    const std::string second = (folder / "trusting.yaml").string();
    io::write_whole(second, "base: startup_50.yaml\npeople: {trust_mean: 90%}\n");
    const Source source{.file = (folder / "startup_50.yaml").string()};
    const Shared story = open_story(source).story;
    const auto both = compare_with(story, source, second);
    CHECK(both->parting() < never);
    REQUIRE(both->values.size() == 1);
    CHECK(both->values[0].name == "Trust in the board");
    CHECK(both->values[0].b == "90 %");

    ComparedEnsembles ensembles(*story, source, second);
    std::optional<ComparedRuns> runs;
    for (int k = 0; k < 60'000 && !(runs = ensembles.take()); ++k)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    REQUIRE(runs);
    const Ended ended = walkout::walkout(
        {"compare", source.file, second, "--json", "--out", (folder / "out").string()});
    REQUIRE(ended.code == 0);
    const auto told = nlohmann::json::parse(ended.out);
    const auto share = [&](std::size_t k) {
        return told["scenarios"][k]["outcomes"]["returned"].get<double>();
    };
    CHECK(runs->a_share == share(0));
    CHECK(runs->b_share == share(1));
    CHECK(runs->runs == told["replicates"].get<std::uint32_t>());

    io::write_whole(
        second,
        "base: startup_50.yaml\norganization: {departments: {Research: {headcount: 15}}}\n");
    CHECK_THROWS_AS(compare_with(story, source, second), io::InputError);
}

// ---------------------------------------------------------------- how typical

TEST_CASE("places of all runs in their ensemble are even around the middle", "[player]")
{
    AtDesk d;
    d.complete();
    const Futures& runs = d.desk.what_if()->now();
    const Hours horizon = d.story->trace().horizon;
    std::vector<Ranks> all;
    for (std::uint32_t run = 0; run < runs.count; ++run)
        all.push_back(ranks_of(runs, run, true, horizon));
    for (const std::size_t moment : {0UL, 100UL, 240UL, 480UL}) {
        double sum = 0;
        std::uint32_t best = 0;
        for (const Ranks& ranks : all) {
            sum += ranks.place.at(moment);
            best += ranks.rank.at(moment) == 1;
        }
        CHECK(sum / runs.count == Approx(0.5));
        CHECK((best > 0) == (all[0].rank.at(moment) > 0)); // all alike: nobody is first
    }
    CHECK(all[0].rank.front() == 0);
    CHECK(all[0].row(-1) == 0);
    CHECK(all[0].row(horizon) == 480);
}

TEST_CASE("the panel tells the place of a run among the others, where it is known", "[player]")
{
    AtDesk d;
    d.complete();
    d.click(d.center_of({Control::light_kind, 0}));
    REQUIRE(d.view().what_if.run);
    d.press(Key::enter);
    const auto watched = d.desk.take_watched();
    REQUIRE(watched);
    REQUIRE(watched->ranks);
    const auto story = std::make_shared<const Story>(trace_run(watched->scenario, watched->plan));
    Scene scene(story);
    const double end = story->clock().length();
    const View view = view_of(1600, 900);
    const auto told = [&] {
        std::size_t count = 0;
        for (const std::string& words : words_of(scene.draw(end, view).list))
            count += words.ends_with(" of 200 runs");
        return count;
    };
    CHECK(told() == 0);
    const std::uint64_t plain = hash_of(scene.draw(end, view).list);
    scene.rank_among(watched->ranks);
    CHECK(told() == 1);
    scene.rank_among(nullptr);
    CHECK(hash_of(scene.draw(end, view).list) == plain);
}

TEST_CASE("buttons light the median run, the most extreme and one that failed", "[player]")
{
    AtDesk d;
    d.complete();
    const Futures& runs = d.desk.what_if()->now();
    std::vector<std::size_t> ends;
    for (std::uint32_t run = 0; run < runs.count; ++run)
        ends.push_back(runs[run].result.signings.size());
    std::ranges::sort(ends);
    const std::size_t median = ends[ends.size() / 2];
    const auto end_of_lit = [&] { return runs[*d.view().what_if.run].result.signings.size(); };
    d.click(d.center_of({Control::light_kind, 0}));
    CHECK(end_of_lit() == median);
    d.click(d.center_of({Control::light_kind, 1}));
    CHECK((end_of_lit() == ends.front() || end_of_lit() == ends.back()));
    d.click(d.center_of({Control::light_kind, 2}));
    CHECK(runs[*d.view().what_if.run].result.outcome != Outcome::returned);
}
