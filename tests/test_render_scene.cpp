/// The stage and the scene: the same frame however one gets there, everything inside the window and
/// apart from each other, one mark for one person, a wall that tells the board's resolve.

#include "tests/render_support.hpp"
#include "tests/support.hpp"

#include "render/fonts.hpp"
#include "render/stage_parts.hpp"
#include "sim/core/trace.hpp"

#include <algorithm>
#include <map>
#include <random>

using namespace walkout;
using namespace walkout::render;

namespace {

/// The reference case as it is played: departments with names, six seats on the board.
Scenario named_crisis()
{
    Scenario s = crisis();
    s.title = "A crisis";
    s.start_utc = 1700251200; // a Friday noon in California
    s.utc_offset_minutes = -480;
    s.leaders[index_of(Pole::plus)].role = "the dismissed CEO";
    s.board.vacated = {{"CEO seat", s.events.front().name}, {"President", s.events[1].name}};
    const std::pair<const char*, int> departments[] = {
        {"Training", 58},         {"Reasoning", 46},      {"Multimodal", 44},
        {"Alignment", 52},        {"Safety systems", 40}, {"Policy and communications", 28},
        {"Applied research", 48}, {"ChatGPT", 86},        {"API platform", 74},
        {"Go-to-market", 64},     {"Infrastructure", 92}, {"Data", 42},
        {"Security", 30},         {"People", 36},         {"Finance and legal", 30}};
    for (const auto& [name, people] : departments) {
        DepartmentParams department;
        department.name = name;
        department.headcount = people;
        s.organization.departments.push_back(department);
    }
    return s;
}

const std::shared_ptr<const Story>& crisis_story()
{
    static const std::shared_ptr<const Story> story = story_of(named_crisis());
    return story;
}

/// A number in [0, 1).
float share(std::mt19937& dice)
{
    return static_cast<float>(dice() % 65536) / 65536;
}

View view_of(float width, float height, float scale = 1)
{
    View view;
    view.width = width;
    view.height = height;
    view.ui_scale = scale;
    return view;
}

const std::vector<View>& all_sizes()
{
    static const std::vector<View> sizes{view_of(1600, 900),  view_of(1280, 720),
                                         view_of(960, 600),   view_of(1600, 900, 2),
                                         view_of(3840, 2160), view_of(3840, 2160, 2)};
    return sizes;
}

/// Twelve moments over the whole story, busy and quiet ones.
std::vector<double> storyboard(const Story& story)
{
    std::vector<double> seconds{0};
    for (const auto& flag : story.flags())
        if (flag.shown)
            seconds.push_back(story.clock().second(flag.time) + 0.9);
    for (int i = 1; i < 12; ++i)
        seconds.push_back(story.clock().length() * i / 11);
    return seconds;
}

Frame frame_of(const std::shared_ptr<const Story>& story, double second, const View& view = {})
{
    return Scene(story).draw(second, view);
}

template <class T> std::vector<T> items(const Layer& layer)
{
    std::vector<T> found;
    for (const Item& item : layer.items)
        if (const T* typed = std::get_if<T>(&item))
            found.push_back(*typed);
    return found;
}

/// The layer of people, board and labels.
const Layer& stage_layer(const Frame& frame)
{
    return *frame.list.layers.at(1);
}

Rect box_of(const Text& text)
{
    const float w = text_width(text.text, text.size, text.font);
    const float x = text.align == Align::left    ? text.at.x
                    : text.align == Align::right ? text.at.x - w
                                                 : text.at.x - w / 2;
    return {x, text.at.y - 0.75F * text.size, w, 0.95F * text.size};
}

std::string shown(const Rect& r)
{
    std::ostringstream out;
    out << r.x << " " << r.y << " " << r.w << " " << r.h;
    return out.str();
}

StageGeometry geometry_of(const Story& story, const View& view)
{
    return stage_geometry(regions(view).stage, story);
}

/// Marks of people: where they are and what they show.
std::multimap<std::pair<float, float>, State> marks(const Frame& frame, const Palette& c)
{
    std::multimap<std::pair<float, float>, State> found;
    for (const Disc& disc : items<Disc>(stage_layer(frame))) {
        const std::pair<Color, State> kinds[] = {{c.at_work, State::at_work},
                                                 {c.unsettled_fill, State::unsettled},
                                                 {c.signed_letter, State::signed_letter},
                                                 {c.gone, State::gone},
                                                 {c.back, State::back}};
        for (const auto& [color, state] : kinds)
            if (disc.fill == color)
                found.emplace(std::pair{disc.at.x, disc.at.y}, state);
    }
    return found;
}

/// Bricks of a director that stand, wholly or in part.
struct Segment {
    int bricks = 0;
    int openings = 0;
};

Segment segment_at(const Frame& frame, const StageGeometry& g, float angle, float span)
{
    Segment segment;
    for (const Arc& arc : items<Arc>(stage_layer(frame))) {
        const float middle = (arc.from + arc.to) / 2;
        const float off = std::remainder(middle - angle, 2 * pi);
        if (!(arc.at == g.center) || std::abs(off) > span / 2 || arc.r > g.boardroom + 1 ||
            arc.r < g.boardroom - 10 * g.k)
            continue;
        if (!arc.dash.solid())
            ++segment.openings;
        else if (arc.width > 2 * g.k)
            ++segment.bricks;
    }
    return segment;
}

} // namespace

