#include "sim/study/what_if.hpp"

#include "sim/core/trace.hpp"
#include "sim/study/comparison.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace walkout {

namespace {

constexpr std::uint32_t first_look = 40; ///< runs after which there is enough to see
constexpr std::array<std::uint32_t, 7> looks{4, 10, 20, 40, 80, 160, WhatIf::ensemble_size};
constexpr std::chrono::milliseconds patience{80}; ///< then fewer must do
constexpr std::uint32_t usual_people = 2500;      ///< above, idle time makes as many fewer runs
constexpr std::uint32_t screen_points = 16;
constexpr std::uint32_t least_scent = 4;
constexpr std::size_t levers_shown = 9;
constexpr std::size_t orders_in_idle_time = 8; ///< enough for the workers, few to wait for

/// A number of runs for an organization of the usual size, scaled down for a large one.
std::uint32_t scaled(std::uint32_t runs, std::uint32_t least, int people)
{
    const auto n = static_cast<std::uint32_t>(std::max(people, 1));
    return n <= usual_people ? runs : std::max(least, runs * usual_people / n);
}

/// Ends and middle of a stretch first, so that a coarse picture comes soon.
constexpr std::array<std::size_t, Scent::points> scent_order{0, 10, 5, 3, 8, 1, 7, 4, 9, 2, 6};

double scent_value(const Lever& lever, std::size_t point)
{
    const double share = static_cast<double>(point) / (Scent::points - 1);
    const double value = lever.low + share * (lever.high - lever.low);
    return lever.step == 1 ? std::round(value) : value;
}

/// Events that a branch's past has behind it, with their moments.
std::map<std::string, Hours> past_events(const Scenario& scenario)
{
    std::map<std::string, Hours> past;
    if (!scenario.branch)
        return past;
    const std::vector<Hours> happened = happened_before(*scenario.branch);
    for (std::size_t e = 0; e < happened.size(); ++e)
        if (happened[e] < never)
            past[scenario.branch->base->events[e].name] = happened[e];
    return past;
}

std::vector<std::string> names_of(const std::map<std::string, Hours>& events)
{
    std::vector<std::string> names;
    for (const auto& [name, time] : events)
        names.push_back(name);
    return names;
}

double share_returned(const EnsembleJob& job, std::uint32_t count)
{
    std::uint32_t returned = 0, finished = 0;
    for (std::uint32_t k = 0; k < count; ++k) {
        const RunResult& result = job.member(k).result;
        finished += result.error.empty();
        returned += result.error.empty() && result.outcome == Outcome::returned;
    }
    return finished > 0 ? static_cast<double>(returned) / finished : 0;
}

} // namespace

bool Scent::complete() const
{
    return std::ranges::none_of(share, [](double value) { return std::isnan(value); });
}

WhatIf::WhatIf(std::shared_ptr<const io::ScenarioVariants> variants, std::uint64_t seed,
               std::shared_ptr<const Organization> organization, unsigned threads)
    : variants_(std::move(variants)), happened_(past_events(variants_->file().scenario)),
      levers_(*variants_, names_of(happened_)), seed_(seed), organization_(std::move(organization)),
      screen_(levers_, levers_.candidates(), seed,
              scaled(screen_points, 1, variants_->file().scenario.organization.headcount)),
      workers_(threads)
{
    const Scenario& scenario = variants_->file().scenario;
    scent_runs_each_ = scaled(first_look, least_scent, scenario.organization.headcount);
    list_events();
    baseline_.job = std::make_shared<EnsembleJob>(start({}, 0, ensemble_size, Urgency::now));
    now_ = baseline_;
}

/// Events that do something; the others only tell.
void WhatIf::list_events()
{
    for (const Event& event : variants_->file().scenario.events) {
        const std::string headline = headline_of(event);
        const auto past = happened_.find(event.name);
        if (past != happened_.end() && !event.effects.empty())
            events_.push_back({.name = event.name, .headline = headline, .happened = past->second});
        const auto enabled = levers_.find("events." + event.name + ".enabled");
        if (event.effects.empty() || !enabled)
            continue;
        const bool added =
            branch() && std::ranges::find(branch()->base->events, event.name, &Event::name) ==
                            branch()->base->events.end();
        events_.push_back(
            {.name = event.name,
             .headline = headline,
             .added = added,
             .enabled = *enabled,
             .at = event.when ? std::nullopt : levers_.find("events." + event.name + ".at")});
    }
}

