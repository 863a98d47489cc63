#pragma once

#include "sim/core/run.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace walkout {

/// One person of one run, and what was asked about: an act for a side.
struct Question {
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    AgentId person = 0;
    Rung rung = Rung::sign;
    Pole side = Pole::plus;
    bool did = true; ///< the person did the act, or a costlier one for the same side
};

/// Who the person is, at hour 0.
struct Portrait {
    std::string department = {};
    std::uint32_t team = 0; ///< row in `Organization::teams`
    int level = 0;          ///< 0 to 4
    double tenure = 0;      ///< years
    AgentId manager = 0;    ///< the person itself for the head of a department
    bool visa = false;
    double risk = 0;         ///< [0, 1]
    double own_fallback = 0; ///< [0, 1]
    double trust = 0;        ///< [0, 1]
    double anchor = 0;       ///< of allegiance, [-1, 1]
};

/// What one run says about one person.
struct Account {
    std::uint64_t fingerprint = 0;
    Portrait portrait = {};
    std::vector<Change> acts = {};            ///< of the person, in time order
    std::vector<Hours> fired = {};            ///< per event, `never` if it did not happen
    std::array<bool, 2> petition_opened = {}; ///< by pole
};

/// Run and note what the person does; `question.rung`, `side` and `did` play no part.
///
/// @throws std::out_of_range when there is no such person
Account account_of(const Scenario& scenario, const Question& question,
                   const std::vector<Adjustment>& adjustments = {});

/// The person's first act for `side` that costs at least as much as `rung` and that the person
/// decided on or was asked for as a first signer; background departures and returns are no answer.
const Change* find_act(const std::vector<Change>& acts, Rung rung, Pole side);

enum class RemedyKind : std::uint8_t { allegiance, event_off, no_peers };

/// One size that was tried, by a run.
struct Trial {
    double size = 0;
    bool works = false;
};

/// A change of the scenario, run with the same seed, and whether it turns the answer: who did the
/// act would not have, who did not would have.
struct Remedy {
    RemedyKind kind = RemedyKind::event_off;
    std::string what = {};              ///< name of the event, else empty
    bool works = false;                 ///< verified by a run
    bool changes_run = true;            ///< false: everybody acts as before, at the same moments
    std::optional<Change> instead = {}; ///< the act as it happens after the change, if it does

    // Only for `allegiance`:
    double size = 0; ///< allegiance, added to the person's anchor; the largest tried if none works
    std::vector<Trial> trials = {}; ///< all tried, by size without sign
    bool monotone = true;           ///< no larger trial fails after a smaller one worked
};

/// Resolution of `Remedy::size`, allegiance. A power of two, so sizes are exact.
inline constexpr double remedy_resolution = 1.0 / 512;

/// The smallest change of the person's anchor of allegiance that turns the answer for the whole
/// run. (What would have stopped the act at its very moment is the margin of the recorded terms;
/// later reviews, with more contacts having acted, mostly ask for more.)
///
/// Sizes up to the end of the scale [-1, 1] are scanned by factors of four, then bisected below the
/// first that works. Both sides of the boundary are runs: `size` turns the answer, and half a
/// resolution less does not. Peers respond to the person, so a larger change need not do what a
/// smaller one does; `monotone` and `trials` tell what was seen, and a window narrower than the
/// scan can be missed. Needs a side; 6 to 17 runs.
Remedy allegiance_remedy(const Scenario& scenario, const Question& question,
                         const Account& account);

/// Each event that happened, switched off one at a time. One run each.
std::vector<Remedy> event_remedies(const Scenario& scenario, const Question& question,
                                   const Account& account);

/// The twin in which nobody heeds others (`no_peers`). One run.
Remedy peers_remedy(const Scenario& scenario, const Question& question, const Account& account);

} // namespace walkout
