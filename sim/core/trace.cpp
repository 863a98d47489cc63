#include "sim/core/trace.hpp"

#include "sim/core/branch.hpp"
#include "sim/core/mechanisms.hpp"
#include "sim/core/numeric.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace walkout {

namespace {

// ---------------------------------------------------------------- the board

/// Keeps the board where it moves: a line through the kept samples is never off by more than
/// `step`, and jumps stay jumps.
class BoardSampler {
public:
    BoardSampler(const Scenario& scenario, Trace& trace) : scenario_(scenario), trace_(trace) {}

    void see(const World& world)
    {
        now_.clear();
        for (const Director& director : world.board.directors)
            now_.push_back(sample(world, director));
        if (trace_.board_times.empty() || moved()) {
            if (skipped_)
                keep(before_time_, before_);
            keep(world.now, now_);
            kept_ = now_;
            skipped_ = false;
        } else {
            skipped_ = true;
        }
        before_ = now_;
        before_time_ = world.now;
    }

    void finish()
    {
        if (skipped_)
            keep(before_time_, before_);
    }

private:
    static constexpr float step = 1.0F / 256;

    DirectorSample sample(const World& world, const Director& director) const
    {
        const BoardParams& params = in_force(scenario_, world).board;
        const double net =
            board_pressure(world, params, Pole::plus) - board_pressure(world, params, Pole::minus);
        // The engine adds up what was endured only as the pressure moves; it wears in between too.
        const bool wears =
            world.board.in_session && world.board.conceded_to == Pole::none && net > 0;
        const double since = wears ? net * (world.now - world.board.endured_until) : 0;
        const double resolve = resolve_left(world, params, director, Pole::plus) *
                               pow_same_bits(2, -since / params.stamina);
        return {static_cast<float>(resolve), static_cast<float>(net + director.lean)};
    }

    bool moved() const
    {
        for (std::size_t d = 0; d < now_.size(); ++d)
            if (std::abs(now_[d].resolve - kept_[d].resolve) > step ||
                std::abs(now_[d].pressure - kept_[d].pressure) > step)
                return true;
        return false;
    }

    void keep(Hours time, const std::vector<DirectorSample>& samples)
    {
        trace_.board_times.push_back(time);
        trace_.board.insert(trace_.board.end(), samples.begin(), samples.end());
    }

    const Scenario& scenario_;
    Trace& trace_;
    std::vector<DirectorSample> now_, before_, kept_;
    Hours before_time_ = 0;
    bool skipped_ = false; ///< `before_` was not kept
};

// ---------------------------------------------------------------- when to look at everybody

Tick tick_before(Hours time, const Scenario& scenario)
{
    return static_cast<Tick>(std::max(0.0, std::floor(time / scenario.tick + 1e-9)));
}

/// About once an hour while anything happens, more often where people act, and on both sides of
/// every event that does something.
std::vector<Tick> sample_ticks(const Trace& trace, const Scenario& scenario)
{
    constexpr double most_regular = 240;
    constexpr std::size_t quantiles = 120;
    const Hours last = trace.changes.empty() ? trace.horizon : trace.changes.back().time;
    const Hours stride = std::max(1.0, last / most_regular);
    std::vector<Tick> ticks;
    for (Hours time = 0; time < last + stride; time += stride)
        ticks.push_back(tick_before(time, scenario));

    std::vector<Hours> acts;
    for (const Change& change : trace.changes)
        if (change.cause == Cause::review || change.cause == Cause::first_signer)
            acts.push_back(change.time);
    for (std::size_t q = 0; q < quantiles && !acts.empty(); ++q)
        ticks.push_back(tick_before(acts[q * acts.size() / quantiles], scenario) + 1);

    for (const TraceEvent& event : trace.events)
        if (!event.effects.empty())
            for (const Tick after : {0U, 1U})
                ticks.push_back(tick_before(event.time, scenario) + after);

    std::sort(ticks.begin(), ticks.end());
    ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
    return ticks;
}

/// Looks at everybody at chosen ticks.
class PressureSampler {
public:
    PressureSampler(const Scenario& scenario, const Trace& first, std::uint32_t people)
        : scenario_(scenario), ticks_(sample_ticks(first, scenario)),
          all_(people <= Trace::pressure_people), signs_(people), closest_(people), margin_(people)
    {
        for (const Change& change : first.changes)
            signs_[change.person] = signs_[change.person] || signs_for_leader(change);
    }

    void see(const World& world)
    {
        if (next_ == ticks_.size() || world.tick != ticks_[next_])
            return;
        ++next_;
        if (all_)
            samples_.times.push_back(world.now);
        const bool open = world.campaign(Call::petition_plus).open;
        for (AgentId i = 0; i < world.size(); ++i)
            if (all_ || (open && !signs_[i]))
                see(world, i, open);
    }

    void tell(Trace& trace)
    {
        trace.pressure = std::move(samples_);
        for (const Change& change : closest_)
            if (change.to == Stance::signed_letter)
                trace.closest.push_back(change);
        std::stable_sort(trace.closest.begin(), trace.closest.end(),
                         [](const Change& a, const Change& b) { return a.time < b.time; });
    }

private:
    static bool signs_for_leader(const Change& change)
    {
        return change.to == Stance::signed_letter && change.side == Pole::plus;
    }

