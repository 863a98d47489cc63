#include "sim/cli/explain_report.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/names.hpp"
#include "sim/cli/terminal.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

constexpr std::size_t chart_columns = 64;
constexpr int chart_rows = 11;

/// What the person did, as a verb.
std::string deed(Rung rung, bool done)
{
    switch (rung) {
    case Rung::post:
        return done ? "posted" : "post";
    case Rung::sign:
        return done ? "signed" : "sign";
    case Rung::leave:
        return done ? "left" : "leave";
    }
    return "";
}

/// How the story calls a side.
std::string name_of_side(const Scenario& s, Pole side)
{
    const std::string& role = s.leaders[index_of(side)].role;
    return !role.empty() ? role : side == Pole::plus ? "the leader" : "the authority";
}

/// The moment of the explanation; the closest one for an act that was not done.
const Moment& moment_of(const Explanation& e)
{
    return *std::min_element(e.pressure.begin(), e.pressure.end(),
                             [&](const Moment& a, const Moment& b) {
                                 return std::abs(a.time - e.at) < std::abs(b.time - e.at);
                             });
}

std::string answer_undone(const Scenario& s, const Explanation& e)
{
    if (!moment_of(e).open && e.question.rung != Rung::post)
        return fmt::format("Person {} could not {}: {} in this run.", e.question.person,
                           deed(e.question.rung, false),
                           e.question.rung == Rung::leave
                               ? "neither a package nor an expired ultimatum opened the way out"
                               : "no petition of that side was open and known to the person");
    return fmt::format("Person {} did not {}{}; the closest moment was {} ({}).", e.question.person,
                       deed(e.question.rung, false),
                       e.question.side == Pole::none ? ""
                                                     : " for " + name_of_side(s, e.question.side),
                       clock_text(s, e.at), hours_text(e.at));
}

std::string answer(const Scenario& s, const Explanation& e)
{
    if (!e.act)
        return answer_undone(s, e);
    const Change& act = *e.act;
    const std::string when = fmt::format("{} ({})", clock_text(s, act.time), hours_text(act.time));
    if (act.cause == Cause::background)
        return fmt::format("Person {} left on {}, as people do at any time: no reason but chance.",
                           e.question.person, when);
    if (act.cause == Cause::first_signer)
        return fmt::format("Person {} was asked to open the letter and signed first, on {}.",
                           e.question.person, when);
    return fmt::format(
        "Person {} {} {} on {}, because the inclination ({:.3f}) passed the cost ({:.3f}).",
        e.question.person, deed(static_cast<Rung>(act.to), true),
        "for " + name_of_side(s, act.side), when, std::abs(act.why.total()), act.cost.total());
}

std::string portrait(const Explanation& e)
{
    static constexpr const char* levels[] = {"junior", "experienced", "senior", "lead of a team",
                                             "head of the department"};
    const Portrait& p = e.portrait;
    return fmt::format(
        "  {}, {}, team {}, {:.1f} years; manager: {}\n"
        "  at the start: allegiance {:+.2f}, trust {:.2f}, exposure to risk {:.2f}, fallback "
        "{:.2f}{}\n",
        levels[std::clamp(p.level, 0, 4)], p.department, p.team, p.tenure,
        p.manager == e.question.person ? "none" : fmt::format("person {}", p.manager), p.anchor,
        p.trust, p.risk, p.own_fallback, p.visa ? "; status tied to the job" : "");
}

std::string term(const char* name, double value, double scale, const Style& style)
{
    const std::string shown = bar(std::abs(value) / scale, 24);
    return fmt::format("  {} {:>+8.4f}  {}\n", padded(name, 34), value,
                       value < 0 ? style.warn(shown) : style.accent(shown));
}

std::string sum_line(const char* name, double value)
{
    return fmt::format("  {} {:>+8.4f}\n", padded(name, 34), value);
}

