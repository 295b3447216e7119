// Hyperparameters of a Gaussian process by restricted maximum likelihood with NLopt's L-BFGS (Nocedal 1980);
// weak priors keep lengths from running off where data say nothing.
#pragma once

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

struct Hyperparameters {
  Row lengths;           // of each input
  double amplitude = 1;  // variance of the process
  double noise = 1;      // factor of the rows' noise variances
};

// exp(-|x_i - x_j|^2 / 2), rows of both already divided by the lengths.
Matrix squared_exponential(const Matrix& a, const Matrix& b);

// inputs n x d of spread about one; columns n x p of the polynomial mean; row_noise n. noise_known: its
// factor stays 1. At most max_steps evaluations, each of order n^3.
Hyperparameters fit_hyperparameters(const Matrix& inputs, const Matrix& columns, const Vector& y,
                                    const Vector& row_noise, bool noise_known, int max_steps);

}  // namespace tremplin::inference