    void see(const World& world, AgentId person, bool open)
    {
        const Scenario& present = in_force(scenario_, world);
        const Inclination why = inclination(world, present, person, Rung::sign);
        const Cost price = cost(world, present, person, Rung::sign, Pole::plus);
        if (all_) {
            samples_.inclination.push_back(static_cast<float>(why.total()));
            samples_.cost.push_back(static_cast<float>(price.total()));
        }
        const Stance stance = world.people[person].stance;
        if (!open || signs_[person] || stance == Stance::resigned)
            return;
        const double margin = why.total() - price.total();
        Change& closest = closest_[person];
        if (closest.to == Stance::signed_letter && margin <= margin_[person])
            return;
        margin_[person] = margin;
        closest = {.time = world.now,
                   .person = person,
                   .from = stance,
                   .to = Stance::signed_letter,
                   .side = Pole::plus,
                   .why = why,
                   .cost = price};
    }

    const Scenario& scenario_;
    std::vector<Tick> ticks_; ///< rising
    std::size_t next_ = 0;
    bool all_; ///< keep everybody's pressure, not only how close those came who never signed
    std::vector<bool> signs_;
    std::vector<Change> closest_; ///< per person; `to` is set once there is one
    std::vector<double> margin_;  ///< of `closest_`
    PressureSamples samples_;
};

// ---------------------------------------------------------------- what was there from the start

/// What pictures draw beside the curve of signatures.
std::vector<RecordPoint> recorded_signatures(const Scenario& scenario)
{
    std::vector<RecordPoint> points = scenario.record;
    std::erase_if(points, [](const RecordPoint& p) { return p.counted != Counted::signatures; });
    return points;
}

Trace begin_trace(const Scenario& scenario, const RunPlan& plan)
{
    Trace trace{.scenario = scenario.name,
                .title = scenario.title,
                .seed = plan.seed,
                .replicate = plan.replicate,
                .start_utc = scenario.start_utc,
                .utc_offset_minutes = scenario.utc_offset_minutes,
                .horizon = scenario.horizon,
                .mass_exit_share = scenario.ensemble.mass_exit_share,
                .record = recorded_signatures(scenario)};
    for (const StaffRow& row : scenario.organization.staff)
        trace.ids.push_back(row.id);
    for (const Pole pole : {Pole::minus, Pole::plus}) {
        trace.leader_roles[index_of(pole)] = scenario.leaders[index_of(pole)].role;
        trace.in_office[index_of(pole)] = root_of(scenario).leaders[index_of(pole)].in_office;
    }
    for (const DirectorParams& director : scenario.board.directors)
        trace.directors.push_back(director.name);
    return trace;
}

/// @param fired  per event of the scenario, when it happened
void tell_events(Trace& trace, const Scenario& scenario, const std::vector<Hours>& fired)
{
    for (std::size_t e = 0; e < fired.size(); ++e) {
        if (fired[e] == never)
            continue;
        const Event& event = as_it_happened(scenario, e, fired[e]);
        trace.events.push_back({.time = fired[e],
                                .name = event.name,
                                .headline = headline_of(event),
                                .caption = event.caption,
                                .kind = event.kind,
                                .source = event.source,
                                .precision = event.precision,
                                .effects = event.effects});
    }
    std::stable_sort(trace.events.begin(), trace.events.end(),
                     [](const TraceEvent& a, const TraceEvent& b) { return a.time < b.time; });
    for (const VacatedParams& seat : scenario.board.vacated) {
        const auto event = std::find_if(trace.events.begin(), trace.events.end(),
                                        [&](const TraceEvent& e) { return e.name == seat.event; });
        trace.vacated.push_back({seat.name, event == trace.events.end() ? never : event->time});
    }
}

} // namespace

std::string headline_of(const Event& event)
{
    if (!event.headline.empty() || event.name.empty())
        return event.headline;
    std::string words = event.name;
    std::replace(words.begin(), words.end(), '_', ' ');
    words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    return words;
}

Trace trace_run(const Scenario& written, const RunPlan& plan)
{
    const Scenario scenario = ready_to_run(written);
    Trace trace = begin_trace(scenario, plan);
    RunPlan again = plan;
    BoardSampler board(scenario, trace);
    std::vector<Hours> fired;
    const RunResult result = run_prepared(scenario, plan, [&](const World& world) {
        again.organization = world.organization;
        trace.changes.insert(trace.changes.end(), world.changes.begin(), world.changes.end());
        board.see(world);
        fired = world.fired;
        trace.quorum = world.board.quorum;
        trace.board_conceded = world.board.conceded;
        trace.settled = world.board.settled;
        trace.conceded_to = world.board.conceded_to;
    });
    board.finish();
    trace.organization = again.organization;
    trace.fingerprint = result.fingerprint;
    trace.outcome = result.outcome;
    trace.conceded = result.director_conceded;
    tell_events(trace, scenario, fired);

    // Only now is it known where people act; a second run, the same to the bit, looks there.
    PressureSampler pressure(scenario, trace, trace.organization->size());
    run_prepared(scenario, again, [&](const World& world) { pressure.see(world); });
    pressure.tell(trace);
    return trace;
}

} // namespace walkout
