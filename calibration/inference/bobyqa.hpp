// The top of a smooth function near a start, without derivatives: BOBYQA (Powell 2009), from NLopt.
#pragma once

#include <functional>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

struct BobyqaOptions {
  double radius = 0.3;      // of the first steps
  double furthest = 6;      // bound on each coordinate, both ways
  Index budget = 2000;      // evaluations
  double tolerance = 1e-9;  // of the coordinates
};

struct BobyqaResult {
  Row at;
  double value = 0;
  Index n_evaluations = 0;
  bool converged = false;
};

// value: of one point (d >= 1 coordinates), finite. In one dimension Sbplx takes BOBYQA's place, which needs
// two. Same bits for the same function.
BobyqaResult bobyqa(const std::function<double(const Row&)>& value, const Row& start,
                    const BobyqaOptions& options = {});

}  // namespace tremplin::inference
