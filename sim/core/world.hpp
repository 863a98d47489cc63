#pragma once

#include "sim/core/agenda.hpp"
#include "sim/core/organization.hpp"

#include <array>
#include <limits>
#include <memory>
#include <vector>

namespace walkout {

/// The only thing about a person that others see. It climbs, except that people
/// return at a settlement, and may leave later as anybody may.
enum class Stance : std::uint8_t { working, posted, signed_letter, resigned, returned };

inline constexpr std::size_t stance_count = 5;

/// Acts by rising cost; an act takes the person to the stance of the same number.
enum class Rung : std::uint8_t { post = 1, sign = 2, leave = 3 };

/// What can reach a person: the petition of either side, or an exit package.
enum class Call : std::uint8_t { petition_minus, petition_plus, package };

inline constexpr std::size_t call_count = 3;

constexpr Call petition_of(Pole pole)
{
    return pole == Pole::plus ? Call::petition_plus : Call::petition_minus;
}

/// Why a person inclines to a side, term by term, in allegiance units. The engine compares the
/// total; the explanation shows the terms. One function makes both.
struct Inclination {
    double allegiance = 0; ///< to the leader (+) or the authority (-), after loss of office
    double distrust = 0;   ///< distrust_weight * (1 - 2 trust)
    double contacts = 0;   ///< push of what contacts did
    double crowd = 0;      ///< push of the public count

    double total() const { return allegiance + distrust + contacts + crowd; }
    double without_peers() const { return allegiance + distrust; }
    Pole side() const { return total() > 0 ? Pole::plus : total() < 0 ? Pole::minus : Pole::none; }
};

/// What an act costs, term by term, in allegiance units.
struct Cost {
    double act = 0;      ///< of the act itself at average exposure, in a group of this size
    double exposure = 0; ///< more for people at risk (visa, family, money)
    double naming = 0;   ///< less when names are hidden
    double fear = 0;     ///< more after retaliation
    double relief = 0;   ///< less with a fallback (a negative number)

