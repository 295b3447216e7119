// The correlation of summaries' noise from standardised errors: what could be chance is taken as zero, the
// rest is shrunk until the matrix is positive definite.
#pragma once

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// errors n x m, each near a standard normal. An empty matrix if nothing is correlated.
Matrix noise_correlation(const Matrix& errors);

// The log density of a Gaussian copula at normal scores (m).
double log_copula(const Matrix& correlation, const Vector& scores);

}  // namespace tremplin::inference
