#include "sim/study/curve.hpp"

#include <stdexcept>

namespace walkout {

namespace {

void put(std::string& bytes, std::uint64_t value)
{
    while (value >= 0x80) {
        bytes += static_cast<char>(value | 0x80U);
        value >>= 7;
    }
    bytes += static_cast<char>(value);
}

std::uint64_t zigzag(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1U);
}

void put_series(std::string& bytes, const std::vector<std::int32_t>& series)
{
    std::int64_t before = 0;
    for (std::size_t i = 0; i < series.size();) {
        const std::int64_t difference = series[i] - before;
        before = series[i++];
        put(bytes, zigzag(difference));
        if (difference != 0)
            continue;
        const std::size_t first = i;
        while (i < series.size() && series[i] == before)
            ++i;
        put(bytes, i - first);
    }
}

/// Takes numbers off the front of some bytes.
class Taker {
public:
    explicit Taker(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t take()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (bytes_.empty())
                break;
            const auto byte = static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
        throw std::invalid_argument("a curve is cut short");
    }

    bool done() const { return bytes_.empty(); }

private:
    std::string_view bytes_;
};

std::vector<std::int32_t> take_series(Taker& taker, std::uint64_t size)
{
    std::vector<std::int32_t> series;
    std::int64_t value = 0;
    while (series.size() < size) {
        const std::int64_t difference = unzigzag(taker.take());
        value += difference;
        const std::uint64_t repeats = difference == 0 ? taker.take() : 0;
        if (repeats >= size - series.size())
            throw std::invalid_argument("a curve is longer than it says");
        series.insert(series.end(), repeats + 1, static_cast<std::int32_t>(value));
    }
    return series;
}

} // namespace

Curve curve_of(const RunResult& run)
{
    Curve curve;
    for (const Sample& sample : run.samples) {
        curve.counts[0].push_back(sample.names);
        curve.counts[1].push_back(sample.stances[static_cast<std::size_t>(Stance::posted)]);
        curve.counts[2].push_back(sample.stances[static_cast<std::size_t>(Stance::resigned)]);
    }
    return curve;
}

std::string encode(const Curve& curve)
{
    std::string bytes;
    put(bytes, curve.counts[0].size());
    for (const auto& series : curve.counts)
        put_series(bytes, series);
    return bytes;
}

Curve decode(std::string_view bytes)
{
    constexpr std::uint64_t most = 1U << 20;
    Taker taker(bytes);
    const std::uint64_t size = taker.take();
    if (size > most)
        throw std::invalid_argument("a curve is too long");
    Curve curve;
    for (auto& series : curve.counts)
        series = take_series(taker, size);
    if (!taker.done())
        throw std::invalid_argument("bytes after the end of a curve");
    return curve;
}

} // namespace walkout
