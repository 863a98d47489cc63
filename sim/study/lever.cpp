#include "sim/study/lever.hpp"

#include "sim/io/quantity.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace walkout {

namespace {

constexpr Hours moment_reach = 36; ///< of an event's time, both ways
constexpr double narrow = 2;       ///< a declared range up to this wide is a stretch as it is
constexpr double times_own = 3;    ///< else the stretch ends at so many times the own value
constexpr double steps = 100;      ///< on a stretch, at least
constexpr double pull = 0.01;      ///< of the stretch, of the baseline
constexpr Hours moment_step = 0.1;
constexpr Hours clock_reach = 6;

std::vector<std::string> parts_of(std::string_view path)
{
    std::vector<std::string> parts(1);
    for (const char c : path)
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

/// What the past of a branch has settled.
bool is_settled(const std::vector<std::string>& parts, const std::vector<std::string>& happened)
{
    if (parts[0] == "events")
        return std::ranges::find(happened, parts[1]) != happened.end();
    return parts[0] == "organization" || parts[0] == "tick" || parts[0] == "branch";
}

/// 1, 2 or 5 times a power of ten, not above `value`.
double round_step(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {5.0, 2.0})
        if (factor * power <= value * (1 + 1e-9))
            return factor * power;
    return power;
}

void set_stretch(Lever& lever, const io::Setting& setting, const Scenario& scenario)
{
    const double own = std::isfinite(setting.value) ? setting.value : 0;
    const io::Range& range = setting.range;
    if (setting.flag) {
        lever.low = 0;
        lever.high = 1;
    } else if (lever.moment) {
        const Hours first = scenario.branch ? scenario.branch->at : 0;
        const Hours middle = std::max(own, first);
        lever.low = std::max(first, own - moment_reach);
        lever.high =
            std::max(middle, std::min(scenario.horizon - scenario.tick, middle + moment_reach));
    } else if (setting.unit == io::Unit::clock) {
        lever.low = std::max(range.low, own - clock_reach);
        lever.high = std::min(range.high, own + clock_reach);
    } else if (setting.unit != io::Unit::rate && range.high - range.low <= narrow) {
        lever.low = range.low;
        lever.high = range.high;
    } else {
        const double usual = setting.unit == io::Unit::duration ? 24 : 1;
        lever.low = std::max(range.low, own < 0 ? times_own * own : 0.0);
        lever.high = std::min(range.high, own > 0 ? times_own * own : usual);
        if (setting.whole)
            lever.high = std::max(lever.high, lever.low + 4);
    }
    lever.step = lever.moment    ? moment_step
                 : setting.whole ? 1
                                 : round_step(std::max(1e-9, (lever.high - lever.low) / steps));
    if (range.above_low && lever.low <= range.low)
        lever.low = range.low + lever.step;
}

bool starts_with_any(const std::string& path, std::initializer_list<std::string_view> beginnings)
{
    return std::ranges::any_of(beginnings, [&](std::string_view b) { return path.starts_with(b); });
}

/// Whether the event of a path only tells something; of a branch also one that is off, because
/// every event of its past stands there once more.
bool is_of_caption(const std::vector<std::string>& parts, const Scenario& scenario)
{
    if (parts[0] != "events" || parts.size() < 2)
        return false;
    const auto event = std::ranges::find(scenario.events, parts[1], &Event::name);
    return event != scenario.events.end() &&
           (event->effects.empty() || (scenario.branch && !event->enabled));
}

bool is_passive(const std::string& path, const Scenario& scenario)
{
    const bool of_one_director = path.starts_with("board.directors.") && path.ends_with(".lean");
    return of_one_director ||
           starts_with_any(path, {"horizon", "tick", "organization.headcount",
                                  "organization.group_size", "organization.departments."}) ||
           path.ends_with(".precision") || path.find(".reference.") != std::string::npos ||
           path.find(".among.") != std::string::npos || is_of_caption(parts_of(path), scenario);
}

Lever lever_of(const io::Setting& setting, std::size_t row, const Scenario& scenario)
{
    Lever lever{.path = setting.path,
                .rows = {row},
                .unit = setting.unit,
                .flag = setting.flag,
                .passive = is_passive(setting.path, scenario),
                .baseline = setting.value,
                .meaning = setting.meaning};
    const auto parts = parts_of(setting.path);
    lever.moment = parts.size() == 3 && parts[0] == "events" && parts[2] == "at";
    set_stretch(lever, setting, scenario);
    if (lever.path == "board.quorum") // a majority of more than there are is none
        lever.high = std::max(lever.baseline, static_cast<double>(scenario.board.directors.size()));
    return lever;
}

} // namespace