    double total() const { return act + exposure + naming + fear + relief; }
};

enum class Cause : std::uint8_t { review, first_signer, background, settlement, comeback };

/// Somebody changed stance, when and why.
struct Change {
    Hours time = 0;
    AgentId person = 0;
    Stance from = Stance::working;
    Stance to = Stance::working;
    Pole side = Pole::none;
    Cause cause = Cause::review;
    Inclination why = {};
    Cost cost = {};
};

/// What a person's contacts did, kept up to date act by act.
struct Surroundings {
    std::int32_t posted =
        0; ///< signed sum of the weights of contacts in this stance, in Ties::unit
    std::int32_t signed_letter = 0;
    std::int32_t resigned = 0;
    float inverse_weight =
        0;              ///< 1 / sum of the weights into this person, per Ties::unit; 0 if alone
    float residual = 0; ///< allegiance minus its target, times the growth since the epoch
    /// Nothing can come of reviews that are not on the agenda while `World::stir` is below this;
    /// infinite: none is missing there. What contacts do brings it down.
    float calm_until = std::numeric_limits<float>::infinity();
};

/// One person; 52 bytes. Rows rather than columns: a clock rings for one person at a time and needs
/// nearly all of the row, which would else be a dozen places of memory.
struct Person {
    float risk = 0;         ///< [0, 1]
    float own_fallback = 0; ///< [0, 1]
    float anchor = 0;       ///< a0, [-1, 1]
    float trust = 0;        ///< [0, 1]
    float fallback = 0;     ///< [0, 1], best of own and valid offers
    Surroundings around;
    std::uint16_t bed = 0;   ///< bedtime, minutes after noon of the scenario's clock, [0, 1440)
    std::uint16_t sleep = 0; ///< length of the night, minutes, [0, 1380]
    Stance stance = Stance::working;
    Pole side = Pole::none;  ///< for which the acts were done
    std::uint16_t flags = 0; ///< see `Flag`
};

static_assert(sizeof(Person) == 52);

enum class Flag : std::uint16_t {
    heard_petition_minus = 1,
    heard_petition_plus = 2,
    heard_package = 4,
    visa = 8,
    offered_package = 16,
    voice_pending = 32,
    exit_pending = 64,
    told_petition_minus = 128, ///< contacts of the present opening; in the order of `Call`
    told_petition_plus = 256,
    told_package = 512,
    settled_elsewhere = 1024, ///< the clock of departures rang while the person was gone: no more
    stays_away = 2048,        ///< did not want to come back when there was the chance
};

/// The mark of those who have told their contacts of the present opening of a campaign.
constexpr Flag told(Call call)
{
    return static_cast<Flag>(static_cast<unsigned>(Flag::told_petition_minus)
                             << static_cast<unsigned>(call));
}

/// Somebody told contacts of a campaign.
struct Telling {
    Hours at = 0;
    AgentId actor = 0;
};

/// A petition or package while it runs.
struct Campaign {
    bool open = false;
    Hours opened = never;       ///< first opening
    Hours until = never;        ///< of a package window
    std::uint32_t openings = 0; ///< so far; each draws anew who hears
    double broadcast_rate = 0;  ///< per hour
    double broadcast_heard = 0; ///< hazard of hearing since the start, until `broadcast_since`
    Hours broadcast_since = 0;
    double risk_factor = 1;
    Pole pole = Pole::plus;
    std::vector<Telling> tellings = {}; ///< of this opening, by time
};

/// An offer in force: kept because a later end of a package must restore the next best.
struct OpenOffer {
    Offer offer;
    std::uint32_t key = 0; ///< of the event, for the draw of `reach`
    Hours made = 0;
    Hours until = never;
    bool of_package = false; ///< lapses when the package is closed
};

struct Ultimatum {
    Hours at = never;
    bool hard = false;
    bool expired = false; ///< a hard one that ran out: leaving is open to its side
};

/// What a leader's profile makes of parameters that hold per side (mechanisms/leader.cpp).
struct Leadership {
    double office_loss = 0; ///< share of allegiance to this leader lost with the office, [0, 1]
    double relay = 1;       ///< factor of the nudges along ties
};

struct Director {
    double resolve = 1;
    double lean = 0;
    Pole vote = Pole::none;
    Hours conceded = never;
    std::uint32_t drawn = 0;
};

struct BoardState {
    std::vector<Director> directors;
    std::size_t quorum = 1;
    bool in_session = false;
    Hours endured_until = 0;
    std::array<double, 2> endured{}; ///< pressure-hours by pole
    Pole conceded_to = Pole::none;
    Hours conceded = never;
    Hours settled = never;
};

/// A condition that has not held yet, and the event that waits for it.
struct PendingCondition {
    std::uint32_t event = 0;
    std::function<bool(const Outlook&)> holds;
};

/// What is looked at in passing, at moments only the engine knows exactly. Nothing reads it back.
struct Notes {
    Hours dismissed = never; ///< the leader of pole plus
    Hours opened = never;    ///< the petition for the leader
    double instigator_share = 0;
    Hours tested = never; ///< the threat
    double left_share = 0;
    double bluff_share = 0;
};

/// The luck of a run until one branched off from it.
struct Past {
    Hours until = 0;
    Chance luck;
};

/// Everything that changes during a run. Copyable: a copy is a checkpoint.
struct World {
    Hours now = 0;
    Tick tick = 0;
    std::shared_ptr<const Organization> organization; ///< fixed, so copies share it
    std::vector<Person> people;                       ///< by AgentId
    Agenda agenda{1, 1};
    std::array<Campaign, call_count> campaigns;
    std::array<Ultimatum, 2> ultimatums; ///< by pole
    std::vector<OpenOffer> offers;
    double public_offer = 0; ///< best coverage times quality of a public offer by a third party
    std::array<bool, 2> in_office{true, true};
    std::array<Leadership, 2> leadership; ///< by pole, fixed
    double investors = 0;
    double fear = 1;             ///< factor of all costs
    Hours noon_shift = 0;        ///< hours from noon of the first day to the start, [-12, 12)
    double vigil = 0;            ///< share awake in the night numbered `vigil_night`
    int vigil_night = -10;       ///< none yet
    double crowd_visibility = 0; ///< of the public count, that of the campaign opened last
    Occurrence reviewed;         ///< the last review that was taken
    double stir = 0;             ///< the most that all moves of the public count until now, added
                                 ///< up, can have done to an inclination; allegiance units
    double stir_seen = 0;        ///< how much of it everybody who is calm has looked at
    Hours drift_epoch = 0;       ///< moment to which the residuals of allegiance refer
    Hours growth_at = -1;        ///< moment of which `growth` is
    double growth = 1; ///< `drift_growth` of that moment, kept because all of a moment share it
    BoardState board;
    std::array<std::array<std::int32_t, 2>, stance_count> count{}; ///< people by stance and side
    std::array<std::int32_t, 2> names{};              ///< under the petition of each side, so far
    std::array<std::int32_t, stance_count> stances{}; ///< people by stance
    std::vector<PendingCondition> conditions;         ///< in the order of their events
    Notes notes;
    std::vector<Hours> fired;    ///< per event, when it happened
    std::vector<Change> changes; ///< of the last step only; readers copy what they keep
    std::vector<Past> pasts;     ///< by time; none unless the run is a branch

