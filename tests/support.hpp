#pragma once

/// What tests share: small scenarios, a run in the hands of a test, exact comparison of histories,
/// and distances between samples and laws.

#include "sim/core/mechanisms.hpp"
#include "sim/core/run.hpp"
#include "sim/core/step.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <rapidcheck.h>
#include <sstream>
#include <string>
#include <vector>

namespace walkout {

// ---------------------------------------------------------------- scenarios

/// People who are all alike and stand alone: neutral, average risk, no fallback, never asleep,
/// never leaving unless the test says so. No ties, no board, no events. They post at no price they
/// could pay; signing costs 1, leaving 2.
Scenario small_world(int headcount);

/// Everybody influences everybody else.
void connect_all(Scenario& scenario, double weight = 1);

/// Give everybody the same allegiance.
void set_allegiance(Scenario& scenario, double allegiance);

/// Make each of the first `count` people the head of a department of their own; the others stay in
/// one more department, led by its first. First signers are heads.
void appoint_heads(Scenario& scenario, int count);

/// The reference case: 770 people, a dismissal, a petition at hour 63.71, an ultimatum at 120.
Scenario crisis();

/// Everything at once in a drawn organization: two petitions, a package, an ultimatum, offers,
/// persuasion, retaliation, background departures, and a board that may give way.
Scenario turmoil(int headcount);

template <class... Effects> Event happening(Hours at, const Effects&... effects)
{
    std::ostringstream name;
    name << "event at " << at;
    Event event;
    event.name = name.str();
    event.at = at;
    event.effects = {effects...};
    return event;
}

/// Everybody, thinned to a share.
Audience reaching(double share);

/// A condition that needs no text.
Condition condition(std::function<bool(const Outlook&)> holds);

// ---------------------------------------------------------------- runs

/// A run in the hands of a test.
struct Play {
    Scenario scenario;
    Chance chance;
    World world;
    std::vector<Change> changes; ///< all so far

    explicit Play(const Scenario& written, std::uint64_t seed = 1, std::uint32_t replicate = 0);
    void step_once();
    void go_to(Hours time); ///< to the end of the tick that ends at or after `time`
    std::int32_t count(Stance stance) const;
    double allegiance_of(AgentId person) const;
    float trust_of(AgentId person) const { return world.people[person].trust; }
    float fallback_of(AgentId person) const { return world.people[person].fallback; }
};

/// A person's bedtime after noon of the scenario's clock and length of night, hours.
double bed_of(const World& world, AgentId person);
double sleep_of(const World& world, AgentId person);

/// All changes of a run.
std::vector<Change> history(const Scenario& scenario, std::uint64_t seed = 1,
                            std::uint32_t replicate = 0);

/// The changes of some people only.
std::vector<Change> history_of(const std::vector<Change>& changes,
                               const std::function<bool(AgentId)>& whose);

/// Where two histories part, in words; empty if they are equal to the bit.
std::string difference(const std::vector<Change>& a, const std::vector<Change>& b);

/// Mean peak share of names over replicates of one seed.
double mean_peak(const Scenario& scenario, std::uint32_t replicates, std::uint64_t seed = 1);

// ---------------------------------------------------------------- statistics

/// Largest distance between the share of a sample at or below t and a law, for t up to `until`.
/// Values of `never` count as later than `until`.
double distance(std::vector<double> sample, const std::function<double(double)>& law,
                double until = never);

/// What `distance` exceeds with a probability of 2 in 100,000 (Kolmogorov, large samples).
double distance_limit(std::size_t sample_size);

/// Five standard errors of a share.
double share_tolerance(double share, double sample_size);

/// A rapidcheck property with a fixed seed, so that the suite is reproducible.
template <class Property> bool holds_always(Property&& property, std::uint64_t seed = 1)
{
    rc::detail::TestParams params;
    params.seed = seed;
    const auto result = rc::detail::checkTestable(std::forward<Property>(property),
                                                  rc::detail::TestMetadata(), params);
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    UNSCOPED_INFO(text.str());
    return result.template is<rc::detail::SuccessResult>();
}

/// One attribute of all people, as a column.
template <class T> std::vector<T> column(const World& world, T Person::*attribute)
{
    std::vector<T> values;
    for (const Person& person : world.people)
        values.push_back(person.*attribute);
    return values;
}

} // namespace walkout
