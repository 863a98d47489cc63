#include "sim/io/record_file.hpp"

#include "sim/io/csv.hpp"
#include "sim/io/quantity.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace walkout::io {

namespace {

enum Column : std::size_t { time, count, low, high, fit, note, source, counted, precision };

const std::vector<std::string> columns{"time", "count",  "low",     "high",     "fit",
                                       "note", "source", "counted", "precision"};
constexpr double seconds_per_hour = 3600;

/// A number of people, at most the headcount.
void read_people(CsvReader& table, Column column, int headcount, int& value)
{
    if (table[column].empty() && column != count)
        return;
    const auto number = read_whole(table[column]);
    if (!number.value)
        table.reject(column, number.error, number.help);
    else if (*number.value < 0 || *number.value > headcount)
        table.reject(column,
                     fmt::format("{} is outside [0, {}], the headcount", *number.value, headcount));
    else
        value = static_cast<int>(*number.value);
}

void read_time(CsvReader& table, const Scenario& scenario, Hours& value)
{
    const auto instant = read_instant(table[time]);
    if (!instant.value)
        return table.reject(time, instant.error, instant.help);
    const Hours hours =
        static_cast<double>(instant.value->utc - scenario.start_utc) / seconds_per_hour;
    if (hours < value)
        table.reject(time, "earlier than the line before", "sort the record by time");
    value = hours;
}

bool read_fit(CsvReader& table)
{
    if (!table[fit].empty() && table[fit] != "yes" && table[fit] != "no")
        table.reject(fit, fmt::format("'{}' is neither yes nor no", printable(table[fit])));
    return table[fit] == "yes";
}

Counted read_counted(CsvReader& table)
{
    const std::string& text = table[counted];
    if (!text.empty() && text != "signatures" && text != "departures")
        table.reject(counted,
                     fmt::format("'{}' is neither signatures nor departures", printable(text)));
    return text == "departures" ? Counted::departures : Counted::signatures;
}

Hours read_precision(CsvReader& table)
{
    if (table[precision].empty())
        return 0;
    const auto hours = read_duration(table[precision]);
    if (!hours.value)
        table.reject(precision, hours.error, hours.help);
    else if (*hours.value < 0)
        table.reject(precision, "a precision is not negative", "write it like '5min'");
    return std::max(0.0, hours.value.value_or(0));
}

} // namespace

std::vector<RecordPoint> read_record(const SourcePtr& file, const Scenario& scenario,
                                     Problems& problems)
{
    CsvReader table(file, columns, 2, problems);
    std::vector<RecordPoint> points;
    RecordPoint point;
    point.time = -never;
    while (table.next()) {
        read_time(table, scenario, point.time);
        read_people(table, count, scenario.organization.headcount, point.count);
        point.low = point.high = point.count;
        read_people(table, low, scenario.organization.headcount, point.low);
        read_people(table, high, scenario.organization.headcount, point.high);
        if (point.low > point.count || point.count > point.high)
            table.reject(count, "low <= count <= high does not hold");
        point.fit = read_fit(table);
        point.note = table[note];
        point.source = table[source];
        point.counted = read_counted(table);
        point.precision = read_precision(table);
        points.push_back(point);
    }
    return points;
}

} // namespace walkout::io
