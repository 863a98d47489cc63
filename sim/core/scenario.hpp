#pragma once

/// Everything a user can set, as plain data with defaults. Fixed during a run.
///
/// Units stand at the fields: `share` is in [0, 1], `allegiance` means allegiance units (1 = the
/// whole distance from neutral to fully devoted), rates are per hour. The one place that tells
/// range, unit and meaning to users is `sim/io/describe.hpp`; the words are the same.

#include "sim/core/measures.hpp"
#include "sim/core/types.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace walkout {

// ---------------------------------------------------------------- organization

struct DepartmentParams {
    std::string name = {};
    int headcount = 0;
    double allegiance_shift = 0; ///< added to the mean allegiance of its people
    double trust_shift = 0;      ///< added to their mean trust
    double fallback_shift = 0;   ///< added to their mean fallback
    Pole camp = Pole::none;      ///< which camp it belongs to when `people.camp_distance` > 0
    double time_zone = 0;        ///< hours ahead of the start's local time
};

struct NetworkParams {
    double department_mean = 24;     ///< people; sizes are lognormal
    double department_spread = 0.6;  ///< sd of log size
    double team_mean = 7;            ///< people
    double team_spread = 1.5;        ///< people
    double department_ties = 12;     ///< draws of a pair per person inside a department
    double cross_ties = 6;           ///< draws of a pair per person across departments
    double sociability_spread = 1.2; ///< sd of log sociability, by which ends of ties are drawn
    double manager_weight = 3;       ///< influence of a lead on a member; a teammate has 1
    int head_contacts = 3;           ///< other heads that each head influences
};

/// One person of a table the user brings. Missing values are drawn as for anybody else.
struct StaffRow {
    std::string id;
    std::string department;
    std::string team;
    std::optional<double> level, tenure, allegiance, trust, risk, fallback, visa, bed, wake;
};

/// One tie of a table or GraphML file the user brings: `from` influences `to`.
struct TieRow {
    AgentId from = 0;
    AgentId to = 0;
    double weight = 1;
};

struct OrganizationParams {
    int headcount = 100;
    int group_size = 0;                        ///< whom the dispute concerns; 0: the headcount
    std::vector<DepartmentParams> departments; ///< empty: sizes are drawn
    NetworkParams network;
    std::vector<StaffRow> staff;             ///< empty: people are drawn
    std::optional<std::vector<TieRow>> ties; ///< absent: ties are drawn
    std::string staff_file, ties_file;       ///< where the two came from, relative to the scenario

    int group() const { return group_size > 0 ? group_size : headcount; } ///< people
};

// ---------------------------------------------------------------- people

struct PeopleParams {
    double allegiance_mean = 0;     ///< [-1, 1]
    double allegiance_spread = 0.5; ///< sd, allegiance
    double team_correlation = 0.15; ///< share of the variance of allegiance between teams
    double camp_distance = 0;       ///< allegiance of a camp's mean from the common mean
    double trust_mean = 0.5;        ///< share; trust in the authority
    double trust_spread = 0.15;
    double fallback_mean = 0.35; ///< share; value of leaving today relative to the present job
    double fallback_spread = 0.15;
    double fallback_per_level = 0; ///< added per level of seniority
    double visa_share = 0.1;       ///< share of people whose status is tied to the job
    double risk_spread = 0.15;     ///< sd of exposure to risk; its mean is 0.5
    double visa_risk = 0.3;        ///< what a visa adds to exposure
    double bed_mean = 23.5;        ///< hour of the day
    double bed_spread = 1;         ///< hours
    double wake_mean = 7.4;        ///< hour of the day
    double wake_spread = 1.5;      ///< hours
    double vigil = 0.05;           ///< share who stay awake through an ordinary night
};

// ---------------------------------------------------------------- mechanisms

struct InclinationParams {
    double distrust_weight = 0.53; ///< w_b, allegiance per unit of distrust
    double peer_weight = 0.59;     ///< w_s, allegiance per unit of social push
    double global_share = 0.5;     ///< phi, share of the push that comes through the public count
    double milder_weight = 0.3;    ///< omega_v, what a milder act counts for a costlier one
};

struct CostParams {
    double post = 0.25;       ///< kappa_v, allegiance
    double sign = 1.01;       ///< kappa_s
    double leave = 1.66;      ///< kappa_x
    double size_exponent = 0; ///< eta: how the costs of posting and signing grow with the group
    double relief = 0.69;     ///< gamma, share of the cost a full fallback takes away
};

struct ReviewParams {
    double voice_rate = 2.38; ///< mu_s, reviews of posting and signing per awake hour
    double exit_rate = 0.26;  ///< mu_x, reviews of leaving per awake hour
};