Hours WhatIf::time_of(const EventSwitch& event) const
{
    if (event.happened < never)
        return event.happened;
    const Hours time = event.at ? value(*event.at) : never;
    return branch() ? std::max(branch()->at, time) : time;
}

// ---------------------------------------------------------------- levers

void WhatIf::use(std::size_t row)
{
    const auto place = std::ranges::lower_bound(in_use_, row);
    if (place == in_use_.end() || *place != row)
        in_use_.insert(place, row);
}

void WhatIf::put_away(std::size_t row)
{
    std::erase(in_use_, row);
    reset(row);
}

double WhatIf::screened() const
{
    return screen_.runs() == 0
               ? 1
               : static_cast<double>(screen_done_) / static_cast<double>(screen_.runs());
}

double WhatIf::value(std::size_t row) const
{
    const auto found = values_.find(row);
    return found == values_.end() ? levers_[row].baseline : found->second;
}

void WhatIf::set(std::size_t row, double value)
{
    const Lever& lever = levers_[row];
    value = std::clamp(value, lever.low, lever.high);
    if (value == this->value(row))
        return;
    if (value == lever.baseline)
        values_.erase(row);
    else
        values_[row] = value;
    values_changed();
}

void WhatIf::reset(std::size_t row)
{
    if (values_.erase(row) > 0)
        values_changed();
}

void WhatIf::reset()
{
    if (values_.empty())
        return;
    values_.clear();
    values_changed();
}

void WhatIf::commit()
{
    if (values_ == steps_[step_])
        return;
    steps_.resize(step_ + 1);
    steps_.push_back(values_);
    ++step_;
}

void WhatIf::undo()
{
    commit();
    if (!can_undo())
        return;
    values_ = steps_[--step_];
    values_changed();
}

void WhatIf::redo()
{
    if (!can_redo() || values_ != steps_[step_])
        return;
    values_ = steps_[++step_];
    values_changed();
}

void WhatIf::values_changed()
{
    dirty_ = true;
    scent_runs_.clear();
}

// ---------------------------------------------------------------- ensembles

EnsembleJob WhatIf::start(const Values& values, std::uint32_t first, std::uint32_t runs,
                          Urgency urgency)
{
    return workers_.start(
        {.scenario = [variants = variants_, assignments = levers_.assignments(
                                                values)] { return variants->with(assignments); },
         .seed = seed_,
         .first = first,
         .runs = runs,
         .organization = levers_.move_organization(values) ? nullptr : organization_},
        urgency);
}

/// Runs of values that are no longer wanted are given up, but not before there was something to
/// see of them: else a handle that moves without a rest would move a picture that stands still.
void WhatIf::start_next()
{
    if (now_.job != baseline_.job)
        now_.job->cancel();
    next_ = {};
    dirty_ = false;
    ordered_ = Clock::now();
    if (values_.empty())
        now_ = baseline_;
    else
        next_.job = std::make_shared<EnsembleJob>(start(values_, 0, ensemble_size, Urgency::now));
}

/// Show more of an ensemble when there is markedly more: fixed numbers of runs, so that a picture
/// depends on the values and this number alone. Forty at first, fewer if these take long.
bool WhatIf::advance(Futures& futures, Clock::time_point ordered) const
{
    const std::uint32_t made = futures.job->made();
    const bool late = Clock::now() - ordered > patience;
    std::uint32_t look = futures.count;
    for (const std::uint32_t next : looks)
        if (next <= made && (late || next >= first_look))
            look = std::max(look, next);
    return std::exchange(futures.count, look) != look;
}

bool WhatIf::poll()
{
    bool changed = advance(baseline_, begun_);
    if (now_.job == baseline_.job)
        now_ = baseline_;
    else
        changed = advance(now_, ordered_) || changed;
    if (next_.job && advance(next_, ordered_)) {
        now_ = std::exchange(next_, {});
        changed = true;
    }
    if (dirty_ && !next_.job) {
        start_next();
        changed = true;
    }
    if (!held_ && !behind() && baseline_.count == ensemble_size && now_.count == ensemble_size)
        changed = work_in_idle_time() || changed;
    return changed;
}

