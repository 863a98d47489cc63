#include "sim/io/scenario_checks.hpp"

#include "sim/io/did_you_mean.hpp"
#include "sim/io/flatten.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace walkout::io {

namespace {

constexpr double most_ticks = 1'000'000;
constexpr double most_person_runs = 2e9;

std::string path_of(const Event& event)
{
    return "events." + event.name;
}

/// The path of an event's effect; effects in a list carry their position.
std::string path_of(const Event& event, const Effect& effect, const Places& places)
{
    std::string path = fmt::format("{}.do.{}", path_of(event), name_of(effect));
    if (places.has(path))
        return path;
    const auto index = &effect - event.effects.data();
    return fmt::format("{}.do.{}.{}", path_of(event), index, name_of(effect));
}

void check_names(const std::string& name, const std::vector<std::string>& known, const Place& place,
                 std::string_view what, Problems& problems)
{
    if (std::ranges::find(known, name) != known.end())
        return;
    std::string help = did_you_mean(name, known);
    if (help.empty() && !known.empty()) {
        help = "there are:";
        for (std::size_t i = 0; i < std::min<std::size_t>(known.size(), 12); ++i)
            help += (i == 0 ? " " : ", ") + known[i];
    }
    problems.add(place, fmt::format("no {} '{}'", what, name), help);
}

// ---------------------------------------------------------------- time

/// A variant that misspells an event of its base makes a new one, which then lacks a time.
std::string help_without_time(const Event& event, const std::vector<Event>& events)
{
    std::vector<std::string> others;
    for (const Event& other : events)
        if (other.name != event.name)
            others.push_back(other.name);
    const std::string help = did_you_mean(event.name, others);
    return help.empty() ? "add a time like 'at: 62h', or a condition like 'when: signed >= 100'"
                        : help;
}

void check_time(const Event& event, const Scenario& scenario, const Places& places,
                Problems& problems)
{
    const Hours horizon = scenario.horizon;
    const std::string path = path_of(event);
    const bool has_at = places.has(path + ".at"), has_when = places.has(path + ".when");
    if (has_at && has_when)
        return problems.add(places.of(path + ".when"), path + " has both 'at' and 'when'",
                            "keep one of the two");
    if (!has_at && !has_when)
        return problems.add(places.of(path), path + " has neither 'at' nor 'when'",
                            help_without_time(event, scenario.events));
    if (places.has(path + ".after") && !has_when)
        problems.add(places.of(path + ".after"),
                     path + ".after: only events with 'when' have a delay", "add it to 'at'");
    if (!has_at || !event.enabled)
        return;
    const Place& place = places.of(path + ".at");
    if (event.at < 0)
        problems.add(place,
                     fmt::format("{}.at: {}h before the start", path, format_number(-event.at)),
                     "correct the time, or set 'enabled: false'");
    if (event.at >= horizon)
        problems.add(place,
                     fmt::format("{}.at: hour {} is not before the horizon of {}h", path,
                                 format_number(event.at), format_number(horizon)),
                     "extend 'horizon', or set 'enabled: false'");
}

// ---------------------------------------------------------------- headcount

void check_headcount(OrganizationParams& organization, const Places& places, Problems& problems,
                     int counted, std::string_view by)
{
    if (!places.has("organization.headcount"))
        organization.headcount = counted;
    else if (organization.headcount != counted)
        problems.add(places.of("organization.headcount"),
                     fmt::format("organization.headcount: {} people, but {} {}",
                                 organization.headcount, by, counted),
                     "leave organization.headcount out, or make them agree");
}

/// Each department's headcount is how often the table of people names it.
void count_departments(OrganizationParams& organization, const Places& places, Problems& problems)
{
    for (DepartmentParams& department : organization.departments) {
        const auto counted =
            std::ranges::count(organization.staff, department.name, &StaffRow::department);
        const std::string path = "organization.departments." + department.name + ".headcount";
        if (places.has(path) && department.headcount != counted)
            problems.add(places.of(path),
                         fmt::format("{}: {} people, but the staff table has {}", path,
                                     department.headcount, counted),
                         "leave it out, or make them agree");
        department.headcount = static_cast<int>(counted);
    }
}

int sum_of_departments(const std::vector<DepartmentParams>& departments)
{
    std::int64_t sum = 0;
    for (const DepartmentParams& department : departments)
        sum += department.headcount;
    return static_cast<int>(std::min<std::int64_t>(sum, std::numeric_limits<int>::max()));
}

void check_group(const OrganizationParams& organization, const Places& places, Problems& problems)
{
    if (organization.group() < organization.headcount)
        problems.add(places.of("organization.group_size"),
                     fmt::format("organization.group_size: {} people, but {} of them are simulated",
                                 organization.group_size, organization.headcount),
                     "leave it out when all are simulated");
}

// ---------------------------------------------------------------- windows

/// A timed petition or package that is open, and since when.
struct Window {
    const Event* event = nullptr;
    Hours until = never;
    std::string path;
    Pole pole = Pole::none;
};

/// Finds petitions of one pole, and packages of any, that are open at the same time.
class WindowCheck {
public:
    WindowCheck(const Places& places, Problems& problems) : places_(places), problems_(problems) {}

