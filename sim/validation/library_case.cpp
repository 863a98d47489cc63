#include "sim/validation/library_case.hpp"

#include "sim/core/numeric.hpp"
#include "sim/validation/scores.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

std::optional<RecordedShare> recorded_share(const Scenario& scenario)
{
    const auto& record = scenario.record;
    const auto last = std::find_if(record.rbegin(), record.rend(),
                                   [](const RecordPoint& point) { return point.fit; });
    if (last == record.rend())
        return std::nullopt;
    const double people = scenario.organization.headcount;
    const double width = logit_of_count(last->high, people) - logit_of_count(last->low, people);
    return RecordedShare{.time = last->time,
                         .count = last->count,
                         .low = last->low,
                         .high = last->high,
                         .counted = last->counted,
                         .logit = logit_of_count(last->count, people),
                         .sd = width / std::sqrt(12.0)};
}

/// What the events of a story say to a regression.
class EventFeatures {
public:
    explicit EventFeatures(const Scenario& scenario)
    {
        for (const Event& event : scenario.events)
            if (event.enabled)
                for (const Effect& effect : event.effects)
                    std::visit([this](const auto& e) { see(e); }, effect);
    }

    double breach() const { return 1 - trust_kept_; }
    double quality() const { return quality_; }
    double visibility() const { return visibility_; }
    double risk() const { return risk_; }
    bool petition() const { return petition_; }

private:
    void see(const Breach& e) { trust_kept_ *= 1 - e.among.reach * e.severity * (1 - e.reason); }
    void see(const Offer& e) { quality_ = std::max(quality_, e.quality); }
    void see(const Package& e)
    {
        quality_ = std::max(quality_, e.quality);
        visibility_ = std::max(visibility_, e.visibility);
    }
    void see(const Petition& e)
    {
        visibility_ = std::max(visibility_, e.visibility);
        if (e.pole != Pole::plus)
            return;
        risk_ = e.risk_factor;
        petition_ = true;
    }
    template <class Other> void see(const Other&) {}

    double trust_kept_ = 1;
    double quality_ = 0, visibility_ = 0;
    double risk_ = 1;
    bool petition_ = false;
};

} // namespace

LibraryCase library_case(std::shared_ptr<const io::ScenarioVariants> variants, int most_people)
{
    const Scenario& scenario = variants->file().scenario;
    const OrganizationParams& organization = scenario.organization;
    const PeopleParams& people = scenario.people;
    const EventFeatures events(scenario);
    LibraryCase made{.name = scenario.name,
                     .title = scenario.title.empty() ? scenario.name : scenario.title,
                     .start_utc = scenario.start_utc,
                     .headcount = organization.headcount,
                     .people = organization.headcount,
                     .recorded = recorded_share(scenario),
                     .outcome = scenario.outcome,
                     .petition = events.petition(),
                     .mass_exit_share = scenario.ensemble.mass_exit_share,
                     .inputs = coded_inputs(*variants),
                     .features = {people.allegiance_mean, people.trust_mean, people.fallback_mean,
                                  events.breach(), events.quality(), events.visibility(),
                                  events.risk(), log_same_bits(organization.group())}};
    const bool drawn =
        organization.departments.empty() && organization.staff.empty() && !organization.ties;
    if (drawn && organization.headcount > most_people) {
        made.people = most_people;
        made.headcount_setting = variants->find("organization.headcount");
        if (organization.group_size == 0)
            made.group_size_setting = variants->find("organization.group_size");
    }
    made.variants = std::move(variants);
    return made;
}

} // namespace walkout
