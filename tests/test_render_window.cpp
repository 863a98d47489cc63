/// The window under an X server of its own, driven by real keys and a real pointer. What it shows
/// is read from its state log.

#include "render/cairo_painter.hpp"
#include "render/opening.hpp"
#include "render/player.hpp"
#include "render/ui_kit.hpp"
#include "render/what_if_desk.hpp"
#include "render/what_if_parts.hpp"
#include "tests/cli_support.hpp"
#include "tests/xvfb.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace walkout;
using namespace walkout::render;

namespace {

using Json = nlohmann::json;

constexpr Size window_size{1280, 800};
constexpr auto patience = std::chrono::minutes(2); // only ends what hangs

std::string scenario(const std::string& name)
{
    return (checkout() / "scenarios" / (name + ".yaml")).string();
}

template <class Done> bool wait_until(Done done)
{
    const auto begin = std::chrono::steady_clock::now();
    while (!done()) {
        if (std::chrono::steady_clock::now() - begin > patience)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

/// `walkout play` at work, with a folder and a home of its own.
class OpenWindow {
public:
    explicit OpenWindow(std::vector<std::string> arguments, const std::string& file = "")
        : server_(std::in_place)
    {
        const std::vector<std::string> words{
            WALKOUT_PLAY,
            "play",
            file.empty() ? scenario("startup_50") : file,
            "--scale",
            "1",
            "--size",
            fmt::format("{}x{}", window_size.width, window_size.height),
            "--log-state",
            (folder_ / "state").string()};
        arguments.insert(arguments.begin(), words.begin(), words.end());
        start(arguments);
        REQUIRE(wait_until([&] { return !lines().empty() || gone(); }));
        INFO(read_text(folder_ / "err"));
        REQUIRE_FALSE(lines().empty());
        const Ended found = xdo({"search", "--sync", "--name", " - Walkout$"});
        id_ = found.out.substr(0, found.out.find('\n'));
        REQUIRE_FALSE(id_.empty());
        xdo({"windowfocus", "--sync", id_});
    }

    ~OpenWindow()
    {
        if (!gone())
            ::kill(child_, SIGKILL);
        end();
    }
    OpenWindow(const OpenWindow&) = delete;
    OpenWindow& operator=(const OpenWindow&) = delete;

    const TemporaryFolder& folder() const { return folder_; }
    std::filesystem::path home() const { return folder_.path() / "home"; }
    pid_t process() const { return child_; }

    Ended xdo(std::vector<std::string> words) const
    {
        words.insert(words.begin(), "xdotool");
        return run_program(words, {.extra = {{"DISPLAY", server_->display()}}});
    }
    void key(const std::string& name) const { xdo({"key", name}); }
    void type(const std::string& text) const { xdo({"type", "--delay", "20", text}); }
    void move(Point at) const { xdo(moving(at)); }
    void click(Point at, const std::string& modifier = "") const
    {
        auto words = moving(at);
        if (!modifier.empty())
            words.insert(words.end(), {"keydown", modifier});
        words.insert(words.end(), {"click", "1"});
        if (!modifier.empty())
            words.insert(words.end(), {"keyup", modifier});
        xdo(words);
    }

    std::vector<std::string> lines() const
    {
        std::ifstream in(folder_ / "state");
        std::vector<std::string> all;
        for (std::string line; std::getline(in, line) && !in.eof();)
            all.push_back(line);
        return all;
    }
    Json state() const { return Json::parse(lines().back()); }

    /// Wait until the picture is as the test expects it.
    template <class Expected> bool comes(Expected expected) const
    {
        const bool came = wait_until([&] { return expected(state()) || gone(); });
        if (!came)
            UNSCOPED_INFO(lines().back());
        return came && !gone();
    }

    void lose_display() { server_.reset(); }

    /// Wait for the program's end; returns its exit code.
    int end()
    {
        if (child_ <= 0)
            return code_;
        wait_until([&] { return gone(); });
        return code_;
    }
    std::string said() const { return read_text(folder_ / "err"); }
    std::string printed() const { return read_text(folder_ / "out"); }

private:
    std::vector<std::string> moving(Point at) const
    {
        return {"mousemove",
                "--sync",
                "--window",
                id_,
                std::to_string(std::lround(at.x)),
                std::to_string(std::lround(at.y))};
    }

    bool gone() const
    {
        int status = 0;
        if (child_ > 0 && ::waitpid(child_, &status, WNOHANG) == child_) {
            code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            child_ = -1;
        }
        return child_ <= 0;
    }

    void start(const std::vector<std::string>& words)
    {
        const auto environment = [&](const char* name, const std::string& value) {
            return std::string(name) + "=" + value;
        };
        std::vector<std::string> all{"env",
                                     "-C",
                                     folder_.path().string(),
                                     "-u",
                                     "WALKOUT_UI_SCALE",
                                     environment("DISPLAY", server_->display()),
                                     environment("XDG_CONFIG_HOME", home().string())};
        all.insert(all.end(), words.begin(), words.end());
        std::vector<char*> pointers;
        for (std::string& word : all)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        const std::string out = (folder_ / "out").string(), err = (folder_ / "err").string();
        posix_spawn_file_actions_t files{};
        posix_spawn_file_actions_init(&files);
        constexpr int flags = O_WRONLY | O_CREAT;
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), flags, 0600);
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, err.c_str(), flags, 0600);
        const int error = ::posix_spawnp(&child_, "env", &files, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&files);
        REQUIRE(error == 0);
    }