    void operator()(const Event& event)
    {
        for (const Effect& effect : event.effects) {
            if (const auto* petition = std::get_if<Petition>(&effect))
                open(petitions_[index_of(petition->pole)], petition->pole, event, effect, never);
            else if (const auto* package = std::get_if<Package>(&effect))
                open(package_, package->pole, event, effect, event.at + package->open_for);
            else if (const auto* close = std::get_if<Close>(&effect))
                close_windows(close->pole);
        }
    }

private:
    void close_windows(Pole pole)
    {
        petitions_[index_of(pole)] = Window();
        if (package_.pole == pole)
            package_ = Window();
    }

    void open(Window& window, Pole pole, const Event& event, const Effect& effect, Hours until)
    {
        const std::string path = path_of(event, effect, places_);
        if (window.event && event.at < window.until) {
            const Place& place = places_.of(path);
            problems_.add(
                place,
                fmt::format("a second {} of pole {} opens while the one of event '{}' is open ({})",
                            name_of(effect), name_of(pole), window.event->name,
                            reference_to(places_.of(window.path), place)),
                "close the first one in time, or set 'enabled: false' on one of them");
        }
        window = {&event, until, path, pole};
    }

    const Places& places_;
    Problems& problems_;
    std::array<Window, 2> petitions_;
    Window package_; // one at a time, whatever its pole
};

/// Only a timed close is certain; with a conditional one the windows may or may not overlap.
bool closes_on_condition(const Event& event)
{
    return event.when && std::ranges::any_of(event.effects, [](const Effect& effect) {
               return std::holds_alternative<Close>(effect);
           });
}

void check_windows(const Scenario& scenario, const Places& places, Problems& problems)
{
    std::vector<const Event*> timed;
    for (const Event& event : scenario.events) {
        if (event.enabled && closes_on_condition(event))
            return;
        if (event.enabled && !event.when)
            timed.push_back(&event);
    }
    std::ranges::stable_sort(timed, {}, &Event::at);
    WindowCheck check(places, problems);
    for (const Event* event : timed)
        check(*event);
}

// ---------------------------------------------------------------- effects

/// What effects may refer to.
struct Known {
    std::vector<std::string> departments; ///< empty: drawn, and so without names
    std::vector<std::string> directors;
    bool has_rival = false;
};

Known known_names(const Scenario& scenario)
{
    Known known;
    for (const DepartmentParams& department : scenario.organization.departments)
        known.departments.push_back(department.name);
    for (const StaffRow& row : scenario.organization.staff)
        if (std::ranges::find(known.departments, row.department) == known.departments.end())
            known.departments.push_back(row.department);
    for (const DirectorParams& director : scenario.board.directors)
        known.directors.push_back(director.name);
    known.has_rival = !scenario.leaders[index_of(Pole::minus)].role.empty();
    return known;
}

/// Whether the parts of one effect fit together; `path` is where it stands.
class EffectCheck {
public:
    EffectCheck(const Known& known, std::string path, const Places& places, Problems& problems)
        : known_(known), path_(std::move(path)), places_(places), problems_(problems)
    {
    }

    template <class T> void operator()(const T& effect) const
    {
        if constexpr (requires { effect.among; })
            check(effect.among);
    }

    void operator()(const Dismiss& dismiss) const { check_leader(dismiss.pole); }
    void operator()(const Reinstate& reinstate) const { check_leader(reinstate.pole); }

    void operator()(const Concede& concede) const
    {
        if (!places_.has(path_ + ".director"))
            problems_.add(places_.of(path_), path_ + " names no director", "add 'director: ...'");
        else
            check_names(concede.director, known_.directors, places_.of(path_ + ".director"),
                        "director", problems_);
    }

private:
    void check_leader(Pole pole) const
    {
        if (pole == Pole::minus && !known_.has_rival)
            problems_.add(places_.of(path_ + ".pole"), path_ + ": there is no leader of pole minus",
                          "describe one under leaders.minus");
    }

