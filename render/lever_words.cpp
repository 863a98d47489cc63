#include "render/lever_words.hpp"

#include "render/chart_kit.hpp"
#include "sim/core/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace walkout::render {

namespace {

struct Words {
    std::string_view path; ///< its end
    std::string_view name;
};

constexpr std::array names{
    Words{"people.allegiance_mean", "Loyalty to the leader"},
    Words{"people.allegiance_spread", "How much loyalty differs"},
    Words{"people.team_correlation", "Likeness within teams"},
    Words{"people.camp_distance", "Distance of the camps"},
    Words{"people.trust_mean", "Trust in the board"},
    Words{"people.trust_spread", "How much trust differs"},
    Words{"people.fallback_mean", "Jobs to be had elsewhere"},
    Words{"people.fallback_spread", "How much prospects differ"},
    Words{"people.visa_share", "People with a visa"},
    Words{"people.visa_risk", "Risk for people with a visa"},
    Words{"people.bed_mean", "Bedtime"},
    Words{"people.wake_mean", "Time of waking"},
    Words{"people.vigil", "Awake in an ordinary night"},
    Words{"inclination.distrust_weight", "Weight of distrust"},
    Words{"inclination.peer_weight", "Pull of peers"},
    Words{"inclination.global_share", "Pull of the public count"},
    Words{"inclination.milder_weight", "Weight of milder acts"},
    Words{"cost.post", "Fear of speaking up"},
    Words{"cost.sign", "Fear of signing"},
    Words{"cost.leave", "Fear of leaving"},
    Words{"cost.size_exponent", "Burden of a large group"},
    Words{"cost.relief", "Relief by a job elsewhere"},
    Words{"review.voice_rate", "How often people reconsider"},
    Words{"review.exit_rate", "How often they think of leaving"},
    Words{"information.nudges_per_tie", "Talk between colleagues"},
    Words{"information.nudge_memory", "Delay of talk"},
    Words{"drift.openness", "Openness to colleagues"},
    Words{"drift.memory", "Slowness of loyalty"},
    Words{"office.loss", "Loyalty lost with the office"},
    Words{"settlement.lag", "From concession to return"},
    Words{"board.quorum", "Directors who must give way"},
    Words{"board.review_rate", "How often directors reconsider"},
    Words{"board.stamina", "Stamina of the board"},
    Words{"board.deadline_pull", "Haste before a deadline"},
    Words{"board.deadline_lead", "How early a deadline presses"},
    Words{"board.investor_weight", "Weight of investors"},
    Words{"board.colleague_weight", "Weight of other directors"},
    Words{"board.credibility_floor", "Belief in the threat to leave"},
    Words{"board.resolve_spread", "How much resolve differs"},
    Words{"board.directors.*.resolve", "Resolve at the start"},
    Words{"investors.stance", "Pressure of investors"},
    Words{"network.manager_weight", "Weight of a lead"},
    Words{"network.cross_ties", "Ties across departments"},
    Words{"network.department_ties", "Ties inside departments"},
    Words{"network.team_mean", "Size of teams"},
    Words{"profile.commitment", "Leader: commitment"},
    Words{"profile.communication", "Leader: communication"},
    Words{"profile.influence", "Leader: influence"},
    Words{"profile.vision", "Leader: vision"},
    Words{"profile.empowering", "Leader: empowering others"},
    Words{"profile.transparency", "Leader: transparency"},
    Words{"profile.reputation", "Leader: reputation"},
    Words{"profile.ego", "Leader: ego intelligence"},
    Words{"profile.eco", "Leader: eco intelligence"},
    Words{"profile.intuition", "Leader: intuition"},
};

/// Of the numbers of an event, behind its headline.
constexpr std::array event_names{
    Words{"offer.quality", "worth"},
    Words{"package.quality", "worth"},
    Words{"petition.risk_factor", "risk"},
    Words{"petition.broadcast_rate", "speed of the news"},
    Words{"petition.visibility", "how public"},
    Words{"petition.first_signers", "first signers"},
    Words{"broadcast.rate", "speed of the news"},
    Words{"deadline.in", "time left"},
    Words{"breach.severity", "severity"},
    Words{"breach.reason", "reasons given"},
    Words{"reassure.gain", "trust won"},
    Words{"vigil.share", "people awake"},
    Words{"invest.stance", "pressure"},
    Words{"appoint.trust", "trust in the new"},
    Words{"retaliate.factor", "fear"},
    Words{"evidence.strength", "strength"},
    Words{"persuade.strength", "strength"},
};

template <std::size_t n>
std::string_view known(const std::array<Words, n>& table, std::string_view path)
{
    const auto row =
        std::ranges::find_if(table, [&](const Words& words) { return path.ends_with(words.path); });
    return row == table.end() ? std::string_view{} : row->name;
}

/// `omega_v: what a milder act counts; ...` -> `What a milder act counts`
std::string from_meaning(std::string_view meaning)
{
    const std::size_t colon = meaning.find(": ");
    if (colon != std::string_view::npos && meaning.substr(0, colon).find(' ') == meaning.npos)
        meaning.remove_prefix(colon + 2);
    std::string words(meaning.substr(0, meaning.find_first_of(";.")));
    if (!words.empty())
        words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    return words;
}

/// The part of a path between two dots, counted from 0.
std::string part(std::string_view path, std::size_t number)
{
    for (; number > 0; --number)
        path.remove_prefix(std::min(path.size(), path.find('.') + 1));
    return std::string(path.substr(0, path.find('.')));
}

std::string event_number_name(const Lever& lever, const Scenario& scenario)
{
    const std::string event = part(lever.path, 1);
    const auto found = std::ranges::find(scenario.events, event, &Event::name);
    const std::string headline =
        found == scenario.events.end() ? readable(event) : headline_of(*found);
    if (lever.moment || lever.path.ends_with(".enabled"))
        return headline;
    const std::string_view words = known(event_names, lever.path);
    const std::size_t key = lever.path.rfind('.');
    return headline + ": " +
           (words.empty() ? readable(lever.path.substr(key + 1)) : std::string(words));
}

/// A number with as many digits as matter on a stretch.
std::string digits(double value, double step)
{
    const double wanted = std::clamp(-std::floor(std::log10(step) + 1e-9), 0.0, 6.0);
    std::string text = fmt::format("{:.{}f}", std::abs(value), static_cast<int>(wanted));
    const bool nothing = text.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !nothing ? std::string(minus) + text : text;
}

} // namespace

