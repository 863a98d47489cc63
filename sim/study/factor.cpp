#include "sim/study/factor.hpp"

#include "sim/io/did_you_mean.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace walkout {

namespace {

/// The rubric's "full reason" and the spread of leaders: see scenarios/README.md and sim/MODEL.md.
constexpr double full_reason = 0.8;
constexpr double leader_deviation = 0.25;

double none(double)
{
    return 0;
}

double all(double)
{
    return 1;
}

double at_least_full_reason(double own)
{
    return std::max(own, full_reason);
}

double one_deviation_less(double own)
{
    return std::max(0.0, own - leader_deviation);
}

/// What a cause sets: every setting whose path ends, or is, like this, given its own value.
struct Removal {
    std::string_view cause;
    std::string_view path; ///< with a * in front: the end of a path
    double (*without)(double own);
};

constexpr std::array causes{
    CauseInfo{"outside_offer", "nobody offers jobs or packages: their quality is 0",
              "offer or package"},
    CauseInfo{"withheld_reasons", "each breach comes with its reasons in full (80 % by the rubric)",
              "breach with its reasons withheld"},
    CauseInfo{"peers",
              "nobody heeds others: no social push, no news along ties, no drift toward contacts",
              "influence of peers"},
    CauseInfo{"sleep", "nobody sleeps", "sleep"},
    CauseInfo{"visibility", "names and count of the petition are secret",
              "petition whose names or count are seen"},
    CauseInfo{"loyalty", "mean allegiance is 0: staff are divided", "mean allegiance but 0"},
    CauseInfo{"leader_traits",
              "a leader one standard deviation (0.25) lower in each of the seven traits; the size "
              "is assumed",
              "leader"},
};

constexpr std::array removals{
    Removal{"outside_offer", "*.offer.quality", none},
    Removal{"outside_offer", "*.package.quality", none},
    Removal{"withheld_reasons", "*.breach.reason", at_least_full_reason},
    Removal{"peers", "mechanisms.inclination.peer_weight", none},
    Removal{"peers", "mechanisms.information.nudges_per_tie", none},
    Removal{"peers", "mechanisms.drift.openness", none},
    Removal{"sleep", "people.vigil", all},
    Removal{"sleep", "*.vigil.share", all},
    Removal{"visibility", "*.petition.visibility", none},
    Removal{"loyalty", "people.allegiance_mean", none},
    Removal{"leader_traits", "leaders.plus.profile.communication", one_deviation_less},
    Removal{"leader_traits", "leaders.plus.profile.influence", one_deviation_less},
    Removal{"leader_traits", "leaders.plus.profile.vision", one_deviation_less},
    Removal{"leader_traits", "leaders.plus.profile.empowering", one_deviation_less},
    Removal{"leader_traits", "leaders.plus.profile.transparency", one_deviation_less},
    Removal{"leader_traits", "leaders.plus.profile.commitment", one_deviation_less},
    Removal{"leader_traits", "leaders.plus.profile.reputation", one_deviation_less},
};

bool is_like(std::string_view path, std::string_view pattern)
{
    return pattern.starts_with('*') ? path.ends_with(pattern.substr(1)) : path == pattern;
}

/// Whether a setting belongs to an event that the scenario has switched off.
bool is_off(const Scenario& scenario, std::string_view path)
{
    return std::ranges::any_of(scenario.events, [&](const Event& event) {
        return !event.enabled && path.starts_with("events." + event.name + ".");
    });
}

Factor cause_factor(const io::ScenarioVariants& variants, const CauseInfo& info)
{
    Factor factor{.name = std::string(info.name), .meaning = std::string(info.meaning)};
    const auto& settings = variants.settings();
    for (std::size_t row = 0; row < settings.size(); ++row)
        for (const Removal& removal : removals) {
            if (removal.cause != info.name || !is_like(settings[row].path, removal.path) ||
                is_off(variants.file().scenario, settings[row].path))
                continue;
            const double value = removal.without(settings[row].value);
            if (value != settings[row].value)
                factor.without.push_back({row, value});
        }
    return factor;
}

[[noreturn]] void refuse(std::string_view option, const std::string& cause, const std::string& help)
{
    throw io::InputError(fmt::format("walkout: error: {}: {}{}", option, cause,
                                     help.empty() ? "" : "\n   help: " + help));
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

[[noreturn]] void refuse_name(std::string_view option, std::string_view what,
                              const std::string& word, const std::vector<std::string>& known)
{
    const std::string near = io::did_you_mean(word, known);
    refuse(option, fmt::format("unknown {} '{}'", what, io::printable(word)),
           near.empty() ? "all or some of: " + joined(known) : near);
}

/// The words asked for, or all there are.
std::vector<std::string> meant(std::string_view option, std::string_view what,
                               const std::vector<std::string>& words,
                               const std::vector<std::string>& known)
{
    std::vector<std::string> found;
    for (const std::string& word : words) {
        if (word == "all")
            return known;
        if (std::ranges::find(known, word) == known.end())
            refuse_name(option, what, word, known);
        if (std::ranges::find(found, word) == found.end())
            found.push_back(word);
    }
    return found;
}

void add_causes(Factors& found, const io::ScenarioVariants& variants,
                const std::vector<std::string>& words)
{
    std::vector<std::string> known;
    for (const CauseInfo& info : causes)
        known.emplace_back(info.name);
    for (const std::string& name : meant("--causes", "cause", words, known)) {
        const CauseInfo& info = *std::ranges::find(causes, name, &CauseInfo::name);
        Factor factor = cause_factor(variants, info);
        if (factor.without.empty())
            found.left_out.push_back({name, fmt::format("the scenario has no {}", info.needs)});
        else
            found.factors.push_back(std::move(factor));
    }
}

void add_events(Factors& found, const io::ScenarioVariants& variants,
                const std::vector<std::string>& words)
{
    const bool every = std::ranges::find(words, "all") != words.end();
    std::vector<std::string> known;
    for (const Event& event : variants.file().scenario.events)
        known.push_back(event.name);
    for (const std::string& name : meant("--events", "event", words, known)) {
        const Event& event =
            *std::ranges::find(variants.file().scenario.events, name, &Event::name);
        if (!event.enabled)
            found.left_out.push_back({name, "the scenario has switched it off"});
        else if (!event.effects.empty())
            found.factors.push_back(
                {.name = name,
                 .kind = Factor::Kind::event,
                 .meaning = "does not happen",
                 .without = {{*variants.find("events." + name + ".enabled"), 0}}});
        else if (!every) // of all events most are captions
            found.left_out.push_back({name, "the event is told only; it acts on nobody"});
    }
}

/// What some texts `path=value` change, found by reading the scenario with them.
std::vector<io::Assignment> assignments_of(const io::ScenarioVariants& variants,
                                           const std::string& path,
                                           std::vector<std::string> overrides,
                                           const std::vector<std::string>& texts)
{
    overrides.insert(overrides.end(), texts.begin(), texts.end());
    const io::ScenarioVariants changed(path, overrides);
    std::vector<io::Assignment> without;
    for (std::size_t row = 0; row < variants.settings().size(); ++row) {
        const io::Setting& own = variants.settings()[row];
        const auto other = changed.find(own.path);
        if (!other)
            continue;
        const double value = changed.settings()[*other].value;
        if (value != own.value && !(std::isnan(value) && std::isnan(own.value)))
            without.push_back({row, value});
    }
    return without;
}

void add_own(Factors& found, const io::ScenarioVariants& variants, const std::string& text,
             const std::string& path, const std::vector<std::string>& overrides)
{
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (equals == std::string::npos || name.empty() || text.find('=', equals + 1) == text.npos)
        refuse("--factor", fmt::format("'{}' is no factor", io::printable(text)),
               "write name=path=value[,path=value], the values being those without it, like "
               "distrust=mechanisms.inclination.distrust_weight=0");
    std::vector<std::string> texts;
    for (std::size_t from = equals + 1; from <= text.size();) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        texts.push_back(text.substr(from, comma - from));
        from = comma + 1;
    }
    Factor factor{.name = name,
                  .kind = Factor::Kind::own,
                  .without = assignments_of(variants, path, overrides, texts)};
    if (factor.without.empty())
        found.left_out.push_back({name, "its values are those that the scenario has"});
    else
        found.factors.push_back(std::move(factor));
}

/// Names are unique, and no path is set by two factors: what would hold without both?
void check_apart(const Factors& found, const io::ScenarioVariants& variants)
{
    std::map<std::size_t, std::string> setter;
    std::vector<std::string> names;
    for (const Factor& factor : found.factors) {
        if (std::ranges::find(names, factor.name) != names.end())
            refuse("factors", fmt::format("two are called '{}'", factor.name),
                   "give one of them another name");
        names.push_back(factor.name);
        for (const io::Assignment& assignment : factor.without) {
            const auto [place, is_new] = setter.emplace(assignment.setting, factor.name);
            if (!is_new)
                refuse("factors",
                       fmt::format("'{}' and '{}' both set {}", place->second, factor.name,
                                   variants.settings()[assignment.setting].path),
                       "leave one of them out: choose with --causes and --events");
        }
    }
}

} // namespace

