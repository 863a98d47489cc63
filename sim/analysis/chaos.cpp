#include "sim/analysis/chaos.hpp"

#include <openturns/ComposedDistribution.hxx>
#include <openturns/ConstantBasisFactory.hxx>
#include <openturns/CorrectedLeaveOneOut.hxx>
#include <openturns/FixedStrategy.hxx>
#include <openturns/FunctionalChaosAlgorithm.hxx>
#include <openturns/HyperbolicAnisotropicEnumerateFunction.hxx>
#include <openturns/KrigingAlgorithm.hxx>
#include <openturns/LARS.hxx>
#include <openturns/LeastSquaresMetaModelSelectionFactory.hxx>
#include <openturns/LeastSquaresStrategy.hxx>
#include <openturns/Log.hxx>
#include <openturns/MaternModel.hxx>
#include <openturns/OrthogonalProductPolynomialFactory.hxx>
#include <openturns/ResourceMap.hxx>
#include <openturns/StandardDistributionPolynomialFactory.hxx>
#include <openturns/Uniform.hxx>
#include <openturns/UserDefined.hxx>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

OT::Sample sample_of(const Table& rows)
{
    OT::Sample sample(rows.size(), rows.front().size());
    for (std::size_t j = 0; j < rows.size(); ++j)
        for (std::size_t k = 0; k < rows[j].size(); ++k)
            sample(j, k) = rows[j][k];
    return sample;
}

OT::Sample column_of(const std::vector<double>& values)
{
    OT::Sample sample(values.size(), 1);
    for (std::size_t j = 0; j < values.size(); ++j)
        sample(j, 0) = values[j];
    return sample;
}

std::vector<double> values_of(const OT::Sample& sample)
{
    std::vector<double> values;
    for (OT::UnsignedInteger j = 0; j < sample.getSize(); ++j)
        values.push_back(sample(j, 0));
    return values;
}

OT::Distribution distribution_of(const std::vector<SingleValues>& single)
{
    OT::ComposedDistribution::DistributionCollection marginals;
    for (const SingleValues& values : single)
        if (values.empty())
            marginals.add(OT::Uniform(0, 1));
        else
            marginals.add(OT::UserDefined(column_of(values)));
    return OT::ComposedDistribution(marginals);
}

/// Polynomials of few variables and low degree first; n single values carry degrees below n.
OT::HyperbolicAnisotropicEnumerateFunction enumeration(const std::vector<SingleValues>& single)
{
    constexpr double norm = 0.75; // of Blatman & Sudret: interactions of high degree come late
    constexpr OT::UnsignedInteger highest = 20;
    OT::HyperbolicAnisotropicEnumerateFunction function(single.size(), norm);
    OT::Indices most(single.size(), highest);
    for (std::size_t k = 0; k < single.size(); ++k)
        if (!single[k].empty())
            most[k] = std::min<OT::UnsignedInteger>(highest, single[k].size() - 1);
    function.setUpperBound(most);
    return function;
}

/// How many polynomials to choose from: whole layers, at most two per three points and 300 in all.
OT::UnsignedInteger basis_size(const OT::EnumerateFunction& function, std::size_t points)
{
    constexpr std::size_t most_terms = 300;
    constexpr OT::UnsignedInteger most_layers = 24;
    const std::size_t most = std::min(most_terms, 2 * points / 3);
    OT::UnsignedInteger size = 1;
    for (OT::UnsignedInteger layer = 1; layer <= most_layers; ++layer) {
        const OT::UnsignedInteger next = function.getStrataCumulatedCardinal(layer);
        if (next > most)
            break;
        size = next;
    }
    return size;
}

/// The polynomials are orthonormal, so Cholesky's decomposition will do; and once the error grows,
/// further terms do not bring it back.
void be_quiet_and_quick()
{
    constexpr double worse = 1.1;
    OT::Log::Show(OT::Log::NONE); // standard output is ours
    OT::ResourceMap::SetAsString("LeastSquaresMetaModelSelection-DecompositionMethod", "Cholesky");
    OT::ResourceMap::SetAsScalar("LeastSquaresMetaModelSelection-MaximumErrorFactor", worse);
}

