/// The five moments everybody knows the product by, in both themes: the words of the display list,
/// and the picture that the painter of files makes of it, against golden files.

#include "render/cairo_painter.hpp"
#include "render/compare_scene.hpp"
#include "render/scene.hpp"
#include "render/what_if_desk.hpp"
#include "render/what_if_parts.hpp"
#include "sim/core/trace.hpp"
#include "sim/io/scenario_file.hpp"
#include "tests/cli_support.hpp"
#include "tests/render_support.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <thread>

namespace walkout::render {

namespace {

constexpr int width = 1600, height = 900;
constexpr int cell = 10; ///< pixels that one of a thumbnail stands for, each way

struct Moment {
    std::string name;
    double second = 0;
};

std::vector<Moment> moments(const Story& story)
{
    const auto at = [&](Hours time) { return story.clock().second(time); };
    const Hours half = story.signings()[story.people() / 2];
    return {{"calm", 0.5},
            {"firing", at(story.fired()) + 1.42},
            {"cascade", at(half)},
            {"ultimatum", at(story.trace().board_conceded) - 0.5},
            {"return", at(story.settled()) + 4.55}};
}

Frame frame_of(const std::shared_ptr<const Story>& story, double second, Theme theme)
{
    View view;
    view.width = width;
    view.height = height;
    view.theme = theme;
    return Scene(story).draw(second, view);
}

/// Every text with its place to the pixel, size and color. Marks are left out: their last bits may
/// differ from one processor to the next.
std::string words_of(const DisplayList& list)
{
    std::string words;
    for (const auto& layer : list.layers)
        for (const Item& item : layer->items)
            if (const auto* text = std::get_if<Text>(&item))
                words += fmt::format("{:.0f} {:.0f} {} #{:02x}{:02x}{:02x} {}\n",
                                     std::round(text->at.x), std::round(text->at.y), text->size,
                                     text->color.r, text->color.g, text->color.b, text->text);
    return words;
}

/// Means of cells of `cell` x `cell` pixels: small enough to keep, fine enough to see a mark move.
std::vector<std::uint8_t> thumbnail(const CairoPainter& painter)
{
    std::vector<std::uint8_t> cells;
    for (int y = 0; y < height; y += cell)
        for (int x = 0; x < width; x += cell)
            for (const int channel : {2, 1, 0}) { // BGRA to RGB
                int sum = 0;
                for (int dy = 0; dy < cell; ++dy)
                    for (int dx = 0; dx < cell; ++dx)
                        sum +=
                            painter.pixels()[(y + dy) * painter.stride() + 4 * (x + dx) + channel];
                cells.push_back(static_cast<std::uint8_t>(sum / (cell * cell)));
            }
    return cells;
}

/// Compare with `tests/golden/pictures/<name>.ppm`, or write it. The limits leave room for the last
/// bits of coordinates, not for a mark in another place.
void check_picture(const std::string& name, const std::vector<std::uint8_t>& cells)
{
    const auto path = walkout::checkout() / "tests/golden/pictures" / (name + ".ppm");
    const std::string head = fmt::format("P6\n{} {}\n255\n", width / cell, height / cell);
    if (std::getenv("WALKOUT_UPDATE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream file(path, std::ios::binary);
        file << head;
        file.write(reinterpret_cast<const char*>(cells.data()),
                   static_cast<std::streamsize>(cells.size()));
        return;
    }
    INFO(path << "; WALKOUT_UPDATE_GOLDEN=1 rewrites it");
    const std::string golden = walkout::read_text(path);
    REQUIRE(golden.size() == head.size() + cells.size());
    double sum = 0;
    int largest = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int off =
            std::abs(static_cast<int>(static_cast<std::uint8_t>(golden[head.size() + i])) -
                     static_cast<int>(cells[i]));
        sum += off;
        largest = std::max(largest, off);
    }
    CHECK(largest <= 8);
    CHECK(sum / static_cast<double>(cells.size()) <= 0.05);
}

} // namespace

TEST_CASE("the storyboard moments look as they did, in both themes", "[render][golden]")
{
    const auto story = std::make_shared<const Story>(Trace(story_of("openai_2023").trace()));
    CairoPainter painter(width, height);
    for (const Moment& moment : moments(*story))
        for (const Theme theme : {Theme::dark, Theme::light}) {
            const std::string name = moment.name + (theme == Theme::dark ? "_dark" : "_light");
            CAPTURE(name);
            const Frame frame = frame_of(story, moment.second, theme);
            walkout::check_golden("pictures/" + name + ".txt", words_of(frame.list));
            painter.draw(frame.list);
            check_picture(name, thumbnail(painter));
        }
}

TEST_CASE("two runs side by side look as they did, with either inspector", "[render][golden]")
{
    const auto told = [](const char* name) {
        return std::make_shared<const Story>(Trace(story_of(name).trace()));
    };
    Compared both{.a = told("openai_2023"), .b = told("openai_2023_no_offer")};
    both.a_title = both.a->trace().title;
    both.b_title = both.b->trace().title;
    find_parting(both);
    CompareScene panes(std::make_shared<const Compared>(both));
    const StoryClock& clock = both.a->clock();
    View view;
    view.tab = Tab::compare;
    CairoPainter painter(width, height);
    const auto check = [&](const std::string& name, Hours time) {
        CAPTURE(name);
        const Frame frame = panes.draw(clock.second(time), view);
        walkout::check_golden("pictures/" + name + ".txt", words_of(frame.list));
        painter.draw(frame.list);
        check_picture(name, thumbnail(painter));
    };
    const Hours half = both.a->signings()[both.a->people() / 2];
    check("compare", half);
    view.selected = 41;
    check("compare_person", half);
    view.theme = Theme::light;
    view.selected.reset();
    view.selected_director = 3;
    check("compare_director", both.a->settled() - 5);
}

TEST_CASE("what can become of a run looks as it did, in both themes", "[render][golden]")
{
    const auto file = (walkout::checkout() / "scenarios" / "startup_50.yaml").string();
    const auto story = std::make_shared<const Story>(
        trace_run(io::read_scenario(file).scenario, {.seed = 7, .replicate = 3}));
    WhatIfDesk desk(story, {.file = file}, 30);
    View view;
    view.width = width;
    view.height = height;
    view.tab = Tab::what_if;
    desk.open(view);
    for (double now = 0; now == 0 || desk.what_if()->busy(); ++now) {
        desk.poll(now, view);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    desk.poll(1e9, view);
    desk.poll(2e9, view);
    Sheet sheet = desk.sheet();
    sheet.seconds = 0; // of the machine
    CairoPainter painter(width, height);
    for (const Theme theme : {Theme::dark, Theme::light}) {
        const std::string name = theme == Theme::dark ? "branch_dark" : "branch_light";
        CAPTURE(name);
        view.theme = theme;
        const Frame frame = draw_what_if(*story, sheet, view);
        walkout::check_golden("pictures/" + name + ".txt", words_of(frame.list));
        painter.draw(frame.list);
        check_picture(name, thumbnail(painter));
    }
}

TEST_CASE("states are told apart without color", "[render]")
{
    // Lightness of the five marks, in the order of the legend, or their shape: unsettled is ringed
    // and gone has a hole, the three filled ones differ in lightness.
    const auto lightness = [](Color c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; };
    for (const Theme theme : {Theme::dark, Theme::light}) {
        const Palette& colors = palette(theme);
        CHECK(std::abs(lightness(colors.at_work) - lightness(colors.signed_letter)) > 5);
        CHECK(std::abs(lightness(colors.signed_letter) - lightness(colors.back)) > 5);
        CHECK(std::abs(lightness(colors.at_work) - lightness(colors.back)) > 5);
    }
}

} // namespace walkout::render
