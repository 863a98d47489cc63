#pragma once

/// What the pages of the inspector share: a column to draw down in, curves over time, history.

#include "render/chrome.hpp"
#include "render/inspector.hpp"

namespace walkout::render {

/// Draws downwards from the top of the panel.
struct Column {
    const Picture& p;
    Layer& layer;
    float x, w, y, bottom;

    float right() const { return x + w; }
    float room() const { return bottom - y; }

    void rule() { draw_hline(layer, x, x + w, y, p.colors.hairline); }
    void heading(float baseline, std::string words) const
    {
        write(layer, {x, baseline}, std::move(words), {13, Font::medium, p.colors.second});
    }
    void at_right(float baseline, std::string words, Color color, Font font = Font::regular,
                  float size = 12.5F) const
    {
        write(layer, {x + w, baseline}, std::move(words), {size, font, color, Align::right});
    }
};

Column inspector_column(const Picture& p, Layer& layer);

/// Whether the panel is too low for all that the inspector has.
bool inspector_is_compact(const Picture& p);

/// Whether something at a moment may be shown: the past, and the future unless it is hidden.
bool known(const Picture& p, Hours time);

/// `Mon 05:48`
std::string moment_text(const Story& story, Hours time);

/// What stands beside the name.
struct HeaderStyle {
    float indent = 40;       ///< room for a mark at the left; its middle is 36 px above the column
    bool can_follow = false; ///< with that button
};

/// Moment, name, a line below it and the buttons.
void draw_header(Column& column, const std::string& name, const std::string& below,
                 const HeaderStyle& style = {});

/// What somebody is at the moment, and since when.
struct Status {
    std::string state;
    std::string detail;
};

Status status_of(const Picture& p, AgentId person);
Status director_status(const Picture& p, std::size_t director);
void draw_status(Column& column, const Status& status);

/// `Team lead, Infrastructure`
std::string subtitle(const Story& story, AgentId person);

// ---------------------------------------------------------------- curves over time

using Samples = std::vector<std::pair<Hours, double>>;

/// Inclination and cost of signing of one person.
struct PressureCurves {
    Samples push;
    Samples cost;
};

PressureCurves curves_of(const Story& story, AgentId person);

/// Resolve and pressure of a director until giving way, shares of the resolve at the start.
struct StandCurves {
    Samples resolve, pressure;
};

StandCurves stand_curves(const Story& story, std::size_t director);

/// Value at a moment, by a straight line between samples.
double value_at(const Samples& samples, Hours time);

/// A few hours around a moment; everything when there are hardly any samples in them.
std::pair<Hours, Hours> hours_around(const Samples& samples, Hours moment);

/// Above and below a plot, for heading and clock.
inline constexpr float chart_head = 40, chart_foot = 28;

/// Height for a plot when other blocks take theirs; 0: no room.
float plot_height(const Column& column, float others);

/// A plot of some height at the top of the column, with room for all curves in these hours.
Plot take_plot(Column& column, float height, std::pair<Hours, Hours> hours,
               const std::vector<const Samples*>& curves);

void draw_plot_frame(const Picture& p, Layer& layer, const Plot& plot);

/// Solid until now, dotted after it.
void draw_samples(const Picture& p, Layer& layer, const Plot& plot, const Samples& samples,
                  Color color);
void draw_dashed(const Picture& p, Layer& layer, const Plot& plot, const Samples& samples,
                 Color color);
void draw_now(const Picture& p, Layer& layer, const Plot& plot);
void draw_knot(const Palette& c, Layer& layer, Point at, Color color);

// ---------------------------------------------------------------- history

float history_height(std::size_t rows);

/// As many rows as there is room for.
void draw_history(Column& column, const std::vector<HistoryRow>& rows);

// ---------------------------------------------------------------- two sides

/// A person in a run: one of two who are set side by side.
struct Side {
    const Picture& p;
    AgentId person;
};

/// What a table of two sides says of both.
struct PairRow {
    std::string words = {};
    std::string first = {}, second = {};
    bool strong = false;
};

/// Terms of the act, or of the moment closest to it, with their sum and what it cost.
std::vector<PairRow> terms_of_pair(const Side& first, const Side& second);

/// As many rows as there is room for, in the colors of the two.
/// @param value_width  of one column
void draw_pair_table(Column& column, const std::string& heading, const std::vector<PairRow>& rows,
                     float row_height, float value_width);
inline constexpr float pair_table_head = 34; ///< above the first row, below the last

/// Push and cost of signing of both over time.
void draw_pair_curves(Column& column, const Side& first, const Side& second, float height);

// ---------------------------------------------------------------- pages

void draw_person(const Picture& p, Layer& layer, AgentId person);
void draw_two_people(const Picture& p, Layer& layer, AgentId first, AgentId second);
void draw_director(const Picture& p, Layer& layer, std::size_t director);

} // namespace walkout::render
