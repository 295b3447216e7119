#include "calibration/inference/basis.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr Index most_inputs_with_products = 40;

Vector exp_of(const Vector& x) {
  return x.unaryExpr([](double v) { return portable::exp(v); });
}
}  // namespace

Basis all_terms(Index d) {
  Basis basis{BasisTerm{}};
  for (Index j = 0; j < d; ++j) basis.push_back({j, -1});
  for (Index j = 0; j < d; ++j)
    for (Index k = j; k < d; ++k)
      if (k == j || d <= most_inputs_with_products) basis.push_back({j, k});
  return basis;
}

Matrix columns_of(const Basis& basis, const Matrix& inputs) {
  Matrix columns = Matrix::Ones(inputs.rows(), static_cast<Index>(basis.size()));
  for (Index t = 0; t < columns.cols(); ++t) {
    const auto& term = basis[static_cast<std::size_t>(t)];
    if (term.a >= 0) columns.col(t).array() *= inputs.col(term.a).array();
    if (term.b >= 0) columns.col(t).array() *= inputs.col(term.b).array();
  }
  return columns;
}

double price_of_a_term(Index n, Index n_candidates) {
  return portable::log(static_cast<double>(n)) + portable::log(static_cast<double>(n_candidates));
}

Basis select_terms(const Matrix& inputs, const Vector& y, const Vector& weights, bool known, Index n_alike) {
  const Index n = y.size();
  const Basis candidates = all_terms(inputs.cols());
  const Vector root = weights.cwiseSqrt();
  // Candidates are kept orthogonal to the terms already taken: the gain of each is then one product.
  Matrix rest = root.asDiagonal() * columns_of(candidates, inputs);
  Vector residual = root.cwiseProduct(y);
  const Vector first_norms = rest.colwise().squaredNorm();
  const double price = price_of_a_term(n, rest.cols() * n_alike);
  const Index most = std::min<Index>(rest.cols(), std::max<Index>(1, n / 5));
  Basis chosen;
  std::vector<bool> taken(candidates.size(), false);
  while (static_cast<Index>(chosen.size()) < most) {
    Index best = -1;
    double best_fall = 0;
    for (Index t = 0; t < rest.cols(); ++t) {
      const double norm = rest.col(t).squaredNorm();
      if (taken[static_cast<std::size_t>(t)] || norm < 1e-8 * first_norms[t]) continue;
      const double product = rest.col(t).dot(residual);
      const double fall = product * product / norm;
      if (fall > best_fall || (chosen.empty() && t == 0)) {
        best = t;
        best_fall = fall;
      }
      if (chosen.empty()) break;  // the constant first
    }
    if (best < 0) break;
    const double left = residual.squaredNorm();
    const double gain = known ? best_fall
                              : static_cast<double>(n) *
                                    -portable::log(std::max(1 - best_fall / std::max(left, 1e-300), 1e-300));
    if (!chosen.empty() && (gain < price || left <= 0)) break;
    chosen.push_back(candidates[static_cast<std::size_t>(best)]);
    taken[static_cast<std::size_t>(best)] = true;
    const Vector direction = rest.col(best).normalized();
    residual -= direction * direction.dot(residual);
    rest -= direction * (direction.transpose() * rest);
  }
  return chosen;
}

VarianceModel::VarianceModel(const Matrix& inputs, const Vector& squares) {
  const Index n = squares.size();
  const Basis candidates = all_terms(inputs.cols());
  const Matrix all = columns_of(candidates, inputs);
  const double floor = 1e-12 * squares.mean() + 1e-300;
  coefficients_[0] = portable::log(std::max(squares.mean(), floor));
  const double price = price_of_a_term(n, all.cols());
  Vector variance = Vector::Constant(n, portable::exp(coefficients_[0]));
  // A term is worth (its product with the relative errors)^2 / twice its norm (score test: a squared normal
  // residual over its variance has variance 2).
  const Index most = std::max<Index>(1, n / 20);
  while (static_cast<Index>(basis_.size()) < most) {
    const Matrix own = columns_of(basis_, inputs);
    const Eigen::ColPivHouseholderQR<Matrix> qr(own);
    // A few outliers must not make a slope: relative errors are cut at five standard deviations.
    const Vector errors = squares.cwiseQuotient(variance).cwiseMin(8).array() - 1;
    Index best = -1;
    double best_gain = price;
    for (Index t = 1; t < all.cols(); ++t) {
      const auto& term = candidates[static_cast<std::size_t>(t)];
      if (std::find(basis_.begin(), basis_.end(), term) != basis_.end()) continue;
      const Vector rest = all.col(t) - own * qr.solve(all.col(t));
      const double norm = rest.squaredNorm();
      if (norm < 1e-8 * all.col(t).squaredNorm()) continue;
      const double product = rest.dot(errors);
      if (product * product / (2 * norm) > best_gain) {
        best = t;
        best_gain = product * product / (2 * norm);
      }
    }
    if (best < 0) break;
    basis_.push_back(candidates[static_cast<std::size_t>(best)]);
    const Matrix design = columns_of(basis_, inputs);
    const Eigen::ColPivHouseholderQR<Matrix> solver(design);
    coefficients_.conservativeResize(design.cols());
    coefficients_[design.cols() - 1] = 0;
    for (int step = 0; step < 12; ++step) {
      const Vector relative = squares.cwiseQuotient(variance).cwiseMin(8).array() - 1;
      coefficients_ += 0.7 * solver.solve(relative);
      variance = exp_of((design * coefficients_).cwiseMax(-600).cwiseMin(600)).cwiseMax(floor);
    }
  }
  // What the cut took away comes back as a whole.
  coefficients_[0] += portable::log(std::max(squares.cwiseQuotient(variance).mean(), 1e-300));
  const Vector fitted = columns_of(basis_, inputs) * coefficients_;
  low_ = fitted.minCoeff();
  high_ = fitted.maxCoeff();
}

Vector VarianceModel::at(const Matrix& inputs) const {
  return exp_of((columns_of(basis_, inputs) * coefficients_).cwiseMax(low_).cwiseMin(high_));
}

}  // namespace tremplin::inference
