#include "calibration/inference/hyperparameters.hpp"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlopt.hpp>
#include <vector>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double length_centre = 1.1;  // log of 3 input spreads
constexpr double length_sd = 1.2;
constexpr double jitter = 1e-9;  // of the amplitude, so that a process without noise keeps a Cholesky factor

struct Objective {
  const Matrix& inputs;
  const Matrix& columns;
  const Vector& y;
  const Vector& row_noise;
  bool noise_known;
  double scale;  // variance of y around its polynomial
};

Hyperparameters unpacked(const Objective& o, const double* x) {
  const Index d = o.inputs.cols();
  Hyperparameters h;
  h.lengths.resize(d);
  for (Index j = 0; j < d; ++j) h.lengths[j] = portable::exp(x[j]);
  h.amplitude = o.scale * portable::exp(x[d]);
  h.noise = o.noise_known ? 1 : o.scale / o.row_noise.mean() * portable::exp(x[d + 1]);
  return h;
}

// Minus the log restricted likelihood with the priors, and its gradient.
double value(const Objective& o, const double* x, double* gradient) {
  const Index n = o.y.size();
  const Index d = o.inputs.cols();
  const Hyperparameters h = unpacked(o, x);
  const Matrix scaled = o.inputs.array().rowwise() / h.lengths.array();
  const Matrix signal = h.amplitude * squared_exponential(scaled, scaled);
  Matrix covariance = signal;
  covariance.diagonal() += h.noise * o.row_noise + Vector::Constant(n, jitter * h.amplitude);
  const Eigen::LLT<Matrix> factor(covariance);
  if (factor.info() != Eigen::Success) return 1e10;
  const Matrix inverse = factor.solve(Matrix::Identity(n, n));
  const Matrix b = inverse * o.columns;
  const Eigen::LLT<Matrix> inner(o.columns.transpose() * b);
  if (inner.info() != Eigen::Success) return 1e10;
  const Matrix q = inverse - b * inner.solve(b.transpose());
  const Vector alpha = q * o.y;
  double result = 0.5 * o.y.dot(alpha);
  const Matrix lower = factor.matrixL();
  const Matrix inner_lower = inner.matrixL();
  for (Index i = 0; i < n; ++i) result += portable::log(lower(i, i));
  for (Index i = 0; i < inner_lower.rows(); ++i) result += portable::log(inner_lower(i, i));

  const Matrix outer = q - alpha * alpha.transpose();
  const Matrix weighted = outer.cwiseProduct(signal);
  const Vector row_sums = weighted.rowwise().sum();
  for (Index j = 0; j < d; ++j) {
    const double away = (x[j] - length_centre) / length_sd;
    result += 0.5 * away * away;
    // Sum over rows of w_ij (s_i - s_j)^2 = 2 (s^2 . row sums - s . W s).
    const Vector s = scaled.col(j);
    if (gradient != nullptr)
      gradient[j] = s.cwiseAbs2().dot(row_sums) - s.dot(weighted * s) + away / length_sd;
  }
  result += 0.5 * x[d] * x[d] / 9;
  if (gradient != nullptr) {
    gradient[d] = 0.5 * weighted.sum() + 0.5 * jitter * h.amplitude * outer.trace() + x[d] / 9;
    if (!o.noise_known) gradient[d + 1] = 0.5 * h.noise * outer.diagonal().dot(o.row_noise);
  }
  return std::isfinite(result) ? result : 1e10;
}
}  // namespace

Matrix squared_exponential(const Matrix& a, const Matrix& b) {
  Matrix result = -2 * a * b.transpose();
  result.colwise() += a.rowwise().squaredNorm();
  result.rowwise() += b.rowwise().squaredNorm().transpose();
  double* data = result.data();
  for (Index i = 0; i < result.size(); ++i) data[i] = portable::exp(-0.5 * std::max(data[i], 0.0));
  return result;
}

Hyperparameters fit_hyperparameters(const Matrix& inputs, const Matrix& columns, const Vector& y,
                                    const Vector& row_noise, bool noise_known, int max_steps) {
  const Vector residual = y - columns * columns.householderQr().solve(y);
  const double scale = std::max(residual.squaredNorm() / static_cast<double>(y.size()), 1e-300);
  Objective objective{inputs, columns, y, row_noise, noise_known, scale};
  const auto d = static_cast<std::size_t>(inputs.cols());
  const std::size_t n = d + (noise_known ? 1 : 2);
  std::vector<double> x(n, length_centre);
  std::vector<double> low(n, -3.0);  // lengths from 0.05 to 90 input spreads
  std::vector<double> high(n, 4.5);
  x[d] = 0;
  low[d] = -8;
  high[d] = 10;
  if (!noise_known) {
    x[d + 1] = -2;
    low[d + 1] = -16;
    high[d + 1] = 1;
  }
  nlopt::opt search(nlopt::LD_LBFGS, static_cast<unsigned>(n));
  search.set_lower_bounds(low);
  search.set_upper_bounds(high);
  search.set_maxeval(max_steps);
  search.set_ftol_abs(1e-2);
  search.set_min_objective(
      [](unsigned, const double* at, double* gradient, void* data) {
        return value(*static_cast<const Objective*>(data), at, gradient);
      },
      &objective);
  double reached = std::numeric_limits<double>::infinity();
  try {
    search.optimize(x, reached);
  } catch (const std::exception&) {
    // Rounding ends the search: x holds the best point so far.
  }
  return unpacked(objective, x.data());
}

}  // namespace tremplin::inference
