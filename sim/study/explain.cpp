#include "sim/study/explain.hpp"

#include "sim/core/branch.hpp"
#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace walkout {

namespace {

constexpr Hours close_up = 1; ///< hours before and after the act that are kept tick by tick
constexpr double same_moment = 1e-9;

bool background(const Change& change)
{
    return change.cause == Cause::background;
}

/// The first act at least as costly as `rung`, for either side.
const Change* find_decided(const std::vector<Change>& acts, Rung rung)
{
    const Change* plus = find_act(acts, rung, Pole::plus);
    const Change* minus = find_act(acts, rung, Pole::minus);
    return plus == nullptr || (minus != nullptr && minus->time < plus->time) ? minus : plus;
}

/// The act to explain; null when the person did not do what was asked about.
const Change* find_asked(const std::vector<Change>& acts, std::optional<Rung> asked)
{
    const auto rungs =
        asked ? std::vector<Rung>{*asked} : std::vector<Rung>{Rung::leave, Rung::sign, Rung::post};
    for (const Rung rung : rungs)
        if (const Change* act = find_decided(acts, rung))
            return act;
    const auto left = std::find_if(acts.begin(), acts.end(), background);
    return left != acts.end() && asked.value_or(Rung::leave) == Rung::leave ? &*left : nullptr;
}

/// News of what the act needs has arrived.
bool informed(const World& world, AgentId person, Rung rung, Pole side)
{
    const bool of_petition = world.has_heard(person, petition_of(side));
    return rung == Rung::post || of_petition ||
           (rung == Rung::leave && world.has_heard(person, Call::package));
}

/// Follows one person and everybody who influences him or her through a run.
class Witness {
public:
    Witness(const Scenario& scenario, const Question& question)
        : scenario_(ready_to_run(scenario)), question_(question)
    {
    }

    void see(const World& world)
    {
        if (world.tick == 0)
            meet_influencers(*world.organization);
        for (const Change& change : world.changes)
            if (change.person == question_.person || weight_[change.person] > 0)
                changes_.push_back(change);
        moments_.push_back(moment(world));
    }

    /// The moment at which an act not done came closest.
    Hours closest() const
    {
        const auto near = [&](const Moment& m) {
            return std::pair(m.open, sign_of(question_.side) * m.why.total() - m.cost.total());
        };
        return std::max_element(moments_.begin(), moments_.end(),
                                [&](const Moment& a, const Moment& b) { return near(a) < near(b); })
            ->time;
    }

    void tell(Explanation& told) const
    {
        for (const Moment& m : moments_)
            if (std::abs(m.time - told.at) <= close_up + same_moment || told.pressure.empty() ||
                full_hour(m) > full_hour(told.pressure.back()))
                told.pressure.push_back(m);
        told.contacts = contacts_before(told);
        for (const std::uint32_t weight : weight_) {
            told.influencers += weight > 0;
            told.influence += weight * Ties::unit;
        }
    }

private:
    static double full_hour(const Moment& m) { return std::floor(m.time + same_moment); }

    void meet_influencers(const Organization& org)
    {
        weight_.assign(org.size(), 0);
        for (AgentId i = 0; i < org.size(); ++i) {
            const auto contacts = org.ties.influenced_by(i);
            const auto found = std::find(contacts.begin(), contacts.end(), question_.person);
            if (found != contacts.end())
                weight_[i] = static_cast<std::uint32_t>(
                    org.ties.weights_of(i)[static_cast<std::size_t>(found - contacts.begin())]);
        }
    }

    Moment moment(const World& world) const
    {
        const AgentId i = question_.person;
        const Scenario& present = in_force(scenario_, world);
        const Chance chance = luck_in_force(scenario_, world, question_.seed, question_.replicate);
        const Inclination why = inclination(world, present, i, question_.rung);
        const Pole side = question_.side == Pole::none ? why.side() : question_.side;
        return {.time = world.now,
                .why = why,
                .cost = cost(world, present, i, question_.rung, side),
                .trust = static_cast<double>(world.people[i].trust),
                .fallback = static_cast<double>(world.people[i].fallback),
                .informed = informed(world, i, question_.rung, side),
                .open = may_act(world, i, question_.rung, side),
                .awake = awake(world, present.people, chance, i, world.now),
                .stance = world.people[i].stance};
    }

    /// Several can act at one moment (first signers do); so the order of changes decides, not time.
    std::vector<Contact> contacts_before(const Explanation& told) const
    {
        std::vector<Contact> acted;
        for (const Change& change : changes_) {
            const bool own = change.person == question_.person;
            if (change.time > told.at || (own && told.act && change.time == told.at))
                break;
            if (own)
                continue;
            std::erase_if(acted, [&](const Contact& c) { return c.person == change.person; });
            acted.push_back({.person = change.person,
                             .weight = weight_[change.person] * Ties::unit,
                             .stance = change.to,
                             .side = change.side,
                             .acted = change.time});
        }
        std::sort(acted.begin(), acted.end(), [](const Contact& a, const Contact& b) {
            return std::tuple(-a.weight, a.person) < std::tuple(-b.weight, b.person);
        });
        return acted;
    }

    Scenario scenario_;
    Question question_;
    std::vector<std::uint32_t> weight_; ///< of each person's influence, in Ties::unit; 0 for none
    std::vector<Change> changes_;       ///< of the person and the influencers
    std::vector<Moment> moments_;       ///< one per tick
};

/// For an act not done: the side to which the smaller change leads. `question.side` is set to it.
Remedy nearest_side(const Scenario& scenario, Question& question, const Account& account)
{
    std::array<Remedy, 2> remedies;
    for (const Pole side : {Pole::minus, Pole::plus}) {
        question.side = side;
        remedies[index_of(side)] = allegiance_remedy(scenario, question, account);
    }
    const auto& [minus, plus] = remedies;
    const bool only_minus_open = account.petition_opened[0] && !account.petition_opened[1];
    const bool to_minus = minus.works && plus.works   ? std::abs(minus.size) < std::abs(plus.size)
                          : minus.works || plus.works ? minus.works
                                                      : only_minus_open;
    question.side = to_minus ? Pole::minus : Pole::plus;
    return remedies[index_of(question.side)];
}

std::vector<Remedy> remedies_for(const Scenario& scenario, Question& question,
                                 const Account& account)
{
    std::vector<Remedy> remedies = {question.did ? allegiance_remedy(scenario, question, account)
                                                 : nearest_side(scenario, question, account)};
    for (Remedy& remedy : event_remedies(scenario, question, account))
        remedies.push_back(std::move(remedy));
    remedies.push_back(peers_remedy(scenario, question, account));
    return remedies;
}

} // namespace

Explanation explain(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate,
                    AgentId person, std::optional<Rung> act)
{
    Explanation told{.question = {.seed = seed,
                                  .replicate = replicate,
                                  .person = person,
                                  .rung = act.value_or(Rung::sign)}};
    const Account account = account_of(scenario, told.question);
    told.portrait = account.portrait;
    told.acts = account.acts;

    const Change* found = find_asked(account.acts, act);
    told.question.did = found != nullptr;
    if (found != nullptr) {
        told.act = *found;
        told.question.rung = static_cast<Rung>(found->to);
        told.question.side = found->side;
    }
    if (found == nullptr || !background(*found))
        told.remedies = remedies_for(scenario, told.question, account);

    Witness witness(scenario, told.question);
    run(scenario, {.seed = seed, .replicate = replicate},
        [&](const World& world) { witness.see(world); });
    told.at = found != nullptr ? found->time : witness.closest();
    witness.tell(told);
    return told;
}

} // namespace walkout
