#include "render/inspector_parts.hpp"

#include <algorithm>

namespace walkout::render {

StandCurves stand_curves(const Story& story, std::size_t director)
{
    StandCurves curves;
    const Hours last = std::min(story.trace().conceded[director], story.clock().end());
    for (const Hours time : story.trace().board_times) {
        if (time > last) {
            break;
        }
        const Story::Stand stand = story.stand(director, time);
        curves.resolve.emplace_back(time, stand.resolve);
        curves.pressure.emplace_back(time, stand.pressure);
    }
    return curves;
}

Status director_status(const Picture& p, std::size_t director)
{
    const Story& story = p.story;
    const Hours conceded = story.trace().conceded[director];
    if (story.gave_way(director, p.time)) {
        return {"Gave way", moment_text(story, conceded)};
    }
    const std::string word(hold_word(story.hold(director, p.time)));
    if (!known(p, std::min(conceded, story.clock().end()))) {
        return {"Holds, " + word, {}};
    }
    return {"Holds, " + word,
            conceded < never ? "gives way " + moment_text(story, conceded) : "never gives way"};
}

namespace {

void draw_stand_chart(Column& column, std::size_t director, float height)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    const StandCurves curves = stand_curves(p.story, director);
    column.heading(column.y + 26, "Resolve and pressure");
    float x = column.right();
    for (const auto& [words, color] :
         {std::pair{"pressure", c.gone}, std::pair{"resolve left", c.board}}) {
        write(column.layer, {x, column.y + 26}, words, {12, Font::regular, c.second, Align::right});
        x -= text_width(words, 12, Font::regular) + 8;
        column.layer.add(Line{{x - 18, column.y + 22}, {x, column.y + 22}, 2.4F, color, color});
        x -= 34;
    }
    Plot plot = take_plot(column, height, {p.story.clock().begin(), p.story.clock().end()},
                          {&curves.resolve, &curves.pressure});
    draw_plot_frame(p, column.layer, plot);
    if (!curves.resolve.empty()) {
        draw_samples(p, column.layer, plot, curves.resolve, c.board);
        draw_samples(p, column.layer, plot, curves.pressure, c.gone);
    }
    draw_now(p, column.layer, plot);
    const Hours conceded = p.story.trace().conceded[director];
    if (plot.spans(conceded) && known(p, conceded) && !curves.resolve.empty()) {
        draw_knot(c, column.layer,
                  plot.at(conceded, std::min(value_at(curves.resolve, conceded), plot.top)),
                  c.back);
    }
}

/// What the numbers are now, as shares of the resolve at the start.
void draw_stand_rows(Column& column, std::size_t director)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    const Story::Stand stand = p.story.stand(director, p.time);
    column.rule();
    column.heading(column.y + 26, "Now, against the resolve at the start");
    float y = column.y + 40;
    const auto row = [&](const char* words, double share, Color color) {
        const Rect bar{column.x + 176, y + 3, column.w - 232, 12};
        write(column.layer, {column.x, y + 13}, words, {12.5F, Font::regular, c.text});
        column.layer.add(Box{bar, 6, c.card});
        draw_bar(column.layer, bar, share, color);
        write(column.layer, {column.right(), y + 13.5F}, percent(share),
              {12.5F, Font::medium, c.text, Align::right});
        y += 26;
    };
    row("Resolve left", stand.resolve, c.board);
    row("Pressure on it", stand.pressure, c.gone);
    row("Margin", stand.resolve - stand.pressure, c.text);
    write(column.layer, {column.x, y + 12}, "Gives way at a review once pressure reaches resolve.",
          {12, Font::regular, c.second});
    column.y = y + 26;
}

} // namespace

void draw_director(const Picture& p, Layer& layer, std::size_t director)
{
    constexpr float stand_rows = 40 + 3 * 26 + 26;
    Column column = inspector_column(p, layer);
    draw_header(column, readable(p.story.trace().directors[director]), "Director");
    const Point mark{column.x + 14, column.y - 36};
    layer.add(Disc{mark, 14, mix(p.colors.panel, p.colors.board, 0.16)});
    layer.add(Ring{mark, 13, 2, p.colors.board});
    write(layer, {mark.x, mark.y + 5}, p.story.director_letter(director),
          {14, Font::bold, p.colors.board, Align::center});
    draw_status(column, director_status(p, director));
    const std::vector<HistoryRow> rows = history_of_director(p.story, director);
    const float history = history_height(rows.size());
    float plot = plot_height(column, stand_rows + history);
    if (plot == 0) {
        plot = plot_height(column, stand_rows);
    }
    if (plot > 0) {
        draw_stand_chart(column, director, plot);
    }
    if (column.room() >= stand_rows) {
        draw_stand_rows(column, director);
    }
    draw_history(column, rows);
}

} // namespace walkout::render