    std::uint32_t size() const { return static_cast<std::uint32_t>(people.size()); }
    bool has(AgentId person, Flag flag) const
    {
        return (people[person].flags & static_cast<std::uint16_t>(flag)) != 0;
    }
    void set(AgentId person, Flag flag, bool on = true)
    {
        const auto bit = static_cast<std::uint16_t>(flag);
        std::uint16_t& flags = people[person].flags;
        flags = static_cast<std::uint16_t>(on ? flags | bit : flags & ~bit);
    }
    void set_heard(AgentId person, Call call, bool on)
    {
        set(person, static_cast<Flag>(1U << static_cast<unsigned>(call)), on);
    }
    Campaign& campaign(Call call) { return campaigns[static_cast<std::size_t>(call)]; }
    const Campaign& campaign(Call call) const { return campaigns[static_cast<std::size_t>(call)]; }
    bool has_heard(AgentId person, Call call) const
    {
        return (people[person].flags & (1U << static_cast<unsigned>(call))) != 0;
    }
    bool settled() const { return now >= board.settled; }
    /// The luck of what was drawn at a moment and still counts; `present` is that of the run now.
    const Chance& luck_at(Hours time, const Chance& present) const
    {
        for (const Past& past : pasts)
            if (time < past.until)
                return past.luck;
        return present;
    }
    double share(Stance stance, Pole pole) const
    {
        return static_cast<double>(count[static_cast<std::size_t>(stance)][index_of(pole)]) /
               static_cast<double>(size());
    }
    double share_left() const
    {
        return static_cast<double>(stances[static_cast<std::size_t>(Stance::resigned)]) /
               static_cast<double>(size());
    }

    /// Bytes of all people, ties and clocks.
    std::size_t bytes() const;
};

/// A person who differs from what the scenario would draw: the tool behind "what would have kept
/// this person".
struct Adjustment {
    AgentId person = 0;
    double allegiance = 0; ///< added to the anchor
    double fallback = 0;   ///< added to the own fallback
};

/// The world at hour 0. `scenario` is what `ready_to_run` returned; `organization` what
/// `make_organization` makes of it, which happens here when it is not given.
World make_world(const Scenario& scenario, const Chance& chance,
                 std::span<const Adjustment> adjustments = {},
                 std::shared_ptr<const Organization> organization = {});

} // namespace walkout
