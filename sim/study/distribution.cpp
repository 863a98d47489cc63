#include "sim/study/distribution.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace walkout {

namespace {

template <std::size_t N> double polynomial(const std::array<double, N>& c, double x)
{
    double sum = 0;
    for (std::size_t k = N; k-- > 0;)
        sum = sum * x + c[k];
    return sum;
}

// Coefficients of AS 241, by rising power.
constexpr std::array<double, 8> a{3.3871328727963666080e0, 1.3314166789178437745e2,
                                  1.9715909503065514427e3, 1.3731693765509461125e4,
                                  4.5921953931549871457e4, 6.7265770927008700853e4,
                                  3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr std::array<double, 8> b{1.0,
                                  4.2313330701600911252e1,
                                  6.8718700749205790830e2,
                                  5.3941960214247511077e3,
                                  2.1213794301586595867e4,
                                  3.9307895800092710610e4,
                                  2.8729085735721942674e4,
                                  5.2264952788528545610e3};
constexpr std::array<double, 8> c{1.42343711074968357734e0,  4.63033784615654529590e0,
                                  5.76949722146069140550e0,  3.64784832476320460504e0,
                                  1.27045825245236838258e0,  2.41780725177450611770e-1,
                                  2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> d{1.0,
                                  2.05319162663775882187e0,
                                  1.67638483018380384940e0,
                                  6.89767334985100004550e-1,
                                  1.48103976427480074590e-1,
                                  1.51986665636164571966e-2,
                                  5.47593808499534494600e-4,
                                  1.05075007164441684324e-9};
constexpr std::array<double, 8> e{6.65790464350110377720e0,  5.46378491116411436990e0,
                                  1.78482653991729133580e0,  2.96560571828504891230e-1,
                                  2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                  2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> f{1.0,
                                  5.99832206555887937690e-1,
                                  1.36929880922735805310e-1,
                                  1.48753612908506148525e-2,
                                  7.86869131145613259100e-4,
                                  1.84631831751005468180e-5,
                                  1.42151175831644588870e-7,
                                  2.04426310338993978564e-15};

} // namespace

double normal_quantile(double u)
{
    const double q = u - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double tail = std::sqrt(-log_same_bits(q < 0 ? u : 1 - u));
    const double x = tail <= 5 ? polynomial(c, tail - 1.6) / polynomial(d, tail - 1.6)
                               : polynomial(e, tail - 5) / polynomial(f, tail - 5);
    return q < 0 ? -x : x;
}

double normal_share(double z)
{
    double low = 0x1p-52, high = 1 - 0x1p-52;
    for (int k = 0; k < 60; ++k) {
        const double middle = 0.5 * (low + high);
        (normal_quantile(middle) < z ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

Distribution::Distribution(const StudyParameter& parameter) : parameter_(parameter)
{
    const bool normal = parameter.spread == Spread::normal;
    if (!normal && parameter.spread != Spread::lognormal)
        return;
    const auto share_below = [&](double value) {
        const double distance = normal ? value - parameter.middle
                                       : log_same_bits(value) - log_same_bits(parameter.middle);
        return normal_share(distance / parameter.width);
    };
    const bool endless_below = normal ? parameter.low == -never : parameter.low <= 0;
    from_ = endless_below ? 0 : share_below(parameter.low);
    to_ = parameter.high == never ? 1 : share_below(parameter.high);
}

double Distribution::bell(double u) const
{
    const double z = normal_quantile(std::clamp(from_ + u * (to_ - from_), 0x1p-52, 1 - 0x1p-52));
    const double value = parameter_.spread == Spread::normal
                             ? parameter_.middle + parameter_.width * z
                             : parameter_.middle * exp_same_bits(parameter_.width * z);
    return std::clamp(value, parameter_.low, parameter_.high);
}

double Distribution::at(double u) const
{
    const StudyParameter& p = parameter_;
    double value = p.own;
    switch (p.spread) {
    case Spread::rows:
        return value;
    case Spread::levels: {
        const auto n = static_cast<double>(p.levels.size());
        return p.levels[static_cast<std::size_t>(std::min(std::floor(u * n), n - 1))];
    }
    case Spread::uniform:
        if (p.whole) // all whole numbers of the range are equally likely
            return std::min(p.high, p.low + std::floor(u * (p.high - p.low + 1)));
        return p.low + u * (p.high - p.low);
    case Spread::log_uniform:
        value = std::clamp(p.low * pow_same_bits(p.high / p.low, u), p.low, p.high);
        break;
    case Spread::triangular: {
        const double turn = (p.middle - p.low) / (p.high - p.low);
        value = u < turn ? p.low + std::sqrt(u * (p.high - p.low) * (p.middle - p.low))
                         : p.high - std::sqrt((1 - u) * (p.high - p.low) * (p.high - p.middle));
        break;
    }
    case Spread::normal:
    case Spread::lognormal:
        value = bell(u);
        break;
    }
    return p.whole ? std::clamp(std::round(value), p.low, p.high) : value;
}

std::vector<double> Distribution::trial_values() const
{
    if (parameter_.spread == Spread::levels)
        return parameter_.levels;
    const bool ends = parameter_.spread != Spread::normal && parameter_.spread != Spread::lognormal;
    return ends ? std::vector{at(0), at(1)} : std::vector{at(0.025), at(0.975)};
}

} // namespace walkout
