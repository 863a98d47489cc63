#include "render/fonts.hpp"
#include "render/stage_parts.hpp"

#include <algorithm>
#include <cctype>

namespace walkout::render {

namespace {

// With more directors their letters would be smaller than type may be.
constexpr std::size_t most_letters = 12;
constexpr int bricks = 8;

/// A seat at the table: of a director, or of one who is removed on the way.
struct BoardSeat {
    std::string letter;
    std::optional<std::size_t> director; ///< none: the seat is vacated at `until`
    Hours until = never;
    float angle = 0; ///< of its middle
};

/// The first letter of a name that nobody else has.
std::string free_letter(const std::string& name, const std::string& taken)
{
    for (const char c : name) {
        const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        if (letter >= 'A' && letter <= 'Z' && taken.find(letter) == std::string::npos)
            return {letter};
    }
    return {};
}

/// Clockwise from the top: seats that are vacated, then the directors.
std::vector<BoardSeat> board_seats(const Story& story)
{
    std::vector<BoardSeat> seats;
    const std::vector<std::string> letters = vacated_letters(story);
    for (std::size_t i = 0; i < letters.size(); ++i)
        seats.push_back({letters[i], {}, story.trace().vacated[i].time});
    for (std::size_t i = 0; i < story.directors(); ++i)
        seats.push_back({story.director_letter(i), i});
    for (std::size_t i = 0; i < seats.size(); ++i)
        seats[i].angle =
            radians(-90 + 360 * static_cast<float>(i) / static_cast<float>(seats.size()));
    return seats;
}

/// Sizes of what is in the room, by the number of seats.
struct Furniture {
    float k;
    float seat; ///< factor of a seat's mark
    float span; ///< of a segment of the wall, radians
    bool letters;
};

Furniture furniture(const StageGeometry& g, std::size_t seats)
{
    const float n = static_cast<float>(seats);
    // Neighbors at the table keep 2 px between them.
    const float room = 2 * pi * 53 / n / 2 - 1;
    return {g.k, g.k * std::min(1.0F, room / 12), radians(std::max(7.0F, 360 / n - 8)),
            seats <= most_letters};
}

/// The order in which bricks stand: those in the middle of a segment hold longest.
constexpr std::array<int, bricks> standing_order{6, 4, 2, 0, 1, 3, 5, 7};

void draw_segment(const Picture& p, Layer& layer, const Furniture& f, float angle, float hold)
{
    const StageGeometry& g = p.seating.geometry();
    const float width = (3.6F + 4.4F * hold) * f.k;
    const float brick = f.span / bricks;
    const float gap = 0.07F * brick;
    for (int q = 0; q < bricks; ++q) {
        const float from = angle - f.span / 2 + static_cast<float>(q) * brick + gap;
        const float to = from + brick - 2 * gap;
        const float left = std::clamp(
            hold * bricks - static_cast<float>(standing_order[static_cast<std::size_t>(q)]), 0.0F,
            1.0F);
        layer.add(Arc{g.center, g.boardroom - 3 * f.k, from, to, 1, p.colors.hairline_strong});
        if (left > 0)
            layer.add(Arc{
                g.center, g.boardroom + 0.5F * f.k - width / 2, from, to, width,
                mix(p.colors.stage, p.colors.board, (0.35 + 0.65 * hold) * (0.25 + 0.75 * left))});
    }
}

void draw_opening(const Picture& p, Layer& layer, const Furniture& f, float angle)
{
    const StageGeometry& g = p.seating.geometry();
    layer.add(Arc{g.center, g.boardroom - 2 * f.k, angle - f.span / 2, angle + f.span / 2, 1,
                  p.colors.hairline_strong, Dash{2, 4}});
}

void draw_letter(Layer& layer, Point at, const std::string& letter, float k, Color color)
{
    if (k > 0.62F)
        layer.add(Text{{at.x, at.y + std::max(4.0F, 4 * k)},
                       letter,
                       std::max(11.0F, 11 * k),
                       Font::bold,
                       color,
                       Align::center});
}

/// The wall is open and the seat tells why.
void draw_fallen_seat(const Picture& p, Layer& layer, Point at, const Furniture& f,
                      const std::string& letter, Standing stand)
{
    const float k = f.seat;
    if (stand == Standing::broke) {
        layer.add(Disc{at, 11 * k, p.colors.signed_letter});
        if (f.letters)
            draw_letter(layer, at, letter, k, p.colors.on_signed);
        return;
    }
    layer.add(Disc{at, 11 * k, p.colors.boardroom});
    layer.add(Ring{at, 10 * k, 1.6F, p.colors.third});
    const float arm = 4 * k;
    const auto stroke = [&](float up) {
        layer.add(Line{{at.x - arm, at.y - up},
                       {at.x + arm, at.y + up},
                       1.6F,
                       p.colors.third,
                       p.colors.third});
    };
    stroke(arm);
    stroke(-arm);
}

void draw_held_seat(const Picture& p, Layer& layer, Point at, const Furniture& f,
                    const std::string& letter, float hold)
{
    const float k = f.seat;
    layer.add(Disc{at, 12 * k, mix(p.colors.stage, p.colors.board, 0.16)});
    if (hold > 0)
        layer.add(
            Arc{at, 10.6F * k, radians(-90), radians(-90 + 360 * hold), 2.8F * k, p.colors.board});
    if (f.letters)
        draw_letter(layer, at, letter, k, p.colors.board);
}

void draw_seat(const Picture& p, Layer& layer, const Furniture& f, const BoardSeat& seat)
{
    const StageGeometry& g = p.seating.geometry();
    const Point at = around(g.center, g.director_seats, seat.angle);
    if (!seat.director) {
        if (p.time < seat.until) {
            draw_segment(p, layer, f, seat.angle, 1);
            draw_held_seat(p, layer, at, f, seat.letter, 1);
        } else {
            draw_opening(p, layer, f, seat.angle);
            layer.add(Ring{at, 10.5F * f.seat, 1.1F, p.colors.hairline_strong, Dash{2, 3}});
        }
        return;
    }

    const std::size_t director = *seat.director;
    const Standing stand = standing(p.story, director, p.time);
    const auto hold = px(std::clamp(p.story.hold(director, p.time), 0.0, 1.0));
    if (stand == Standing::holds) {
        draw_segment(p, layer, f, seat.angle, hold);
        draw_held_seat(p, layer, at, f, seat.letter, hold);
    } else {
        draw_opening(p, layer, f, seat.angle);
        draw_fallen_seat(p, layer, at, f, seat.letter, stand);
    }

    const ControlId id{Control::director, static_cast<std::uint32_t>(director)};
    const float reach = std::max(12 * f.seat, 6.0F);
    const Rect rect{at.x - reach, at.y - reach, 2 * reach, 2 * reach};
    p.spots.push_back({id, rect});
    if (p.view.selected_director == director)
        layer.add(Ring{at, 12 * f.seat + 3, 2, p.colors.text});
    else if (p.hovered(id))
        layer.add(Ring{at, 12 * f.seat + 2, 1.6F, p.colors.second});
    if (p.focused(id))
        draw_focus_ring(p, layer, rect, reach);
}

/// The chair of the leader while the leader is out, and who sits in for them.
void draw_vacant_chair(const Picture& p, Layer& layer)
{
    const StageGeometry& g = p.seating.geometry();
    const float k = g.k;
    layer.add(Ring{g.center, 14 * k, 1.3F, p.colors.hairline_strong, Dash{3, 4}});
    const auto& interims = p.story.interims();
    if (interims.empty() || p.time < interims.front() || p.time >= p.story.settled())
        return;
    layer.add(Box{{g.center.x - 8 * k, g.center.y - 8 * k, 16 * k, 16 * k},
                  3 * k,
                  transparent,
                  p.colors.second,
                  1.5F});
    if (k > 0.65F)
        layer.add(Text{{g.center.x, g.center.y + 21 * k},
                       "interim",
                       std::max(11.0F, 10.5F * k),
                       Font::regular,
                       p.colors.second,
                       Align::center});
}

} // namespace

Standing standing(const Story& story, std::size_t director, Hours time)
{
    if (!story.gave_way(director, time))
        return Standing::holds;
    const Trace& trace = story.trace();
    return trace.conceded[director] < trace.board_conceded ? Standing::broke : Standing::conceded;
}

std::vector<std::string> vacated_letters(const Story& story)
{
    std::string taken;
    for (std::size_t i = 0; i < story.directors(); ++i)
        taken += story.director_letter(i);
    std::vector<std::string> letters;
    for (const VacatedSeat& seat : story.trace().vacated) {
        letters.push_back(free_letter(seat.name, taken));
        taken += letters.back();
    }
    return letters;
}

std::string token_text(std::string_view role)
{
    std::vector<std::string> words(1);
    for (const char c : role) {
        if (c == ' ')
            words.emplace_back();
        else
            words.back() += c;
    }
    std::erase_if(words, [](const std::string& w) { return w.empty() || w == "the" || w == "of"; });
    const auto upper = [](char c) {
        return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    };
    for (const std::string& word : words)
        if (word.size() <= 4 &&
            std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; }))
            return word;
    std::string initials;
    for (const std::string& word : words)
        if (initials.size() < 3)
            initials += upper(word.front());
    return initials;
}