    void check(const Audience& among) const
    {
        const std::string path = path_ + ".among";
        if (!among.department.empty() && known_.departments.empty())
            problems_.add(places_.of(path + ".department"),
                          path + ".department: departments are drawn here and have no names",
                          "list them under organization.departments");
        else if (!among.department.empty())
            check_names(among.department, known_.departments, places_.of(path + ".department"),
                        "department", problems_);
        if (among.level_min > among.level_max)
            problems_.add(places_.of(path),
                          path + ": level_min is above level_max, which reaches nobody",
                          "swap the two");
        if (among.tenure_min > among.tenure_max)
            problems_.add(places_.of(path),
                          path + ": tenure_min is above tenure_max, which reaches nobody",
                          "swap the two");
    }

    const Known& known_;
    std::string path_;
    const Places& places_;
    Problems& problems_;
};

void check_departments(const Scenario& scenario, const Places& places, Problems& problems)
{
    if (!scenario.organization.staff_file.empty())
        return; // their headcounts follow from the table
    for (const DepartmentParams& department : scenario.organization.departments) {
        const std::string path = "organization.departments." + department.name;
        if (!places.has(path + ".headcount"))
            problems.add(places.of(path), path + " has no headcount", "add 'headcount: ...'");
    }
}

void check_board(const BoardParams& board, const Places& places, Problems& problems)
{
    if (board.quorum > static_cast<int>(board.directors.size()))
        problems.add(places.of("board.quorum"),
                     fmt::format("board.quorum: {} of {} directors can never give way",
                                 board.quorum, board.directors.size()),
                     "lower it, or list all directors under board.directors");
}

void check_vacated(const Scenario& scenario, const Places& places, Problems& problems)
{
    std::vector<std::string> events;
    for (const Event& event : scenario.events)
        events.push_back(event.name);
    for (const VacatedParams& seat : scenario.board.vacated) {
        const std::string path = "board.vacated." + seat.name;
        check_names(seat.event, events, places.of(path), "event", problems);
        if (std::ranges::find(scenario.board.directors, seat.name, &DirectorParams::name) !=
            scenario.board.directors.end())
            problems.add(places.of(path),
                         fmt::format("{}: '{}' is a director too, who decides", path, seat.name),
                         "list each seat once");
    }
}

void check_headline(const Event& event, const Places& places, Problems& problems)
{
    constexpr std::ptrdiff_t longest = 40;
    const auto length = std::ranges::count_if(
        event.headline, [](unsigned char c) { return (c & 0xc0) != 0x80; }); // of UTF-8
    if (length > longest)
        problems.add(places.of(path_of(event) + ".headline"),
                     fmt::format("{}.headline has {} characters; the limit is {}", path_of(event),
                                 length, longest),
                     "shorten it; a caption may be long");
}

/// Allegiance is solved exactly but rebased at ticks; in between it must not outgrow its numbers.
void check_memory(const Scenario& scenario, const Places& places, Problems& problems)
{
    constexpr double most_memories = 20;
    const Hours memory = scenario.mechanisms.drift.memory;
    if (scenario.tick > most_memories * memory)
        problems.add(
            places.of("tick"),
            fmt::format("tick: {} is more than {:.0f} times mechanisms.drift.memory ({})",
                        format_quantity(scenario.tick, Unit::duration), most_memories,
                        format_quantity(memory, Unit::duration)),
            "shorten the tick; it moves no result but the times at which runs are sampled");
}

// ---------------------------------------------------------------- branches

void check_moment(const Scenario& scenario, const Places& places, Problems& problems)
{
    const Branch& branch = *scenario.branch;
    const Hours horizon = std::min(scenario.horizon, branch.base->horizon);
    if (branch.at > 0 && branch.at < horizon) {
        if (branch.base->branch && branch.at < branch.base->branch->at)
            problems.add(places.of("branch.at"),
                         fmt::format("branch.at: hour {} is before hour {}, from which the base "
                                     "itself goes on",
                                     format_number(branch.at),
                                     format_number(branch.base->branch->at)),
                         "choose a later moment, or that base's own base");
        return;
    }
    problems.add(places.of("branch.at"),
                 fmt::format("branch.at: hour {} is not between the start and the horizon of {}h",
                             format_number(branch.at), format_number(horizon)),
                 "choose a moment of the base's run, like 'at: 38h'");
}

/// What cannot become something else amid a run.
bool is_kept(std::string_view path)
{
    return path == "start" || path == "tick" || path.starts_with("organization.");
}

std::vector<std::string> names_of(const std::vector<DirectorParams>& directors)
{
    std::vector<std::string> names;
    for (const DirectorParams& director : directors)
        names.push_back(director.name);
    return names;
}

void check_kept(const Scenario& scenario, const Places& places, Problems& problems)
{
    const auto kept = [](const Scenario& s) {
        auto lines = flatten(s);
        std::erase_if(lines, [](const auto& line) { return !is_kept(line.first); });
        return lines;
    };
    const auto before = kept(*scenario.branch->base);
    for (const auto& [path, value] : kept(scenario)) {
        const auto same = std::ranges::find(before, std::pair(path, value));
        if (same == before.end())
            return problems.add(places.of(path), path + " cannot change in a branch",
                                "the past has set it; change it in a scenario of its own");
    }
    if (names_of(scenario.board.directors) != names_of(scenario.branch->base->board.directors))
        problems.add(places.of("board.directors"),
                     "board.directors: nobody can join the board in a branch",
                     "the past has set it; change it in a scenario of its own");
}

} // namespace

