#pragma once

#include "sim/study/remedy.hpp"

namespace walkout {

/// What spoke for and against the act at one moment, as the engine computes it.
struct Moment {
    Hours time = 0;
    Inclination why = {};
    Cost cost = {};        ///< of the act for the side asked about
    double trust = 0;      ///< [0, 1]
    double fallback = 0;   ///< [0, 1], best of own and valid offers
    bool informed = false; ///< the news the act needs has arrived (always, for a post)
    bool open = false;     ///< a review now could lead to the act
    bool awake = false;
    Stance stance = Stance::working;
};

/// Somebody who influences the person and had acted.
struct Contact {
    AgentId person = 0;
    double weight = 0; ///< of the influence on the person; a teammate has 1
    Stance stance = Stance::working;
    Pole side = Pole::none; ///< none: left in the background, which sends no message
    Hours acted = 0;        ///< when this stance was taken
};

/// Why a person acted, or did not.
struct Explanation {
    Question question = {}; ///< with `rung`, `side` and `did` as they were settled
    Portrait portrait = {};
    std::vector<Change> acts = {};  ///< of the person, in time order, each with the terms compared
    std::optional<Change> act = {}; ///< the one explained; absent when the person did not do it

    /// When the explained act was done, hours; else when the person came closest to it, while it
    /// was open if it ever was.
    Hours at = 0;

    /// At hour 0, from then on once an hour, and at each tick from an hour before `at` to an hour
    /// after it. State at the end of a tick; the terms of the very moment of an act are in `acts`.
    std::vector<Moment> pressure = {};

    std::vector<Contact> contacts = {}; ///< who had acted before `at`, strongest influence first
    std::size_t influencers = 0;        ///< people who influence the person, acted or not
    double influence = 0;               ///< their weights in all

    /// Allegiance first, then each event that happened, in file order, then the twin without peers.
    /// Empty when the act was a background departure: that has no reason but chance.
    std::vector<Remedy> remedies = {};
};

/// Why a person acted in one run, from what the engine itself compared.
///
/// Terms are the recorded ones or come from `inclination` and `cost`; remedies are re-runs with the
/// same seed (about 30 runs for a case of ten events). First signers were asked: no threshold was
/// compared, though the terms are recorded (`act->cause`).
///
/// @param act  default: the costliest act the person decided on; else a background departure; else
///             what would have made the person sign. An act not done, and none costlier either:
///             what would have made the person do it; both sides are tried and the smaller change
///             counts. When the person skipped the act for a costlier one, that one is explained.
/// @throws std::out_of_range with the valid ids when there is no such person
Explanation explain(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate,
                    AgentId person, std::optional<Rung> act = {});

} // namespace walkout