struct InformationParams {
    double nudges_per_tie = 0.135; ///< rho_n, expected nudges along a tie of weight 1
    double nudge_memory = 3;       ///< tau_n, hours
};

struct DriftParams {
    double openness = 0.2; ///< chi, share of the target that contacts set
    double memory = 48;    ///< tau_a, hours
};

struct OfficeParams {
    double loss = 0.1; ///< d_office, share of allegiance to a leader lost with the office
};

struct DepartureParams {
    double background_rate = 1e-5; ///< q0, per hour and person
};

struct SettlementParams {
    double lag = 6;              ///< mean hours from concession to settlement
    double comeback_rate = 0.05; ///< per hour, of resigned people who still side with the winner
};

/// How much a trait of a leader moves: see `work_in_profiles`. All but `vision` are assumptions.
struct LeadershipParams {
    double communication = 2; ///< doublings of the own side's reach over the whole scale
    double influence = 0.5;   ///< share of the following kept or lost with the office
    double vision = 1.76;     ///< mean allegiance, in spreads
    double empowering = 2;    ///< doublings of relay and first signers
    double transparency = 1;  ///< share of the strength of accusations and unexplained breaches
    double commitment = 2;    ///< doublings of the speed of own moves
    double reputation = 1;    ///< share of the stance of investors
    double ego = 0.5;         ///< share of the spread of allegiance
    double eco = 0.5;         ///< share of the cost of posting and signing
    double intuition = 12;    ///< hours by which own moves come earlier
};

struct MechanismParams {
    InclinationParams inclination;
    CostParams cost;
    ReviewParams review;
    InformationParams information;
    DriftParams drift;
    OfficeParams office;
    LeadershipParams leadership;
    DepartureParams departure;
    SettlementParams settlement;
};

// ---------------------------------------------------------------- board, leaders, investors

struct DirectorParams {
    std::string name;
    double resolve = 1; ///< in units of the credible loss of all staff
    double lean = 0;    ///< [-1, 1], added to the net pressure this director feels
};

/// A seat whose holder loses it by an event and has no say in the run: shown only.
struct VacatedParams {
    std::string name = {};
    std::string event = {};
};

struct BoardParams {
    std::vector<DirectorParams> directors;
    std::vector<VacatedParams> vacated;
    int quorum = 0;                  ///< directors who must give way; 0: a majority
    double resolve_spread = 0.1;     ///< sd of a director's resolve around its value
    double credibility_floor = 0.35; ///< c0, belief in the threat without any public offer
    double investor_weight = 0.3;    ///< psi_I
    double colleague_weight = 0.15;  ///< psi_C
    double review_rate = 0.023;      ///< mu_B, per hour and director
    double stamina = 120;            ///< H, pressure-hours that halve the resolve
    double deadline_pull = 4;        ///< k_D, how much faster directors review at a deadline
    double deadline_lead = 12;       ///< tau_D, hours before a deadline in which the pull grows
    bool in_session = true;          ///< may decide from the start
};

/// Seven traits and three intelligences, each in [0, 1]; 0.5 is an average leader.
struct LeaderProfile {
    double communication = 0.5;
    double influence = 0.5;
    double vision = 0.5;
    double empowering = 0.5;
    double transparency = 0.5;
    double commitment = 0.5;
    double reputation = 0.5;
    double ego = 0.5;
    double eco = 0.5;
    double intuition = 0.5;
};

struct LeaderParams {
    std::string role;        ///< how texts call this leader
    bool in_office = true;   ///< at the start
    LeaderProfile profile;   ///< who leads
    LeaderProfile reference; ///< the profile at which the case was coded; only deviations act
};

struct InvestorParams {
    double stance = 0; ///< [-1, 1]; + presses for the leader of pole plus
};

// ---------------------------------------------------------------- events

/// Whom an effect reaches: everybody who meets all conditions, thinned to `reach`.
struct Audience {
    double reach = 1;       ///< share
    std::string department; ///< empty: all
    int level_min = 0;      ///< 0 to 4
    int level_max = 4;
    double tenure_min = 0;   ///< years
    double tenure_max = 100; ///< years
    std::optional<bool> visa;
};

// clang-format off
struct Dismiss   { Pole pole = Pole::plus; };
struct Reinstate { Pole pole = Pole::plus; };
struct Breach    { double severity = 0.3; double reason = 0; Audience among = {}; };
struct Reassure  { double gain = 0.1; Audience among = {}; };
struct Persuade  { Pole direction = Pole::plus; double strength = 0.1; Audience among = {}; };
struct Evidence  { double strength = 0.2; Audience among = {}; };
struct Offer     { double quality = 0.6; bool visa_ok = false; bool third_party = true; Audience among = {}; };
struct Package   { Pole pole = Pole::plus; double quality = 0.5; bool visa_ok = false; Hours open_for = never;
                   double broadcast_rate = 1; double visibility = 0.25; Audience among = {}; };
