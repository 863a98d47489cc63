#include "sim/io/variants.hpp"

#include "sim/io/path_visitor.hpp"
#include "sim/io/scenario_checks.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::io {

namespace {

struct Form {
    bool whole = false;
    bool flag = false;
};

/// Lists what can be set, and where in the order of all numbers it comes.
class SettingLister : public PathVisitor {
public:
    std::vector<Setting> settings;
    std::vector<std::size_t> ordinals;

    void on_number(const About& about, double& value) override { note(about, value); }
    void on_number(const About& about, std::optional<double>& value) override
    {
        note(about, value.value_or(std::nan("")));
    }
    void on_whole(const About& about, int& value) override
    {
        note(about, value, {.whole = true, .flag = false});
    }
    void on_whole(const About& about, std::uint64_t& value) override
    {
        note(about, static_cast<double>(value), {.whole = true, .flag = false});
    }
    void on_flag(const About& about, bool& value) override
    {
        note(about, value ? 1 : 0, {.whole = true, .flag = true});
    }
    void on_flag(const About& about, std::optional<bool>& value) override
    {
        note(about, value ? static_cast<double>(*value) : std::nan(""),
             {.whole = true, .flag = true});
    }
    void on_time(const About& about, Hours& value) override
    {
        About time = about;
        time.range = {0, unbounded};
        time.unit = Unit::duration;
        note(time, value);
    }

    bool begin_branch(const About& about, bool present) override
    {
        if (!present)
            absent_ = path_to(about.key) + ".";
        return PathVisitor::begin_branch(about, present);
    }
    void begin_leader(const About& about, LeaderParams& leader) override
    {
        PathVisitor::begin_leader(about, leader);
        if (leader.role.empty())
            absent_ = path_to("");
    }

private:
    void note(const About& about, double value, Form form = {})
    {
        const std::size_t ordinal = seen_++;
        const std::string path = path_to(about.key);
        if (!about.in_use || (!absent_.empty() && path.starts_with(absent_)))
            return;
        settings.push_back({path, about.unit, form.flag ? Range{0, 1} : about.range, form.whole,
                            form.flag, value, std::string(about.meaning)});
        ordinals.push_back(ordinal);
    }

    std::size_t seen_ = 0;
    std::string absent_; ///< beginning of paths to a branch or leader there is not
};

/// Sets numbers by their place in the order of all numbers. It keeps no path: a study sets some
/// numbers for every run.
class SettingWriter : public PathVisitor {
public:
    SettingWriter(std::span<const Assignment> assignments, const std::vector<std::size_t>& ordinals)
        : assignments_(assignments), ordinals_(ordinals)
    {
    }

    void on_number(const About&, double& value) override { take(value); }
    void on_number(const About&, std::optional<double>& value) override { take(value); }
    void on_whole(const About&, int& value) override { take(value); }
    void on_whole(const About&, std::uint64_t& value) override { take(value); }
    void on_flag(const About&, bool& value) override { take(value); }
    void on_flag(const About&, std::optional<bool>& value) override { take(value); }
    void on_time(const About&, Hours& value) override { take(value); }

    bool begin_branch(const About&, bool present) override { return present; }
    void begin_section(const About&) override {}
    void begin_leader(const About&, LeaderParams&) override {}
    std::vector<std::string> begin_named(const About&,
                                         const std::vector<std::string>& present) override
    {
        return present;
    }
    std::vector<std::string> begin_effects(const About&,
                                           const std::vector<std::string>& present) override
    {
        return present;
    }
    void begin_entry(const std::string&) override {}
    void begin_effect(const About&) override {}
    void end() override {}

private:
    template <class T> static void set(T& value, double number) { value = static_cast<T>(number); }
    static void set(bool& value, double number) { value = number != 0; }
    static void set(std::optional<bool>& value, double number) { value = number != 0; }
    static void set(std::optional<double>& value, double number) { value = number; }

    template <class T> void take(T& value)
    {
        if (next_ < assignments_.size() && ordinals_[assignments_[next_].setting] == seen_)
            set(value, assignments_[next_++].value);
        ++seen_;
    }

    std::span<const Assignment> assignments_;
    const std::vector<std::size_t>& ordinals_;
    std::size_t next_ = 0;
    std::size_t seen_ = 0;
};

/// Without what only people read: a study copies a scenario for every run.
Scenario lean(Scenario scenario)
{
    scenario.title.clear();
    scenario.summary.clear();
    scenario.record.clear();
    scenario.outcome.reset();
    scenario.bases.clear();
    for (Event& event : scenario.events) {
        event.caption.clear();
        event.source.clear();
    }
    return scenario;
}

} // namespace

std::string text_of(const Setting& setting, double value)
{
    if (setting.flag)
        return value != 0 ? "true" : "false";
    return format_quantity(value, setting.unit);
}

ScenarioVariants::ScenarioVariants(const std::string& path,
                                   const std::vector<std::string>& overrides)
    : file_(read_scenario(path, overrides)), lean_(lean(file_.scenario))
{
    Scenario copy = file_.scenario; // descriptions take what they may change
    SettingLister lister;
    describe(lister, copy);
    settings_ = std::move(lister.settings);
    ordinals_ = std::move(lister.ordinals);
    for (const Setting& setting : settings_)
        joint_.push_back(is_checked_with_others(setting.path));
}

std::optional<std::size_t> ScenarioVariants::find(std::string_view path) const
{
    const auto found = std::ranges::find(settings_, path, &Setting::path);
    if (found == settings_.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - settings_.begin());
}

Scenario ScenarioVariants::with(std::span<const Assignment> assignments) const
{
    return changed(lean_, assignments);
}

Scenario ScenarioVariants::whole_with(std::span<const Assignment> assignments) const
{
    return changed(file_.scenario, assignments);
}

Scenario ScenarioVariants::changed(Scenario scenario, std::span<const Assignment> assignments) const
{
    SettingWriter writer(assignments, ordinals_);
    describe(writer, scenario);
    const bool joint =
        std::ranges::any_of(assignments, [this](const Assignment& a) { return joint_[a.setting]; });
    if (joint) {
        Problems problems;
        settle_headcount(scenario.organization, *file_.places, problems);
        check_scenario(scenario, *file_.places, problems);
        check_branch(scenario, *file_.places, problems);
        problems.raise();
        check_limits(scenario, *file_.places);
    }
    return scenario;
}

} // namespace walkout::io
