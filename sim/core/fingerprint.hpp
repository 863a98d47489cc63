#pragma once

#include <bit>
#include <cstdint>

namespace walkout {

/// Hash of a sequence of numbers, the same on every machine: splitmix64's finalizer, chained
/// (Steele, Lea & Flood 2014).
class Fingerprint {
public:
    void add(std::uint64_t x) { hash_ = mix(hash_ ^ mix(x + 0x9e3779b97f4a7c15U)); }
    void add(double x) { add(std::bit_cast<std::uint64_t>(x)); }
    std::uint64_t value() const { return hash_; }

private:
    static constexpr std::uint64_t mix(std::uint64_t x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
        return x ^ (x >> 31);
    }

    std::uint64_t hash_ = 0;
};

} // namespace walkout