std::span<const CauseInfo> cause_infos()
{
    return causes;
}

Factors choose_factors(const io::ScenarioVariants& variants, const FactorChoice& choice,
                       const std::string& path, const std::vector<std::string>& overrides)
{
    Factors found;
    add_causes(found, variants, choice.causes);
    add_events(found, variants, choice.events);
    for (const std::string& text : choice.own)
        add_own(found, variants, text, path, overrides);
    check_apart(found, variants);
    return found;
}

Factors factors_of(const io::StudyFile& file, std::size_t scenario)
{
    const io::ScenarioVariants& variants = *file.scenarios.at(scenario);
    Factors found;
    for (const StudyParameter& parameter : file.study.parameters) {
        if (parameter.levels.size() != 1 || parameter.spread != Spread::levels)
            refuse(file.path,
                   fmt::format("parameter '{}' is no factor: it has not exactly one value",
                               parameter.name),
                   "write 'values: [x]', where x is what holds without the factor");
        Factor factor{.name = parameter.name, .kind = Factor::Kind::own};
        for (const std::string& path : parameter.paths) {
            const std::size_t row = *variants.find(path);
            const io::Setting& own = variants.settings()[row];
            const double value =
                changed(parameter.change, own.value, parameter.levels.front(), own.whole);
            if (value != own.value)
                factor.without.push_back({row, value});
        }
        std::ranges::sort(factor.without, {}, &io::Assignment::setting);
        if (factor.without.empty())
            found.left_out.push_back({parameter.name, "its value is that of the scenario"});
        else
            found.factors.push_back(std::move(factor));
    }
    check_apart(found, variants);
    return found;
}

std::vector<std::string> overrides_of(const Factor& factor, const io::ScenarioVariants& variants)
{
    std::vector<std::string> texts;
    for (const io::Assignment& assignment : factor.without) {
        const io::Setting& setting = variants.settings()[assignment.setting];
        texts.push_back(setting.path + "=" + io::text_of(setting, assignment.value));
    }
    return texts;
}

} // namespace walkout
