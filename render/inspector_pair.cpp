#include "render/inspector_parts.hpp"

#include <array>

namespace walkout::render {

namespace {

struct Comparison {
    std::string words;
    std::string first, second;
    bool strong = false;
};

std::vector<Comparison> comparison_of(const Picture& p, AgentId first, AgentId second)
{
    const Story& story = p.story;
    const auto state = [&](AgentId person) { return status_of(p, person).state; };
    const auto signature = [&](AgentId person) {
        const Fate& fate = story.fate(person);
        return fate.signed_letter < never && known(p, fate.signed_letter)
                   ? moment_text(story, fate.signed_letter)
                   : std::string("\u2013");
    };
    const auto rank = [&](AgentId person) {
        const Fate& fate = story.fate(person);
        return fate.rank > 0 && known(p, fate.signed_letter) ? ordinal(fate.rank)
                                                             : std::string("\u2013");
    };
    std::vector<Comparison> rows{{"State", state(first), state(second)},
                                 {"Signed", signature(first), signature(second)},
                                 {"Rank", rank(first), rank(second)}};
    const std::optional<Reason> a = reason_of(story, first);
    const std::optional<Reason> b = reason_of(story, second);
    const auto value = [&](const std::optional<Reason>& reason, auto pick) {
        return reason && known(p, reason->time) ? pick(*reason) : std::string("\u2013");
    };
    const auto term = [&](std::size_t k) {
        return [k](const Reason& reason) { return signed_value(reason.terms[k].value); };
    };
    constexpr std::array names{"Loyalty", "Distrust of the board", "Ties", "The public count"};
    for (std::size_t k = 0; k < names.size(); ++k) {
        rows.push_back({names[k], value(a, term(k)), value(b, term(k))});
    }
    const auto push = [](const Reason& reason) { return value_text(reason.push); };
    const auto threshold = [](const Reason& reason) { return value_text(reason.threshold); };
    rows.push_back({"Pressure", value(a, push), value(b, push), true});
    rows.push_back({"Threshold", value(a, threshold), value(b, threshold), true});
    return rows;
}

void draw_comparison_table(Column& column, AgentId first, AgentId second)
{
    const Palette& c = column.p.colors;
    const float middle = column.right() - 104;
    column.rule();
    column.heading(column.y + 26, "At the act, or closest to it");
    float y = column.y + 50;
    for (const Comparison& row : comparison_of(column.p, first, second)) {
        if (y > column.bottom) {
            break;
        }
        const Font font = row.strong ? Font::medium : Font::regular;
        write(column.layer, {column.x, y}, row.words, {12.5F, font, c.text});
        write(column.layer, {middle, y}, row.first, {12.5F, font, c.signed_text, Align::right});
        write(column.layer, {column.right(), y}, row.second,
              {12.5F, font, c.scenario_b, Align::right});
        y += 22;
    }
    column.y = y;
}

void draw_two_curves(Column& column, AgentId first, AgentId second, float height)
{
    const Picture& p = column.p;
    const Palette& c = p.colors;
    column.heading(column.y + 26, "Pressure to sign");
    const PressureCurves a = curves_of(p.story, first);
    const PressureCurves b = curves_of(p.story, second);
    const std::optional<Reason> reason = reason_of(p.story, first);
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

} // namespace

void draw_two_people(const Picture& p, Layer& layer, AgentId first, AgentId second)
{
    Column column = inspector_column(p, layer);
    draw_header(column, p.story.id(first) + " and " + p.story.id(second), "two people compared",
                false);
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
    constexpr float table = 50 + 9 * 22;
    const float plot = plot_height(column, table);
    if (!p.story.trace().pressure.empty() && plot > 0) {
        draw_two_curves(column, first, second, plot);
    }
    draw_comparison_table(column, first, second);
}

} // namespace walkout::render
