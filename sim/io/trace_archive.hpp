#pragma once

/// How the content of a trace becomes bytes and content again. One description of the fields serves
/// both: a writer and a reader answer to the same calls, the writer with constant things.

#include "sim/core/measures.hpp"
#include "sim/core/world.hpp"
#include "sim/io/source_file.hpp"

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace walkout::io {

/// What bytes say makes no sense. Caught where it is known which bytes they are.
struct Senseless {};

inline void must(bool sound)
{
    if (!sound)
        throw Senseless();
}

// ---------------------------------------------------------------- numbers

template <class T>
concept Number = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// The unsigned integer in which the bits of a number travel.
template <std::size_t size>
using Bits = std::conditional_t<
    size == 1, std::uint8_t,
    std::conditional_t<size == 2, std::uint16_t,
                       std::conditional_t<size == 4, std::uint32_t, std::uint64_t>>>;

/// Little-endian, on any machine.
template <std::unsigned_integral T> void append(std::string& bytes, T value)
{
    for (std::size_t k = 0; k < sizeof(T); ++k)
        bytes += static_cast<char>(static_cast<unsigned char>(value >> (8 * k)));
}

template <std::unsigned_integral T> T unsigned_at(std::string_view bytes)
{
    T value = 0;
    for (std::size_t k = 0; k < sizeof(T); ++k)
        value = static_cast<T>(value |
                               static_cast<T>(T{static_cast<unsigned char>(bytes[k])} << (8 * k)));
    return value;
}

inline bool is_one(Pole pole)
{
    return pole == Pole::minus || pole == Pole::none || pole == Pole::plus;
}
inline bool is_one(Outcome outcome)
{
    return outcome <= Outcome::no_petition;
}
inline bool is_one(Stance stance)
{
    return stance <= Stance::returned;
}
inline bool is_one(Cause cause)
{
    return cause <= Cause::comeback;
}

/// The number of which these are the bits. @throws Senseless if there is none
template <Number T> T number_of(Bits<sizeof(T)> bits)
{
    if constexpr (std::is_same_v<T, bool>) {
        must(bits <= 1);
        return bits == 1;
    } else {
        const T value = std::bit_cast<T>(bits);
        if constexpr (std::is_enum_v<T>)
            must(is_one(value));
        if constexpr (std::is_same_v<T, float>)
            must(std::isfinite(value));
        if constexpr (std::is_same_v<T, double>)
            must(value > -never); // a time may be `never`
        return value;
    }
}

/// A thing, or what a path of members leads to from it.
template <class T> T& part_of(T& thing)
{
    return thing;
}
template <class T, class Member, class... Path> auto& part_of(T& thing, Member member, Path... path)
{
    return part_of(thing.*member, path...);
}

// ---------------------------------------------------------------- archives

/// Writes numbers, texts and columns.
class Writer {
public:
    static constexpr bool reads = false;

    template <Number T> void operator()(const T& value)
    {
        append(bytes_, std::bit_cast<Bits<sizeof(T)>>(value));
    }
    void operator()(const std::string& text)
    {
        count(text.size());
        bytes_ += text;
    }

    /// How many things follow.
    template <class T> void sized(const std::vector<T>& things, std::size_t)
    {
        count(things.size());
    }

    /// One number of each thing, byte plane by byte plane: neighbors in a plane are alike, which is
    /// what the compression lives on.
    template <class T, class... Path> void column(const std::vector<T>& things, Path... path)
    {
        using Value = std::remove_cvref_t<decltype(part_of(things[0], path...))>;
        for (std::size_t plane = 0; plane < sizeof(Value); ++plane)
            for (const T& thing : things) {
                const auto bits = std::bit_cast<Bits<sizeof(Value)>>(part_of(thing, path...));
                bytes_ += static_cast<char>(static_cast<unsigned char>(bits >> (8 * plane)));
            }
    }

    std::string take() { return std::move(bytes_); }

private:
    void count(std::size_t size) { append(bytes_, static_cast<std::uint32_t>(size)); }

    std::string bytes_;
};

/// Reads what a writer wrote. Nothing is allocated for which the bytes are not there.
class Reader {
public:
    static constexpr bool reads = true;

    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <Number T> void operator()(T& value)
    {
        value = number_of<T>(unsigned_at<Bits<sizeof(T)>>(take(sizeof(T))));
    }
    void operator()(std::string& text)
    {
        text = take(count(1));
        must(encoding_error(text).empty());
    }

    /// @param smallest  bytes that a thing takes at least
    template <class T> void sized(std::vector<T>& things, std::size_t smallest)
    {
        things.resize(count(smallest));
    }

    template <class T, class... Path> void column(std::vector<T>& things, Path... path)
    {
        using Value = std::remove_cvref_t<decltype(part_of(things[0], path...))>;
        using Unsigned = Bits<sizeof(Value)>;
        const std::size_t n = things.size();
        const std::string_view planes = take(n * sizeof(Value));
        for (std::size_t i = 0; i < n; ++i) {
            Unsigned bits = 0;
            for (std::size_t plane = 0; plane < sizeof(Value); ++plane) {
                const auto byte = static_cast<unsigned char>(planes[plane * n + i]);
                bits = static_cast<Unsigned>(bits |
                                             static_cast<Unsigned>(Unsigned{byte} << (8 * plane)));
            }
            part_of(things[i], path...) = number_of<Value>(bits);
        }
    }

    /// @throws Senseless if anything is left over
    void finish() const { must(bytes_.empty()); }

private:
    std::string_view take(std::size_t size)
    {
        must(size <= bytes_.size());
        const std::string_view taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }

    std::size_t count(std::size_t smallest)
    {
        const std::size_t size = unsigned_at<std::uint32_t>(take(sizeof(std::uint32_t)));
        must(size * smallest <= bytes_.size());
        return size;
    }

    std::string_view bytes_;
};

/// Numbers, in one column.
void values(auto& archive, auto& numbers)
{
    archive.sized(numbers, sizeof(numbers[0]));
    archive.column(numbers);
}

void texts(auto& archive, auto& strings)
{
    archive.sized(strings, sizeof(std::uint32_t));
    for (auto& text : strings)
        archive(text);
}

/// Whether `T` is `U`, constant or not.
template <class T, class U>
concept is = std::same_as<std::remove_const_t<T>, U>;

} // namespace walkout::io
