#include "sim/calibration/prior_space.hpp"

namespace walkout {

PriorSpace::PriorSpace(const std::vector<StudyParameter>& parameters)
    : priors_(parameters.begin(), parameters.end())
{
}

std::vector<double> PriorSpace::ranks(const Point& point) const
{
    std::vector<double> shares;
    for (const double z : point)
        shares.push_back(normal_share(z));
    return shares;
}

double PriorSpace::value_at(std::size_t parameter, double rank) const
{
    return priors_[parameter].at(rank);
}

std::vector<double> PriorSpace::values(const Point& point) const
{
    std::vector<double> values = ranks(point);
    for (std::size_t k = 0; k < values.size(); ++k)
        values[k] = value_at(k, values[k]);
    return values;
}

Point PriorSpace::draw_prior(std::uint64_t seed, std::uint64_t number) const
{
    return normal_draws(size(), seed, Draw::prior, number);
}

Point normal_draws(std::size_t count, std::uint64_t seed, Draw purpose, std::uint64_t number)
{
    Point point(count);
    for (std::size_t k = 0; k < count; ++k)
        point[k] = normal_quantile(unit(draw(seed, purpose, k, number)));
    return point;
}

double log_prior(const Point& point)
{
    double squares = 0;
    for (const double z : point)
        squares += z * z;
    return -0.5 * squares;
}

} // namespace walkout