    TemporaryFolder folder_;
    std::optional<test::Xvfb> server_;
    mutable pid_t child_ = -1;
    mutable int code_ = -1;
    std::string id_;
};

/// The picture that a window of the default test size shows, to know where things are.
struct Map {
    Opened opened = open_story({.file = scenario("startup_50")});
    View view;
    Frame frame;

    explicit Map(double second = 0)
    {
        view.width = window_size.width;
        view.height = window_size.height;
        frame = Scene(opened.story).draw(second, view);
    }
    Point control(Control control, std::uint32_t index = 0) const
    {
        for (const Spot& spot : frame.spots)
            if (spot.id == ControlId{control, index})
                return {spot.rect.x + spot.rect.w / 2, spot.rect.y + spot.rect.h / 2};
        FAIL("there is no such control");
        return {};
    }
    Point person(AgentId id) const
    {
        for (const auto& [person, at] : frame.dots)
            if (person == id)
                return at;
        FAIL("this person is not in the picture");
        return {};
    }
    Point track(double share) const
    {
        const Rect r = regions(view).track;
        return {r.x + r.w * static_cast<float>(share), r.y + r.h / 2};
    }
};

/// Processor time of a process so far, ticks of the system's clock.
long ticks_of(pid_t process)
{
    const std::string text = read_text(fmt::format("/proc/{}/stat", process));
    std::istringstream words(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int k = 3; k < 14; ++k)
        words >> skipped;
    long user = 0, system = 0;
    words >> user >> system;
    return user + system;
}

/// The tab What-if shows all runs of the present values.
bool complete(const Json& state)
{
    const Json& w = state["what_if"];
    return w.is_object() && w["shown"] == w["runs"] && !w["behind"].get<bool>();
}

/// Ctrl S, and that `walkout run` of the file prints the fingerprint that the window tells.
void check_saved(const OpenWindow& window, const std::filesystem::path& place,
                 const std::string& name)
{
    window.key("ctrl+s");
    CHECK(window.comes(
        [](const Json& s) { return s["toast"].get<std::string>().starts_with("Saved "); }));
    const std::string toast = window.state()["toast"];
    const Ended ran = walkout::walkout(
        {"run", (place / name).string(), "--no-twin", "--out", (place / "out").string()});
    INFO(ran.err);
    CHECK(ran.code == 0);
    CHECK(ran.out.find(toast.substr(toast.rfind(' ') + 1)) != std::string::npos);
}

} // namespace