TEST_CASE("a frame is the same whether played to, sought, reached backwards or drawn afresh",
          "[render]")
{
    const auto& story = crisis_story();
    std::mt19937 dice(7);
    std::vector<double> seconds;
    for (int i = 0; i < 200; ++i)
        seconds.push_back(story->clock().length() * static_cast<double>(share(dice)));
    View view;
    view.selected = 17;

    std::vector<std::uint64_t> sought;
    Scene seeking(story);
    for (const double second : seconds)
        sought.push_back(hash_of(seeking.draw(second, view).list));

    std::vector<std::size_t> order(seconds.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return seconds[i]; });
    Scene playing(story), reverse(story);
    for (const std::size_t i : order)
        CHECK(hash_of(playing.draw(seconds[i], view).list) == sought[i]);
    std::ranges::reverse(order);
    for (const std::size_t i : order)
        CHECK(hash_of(reverse.draw(seconds[i], view).list) == sought[i]);
    for (std::size_t i = 0; i < seconds.size(); i += 10)
        CHECK(hash_of(frame_of(story, seconds[i], view).list) == sought[i]);

    CHECK(std::ranges::adjacent_find(sought) == sought.end());
}

TEST_CASE("a look at something else leaves no trace in the picture", "[render]")
{
    const auto& story = crisis_story();
    const double second = story->clock().length() / 2;
    Scene scene(story);
    const std::uint64_t before = hash_of(scene.draw(second, {}).list);
    View other = view_of(1280, 720);
    other.theme = Theme::light;
    other.expanded = 3;
    other.expansion = 0.5;
    CHECK(hash_of(scene.draw(3, other).list) != before);
    other.presenter = true;
    scene.draw(9, other);
    CHECK(hash_of(scene.draw(second, {}).list) == before);
}

TEST_CASE("the still layer is kept as long as nothing in it changes", "[render]")
{
    Scene scene(crisis_story());
    View view;
    const auto first = scene.draw(1, view).list.layers.front();
    CHECK(first->still);
    view.hover = {Control::block, 2};
    view.playing = true;
    CHECK(scene.draw(60, view).list.layers.front() == first);
    view.theme = Theme::light;
    const auto light = scene.draw(60, view).list.layers.front();
    CHECK(light != first);
    view.width = 1500;
    CHECK(scene.draw(60, view).list.layers.front() != light);
}

TEST_CASE("every text is inside the window at every size", "[render]")
{
    const auto& story = crisis_story();
    for (const bool presenter : {false, true}) {
        for (View view : all_sizes()) {
            view.presenter = presenter;
            Scene scene(story);
            for (const double second : storyboard(*story)) {
                const Frame frame = scene.draw(second, view);
                for (const auto& layer : frame.list.layers)
                    for (const Text& text : items<Text>(*layer)) {
                        const Rect box = box_of(text);
                        INFO(text.text << " at " << shown(box) << " in " << frame.list.width
                                       << " x " << frame.list.height << ", second " << second);
                        CHECK(box.x >= 0);
                        CHECK(box.y >= 0);
                        CHECK(box.x + box.w <= frame.list.width + 0.5F);
                        CHECK(box.y + box.h <= frame.list.height + 0.5F);
                    }
            }
        }
    }
}

