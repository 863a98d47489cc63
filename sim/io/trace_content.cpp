#include "sim/io/trace_content.hpp"

#include "sim/io/trace_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace walkout::io {

namespace {

// ---------------------------------------------------------------- effects

void pass(auto& a, is<std::optional<bool>> auto& value)
{
    int code = value ? (*value ? 1 : 0) : -1;
    a(code);
    if constexpr (std::remove_cvref_t<decltype(a)>::reads)
        if (code >= 0)
            value = code == 1;
}

void pass(auto& a, is<std::optional<double>> auto& value)
{
    bool given = value.has_value();
    double number = value.value_or(0);
    a(given);
    a(number);
    if constexpr (std::remove_cvref_t<decltype(a)>::reads)
        if (given)
            value = number;
}

void pass(auto& a, is<Audience> auto& among)
{
    a(among.reach);
    a(among.department);
    a(among.level_min);
    a(among.level_max);
    a(among.tenure_min);
    a(among.tenure_max);
    pass(a, among.visa);
}

void pass(auto& a, is<Dismiss> auto& effect)
{
    a(effect.pole);
}

void pass(auto& a, is<Reinstate> auto& effect)
{
    a(effect.pole);
}

void pass(auto& a, is<Breach> auto& effect)
{
    a(effect.severity);
    a(effect.reason);
    pass(a, effect.among);
}

void pass(auto& a, is<Reassure> auto& effect)
{
    a(effect.gain);
    pass(a, effect.among);
}

void pass(auto& a, is<Persuade> auto& effect)
{
    a(effect.direction);
    a(effect.strength);
    pass(a, effect.among);
}

void pass(auto& a, is<Evidence> auto& effect)
{
    a(effect.strength);
    pass(a, effect.among);
}

void pass(auto& a, is<Offer> auto& effect)
{
    a(effect.quality);
    a(effect.visa_ok);
    a(effect.third_party);
    pass(a, effect.among);
}

void pass(auto& a, is<Package> auto& effect)
{
    a(effect.pole);
    a(effect.quality);
    a(effect.visa_ok);
    a(effect.open_for);
    a(effect.broadcast_rate);
    a(effect.visibility);
    pass(a, effect.among);
}

void pass(auto& a, is<Petition> auto& effect)
{
    a(effect.pole);
    a(effect.broadcast_rate);
    a(effect.visibility);
    a(effect.risk_factor);
    a(effect.first_signers);
}

void pass(auto& a, is<Broadcast> auto& effect)
{
    a(effect.pole);
    a(effect.rate);
}

void pass(auto& a, is<Close> auto& effect)
{
    a(effect.pole);
}

void pass(auto& a, is<Deadline> auto& effect)
{
    a(effect.pole);
    a(effect.in);
    a(effect.hard);
}

void pass(auto& a, is<Vigil> auto& effect)
{
    a(effect.share);
}

void pass(auto& a, is<Invest> auto& effect)
{
    a(effect.stance);
}

void pass(auto&, is<Convene> auto&) {}

void pass(auto& a, is<Concede> auto& effect)
{
    a(effect.director);
    a(effect.pole);
}

void pass(auto& a, is<Appoint> auto& effect)
{
    pass(a, effect.trust);
}

void pass(auto& a, is<Retaliate> auto& effect)
{
    a(effect.factor);
}

void pass(Writer& write, const Effect& effect)
{
    write(static_cast<std::uint8_t>(effect.index()));
    std::visit([&](const auto& kind) { pass(write, kind); }, effect);
}

template <std::size_t... I>
void read_effect(Reader& read, Effect& effect, std::size_t index, std::index_sequence<I...>)
{
    ((index == I ? pass(read, effect.emplace<I>()) : void()), ...);
}

void pass(Reader& read, Effect& effect)
{
    constexpr std::size_t kinds = std::variant_size_v<Effect>;
    std::uint8_t index = 0;
    read(index);
    must(index < kinds);
    read_effect(read, effect, index, std::make_index_sequence<kinds>());
}

// ---------------------------------------------------------------- sections

/// Whether something may have happened at a time, if at all.
bool is_moment(Hours time, const Trace& t)
{
    constexpr Hours longest_tick = 24; // the last tick may end beyond the horizon
    return time == never || (time >= 0 && time <= t.horizon + longest_tick);
}

Hours time_of(Hours time)
{
    return time;
}
Hours time_of(const auto& thing)
{
    return thing.time;
}

/// Whether things happened one after the other, all of them within the run.
bool is_rising(const auto& things, const Trace& t)
{
    Hours before = 0;
    for (const auto& thing : things) {
        const Hours time = time_of(thing);
        if (time < before || time == never || !is_moment(time, t))
            return false;
        before = time;
    }
    return true;
}

void pass_head(auto& a, is<Trace> auto& t)
{
    a(t.scenario);
    a(t.title);
    a(t.version);
    a(t.seed);
    a(t.replicate);
    a(t.fingerprint);
    a(t.outcome);
    a(t.start_utc);
    a(t.utc_offset_minutes);
    a(t.horizon);
    a(t.mass_exit_share);
    for (const std::size_t pole : {0U, 1U}) {
        a(t.leader_roles[pole]);
        a(t.in_office[pole]);
    }
}

void check_head(const Trace& t)
{
    constexpr std::int64_t far = 1LL << 38; // seconds, beyond the year 9999
    must(t.horizon > 0 && t.horizon <= 1e6);
    must(t.utc_offset_minutes > -24 * 60 && t.utc_offset_minutes < 24 * 60);
    must(t.start_utc > -far && t.start_utc < far);
}

void pass_units(auto& a, is<Organization> auto& org)
{
    a.sized(org.departments, 16);
    for (auto& department : org.departments) {
        a(department.name);
        a(department.params);
        a(department.head);
        a(department.size);
    }
    a.sized(org.teams, 12);
    a.column(org.teams, &Team::department);
    a.column(org.teams, &Team::lead);
    a.column(org.teams, &Team::size);
    values(a, org.team);
    values(a, org.level);
    values(a, org.tenure);
}

void check_units(const Organization& org)
{
    must(org.size() > 0 && org.level.size() == org.size() && org.tenure.size() == org.size());
    std::vector<std::uint32_t> in_team(org.teams.size()), in_department(org.departments.size());
    for (const std::uint32_t team : org.team) {
        must(team < org.teams.size());
        ++in_team[team];
    }
    for (std::size_t t = 0; t < org.teams.size(); ++t) {
        const Team& team = org.teams[t];
        must(team.department < org.departments.size() && team.lead < org.size());
        must(team.size == in_team[t]);
        in_department[team.department] += team.size;
    }
    for (std::size_t d = 0; d < org.departments.size(); ++d)
        must(org.departments[d].head < org.size() && org.departments[d].size == in_department[d]);
    must(std::ranges::all_of(org.level, [](std::uint8_t level) { return level <= 4; }));
}

/// Contacts mostly sit nearby, so each is told by its distance from the one before.
void write_ties(Writer& write, const Organization& org)
{
    std::vector<std::uint32_t> contacts(org.size()), steps;
    std::vector<std::uint16_t> weights;
    for (AgentId i = 0; i < org.size(); ++i) {
        const auto row = org.ties.influenced_by(i);
        const auto weights_of_row = org.ties.weights_of(i);
        contacts[i] = static_cast<std::uint32_t>(row.size());
        AgentId before = i;
        for (std::size_t k = 0; k < row.size(); ++k) {
            const std::uint32_t step = row[k] - before;         // modulo 2^32
            steps.push_back((step << 1) ^ (0U - (step >> 31))); // small whatever the sign
            weights.push_back(static_cast<std::uint16_t>(weights_of_row[k]));
            before = row[k];
        }
    }
    values(write, contacts);
    values(write, steps);
    values(write, weights);
}

void read_ties(Reader& read, Organization& org)
{
    std::vector<std::uint32_t> contacts, steps;
    std::vector<std::uint16_t> weights;
    values(read, contacts);
    values(read, steps);
    values(read, weights);
    must(contacts.size() == org.size() && weights.size() == steps.size());
    std::vector<Ties::Arc> arcs;
    arcs.reserve(steps.size());
    for (AgentId i = 0; i < org.size(); ++i) {
        AgentId to = i;
        for (std::uint32_t k = 0; k < contacts[i]; ++k) {
            must(arcs.size() < steps.size());
            const std::uint32_t step = steps[arcs.size()];
            to += (step >> 1) ^ (0U - (step & 1));
            must(to < org.size() && weights[arcs.size()] > 0);
            arcs.push_back({i, to, weights[arcs.size()]});
        }
    }
    must(arcs.size() == steps.size());
    org.ties = Ties(org.size(), arcs);
}

void pass_organization(Writer& write, const Trace& t)
{
    pass_units(write, *t.organization);
    write_ties(write, *t.organization);
    texts(write, t.ids);
}

void pass_organization(Reader& read, Trace& t)
{
    auto org = std::make_shared<Organization>();
    pass_units(read, *org);
    check_units(*org); // ties speak of people
    read_ties(read, *org);
    texts(read, t.ids);
    t.organization = std::move(org);
}

void check_organization(const Trace& t)
{
    must(t.ids.empty() || t.ids.size() == t.organization->size());
}

void pass_events(auto& a, is<Trace> auto& t)
{
    a.sized(t.events, 40);
    for (auto& event : t.events) {
        a(event.time);
        a(event.name);
        a(event.headline);
        a(event.caption);
        a(event.kind);
        a(event.source);
        a(event.precision);
        a.sized(event.effects, 1);
        for (auto& effect : event.effects)
            pass(a, effect);
    }
}

void check_events(const Trace& t)
{
    must(is_rising(t.events, t));
}

void pass_changes(auto& a, auto& changes)
{
    a.sized(changes, 84);
    a.column(changes, &Change::time);
    a.column(changes, &Change::person);
    a.column(changes, &Change::from);
    a.column(changes, &Change::to);
    a.column(changes, &Change::side);
    a.column(changes, &Change::cause);
    a.column(changes, &Change::why, &Inclination::allegiance);
    a.column(changes, &Change::why, &Inclination::distrust);
    a.column(changes, &Change::why, &Inclination::contacts);
    a.column(changes, &Change::why, &Inclination::crowd);
    a.column(changes, &Change::cost, &Cost::act);
    a.column(changes, &Change::cost, &Cost::exposure);
    a.column(changes, &Change::cost, &Cost::naming);
    a.column(changes, &Change::cost, &Cost::fear);
    a.column(changes, &Change::cost, &Cost::relief);
}

void pass_acts(auto& a, is<Trace> auto& t)
{
    pass_changes(a, t.changes);
    pass_changes(a, t.closest);
}

void check_acts(const Trace& t)
{
    for (const auto* changes : {&t.changes, &t.closest}) {
        must(is_rising(*changes, t));
        for (const Change& change : *changes)
            must(change.person < t.organization->size() && std::isfinite(change.why.total()) &&
                 std::isfinite(change.cost.total()));
    }
}

void pass_board(auto& a, is<Trace> auto& t)
{
    texts(a, t.directors);
    values(a, t.conceded);
    a.sized(t.vacated, 12);
    for (auto& seat : t.vacated) {
        a(seat.name);
        a(seat.time);
    }
    auto quorum = static_cast<std::uint32_t>(t.quorum);
    a(quorum);
    if constexpr (std::remove_cvref_t<decltype(a)>::reads)
        t.quorum = quorum;
    values(a, t.board_times);
    a.sized(t.board, 8);
    a.column(t.board, &DirectorSample::resolve);
    a.column(t.board, &DirectorSample::pressure);
    a(t.board_conceded);
    a(t.settled);
    a(t.conceded_to);
}

void check_board(const Trace& t)
{
    must(t.conceded.size() == t.directors.size() && is_rising(t.board_times, t));
    must(t.board.size() == t.board_times.size() * t.directors.size());
    must(is_moment(t.board_conceded, t) && is_moment(t.settled, t));
    must(std::ranges::all_of(t.conceded, [&](Hours time) { return is_moment(time, t); }));
    must(std::ranges::all_of(t.vacated, [&](const auto& s) { return is_moment(s.time, t); }));
}

void pass_record(auto& a, is<Trace> auto& t)
{
    a.sized(t.record, 29);
    for (auto& point : t.record) {
        a(point.time);
        a(point.count);
        a(point.low);
        a(point.high);
        a(point.fit);
        a(point.note);
        a(point.source);
    }
}

void check_record(const Trace& t)
{
    must(std::ranges::is_sorted(t.record, {}, &RecordPoint::time)); // may begin before the run
    must(t.record.empty() || (t.record.front().time >= -1e6 && t.record.back().time <= 1e6));
}

/// Rounded, person by person, each number as the difference from the one before.
std::vector<std::uint16_t> differences(const std::vector<float>& series, std::size_t times)
{
    constexpr float most = 32767;
    std::vector<std::uint16_t> steps;
    steps.reserve(series.size());
    const std::size_t people = times == 0 ? 0 : series.size() / times;
    for (std::size_t i = 0; i < people; ++i) {
        std::uint16_t before = 0;
        for (std::size_t k = 0; k < times; ++k) {
            const float scaled = std::clamp(series[k * people + i] / pressure_step, -most, most);
            const auto now =
                static_cast<std::uint16_t>(static_cast<std::int16_t>(std::lround(scaled)));
            const auto step = static_cast<std::uint16_t>(now - before);
            // small whatever the sign, so that the upper bytes are zero
            steps.push_back(static_cast<std::uint16_t>((step << 1) ^ (step >> 15 ? 0xffff : 0)));
            before = now;
        }
    }
    return steps;
}

std::vector<float> series_of(const std::vector<std::uint16_t>& steps, std::size_t times)
{
    std::vector<float> series(steps.size());
    const std::size_t people = times == 0 ? 0 : steps.size() / times;
    for (std::size_t i = 0; i < people; ++i) {
        std::uint16_t now = 0;
        for (std::size_t k = 0; k < times; ++k) {
            const std::uint16_t step = steps[i * times + k];
            now = static_cast<std::uint16_t>(now + ((step >> 1) ^ (step & 1 ? 0xffff : 0)));
            series[k * people + i] =
                static_cast<float>(static_cast<std::int16_t>(now)) * pressure_step;
        }
    }
    return series;
}

void pass_pressure(Writer& write, const Trace& t)
{
    const std::size_t times = t.pressure.times.size();
    values(write, t.pressure.times);
    for (const auto* series : {&t.pressure.inclination, &t.pressure.cost}) {
        const auto steps = differences(*series, times);
        values(write, steps);
    }
}

void pass_pressure(Reader& read, Trace& t)
{
    values(read, t.pressure.times);
    const std::size_t times = t.pressure.times.size();
    for (auto* series : {&t.pressure.inclination, &t.pressure.cost}) {
        std::vector<std::uint16_t> steps;
        values(read, steps);
        must(steps.size() == times * t.organization->size());
        *series = series_of(steps, times);
    }
}

void check_pressure(const Trace& t)
{
    must(is_rising(t.pressure.times, t));
}

constexpr std::array<Section, 7> all_sections{{
    {"head", "head", pass_head<Writer, const Trace>, pass_head<Reader, Trace>, check_head},
    {"org.", "organization", pass_organization, pass_organization, check_organization},
    {"evnt", "events", pass_events<Writer, const Trace>, pass_events<Reader, Trace>, check_events},
    {"acts", "acts", pass_acts<Writer, const Trace>, pass_acts<Reader, Trace>, check_acts},
    {"brd.", "board", pass_board<Writer, const Trace>, pass_board<Reader, Trace>, check_board},
    {"rec.", "record", pass_record<Writer, const Trace>, pass_record<Reader, Trace>, check_record},
    {"prs.", "pressure", pass_pressure, pass_pressure, check_pressure},
}};

} // namespace

std::span<const Section> sections()
{
    return all_sections;
}

} // namespace walkout::io
