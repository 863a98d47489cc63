#pragma once

#include "sim/core/trace.hpp"

#include <optional>
#include <string>

namespace walkout {

/// An event of the script that two runs do not share as it is.
struct ScriptDifference {
    Hours time = 0;         ///< the earlier of the two
    std::string event = {}; ///< its name in the scenario
    std::string headline = {};
    Hours first = never; ///< when it happened in the first run; `never`: it did not
    Hours second = never;
};

/// Where what people and board did parts for the first time in two runs.
struct Divergence {
    enum class Kind : std::uint8_t { person, director, settlement };

    Hours time = never;
    Kind kind = Kind::person;
    AgentId person = 0;                            ///< kind person
    std::string department = {};                   ///< of the person
    std::string director = {};                     ///< kind director
    std::optional<Change> first = {}, second = {}; ///< kind person: what each did from then on
    Hours first_hour = never;                      ///< when it happened in the first run
    Hours second_hour = never;
};

/// The first event, by time, that happened in one run only or at another time.
std::optional<ScriptDifference> first_script_difference(const Trace& first, const Trace& second);

/// The first act of a person, concession of a director, or settlement that is not in both runs at
/// the same moment. At equal moments persons come before directors, and these before the
/// settlement. Nothing: the runs do not part.
///
/// Both runs must be of the same people. Only what was done is compared, not the terms behind it.
std::optional<Divergence> first_divergence(const Trace& first, const Trace& second);

} // namespace walkout
