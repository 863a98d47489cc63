#include "sim/io/describe.hpp"

#include <algorithm>
#include <utility>

namespace walkout::io {

namespace {

constexpr Range share{0, 1};
constexpr Range both_ways{-1, 1};
constexpr Range positive{0, unbounded, true};
constexpr Range spread{0, 10};
constexpr Range day_hours{0, 24};
constexpr double most_replicates = 4e9;

struct EffectInfo {
    std::string_view name;
    std::string_view meaning;
};

/// Names and meanings of the alternatives of `Effect`, in its order.
constexpr std::array<EffectInfo, std::variant_size_v<Effect>> effect_infos{{
    {"dismiss", "The leader of a pole loses office."},
    {"reinstate", "The leader of a pole regains office."},
    {"breach", "A breach of trust: trust falls by `severity`, less so the better the reason."},
    {"reassure", "Trust rises by `gain` of what is missing to full trust."},
    {"persuade", "Allegiance moves by a share `strength` of the way toward a pole."},
    {"evidence", "Evidence against the leader of pole plus moves allegiance toward minus, as far "
                 "as it is believed."},
    {"offer", "An offer of work elsewhere raises the fallback of those it reaches."},
    {"package", "A window in which leaving is paid: raises the fallback and opens the way out."},
    {"petition", "A petition opens."},
    {"broadcast", "Changes the rate at which the open petition of a pole reaches everybody."},
    {"close", "The petition and the package of a pole close."},
    {"deadline", "An ultimatum of a pole with a date."},
    {"vigil", "How many people stay awake through the coming night."},
    {"invest", "Investors take a stance."},
    {"convene", "The board may decide from now on."},
    {"concede", "A director gives way, as the record says."},
    {"appoint", "A new authority takes over, perhaps with trust of its own."},
    {"retaliate", "Every act becomes more costly."},
}};

/// A default value of every alternative, made when its name is read.
template <std::size_t... I> Effect make_effect(std::size_t index, std::index_sequence<I...>)
{
    Effect effect;
    ((index == I ? static_cast<void>(effect = std::variant_alternative_t<I, Effect>{}) : void()),
     ...);
    return effect;
}

std::size_t index_of_effect(std::string_view name)
{
    const auto at = std::ranges::find(effect_infos, name, &EffectInfo::name);
    return static_cast<std::size_t>(at - effect_infos.begin());
}

void describe_effects(Visitor& v, std::vector<Effect>& effects)
{
    std::vector<std::string> present;
    for (const Effect& effect : effects)
        present.emplace_back(name_of(effect));
    const auto names = v.begin_effects(
        {"do", "What happens, in order; a list of such maps when one effect is needed twice."},
        present);
    effects.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::size_t index = index_of_effect(names[i]);
        if (effects[i].index() != index)
            effects[i] =
                make_effect(index, std::make_index_sequence<std::variant_size_v<Effect>>());
        v.begin_effect({effect_infos[index].name, effect_infos[index].meaning});
        std::visit([&](auto& effect) { describe(v, effect); }, effects[i]);
        v.end();
    }
    v.end();
}

void describe_branch(Visitor& v, std::optional<Branch>& branch)
{
    Branch parts = branch.value_or(Branch());
    std::uint64_t replicate = parts.replicate;
    const bool present = v.begin_branch(
        {"branch", "The past is a run of the base; all that this scenario changes holds from a "
                   "moment of it on."},
        branch.has_value());
    v.on_time({"at", "When the past ends and the changes begin."}, parts.at);
    v.whole("replicate", replicate, {0, most_replicates}, Unit::none,
            "Which run of the base the past is.");
    v.whole("seed", parts.seed, {0, 1e18}, Unit::none,
            "Seed of that run; that of the base when it is not given.");
    v.on_past({"base", "The base written out, as `walkout resolve` does; else the file that the "
                       "scenario names."});
    v.end();
    if (!present)
        return;
    parts.replicate = static_cast<std::uint32_t>(replicate);
    branch = parts;
}

void describe_audience(Visitor& v, Audience& among)
{
    v.section("among", among,
              "Whom it reaches: everybody who meets all of these, thinned to `reach`.");
}

} // namespace