std::string lever_name(const Lever& lever, const Scenario& scenario)
{
    if (lever.path.starts_with("events."))
        return event_number_name(lever, scenario);
    if (const std::string_view words = known(names, lever.path); !words.empty())
        return std::string(words);
    std::string words = from_meaning(lever.meaning);
    if (lever.path.starts_with("board.directors.") ||
        lever.path.starts_with("organization.departments."))
        words = part(lever.path, 2) + ": " + readable(lever.path.substr(lever.path.rfind('.') + 1));
    return words;
}

std::string lever_group(const Lever& lever)
{
    const std::string section = part(lever.path, 0);
    return section == "mechanisms"  ? "How people decide"
           : section == "investors" ? "Outside"
           : section == "leaders"   ? "Leaders"
                                    : readable(section);
}

std::string lever_value(const Lever& lever, double value, const Story& story)
{
    if (lever.flag || !std::isfinite(value))
        return lever.text(value);
    if (lever.moment)
        return story.weekday(value + 1e-6) + " " + story.clock_text(value + 1e-6);
    if (lever.factor)
        return digits(value, lever.step) + "\u00d7";
    switch (lever.unit) {
    case io::Unit::share:
        return digits(100 * value, 100 * lever.step) + " %";
    case io::Unit::rate:
        return digits(value, lever.step) + "/h";
    case io::Unit::duration:
        return digits(value, lever.step) + " h";
    case io::Unit::clock: {
        const long minutes = std::lround(value * 60);
        return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    }
    default:
        return digits(value, lever.step);
    }
}

std::optional<double> typed_value(const Lever& lever, const std::string& text, const Story& story)
{
    std::string plain = text;
    std::erase(plain, ' ');
    std::string_view number = plain;
    if (lever.factor && number.ends_with("x"))
        number.remove_suffix(1);
    if (const auto value = lever.read(number))
        return value;
    if (!lever.moment)
        return std::nullopt;
    const auto moment = story.parse_time(text, lever.baseline);
    return moment && *moment >= lever.low && *moment <= lever.high ? moment : std::nullopt;
}

} // namespace walkout::render
