#include "render/fonts.hpp"
#include "render/stage_parts.hpp"

#include <algorithm>

namespace walkout::render {

namespace {

/// The largest marks decide how far a sector reaches beyond its rows.
float rim(const Seating& seating)
{
    return std::max(seating.dot(), 3 * seating.geometry().k);
}

void draw_sectors_of(const Crowd& crowd, const Palette& colors, Layer& layer)
{
    const StageGeometry& g = crowd.seating.geometry();
    const float pad = radians(0.25F);
    const float inside = rim(crowd.seating) * 1.9F;
    const float outside = rim(crowd.seating) * 1.7F;
    for (const SectorSpan& span : crowd.seating.sectors()) {
        const float from = span.from - pad;
        const float to = span.to + pad;
        layer.add(Sector{g.center, g.seats_from - inside, g.seats_to + inside, from, to,
                         colors.sector.faded(crowd.presence)});
        layer.add(Sector{g.center, g.ring_from - outside, g.ring_to + outside, from, to,
                         colors.sector_out.faded(crowd.presence)});
        layer.add(
            Arc{g.center, g.ring_to + outside, from, to, 1, colors.hairline.faded(crowd.presence)});
    }
}

void draw_aisle(const Picture& p, const Crowd& crowd, Layer& layer)
{
    const StageGeometry& g = crowd.seating.geometry();
    const bool open = p.time >= p.story.letter_opened();
    for (const SectorSpan& span : crowd.seating.sectors()) {
        const Color color = open ? p.colors.signed_letter.faded(0.55 * crowd.presence)
                                 : p.colors.hairline_strong.faded(crowd.presence);
        layer.add(Arc{g.center, g.aisle, span.from, span.to, open ? 1.4F : 1.0F, color,
                      open ? Dash{} : Dash{2, 5}});
    }
}

/// What staff want weighs on the boardroom; after the return it shines.
void draw_pressure(const Picture& p, Layer& layer)
{
    const StageGeometry& g = p.seating.geometry();
    if (p.time >= p.story.settled()) {
        layer.add(Glow{g.center, g.seats_from + 16 * g.k, p.colors.leader.faded(0.30)});
        return;
    }
    const double share = static_cast<double>(p.tally.signed_letter) / p.story.people();
    if (share > 0.1)
        layer.add(
            Glow{g.center, g.seats_from + 10 * g.k, p.colors.gone.faded((share - 0.1) * 0.32)});
}

void draw_shock(const Picture& p, Layer& layer)
{
    const auto [r, strength] = p.motion.shock(p.second);
    if (strength <= 0)
        return;
    const StageGeometry& g = p.seating.geometry();
    layer.add(Ring{g.center, r, 2.2F, p.colors.board.faded(0.75 * strength)});
    layer.add(Ring{g.center, r - 7 * g.k, 5, p.colors.board.faded(0.18 * strength)});
}

struct DockWords {
    std::string text;
    bool alarming = false;
};

bool for_everybody(const Offer& offer)
{
    const Audience& a = offer.among;
    return a.reach >= 1 && a.department.empty() && a.level_min <= 0 && a.level_max >= 4 &&
           a.tenure_min <= 0 && !a.visa;
}

/// Whether the first offer of this run was for all staff.
bool offered_to_all(const Trace& trace)
{
    for (const TraceEvent& event : trace.events)
        for (const Effect& effect : event.effects)
            if (const auto* offer = std::get_if<Offer>(&effect))
                return for_everybody(*offer);
    return false;
}

DockWords dock_words(const Picture& p)
{
    if (p.story.offer_opened() == never)
        return {"no offer in this run"};
    if (p.time < p.story.offer_opened())
        return {"no offer yet"};
    if (p.time >= p.story.settled())
        return {"offer withdrawn"};
    return {offered_to_all(p.story.trace()) ? "offer open to all staff" : "offer open", true};
}

void draw_dock_title(const Picture& p, Layer& layer)
{
    const StageGeometry& g = p.seating.geometry();
    if (dock_is_strip(g)) {
        const DockWords words = dock_words(p);
        layer.add(Text{{g.dock.x + g.dock.w, g.dock.y - 8},
                       "Outside: " + words.text,
                       11.5F,
                       Font::regular,
                       words.alarming ? p.colors.gone : p.colors.third,
                       Align::right});
        return;
    }
    const float middle = g.dock.x + g.dock.w / 2;
    const float room = 2 * (p.regions.stage.x + p.regions.stage.w - 8 - middle);
    const DockWords words = dock_words(p);
    const bool both = text_width(words.text, 11.5F, Font::regular) <= room;
    const bool wide = text_width("Outside the company", 13, Font::medium) <= room;
    layer.add(Text{{middle, g.dock.y - (both ? 30.0F : 12.0F)},
                   wide ? "Outside the company" : "Outside",
                   13,
                   Font::medium,
                   p.colors.text,
                   Align::center});
    if (both)
        layer.add(Text{{middle, g.dock.y - 12},
                       words.text,
                       11.5F,
                       Font::regular,
                       words.alarming ? p.colors.gone : p.colors.third,
                       Align::center});
}

} // namespace

Rect dock_area(const StageGeometry& geometry)
{
    const Rect& d = geometry.dock;
    const float half = std::max(d.w / 2, 66.0F);
    const float middle = d.x + d.w / 2;
    return {middle - half, d.y - 44, 2 * half, d.h + 52};
}

void draw_sectors(const Picture& p, Layer& layer)
{
    for (const Crowd& crowd : p.crowds)
        draw_sectors_of(crowd, p.colors, layer);
}

void draw_stage_backdrop(const Picture& p, Layer& layer)
{
    const Rect& top = p.regions.top_bar;
    const Rect& end = p.regions.timeline;
    layer.add(Box{{0, 0, top.w, end.y + end.h}, 0, p.colors.stage});
    draw_sectors(p, layer);
    draw_legend(p, layer);
}

void draw_dock(const Picture& p, Layer& layer)
{
    const StageGeometry& g = p.seating.geometry();
    const bool open = p.time >= p.story.offer_opened();
    const bool inviting = open && p.time < p.story.settled();
    if (inviting)
        layer.add(Box{g.dock, g.dock_radius, p.colors.gone.faded(0.06)});
    layer.add(Box{g.dock,
                  g.dock_radius,
                  {0, 0, 0, 0},
                  inviting ? p.colors.gone.faded(0.75) : p.colors.hairline_strong,
                  open ? 1.5F : 1.2F,
                  open ? Dash{} : Dash{4, 5}});
}

void draw_amphitheater(const Picture& p, Layer& layer)
{
    for (const Crowd& crowd : p.crowds)
        draw_aisle(p, crowd, layer);
    draw_pressure(p, layer);
    for (const Crowd& crowd : p.crowds)
        draw_people(p, crowd, layer);
    draw_shock(p, layer);
    draw_board(p, layer);
    draw_leader(p, layer);
}

void draw_stage(const Picture& p, Layer& layer)
{
    const bool covered = p.regions.drawer && p.regions.panel_shown(p.view);
    if (covered) {
        const Rect& s = p.regions.stage;
        layer.add(Clip{{s.x, s.y, p.regions.panel.x - s.x, s.h}});
    }
    draw_dock(p, layer);
    draw_dock_title(p, layer);
    draw_amphitheater(p, layer);
    for (const Crowd& crowd : p.crowds)
        draw_labels(p, crowd, layer);
    if (p.view.loupe)
        draw_loupe(p, layer);
    if (covered)
        layer.add(Unclip{});
}

} // namespace walkout::render
