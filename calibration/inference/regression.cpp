#include "calibration/inference/regression.hpp"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <utility>

#include "calibration/inference/hyperparameters.hpp"

namespace tremplin::inference {

namespace {
constexpr int steps_of_tuning = 30;
constexpr Index most_tuned = 200;  // rows used for the hyperparameters, spread evenly

Matrix some_rows(const Matrix& x, Index most) {
  if (x.rows() <= most) return x;
  Matrix some(most, x.cols());
  for (Index i = 0; i < most; ++i) some.row(i) = x.row(i * x.rows() / most);
  return some;
}

// A root of the inverse of a positive definite matrix.
Matrix inverse_root(const Matrix& a) {
  const Eigen::LLT<Matrix> factor(a);
  return factor.matrixL().transpose().solve(Matrix::Identity(a.rows(), a.rows()));
}
}  // namespace

Regression Regression::polynomial(const Matrix& inputs, const Vector& y, const RowNoise& noise, Basis basis) {
  Regression fit;
  fit.basis_ = std::move(basis);
  const Matrix columns = columns_of(fit.basis_, inputs);
  const Vector weights = noise.variance.cwiseInverse();
  const Matrix root = inverse_root(columns.transpose() * weights.asDiagonal() * columns);
  fit.coefficients_ = root * (root.transpose() * (columns.transpose() * weights.cwiseProduct(y)));
  fit.fitted_ = columns * fit.coefficients_;
  const Vector residual = y - fit.fitted_;
  const auto left = static_cast<double>(std::max<Index>(1, y.size() - columns.cols()));
  if (!noise.known)
    fit.noise_factor_ = std::max(residual.cwiseAbs2().dot(weights) / left, 1e-24 * y.squaredNorm() + 1e-300);
  fit.coefficient_root_ = std::sqrt(fit.noise_factor_) * root;
  const Vector leverage = (columns * root).rowwise().squaredNorm().cwiseProduct(weights).cwiseMin(0.999);
  const Vector others = (1 - leverage.array()).matrix();
  fit.left_one_out_.mean = y - residual.cwiseQuotient(others);
  fit.left_one_out_.variance =
      fit.noise_factor_ * noise.variance.cwiseProduct(leverage).cwiseQuotient(others);
  return fit;
}

Regression Regression::gaussian_process(const Matrix& inputs, const Vector& y, const RowNoise& noise,
                                        Basis basis, const Hyperparameters* tuned) {
  Regression fit;
  fit.basis_ = std::move(basis);
  const Matrix columns = columns_of(fit.basis_, inputs);
  const Hyperparameters hyper =
      tuned != nullptr ? *tuned
                       : fit_hyperparameters(some_rows(inputs, most_tuned), some_rows(columns, most_tuned),
                                             some_rows(y, most_tuned), some_rows(noise.variance, most_tuned),
                                             noise.known, steps_of_tuning);
  fit.process_ = hyper;
  fit.noise_factor_ = hyper.noise;
  fit.scaled_ = inputs.array().rowwise() / hyper.lengths.array();
  Matrix covariance = hyper.amplitude * squared_exponential(fit.scaled_, fit.scaled_);
  const Vector row_noise = hyper.noise * noise.variance + Vector::Constant(y.size(), 1e-9 * hyper.amplitude);
  covariance.diagonal() += row_noise;
  Eigen::LLT<Matrix> factor(covariance);
  for (double more = 1e-8; factor.info() != Eigen::Success && more < 1; more *= 10) {
    covariance.diagonal().array() += more * hyper.amplitude;
    factor.compute(covariance);
  }
  fit.factor_ = factor.matrixL();
  const Matrix inverse = factor.solve(Matrix::Identity(y.size(), y.size()));
  fit.basis_weights_ = inverse * columns;
  fit.coefficient_root_ = inverse_root(columns.transpose() * fit.basis_weights_);
  const Matrix b = fit.basis_weights_ * fit.coefficient_root_;
  fit.coefficients_ = fit.coefficient_root_ * (b.transpose() * y);
  fit.weights_ = inverse * (y - columns * fit.coefficients_);
  // Q = inverse - b b': the rows' own predictions follow from Q y = weights and its diagonal.
  const Vector diagonal = (inverse.diagonal() - b.rowwise().squaredNorm()).cwiseMax(1e-300);
  fit.fitted_ = y - row_noise.cwiseProduct(fit.weights_);
  fit.left_one_out_.mean = y - fit.weights_.cwiseQuotient(diagonal);
  fit.left_one_out_.variance = (diagonal.cwiseInverse() - row_noise).cwiseMax(0);
  return fit;
}

Matrix Regression::covariances(const Matrix& scaled) const {
  return process_.amplitude * squared_exponential(scaled, scaled_);
}

Regression::Prediction Regression::at(const Matrix& inputs) const {
  Matrix columns = columns_of(basis_, inputs);
  Prediction p;
  p.mean = columns * coefficients_;
  p.variance = Vector::Zero(inputs.rows());
  if (is_process()) {
    const Matrix k = covariances(inputs.array().rowwise() / process_.lengths.array());
    p.mean += k * weights_;
    const Matrix explained = factor_.triangularView<Eigen::Lower>().solve(k.transpose());
    p.variance = (process_.amplitude - explained.colwise().squaredNorm().transpose().array()).cwiseMax(0);
    columns -= k * basis_weights_;
  }
  p.variance += (columns * coefficient_root_).rowwise().squaredNorm();
  return p;
}

}  // namespace tremplin::inference
