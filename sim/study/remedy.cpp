#include "sim/study/remedy.hpp"

#include "sim/core/branch.hpp"
#include "sim/core/twin.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace walkout {

namespace {

constexpr double stride = remedy_resolution / 2;
constexpr int first_scanned = 4; ///< strides
constexpr int scan_factor = 4;

Portrait portrait_of(const World& world, AgentId i)
{
    const Organization& org = *world.organization;
    const Person& person = world.people[i];
    return {.department = org.department_of(i).name,
            .team = org.team[i],
            .level = org.level[i],
            .tenure = static_cast<double>(org.tenure[i]),
            .manager = org.manager_of(i),
            .visa = world.has(i, Flag::visa),
            .risk = static_cast<double>(person.risk),
            .own_fallback = static_cast<double>(person.own_fallback),
            .trust = static_cast<double>(person.trust),
            .anchor = static_cast<double>(person.anchor)};
}

void require_person(const World& world, AgentId person)
{
    if (person >= world.size())
        throw std::out_of_range("there is no person " + std::to_string(person) +
                                ": ids go from 0 to " +
                                std::to_string(static_cast<std::int64_t>(world.size()) - 1));
}

bool decided(const Change& change)
{
    return change.cause == Cause::review || change.cause == Cause::first_signer;
}

/// Whether a changed run turns the answer, and how it goes then.
Remedy judged(Remedy remedy, const Question& question, const Account& before, const Account& after)
{
    const Change* act = find_act(after.acts, question.rung, question.side);
    remedy.works = (act != nullptr) != question.did;
    remedy.changes_run = after.fingerprint != before.fingerprint;
    if (act != nullptr)
        remedy.instead = *act;
    return remedy;
}

/// Tries changes of the anchor, in strides toward one end of the scale.
class AnchorSearch {
public:
    AnchorSearch(const Scenario& scenario, const Question& question, const Account& account)
        : scenario_(scenario), question_(question), account_(account),
          direction_(sign_of(question.side) * (question.did ? -1 : 1)),
          farthest_(
              static_cast<int>(std::max(0.0, 1 - direction_ * account.portrait.anchor) / stride))
    {
    }

    Remedy find()
    {
        const int least = smallest();
        Remedy remedy = try_out(least > 0 ? least : farthest_);
        std::sort(trials_.begin(), trials_.end(), [](const Trial& a, const Trial& b) {
            return std::abs(a.size) < std::abs(b.size);
        });
        remedy.monotone =
            std::is_sorted(trials_.begin(), trials_.end(),
                           [](const Trial& a, const Trial& b) { return a.works < b.works; });
        remedy.trials = std::move(trials_);
        return remedy;
    }

private:
    Remedy try_out(int strides) const
    {
        const double size = direction_ * strides * stride;
        const Account after =
            account_of(scenario_, question_, {{.person = question_.person, .allegiance = size}});
        return judged({.kind = RemedyKind::allegiance, .size = size}, question_, account_, after);
    }

    bool works(int strides)
    {
        const Remedy tried = try_out(strides);
        trials_.push_back({tried.size, tried.works});
        return tried.works;
    }

    std::vector<int> scanned_sizes() const
    {
        std::vector<int> sizes;
        for (int strides = first_scanned; strides < farthest_; strides *= scan_factor)
            sizes.push_back(strides);
        sizes.push_back(farthest_);
        return sizes;
    }

    /// Smallest number of strides found to work; 0 if none does.
    int smallest()
    {
        int fails = 0, least = 0;
        for (const int strides : scanned_sizes()) {
            const bool turned = works(strides); // tried beyond the first, too: it shows monotony
            if (turned && least == 0)
                least = strides;
            if (least == 0)
                fails = strides;
        }
        while (least - fails > 1) {
            const int middle = fails + (least - fails) / 2;
            (works(middle) ? least : fails) = middle;
        }
        return least;
    }

    const Scenario& scenario_;
    const Question& question_;
    const Account& account_;
    int direction_;
    int farthest_; ///< strides to the end of the scale
    std::vector<Trial> trials_;
};

Scenario without_event(const Scenario& scenario, const std::string& name)
{
    return changed_throughout(scenario, [&name](Scenario& s) {
        for (Event& event : s.events)
            event.enabled = event.enabled && event.name != name;
    });
}

} // namespace

Account account_of(const Scenario& scenario, const Question& question,
                   const std::vector<Adjustment>& adjustments)
{
    Account account;
    const RunPlan plan{
        .seed = question.seed, .replicate = question.replicate, .adjustments = adjustments};
    const RunResult result = run(scenario, plan, [&](const World& world) {
        if (world.tick == 0) {
            require_person(world, question.person);
            account.portrait = portrait_of(world, question.person);
        }
        for (const Change& change : world.changes)
            if (change.person == question.person)
                account.acts.push_back(change);
        account.fired = world.fired;
        for (const Pole pole : {Pole::minus, Pole::plus})
            account.petition_opened[index_of(pole)] =
                world.campaign(petition_of(pole)).opened < never;
    });
    account.fingerprint = result.fingerprint;
    return account;
}

const Change* find_act(const std::vector<Change>& acts, Rung rung, Pole side)
{
    const auto found = std::find_if(acts.begin(), acts.end(), [&](const Change& change) {
        return decided(change) && change.side == side &&
               static_cast<int>(change.to) >= static_cast<int>(rung);
    });
    return found == acts.end() ? nullptr : &*found;
}

Remedy allegiance_remedy(const Scenario& scenario, const Question& question, const Account& account)
{
    return AnchorSearch(scenario, question, account).find();
}

std::vector<Remedy> event_remedies(const Scenario& scenario, const Question& question,
                                   const Account& account)
{
    std::vector<Remedy> remedies;
    for (std::size_t e = 0; e < scenario.events.size(); ++e) {
        if (account.fired[e] == never)
            continue;
        const std::string& name = scenario.events[e].name;
        remedies.push_back(judged({.kind = RemedyKind::event_off, .what = name}, question, account,
                                  account_of(without_event(scenario, name), question)));
    }
    return remedies;
}

Remedy peers_remedy(const Scenario& scenario, const Question& question, const Account& account)
{
    return judged({.kind = RemedyKind::no_peers}, question, account,
                  account_of(changed_throughout(scenario, heed_nobody), question));
}

} // namespace walkout
