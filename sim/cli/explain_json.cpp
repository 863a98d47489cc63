#include "sim/cli/explain_report.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/local_time.hpp"
#include "sim/cli/names.hpp"
#include "sim/cli/version.hpp"

namespace walkout::cli {

namespace {

Json json(const Inclination& why)
{
    return {{"allegiance", why.allegiance},
            {"distrust", why.distrust},
            {"contacts", why.contacts},
            {"crowd", why.crowd},
            {"total", why.total()}};
}

Json json(const Cost& cost)
{
    return {{"act", cost.act},   {"exposure", cost.exposure}, {"naming", cost.naming},
            {"fear", cost.fear}, {"relief", cost.relief},     {"total", cost.total()}};
}

Json json(const Scenario& scenario, const Change& change)
{
    return {{"time", change.time},
            {"local_time", iso_text(scenario, change.time)},
            {"from", name_of(change.from)},
            {"to", name_of(change.to)},
            {"side", name_of(change.side)},
            {"cause", name_of(change.cause)},
            {"inclination", json(change.why)},
            {"cost", json(change.cost)}};
}

Json json(const Portrait& p)
{
    return {{"department", p.department},
            {"team", p.team},
            {"level", p.level},
            {"tenure", p.tenure},
            {"manager", p.manager},
            {"visa", p.visa},
            {"risk", p.risk},
            {"own_fallback", p.own_fallback},
            {"trust", p.trust},
            {"anchor", p.anchor}};
}

Json json(const Moment& m)
{
    return {{"time", m.time},
            {"inclination", m.why.total()},
            {"cost", m.cost.total()},
            {"trust", m.trust},
            {"fallback", m.fallback},
            {"informed", m.informed},
            {"open", m.open},
            {"awake", m.awake},
            {"stance", name_of(m.stance)}};
}

Json json(const Scenario& scenario, const Remedy& r)
{
    static constexpr const char* kinds[] = {"allegiance", "event_off", "no_peers"};
    Json entry = {
        {"kind", kinds[static_cast<std::size_t>(r.kind)]}, {"what", r.what}, {"works", r.works}};
    if (r.kind == RemedyKind::allegiance)
        entry.update({{"size", r.size}, {"monotone", r.monotone}});
    if (r.instead)
        entry["instead"] = json(scenario, *r.instead);
    return entry;
}

} // namespace

std::string json_of(const Scenario& scenario, const Explanation& e)
{
    const Json all = {
        {"scenario", scenario.name},
        {"version", version},
        {"seed", e.question.seed},
        {"replicate", e.question.replicate},
        {"person", e.question.person},
        {"act", name_of(e.question.rung)},
        {"side", name_of(e.question.side)},
        {"did", e.question.did},
        {"at", e.at},
        {"portrait", json(e.portrait)},
        {"changes", array(e.acts, [&](const Change& c) { return json(scenario, c); })},
        {"explained", e.act ? json(scenario, *e.act) : Json(nullptr)},
        {"pressure", array(e.pressure, [](const Moment& m) { return json(m); })},
        {"influencers", e.influencers},
        {"influence", e.influence},
        {"contacts", array(e.contacts,
                           [](const Contact& c) {
                               return Json{{"person", c.person},
                                           {"weight", c.weight},
                                           {"stance", name_of(c.stance)},
                                           {"side", name_of(c.side)},
                                           {"acted", c.acted}};
                           })},
        {"remedies", array(e.remedies, [&](const Remedy& r) { return json(scenario, r); })}};
    return all.dump(2) + "\n";
}

} // namespace walkout::cli