/// The comparison term by term; terms are signed toward the side of the act.
std::string terms(const Inclination& why, const Cost& cost, Pole side, const Style& style)
{
    const int sign = side == Pole::minus ? -1 : 1;
    const double scale =
        std::max({std::abs(why.allegiance), std::abs(why.distrust), cost.act, 0.1});
    std::string text;
    text += term(side == Pole::minus ? "allegiance to the authority" : "allegiance to the leader",
                 sign * why.allegiance, scale, style);
    text += term(side == Pole::minus ? "trust in the authority" : "distrust of the authority",
                 sign * why.distrust, scale, style);
    text += term("what contacts did", sign * why.contacts, scale, style);
    text += term("the public count", sign * why.crowd, scale, style);
    text += style.bold(sum_line("inclination", sign * why.total()));
    text += term("cost of the act, for this group", cost.act, scale, style);
    text += term("exposure to risk", cost.exposure, scale, style);
    text += term("names hidden or shown", cost.naming, scale, style);
    text += term("fear of retaliation", cost.fear, scale, style);
    text += term("relief by the fallback", cost.relief, scale, style);
    return text + style.bold(sum_line("cost", cost.total()));
}

std::string course(const Scenario& s, const Explanation& e, const Style& style)
{
    std::vector<std::vector<std::string>> rows = {
        {"when", "stance", "cause", "inclination", "cost"}};
    for (const Change& c : e.acts) {
        const bool compared = c.cause == Cause::review || c.cause == Cause::first_signer;
        rows.push_back({clock_text(s, c.time), name_of(c.to), name_of(c.cause),
                        compared ? fmt::format("{:.3f}", std::abs(c.why.total())) : "",
                        compared ? fmt::format("{:.3f}", c.cost.total()) : ""});
    }
    return rows.size() == 1 ? ""
                            : heading(style, "All changes of this person") + table(rows, style);
}

/// Inclination and cost over time, from a day before the moment to half a day after.
std::string pressure(const Scenario& s, const Explanation& e, const Style& style)
{
    const int sign = e.question.side == Pole::minus ? -1 : 1;
    const Hours first = std::max(0.0, e.at - 48), last = std::min(s.horizon, e.at + 16);
    double low = 0, high = 0.1;
    for (const Moment& m : e.pressure) {
        if (m.time < first || m.time > last)
            continue;
        low = std::min({low, sign * m.why.total(), m.cost.total()});
        high = std::max({high, sign * m.why.total(), m.cost.total()});
    }
    Canvas canvas(chart_columns, chart_rows);
    const auto row_of = [&](double value) {
        return (chart_rows - 1) * (high - value) / (high - low);
    };
    const auto column_of = [&](Hours time) {
        return (chart_columns - 1) * (time - first) / (last - first);
    };
    for (const Moment& m : e.pressure) {
        if (m.time < first || m.time > last)
            continue;
        canvas.put(column_of(m.time), row_of(m.cost.total()), "·");
        canvas.put(column_of(m.time), row_of(sign * m.why.total()), m.awake ? "━" : "┄");
    }
    if (e.act)
        canvas.put(column_of(e.act->time), row_of(sign * e.act->why.total()), "◆");
    std::string text =
        heading(style, fmt::format("Inclination to {} (━ awake, ┄ asleep) and its cost (·){}",
                                   name_of(e.question.rung), e.act ? "; ◆ the act" : ""));
    for (int r = 0; r < chart_rows; ++r) {
        std::string line = canvas.row(r);
        line.erase(line.find_last_not_of(' ') + 1);
        const double value = high - (high - low) * r / (chart_rows - 1);
        const double shown = std::abs(value) < 0.005 ? 0 : value; // not "-0.00"
        text += fmt::format("  {:>+7.2f} ┤{}\n", shown, line);
    }
    std::string axis;
    for (std::size_t c = 0; c < chart_columns; c += 16)
        axis += padded(
            clock_text(s, first + (last - first) * static_cast<double>(c) / (chart_columns - 1)),
            16);
    return text + "           " + axis.substr(0, axis.find_last_not_of(' ') + 1) + "\n";
}

