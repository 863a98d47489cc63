#include "sim/analysis/resample.hpp"

#include "sim/study/statistics.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

constexpr double tail = 0.025; // on either side of 95 %

Interval interval_of(double value, std::vector<double> samples)
{
    std::erase_if(samples, [](double sample) { return std::isnan(sample); });
    if (samples.size() < 2)
        return {value, std::nan(""), std::nan("")};
    return {value, quantile(samples, tail), quantile(samples, 1 - tail)};
}

} // namespace

std::vector<Interval> bootstrap(std::size_t rows, const WeightedStatistics& statistics,
                                const BootstrapParams& params)
{
    const auto values = statistics(std::vector<double>(rows, 1.0));
    std::vector<std::vector<double>> samples(values.size());
    boost::random::mt19937_64 rng(params.seed);
    for (std::size_t b = 0; b < params.samples && rows > 1; ++b) {
        const boost::random::uniform_int_distribution<std::size_t> row(0, rows - 1);
        std::vector<double> weights(rows, 0.0);
        for (std::size_t k = 0; k < rows; ++k)
            ++weights[row(rng)];
        const auto sample = statistics(weights);
        for (std::size_t s = 0; s < sample.size(); ++s)
            samples[s].push_back(sample[s]);
    }
    std::vector<Interval> intervals;
    for (std::size_t s = 0; s < values.size(); ++s)
        intervals.push_back(interval_of(values[s], std::move(samples[s])));
    return intervals;
}

std::vector<double> jackknife_half_widths(std::size_t replicates,
                                          const WeightedStatistics& statistics)
{
    constexpr std::size_t most_groups = 10;
    const std::size_t groups = std::min(replicates, most_groups);
    const std::size_t count = statistics(std::vector<double>(replicates, 1.0)).size();
    if (groups < 2)
        return std::vector<double>(count, std::nan(""));
    std::vector<double> sums(count, 0), squares(count, 0);
    for (std::size_t g = 0; g < groups; ++g) {
        std::vector<double> weights(replicates, 1.0);
        for (std::size_t r = g; r < replicates; r += groups)
            weights[r] = 0;
        const auto values = statistics(weights);
        for (std::size_t s = 0; s < count; ++s) {
            sums[s] += values[s];
            squares[s] += values[s] * values[s];
        }
    }
    const auto n = static_cast<double>(groups);
    const double t = boost::math::quantile(boost::math::students_t(n - 1), 1 - tail);
    for (std::size_t s = 0; s < count; ++s) {
        const double spread = std::max(0.0, squares[s] - sums[s] * sums[s] / n);
        sums[s] = t * std::sqrt((n - 1) / n * spread);
    }
    return sums;
}

} // namespace walkout
