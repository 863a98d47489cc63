#include "sim/io/flatten.hpp"

#include "sim/core/chance.hpp"
#include "sim/core/fingerprint.hpp"
#include "sim/io/path_visitor.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace walkout::io {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

/// Texts that only people read.
constexpr std::array<std::string_view, 4> for_people{"title", "summary", "caption", "role"};

class Flattener : public PathVisitor {
public:
    Lines take() { return std::move(lines_); }

    void on_number(const About& about, double& value) override
    {
        if (about.in_use && std::isfinite(value))
            add(about, format_quantity(value, about.unit));
    }
    void on_number(const About& about, std::optional<double>& value) override
    {
        if (value)
            add(about, format_quantity(*value, about.unit));
    }
    void on_whole(const About& about, int& value) override { add(about, std::to_string(value)); }
    void on_whole(const About& about, std::uint64_t& value) override
    {
        add(about, std::to_string(value));
    }
    void on_flag(const About& about, bool& value) override { add(about, value ? "true" : "false"); }
    void on_flag(const About& about, std::optional<bool>& value) override
    {
        if (value)
            add(about, *value ? "true" : "false");
    }
    void on_text(const About& about, std::string& value) override
    {
        if (!value.empty() && std::ranges::find(for_people, about.key) == for_people.end())
            add(about, value);
    }
    void on_pole(const About& about, Pole& value, bool) override
    {
        add(about, std::string(name_of(value)));
    }
    void on_start(const About& about, Scenario& scenario) override { add(about, scenario.start); }
    void on_time(const About& about, Hours& value) override
    {
        if (about.in_use)
            add(about, format_quantity(value, Unit::duration));
    }
    void on_condition(const About& about, std::optional<Condition>& value) override
    {
        if (value)
            add(about, value->text);
    }

private:
    void add(const About& about, std::string value)
    {
        lines_.emplace_back(path_to(about.key), std::move(value));
    }

    Lines lines_;
};

void add(Fingerprint& hash, const std::string& text)
{
    hash.add(std::uint64_t{text.size()});
    hash.add(std::uint64_t{key_of(text)});
}

std::string hash_of(const std::vector<StaffRow>& staff)
{
    Fingerprint hash;
    for (const StaffRow& row : staff) {
        for (const std::string* text : {&row.id, &row.department, &row.team})
            add(hash, *text);
        for (const auto& number : {row.level, row.tenure, row.allegiance, row.trust, row.risk,
                                   row.fallback, row.visa, row.bed, row.wake})
            hash.add(number.value_or(never));
    }
    return fmt::format("{} people, hash {:016x}", staff.size(), hash.value());
}

std::string hash_of(const std::vector<TieRow>& ties)
{
    Fingerprint hash;
    for (const TieRow& row : ties) {
        hash.add((std::uint64_t{row.from} << 32) | row.to);
        hash.add(row.weight);
    }
    return fmt::format("{} ties, hash {:016x}", ties.size(), hash.value());
}

} // namespace

std::vector<std::pair<std::string, std::string>> flatten(const Scenario& scenario)
{
    Scenario copy = scenario; // descriptions take what they may change
    Flattener flattener;
    describe(flattener, copy);
    Lines lines = flattener.take();
    if (!scenario.organization.staff.empty())
        lines.emplace_back("organization.staff", hash_of(scenario.organization.staff));
    if (scenario.organization.ties)
        lines.emplace_back("organization.ties", hash_of(*scenario.organization.ties));
    if (scenario.branch)
        for (auto& [path, value] : flatten(*scenario.branch->base))
            lines.emplace_back("branch.base." + path, std::move(value));
    return lines;
}

} // namespace walkout::io
