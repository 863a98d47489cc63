#include "render/inspector_parts.hpp"

#include <array>

namespace walkout::render {

namespace {

std::string dash()
{
    return "\u2013";
}

/// State, signature and rank.
std::vector<PairRow> stands_of_pair(const Side& first, const Side& second)
{
    const auto fate = [](const Side& side) { return side.p.story.fate(side.person); };
    const auto shown = [&](const Side& side) {
        return fate(side).signed_letter < never && known(side.p, fate(side).signed_letter);
    };
    const auto state = [](const Side& side) { return status_of(side.p, side.person).state; };
    const auto signature = [&](const Side& side) {
        return shown(side) ? moment_text(side.p.story, fate(side).signed_letter) : dash();
    };
    const auto rank = [&](const Side& side) {
        return shown(side) ? ordinal(fate(side).rank) : dash();
    };
    return {{"State", state(first), state(second)},
            {"Signed", signature(first), signature(second)},
            {"Rank", rank(first), rank(second)}};
}

/// The reason of a side, as far as it may be told.
std::optional<Reason> known_reason(const Side& side)
{
    std::optional<Reason> reason = reason_of(side.p.story, side.person);
    return reason && known(side.p, reason->time) ? reason : std::nullopt;
}

} // namespace

std::vector<PairRow> terms_of_pair(const Side& first, const Side& second)
{
    const std::optional<Reason> a = known_reason(first), b = known_reason(second);
    const auto row = [&](std::string words, auto pick, bool strong = false) {
        return PairRow{std::move(words), a ? pick(*a) : dash(), b ? pick(*b) : dash(), strong};
    };
    std::vector<PairRow> rows;
    constexpr std::array names{"Loyalty", "Distrust of the board", "Ties", "The public count"};
    for (std::size_t k = 0; k < names.size(); ++k) {
        rows.push_back(row(
            names[k], [k](const Reason& reason) { return signed_value(reason.terms[k].value); }));
    }
    rows.push_back(row(
        "Pressure", [](const Reason& reason) { return value_text(reason.push); }, true));
    rows.push_back(row(
        "Threshold", [](const Reason& reason) { return value_text(reason.threshold); }, true));
    return rows;
}

void draw_pair_table(Column& column, const std::string& heading, const std::vector<PairRow>& rows,
                     float row_height, float value_width)
{
    const Palette& c = column.p.colors;
    const float middle = column.right() - value_width;
    const float words = middle - value_width - column.x + 24;
    column.rule();
    column.heading(column.y + 26, heading);
    float y = column.y + pair_table_head + row_height - 6;
    for (const PairRow& row : rows) {
        if (y > column.bottom) {
            break;
        }
        const Font font = row.strong ? Font::medium : Font::regular;
        write(column.layer, {column.x, y}, fitted(row.words, words, 12.5F, font),
              {12.5F, font, c.text});
        write(column.layer, {middle, y}, row.first, {12.5F, font, c.signed_text, Align::right});
        write(column.layer, {column.right(), y}, row.second,
              {12.5F, font, c.scenario_b, Align::right});
        y += row_height;
    }
    column.y = y;
}

void draw_pair_curves(Column& column, const Side& first, const Side& second, float height)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    column.heading(column.y + 26, "Pressure to sign");
    const PressureCurves a = curves_of(first.p.story, first.person);
    const PressureCurves b = curves_of(second.p.story, second.person);
    const std::optional<Reason> reason = reason_of(first.p.story, first.person);
    const Hours moment = reason ? reason->time : p.time;
    const Plot plot = take_plot(column, height, hours_around(a.push, moment),
                                {&a.push, &a.cost, &b.push, &b.cost});
    draw_plot_frame(p, column.layer, plot);
    draw_dashed(p, column.layer, plot, a.cost, c.signed_letter.faded(0.8));
    draw_dashed(p, column.layer, plot, b.cost, c.scenario_b.faded(0.8));
    draw_samples(p, column.layer, plot, a.push, c.signed_letter);
    draw_samples(p, column.layer, plot, b.push, c.scenario_b);
    draw_now(p, column.layer, plot);
    column.at_right(plot.area.y - 14, "dashed: threshold", c.third, Font::regular, 12);
}

void draw_two_people(const Picture& p, Layer& layer, AgentId first, AgentId second)
{
    Column column = inspector_column(p, layer);
    draw_header(column, p.story.id(first) + " and " + p.story.id(second), "two people compared");
    const float y = column.y - 36;
    layer.add(Disc{{column.x + 9, y}, 8, p.colors.signed_letter});
    layer.add(Disc{{column.x + 21, y}, 8, p.colors.scenario_b});
    for (const auto& [person, color] :
         {std::pair{first, p.colors.signed_text}, std::pair{second, p.colors.scenario_b}}) {
        const std::string name = p.story.id(person) + "  ";
        write(layer, {column.x, column.y + 24}, name, {13, Font::medium, color});
        const float beside = text_width(name, 13, Font::medium);
        write(layer, {column.x + beside, column.y + 24},
              fitted(subtitle(p.story, person), column.w - beside, 13, Font::regular),
              {13, Font::regular, p.colors.second});
        column.y += 20;
    }
    column.y += 12;
    constexpr float row = 22, values = 104;
    std::vector<PairRow> rows = stands_of_pair({p, first}, {p, second});
    const std::vector<PairRow> terms = terms_of_pair({p, first}, {p, second});
    rows.insert(rows.end(), terms.begin(), terms.end());
    const float plot = plot_height(column, 28 + row * static_cast<float>(rows.size() + 1));
    if (!p.story.trace().pressure.empty() && plot > 0) {
        draw_pair_curves(column, {p, first}, {p, second}, plot);
    }
    draw_pair_table(column, "At the act, or closest to it", rows, row, values);
}

} // namespace walkout::render