TEST_CASE("no two texts of the stage overlap", "[render]")
{
    const auto& story = crisis_story();
    for (const View& view : all_sizes()) {
        Scene scene(story);
        const Rect stage = regions(view).stage;
        for (const double second : storyboard(*story)) {
            const Frame frame = scene.draw(second, view);
            std::vector<Text> texts = items<Text>(stage_layer(frame));
            for (const Text& text : items<Text>(*frame.list.layers.front()))
                if (stage.contains(text.at)) // the legend
                    texts.push_back(text);
            REQUIRE(texts.size() > 8);
            for (std::size_t i = 0; i < texts.size(); ++i)
                for (std::size_t j = 0; j < i; ++j) {
                    INFO(texts[i].text << " over " << texts[j].text << " in " << frame.list.width
                                       << " x " << frame.list.height << ", second " << second);
                    CHECK_FALSE(overlap(box_of(texts[i]), box_of(texts[j])));
                }
        }
    }
}

TEST_CASE("no text of the stage lies over the dock or a panel", "[render]")
{
    const auto& story = crisis_story();
    for (const View& view : all_sizes()) {
        const Regions r = regions(view);
        const Rect dock = geometry_of(*story, view).dock;
        Scene scene(story);
        for (const double second : storyboard(*story))
            for (const Text& text : items<Text>(stage_layer(scene.draw(second, view)))) {
                INFO(text.text << " in " << view.width << ", second " << second);
                const Rect box = box_of(text);
                if (text.text != "CEO")
                    CHECK_FALSE(overlap(box, dock));
                CHECK(box.y >= r.stage.y);
                CHECK(box.y + box.h <= r.stage.y + r.stage.h);
                CHECK(box.x + box.w <= r.stage.x + r.stage.w);
            }
    }
}

TEST_CASE("at full size every block has its name and its count", "[render]")
{
    const auto& story = crisis_story();
    const double second = story->clock().second(story->letter_opened()) + 5;
    const Hours time = story->clock().time(second);
    std::vector<std::string> words;
    for (const Text& text : items<Text>(stage_layer(frame_of(story, second))))
        words.push_back(text.text);
    for (std::size_t b = 0; b < story->blocks().size(); ++b) {
        const Block& block = story->blocks()[b];
        const std::string count = std::to_string(story->tally_of_block(b, time).signed_letter) +
                                  " of " + std::to_string(block.people.size());
        CAPTURE(block.name, count);
        CHECK(std::ranges::count(words, block.name) == 1);
        CHECK(std::ranges::count(words, count) >= 1);
    }
}

TEST_CASE("picking gives the nearest person within reach, or nobody", "[render]")
{
    const auto& story = crisis_story();
    const Frame frame = frame_of(story, story->clock().length() * 0.6);
    REQUIRE(frame.dots.size() == story->people());
    std::mt19937 dice(11);
    int hits = 0;
    for (int i = 0; i < 1000; ++i) {
        const Point at{1152 * share(dice), 48 + 704 * share(dice)};
        const auto nearest = std::ranges::min_element(
            frame.dots, {}, [&](const auto& dot) { return distance(dot.second, at); });
        const auto found = Scene::pick(frame, at, 9);
        if (distance(nearest->second, at) > 9) {
            CHECK_FALSE(found);
        } else {
            ++hits;
            REQUIRE(found);
            CHECK(*found == nearest->first);
        }
    }
    CHECK(hits > 100);
    CHECK(hits < 900);
}

TEST_CASE("everybody is drawn once, in the color of the state", "[render]")
{
    const auto& story = crisis_story();
    const Palette& colors = palette(Theme::dark);
    Scene scene(story);
    for (const double second : storyboard(*story)) {
        CAPTURE(second);
        const Frame frame = scene.draw(second, {});
        REQUIRE(frame.dots.size() == story->people());
        const auto drawn = marks(frame, colors);
        for (const auto& [person, at] : frame.dots) {
            CAPTURE(person);
            CHECK(drawn.count({at.x, at.y}) >= 1);
        }
    }
}

TEST_CASE("when nobody moves the marks on the stage are the counts of the trace", "[render]")
{
    const auto& story = crisis_story();
    // Late in a quiet stretch: nobody has acted for some seconds.
    double second = 0;
    for (double u = 20; u < story->clock().length(); u += 0.5) {
        const Tally now = story->tally(story->clock().time(u));
        const Tally before = story->tally(story->clock().time(u - 5));
        if (now.signed_letter > 0 && now.signed_letter == before.signed_letter &&
            now.gone == before.gone && now.unsettled == before.unsettled && now.back == before.back)
            second = u;
    }
    REQUIRE(second > 0);
    const Hours time = story->clock().time(second);
    std::map<State, int> expected, drawn;
    for (const Fate& fate : story->fates())
        ++expected[fate.at(time)];
    const Frame frame = frame_of(story, second);
    const auto all = marks(frame, palette(Theme::dark));
    for (const auto& [person, at] : frame.dots)
        ++drawn[all.find({at.x, at.y})->second];
    CHECK(drawn == expected);
}

