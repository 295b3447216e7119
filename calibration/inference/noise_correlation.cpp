#include "calibration/inference/noise_correlation.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double furthest_error = 4;  // errors are cut here, so that no single run makes a correlation
}

Matrix noise_correlation(const Matrix& errors) {
  const Index m = errors.cols();
  const auto n = static_cast<double>(errors.rows());
  if (m < 2 || errors.rows() < 20) return {};
  Matrix e = errors.cwiseMax(-furthest_error).cwiseMin(furthest_error);
  e.rowwise() -= e.colwise().mean().eval();
  const Row sds = (e.colwise().squaredNorm() / n).cwiseSqrt().cwiseMax(1e-12);
  e.array().rowwise() /= sds.array();
  Matrix r = e.transpose() * e / n;
  // The same price as a term of a regression: log n + log of the pairs.
  const double price = portable::log(n) + portable::log(static_cast<double>(m * (m - 1)) / 2 + 1);
  bool any = false;
  for (Index i = 0; i < m; ++i)
    for (Index j = 0; j < m; ++j) {
      if (i == j) {
        r(i, j) = 1;
      } else if (n * r(i, j) * r(i, j) < price) {
        r(i, j) = 0;
      } else {
        any = true;
      }
    }
  if (!any) return {};
  for (double shrink = 1; shrink > 0.05; shrink *= 0.95) {
    Matrix shrunk = shrink * r;
    shrunk.diagonal().setOnes();
    const Eigen::LLT<Matrix> factor(shrunk);
    if (factor.info() == Eigen::Success && factor.rcond() > 1e-6) return shrunk;
  }
  return {};
}

double log_copula(const Matrix& correlation, const Vector& scores) {
  const Eigen::LLT<Matrix> factor(correlation);
  const Vector solved = factor.matrixL().solve(scores);
  double log_root = 0;
  const Matrix lower = factor.matrixL();
  for (Index i = 0; i < lower.rows(); ++i) log_root += portable::log(lower(i, i));
  return -log_root - 0.5 * (solved.squaredNorm() - scores.squaredNorm());
}

}  // namespace tremplin::inference
