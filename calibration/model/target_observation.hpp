// The published figures of calibration/targets.yaml as the data of an inference: each with its own
// likelihood, the effective sample size that its standard error stands for, and the model's own error beside
// it (issue: from surveys to a calibrated model, point 4).
#pragma once

#include <span>

#include "calibration/inference/observation.hpp"
#include "calibration/targets.hpp"

namespace tremplin {

// Of the targets whose role is `fit`; summary i of the simulator is target i. Several of one multinomial are
// one term; an error that the years of an entry share counts once for all of them together.
inference::Observation observation_of(std::span<const Target> targets);

}  // namespace tremplin