TEST_CASE("without a display there are two lines and exit 69", "[window]")
{
    for (const std::string display : {"", ":4711"}) {
        const Ended ended =
            run_program({WALKOUT_PLAY, "play", "mine.yaml"}, {.extra = {{"DISPLAY", display}}});
        CHECK(ended.code == 69);
        CHECK(ended.out.empty());
        CHECK(line_count(ended.err) == 2);
        CHECK(ended.err.find("no display: ") != std::string::npos);
        CHECK(ended.err.find("walkout play mine.yaml --text") != std::string::npos);
        CHECK(ended.err.find("walkout export mine.yaml --png") != std::string::npos);
        CHECK(ended.err.find("xvfb-run") != std::string::npos);
    }
}

TEST_CASE("a window opens on the first frame, says what ran and writes what it shows",
          "[window][display]")
{
    const TemporaryFolder folder;
    const test::Xvfb server;
    const Ended shown = run_program(
        {WALKOUT_PLAY, "play", scenario("startup_50"), "--seed", "5", "--screenshot",
         (folder / "s.png").string(), "--quit", "--log-state", (folder / "log").string(), "--at",
         "10s", "--theme", "light"},
        {.extra = {{"DISPLAY", server.display()}, {"XDG_CONFIG_HOME", folder.path().string()}}});
    INFO(shown.err);
    REQUIRE(shown.code == 0);
    CHECK(read_text(folder / "s.png").size() > 20'000);
    const Json state = Json::parse(read_text(folder / "log"));
    CHECK(state["second"] == 10.0);
    CHECK(state["theme"] == "light");
    CHECK_FALSE(state["playing"].get<bool>());

    // Watching changes nothing.
    const Ended ran =
        walkout::walkout({"run", scenario("startup_50"), "--seed", "5", "--replicates", "1",
                          "--no-twin", "--out", (folder / "out").string()});
    const std::string fingerprint = ran.out.substr(ran.out.rfind("fingerprint "));
    CHECK(shown.out.ends_with(fingerprint));
}

TEST_CASE("keys play, step, jump and find", "[window][display]")
{
    const OpenWindow window({});
    CHECK(window.state()["second"] == 0.0);
    window.key("space");
    CHECK(window.comes([](const Json& s) { return s["playing"] && s["second"] > 1.0; }));
    window.key("space");
    CHECK(window.comes([](const Json& s) { return !s["playing"]; }));
    window.key("5");
    const double length = open_story({.file = scenario("startup_50")}).story->clock().length();
    CHECK(window.comes(
        [&](const Json& s) { return std::abs(s["second"].get<double>() - length / 2) < 0.01; }));
    const double before = window.state()["second"];
    window.key("Right");
    CHECK(window.comes([&](const Json& s) {
        return std::abs(s["second"].get<double>() - before - 1.0 / 30) < 0.002;
    }));
    window.key("bracketright");
    CHECK(window.comes([](const Json& s) { return s["speed"] == 2.0; }));
    window.key("period");
    CHECK(window.comes([&](const Json& s) { return s["second"] > before + 0.1; }));

    window.key("slash");
    CHECK(window.comes([](const Json& s) { return s["finding"].get<bool>(); }));
    const Map map;
    const std::string id = map.opened.story->id(7);
    window.type(id);
    CHECK(window.comes([&](const Json& s) { return s["find_text"] == id && s["match"] == id; }));
    window.key("Return");
    CHECK(window.comes([&](const Json& s) { return s["selected"] == id && !s["finding"]; }));
    window.key("Escape");
    CHECK(window.comes([](const Json& s) { return s["selected"].is_null(); }));

    window.key("g");
    window.type("h 12");
    window.key("Return");
    CHECK(window.comes([](const Json& s) {
        return !s["going_to"] && std::abs(s["time"].get<double>() - 12) < 0.01;
    }));
    window.key("Tab");
    CHECK(window.comes([](const Json& s) { return !s["focus"].get<std::string>().empty(); }));
    window.key("question");
    CHECK(window.comes([](const Json& s) { return s["help"].get<bool>(); }));
}

TEST_CASE("the pointer hovers, selects, drags and zooms", "[window][display]")
{
    const OpenWindow window({});
    const Map map;
    const Story& story = *map.opened.story;
    window.move(map.person(20));
    CHECK(window.comes([&](const Json& s) { return s["hover"] == "person " + story.id(20); }));
    window.click(map.person(20));
    CHECK(window.comes([&](const Json& s) { return s["selected"] == story.id(20); }));
    window.click(map.person(30), "shift");
    CHECK(window.comes([&](const Json& s) { return s["second_person"] == story.id(30); }));

    window.click(map.control(Control::play));
    CHECK(window.comes([](const Json& s) { return s["playing"].get<bool>(); }));
    window.click(map.control(Control::play));
    CHECK(window.comes([](const Json& s) { return !s["playing"]; }));

    const double length = story.clock().length();
    const auto near = [&](double share) {
        return [=](const Json& s) {
            return std::abs(s["second"].get<double>() / length - share) < 0.01;
        };
    };
    window.move(map.track(0.2));
    window.xdo({"mousedown", "1"});
    CHECK(window.comes(near(0.2)));
    window.move(map.track(0.7));
    CHECK(window.comes(near(0.7)));
    window.xdo({"mouseup", "1"});
    window.move(map.track(0.4));
    CHECK(window.comes([](const Json& s) { return s["hover"] == "track"; }));
    CHECK(near(0.7)(window.state()));

    window.xdo({"click", "4"});
    CHECK(window.comes([](const Json& s) { return s["zoom"][1].get<double>() < 0.95; }));
    const auto flag = std::ranges::find_if(
        map.frame.spots, [](const Spot& s) { return s.id.control == Control::flag; });
    REQUIRE(flag != map.frame.spots.end());
    window.xdo({"click", "--repeat", "30", "5"});
    CHECK(window.comes([](const Json& s) { return s["zoom"][1] == 1.0 && s["zoom"][0] == 0.0; }));
    window.click(map.control(Control::flag, flag->id.index));
    const double second = story.clock().second(story.flags()[flag->id.index].time);
    CHECK(window.comes(
        [&](const Json& s) { return std::abs(s["second"].get<double>() - second) < 0.01; }));
}

TEST_CASE("a saved picture is what the window shows, to the pixel", "[window][display]")
{
    const OpenWindow window({"--at", "20s"});
    window.key("p");
    CHECK(window.comes(
        [](const Json& s) { return s["toast"].get<std::string>().starts_with("Saved "); }));
    const Map map;
    const std::string name = picture_name(*map.opened.story, 20) + ".png";
    CHECK(window.state()["toast"] == "Saved " + name);
    CairoPainter painter(window_size.width, window_size.height);
    View shown = map.view;
    shown.branches = true; // What-if is at hand
    painter.draw(Scene(map.opened.story).draw(20, shown).list);
    CHECK(read_text(window.folder() / name) == painter.png());
}

TEST_CASE("a film between the marks is written while the window goes on",
          "[window][display][ffmpeg]")
{
    const OpenWindow window({"--at", "20s"});
    window.key("ctrl+i");
    CHECK(window.comes([](const Json& s) { return s["in"] == 20.0; }));
    window.key("period");
    CHECK(window.comes([](const Json& s) { return s["second"] != 20.0; }));
    window.key("ctrl+o");
    CHECK(window.comes([](const Json& s) { return !s["out"].is_null(); }));
    window.key("shift+p");
    CHECK(window.comes(
        [](const Json& s) { return s["toast"].get<std::string>().starts_with("Saved "); }));
    const Map map;
    const std::string name = picture_name(*map.opened.story, 20) + ".mp4";
    CHECK(read_text(window.folder() / name).substr(4, 4) == "ftyp");
}

TEST_CASE("theme, scale and bookmarks are found again", "[window][display]")
{
    const TemporaryFolder folder;
    REQUIRE(walkout::walkout({"run", scenario("startup_50"), "--replicates", "1", "--no-twin",
                              "--trace", "--out", folder.path().string()})
                .code == 0);
    const std::string trace = (folder / "run.trace").string();
    OpenWindow window({"--at", "15s"}, trace);
    window.key("t");
    window.key("ctrl+plus");
    window.key("m");
    CHECK(window.comes([](const Json& s) {
        return s["theme"] == "light" && s["scale"] == 1.15 && s["bookmarks"].size() == 1;
    }));
    window.key("ctrl+q");
    CHECK(window.end() == 0);
    CHECK(window.said().empty());
    const Json kept = Json::parse(read_text(window.home() / "walkout/window.json"));
    CHECK(kept["theme"] == "light");
    CHECK(kept["ui_scale"] == 1.15);
    const OpenWindow again({}, trace);
    CHECK(again.state()["bookmarks"] == Json::parse("[15.0]"));
}

TEST_CASE("a window takes any size and goes to full screen and back", "[window][display]")
{
    const OpenWindow window({});
    const Ended id = window.xdo({"search", "--name", " - Walkout$"});
    const std::string number = id.out.substr(0, id.out.find('\n'));
    for (const auto& [width, height] : {std::pair{960, 600}, {1600, 900}, {701, 433}}) {
        window.xdo({"windowsize", number, std::to_string(width), std::to_string(height)});
        CHECK(window.comes(
            [&](const Json& s) { return s["width"] == width && s["height"] == height; }));
    }
    window.key("F11");
    CHECK(window.comes([](const Json& s) { return s["full_screen"] && s["width"] == 1700; }));
    window.xdo({"search", "--sync", "--name", " - Walkout$", "windowfocus", "--sync"});
    window.key("F11");
    CHECK(window.comes([](const Json& s) { return !s["full_screen"] && s["width"] == 701; }));
}

TEST_CASE("a picture that does not move costs nothing", "[window][display]")
{
    const OpenWindow window({});
    window.key("h");
    CHECK(window.comes([](const Json& s) { return s["how_to_read"].get<bool>(); }));
    const long before = ticks_of(window.process());
    std::this_thread::sleep_for(std::chrono::seconds(2));
    CHECK(ticks_of(window.process()) - before <= ::sysconf(_SC_CLK_TCK) / 10); // 5 %
}

TEST_CASE("a display that goes away ends the window with one line and exit 69", "[window][display]")
{
    OpenWindow window({});
    window.key("space");
    CHECK(window.comes([](const Json& s) { return s["playing"].get<bool>(); }));
    window.lose_display();
    CHECK(window.end() == 69);
    CHECK(window.said() == "walkout: the display went away; the window is closed\n");
}

TEST_CASE("Ctrl-C in the terminal closes the window", "[window][display]")
{
    OpenWindow window({});
    ::kill(window.process(), SIGINT);
    CHECK(window.end() == 130);
    CHECK(line_count(window.said()) == 1);
}

TEST_CASE("a damaged settings file is no obstacle", "[window][display]")
{
    const TemporaryFolder folder;
    const test::Xvfb server;
    std::filesystem::create_directories(folder / "walkout");
    write_text(folder / "walkout/window.json", "{\"theme\": [1, 2");
    const Ended ended = run_program(
        {WALKOUT_PLAY, "play", scenario("startup_50"), "--quit"},
        {.extra = {{"DISPLAY", server.display()}, {"XDG_CONFIG_HOME", folder.path().string()}}});
    INFO(ended.err);
    CHECK(ended.code == 0);
}

TEST_CASE("levers move, events switch off, a scenario is saved and a run is watched",
          "[window][display]")
{
    const TemporaryFolder place;
    const std::filesystem::path file = place / "startup_50.yaml";
    std::filesystem::copy_file(scenario("startup_50"), file);
    const OpenWindow window({}, file.string());
    window.key("ctrl+2");
    CHECK(window.comes(
        [&](const Json& s) { return complete(s) && s["what_if"]["levers"].size() == 9; }));

    // The same picture, to know where things are.
    View view;
    view.width = window_size.width;
    view.height = window_size.height;
    WhatIfDesk desk(open_story({.file = file.string()}).story, {.file = file.string()});
    desk.open(view);
    REQUIRE(wait_until([&] {
        desk.poll(1e9, view);
        return desk.what_if()->in_use().size() == 9;
    }));
    const auto place_of = [&](Control control, std::uint32_t index) {
        for (const Spot& spot : draw_what_if(desk.story(), desk.sheet(), view).spots)
            if (spot.id == ControlId{control, index})
                return spot.rect;
        FAIL("there is no such control");
        return Rect{};
    };
    for (const LeverCard& lever : desk.sheet().levers) {
        const Rect track = grown(place_of(Control::lever, lever.row), -4);
        const float y = track.y + track.h / 2;
        window.move({track.x + track.w * static_cast<float>(lever.own), y});
        window.xdo({"mousedown", "1"});
        window.move({track.x + track.w * (lever.own < 0.5 ? 0.8F : 0.2F), y});
        window.xdo({"mouseup", "1"});
        INFO(lever.path);
        CHECK(window.comes([&](const Json& s) {
            return s["what_if"]["values"].contains(lever.path) && complete(s);
        }));
        window.key("ctrl+z");
        CHECK(window.comes([&](const Json& s) { return s["what_if"]["values"].empty(); }));
    }
    window.xdo({"click", "--repeat", "30", "--delay", "5", "5"}); // the wheel, down to the events
    desk.wheel(-100, view);
    for (std::uint32_t k = 0; k < desk.sheet().events.size(); ++k) {
        const std::string path = desk.what_if()->levers()[desk.what_if()->events()[k].enabled].path;
        const Rect chip = place_of(Control::event_switch, k);
        window.click({chip.x + chip.w / 2, chip.y + chip.h / 2});
        INFO(path);
        CHECK(window.comes(
            [&](const Json& s) { return s["what_if"]["values"].contains(path) && complete(s); }));
        window.key("ctrl+z");
        CHECK(window.comes([&](const Json& s) { return s["what_if"]["values"].empty(); }));
    }

    const Rect chip = place_of(Control::event_switch, 1);
    window.click({chip.x + chip.w / 2, chip.y + chip.h / 2});
    CHECK(window.comes(
        [&](const Json& s) { return s["what_if"]["values"].size() == 1 && complete(s); }));
    check_saved(window, place.path(), "startup_50_what_if.yaml");

    window.key("Down");
    CHECK(window.comes([](const Json& s) { return !s["what_if"]["run"].is_null(); }));
    window.key("Return");
    CHECK(window.comes([](const Json& s) { return s["tab"] == "playback" && s["playing"]; }));
    window.key("ctrl+2");
    CHECK(window.comes([&](const Json& s) {
        return s["tab"] == "what if" && s["what_if"]["values"].size() == 1;
    }));

    window.key("c");
    CHECK(window.comes([](const Json& s) {
        return s["tab"] == "compare" && s["compare"]["parting"].is_number();
    }));
    const Json before = window.state();
    window.key("x");
    CHECK(window.comes([&](const Json& s) { return s["compare"]["a"] == before["compare"]["b"]; }));
    window.key("w");
    CHECK(window.comes([&](const Json& s) {
        return std::abs(s["time"].get<double>() - before["compare"]["parting"].get<double>()) <
               0.01;
    }));
    window.key("space");
    CHECK(window.comes([](const Json& s) { return s["playing"].get<bool>(); }));
    window.key("p");
    CHECK(window.comes(
        [](const Json& s) { return s["toast"].get<std::string>().ends_with("-compare.png"); }));
    window.key("ctrl+1");
    CHECK(window.comes([](const Json& s) { return s["tab"] == "playback"; }));
}

TEST_CASE("a run is left for what else could follow, which is saved", "[window][display]")
{
    const TemporaryFolder place;
    const std::filesystem::path file = place / "startup_50.yaml";
    std::filesystem::copy_file(scenario("startup_50"), file);
    const OpenWindow window({"--replicate", "3", "--at", "h 30"}, file.string());
    window.key("e");
    CHECK(window.comes([&](const Json& s) {
        return s["tab"] == "what if" && complete(s) && s["what_if"]["branch"] == 30 &&
               s["what_if"]["levers"].size() == 9;
    }));

    // The same picture, to know where things are.
    View view;
    view.width = window_size.width;
    view.height = window_size.height;
    WhatIfDesk desk(open_story({.file = file.string(), .replicate = 3}).story,
                    {.file = file.string()}, 30);
    desk.open(view);
    REQUIRE(wait_until([&] {
        desk.poll(1e9, view);
        return desk.what_if()->in_use().size() == 9;
    }));
    window.move({100, 600});
    window.xdo({"click", "--repeat", "30", "--delay", "5", "5"}); // the wheel, down to the events
    desk.wheel(-100, view);
    const auto& events = desk.what_if()->events();
    const auto to_come = std::ranges::find_if(
        events, [](const EventSwitch& e) { return e.happened == never && !e.added; });
    REQUIRE(to_come != events.end());
    const ControlId chip{Control::event_switch,
                         static_cast<std::uint32_t>(to_come - events.begin())};
    const Frame frame = draw_what_if(desk.story(), desk.sheet(), view);
    const auto spot = std::ranges::find(frame.spots, chip, &Spot::id);
    REQUIRE(spot != frame.spots.end());
    window.click({spot->rect.x + spot->rect.w / 2, spot->rect.y + spot->rect.h / 2});
    CHECK(window.comes(
        [&](const Json& s) { return s["what_if"]["values"].size() == 1 && complete(s); }));
    check_saved(window, place.path(), "startup_50_branch.yaml");

    window.key("Down");
    CHECK(window.comes([](const Json& s) { return !s["what_if"]["run"].is_null(); }));
    window.key("Return");
    CHECK(window.comes([](const Json& s) {
        return s["tab"] == "playback" && s["playing"].get<bool>() && s["time"] >= 29.9;
    }));
    window.key("e"); // from there once more
    CHECK(window.comes([](const Json& s) {
        return s["tab"] == "what if" && s["what_if"]["branch"].is_number() &&
               s["what_if"]["branch"] >= 30 && s["what_if"]["values"].empty();
    }));
    window.key("e");
    CHECK(window.comes(
        [](const Json& s) { return s["tab"] == "what if" && s["what_if"]["branch"].is_null(); }));
}

TEST_CASE("two files open side by side, with their ensembles", "[window][display]")
{
    const TemporaryFolder place;
    const std::string file = (place / "startup_50.yaml").string();
    const std::string other = (place / "trusting.yaml").string();
    std::filesystem::copy_file(scenario("startup_50"), file);
    std::ofstream(other) << "base: startup_50.yaml\npeople: {trust_mean: 90%}\n";
    const OpenWindow window({"--compare", other}, file);
    CHECK(window.comes([](const Json& s) {
        return s["tab"] == "compare" && s["compare"]["runs"] == 200 && s["compare"]["run"] == 0;
    }));
    const Json before = window.state()["compare"];
    window.key("x");
    CHECK(window.comes([&](const Json& s) {
        return s["compare"]["answers"][0] == before["answers"][1] &&
               s["compare"]["answers"][1] == before["answers"][0];
    }));
    window.key("d");
    CHECK(window.comes([](const Json& s) { return s["compare"]["only_different"].get<bool>(); }));
    const auto saved = [](const std::string& ending) {
        return [ending](const Json& s) {
            const std::string toast = s["toast"];
            return toast.starts_with("Saved ") && toast.ends_with(ending);
        };
    };
    window.key("ctrl+p");
    CHECK(window.comes(saved("results/trusting_vs_startup_50/report.html")));
    CHECK(std::filesystem::exists(window.folder() / "results/trusting_vs_startup_50/report.html"));
}

TEST_CASE("a film of two runs is written while the window goes on", "[window][display][ffmpeg]")
{
    const TemporaryFolder place;
    const std::string file = (place / "startup_50.yaml").string();
    const std::string other = (place / "trusting.yaml").string();
    std::filesystem::copy_file(scenario("startup_50"), file);
    std::ofstream(other) << "base: startup_50.yaml\npeople: {trust_mean: 90%}\n";
    const OpenWindow window({"--compare", other, "--at", "20s"}, file);
    window.key("ctrl+i");
    CHECK(window.comes([](const Json& s) { return s["in"] == 20.0; }));
    window.key("Right");
    CHECK(window.comes([](const Json& s) { return s["second"] != 20.0; }));
    window.key("ctrl+o");
    CHECK(window.comes([](const Json& s) { return !s["out"].is_null(); }));
    window.key("shift+p");
    CHECK(window.comes(
        [](const Json& s) { return s["toast"].get<std::string>().ends_with("-compare.mp4"); }));
    const Map map;
    const std::string name = picture_name(*map.opened.story, 20) + "-compare.mp4";
    CHECK(read_text(window.folder() / name).substr(4, 4) == "ftyp");
}
