#include "calibration/inference/kernel_mixture.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"
#include "engine/base/workers.hpp"

namespace tremplin::inference {

namespace {
constexpr double log_two_pi = 1.8378770664093454836;

// The mean product of the offsets of a centre's neighbours; nearness in whitened coordinates.
Matrix local_spread(const Matrix& centres, const Matrix& white, Index centre, Index n) {
  const Vector distance = (white.rowwise() - white.row(centre)).rowwise().squaredNorm();
  std::vector<Index> order(static_cast<std::size_t>(centres.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::partial_sort(order.begin(), order.begin() + n, order.end(), [&](Index a, Index b) {
    return distance[a] < distance[b] || (distance[a] == distance[b] && a < b);
  });
  Matrix spread = Matrix::Zero(centres.cols(), centres.cols());
  for (Index k = 0; k < n; ++k) {
    const Row offset = centres.row(order[static_cast<std::size_t>(k)]) - centres.row(centre);
    spread += offset.transpose() * offset;
  }
  return spread / static_cast<double>(std::max<Index>(1, n - 1));
}
}  // namespace

KernelMixture::KernelMixture(Matrix centres, const Vector& log_weights, double width, Index neighbours)
    : centres_(std::move(centres)) {
  const Index n = size();
  const Index d = centres_.cols();
  const Index near = std::min(n, std::max(neighbours, d + 2));
  const Matrix centred = centres_.rowwise() - centres_.colwise().mean();
  Matrix whole = centred.transpose() * centred / static_cast<double>(std::max<Index>(1, n - 1));
  whole.diagonal().array() += 1e-12;
  const Matrix white = Eigen::LLT<Matrix>(whole).matrixL().solve(centred.transpose()).transpose();
  // A trace of the whole spread keeps kernels of points that lie in a line from vanishing.
  const Matrix floor = 1e-4 * Matrix(whole.diagonal().asDiagonal());
  roots_.resize(static_cast<std::size_t>(n));
  inverses_.resize(static_cast<std::size_t>(n));
  log_heights_.resize(n);
  const double total = log_sum_exp({log_weights.data(), static_cast<std::size_t>(n)});
  for_each_below(static_cast<std::size_t>(n), [&](std::size_t i) {
    const auto k = static_cast<Index>(i);
    const Matrix spread = width * width * (local_spread(centres_, white, k, near) + floor);
    roots_[i] = Eigen::LLT<Matrix>(spread).matrixL();
    inverses_[i] = roots_[i].triangularView<Eigen::Lower>().solve(Matrix::Identity(d, d));
    double log_root = 0;
    for (Index j = 0; j < d; ++j) log_root += portable::log(roots_[i](j, j));
    log_heights_[k] = log_weights[k] - total - log_root - 0.5 * static_cast<double>(d) * log_two_pi;
  });
}

Vector KernelMixture::log_density(const Matrix& points) const {
  Vector result(points.rows());
  for_each_below(static_cast<std::size_t>(points.rows()), [&](std::size_t i) {
    const auto row = static_cast<Index>(i);
    const Vector point = points.row(row).transpose();
    Vector parts(size());
    for (Index k = 0; k < size(); ++k)
      parts[k] =
          log_heights_[k] - 0.5 * (inverses_[static_cast<std::size_t>(k)].triangularView<Eigen::Lower>() *
                                   (point - centres_.row(k).transpose()))
                                      .squaredNorm();
    result[row] = log_sum_exp({parts.data(), static_cast<std::size_t>(parts.size())});
  });
  return result;
}

Row KernelMixture::draw_around(Index centre, Keyed& luck) const {
  Vector z(centres_.cols());
  for (double& value : z) value = luck.normal();
  return centres_.row(centre) + (roots_[static_cast<std::size_t>(centre)] * z).transpose();
}

}  // namespace tremplin::inference
