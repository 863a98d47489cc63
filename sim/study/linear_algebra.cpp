#include "sim/study/linear_algebra.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

/// Whether `matrix` was positive; then `lower` holds its factor.
bool factorize(const Matrix& matrix, double jitter, Matrix& lower)
{
    const std::size_t n = matrix.size();
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix(i, j) + (i == j ? jitter : 0);
            for (std::size_t k = 0; k < j; ++k)
                sum -= lower(i, k) * lower(j, k);
            if (i != j) {
                lower(i, j) = sum / lower(j, j);
                continue;
            }
            if (!(sum > 0))
                return false;
            lower(i, i) = std::sqrt(sum);
        }
    return true;
}

} // namespace

Matrix covariance(const std::vector<std::vector<double>>& rows, const std::vector<double>& weights)
{
    const std::size_t n = rows.empty() ? 0 : rows.front().size();
    std::vector<double> mean(n, 0.0);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < n; ++i)
            mean[i] += weights[r] * rows[r][i];
    Matrix matrix(n);
    double squares = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        squares += weights[r] * weights[r];
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                matrix(i, j) += weights[r] * (rows[r][i] - mean[i]) * (rows[r][j] - mean[j]);
    }
    const double unbiased = squares < 1 ? 1 / (1 - squares) : 1; // n / (n - 1) for equal weights
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            matrix(i, j) *= unbiased;
    return matrix;
}

Matrix cholesky(const Matrix& matrix)
{
    double largest = 0;
    for (std::size_t i = 0; i < matrix.size(); ++i)
        largest = std::max(largest, matrix(i, i));
    Matrix lower(matrix.size());
    double jitter = 0;
    while (!factorize(matrix, jitter, lower))
        jitter = jitter > 0 ? 10 * jitter : 1e-10 * (largest > 0 ? largest : 1);
    return lower;
}

std::vector<double> times(const Matrix& lower, const std::vector<double>& x)
{
    std::vector<double> y(x.size(), 0.0);
    for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t j = 0; j <= i; ++j)
            y[i] += lower(i, j) * x[j];
    return y;
}

std::vector<double> solve_lower(const Matrix& lower, const std::vector<double>& x)
{
    std::vector<double> y = x;
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            y[i] -= lower(i, j) * y[j];
        y[i] /= lower(i, i);
    }
    return y;
}

std::vector<double> solve(const Matrix& lower, const std::vector<double>& b)
{
    std::vector<double> x = solve_lower(lower, b);
    for (std::size_t i = x.size(); i-- > 0;) {
        for (std::size_t k = i + 1; k < x.size(); ++k)
            x[i] -= lower(k, i) * x[k];
        x[i] /= lower(i, i);
    }
    return x;
}

double log_determinant(const Matrix& lower)
{
    double sum = 0;
    for (std::size_t i = 0; i < lower.size(); ++i)
        sum += 2 * log_same_bits(lower(i, i));
    return sum;
}

std::vector<double> equal_weights(std::size_t count)
{
    return std::vector<double>(count, 1 / static_cast<double>(count));
}

} // namespace walkout
