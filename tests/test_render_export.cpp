/// Pictures and films written by the program: right size, right moment, whole or not at all.

#include "render/cairo_painter.hpp"
#include "render/compare_scene.hpp"
#include "render/comparing.hpp"
#include "render/export.hpp"
#include "render/film.hpp"
#include "render/opening.hpp"
#include "render/player.hpp"
#include "tests/cli_support.hpp"

#include "render/chart_kit.hpp"
#include "sim/io/problems.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace walkout;
using namespace walkout::render;

namespace {

std::string scenario(const std::string& name)
{
    return (checkout() / "scenarios" / (name + ".yaml")).string();
}

/// A small story that is quick to draw.
Opened letter()
{
    return open_story({.file = scenario("startup_50")});
}

Ended export_of(std::vector<std::string> arguments, const Setting& setting = {})
{
    arguments.insert(arguments.begin(), {WALKOUT_PLAY, "export", scenario("startup_50")});
    return run_program(arguments, setting);
}

/// Width and height that stand in a PNG.
Size size_of_png(const std::string& png)
{
    const auto number = [&](std::size_t at) {
        int value = 0;
        for (std::size_t k = at; k < at + 4; ++k)
            value = value * 256 + static_cast<unsigned char>(png.at(k));
        return value;
    };
    return {number(16), number(20)};
}

bool is_png(const std::string& bytes)
{
    return bytes.starts_with("\x89PNG\r\n\x1a\n");
}

/// What ffprobe says of a film's only stream: width, height, rate, frames.
std::string probe(const std::filesystem::path& film)
{
    return run_program({"ffprobe", "-v", "error", "-count_packets", "-show_entries",
                        "stream=width,height,r_frame_rate,nb_read_packets", "-of", "csv=p=0",
                        film.string()})
        .out;
}

/// A scenario that differs from `startup_50` in one number, in a folder.
std::string trusting(const TemporaryFolder& folder)
{
    std::filesystem::create_directory(folder / "other");
    std::filesystem::copy_file(scenario("startup_50"), folder / "other/startup_50.yaml");
    write_text(folder / "other/trusting.yaml",
               "base: startup_50.yaml\npeople: {trust_mean: 90%}\n");
    return (folder / "other/trusting.yaml").string();
}

/// A program that stands for ffmpeg.
void put_ffmpeg(const TemporaryFolder& folder, const std::string& script)
{
    write_text(folder / "ffmpeg", "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(folder / "ffmpeg", std::filesystem::perms::owner_all);
}

} // namespace

// ---------------------------------------------------------------- pictures

TEST_CASE("a picture is written in three formats at once, in the size asked for", "[export]")
{
    const TemporaryFolder folder;
    const Ended ended = export_of({"--png", "a.png", "--svg", "a.svg", "--pdf", "a.pdf", "--size",
                                   "801x603", "--theme", "light"},
                                  {.folder = folder.path()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(ended.out.empty());
    CHECK(folder.files() == std::vector<std::string>{"a.pdf", "a.png", "a.svg"});
    const std::string png = read_text(folder / "a.png");
    CHECK(is_png(png));
    CHECK(size_of_png(png) == Size{801, 603});
    CHECK(read_text(folder / "a.svg").find("<svg") != std::string::npos);
    CHECK(read_text(folder / "a.pdf").starts_with("%PDF-"));
}

TEST_CASE("an exported picture is the one a player shows at that moment", "[export]")
{
    const TemporaryFolder folder;
    const Ended ended = export_of(
        {"--png", "a.png", "--at", "4s", "--size", "1280x720", "--scale", "1", "--presenter"},
        {.folder = folder.path()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);

    const Opened opened = letter();
    View view;
    view.width = 1280;
    view.height = 720;
    Player player(opened.story, view);
    player.key(Key::f5);
    player.key(Key::space);
    for (int frame = 0; frame < 80; ++frame)
        player.advance(0.05);
    player.seek(4);
    player.key(Key::space);
    View still = picture_of(player.view());
    still.playing = false;
    CairoPainter painter(1280, 720);
    painter.draw(Scene(opened.story).draw(player.second(), still).list);
    CHECK(read_text(folder / "a.png") == painter.png());
}

TEST_CASE("without a moment a picture shows the busiest one", "[export]")
{
    const TemporaryFolder folder;
    const Opened opened = letter();
    const Span busy = steepest(*opened.story);
    const std::string middle = fmt::format("{:.9f}s", (busy.from + busy.to) / 2);
    REQUIRE(export_of({"--svg", "a.svg"}, {.folder = folder.path()}).code == 0);
    REQUIRE(export_of({"--svg", "b.svg", "--at", middle}, {.folder = folder.path()}).code == 0);
    CHECK(read_text(folder / "a.svg") == read_text(folder / "b.svg"));
}

TEST_CASE("moments are told by clock, hour or story second", "[export]")
{
    const Opened opened = letter();
    const Story& story = *opened.story;
    const StoryClock& clock = story.clock();
    CHECK(second_of(story, "3.5s", "--at") == 3.5);
    CHECK(second_of(story, "h 12", "--at") == clock.second(12));
    const Hours time = 30;
    const std::string words = story.weekday(time) + " " + story.clock_text(time);
    CHECK(clock.time(second_of(story, words, "--at")) == Approx(30).margin(1.0 / 60));
    CHECK_THROWS_WITH(second_of(story, "noonish", "--from"),
                      Catch::Contains("--from: 'noonish' is not a time"));
    CHECK_THROWS_WITH(second_of(story, "h 100000", "--to"), Catch::Contains("outside the story"));
    CHECK_THROWS_WITH(second_of(story, "900s", "--at"), Catch::Contains("the story has"));
}

TEST_CASE("a person who does not exist is answered with one who does", "[export]")
{
    const Opened opened = letter();
    const std::string id = opened.story->id(7);
    CHECK(person_of(*opened.story, id) == 7);
    CHECK_THROWS_WITH(person_of(*opened.story, id + "x"), Catch::Contains("did you mean"));
    CHECK_THROWS_AS(person_of(*opened.story, "nobody at all"), io::InputError);
}

TEST_CASE("wrong words on the command line name the mistake and write nothing", "[export]")
{
    const TemporaryFolder folder;
    const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes{
        {{}, "say what to write"},
        {{"--png", "a.png", "--size", "12"}, "'12' is no size"},
        {{"--png", "a.png", "--size", "99999x10"}, "is no size"},
        {{"--png", "a.png", "--theme", "pink"}, "'pink' is no theme"},
        {{"--png", "a.png", "--scale", "0"}, "'0' is not a number from 0.25 to 4"},
        {{"--png", "a.png", "--at", "mon 99:00"}, "is not a time"},
        {{"--png", "a.png", "--select", "Nobody-1"}, "there is no 'Nobody-1'"},
        {{"--pgn", "a.png"}, "did you mean '--png'"},
        {{"--mp4", "a.mp4", "--size", "801x600"}, "an MP4 needs even numbers, e.g. 800x600"},
        {{"--mp4", "a.mp4", "--fps", "0"}, "'0' is not a number from 1 to 120"},
        {{"--mp4", "a.mp4", "--from", "9s", "--to", "8s"}, "--to comes before --from"},
        {{"--gif", "a.gif", "--highlights", "--from", "1s"}, "does not go with --from and --to"},
        {{"--png", "a.png", "--set", "people.vigilx=1"}, "people.vigilx"},
    };
    for (const auto& [arguments, words] : mistakes) {
        const Ended ended = export_of(arguments, {.folder = folder.path()});
        INFO(words << " in:\n" << ended.err);
        CHECK(ended.code == 2);
        CHECK(ended.err.find(words) != std::string::npos);
        CHECK(folder.files().empty());
    }
}

TEST_CASE("a recorded run and the same scenario give the same picture", "[export]")
{
    const TemporaryFolder folder;
    const Ended ran =
        walkout::walkout({"run", scenario("startup_50"), "--replicates", "3", "--changes-of", "2",
                          "--no-twin", "--trace", "--out", (folder / "out").string()});
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    const std::string trace = (folder / "out/run.trace").string();
    REQUIRE(
        run_program({WALKOUT_PLAY, "export", trace, "--svg", (folder / "a.svg").string()}).code ==
        0);
    REQUIRE(export_of({"--replicate", "2", "--svg", (folder / "b.svg").string()}).code == 0);
    CHECK(read_text(folder / "a.svg") == read_text(folder / "b.svg"));

    const Ended refused =
        run_program({WALKOUT_PLAY, "export", trace, "--seed", "3", "--svg", "c.svg"});
    CHECK(refused.code == 2);
    CHECK(refused.err.find("is a recorded run") != std::string::npos);

    write_text(folder / "cut.trace", read_text(trace).substr(0, 200));
    const Ended cut =
        run_program({WALKOUT_PLAY, "export", (folder / "cut.trace").string(), "--svg", "c.svg"});
    CHECK(cut.code == 2);
    CHECK(line_count(cut.err) == 1);
}

TEST_CASE("a picture that cannot be written leaves nothing behind", "[export]")
{
    const TemporaryFolder folder;
    const Ended no_folder = export_of({"--png", (folder / "no/where.png").string()});
    CHECK(no_folder.code == 5);
    CHECK(no_folder.err == fmt::format("walkout: cannot write '{}': No such file or directory\n",
                                       (folder / "no/where.png").string()));
    const Ended full =
        export_of({"--png", "a.png"}, {.folder = folder.path(), .largest_file = 4096});
    CHECK(full.code == 5);
    CHECK(full.err == "walkout: cannot write 'a.png': File too large\n");
    const Ended taken = export_of({"--svg", folder.path().string()});
    CHECK(taken.code == 5);
    CHECK(folder.files().empty());
}

// ---------------------------------------------------------------- two runs

TEST_CASE("two scenarios are exported side by side as the window shows them", "[export]")
{
    const TemporaryFolder folder;
    const std::string other = trusting(folder);
    const std::vector<std::string> both{"--compare", other, "--at", "20s", "--size", "1600x900"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), both.begin(), both.end());
        return more;
    };
    const Ended ended = export_of(with({"--png", "a.png"}), {.folder = folder.path()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);

    const Source source{.file = scenario("startup_50")};
    const auto story = open_story(source).story;
    Compared two = *compare_with(story, source, other);
    two.ensembles = ComparedEnsembles(*story, source, other).wait([] {});
    CHECK(two.ensembles.runs == 200);
    View view;
    view.tab = Tab::compare;
    CairoPainter painter(1600, 900);
    painter.draw(CompareScene(std::make_shared<const Compared>(two)).draw(20, view).list);
    CHECK(read_text(folder / "a.png") == painter.png());

    const Ended alone = export_of({"--png", "b.png", "--at", "20s"}, {.folder = folder.path()});
    REQUIRE(alone.code == 0);
    CHECK(read_text(folder / "a.png") != read_text(folder / "b.png"));
}

TEST_CASE("the frames of a film of two runs are the comparisons of their seconds", "[export]")
{
    const TemporaryFolder folder;
    const std::string other = trusting(folder);
    const Source source{.file = scenario("startup_50")};
    const auto story = open_story(source).story;
    Film film{.story = story, .compared = compare_with(story, source, other)};
    film.view.width = 640;
    film.view.height = 360;
    film.view.tab = Tab::compare;
    film.fps = 4;
    film.seconds = frame_seconds({{20, 21}}, film.fps);
    write_frames(film, folder / "frames", [](std::size_t, std::size_t) {});
    CompareScene panes(film.compared);
    CairoPainter painter(640, 360);
    for (std::size_t k = 0; k < film.seconds.size(); ++k) {
        painter.draw(panes.draw(film.seconds[k], film.view).list);
        CHECK(read_text(folder / fmt::format("frames/frame-{:05}.png", k)) == painter.png());
    }
}

TEST_CASE("the page of two scenarios says what the tab says, digit for digit", "[export]")
{
    const TemporaryFolder folder;
    const std::string other = trusting(folder);
    const Ended ended = export_of({"--seed", "7", "--set", "people.vigil=30%", "--compare", other,
                                   "--page", "page", "--png", "a.png"},
                                  {.folder = folder.path()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    const std::string page = read_text(folder / "page/report.html");

    const Source source{
        .file = scenario("startup_50"), .overrides = {"people.vigil=30%"}, .seed = 7};
    const auto story = open_story(source).story;
    const ComparedRuns runs = ComparedEnsembles(*story, source, other).wait([] {});
    REQUIRE(runs.runs == 200);
    const auto told = [&](const std::string& text) {
        return page.find(">" + text) != std::string::npos;
    };
    const int digits = digits_of_change(100 * runs.low, 100 * runs.high);
    CHECK(told(runs.a.substr(0, runs.a.find(' ')) + " %"));
    CHECK(told(runs.b.substr(0, runs.b.find(' ')) + " %"));
    CHECK(told(signed_number(100 * runs.difference, digits) + " pt"));
    CHECK(told(signed_number(100 * runs.low, digits) + " to " +
               signed_number(100 * runs.high, digits)));
    const auto all = nlohmann::json::parse(read_text(folder / "page/compare.json"));
    CHECK(all["seed"] == 7);
    CHECK(all["replicates"] == runs.runs);
    CHECK(all["scenarios"][0]["outcomes"]["returned"] == runs.a_share);
    CHECK(all["scenarios"][1]["outcomes"]["returned"] == runs.b_share);
    const auto& difference = all["contrasts"][0]["outcome_differences"]["returned"];
    CHECK(difference["mean"] == runs.difference);
    CHECK(difference["low"] == runs.low);
    CHECK(difference["high"] == runs.high);
}

TEST_CASE("recorded runs have no page, and a page needs a second scenario", "[export]")
{
    const TemporaryFolder folder;
    REQUIRE(walkout::walkout({"run", scenario("startup_50"), "--replicates", "1", "--no-twin",
                              "--trace", "--out", (folder / "out").string()})
                .code == 0);
    const Ended recorded =
        export_of({"--compare", (folder / "out/run.trace").string(), "--page", "page"},
                  {.folder = folder.path()});
    CHECK(recorded.code == 2);
    CHECK(recorded.err.find("two scenario files") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "page"));
    CHECK(export_of({"--page", "page"}, {.folder = folder.path()}).code == 2);
}

TEST_CASE("two runs become a film and a GIF without a display", "[export][ffmpeg]")
{
    const TemporaryFolder folder;
    const Ended ended =
        export_of({"--compare", trusting(folder), "--mp4", "a.mp4", "--gif", "a.gif", "--from",
                   "20s", "--to", "22s", "--size", "320x180", "--fps", "10"},
                  {.folder = folder.path()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(probe(folder / "a.mp4") == "320,180,10/1,21\n");
    CHECK(probe(folder / "a.gif").starts_with("320,180,10/1,"));
}

// ---------------------------------------------------------------- films

TEST_CASE("frame i of a film shows the second from + i / fps, ends included", "[export]")
{
    CHECK(frame_seconds({{2, 3}}, 4) == std::vector<double>{2, 2.25, 2.5, 2.75, 3});
    CHECK(frame_seconds({{0, 0.999}}, 4) == std::vector<double>{0, 0.25, 0.5, 0.75});
    CHECK(frame_seconds({{1, 1}}, 60) == std::vector<double>{1});
    CHECK(frame_seconds({{0, 0.5}, {7, 7.5}}, 2) == std::vector<double>{0, 0.5, 7, 7.5});
    CHECK(frame_seconds({{0, 113}}, 60).size() == 113 * 60 + 1);
}

TEST_CASE("highlights hold the beats and the busiest seconds, in order and apart", "[export]")
{
    for (const char* name : {"openai_2023", "startup_50", "one_director"}) {
        const Opened opened = open_story({.file = scenario(name)});
        const Story& story = *opened.story;
        const auto spans = highlights(story);
        INFO(name);
        REQUIRE_FALSE(spans.empty());
        const auto holds = [&](double from, double to) {
            return std::ranges::any_of(spans, [&](const Span& span) {
                return span.from <= from + 1e-9 && span.to >= to - 1e-9;
            });
        };
        const double end = story.clock().length();
        for (const auto& flag : story.flags())
            if (flag.beat > 0) {
                const double at = story.clock().second(flag.time);
                CHECK(holds(at, std::min(end, at + flag.beat)));
            }
        const Span busy = steepest(story);
        CHECK(busy.to - busy.from == Approx(12));
        CHECK(holds(busy.from, busy.to));
        for (std::size_t k = 0; k < spans.size(); ++k) {
            CHECK(spans[k].from >= 0);
            CHECK(spans[k].to <= end);
            CHECK((k == 0 || spans[k].from > spans[k - 1].to));
        }
    }
}

TEST_CASE("no twelve seconds see more acts than the steepest", "[export]")
{
    const Opened opened = letter();
    const Story& story = *opened.story;
    const auto acts = [&](double from) {
        const auto count = [&](const std::vector<Hours>& times) {
            return std::ranges::count_if(times, [&](Hours time) {
                const double second = story.clock().second(time);
                return second >= from && second <= from + 12;
            });
        };
        return count(story.signings()) + count(story.departures());
    };
    const auto most = acts(steepest(story).from);
    CHECK(most > 0);
    for (double from = 0; from <= story.clock().length() - 12; from += 0.25)
        CHECK(acts(from) <= most);
}

TEST_CASE("numbered frames are the pictures of their seconds", "[export]")
{
    const TemporaryFolder folder;
    const Ended ended = export_of({"--frames", (folder / "film/frames").string(), "--fps", "10",
                                   "--from", "20s", "--to", "21s", "--size", "640x360"});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    REQUIRE(folder.files().size() == 11);
    const Opened opened = letter();
    View view = view_of(*opened.story, {}, {640, 360}, export_scale({640, 360}));
    view.playing = true;
    Scene scene(opened.story);
    CairoPainter painter(640, 360);
    for (int frame = 0; frame <= 10; ++frame) {
        painter.draw(scene.draw(20 + frame / 10.0, view).list);
        INFO("frame " << frame);
        CHECK(read_text(folder / fmt::format("film/frames/frame-{:05}.png", frame)) ==
              painter.png());
    }
}

TEST_CASE("films have the size, the rate and the frames asked for", "[export][ffmpeg]")
{
    const TemporaryFolder folder;
    const Ended ended = export_of({"--mp4", "a.mp4", "--gif", "a.gif", "--from", "20s", "--to",
                                   "22s", "--fps", "10", "--size", "320x180"},
                                  {.folder = folder.path()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(folder.files() == std::vector<std::string>{"a.gif", "a.mp4"});
    CHECK(probe(folder / "a.mp4") == "320,180,10/1,21\n");
    CHECK(probe(folder / "a.gif") == "320,180,10/1,21\n");
    CHECK(read_text(folder / "a.gif").starts_with("GIF89a"));
}

TEST_CASE("a GIF may have an odd size", "[export][ffmpeg]")
{
    const TemporaryFolder folder;
    const Ended ended =
        export_of({"--gif", "a.gif", "--from", "20s", "--to", "20.5s", "--size", "321x181"},
                  {.folder = folder.path()});
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(probe(folder / "a.gif").starts_with("321,181,"));
}

TEST_CASE("a film without ffmpeg names the package and runs nothing", "[export]")
{
    const TemporaryFolder folder;
    for (const char* kind : {"--mp4", "--gif"}) {
        const Ended ended =
            export_of({kind, "a.film"}, {.folder = folder.path(), .extra = {{"PATH", "/nowhere"}}});
        CHECK(ended.code == 69);
        CHECK(ended.err ==
              "walkout: films need ffmpeg, which is not installed: apt-get install ffmpeg\n");
    }
    CHECK(folder.files().empty());
    const Ended frames = export_of({"--frames", "f", "--from", "1s", "--to", "1s"},
                                   {.folder = folder.path(), .extra = {{"PATH", "/nowhere"}}});
    CHECK(frames.code == 0);
}

TEST_CASE("a full disk ends a film with one line and no file", "[export][ffmpeg]")
{
    const TemporaryFolder folder;
    const Ended ended =
        export_of({"--mp4", "a.mp4", "--from", "0s", "--to", "6s", "--size", "640x360"},
                  {.folder = folder.path(), .largest_file = 8192});
    CHECK(ended.code == 5);
    CHECK(ended.err == "walkout: cannot write 'a.mp4': File too large\n");
    CHECK(folder.files().empty());
}

TEST_CASE("an encoder that dies is told in one line and leaves no file", "[export]")
{
    const TemporaryFolder folder, tools;
    const std::vector<std::string> film{"--mp4", "a.mp4", "--size", "640x360"};
    const auto path = fmt::format("{}:/bin:/usr/bin", tools.path().string());
    const Setting setting{.folder = folder.path(), .extra = {{"PATH", path}}};
    put_ffmpeg(tools, "head -c 2000000 >/dev/null; kill -9 $$");
    const Ended killed = export_of(film, setting);
    CHECK(killed.code == 69);
    CHECK(killed.err == "walkout: ffmpeg was killed (signal 9); 'a.mp4' was not written\n");
    put_ffmpeg(tools, "echo first >&2; echo 'Unknown encoder libx264' >&2; exit 1");
    const Ended failed = export_of(film, setting);
    CHECK(failed.code == 69);
    CHECK(failed.err ==
          "walkout: ffmpeg failed, 'a.mp4' was not written: Unknown encoder libx264\n");
    CHECK(folder.files().empty());
}

TEST_CASE("Ctrl-C ends a film in order: no file, no encoder left", "[export][ffmpeg]")
{
    const std::vector<std::pair<int, int>> cases{{SIGINT, 130}, {SIGTERM, 143}};
    for (const auto& [number, code] : cases) {
        const TemporaryFolder folder;
        bool sent = false;
        Setting setting{.folder = folder.path()};
        setting.meanwhile = [&, signal = number](pid_t child, const std::string&) {
            // The draft tells that the film has begun.
            if (!sent && !folder.files().empty()) {
                ::kill(child, signal);
                sent = true;
            }
        };
        const Ended ended = export_of({"--mp4", "a.mp4"}, setting);
        INFO(ended.err);
        CHECK(sent);
        CHECK(ended.code == code);
        CHECK(line_count(ended.err) == 1);
        CHECK(folder.files().empty());
    }
}

TEST_CASE("a film of ours is the same however many times it is made", "[export]")
{
    const Opened opened = letter();
    Film film{.story = opened.story,
              .view = view_of(*opened.story, {}, {320, 180}, 0.625F),
              .seconds = frame_seconds({{10, 11}}, 12),
              .fps = 12};
    const TemporaryFolder first, second;
    const Watch quiet = [](std::size_t, std::size_t) {};
    write_frames(film, first.path(), quiet);
    write_frames(film, second.path(), quiet);
    REQUIRE(first.files() == second.files());
    for (const std::string& name : first.files())
        CHECK(read_text(first / name) == read_text(second / name));
}

TEST_CASE("a film that is stopped half way throws what stopped it", "[export]")
{
    const Opened opened = letter();
    const Film film{.story = opened.story,
                    .view = view_of(*opened.story, {}, {320, 180}, 0.625F),
                    .seconds = frame_seconds({{0, 20}}, 30),
                    .fps = 30};
    const TemporaryFolder folder;
    struct Stop {};
    CHECK_THROWS_AS(write_frames(film, folder.path(),
                                 [](std::size_t done, std::size_t) {
                                     if (done == 5)
                                         throw Stop{};
                                 }),
                    Stop);
    CHECK(folder.files().size() == 5);
}

TEST_CASE("the story is told in words without a display", "[export]")
{
    const Ended ended = run_program({WALKOUT_PLAY, "play", scenario("startup_50"), "--text"},
                                    {.extra = {{"DISPLAY", ""}}});
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
    CHECK(line_count(ended.out) > 10);
    const Ended hourly =
        run_program({WALKOUT_PLAY, "play", scenario("startup_50"), "--every", "1h"});
    CHECK(hourly.code == 0);
    CHECK(line_count(hourly.out) > line_count(ended.out));
    const Ended wrong =
        run_program({WALKOUT_PLAY, "play", scenario("startup_50"), "--every", "often"});
    CHECK(wrong.code == 2);
    CHECK(wrong.err.find("'often' is no duration") != std::string::npos);
    CHECK(run_program({WALKOUT_PLAY, "play", scenario("startup_50"), "--text"},
                      {.output_to = "/dev/full"})
              .code == 5);
}