OT::FunctionalChaosResult fitted(const Table& inputs, const std::vector<SingleValues>& single,
                                 const std::vector<double>& outputs)
{
    be_quiet_and_quick();
    const OT::Distribution distribution = distribution_of(single);
    const OT::HyperbolicAnisotropicEnumerateFunction order = enumeration(single);
    OT::OrthogonalProductPolynomialFactory::PolynomialFamilyCollection families;
    for (OT::UnsignedInteger k = 0; k < distribution.getDimension(); ++k)
        families.add(OT::StandardDistributionPolynomialFactory(distribution.getMarginal(k)));
    const OT::OrthogonalProductPolynomialFactory basis(families, order);
    OT::FunctionalChaosAlgorithm algorithm(
        sample_of(inputs), column_of(outputs), distribution,
        OT::FixedStrategy(basis, basis_size(order, inputs.size())),
        OT::LeastSquaresStrategy(
            OT::LeastSquaresMetaModelSelectionFactory(OT::LARS(), OT::CorrectedLeaveOneOut())));
    algorithm.run();
    return algorithm.getResult();
}

} // namespace

Chaos fit_chaos(const Table& inputs, const std::vector<SingleValues>& single,
                const std::vector<double>& outputs)
{
    const OT::FunctionalChaosResult result = fitted(inputs, single, outputs);
    const OT::Indices chosen = result.getIndices();
    const OT::Sample coefficients = result.getCoefficients();
    const OT::Sample standard = result.getTransformation()(sample_of(inputs));
    const OT::EnumerateFunction order = enumeration(single);
    Chaos chaos;
    chaos.terms.resize(inputs.size());
    for (OT::UnsignedInteger t = 0; t < chosen.getSize(); ++t) {
        const OT::Indices degrees = order(chosen[t]);
        chaos.degrees.emplace_back(degrees.begin(), degrees.end());
        chaos.coefficients.push_back(coefficients(t, 0));
        const OT::Sample values = result.getReducedBasis()[t](standard);
        for (std::size_t j = 0; j < inputs.size(); ++j)
            chaos.terms[j].push_back(values(j, 0));
    }
    return chaos;
}

std::vector<double> predict_chaos(const Table& inputs, const std::vector<SingleValues>& single,
                                  const std::vector<double>& outputs, const Table& where)
{
    return values_of(fitted(inputs, single, outputs).getMetaModel()(sample_of(where)));
}

std::vector<double> refit(const Table& terms, const std::vector<double>& outputs,
                          const std::vector<double>& weights)
{
    const auto drawn = static_cast<std::size_t>(
        std::ranges::count_if(weights, [](double weight) { return weight > 0; }));
    const std::size_t count = terms.front().size();
    if (drawn <= count)
        return {};
    OT::Matrix matrix(drawn, count);
    OT::Point right(drawn);
    std::size_t row = 0;
    for (std::size_t j = 0; j < terms.size(); ++j)
        if (weights[j] > 0) {
            const double root = std::sqrt(weights[j]);
            for (std::size_t t = 0; t < count; ++t)
                matrix(row, t) = root * terms[j][t];
            right[row++] = root * outputs[j];
        }
    OT::CovarianceMatrix gram(matrix.computeGram());
    const OT::Point solution = gram.solveLinearSystem(matrix.transpose() * right);
    return {solution.begin(), solution.end()};
}

std::vector<double> predict_kriging(const Table& inputs, const std::vector<double>& outputs,
                                    double noise, const Table& where)
{
    constexpr double smoothness = 2.5;
    constexpr double least = 1e-8; // keeps the system of equations regular
    be_quiet_and_quick();
    const std::size_t dimension = inputs.front().size();
    OT::MaternModel covariance(OT::Point(dimension, 1.0), OT::Point(1, 1.0), smoothness);
    covariance.setNuggetFactor(std::max(noise, least));
    OT::KrigingAlgorithm algorithm(sample_of(inputs), column_of(outputs), covariance,
                                   OT::ConstantBasisFactory(dimension).build());
    algorithm.run();
    return values_of(algorithm.getResult().getMetaModel()(sample_of(where)));
}

} // namespace walkout
