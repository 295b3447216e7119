// The diagnostics of a calibration as one HTML file that works offline: what was learnt of each parameter,
// what hangs together, the calibrated model against every published figure, whose doing each figure is, and
// the verdict with its numbers (issue: from surveys to a calibrated model, point 8).
#pragma once

#include <span>
#include <string>

#include "calibration/targets.hpp"
#include "outputs/inference_data.hpp"
#include "outputs/labels.hpp"

namespace tremplin {

// targets: those of the data's figures, in their order. The whole file, UTF-8.
std::string calibration_report(const InferenceData& data, std::span<const Target> targets,
                               const Labels& labels, Language language);

}  // namespace tremplin