void draw_board(const Picture& p, Layer& layer)
{
    const StageGeometry& g = p.seating.geometry();
    const std::vector<BoardSeat> seats = board_seats(p.story);
    layer.add(Disc{g.center, g.boardroom, p.colors.boardroom});
    const double share = static_cast<double>(p.tally.signed_letter) / p.story.people();
    if (p.time >= p.story.settled())
        layer.add(Glow{g.center, g.boardroom, p.colors.leader.faded(0.28)});
    else if (share > 0.05)
        layer.add(Glow{g.center, g.boardroom, p.colors.gone.faded(0.05 + 0.24 * share)});
    const Furniture f = furniture(g, seats.size());
    for (const BoardSeat& seat : seats)
        draw_seat(p, layer, f, seat);
}

void draw_leader(const Picture& p, Layer& layer)
{
    const std::string& role = p.story.trace().leader_roles[index_of(Pole::plus)];
    if (role.empty())
        return;
    const StageGeometry& g = p.seating.geometry();
    const Pose pose = p.motion.leader(p.second, p.style);
    if (distance(pose.at, g.center) > 0.5F)
        draw_vacant_chair(p, layer);

    const Color gold = p.colors.leader;
    const float r = g.leader;
    if (pose.trail)
        layer.add(Line{*pose.trail, pose.at, 1.3F * r, gold.faded(0),
                       gold.faded(pose.trail_alpha * pose.alpha)});
    layer.add(Glow{pose.at, 2.4F * r, gold.faded((p.colors.dark ? 0.35 : 0.25) * pose.alpha)});
    layer.add(Disc{pose.at, r, gold.faded(pose.alpha)});
    layer.add(Ring{pose.at, r - 2.6F * g.k, 1.2F, p.colors.leader_rim.faded(pose.alpha)});
    const std::string text = token_text(role);
    const float size = std::max(11.0F, 11 * g.k);
    if (text_width(text, size, Font::bold) <= 2 * r - 3)
        layer.add(Text{{pose.at.x, pose.at.y + 3.9F * g.k},
                       text,
                       size,
                       Font::bold,
                       p.colors.on_leader.faded(pose.alpha),
                       Align::center});

    const ControlId id{Control::leader, 0};
    const Rect rect{pose.at.x - r, pose.at.y - r, 2 * r, 2 * r};
    p.spots.push_back({id, rect});
    if (p.hovered(id))
        layer.add(Ring{pose.at, r + 3, 1.6F, p.colors.second});
    if (p.focused(id))
        draw_focus_ring(p, layer, rect, r);
}

} // namespace walkout::render
