// A published figure against runs at draws of a posterior.
#pragma once

#include "calibration/inference/types.hpp"
#include "calibration/targets.hpp"

namespace tremplin {

struct TargetCheck {
  double mean = 0;  // of the runs
  double sd = 0;    // between them: parameters, landscape and luck
  double low = 0;   // 95 % interval of the figure that would be published if the model were true: those runs,
  double high = 0;  // the figure's own error and the model's discrepancy; an interval is widened by its half
  bool inside = false;
};

// simulated: the figure of each run, at least one.
TargetCheck checked(const Target& target, const inference::Vector& simulated);

}  // namespace tremplin
