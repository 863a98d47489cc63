#include "sim/study/design.hpp"

#include "sim/io/problems.hpp"
#include "sim/study/draw.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout {

namespace {

constexpr std::uint64_t most_points = 100'000'000;

/// Where `i` goes in a random permutation of 0 .. n - 1, without storing it: a Feistel network over
/// the next power of four, walked until it lands inside (Black & Rogaway 2002).
std::uint64_t permuted(std::uint64_t i, std::uint64_t n, std::uint64_t seed, std::size_t parameter)
{
    constexpr unsigned rounds = 6;
    unsigned half = 1;
    while ((std::uint64_t{1} << (2 * half)) < n)
        ++half;
    const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
    do {
        std::uint64_t left = i >> half, right = i & mask;
        for (unsigned round = 0; round < rounds; ++round) {
            const std::uint64_t number = (std::uint64_t{round} << 60) | right;
            const std::uint64_t mixed = left ^ (draw(seed, Draw::slice, parameter, number) & mask);
            left = right;
            right = mixed;
        }
        i = (left << half) | right;
    } while (i >= n);
    return i;
}

/// A stride near the golden section of n that visits all: parts of the walk are spread evenly.
std::uint64_t golden_stride(std::uint64_t n)
{
    auto stride = static_cast<std::uint64_t>(0.6180339887498949 * static_cast<double>(n));
    stride = std::max<std::uint64_t>(stride, 1);
    while (std::gcd(stride, n) != 1)
        ++stride;
    return stride;
}

/// A product or sum that must not run over.
void refuse_size(double points)
{
    if (points > static_cast<double>(most_points))
        throw io::LimitError(fmt::format("walkout: error: the design has {:.0e} points; the limit "
                                         "is {:.0e}\n   help: fewer values, or a design that "
                                         "samples, like latin_hypercube",
                                         points, static_cast<double>(most_points)));
}

} // namespace

Design::Design(const Study& study)
    : parameters_(study.parameters), design_(study.design), seed_(study.seed)
{
    for (const StudyParameter& parameter : parameters_)
        distributions_.emplace_back(parameter);
    if (design_.kind == DesignKind::one_at_a_time)
        for (std::size_t k = 0; k < parameters_.size(); ++k) {
            trials_.push_back(distributions_[k].trial_values());
            std::erase(trials_.back(), parameters_[k].own); // the first point has it
        }
    if (design_.kind == DesignKind::sobol)
        sobol_.emplace(parameters_.size());
    if (design_.kind == DesignKind::saltelli)
        sobol_.emplace(2 * parameters_.size());
    size_ = count_points();
    if (design_.kind == DesignKind::grid)
        stride_ = golden_stride(size_);
}

std::uint64_t Design::count_points() const
{
    const auto parameters = static_cast<double>(parameters_.size());
    double points = static_cast<double>(design_.points);
    switch (design_.kind) {
    case DesignKind::grid:
        points = 1;
        for (const StudyParameter& parameter : parameters_)
            points *= static_cast<double>(parameter.levels.size());
        break;
    case DesignKind::list:
    case DesignKind::table:
        points = static_cast<double>(design_.rows.size());
        break;
    case DesignKind::one_at_a_time:
        points = 1;
        for (const auto& trials : trials_)
            points += static_cast<double>(trials.size());
        break;
    case DesignKind::latin_hypercube:
    case DesignKind::sobol:
        break;
    case DesignKind::saltelli:
        points *= parameters + 2;
        break;
    case DesignKind::morris:
        points *= parameters + 1;
        break;
    }
    refuse_size(points);
    return static_cast<std::uint64_t>(points);
}

std::uint64_t Design::point_of_turn(std::uint64_t turn) const
{
    return turn * stride_ % size_; // both below 1e8: no overflow
}

