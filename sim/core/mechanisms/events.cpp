#include "sim/core/mechanisms.hpp"

#include <algorithm>
#include <cassert>

namespace walkout {

namespace {

/// What an effect needs to know besides its own parameters.
struct Scene {
    World& world;
    const Scenario& scenario;
    const Chance& chance;
    std::uint32_t key; ///< of the event, for draws of `reach`
};

template <class Do> void for_each_reached(const Scene& scene, const Audience& among, Do action)
{
    for (AgentId i = 0; i < scene.world.size(); ++i)
        if (reached(scene.world, scene.chance, among, scene.key, i))
            action(i);
}

void raise_fallback(World& world, const Chance& chance, const OpenOffer& open)
{
    const Chance& luck = world.luck_at(open.made, chance);
    for (AgentId i = 0; i < world.size(); ++i) {
        const bool valid = open.offer.visa_ok || !world.has(i, Flag::visa);
        if (valid && reached(world, luck, open.offer.among, open.key, i))
            world.people[i].fallback =
                std::max(world.people[i].fallback, static_cast<float>(open.offer.quality));
    }
}

void make_offer(const Scene& scene, const Offer& offer, Hours until = never,
                bool of_package = false)
{
    World& world = scene.world;
    world.offers.push_back({offer, scene.key, world.now, until, of_package});
    raise_fallback(world, scene.chance, world.offers.back());
    if (offer.third_party)
        world.public_offer = std::max(world.public_offer, offer.among.reach * offer.quality);
}

void apply(const Dismiss& effect, const Scene& scene)
{
    scene.world.in_office[index_of(effect.pole)] = false;
    if (effect.pole == Pole::plus)
        scene.world.notes.dismissed = std::min(scene.world.notes.dismissed, scene.world.now);
}

void apply(const Reinstate& effect, const Scene& scene)
{
    scene.world.in_office[index_of(effect.pole)] = true;
}

/// Breach of the psychological contract: T <- T (1 - delta (1 - J)), delta severity, J adequacy of
/// the reason given (Zhao et al. 2007; Shaw et al. 2003).
void apply(const Breach& effect, const Scene& scene)
{
    const auto kept = static_cast<float>(1 - effect.severity * (1 - effect.reason));
    for_each_reached(scene, effect.among, [&](AgentId i) { scene.world.people[i].trust *= kept; });
}

/// T <- T + g (1 - T).
void apply(const Reassure& effect, const Scene& scene)
{
    for_each_reached(scene, effect.among, [&](AgentId i) {
        float& trust = scene.world.people[i].trust;
        trust += static_cast<float>(effect.gain) * (1 - trust);
    });
}

void apply(const Persuade& effect, const Scene& scene)
{
    for_each_reached(scene, effect.among, [&](AgentId i) {
        persuade(scene.world, scene.scenario.mechanisms, i, sign_of(effect.direction),
                 effect.strength);
    });
}

/// Evidence against the leader of pole plus.
void apply(const Evidence& effect, const Scene& scene)
{
    apply(Persuade{.direction = Pole::minus, .strength = effect.strength, .among = effect.among},
          scene);
}

void apply(const Offer& effect, const Scene& scene)
{
    make_offer(scene, effect);
}

/// A campaign opens, or opens anew: nobody has heard of it yet.
Campaign& open_campaign(World& world, Call call, Pole pole, double visibility)
{
    Campaign& campaign = world.campaign(call);
    campaign.open = true;
    campaign.opened = std::min(campaign.opened, world.now);
    campaign.broadcast_heard = 0;
    campaign.tellings.clear();
    const auto number = static_cast<std::uint32_t>(call);
    world.agenda.remove_if([&](const Occurrence& due) {
        return due.kind == Due::nudge && due.who % 4 == number; // news of an earlier opening
    });
    ++campaign.openings;
    campaign.pole = pole;
    world.crowd_visibility = visibility;
    for (AgentId i = 0; i < world.size(); ++i) {
        world.set_heard(i, call, false);
        world.set(i, told(call), false);
    }
    return campaign;
}

void apply(const Package& effect, const Scene& scene)
{
    World& world = scene.world;
    Campaign& package = open_campaign(world, Call::package, effect.pole, effect.visibility);
    package.until = world.now + effect.open_for;
    for (AgentId i = 0; i < world.size(); ++i)
        world.set(i, Flag::offered_package, false); // an earlier package's audience
    for_each_reached(scene, effect.among, [&](AgentId i) { world.set(i, Flag::offered_package); });
    const Offer pay{.quality = effect.quality,
                    .visa_ok = effect.visa_ok,
                    .third_party = false,
                    .among = effect.among};
    make_offer(scene, pay, package.until, true);
    world.agenda.add({package.until, 0, Due::package_end});
    broadcast(world, scene.chance, Call::package, effect.broadcast_rate);
}

/// The heads of departments most inclined to the side, who sign as the petition opens.
std::vector<AgentId> first_signers(const Scene& scene, const Petition& petition)
{
    std::vector<std::pair<double, AgentId>> heads; // the key is computed once: a strict order
    for (const Department& department : scene.world.organization->departments) {
        const double y =
            sign_of(petition.pole) *
            inclination(scene.world, scene.scenario, department.head, Rung::sign).total();
        if (y > 0 && scene.world.people[department.head].stance < Stance::signed_letter)
            heads.emplace_back(-y, department.head);
    }
    std::sort(heads.begin(), heads.end());
    heads.resize(
        std::min(heads.size(), static_cast<std::size_t>(std::max(0, petition.first_signers))));
    std::vector<AgentId> people;
    for (const auto& [order, head] : heads)
        people.push_back(head);
    return people;
}

void sign_first(const Scene& scene, AgentId person, Pole side)
{
    World& world = scene.world;
    world.set_heard(person, petition_of(side), true);
    act(world, scene.scenario, scene.chance,
        {.time = world.now,
         .person = person,
         .from = world.people[person].stance,
         .to = Stance::signed_letter,
         .side = side,
         .cause = Cause::first_signer,
         .why = inclination(world, scene.scenario, person, Rung::sign),
         .cost = cost(world, scene.scenario, person, Rung::sign, side)});
}

void apply(const Petition& effect, const Scene& scene)
{
    World& world = scene.world;
    Campaign& petition =
        open_campaign(world, petition_of(effect.pole), effect.pole, effect.visibility);
    petition.risk_factor = effect.risk_factor;
    if (effect.pole == Pole::plus)
        note_opening(world, scene.scenario);
    for (const AgentId head : first_signers(scene, effect))
        sign_first(scene, head, effect.pole);
    broadcast(world, scene.chance, petition_of(effect.pole), effect.broadcast_rate);
}

void apply(const Broadcast& effect, const Scene& scene)
{
    broadcast(scene.world, scene.chance, petition_of(effect.pole), effect.rate);
}

void apply(const Close& effect, const Scene& scene)
{
    World& world = scene.world;
    world.campaign(petition_of(effect.pole)).open = false;
    broadcast(world, scene.chance, petition_of(effect.pole), 0);
    Campaign& package = world.campaign(Call::package);
    if (package.open && package.pole == effect.pole) {
        package.until = world.now;
        std::erase_if(world.offers, [](const OpenOffer& open) { return open.of_package; });
        end_package(world, scene.chance);
    }
    for (AgentId i = 0; i < world.size(); ++i)
        reconsider(world, scene.scenario, scene.chance, i); // its signers are free to leave
}

void apply(const Deadline& effect, const Scene& scene)
{
    const Hours at = scene.world.now + effect.in;
    scene.world.ultimatums[index_of(effect.pole)] = {.at = at, .hard = effect.hard};
    scene.world.agenda.add({at, static_cast<std::uint32_t>(index_of(effect.pole)), Due::deadline});
}

void apply(const Vigil& effect, const Scene& scene)
{
    keep_vigil(scene.world, scene.scenario, scene.chance, effect.share);
}

void apply(const Invest& effect, const Scene& scene)
{
    scene.world.investors = effect.stance;
}

void apply(const Convene&, const Scene& scene)
{
    BoardState& board = scene.world.board;
    if (board.in_session)
        return;
    board.in_session = true;
    for (std::uint32_t d = 0; d < board.directors.size(); ++d)
        plan_director_review(scene.world, scene.scenario.board, scene.chance, d);
}

void apply(const Concede& effect, const Scene& scene)
{
    const auto& directors = scene.scenario.board.directors;
    const auto found =
        std::find_if(directors.begin(), directors.end(),
                     [&](const DirectorParams& d) { return d.name == effect.director; });
    assert(found != directors.end()); // the reader has checked the name
    if (found != directors.end())
        give_way(scene.world, scene.scenario, scene.chance,
                 static_cast<std::uint32_t>(found - directors.begin()), effect.pole);
}

/// A new authority starts from the same credit with everybody.
void apply(const Appoint& effect, const Scene& scene)
{
    if (!effect.trust)
        return;
    for (Person& person : scene.world.people)
        person.trust = static_cast<float>(*effect.trust);
}

/// Firing of organizers and the like: every act costs (1 + f) times as much from now on.
void apply(const Retaliate& effect, const Scene& scene)
{
    scene.world.fear *= 1 + effect.factor;
}

template <class... Kinds> bool is_any_of(const Effect& effect)
{
    return (std::holds_alternative<Kinds>(effect) || ...);
}

/// Whether an effect moves inclinations or costs, at once and not through what people do then.
bool stirs(const Effect& effect)
{
    return !is_any_of<Broadcast, Close, Deadline, Vigil, Invest, Convene, Concede>(effect);
}

} // namespace

bool reached(const World& world, const Chance& chance, const Audience& among, std::uint32_t key,
             AgentId person)
{
    const Organization& org = *world.organization;
    const int level = org.level[person];
    const double tenure = static_cast<double>(org.tenure[person]);
    if (level < among.level_min || level > among.level_max || tenure < among.tenure_min ||
        tenure > among.tenure_max)
        return false;
    if (among.visa && *among.visa != world.has(person, Flag::visa))
        return false;
    if (!among.department.empty() && among.department != org.department_of(person).name)
        return false;
    return among.reach >= 1 || chance.uniform(Decision::reach, person, key) < among.reach;
}

void apply_event(World& world, const Scenario& scenario, const Chance& chance, std::size_t number)
{
    const Event& event = scenario.events[number];
    world.fired[number] = world.now;
    endure(world, scenario.board, world.now);
    keep_growth(world, scenario.mechanisms.drift);
    const Scene scene{world, scenario, chance, key_of(event.name)};
    for (const Effect& effect : event.effects)
        std::visit([&](const auto& kind) { apply(kind, scene); }, effect);
    if (std::any_of(event.effects.begin(), event.effects.end(), stirs))
        rouse(world, scenario, chance);
}

void expire(World& world, const Scenario& scenario, const Chance& chance, Pole side)
{
    Ultimatum& ultimatum = world.ultimatums[index_of(side)];
    if (world.now < ultimatum.at || world.settled())
        return; // moved or met in the meantime
    ultimatum.expired = ultimatum.hard;
    if (ultimatum.hard && side == Pole::plus)
        note_test_of_threat(world, scenario);
    for (AgentId i = 0; i < world.size(); ++i)
        reconsider(world, scenario, chance, i);
}

void weigh_offers(World& world, const Chance& chance)
{
    for (Person& person : world.people)
        person.fallback = person.own_fallback;
    for (const OpenOffer& open : world.offers)
        raise_fallback(world, chance, open);
}

void end_package(World& world, const Chance& chance)
{
    std::erase_if(world.offers, [&](const OpenOffer& open) { return open.until <= world.now; });
    weigh_offers(world, chance);
    Campaign& package = world.campaign(Call::package);
    if (world.now < package.until)
        return; // a later window is still open
    package.open = false;
    broadcast(world, chance, Call::package, 0);
}

} // namespace walkout