bool WhatIf::busy() const
{
    return behind() || baseline_.count < ensemble_size || now_.count < ensemble_size ||
           screened() < 1 || !scent_runs_.empty() || missing_scent();
}

std::vector<Comparison> WhatIf::differences() const
{
    const std::uint32_t both = std::min(baseline_.count, now_.count);
    if (both == 0)
        return {};
    const Hours own = baseline_scenario().horizon;
    const auto horizon = levers_.find("horizon");
    return compare(now_.job->results(both), baseline_.job->results(both),
                   std::min(own, horizon ? value(*horizon) : own));
}

// ---------------------------------------------------------------- in idle time

bool WhatIf::work_in_idle_time()
{
    return screened() < 1 ? screen() : make_scents();
}

/// Few runs tell which levers matter.
bool WhatIf::screen()
{
    const std::size_t before = screen_done_;
    std::erase_if(screen_runs_, [&](ScreenRun& run) {
        if (!run.job.finished())
            return false;
        screen_.tell(run.run, run.job.member(0).result);
        ++screen_done_;
        return true;
    });
    while (screen_begun_ < screen_.runs() && screen_runs_.size() < orders_in_idle_time) {
        const std::size_t run = screen_begun_++;
        screen_runs_.push_back(
            {run, start(screen_.values(run), screen_.replicate(run), 1, Urgency::idle)});
    }
    if (screen_done_ == screen_.runs())
        for (const std::size_t row : screen_.largest(levers_shown))
            use(row);
    return screen_done_ != before;
}

WhatIf::ScentKey WhatIf::key_of(std::size_t row) const
{
    ScentKey key{row, values_};
    key.second.erase(row);
    return key;
}

std::optional<std::pair<WhatIf::ScentKey, std::size_t>> WhatIf::missing_scent() const
{
    for (const std::size_t row : in_use_) {
        ScentKey key = key_of(row);
        const auto known = scents_.find(key);
        for (const std::size_t point : scent_order) {
            const bool made = known != scents_.end() && !std::isnan(known->second.share[point]);
            const bool begun = std::ranges::any_of(scent_runs_, [&](const ScentRun& run) {
                return run.point == point && run.key == key;
            });
            if (!made && !begun)
                return std::pair{std::move(key), point};
        }
    }
    return std::nullopt;
}

bool WhatIf::make_scents()
{
    bool changed = false;
    std::erase_if(scent_runs_, [&](ScentRun& run) {
        if (!run.job.finished())
            return false;
        Scent& scent = scents_[run.key];
        scent.share[run.point] = share_returned(run.job, run.job.runs());
        if (scent.complete())
            scent_shown_[run.key.first] = run.key;
        return changed = true;
    });
    while (scent_runs_.size() < orders_in_idle_time) {
        auto missing = missing_scent();
        if (!missing)
            break;
        auto& [key, point] = *missing;
        Values values = key.second;
        values[key.first] = scent_value(levers_[key.first], point);
        scent_runs_.push_back(
            {std::move(key), point, start(values, 0, scent_runs_each_, Urgency::idle)});
    }
    return changed;
}

const Scent& WhatIf::scent(std::size_t row) const
{
    static const Scent unknown;
    const auto current = scents_.find(key_of(row));
    if (current != scents_.end() && current->second.complete())
        return current->second;
    if (const auto shown = scent_shown_.find(row); shown != scent_shown_.end())
        return scents_.at(shown->second);
    return current != scents_.end() ? current->second : unknown;
}

bool WhatIf::scent_is_current(std::size_t row) const
{
    const auto current = scents_.find(key_of(row));
    return current != scents_.end() && &scent(row) == &current->second;
}

// ---------------------------------------------------------------- to keep

Scenario WhatIf::scenario() const
{
    return variants_->whole_with(levers_.assignments(values_));
}

Scenario WhatIf::baseline_scenario() const
{
    return variants_->file().scenario;
}

std::vector<io::PathValue> WhatIf::changes() const
{
    std::vector<io::PathValue> all;
    for (const io::Assignment& assignment : levers_.assignments(values_)) {
        const io::Setting& setting = variants_->settings()[assignment.setting];
        all.emplace_back(setting.path, io::text_of(setting, assignment.value));
    }
    return all;
}

} // namespace walkout
