#pragma once

#include "sim/core/run.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout {

/// What the script brought, as it happened in this run.
struct TraceEvent {
    Hours time = 0;
    std::string name = {};     ///< of the event in the scenario
    std::string headline = {}; ///< a few words for a flag
    std::string caption = {};  ///< one sentence
    std::string kind = {};     ///< recorded | coded | fitted | assumed
    std::string source = {};
    double precision = 0; ///< hours, +-
    std::vector<Effect> effects = {};
};

/// The board at one moment. Both in units of the credible loss of all staff.
struct DirectorSample {
    float resolve = 0;  ///< left at the moment
    float pressure = 0; ///< net of the other side's and of the own lean
};

/// A seat on the board whose holder has no say in the run: vacated by an event.
struct VacatedSeat {
    std::string name = {};
    Hours time = never;
};

/// Inclination to sign and what it would cost, for everybody at chosen moments.
struct PressureSamples {
    std::vector<Hours> times = {};       ///< rising
    std::vector<float> inclination = {}; ///< [time x person], allegiance units, + for the leader
    std::vector<float> cost = {};        ///< [time x person], of signing for the leader

    bool empty() const { return times.empty(); }
};

/// The complete history of one run: all that pictures, films and explanations are made of.
struct Trace {
    std::string scenario = {}; ///< file stem
    std::string title = {};
    std::string version = {}; ///< of the program that made it
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;
    std::uint64_t fingerprint = 0;
    Outcome outcome = Outcome::no_petition;
    std::int64_t start_utc = 0; ///< seconds since 1970
    int utc_offset_minutes = 0;
    Hours horizon = 0;
    double mass_exit_share = 0;

    std::shared_ptr<const Organization> organization = {};
    std::vector<std::string> ids = {};            ///< of people, from a table; empty: none given
    std::array<std::string, 2> leader_roles = {}; ///< by pole; empty: no such leader
    std::array<bool, 2> in_office = {};           ///< by pole, at the start

    std::vector<TraceEvent> events = {}; ///< that happened, by time
    std::vector<Change> changes = {};    ///< by time
    std::vector<Change> closest = {};    ///< those who never signed: when they came closest to it

    std::vector<std::string> directors = {};
    std::vector<Hours> conceded = {}; ///< per director, `never` if held
    std::vector<VacatedSeat> vacated = {};
    std::size_t quorum = 1;
    std::vector<Hours> board_times = {};    ///< rising
    std::vector<DirectorSample> board = {}; ///< [time x director]
    Hours board_conceded = never;
    Hours settled = never;
    Pole conceded_to = Pole::none;

    std::vector<RecordPoint> record = {}; ///< signatures only
    PressureSamples pressure = {};        ///< empty for organizations above `pressure_people`

    static constexpr std::uint32_t pressure_people = 2500;
};

/// What pictures call an event: its headline, else its name in words: `second_interim_ceo` becomes
/// "Second interim ceo".
std::string headline_of(const Event& event);

/// Run once more and keep everything. The run is the same as without: looking changes nothing.
///
/// @param plan  `sample_every` and `adjustments` count as in `run`
Trace trace_run(const Scenario& scenario, const RunPlan& plan);

} // namespace walkout