std::vector<double> Design::point(std::uint64_t number) const
{
    switch (design_.kind) {
    case DesignKind::grid:
        return grid_point(number);
    case DesignKind::list:
    case DesignKind::table:
        return design_.rows[number];
    case DesignKind::one_at_a_time:
        return single_point(number);
    case DesignKind::latin_hypercube:
        return latin_point(number);
    case DesignKind::sobol:
        return values_at(sobol_coordinates(number, parameters_.size()));
    case DesignKind::saltelli:
        return saltelli_point(number);
    case DesignKind::morris:
        return morris_point(number);
    }
    return {};
}

std::vector<double> Design::values_at(const std::vector<double>& u) const
{
    std::vector<double> values;
    for (std::size_t k = 0; k < parameters_.size(); ++k)
        values.push_back(distributions_[k].at(u[k]));
    return values;
}

std::vector<double> Design::grid_point(std::uint64_t number) const
{
    std::vector<double> values(parameters_.size());
    for (std::size_t k = parameters_.size(); k-- > 0;) {
        const auto& levels = parameters_[k].levels;
        values[k] = levels[number % levels.size()];
        number /= levels.size();
    }
    return values;
}

std::vector<double> Design::single_point(std::uint64_t number) const
{
    std::vector<double> values;
    for (const StudyParameter& parameter : parameters_)
        values.push_back(parameter.own);
    if (number == 0)
        return values;
    --number;
    for (std::size_t k = 0; k < trials_.size(); ++k) {
        if (number < trials_[k].size()) {
            values[k] = trials_[k][number];
            break;
        }
        number -= trials_[k].size();
    }
    return values;
}

std::vector<double> Design::latin_point(std::uint64_t number) const
{
    std::vector<double> u;
    for (std::size_t k = 0; k < parameters_.size(); ++k) {
        const std::uint64_t slice = permuted(number, size_, seed_, k);
        const double within = unit(draw(seed_, Draw::within_slice, k, slice));
        u.push_back((static_cast<double>(slice) + within) / static_cast<double>(size_));
    }
    return values_at(u);
}

std::vector<double> Design::sobol_coordinates(std::uint64_t number, std::size_t dimensions) const
{
    std::vector<std::uint64_t> bits(dimensions, 0);
    if (number > 0) { // Boost's sequence begins with the second point
        boost::random::sobol sequence = *sobol_;
        sequence.seed(number - 1);
        for (std::uint64_t& value : bits)
            value = sequence();
    }
    std::vector<double> u;
    for (std::size_t k = 0; k < dimensions; ++k)
        u.push_back(unit(bits[k] ^ draw(seed_, Draw::shift, k, 0)));
    return u;
}

std::vector<double> Design::saltelli_point(std::uint64_t number) const
{
    const std::size_t k = parameters_.size();
    const auto u = sobol_coordinates(number / (k + 2), 2 * k);
    const std::size_t row = number % (k + 2);
    const auto first_of_b = u.begin() + static_cast<std::ptrdiff_t>(k);
    std::vector<double> mine =
        row == 1 ? std::vector(first_of_b, u.end()) : std::vector(u.begin(), first_of_b);
    if (row >= 2)
        mine[row - 2] = u[k + row - 2];
    return values_at(mine);
}

std::vector<double> Design::morris_point(std::uint64_t number) const
{
    const std::size_t k = parameters_.size();
    const std::uint64_t trajectory = number / (k + 1);
    const std::size_t step = number % (k + 1);
    const std::vector<std::size_t> order = shuffled(k, seed_, Draw::order, trajectory);
    const double steps = design_.levels - 1;
    const double jump = design_.levels / 2.0 / steps;
    std::vector<double> u(k);
    for (std::size_t i = 0; i < k; ++i) {
        const std::size_t parameter = order[i];
        const double low = static_cast<double>(draw(seed_, Draw::start, parameter, trajectory) %
                                               (design_.levels / 2)) /
                           steps;
        const bool upward = (draw(seed_, Draw::direction, parameter, trajectory) & 1U) != 0;
        const bool moved = i < step;
        u[parameter] = moved == upward ? low + jump : low;
    }
    return values_at(u);
}

} // namespace walkout
