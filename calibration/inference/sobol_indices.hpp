// Whose doing the variance of a result is: Sobol' indices, the share of each score alone (first order) and
// with all its interactions (total), for independent scores (Sobol' 1993; estimators of Jansen 1999, as
// recommended by Saltelli et al. 2010), with bootstrap intervals.
#pragma once

#include <cstdint>
#include <functional>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// Scores (n x d) to results (n x m), row by row; an emulator's mean, or a simulator without noise.
using Results = std::function<Matrix(const Matrix& scores)>;

struct SensitivityShare {
  Matrix value;  // d x m; estimates may lie a little outside [0, 1]
  Matrix low;    // 95 % interval over resampled rows
  Matrix high;
};
struct SobolIndices {
  SensitivityShare first;
  SensitivityShare total;
  Vector variance;  // of each of the m results
};

// Scores are standard normal (the prior's); asks for n (d + 2) rows. A result that does not vary has indices
// 0. Throws std::invalid_argument unless n >= 2 and d >= 1.
SobolIndices sobol_indices(const Results& results, Index d, Index n, std::uint64_t seed);

}  // namespace tremplin::inference