std::string contacts(const Scenario& s, const Explanation& e, const Style& style)
{
    constexpr std::size_t shown = 10;
    double acted = 0;
    for (const Contact& c : e.contacts)
        acted += c.weight;
    std::string text = heading(
        style,
        fmt::format("Who had acted: {} of {} people who influence this person ({:.0f} % by weight)",
                    e.contacts.size(), e.influencers,
                    e.influence > 0 ? 100 * acted / e.influence : 0));
    std::vector<std::vector<std::string>> rows = {{"contact", "weight", "had", "when"}};
    for (std::size_t k = 0; k < std::min(shown, e.contacts.size()); ++k) {
        const Contact& c = e.contacts[k];
        rows.push_back(
            {fmt::format("person {}", c.person), fmt::format("{:g}", c.weight),
             std::string(name_of(c.stance)) + (c.side == Pole::minus ? " (other side)" : ""),
             clock_text(s, c.acted)});
    }
    if (rows.size() > 1)
        text += table(rows, style);
    if (e.contacts.size() > shown)
        text += style.dim(fmt::format("  ... and {} more", e.contacts.size() - shown)) + "\n";
    return text;
}

std::string remedy_text(const Scenario& s, const Explanation& e, const Remedy& r)
{
    const std::string outcome =
        r.works     ? (e.question.did ? "would not have acted" : "would have acted")
        : r.instead ? fmt::format("acts all the same, {}", clock_text(s, r.instead->time))
                    : "no difference to the answer";
    switch (r.kind) {
    case RemedyKind::allegiance:
        return r.works ? fmt::format("allegiance {:+.3f}: {}{}", r.size, outcome,
                                     r.monotone ? "" : " (not every larger change does)")
                       : fmt::format("allegiance up to {:+.2f}: {}", r.size, outcome);
    case RemedyKind::event_off:
        return fmt::format("without event '{}': {}", r.what, outcome);
    case RemedyKind::no_peers:
        return fmt::format("without any peer influence: {}", outcome);
    }
    return "";
}

std::string remedies(const Scenario& s, const Explanation& e, const Style& style)
{
    if (e.remedies.empty())
        return "";
    std::string text = heading(
        style, e.question.did
                   ? "What would have kept this person (each verified by running it again)"
                   : "What would have moved this person (each verified by running it again)");
    std::size_t idle = 0;
    bool some = false; // an event that does change it was named
    for (const Remedy& r : e.remedies) {
        if (r.kind == RemedyKind::event_off && !r.works) {
            ++idle;
            continue;
        }
        some = some || r.kind == RemedyKind::event_off;
        text += "  " + (r.works ? style.accent("yes ") : style.dim("no  ")) + remedy_text(s, e, r) +
                "\n";
    }
    if (idle > 0)
        text += style.dim(fmt::format(
                    "  no  none of {} {}events, switched off one at a time, changes the answer",
                    idle, some ? "other " : "")) +
                "\n";
    return text;
}

} // namespace

std::string text_of(const Scenario& s, const Explanation& e)
{
    const Style style;
    std::string text = style.bold(wrapped(answer(s, e), text_width, 0)) + portrait(e);
    if (e.act && e.act->cause != Cause::background)
        text += heading(style, "Terms at the moment of the act (allegiance units)") +
                terms(e.act->why, e.act->cost, e.act->side, style);
    else if (!e.act)
        text += heading(style, "Terms at the closest moment (allegiance units)") +
                terms(moment_of(e).why, moment_of(e).cost, e.question.side, style);
    return text + pressure(s, e, style) + contacts(s, e, style) + course(s, e, style) +
           remedies(s, e, style);
}

} // namespace walkout::cli
