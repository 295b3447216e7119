#include "calibration/inference/abc_adjustment.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "calibration/inference/basis.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double fewest_particles = 10;  // effective, for each slope

// What the regression of y on the columns worth their price takes away from each row: slopes times
// differences; and how many slopes.
struct Correction {
  Vector rows;
  Index n_slopes = 0;
};
Correction correction_of(const Vector& y, const Matrix& differences, const Vector& weights) {
  const double n = 1 / weights.squaredNorm();
  const Vector root = (weights * n).cwiseSqrt();
  // Columns kept orthogonal to those chosen and to the constant, so that a gain is one product.
  Matrix rest = root.asDiagonal() * differences;
  Vector residual = root.cwiseProduct(y);
  const auto remove = [&](const Vector& direction) {
    residual -= direction * direction.dot(residual);
    rest -= direction * (direction.transpose() * rest).eval();
  };
  remove(root.normalized());
  const Vector first_norms = rest.colwise().squaredNorm();
  std::vector<Index> chosen;
  const auto most = static_cast<std::size_t>(n / fewest_particles);
  const double price = price_of_a_term(static_cast<Index>(n), differences.cols());
  while (chosen.size() < most) {
    Index best = -1;
    double best_fall = 0;
    for (Index c = 0; c < rest.cols(); ++c) {
      const double norm = rest.col(c).squaredNorm();
      if (norm < 1e-8 * first_norms[c]) continue;
      const double product = rest.col(c).dot(residual);
      if (product * product / norm > best_fall) {
        best_fall = product * product / norm;
        best = c;
      }
    }
    const double left = residual.squaredNorm();
    if (best < 0 || left <= 0 || -n * portable::log(std::max(1 - best_fall / left, 1e-300)) < price) break;
    chosen.push_back(best);
    remove(rest.col(best).normalized());
  }
  if (chosen.empty()) return {Vector::Zero(y.size()), 0};
  Matrix design(y.size(), static_cast<Index>(chosen.size()) + 1);
  design << Vector::Ones(y.size()), differences(Eigen::all, chosen);
  const Matrix gram = design.transpose() * weights.asDiagonal() * design;
  const Vector slopes = gram.ldlt().solve(design.transpose() * weights.cwiseProduct(y));
  return {differences(Eigen::all, chosen) * slopes.tail(static_cast<Index>(chosen.size())),
          static_cast<Index>(chosen.size())};
}

Index root_of(std::vector<Index>& parent, Index i) {
  while (parent[static_cast<std::size_t>(i)] != i)
    i = parent[static_cast<std::size_t>(i)] =
        parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
  return i;
}
}  // namespace

std::vector<std::vector<Index>> modes_of(const Matrix& scores) {
  const Index n = scores.rows();
  const Row mean = scores.colwise().mean();
  const Row sd = ((scores.rowwise() - mean).colwise().squaredNorm() / static_cast<double>(n)).cwiseSqrt();
  const Matrix standard = (scores.rowwise() - mean).array().rowwise() / sd.cwiseMax(1e-12).array();
  const Index near = std::min(n - 1, std::max<Index>(scores.cols() + 2, n / 10));
  std::vector<Index> parent(static_cast<std::size_t>(n));
  std::iota(parent.begin(), parent.end(), Index{0});
  std::vector<Index> order(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) {
    const Vector distance = (standard.rowwise() - standard.row(i)).rowwise().squaredNorm();
    std::iota(order.begin(), order.end(), Index{0});
    std::nth_element(order.begin(), order.begin() + near, order.end(), [&](Index a, Index b) {
      return distance[a] < distance[b] || (distance[a] == distance[b] && a < b);
    });
    for (Index k = 0; k <= near; ++k)
      parent[static_cast<std::size_t>(root_of(parent, order[static_cast<std::size_t>(k)]))] =
          root_of(parent, i);
  }
  std::map<Index, std::vector<Index>> modes;
  for (Index i = 0; i < n; ++i) modes[root_of(parent, i)].push_back(i);
  std::vector<std::vector<Index>> result;
  for (auto& [root, rows] : modes) result.push_back(std::move(rows));
  return result;
}

Adjustment adjusted(const Matrix& scores, const Matrix& differences, const Vector& weights) {
  Adjustment result{scores, 0, 0};
  if (scores.rows() < 2) return result;
  for (const auto& rows : modes_of(scores)) {
    const double share = weights(rows).sum();
    if (!(share > 0)) continue;
    const Vector own = weights(rows) / share;
    const Matrix own_differences = differences(rows, Eigen::all);
    for (Index j = 0; j < scores.cols(); ++j) {
      const Vector y = scores.col(j)(rows);
      const Correction correction = correction_of(y, own_differences, own);
      for (std::size_t k = 0; k < rows.size(); ++k)
        result.scores(rows[k], j) -= correction.rows[static_cast<Index>(k)];
      result.n_slopes += correction.n_slopes;
    }
  }
  double shifts = 0;
  for (Index j = 0; j < scores.cols(); ++j) {
    const double mean = weights.dot(scores.col(j));
    const double variance = weights.dot((scores.col(j).array() - mean).square().matrix());
    const double moved = weights.dot(result.scores.col(j)) - mean;
    if (variance > 0) shifts += moved * moved / variance;
  }
  result.shift = std::sqrt(shifts / static_cast<double>(scores.cols()));
  return result;
}

}  // namespace tremplin::inference