TEST_CASE("a director's wall has eight bricks of resolve, and is open once they gave way",
          "[render]")
{
    const auto& story = crisis_story();
    const StageGeometry g = geometry_of(*story, {});
    const std::size_t vacated = story->trace().vacated.size();
    const auto seats = static_cast<float>(vacated + story->directors());
    const float span = radians(360 / seats - 8);
    Scene scene(story);
    int fallen = 0;
    for (const double second : storyboard(*story)) {
        const Frame frame = scene.draw(second, {});
        const Hours time = story->clock().time(second);
        for (std::size_t i = 0; i < story->directors(); ++i) {
            CAPTURE(second, i);
            const float angle = radians(-90 + 360 * static_cast<float>(vacated + i) / seats);
            const Segment segment = segment_at(frame, g, angle, span);
            const double hold = std::clamp(story->hold(i, time), 0.0, 1.0);
            const bool open = story->gave_way(i, time);
            fallen += open;
            CHECK(segment.openings == (open ? 1 : 0));
            CHECK(segment.bricks == (open ? 0 : static_cast<int>(std::ceil(8 * hold - 1e-6))));
        }
    }
    CHECK(fallen > 0);
}

TEST_CASE("a seat is on the board until it is vacated", "[render]")
{
    const auto& story = crisis_story();
    REQUIRE(story->trace().vacated.size() == 2);
    const StageGeometry g = geometry_of(*story, {});
    const double second = story->clock().second(story->trace().vacated[0].time);
    const float span = radians(52);
    CHECK(segment_at(frame_of(story, second + 1), g, radians(-90), span).openings == 1);
    if (second > 0.1)
        CHECK(segment_at(frame_of(story, second - 0.1), g, radians(-90), span).bricks == 8);
}

TEST_CASE("boards of one to twenty-four directors have a segment each, and letters up to twelve",
          "[render]")
{
    for (const int directors : {1, 2, 6, 12, 13, 24}) {
        CAPTURE(directors);
        Scenario scenario = small_world(40);
        scenario.board.directors.clear();
        for (int i = 0; i < directors; ++i)
            scenario.board.directors.push_back(
                {.name = std::string(1, static_cast<char>('A' + i))});
        const auto story = story_of(scenario);
        const Frame frame = frame_of(story, 0);
        const StageGeometry g = geometry_of(*story, {});
        for (int i = 0; i < directors; ++i) {
            const float step = 360 / static_cast<float>(directors);
            const float span = std::max(7.0F, step - 8);
            CHECK(segment_at(frame, g, radians(-90 + step * static_cast<float>(i)), radians(span))
                      .bricks == 8);
        }
        int letters = 0;
        for (const Text& text : items<Text>(stage_layer(frame)))
            letters += text.text.size() == 1 && distance(text.at, g.center) < g.boardroom;
        CHECK(letters == (directors <= 12 ? directors : 0));
        int spots = 0;
        for (const Spot& spot : frame.spots)
            spots += spot.id.control == Control::director && spot.focusable;
        CHECK(spots == directors);
    }
}

TEST_CASE("who is inspected stands out, and ties tell who had signed before", "[render]")
{
    const auto& story = crisis_story();
    AgentId person = 0;
    while (story->fate(person).rank < 200 || story->fate(person).rank > 260)
        ++person;
    View view;
    view.selected = person;
    const double second = story->clock().second(story->fate(person).signed_letter) + 2;
    const Hours time = story->clock().time(second);
    const Frame frame = frame_of(story, second, view);

    int before = 0, not_before = 0;
    const Ties& ties = story->trace().organization->ties;
    for (AgentId other = 0; other < story->people(); ++other) {
        const auto row = ties.influenced_by(other);
        if (std::ranges::find(row, person) == row.end())
            continue;
        const bool earlier =
            story->fate(other).signed_letter < std::min(time, story->fate(person).signed_letter);
        ++(earlier ? before : not_before);
    }
    int solid = 0, dashed = 0;
    for (const Path& path : items<Path>(stage_layer(frame)))
        ++(path.dash.solid() ? solid : dashed);
    CHECK(solid == before);
    CHECK(dashed == not_before);
    CHECK(before > 0);

    const Palette& colors = palette(Theme::dark);
    std::size_t strong = 0;
    for (const auto& [id, at] : frame.dots)
        strong += marks(frame, colors).count({at.x, at.y}) > 0;
    CHECK(strong == static_cast<std::size_t>(before + not_before + 1));
}

