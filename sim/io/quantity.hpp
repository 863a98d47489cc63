#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace walkout::io {

/// How a number is written and what its value counts.
enum class Unit {
    none,       ///< a bare number
    allegiance, ///< a bare number in allegiance units
    people,     ///< a bare number
    years,      ///< a bare number
    share,      ///< `0.12` or `12%`
    rate,       ///< `2.56/h`; per hour
    duration,   ///< `90min`; hours
    clock       ///< `23:30` or `23.5`; hours since midnight
};

/// What came of reading a text: a value, or why not and what to write instead.
template <class T> struct Reading {
    std::optional<T> value;
    std::string error; ///< completes "people.vigil ..."
    std::string help;
};

/// A point in time as the world writes it.
struct Instant {
    std::int64_t utc = 0;   ///< seconds since 1970
    int offset_minutes = 0; ///< of local time from UTC
    double local_hour = 0;  ///< hour of the local day, [0, 24)
};

/// The one rule for plain numbers: decimal, finite, complete. No `012`, `0x1f`, `1_000`, `.nan`.
Reading<double> read_number(std::string_view text);

/// Whole numbers by the same rule; `1e6` is one, `1.5` is not. Exact over all 64 bits.
Reading<std::int64_t> read_whole(std::string_view text);

/// `4h 90min 30s 2d`, also `1.5h` and `-3h`. The value is in hours.
Reading<double> read_duration(std::string_view text);

/// `0.12` or `12%`.
Reading<double> read_share(std::string_view text);

/// `2.56/h`, `0.1/min`, `3/d`. The value is per hour.
Reading<double> read_rate(std::string_view text);

/// `23:30` or `23.5`.
Reading<double> read_clock(std::string_view text);

/// ISO 8601 with an offset: `2023-11-17T12:00-08:00`, `...:30Z`.
Reading<Instant> read_instant(std::string_view text);

/// Whether a text is meant as a date, so that its mistakes are told as a date's.
bool looks_like_date(std::string_view text);

/// Read a number as its unit wants it.
Reading<double> read_quantity(std::string_view text, Unit unit);

/// The shortest text that reads back to the same bits.
std::string format_number(double value);

/// The same with the unit, as `read_quantity` wants it.
std::string format_quantity(double value, Unit unit);

/// An instant in its local time, to the minute, or second where that matters.
std::string format_instant(const Instant& instant);

/// What a table of units calls it; empty for a bare number.
std::string_view name_of(Unit unit);

} // namespace walkout::io