void settle_headcount(OrganizationParams& organization, const Places& places, Problems& problems)
{
    if (!organization.staff.empty()) {
        count_departments(organization, places, problems);
        check_headcount(organization, places, problems, static_cast<int>(organization.staff.size()),
                        "the staff table has");
    } else if (!organization.departments.empty()) {
        check_headcount(organization, places, problems,
                        sum_of_departments(organization.departments), "the departments add up to");
    }
}

bool is_checked_with_others(std::string_view path)
{
    constexpr std::array<std::string_view, 6> alone{
        "horizon",  "tick", "board.quorum", "mechanisms.drift.memory", "ensemble.replicates",
        "branch.at"};
    constexpr std::array<std::string_view, 7> ends{
        ".at", ".enabled", ".open_for", ".level_min", ".level_max", ".tenure_min", ".tenure_max"};
    return path.starts_with("organization.") || std::ranges::find(alone, path) != alone.end() ||
           (path.starts_with("events.") &&
            std::ranges::any_of(ends, [&](std::string_view end) { return path.ends_with(end); }));
}

void check_scenario(const Scenario& scenario, const Places& places, Problems& problems)
{
    if (scenario.tick > scenario.horizon)
        problems.add(places.of("tick"),
                     fmt::format("tick: {} is longer than the horizon of {}",
                                 format_quantity(scenario.tick, Unit::duration),
                                 format_quantity(scenario.horizon, Unit::duration)));
    check_memory(scenario, places, problems);
    check_group(scenario.organization, places, problems);
    check_departments(scenario, places, problems);
    check_board(scenario.board, places, problems);
    check_vacated(scenario, places, problems);
    const Known known = known_names(scenario);
    for (const Event& event : scenario.events) {
        check_time(event, scenario, places, problems);
        check_headline(event, places, problems);
        for (const Effect& effect : event.effects)
            std::visit(EffectCheck(known, path_of(event, effect, places), places, problems),
                       effect);
    }
    check_windows(scenario, places, problems);
}

void check_branch(const Scenario& scenario, const Places& places, Problems& problems)
{
    if (!scenario.branch)
        return;
    check_moment(scenario, places, problems);
    check_kept(scenario, places, problems);
}

void check_limits(const Scenario& scenario, const Places& places)
{
    const double ticks = scenario.horizon / scenario.tick;
    if (ticks > most_ticks)
        throw LimitError(format_problem(
            places.of("tick"),
            fmt::format("{:.0f} ticks in a run; the limit is {:.0f}", ticks, most_ticks),
            fmt::format("a tick of {} would do",
                        format_quantity(std::ceil(scenario.horizon / most_ticks * 60) / 60,
                                        Unit::duration))));
    const double person_runs =
        static_cast<double>(scenario.organization.headcount) * scenario.ensemble.replicates;
    if (person_runs > most_person_runs)
        throw LimitError(format_problem(
            places.of("ensemble.replicates"),
            fmt::format("{} people in {} replicates are {:.1e} person-runs; the limit is {:.0e}",
                        scenario.organization.headcount, scenario.ensemble.replicates, person_runs,
                        most_person_runs),
            fmt::format("at most {:.0f} replicates",
                        std::floor(most_person_runs / scenario.organization.headcount))));
}

} // namespace walkout::io