TEST_CASE("a department alone takes the circle, with the same people in the same states",
          "[render]")
{
    const auto& story = crisis_story();
    const double second = story->clock().second(story->letter_opened()) + 12;
    View view;
    view.expanded = 7;
    view.expansion = 1;
    const Frame frame = frame_of(story, second, view);
    const Organization& org = *story->trace().organization;
    CHECK(frame.dots.size() == org.departments[7].size);
    const auto drawn = marks(frame, palette(Theme::dark));
    const Hours time = story->clock().time(second);
    int same = 0;
    for (const auto& [person, at] : frame.dots) {
        CHECK(org.teams[org.team[person]].department == 7);
        const auto mark = drawn.find({at.x, at.y});
        REQUIRE(mark != drawn.end());
        same += mark->second == story->fate(person).at(time);
    }
    CHECK(same == static_cast<int>(frame.dots.size()));
}

TEST_CASE("a large company is squares, a huge one areas, a small one carries numbers", "[render]")
{
    const auto count = [](const Layer& layer, auto&& wanted) {
        return std::ranges::count_if(layer.items, wanted);
    };
    const auto square = [](const Item& item) {
        const Box* box = std::get_if<Box>(&item);
        return box && box->rect.w < 3.3F && box->rect.w == box->rect.h;
    };
    const auto large = story_of(small_world(9000));
    CHECK(count(stage_layer(frame_of(large, 1)), square) == 9000);

    const auto huge = story_of(small_world(31000));
    const Frame frame = frame_of(huge, 1);
    CHECK(!items<Sector>(stage_layer(frame)).empty());
    CHECK(stage_layer(frame).items.size() < 5000);
    const auto notes = items<Text>(*frame.list.layers.front());
    CHECK(std::ranges::any_of(notes, [](const Text& t) { return t.text == "1 dot = 16 people"; }));

    const auto small = story_of(small_world(30));
    const auto texts = items<Text>(stage_layer(frame_of(small, 1)));
    CHECK(std::ranges::count_if(texts, [](const Text& t) { return t.text == "30"; }) == 1);
}

TEST_CASE("a blank presenter shows nothing, a presenter the count in large", "[render]")
{
    const auto& story = crisis_story();
    View view;
    view.presenter = true;
    const double second = story->clock().second(story->letter_opened()) + 20;
    const Frame frame = frame_of(story, second, view);
    const int names = story->tally(story->clock().time(second)).signed_letter;
    bool found = false;
    for (const Text& text : items<Text>(stage_layer(frame)))
        found = found || (text.text == std::to_string(names) && text.size == 150);
    CHECK(found);
    view.blank = true;
    const Frame blank = frame_of(story, second, view);
    CHECK(blank.spots.empty());
    CHECK(blank.dots.empty());
    CHECK(blank.list.layers.size() == 1);
    CHECK(blank.list.layers[0]->items.size() == 1);
}

TEST_CASE("an open drawer hides what is under it from the pointer", "[render]")
{
    const auto& story = crisis_story();
    View view = view_of(1000, 700);
    view.drawer = true;
    const Regions r = regions(view);
    REQUIRE(r.drawer);
    const Frame open = frame_of(story, 40, view);
    for (const auto& [person, at] : open.dots)
        CHECK_FALSE(r.panel.contains(at));
    view.drawer = false;
    CHECK(frame_of(story, 40, view).dots.size() == story->people());
    CHECK(open.dots.size() < story->people());
}

TEST_CASE("words on the token of the leader are short", "[render]")
{
    CHECK(token_text("the dismissed CEO") == "CEO");
    CHECK(token_text("the works council") == "WC");
    CHECK(token_text("") == "");
}

TEST_CASE("the logical picture is never smaller than 800 by 450", "[render]")
{
    for (const auto& [width, height, scale] : {std::tuple{1600.0F, 900.0F, 3.0F},
                                               {800.0F, 450.0F, 2.0F},
                                               {500.0F, 900.0F, 1.0F},
                                               {3840.0F, 600.0F, 2.0F}}) {
        const View view = view_of(width, height, scale);
        const float used = effective_scale(view);
        CHECK(used <= scale);
        CHECK(width / used >= 799.9F);
        CHECK(height / used >= 449.9F);
        const bool free = width / scale >= 800 && height / scale >= 450;
        CHECK((used == scale) == free);
    }
}
