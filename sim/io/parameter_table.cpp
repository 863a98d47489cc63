#include "sim/io/condition.hpp"
#include "sim/io/parameter_reader.hpp"
#include "sim/io/path_visitor.hpp"
#include "sim/io/scenario_file.hpp"

#include <fmt/format.h>

#include <cmath>

namespace walkout::io {

namespace {

std::string in_cell(std::string_view text)
{
    std::string cell;
    for (const char c : text)
        cell += c == '|' ? std::string("\\|") : std::string(1, c);
    return cell;
}

/// Writes one row per key of the grammar.
class TableWriter : public GrammarVisitor {
public:
    std::string take() { return std::move(table_); }

    void on_number(const About& about, double& value) override
    {
        row(about, name_of(about.unit), range_of(about),
            std::isfinite(value) ? format_quantity(value, about.unit) : "");
    }
    void on_number(const About& about, std::optional<double>&) override
    {
        row(about, name_of(about.unit), range_of(about), "");
    }
    void on_whole(const About& about, int& value) override { whole_row(about, value); }
    void on_whole(const About& about, std::uint64_t& value) override { whole_row(about, value); }
    void on_flag(const About& about, bool& value) override
    {
        row(about, "true or false", "", value ? "true" : "false");
    }
    void on_flag(const About& about, std::optional<bool>&) override
    {
        row(about, "true or false", "", "");
    }
    void on_text(const About& about, std::string& value) override { row(about, "text", "", value); }
    void on_file(const About& about, std::string&) override { row(about, "file", "", ""); }
    void on_pole(const About& about, Pole& value, bool none_allowed) override
    {
        row(about, none_allowed ? "plus, minus, none" : "plus, minus", "", name_of(value));
    }
    void on_outcome(const About& about, std::optional<Outcome>&) override
    {
        row(about, fmt::format("{}", fmt::join(outcome_names, ", ")), "", "");
    }
    void on_start(const About& about, Scenario&) override { row(about, "time", "", "required"); }
    void on_time(const About& about, Hours&) override { row(about, "time", "[0h, horizon]", ""); }
    void on_condition(const About& about, std::optional<Condition>&) override
    {
        row(about, "condition", "", "");
    }
    void on_base(const About& about) override { row(about, "file", "", ""); }
    void on_past(const About& about) override { row(about, "scenario", "", ""); }
    void on_vacated(const About& about, std::vector<VacatedParams>&) override
    {
        row(about, "map of events", "", "");
    }

    void begin_section(const About& about) override
    {
        row(about, "map", "", "");
        PathVisitor::begin_section(about);
    }
    bool begin_branch(const About& about, bool present) override
    {
        row(about, "map", "", "");
        return PathVisitor::begin_branch(about, present);
    }
    void begin_leader(const About& about, LeaderParams& leader) override
    {
        row(about, "map", "", "");
        PathVisitor::begin_leader(about, leader);
    }
    std::vector<std::string> begin_named(const About& about,
                                         const std::vector<std::string>& present) override
    {
        row(about, "map of names", "", "");
        return GrammarVisitor::begin_named(about, present);
    }
    std::vector<std::string> begin_effects(const About& about,
                                           const std::vector<std::string>& present) override
    {
        row(about, "map of effects", "", "");
        return GrammarVisitor::begin_effects(about, present);
    }
    void begin_effect(const About& about) override
    {
        row(about, "map", "", "");
        PathVisitor::begin_effect(about);
    }

private:
    static std::string range_of(const About& about) { return text_of(about.range, about.unit); }

    template <class T> void whole_row(const About& about, T value)
    {
        const bool has_default = about.range.holds(static_cast<double>(value));
        const std::string_view unit = name_of(about.unit);
        row(about, unit.empty() ? "whole number" : unit, range_of(about),
            has_default ? std::to_string(value) : "required");
    }

    void row(const About& about, std::string_view unit, std::string_view range,
             std::string_view value)
    {
        table_ += fmt::format("| `{}` | {} | {} | {} | {} |\n", path_to(about.key), unit, range,
                              value, in_cell(about.meaning));
    }

    std::string table_ =
        "| path | unit | range | default | meaning |\n| --- | --- | --- | --- | --- |\n";
};

/// Lists the numbers of one scenario.
class ParameterLister : public PathVisitor {
public:
    std::vector<Parameter> take() { return std::move(parameters_); }

    void on_number(const About& about, double& value) override
    {
        if (about.in_use && std::isfinite(value))
            add(about, value, false);
    }
    void on_number(const About& about, std::optional<double>& value) override
    {
        if (value)
            add(about, *value, false);
    }
    void on_whole(const About& about, int& value) override { add(about, value, true); }
    void on_whole(const About& about, std::uint64_t& value) override
    {
        add(about, static_cast<double>(value), true);
    }
    void on_time(const About& about, Hours& value) override
    {
        if (about.in_use)
            add({about.key, about.meaning, {0, unbounded}, Unit::duration}, value, false);
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
    void add(const About& about, double value, bool whole)
    {
        const std::string path = path_to(about.key);
        if (!absent_.empty() && path.starts_with(absent_))
            return;
        parameters_.push_back({path, about.unit, about.range.low, about.range.high, whole, value,
                               std::string(about.meaning)});
    }

    std::vector<Parameter> parameters_;
    std::string absent_; ///< beginning of paths to a branch or leader there is not
};

} // namespace

std::vector<Parameter> parameters(const Scenario& scenario)
{
    Scenario copy = scenario; // descriptions take what they may change
    ParameterLister lister;
    describe(lister, copy);
    return lister.take();
}

std::string text_of(const Parameter& parameter, double value)
{
    return format_quantity(value, parameter.unit);
}

std::string parameter_table_markdown()
{
    Scenario scenario;
    TableWriter writer;
    describe(writer, scenario);
    std::string table = writer.take();
    table += "\nConditions (`when`) may name:\n\n| name | meaning |\n| --- | --- |\n";
    for (const OutlookVariable& variable : outlook_variables())
        table += fmt::format("| `{}` | {} |\n", variable.name, in_cell(variable.meaning));
    return table;
}

} // namespace walkout::io
