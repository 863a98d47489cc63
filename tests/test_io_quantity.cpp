#include "sim/io/did_you_mean.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/quantity.hpp"
#include "sim/io/source_file.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <random>

namespace walkout::io {

namespace {

bool refused(const Reading<double>& reading)
{
    return !reading.value && !reading.error.empty();
}

} // namespace

TEST_CASE("plain numbers are decimal, finite and complete", "[io]")
{
    CHECK(read_number("0.25").value == 0.25);
    CHECK(read_number("-3").value == -3);
    CHECK(read_number("+.5").value == 0.5);
    CHECK(read_number("1e3").value == 1000);
    CHECK(read_number("0").value == 0);
    CHECK(read_number("5.").value == 5);
    CHECK_FALSE(std::signbit(*read_number("-0").value));
    for (const char* text :
         {"",     " ",   "1 ",   " 1",    "012", "-012", "0x1f", "1_000", "1,5", "nan",
          ".nan", "inf", ".inf", "1e999", "1e",  "--1",  "+-1",  ".",     "e5",  "1.2.3"}) {
        INFO("'" << text << "'");
        CHECK(refused(read_number(text)));
    }
}

TEST_CASE("whole numbers are exact over 64 bits", "[io]")
{
    CHECK(read_whole("9223372036854775807").value == 9223372036854775807);
    CHECK(read_whole("-9223372036854775807").value == -9223372036854775807);
    CHECK(read_whole("1e6").value == 1'000'000);
    CHECK(read_whole("2.0").value == 2);
    for (const char* text : {"1.5", "9223372036854775808", "1e300", "012", "x"}) {
        INFO(text);
        CHECK_FALSE(read_whole(text).value);
    }
}

TEST_CASE("durations carry one of four units", "[io]")
{
    CHECK(read_duration("4h").value == 4);
    CHECK(read_duration("90min").value == 1.5);
    CHECK(read_duration("36s").value == 0.01);
    CHECK(read_duration("2d").value == 48);
    CHECK(read_duration("1.5 h").value == 1.5);
    CHECK(read_duration("-3h").value == -3);
    CHECK(read_duration("0h").value == 0);
    for (const char* text : {"4", "4hours", "4 m", "h", "", "1h30min", "1h 30min", "4h ", "PT4H"}) {
        INFO("'" << text << "'");
        CHECK(refused(read_duration(text)));
    }
}

TEST_CASE("shares are fractions or percent", "[io]")
{
    CHECK(read_share("12%").value == 0.12);
    CHECK(read_share("12 %").value == 0.12);
    CHECK(read_share("0.12").value == 0.12);
    CHECK(read_share("-5%").value == -0.05);
    for (const char* text : {"12 percent", "%", "12%%", "a%", "12h"}) {
        INFO(text);
        CHECK(refused(read_share(text)));
    }
}

TEST_CASE("rates carry a unit of time", "[io]")
{
    CHECK(read_rate("2.56/h").value == 2.56);
    CHECK(read_rate("0.1/min").value == Approx(6));
    CHECK(read_rate("1/s").value == 3600);
    CHECK(read_rate("3/d").value == 0.125);
    CHECK(read_rate("1 /h").value == 1);
    for (const char* text : {"2.56", "2.56h", "/h", "1/week", "1//h", "1/"}) {
        INFO(text);
        CHECK(refused(read_rate(text)));
    }
}

TEST_CASE("hours of the day are written as on a clock or as a number", "[io]")
{
    CHECK(read_clock("23:30").value == 23.5);
    CHECK(read_clock("7:15").value == 7.25);
    CHECK(read_clock("07:15").value == 7.25);
    CHECK(read_clock("23.5").value == 23.5);
    for (const char* text : {"11pm", "7:5", "7:60", "a:30", "7:30:00", ":30", "007:30"}) {
        INFO(text);
        CHECK(refused(read_clock(text)));
    }
}

TEST_CASE("instants are read with their offset and in the calendar", "[io]")
{
    const auto noon = read_instant("2023-11-17T12:00-08:00");
    REQUIRE(noon.value);
    CHECK(noon.value->utc == 1'700'251'200);
    CHECK(noon.value->offset_minutes == -480);
    CHECK(noon.value->local_hour == 12);
    CHECK(read_instant("2023-11-17T20:00Z").value->utc == noon.value->utc);
    CHECK(read_instant("2023-11-18T01:30+0530").value->utc == noon.value->utc);
    CHECK(read_instant("2023-11-17T12:00:30-08:00").value->utc == noon.value->utc + 30);
    CHECK(read_instant("2024-02-29T00:00Z").value);
    for (const char* text :
         {"2023-11-17T12:00", "2023-02-29T00:00Z", "2023-13-01T00:00Z", "2023-11-17T24:00Z",
          "2023-11-17T12:60Z", "2023-11-17 12:00Z", "2023-11-17", "12:00Z", "2023-11-17T12:00+8",
          "2023-11-17T12:00+15:00", "2023-11-17T12:00:61Z", "", "2023-11-17T12:00-08:00x"}) {
        INFO("'" << text << "'");
        CHECK_FALSE(read_instant(text).value);
    }
}

TEST_CASE("an instant reads back as it was written", "[io]")
{
    for (const char* text : {"2023-11-17T12:00-08:00", "2025-03-03T09:00+00:00",
                             "1999-12-31T23:59:59+05:30", "2000-02-29T00:00-03:30"})
        CHECK(format_instant(*read_instant(text).value) == text);
}

TEST_CASE("a quantity of every unit reads back to the same bits", "[io]")
{
    std::mt19937_64 bits(1);
    for (const Unit unit : {Unit::none, Unit::allegiance, Unit::people, Unit::years, Unit::share,
                            Unit::rate, Unit::duration, Unit::clock})
        for (int i = 0; i < 2000; ++i) {
            // Half anywhere in the range of doubles, half of everyday size.
            double value = std::bit_cast<double>(bits());
            if (i % 2 == 0)
                value = static_cast<double>(bits() % 4001) / 40 - 50;
            if (!std::isfinite(value) || (value == 0 && std::signbit(value)))
                continue;
            const std::string text = format_quantity(value, unit);
            INFO(text);
            const auto back = read_quantity(text, unit);
            REQUIRE(back.value);
            REQUIRE(std::bit_cast<std::uint64_t>(*back.value) ==
                    std::bit_cast<std::uint64_t>(value));
        }
}

TEST_CASE("text is checked to be UTF-8 without NUL", "[io]")
{
    CHECK(encoding_error("plain, naïve, 社長, 🙂").empty());
    using namespace std::string_literals;
    for (const std::string& text :
         {"\xff\xfe"s + "a\0"s, "a\0b"s, "\xc3"s, "\xc0\xaf"s, "\xe0\x80\x80"s, "\xed\xa0\x80"s,
          "\xf5\x80\x80\x80"s, "\x80"s, "\xf0\x9f\x99"s}) {
        INFO(printable(text));
        CHECK_FALSE(encoding_error(text).empty());
    }
}

TEST_CASE("a text shown to people cannot steer their terminal", "[io]")
{
    CHECK(printable("\x1b[2Jx\x7f") == "\\x1b[2Jx\\x7f");
    CHECK(printable("a\u202eb") == "a\\u202eb");
    CHECK(printable("a\xff") == "a\\xff");
    CHECK(printable("naïve 社長") == "naïve 社長");
}

TEST_CASE("a near word is proposed and a far one is not", "[io]")
{
    const std::vector<std::string> keys{"vigil", "visa_share", "bed_mean", "wake_mean"};
    CHECK(nearest("vigl", keys) == "vigil");
    CHECK(nearest("visa_sahre", keys) == "visa_share");
    CHECK(nearest("bed_men", keys) == "bed_mean");
    CHECK(nearest("temperature", keys).empty());
    CHECK(nearest("", keys).empty());
    CHECK(nearest(std::string(1000, 'v'), keys).empty());
    CHECK(edit_distance("signed", "singed") == 1);
    CHECK(edit_distance("", "abc") == 3);
}

} // namespace walkout::io
