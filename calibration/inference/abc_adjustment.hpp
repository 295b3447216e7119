// Regression adjustment of an ABC sample (Beaumont, Zhang and Balding 2002): each score is moved along a
// weighted linear regression on the simulated data to where these would equal the observed. Modes that lie
// apart have slopes of their own (across two modes a slope would be chance), and only data whose slope is
// worth its price take part, as in the emulators.
#pragma once

#include <vector>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

struct Adjustment {
  Matrix scores;       // adjusted
  double shift = 0;    // root mean square over scores of the change of the mean, in standard deviations
  Index n_slopes = 0;  // that took part, over scores and modes
};
// differences: simulated minus observed data, in their scales (n x m); weights sum to 1.
Adjustment adjusted(const Matrix& scores, const Matrix& differences, const Vector& weights);

// Rows of each mode: the connected parts of the graph that joins each row with its nearest neighbours.
std::vector<std::vector<Index>> modes_of(const Matrix& scores);

}  // namespace tremplin::inference
