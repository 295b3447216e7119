// A density made of a normal kernel around each of many weighted points, each as wide as its neighbours lie
// apart (the locally optimal kernel of Filippi et al. 2013): it follows crescents and separate modes.
// Proposal of ABC-SMC, and what smooths its few particles into many draws.
#pragma once

#include <cstdint>
#include <vector>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/types.hpp"

namespace tremplin::inference {

class KernelMixture {
 public:
  // centres: one row each; log_weights need not be normalised; width: of a kernel in spreads of its
  // neighbours; neighbours: how many make a spread, at least dimensions + 2 are taken.
  KernelMixture(Matrix centres, const Vector& log_weights, double width, Index neighbours);

  // Log density of each row; on the caller's arena, same bits for any number of threads.
  [[nodiscard]] Vector log_density(const Matrix& points) const;
  // A draw from the kernel around a centre.
  [[nodiscard]] Row draw_around(Index centre, Keyed& luck) const;
  [[nodiscard]] Index size() const { return centres_.rows(); }

 private:
  Matrix centres_;
  std::vector<Matrix> roots_;     // lower Cholesky factors of the kernels' covariances
  std::vector<Matrix> inverses_;  // of the roots
  Vector log_heights_;            // weight over the root of the determinant and 2 pi
};

}  // namespace tremplin::inference