struct Petition  { Pole pole = Pole::plus; double broadcast_rate = 0.1; double visibility = 1;
                   double risk_factor = 1; int first_signers = 12; };
struct Broadcast { Pole pole = Pole::plus; double rate = 1; };
struct Close     { Pole pole = Pole::plus; };
struct Deadline  { Pole pole = Pole::plus; Hours in = 24; bool hard = true; };
struct Vigil     { double share = 0.6; };
struct Invest    { double stance = 0.5; };
struct Convene   {};
struct Concede   { std::string director; Pole pole = Pole::plus; };
struct Appoint   { std::optional<double> trust; };
struct Retaliate { double factor = 0.5; };
// clang-format on

using Effect =
    std::variant<Dismiss, Reinstate, Breach, Reassure, Persuade, Evidence, Offer, Package, Petition,
                 Broadcast, Close, Deadline, Vigil, Invest, Convene, Concede, Appoint, Retaliate>;

/// What a condition may look at.
struct Outlook {
    double hours = 0; ///< since the start
    double day = 0;   ///< whole days since the start
    double headcount = 0;
    double posted = 0;       ///< people whose stance is "posted" now
    double signed_count = 0; ///< names under petitions, of either side, so far
    double left = 0;         ///< people who are gone now
    double conceded = 0;     ///< 1 once the board has
    double directors_conceding = 0;
    double petition_open = 0; ///< 1 while a petition is open
};

/// A condition as the reader compiled it. `make` gives one evaluator per run: an evaluator may keep
/// scratch state and is used by one thread.
struct Condition {
    std::string text;
    std::function<std::function<bool(const Outlook&)>()> make;
};

struct Event {
    std::string name;              ///< unique; also the key of its draws
    Hours at = 0;                  ///< since the start; ignored when `when` is set
    std::optional<Condition> when; ///< fires once, at the first tick at which it holds
    Hours after = 0;               ///< delay after `when` first held
    bool enabled = true;
    Pole by = Pole::none;        ///< whose move it is; a leader's profile shifts the own moves
    std::vector<Effect> effects; ///< in order
    std::string headline;        ///< a few words for people; empty: made from the name
    std::string caption;         ///< one sentence for people
    double precision = 0;        ///< hours, +-
    std::string kind;            ///< recorded | coded | fitted | assumed
    std::string source;
};

// ---------------------------------------------------------------- record, ensemble, all

/// What a recorded number counts.
enum class Counted : std::uint8_t {
    signatures, ///< names under the petition for the leader, so far
    departures  ///< people who have left over the dispute, so far
};

/// One count that history saw.
struct RecordPoint {
    Hours time = 0;
    int count = 0;
    int low = 0;
    int high = 0;
    bool fit = false; ///< sound enough to fit parameters to; else only shown
    std::string note;
    std::string source;
    Counted counted = Counted::signatures;
    Hours precision = 0; ///< of `time`, +-
};

struct EnsembleParams {
    std::uint64_t seed = 1;
    int replicates = 200;
    double mass_exit_share = 0.25; ///< left share from which a run counts as a mass exit
};

struct Scenario;

/// The past of a scenario that goes on from a moment of a run of another one. Its organization is
/// that of the past, which must have the same directors, start and tick, and all events.
struct Branch {
    Hours at = 0; ///< the first end of a tick from then on is the last moment of the past
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    std::shared_ptr<const Scenario> base = {}; ///< whose run the past is; may be a branch itself
};

struct Scenario {
    std::string name; ///< file stem
    std::string title;
    std::string summary;
    std::string start;          ///< ISO 8601 with offset, as written
    std::int64_t start_utc = 0; ///< seconds since 1970
    int utc_offset_minutes = 0; ///< of `start`
    double start_hour = 12;     ///< local hour of the day at the start
    Hours horizon = 240;
    Hours tick = 0.1;
    EnsembleParams ensemble;
    OrganizationParams organization;
    PeopleParams people;
    MechanismParams mechanisms;
    BoardParams board;
    std::array<LeaderParams, 2> leaders; ///< by index_of(Pole); minus may be absent
    InvestorParams investors;
    std::vector<Event> events; ///< in file order
    std::vector<RecordPoint> record;
    std::string record_file;
    std::optional<Outcome> outcome = {}; ///< how history ended; no run reads it
    std::optional<Branch> branch = {};   ///< what the rest says holds from that moment on
    std::vector<std::string> bases; ///< chain of `base:` files that tell a story, nearest first
};

} // namespace walkout
