#pragma once

#include "sim/study/distribution.hpp"
#include "sim/study/study.hpp"

#include <boost/random/sobol.hpp>
#include <cstdint>
#include <optional>
#include <vector>

namespace walkout {

/// The points of a study: a pure function from a point's number to the values of all parameters.
///
/// Nothing is stored but what the user wrote, so ten million points cost no memory. Chance is keyed
/// by the study's seed and drawn apart from the engine's.
///
/// - grid: all combinations, the last parameter fastest
/// - list, table: the rows of the file
/// - one_at_a_time: the scenario as it is, then each parameter at each of its values
/// - latin_hypercube: each parameter hits each of N equally likely slices once (McKay et al. 1979)
/// - sobol: the sequence from its first point on, with a digital shift per parameter (Cranley &
///   Patterson 1976, in base 2); shifted, the first point is as good as any (Owen 2020)
/// - saltelli: per base point the rows A, B and A with parameter i from B, i = 1..k (Saltelli et
///   al. 2010), from 2 k dimensions of the above
/// - morris: trajectories of k + 1 points, each step moving one parameter by about half its range
///   (Morris 1991)
class Design {
public:
    explicit Design(const Study& study);

    /// Number of points. At least 1.
    std::uint64_t size() const { return size_; }

    /// Values by parameter, `own_value` where the scenario's is meant.
    std::vector<double> point(std::uint64_t number) const;

    /// The point that is run as the `turn`-th of each replicate. Grids are walked in long strides,
    /// so that a part of them is spread over the whole; other designs are good from the front.
    std::uint64_t point_of_turn(std::uint64_t turn) const;

private:
    std::uint64_t count_points() const;
    std::vector<double> grid_point(std::uint64_t number) const;
    std::vector<double> single_point(std::uint64_t number) const;
    std::vector<double> latin_point(std::uint64_t number) const;
    std::vector<double> saltelli_point(std::uint64_t number) const;
    std::vector<double> morris_point(std::uint64_t number) const;
    std::vector<double> sobol_coordinates(std::uint64_t number, std::size_t dimensions) const;
    std::vector<double> values_at(const std::vector<double>& u) const;

    std::vector<StudyParameter> parameters_;
    DesignParams design_;
    std::uint64_t seed_;
    std::vector<Distribution> distributions_;
    std::vector<std::vector<double>> trials_; ///< of one_at_a_time, by parameter
    std::optional<boost::random::sobol> sobol_;
    std::uint64_t size_ = 1;
    std::uint64_t stride_ = 1;
};

} // namespace walkout