// ---------------------------------------------------------------- one lever

double Lever::snapped(double value) const
{
    if (std::abs(value - baseline) <= pull * (high - low))
        return baseline;
    // Through text, so that 0.35 is the number that somebody who types 0.35 gets.
    const double rough = std::round(value / step) * step;
    const double digits = std::max(0.0, -std::floor(std::log10(step) + 1e-9));
    const double power = std::pow(10, digits);
    return std::clamp(std::round(rough * power) / power, low, high);
}

std::optional<double> Lever::read(std::string_view text) const
{
    const auto reading = io::read_quantity(text, moment ? io::Unit::duration : unit);
    if (!reading.value)
        return std::nullopt;
    const double value = *reading.value;
    const bool whole = flag || step == 1;
    return value < low || value > high || (whole && value != std::round(value))
               ? std::nullopt
               : std::optional(value);
}

std::string Lever::text(double value) const
{
    if (flag)
        return value != 0 ? "on" : "off";
    if (!std::isfinite(value))
        return "not given";
    return io::format_quantity(value, unit);
}

// ---------------------------------------------------------------- all of a scenario

Levers::Levers(const io::ScenarioVariants& variants, const std::vector<std::string>& happened)
{
    const std::vector<io::Setting>& settings = variants.settings();
    for (std::size_t row = 0; row < settings.size(); ++row) {
        const io::Setting& setting = settings[row];
        own_.push_back(setting.value);
        whole_.push_back(setting.whole);
        ranges_.push_back(setting.range);
        const auto parts = parts_of(setting.path);
        if (parts[0] == "ensemble" ||
            (variants.file().scenario.branch && is_settled(parts, happened)))
            continue;
        levers_.push_back(lever_of(setting, row, variants.file().scenario));
    }
    add_together(variants, "board.directors.", ".resolve",
                 "Factor on the pressure that makes each director give way.");
}

void Levers::add_together(const io::ScenarioVariants& variants, const std::string& prefix,
                          const std::string& key, const std::string& meaning)
{
    Lever together{.path = prefix + "*" + key,
                   .factor = true,
                   .low = 0,
                   .high = times_own,
                   .step = round_step(times_own / steps),
                   .baseline = 1,
                   .meaning = meaning};
    const std::vector<io::Setting>& settings = variants.settings();
    for (std::size_t row = 0; row < settings.size(); ++row)
        if (settings[row].path.starts_with(prefix) && settings[row].path.ends_with(key) &&
            settings[row].value > 0) {
            together.rows.push_back(row);
            together.high = std::min(together.high, settings[row].range.high / settings[row].value);
        }
    if (together.rows.size() < 2)
        return;
    for (Lever& lever : levers_)
        lever.passive = lever.passive ||
                        std::ranges::find(together.rows, lever.rows.front()) != together.rows.end();
    const auto after = std::ranges::find_if(
        levers_, [&](const Lever& lever) { return lever.rows.front() > together.rows.back(); });
    levers_.insert(after, std::move(together));
}

std::optional<std::size_t> Levers::find(std::string_view path) const
{
    const auto found = std::ranges::find(levers_, path, &Lever::path);
    if (found == levers_.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - levers_.begin());
}

std::vector<std::size_t> Levers::candidates() const
{
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < levers_.size(); ++row)
        if (const Lever& lever = levers_[row]; !lever.flag && !lever.passive &&
                                               std::isfinite(lever.baseline) &&
                                               lever.low < lever.high)
            rows.push_back(row);
    return rows;
}

std::vector<io::Assignment> Levers::assignments(const std::map<std::size_t, double>& values) const
{
    std::map<std::size_t, double> by_setting;
    for (const bool factors : {true, false})
        for (const auto& [row, value] : values) {
            const Lever& lever = levers_[row];
            if (lever.factor != factors)
                continue;
            for (const std::size_t setting : lever.rows)
                by_setting[setting] = !lever.factor ? value
                                      : whole_[setting]
                                          ? std::round(own_[setting] * value)
                                          : std::min(own_[setting] * value, ranges_[setting].high);
        }
    std::vector<io::Assignment> all;
    for (const auto& [setting, value] : by_setting)
        all.push_back({setting, value});
    return all;
}

bool Levers::move_organization(const std::map<std::size_t, double>& values) const
{
    return std::ranges::any_of(values, [&](const auto& entry) {
        return levers_[entry.first].path.starts_with("organization.");
    });
}

} // namespace walkout
