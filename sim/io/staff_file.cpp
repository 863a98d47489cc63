#include "sim/io/staff_file.hpp"

#include "sim/io/csv.hpp"
#include "sim/io/did_you_mean.hpp"
#include "sim/io/parameter_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace walkout::io {

namespace {

constexpr std::size_t most_people = 2'000'000;

/// A column with a number that may be left empty.
struct NumberColumn {
    std::string_view name;
    std::optional<double> StaffRow::*member;
    Range range;
    Unit unit;
};

constexpr std::array<NumberColumn, 8> numbers{{
    {"level", &StaffRow::level, {0, 4}, Unit::none},
    {"tenure", &StaffRow::tenure, {0, 100}, Unit::years},
    {"allegiance", &StaffRow::allegiance, {-1, 1}, Unit::allegiance},
    {"trust", &StaffRow::trust, {0, 1}, Unit::share},
    {"risk", &StaffRow::risk, {0, 1}, Unit::share},
    {"fallback", &StaffRow::fallback, {0, 1}, Unit::share},
    {"bed", &StaffRow::bed, {0, 24}, Unit::clock},
    {"wake", &StaffRow::wake, {0, 24}, Unit::clock},
}};

enum Column : std::size_t { id, department, team, visa, first_number };

std::vector<std::string> columns()
{
    std::vector<std::string> names{"id", "department", "team", "visa"};
    for (const NumberColumn& column : numbers)
        names.emplace_back(column.name);
    return names;
}

std::optional<double> read_cell(CsvReader& table, std::size_t column, const NumberColumn& about)
{
    if (table[column].empty())
        return std::nullopt;
    const auto number = read_quantity(table[column], about.unit);
    if (!number.value)
        table.reject(column, number.error, number.help);
    else if (!about.range.holds(*number.value))
        table.reject(column, fmt::format("{} is outside {}", table[column],
                                         text_of(about.range, about.unit)));
    return number.value;
}

std::optional<double> read_visa(CsvReader& table)
{
    const std::string& text = table[visa];
    if (text.empty())
        return std::nullopt;
    if (text != "yes" && text != "no")
        table.reject(visa, fmt::format("'{}' is neither yes nor no", printable(text)));
    return text == "yes" ? 1.0 : 0.0;
}

/// A department or team: a proper name, in every row when the table has the column.
std::string read_group(CsvReader& table, Column column)
{
    const std::string& text = table[column];
    if (!table.has(column))
        return {};
    const std::string error = text.empty() ? "the field is empty" : name_error(text);
    if (!error.empty())
        table.reject(column,
                     text.empty() ? error : fmt::format("'{}' cannot be a name", printable(text)),
                     text.empty() ? "fill in the column for everybody, or leave it out" : error);
    return text;
}

void check_department(CsvReader& table, const std::vector<DepartmentParams>& departments)
{
    if (departments.empty() || !table.has(department))
        return;
    if (std::ranges::find(departments, table[department], &DepartmentParams::name) !=
        departments.end())
        return;
    std::vector<std::string> names;
    for (const DepartmentParams& known : departments)
        names.push_back(known.name);
    std::string help = did_you_mean(table[department], names);
    if (help.empty())
        help = fmt::format("there are: {}", fmt::join(names, ", "));
    table.reject(department,
                 fmt::format("no department '{}' in the scenario", printable(table[department])),
                 help);
}

StaffRow read_row(CsvReader& table)
{
    StaffRow row;
    row.id = table[id];
    row.department = read_group(table, department);
    row.team = read_group(table, team);
    row.visa = read_visa(table);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        row.*numbers[i].member = read_cell(table, first_number + i, numbers[i]);
    if (row.level && *row.level != static_cast<int>(*row.level))
        table.reject(first_number, fmt::format("{} is not a whole number", table[first_number]));
    return row;
}

} // namespace

std::vector<StaffRow> read_staff(const SourcePtr& source,
                                 const std::vector<DepartmentParams>& departments,
                                 Problems& problems)
{
    CsvReader table(source, columns(), 1, problems);
    std::vector<StaffRow> staff;
    std::unordered_map<std::string, Place> seen;
    while (table.next()) {
        if (staff.size() == most_people)
            throw LimitError(
                format_problem(table.place(id), fmt::format("more than {} people", most_people)));
        const auto [first, is_new] = seen.emplace(table[id], table.place(id));
        if (table[id].empty())
            table.reject(id, "the field is empty", "give everybody an id");
        else if (!is_new)
            table.reject(id, fmt::format("'{}' given twice (first at {})", printable(table[id]),
                                         reference_to(first->second, table.place(id))));
        check_department(table, departments);
        staff.push_back(read_row(table));
    }
    if (staff.empty() && !problems.any())
        problems.add({source, 0, 0, 1}, "the table names nobody",
                     "add a line per person, or leave organization.staff out");
    return staff;
}

} // namespace walkout::io
