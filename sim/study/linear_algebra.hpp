#pragma once

#include <cstddef>
#include <vector>

namespace walkout {

/// Small dense matrices, row by row. Own code because its sums run in one order on every compiler
/// and processor; libraries promise speed, not the same last bit.
class Matrix {
public:
    explicit Matrix(std::size_t size) : size_(size), cells_(size * size) {}

    std::size_t size() const { return size_; }
    double& operator()(std::size_t row, std::size_t column) { return cells_[row * size_ + column]; }
    double operator()(std::size_t row, std::size_t column) const
    {
        return cells_[row * size_ + column];
    }

private:
    std::size_t size_;
    std::vector<double> cells_;
};

/// Weighted covariance of rows around their weighted mean; weights sum to 1.
Matrix covariance(const std::vector<std::vector<double>>& rows, const std::vector<double>& weights);

/// Lower triangle L with L L' = `matrix`; where the matrix is not positive, the smallest jitter on
/// its diagonal that makes it so is added first.
Matrix cholesky(const Matrix& matrix);

/// L x
std::vector<double> times(const Matrix& lower, const std::vector<double>& x);

/// y with L y = x
std::vector<double> solve_lower(const Matrix& lower, const std::vector<double>& x);

/// x with L L' x = b
std::vector<double> solve(const Matrix& lower, const std::vector<double>& b);

/// Logarithm of the determinant of L L'.
double log_determinant(const Matrix& lower);

/// Equal weights that sum to 1.
std::vector<double> equal_weights(std::size_t count);

} // namespace walkout
