#pragma once

/// Each parameter is declared once, in describe.cpp: key, range, unit and one sentence. The reader,
/// the writer, the JSON Schema and the reference table are visitors of that one description, so
/// none of them can know a key that another does not. Defaults stand in the structs of
/// `sim/core/scenario.hpp` and nowhere else: a visitor meets them as the values it is shown.

#include "sim/core/scenario.hpp"
#include "sim/io/quantity.hpp"

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::io {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// What a number may be, both ends included unless told otherwise.
struct Range {
    double low = -unbounded;
    double high = unbounded;
    bool above_low = false; ///< `low` itself is refused
    bool is_limit = false;  ///< `high` is a limit of the program, not of the model

    bool holds(double value) const
    {
        return (above_low ? value > low : value >= low) && value <= high;
    }
};

/// How a key is described to users.
struct About {
    std::string_view key;
    std::string_view meaning; ///< one sentence
    Range range = {};
    Unit unit = Unit::none;
    bool in_use = true; ///< false: another key of this thing makes it void, so writers leave it out
};

/// Walks through all keys of a scenario in the order of the grammar.
///
/// The named functions are what descriptions call; the `on_...` and `begin_...` ones are what a
/// visitor does there. Every `begin` that returns is followed by one `end`.
class Visitor {
public:
    Visitor() = default;
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;
    virtual ~Visitor() = default;

    template <class T>
    void number(std::string_view key, T& value, Range range, Unit unit, std::string_view meaning)
    {
        on_number({key, meaning, range, unit}, value);
    }

    template <class T>
    void whole(std::string_view key, T& value, Range range, Unit unit, std::string_view meaning)
    {
        on_whole({key, meaning, range, unit}, value);
    }

    template <class T> void flag(std::string_view key, T& value, std::string_view meaning)
    {
        on_flag({key, meaning}, value);
    }

    void text(std::string_view key, std::string& value, std::string_view meaning)
    {
        on_text({key, meaning}, value);
    }

    /// A file named relative to the scenario, inside its folder.
    void file(std::string_view key, std::string& value, std::string_view meaning)
    {
        on_file({key, meaning}, value);
    }

    /// `plus`, `minus` and, where nobody may be meant, `none`.
    void pole(std::string_view key, Pole& value, std::string_view meaning)
    {
        on_pole({key, meaning}, value, false);
    }
    void pole_or_none(std::string_view key, Pole& value, std::string_view meaning)
    {
        on_pole({key, meaning}, value, true);
    }

    template <class T> void section(std::string_view key, T& params, std::string_view meaning)
    {
        begin_section({key, meaning});
        describe(*this, params);
        end();
    }

    /// A map from names to things that have a `name`.
    template <class T>
    void named(std::string_view key, std::vector<T>& things, std::string_view meaning)
    {
        std::vector<std::string> present;
        for (const T& thing : things)
            present.push_back(thing.name);
        const auto names = begin_named({key, meaning}, present);
        things.resize(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            things[i].name = names[i];
            begin_entry(names[i]);
            describe(*this, things[i]);
            end();
        }
        end();
    }

    virtual void on_number(const About&, double&) = 0;
    virtual void on_number(const About&, std::optional<double>&) = 0;
    virtual void on_whole(const About&, int&) = 0;
    virtual void on_whole(const About&, std::uint64_t&) = 0;
    virtual void on_flag(const About&, bool&) = 0;
    virtual void on_flag(const About&, std::optional<bool>&) = 0;
    virtual void on_text(const About&, std::string&) = 0;
    virtual void on_file(const About&, std::string&) = 0;
    virtual void on_pole(const About&, Pole&, bool none_allowed) = 0;
    /// One of `outcome_names`.
    virtual void on_outcome(const About&, std::optional<Outcome>&) = 0;
    /// The scenario's start: an instant.
    virtual void on_start(const About&, Scenario&) = 0;
    /// An event's time: an instant or a duration since the start.
    virtual void on_time(const About&, Hours&) = 0;
    virtual void on_condition(const About&, std::optional<Condition>&) = 0;
    /// The key `base`: part of the grammar, but merged away before a scenario is read.
    virtual void on_base(const About&) = 0;
    /// A map from seats to the events that vacate them.
    virtual void on_vacated(const About&, std::vector<VacatedParams>&) = 0;
    /// What an event as a whole says of its standing.
    virtual void on_standing(std::string& kind, std::string& source) = 0;

    /// The past of a branch written out as a whole scenario; read before this is.
    virtual void on_past(const About&) = 0;

    virtual void begin_section(const About&) = 0;
    /// A branch: left out of most scenarios.
    /// @param present  whether the scenario is one; @return whether it is one after the visit
    virtual bool begin_branch(const About&, bool present) = 0;
    /// A leader: left out of a scenario altogether when it has no role.
    virtual void begin_leader(const About&, LeaderParams&) = 0;
    /// @param present  names of the things there are; @return names of the things to visit
    virtual std::vector<std::string> begin_named(const About&,
                                                 const std::vector<std::string>& present) = 0;
    /// The same for effects: names of kinds, which may repeat.
    virtual std::vector<std::string> begin_effects(const About&,
                                                   const std::vector<std::string>& present) = 0;
    virtual void begin_entry(const std::string& name) = 0;
    /// One effect; `meaning` says what it does.
    virtual void begin_effect(const About&) = 0;
    virtual void end() = 0;
};

void describe(Visitor&, Scenario&);
void describe(Visitor&, EnsembleParams&);
void describe(Visitor&, OrganizationParams&);
void describe(Visitor&, DepartmentParams&);
void describe(Visitor&, NetworkParams&);
void describe(Visitor&, PeopleParams&);
void describe(Visitor&, MechanismParams&);
void describe(Visitor&, InclinationParams&);
void describe(Visitor&, CostParams&);
void describe(Visitor&, ReviewParams&);
void describe(Visitor&, InformationParams&);
void describe(Visitor&, DriftParams&);
void describe(Visitor&, OfficeParams&);
void describe(Visitor&, LeadershipParams&);
void describe(Visitor&, DepartureParams&);
void describe(Visitor&, SettlementParams&);
void describe(Visitor&, BoardParams&);
void describe(Visitor&, DirectorParams&);
void describe(Visitor&, std::array<LeaderParams, 2>&);
void describe(Visitor&, LeaderParams&);
void describe(Visitor&, LeaderProfile&);
void describe(Visitor&, InvestorParams&);
void describe(Visitor&, Event&);
void describe(Visitor&, Audience&);
void describe(Visitor&, Dismiss&);
void describe(Visitor&, Reinstate&);
void describe(Visitor&, Breach&);
void describe(Visitor&, Reassure&);
void describe(Visitor&, Persuade&);
void describe(Visitor&, Evidence&);
void describe(Visitor&, Offer&);
void describe(Visitor&, Package&);
void describe(Visitor&, Petition&);
void describe(Visitor&, Broadcast&);
void describe(Visitor&, Close&);
void describe(Visitor&, Deadline&);
void describe(Visitor&, Vigil&);
void describe(Visitor&, Invest&);
void describe(Visitor&, Convene&);
void describe(Visitor&, Concede&);
void describe(Visitor&, Appoint&);
void describe(Visitor&, Retaliate&);

/// The key of an effect in a file: `dismiss`, `reassure`, ...
std::string_view name_of(const Effect& effect);

/// Keys of all effects, in the order of the variant.
const std::vector<std::string>& effect_names();

/// Keys that every map accepts beside its own, and that are therefore no names of things.
inline constexpr std::array<std::string_view, 3> standing_keys{"kind", "source", "note"};

/// What `kind` may say of a number.
inline constexpr std::array<std::string_view, 4> standing_kinds{"recorded", "coded", "fitted",
                                                                "assumed"};

/// `plus`, `minus` or `none`.
std::string_view name_of(Pole pole);

} // namespace walkout::io
