// What a report says beyond the run: published figures beside the series, and the class of each parameter.
// Taken from calibration/targets.yaml and calibration/parameters.yaml, where each stands beside its source.
#pragma once

#include <span>

#include "calibration/priors.hpp"
#include "calibration/targets.hpp"
#include "outputs/report.hpp"

namespace tremplin {

// Targets that measure what an indicator of key_series() measures become points on its chart; those that the
// run covers stand beside its base. The targets must outlive what is returned. Published figures are the
// country's: of one's own CPAS none is taken.
ReportContext report_context(const Run& run, std::span<const Target> targets, const PriorTable& priors);

// The heading of a theme.
Say say_of(TargetTheme theme);

}  // namespace tremplin