std::string_view name_of(const Effect& effect)
{
    return effect_infos[effect.index()].name;
}

const std::vector<std::string>& effect_names()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const EffectInfo& info : effect_infos)
            all.emplace_back(info.name);
        return all;
    }();
    return names;
}

std::string_view name_of(Pole pole)
{
    return pole == Pole::plus ? "plus" : pole == Pole::minus ? "minus" : "none";
}

// ---------------------------------------------------------------- the whole

void describe(Visitor& v, Scenario& s)
{
    v.text("title", s.title, "What to call the scenario.");
    v.text("summary", s.summary, "One or two sentences for people.");
    v.on_base(
        {"base",
         "A scenario that this one changes: maps are merged key by key, all else is replaced."});
    v.on_start({"start", "When the story begins: ISO 8601 with an offset."}, s);
    describe_branch(v, s.branch);
    v.number("horizon", s.horizon, {0, 20'000, true}, Unit::duration, "How long to simulate.");
    v.number("tick", s.tick, {0.01, 24}, Unit::duration,
             "Stride of observation; changes carry exact times.");
    v.file("record", s.record_file,
           "What history counted: CSV with time, count, low, high, fit, note, source, counted, "
           "precision.");
    v.on_outcome(
        {"outcome", "How history ended: one of the outcomes of runs. Runs do not read it."},
        s.outcome);
    v.section("ensemble", s.ensemble, "How often to run, and what to count.");
    v.section("organization", s.organization, "Who works where, and who influences whom.");
    v.section("people", s.people, "How traits are distributed over people.");
    v.section("mechanisms", s.mechanisms, "The causal rules and their strengths.");
    v.section("board", s.board, "Those who decide, and what makes them give way.");
    v.section("leaders", s.leaders, "The two sides of the dispute.");
    v.section("investors", s.investors, "Those who own or fund the organization.");
    v.named("events", s.events,
            "What happens from outside; the order holds among events of one time.");
}

void describe(Visitor& v, EnsembleParams& p)
{
    v.whole("seed", p.seed, {0, 1e18}, Unit::none,
            "Where chance begins; the same seed gives the same runs.");
    v.whole("replicates", p.replicates, {1, 1'000'000}, Unit::none,
            "Runs with the same parameters and other luck.");
    v.number("mass_exit_share", p.mass_exit_share, share, Unit::share,
             "Share of people gone from which a run counts as a mass exit.");
}

// ---------------------------------------------------------------- organization

void describe(Visitor& v, OrganizationParams& p)
{
    v.whole("headcount", p.headcount, {1, 2'000'000, false, true}, Unit::people,
            "People at the start; the sum of the departments when they are given.");
    v.whole("group_size", p.group_size, {0, 100'000'000}, Unit::people,
            "Whom the dispute concerns, when only some of them are simulated; 0 is the headcount.");
    v.named("departments", p.departments, "Departments by name; without them sizes are drawn.");
    v.section("network", p.network, "How teams and ties are drawn.");
    v.file("staff", p.staff_file,
           "Table of people instead of drawn ones: CSV with id and any of department, team, level, "
           "tenure, allegiance, trust, risk, fallback, visa, bed, wake.");
    v.file("ties", p.ties_file,
           "Ties instead of drawn ones: CSV with from, to, weight, or GraphML.");
}

void describe(Visitor& v, DepartmentParams& p)
{
    v.whole("headcount", p.headcount, {1, 2'000'000, false, true}, Unit::people,
            "People of the department at the start.");
    v.number("allegiance_shift", p.allegiance_shift, {-2, 2}, Unit::allegiance,
             "Added to the mean allegiance of its people.");
    v.number("trust_shift", p.trust_shift, both_ways, Unit::share, "Added to their mean trust.");
    v.number("fallback_shift", p.fallback_shift, both_ways, Unit::share,
             "Added to their mean fallback.");
    v.pole_or_none("camp", p.camp,
                   "Which camp it belongs to when `people.camp_distance` is above 0.");
    v.number("time_zone", p.time_zone, {-24, 24}, Unit::duration,
             "How far its clocks are ahead of local time at the start.");
}

void describe(Visitor& v, NetworkParams& p)
{
    v.number("department_mean", p.department_mean, {1, 1e6}, Unit::people,
             "Mean size of a department; sizes are lognormal.");
    v.number("department_spread", p.department_spread, {0, 3}, Unit::none,
             "Standard deviation of the logarithm of a department's size.");
    v.number("team_mean", p.team_mean, {1, 1'000}, Unit::people, "Mean size of a team.");
    v.number("team_spread", p.team_spread, {0, 1'000}, Unit::people,
             "Standard deviation of a team's size.");
    v.number("department_ties", p.department_ties, {0, 1'000}, Unit::none,
             "Draws of a pair per person inside a department.");
    v.number("cross_ties", p.cross_ties, {0, 1'000}, Unit::none,
             "Draws of a pair per person across departments.");
    v.number("sociability_spread", p.sociability_spread, {0, 5}, Unit::none,
             "Standard deviation of log sociability, by which the ends of ties are drawn.");
    v.number("manager_weight", p.manager_weight, {0, 100}, Unit::none,
             "Influence of a lead on a member; a teammate has 1.");
    v.whole("head_contacts", p.head_contacts, {0, 1'000}, Unit::people,
            "Draws of a tie from each head of a department to other heads.");
}

// ---------------------------------------------------------------- people

void describe(Visitor& v, PeopleParams& p)
{
    v.number("allegiance_mean", p.allegiance_mean, both_ways, Unit::allegiance,
             "Mean anchor of allegiance; +1 is wholly with the leader of pole plus.");
    v.number("allegiance_spread", p.allegiance_spread, spread, Unit::allegiance,
             "Standard deviation of the anchor of allegiance.");
    v.number("team_correlation", p.team_correlation, share, Unit::share,
             "Share of the variance of allegiance that lies between teams.");
    v.number("camp_distance", p.camp_distance, {0, 2}, Unit::allegiance,
             "Distance of a camp's mean allegiance from the common mean.");
    v.number("trust_mean", p.trust_mean, share, Unit::share, "Mean trust in the authority.");
    v.number("trust_spread", p.trust_spread, share, Unit::share, "Standard deviation of trust.");
    v.number("fallback_mean", p.fallback_mean, share, Unit::share,
             "Mean value of leaving today relative to the present job.");
    v.number("fallback_spread", p.fallback_spread, share, Unit::share,
             "Standard deviation of the fallback.");
    v.number("fallback_per_level", p.fallback_per_level, both_ways, Unit::share,
             "Added to the fallback per level of seniority.");
    v.number("visa_share", p.visa_share, share, Unit::share,
             "Share of people whose right to stay is tied to the job.");
    v.number("risk_spread", p.risk_spread, share, Unit::share,
             "Standard deviation of the exposure to risk, whose mean is 0.5.");
    v.number("visa_risk", p.visa_risk, both_ways, Unit::share,
             "What a visa tied to the job adds to the exposure.");
    v.number("bed_mean", p.bed_mean, day_hours, Unit::clock, "Mean bedtime.");
    v.number("bed_spread", p.bed_spread, {0, 12}, Unit::duration,
             "Standard deviation of bedtimes.");
    v.number("wake_mean", p.wake_mean, day_hours, Unit::clock, "Mean time of waking.");
    v.number("wake_spread", p.wake_spread, {0, 12}, Unit::duration,
             "Standard deviation of times of waking.");
    v.number("vigil", p.vigil, share, Unit::share,
             "Share of people who stay awake through an ordinary night.");
}

// ---------------------------------------------------------------- mechanisms

void describe(Visitor& v, MechanismParams& p)
{
    v.section("inclination", p.inclination, "What inclines a person to act.");
    v.section("cost", p.cost, "What acting costs.");
    v.section("review", p.review, "How often people reconsider.");
    v.section("information", p.information, "How people hear of a petition or package.");
    v.section("drift", p.drift, "How allegiance follows contacts.");
    v.section("office", p.office, "What office is worth.");
    v.section("leadership", p.leadership,
              "How much each trait of a leader moves, from 0 to 1; most sizes are assumptions.");
    v.section("departure", p.departure, "People who leave anyway.");
    v.section("settlement", p.settlement, "What follows a concession.");
}

void describe(Visitor& v, InclinationParams& p)
{
    v.number("distrust_weight", p.distrust_weight, spread, Unit::allegiance,
             "w_b: what full distrust of the authority adds to the inclination.");
    v.number(
        "peer_weight", p.peer_weight, spread, Unit::allegiance,
        "w_s: what the full social push adds to the inclination; 0 gives the twin without peers.");
    v.number("global_share", p.global_share, share, Unit::share,
             "phi: share of the push that comes through the public count.");
    v.number("milder_weight", p.milder_weight, share, Unit::share,
             "omega_v: what a milder act of a contact counts for a costlier one.");
}

void describe(Visitor& v, CostParams& p)
{
    v.number("post", p.post, spread, Unit::allegiance, "kappa_v: cost of speaking up in public.");
    v.number("sign", p.sign, spread, Unit::allegiance, "kappa_s: cost of signing.");
    v.number("leave", p.leave, spread, Unit::allegiance, "kappa_x: cost of leaving.");
    v.number("size_exponent", p.size_exponent, {0, 1}, Unit::none,
             "eta: costs of posting and signing grow with this power of the group's size, from 770 "
             "people.");
    v.number("relief", p.relief, share, Unit::share,
             "gamma: share of the cost that a full fallback takes away.");
}

void describe(Visitor& v, ReviewParams& p)
{
    v.number("voice_rate", p.voice_rate, {0, 1'000}, Unit::rate,
             "mu_s: reviews of posting and signing per waking hour.");
    v.number("exit_rate", p.exit_rate, {0, 1'000}, Unit::rate,
             "mu_x: reviews of leaving per waking hour.");
}

void describe(Visitor& v, InformationParams& p)
{
    v.number("nudges_per_tie", p.nudges_per_tie, {0, 1'000}, Unit::none,
             "rho_n: expected nudges along a tie of weight 1.");
    v.number("nudge_memory", p.nudge_memory, {0, 1'000, true}, Unit::duration,
             "tau_n: mean delay of a nudge.");
}

void describe(Visitor& v, DriftParams& p)
{
    v.number("openness", p.openness, share, Unit::share,
             "chi: share of the target that contacts set.");
    v.number("memory", p.memory, {0, 100'000, true}, Unit::duration,
             "tau_a: time in which allegiance covers 63% of the way to its target.");
}

void describe(Visitor& v, OfficeParams& p)
{
    v.number("loss", p.loss, share, Unit::share,
             "d_office: share of positive allegiance lost with the office.");
}

void describe(Visitor& v, LeadershipParams& p)
{
    v.number("communication", p.communication, spread, Unit::none,
             "Doublings of the rate at which the own side's petition reaches people.");
    v.number("influence", p.influence, share, Unit::share,
             "Share of the following that is kept or lost with the office.");
    v.number("vision", p.vision, spread, Unit::none,
             "Mean allegiance toward the own side, in spreads of allegiance.");
    v.number("empowering", p.empowering, spread, Unit::none,
             "Doublings of the relay between people and of the first signers.");
    v.number("transparency", p.transparency, spread, Unit::none,
             "Share by which accusations weaken and unexplained breaches of the authority grow.");
    v.number("commitment", p.commitment, spread, Unit::none,
             "Doublings of the speed of the own side's moves.");
    v.number("reputation", p.reputation, spread, Unit::none,
             "Share by which the stance of investors grows.");
    v.number("ego", p.ego, spread, Unit::none, "Share by which the spread of allegiance grows.");
    v.number("eco", p.eco, spread, Unit::none,
             "Share by which the cost of posting and signing falls.");
    v.number("intuition", p.intuition, {0, 1'000}, Unit::duration,
             "How much earlier the own side's moves come.");
}

void describe(Visitor& v, DepartureParams& p)
{
    v.number("background_rate", p.background_rate, share, Unit::rate,
             "q0: departures per person outside any dispute.");
}

void describe(Visitor& v, SettlementParams& p)
{
    v.number("lag", p.lag, {0, 10'000}, Unit::duration, "Mean time from concession to settlement.");
    v.number("comeback_rate", p.comeback_rate, {0, 1'000}, Unit::rate,
             "Returns of people who left and still side with the winner.");
}

// ---------------------------------------------------------------- board, leaders, investors

void describe(Visitor& v, BoardParams& p)
{
    v.named("directors", p.directors, "Directors by name; roles or ids, no persons.");
    v.on_vacated({"vacated",
                  "Seats whose holders have no say here, by name, and the event by which "
                  "each loses it; shown only."},
                 p.vacated);
    v.whole("quorum", p.quorum, {0, 1'000}, Unit::people,
            "Directors who must give way; 0 means a majority.");
    v.number("resolve_spread", p.resolve_spread, spread, Unit::none,
             "Standard deviation of a director's resolve around its value.");
    v.number("credibility_floor", p.credibility_floor, share, Unit::share,
             "c0: belief in the threat to leave while nobody has offered work in public.");
    v.number("investor_weight", p.investor_weight, spread, Unit::none,
             "psi_I: pressure of investors at full stance.");
    v.number("colleague_weight", p.colleague_weight, spread, Unit::none,
             "psi_C: pressure when all colleagues have conceded.");
    v.number("review_rate", p.review_rate, {0, 1'000}, Unit::rate, "mu_B: reviews per director.");
    v.number("stamina", p.stamina, {0, 1e6, true}, Unit::duration,
             "H: hours under full pressure that halve the resolve.");
    v.number("deadline_pull", p.deadline_pull, {0, 1'000}, Unit::none,
             "k_D: how much faster directors review at a deadline.");
    v.number("deadline_lead", p.deadline_lead, {0, 10'000, true}, Unit::duration,
             "tau_D: time before a deadline in which the pull grows.");
    v.flag("in_session", p.in_session, "Whether the board may decide from the start.");
}

void describe(Visitor& v, DirectorParams& p)
{
    v.number("resolve", p.resolve, {0, 100}, Unit::none,
             "Pressure that makes this director give way; 1 is the credible loss of all staff.");
    v.number("lean", p.lean, both_ways, Unit::none,
             "Added to the net pressure that this director feels.");
}

void describe(Visitor& v, std::array<LeaderParams, 2>& leaders)
{
    const auto leader = [&v](std::string_view key, LeaderParams& p, std::string_view meaning) {
        v.begin_leader({key, meaning}, p);
        describe(v, p);
        v.end();
    };
    leader("plus", leaders[index_of(Pole::plus)], "The leader whom the dispute is about.");
    leader("minus", leaders[index_of(Pole::minus)],
           "A rival leader; left out when the other side is the authority.");
}

void describe(Visitor& v, LeaderParams& p)
{
    v.text("role", p.role, "How texts call this leader: a role, not a name.");
    v.flag("in_office", p.in_office, "Whether in office at the start.");
    v.section("profile", p.profile, "Who leads; 0.5 is an average leader.");
    v.section("reference", p.reference,
              "The profile at which the case was coded; only deviations from it act.");
}

void describe(Visitor& v, LeaderProfile& p)
{
    v.number("communication", p.communication, share, Unit::share,
             "Effective communication: reach of the own side's messages.");
    v.number("influence", p.influence, share, Unit::share,
             "Influence over authority: how much of the following outlives the office.");
    v.number("vision", p.vision, share, Unit::share, "Vision beyond boundaries: mean allegiance.");
    v.number("empowering", p.empowering, share, Unit::share,
             "Empowering others: relay between people and first signers.");
    v.number("transparency", p.transparency, share, Unit::share,
             "Transparent trust: how little accusations are believed.");
    v.number("commitment", p.commitment, share, Unit::share,
             "Commitment over agility: speed of the own side's moves.");
    v.number("reputation", p.reputation, share, Unit::share,
             "Resilient reputation: stance of investors.");
    v.number("ego", p.ego, share, Unit::share,
             "Ego intelligence: spread of allegiance between devoted and hostile.");
    v.number("eco", p.eco, share, Unit::share,
             "Eco intelligence: safety of voice, so the cost of posting and signing.");
    v.number("intuition", p.intuition, share, Unit::share,
             "Intuitive intelligence: lead time of the own side's moves.");
}

void describe(Visitor& v, InvestorParams& p)
{
    v.number("stance", p.stance, both_ways, Unit::none,
             "Stance at the start; above 0 presses for the leader of pole plus.");
}

// ---------------------------------------------------------------- events

void describe(Visitor& v, Event& e)
{
    v.on_condition(
        {"when",
         "Condition instead of a time; the event fires once, at the first tick at which it holds."},
        e.when);
    About at{"at", "When: ISO 8601 with an offset, or a duration since the start."};
    at.in_use = !e.when;
    v.on_time(at, e.at);
    About after{"after", "Delay after the condition first held.", {0, 20'000}, Unit::duration};
    after.in_use = e.when.has_value();
    v.on_number(after, e.after);
    v.flag("enabled", e.enabled, "Whether the event happens at all.");
    v.pole_or_none("by", e.by, "Whose move it is; a leader's profile shifts the own moves.");
    v.number("precision", e.precision, {0, 20'000}, Unit::duration,
             "How well the time is known, plus or minus.");
    v.text("headline", e.headline,
           "A few words for a flag, at most 40 characters; without it the event's name.");
    v.text("caption", e.caption, "One sentence for people.");
    v.on_standing(e.kind, e.source);
    describe_effects(v, e.effects);
}

void describe(Visitor& v, Audience& p)
{
    v.number("reach", p.reach, share, Unit::share, "Share of those who meet the conditions.");
    v.text("department", p.department, "Only people of this department.");
    v.whole("level_min", p.level_min, {0, 4}, Unit::none, "Lowest level of seniority.");
    v.whole("level_max", p.level_max, {0, 4}, Unit::none, "Highest level of seniority.");
    v.number("tenure_min", p.tenure_min, {0, 100}, Unit::years, "Shortest tenure.");
    v.number("tenure_max", p.tenure_max, {0, 100}, Unit::years, "Longest tenure.");
    v.flag("visa", p.visa, "Only people with, or without, a visa tied to the job.");
}

void describe(Visitor& v, Dismiss& p)
{
    v.pole("pole", p.pole, "Whose leader.");
}

void describe(Visitor& v, Reinstate& p)
{
    v.pole("pole", p.pole, "Whose leader.");
}

void describe(Visitor& v, Breach& p)
{
    v.number("severity", p.severity, share, Unit::share,
             "Share of trust that an unexplained breach destroys.");
    v.number("reason", p.reason, share, Unit::share, "How fully it was explained.");
    describe_audience(v, p.among);
}

void describe(Visitor& v, Reassure& p)
{
    v.number("gain", p.gain, share, Unit::share, "Share of the missing trust that is won.");
    describe_audience(v, p.among);
}

void describe(Visitor& v, Persuade& p)
{
    v.pole("direction", p.direction, "Toward which pole.");
    v.number("strength", p.strength, share, Unit::share, "Share of the way.");
    describe_audience(v, p.among);
}

void describe(Visitor& v, Evidence& p)
{
    v.number("strength", p.strength, share, Unit::share,
             "Share of the way, for evidence that is fully believed.");
    describe_audience(v, p.among);
}

void describe(Visitor& v, Offer& p)
{
    v.number("quality", p.quality, share, Unit::share, "Value relative to the present job.");
    v.flag("visa_ok", p.visa_ok, "Whether it holds for people with a visa tied to the job.");
    v.flag("third_party", p.third_party,
           "Whether others made it in public, so that the board believes it.");
    describe_audience(v, p.among);
}

void describe(Visitor& v, Package& p)
{
    v.pole("pole", p.pole, "For whose side leaving counts.");
    v.number("quality", p.quality, share, Unit::share, "Value relative to the present job.");
    v.flag("visa_ok", p.visa_ok, "Whether it holds for people with a visa tied to the job.");
    v.number("open_for", p.open_for, positive, Unit::duration,
             "How long the window is open; without it until a close.");
    v.number("broadcast_rate", p.broadcast_rate, {0, 1'000}, Unit::rate,
             "Rate at which people hear of it other than from contacts.");
    v.number("visibility", p.visibility, share, Unit::share,
             "How much of the number of takers is public.");
    describe_audience(v, p.among);
}

void describe(Visitor& v, Petition& p)
{
    v.pole("pole", p.pole, "Which side it supports.");
    v.number("broadcast_rate", p.broadcast_rate, {0, 1'000}, Unit::rate,
             "Rate at which people hear of it other than from contacts.");
    v.number("visibility", p.visibility, share, Unit::share,
             "How much of names and count is public.");
    v.number("risk_factor", p.risk_factor, spread, Unit::none,
             "Factor on the cost of signing; 1 is with full name, 0.5 anonymous.");
    v.whole("first_signers", p.first_signers, {0, 100'000}, Unit::people,
            "Heads of departments who are asked to sign first, those most inclined.");
}

void describe(Visitor& v, Broadcast& p)
{
    v.pole("pole", p.pole, "Whose petition.");
    v.number("rate", p.rate, {0, 1'000}, Unit::rate,
             "Rate at which people hear of it other than from contacts.");
}

void describe(Visitor& v, Close& p)
{
    v.pole("pole", p.pole, "Whose petition and package.");
}

void describe(Visitor& v, Deadline& p)
{
    v.pole("pole", p.pole, "Whose ultimatum.");
    v.number("in", p.in, {0, 20'000, true}, Unit::duration, "Time from the event to the deadline.");
    v.flag("hard", p.hard, "Whether its end opens the way out.");
}

void describe(Visitor& v, Vigil& p)
{
    v.number("share", p.share, share, Unit::share,
             "Share of people awake through the coming night.");
}

void describe(Visitor& v, Invest& p)
{
    v.number("stance", p.stance, both_ways, Unit::none,
             "New stance of investors; above 0 presses for pole plus.");
}

void describe(Visitor&, Convene&) {}

void describe(Visitor& v, Concede& p)
{
    v.text("director", p.director, "Which director, by name.");
    v.pole("pole", p.pole, "To which side.");
}

void describe(Visitor& v, Appoint& p)
{
    v.number("trust", p.trust, share, Unit::share,
             "Trust of everybody in the new authority; without it trust stays.");
}

void describe(Visitor& v, Retaliate& p)
{
    v.number("factor", p.factor, spread, Unit::none, "By how much the cost of every act rises.");
}

} // namespace walkout::io
